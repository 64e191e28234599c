//! A concept as other programs read and write it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::glossary::concept::{Concept, ConceptId, Kind};
use crate::glossary::index::Standing;
use crate::glossary::term::{Term, TermForm, TermStatus, Validity};
use crate::lang::Lang;
use crate::store::concepts::{ConceptVersion, StoredConcept};
use crate::workspace::concepts::{ConceptChange, ConceptPage};

/// A concept. What is written is of the same shape: an optional field that is left out is empty, and `own` is not written.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ConceptShape<'a> {
    /// The stable name, such as `npc.zhao-leji`.
    #[serde(default)]
    pub id: Cow<'a, str>,
    /// The kind, such as `person`.
    #[serde(default)]
    pub kind: Cow<'a, str>,
    /// Whether it is of the user's own glossaries rather than of those that come with tongsa.
    #[serde(default)]
    pub own: bool,
    /// The domain.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub domain: Option<Cow<'a, str>>,
    /// The first day on which it is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_from: Option<Cow<'a, str>>,
    /// The last day on which it is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub valid_to: Option<Cow<'a, str>>,
    /// What is said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Cow<'a, str>>,
    /// On whose authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Cow<'a, str>>,
    /// The terms by language tag, in order.
    #[serde(default)]
    pub renderings: BTreeMap<Cow<'a, str>, Vec<TermShape<'a>>>,
    /// Other columns of the glossary that it came from.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub properties: BTreeMap<Cow<'a, str>, Cow<'a, str>>,
}

/// A term.
#[derive(Debug, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct TermShape<'a> {
    /// The term.
    pub text: Cow<'a, str>,
    /// `preferred`, `admitted`, `deprecated` or `forbidden`; `preferred` where it is not said.
    #[serde(default = "preferred")]
    pub status: Cow<'a, str>,
    /// `short`, `acronym` or `variant`; a full form where it is not said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub form: Option<Cow<'a, str>>,
    /// The first day on which it is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Cow<'a, str>>,
    /// The last day on which it is right.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Cow<'a, str>>,
    /// What is said about it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Cow<'a, str>>,
    /// On whose authority.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Cow<'a, str>>,
}

fn preferred() -> Cow<'static, str> {
    TermStatus::Preferred.name().into()
}

/// What a concept was from one import to the next.
#[derive(Debug, Serialize, ToSchema)]
pub struct VersionShape<'a> {
    /// The import that it came with; `null` for what came with tongsa.
    import: Option<i64>,
    /// The file of the import.
    file: &'a str,
    /// When, in RFC 3339.
    made_at: &'a str,
    concept: ConceptShape<'a>,
}

/// Some concepts in order of their ids.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConceptPageShape<'a> {
    concepts: Vec<ConceptShape<'a>>,
    /// The id behind which the next page begins; `null` on the last one.
    next: Option<&'a str>,
}

/// What became of a change.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConceptChangeShape<'a> {
    /// The import to take it back by; `null` where nothing was kept.
    batch: Option<i64>,
    /// What speaks against the concept, although it can be kept.
    conflicts: &'a [String],
}

impl<'a> ConceptPageShape<'a> {
    /// Shapes a page.
    pub fn new(page: &'a ConceptPage) -> Self {
        let concepts = page.concepts.iter().map(ConceptShape::new).collect();
        Self { concepts, next: page.next.as_ref().map(ConceptId::as_str) }
    }
}

impl<'a> ConceptChangeShape<'a> {
    /// Shapes a change.
    pub fn new(change: &'a ConceptChange) -> Self {
        Self { batch: change.batch, conflicts: &change.conflicts }
    }
}

impl<'a> TermShape<'a> {
    /// Shapes a term.
    pub fn new(term: &'a Term) -> Self {
        Self {
            text: term.text.as_str().into(),
            status: term.status.name().into(),
            form: (term.form != TermForm::Full).then(|| term.form.name().into()),
            from: text(&term.validity.from),
            to: text(&term.validity.to),
            note: text(&term.note),
            source: text(&term.source),
        }
    }

    fn term(self) -> Result<Term, String> {
        let status = TermStatus::from_name(&self.status);
        let status =
            status.ok_or_else(|| unknown("status", &self.status, TermStatus::ALL.iter().map(|status| status.name())))?;
        let form = match &self.form {
            None => TermForm::Full,
            Some(name) => {
                TermForm::from_name(name).ok_or_else(|| unknown("form", name, TermForm::ALL.iter().map(|form| form.name())))?
            }
        };
        let validity = Validity { from: kept(self.from), to: kept(self.to) };
        Ok(Term { text: trimmed(self.text), status, form, validity, note: kept(self.note), source: kept(self.source) })
    }
}

fn unknown<'n>(what: &str, found: &str, known: impl Iterator<Item = &'n str>) -> String {
    format!("`{found}` is no {what} of a term; it can be {}", known.collect::<Vec<_>>().join(", "))
}

impl<'a> ConceptShape<'a> {
    /// Shapes a concept of the store.
    pub fn new(stored: &'a StoredConcept) -> Self {
        Self::of_version(&stored.concept, stored.standing == Standing::Own)
    }

    fn of_version(concept: &'a Concept, own: bool) -> Self {
        let renderings = concept.sections.iter().map(|section| {
            let terms = section.terms.iter().map(TermShape::new).collect();
            (section.lang.tag().into(), terms)
        });
        let properties = concept.properties.iter().map(|(name, value)| (name.as_str().into(), value.as_str().into()));
        Self {
            id: concept.id.as_str().into(),
            kind: concept.kind.name().into(),
            own,
            domain: text(&concept.domain),
            valid_from: text(&concept.validity.from),
            valid_to: text(&concept.validity.to),
            note: text(&concept.note),
            source: text(&concept.source),
            renderings: renderings.collect(),
            properties: properties.collect(),
        }
    }

    /// Returns the concept, or one sentence on what cannot be one. Whether it is well formed is left to who keeps it.
    pub fn concept(self) -> Result<Concept, String> {
        let mut concept = Concept::new(ConceptId(trimmed(self.id)), Kind::from_name(&self.kind));
        concept.domain = kept(self.domain);
        concept.validity = Validity { from: kept(self.valid_from), to: kept(self.valid_to) };
        concept.note = kept(self.note);
        concept.source = kept(self.source);
        for (tag, terms) in self.renderings {
            let lang = Lang::of_people(&tag)?;
            for term in terms {
                concept.add_term(lang.clone(), term.term()?);
            }
        }
        let properties = self.properties.into_iter().map(|(name, value)| (trimmed(name), value.into_owned()));
        concept.properties = properties.filter(|(name, value)| !name.is_empty() && !value.is_empty()).collect();
        Ok(concept)
    }
}

impl<'a> VersionShape<'a> {
    /// Shapes a version.
    pub fn new(version: &'a ConceptVersion) -> Self {
        let ConceptVersion { import, source, made_at, concept } = version;
        Self { import: *import, file: source, made_at, concept: ConceptShape::of_version(concept, import.is_some()) }
    }
}

fn text(text: &Option<String>) -> Option<Cow<'_, str>> {
    text.as_deref().map(Cow::Borrowed)
}

fn trimmed(text: Cow<'_, str>) -> String {
    text.trim().to_owned()
}

fn kept(text: Option<Cow<'_, str>>) -> Option<String> {
    text.map(trimmed).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::shipped;

    #[test]
    fn what_is_read_can_be_written_back() {
        for mut concept in shipped::concepts().unwrap() {
            // The order of the columns of a glossary is no part of what a concept says.
            concept.properties.sort();
            let text = serde_json::to_string(&ConceptShape::of_version(&concept, false)).unwrap();
            let shape: ConceptShape<'_> = serde_json::from_str(&text).unwrap();
            assert_eq!(shape.concept().unwrap(), concept);
        }
    }

    #[test]
    fn what_is_no_concept_is_said() {
        for (text, reason) in [
            (r#"{"renderings":{"english?":[]}}"#, "`english?` is not a language tag"),
            (
                r#"{"renderings":{"en":[{"text":"a","status":"good"}]}}"#,
                "`good` is no status of a term; it can be preferred, admitted, deprecated, forbidden",
            ),
            (
                r#"{"renderings":{"en":[{"text":"a","form":"long"}]}}"#,
                "`long` is no form of a term; it can be full, short, acronym, variant",
            ),
        ] {
            let shape: ConceptShape<'_> = serde_json::from_str(text).unwrap();
            let said = shape.concept().unwrap_err();
            assert!(said.starts_with(reason), "{said}");
        }
        let unknown = serde_json::from_str::<ConceptShape<'_>>(r#"{"rendering":{}}"#).unwrap_err();
        assert!(unknown.to_string().starts_with("unknown field `rendering`"), "{unknown}");
    }
}
