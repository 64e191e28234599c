//! A concept as the JSON text of one row. A term that is preferred and full is a string, any other an object.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::glossary::concept::{Concept, ConceptId, Kind};
use crate::glossary::key::ConceptKeys;
use crate::glossary::term::{LanguageSection, Term, TermForm, TermStatus, Validity};
use crate::lang::Lang;

/// A concept ready to be written: what costs time is done, on any thread.
#[derive(Clone, Debug)]
pub struct Encoded {
    pub(super) id: ConceptId,
    pub(super) body: String,
    pub(super) keys: ConceptKeys,
}

impl Encoded {
    /// Encodes a concept and makes its keys.
    pub fn new(concept: &Concept) -> Self {
        Self { id: concept.id.clone(), body: encode(concept), keys: ConceptKeys::of(concept) }
    }

    /// Returns the id of the concept.
    pub fn id(&self) -> &ConceptId {
        &self.id
    }

    /// Returns the concept again; `None` never happens for what was encoded here.
    pub fn concept(&self) -> Option<Concept> {
        decode(self.id.0.clone(), &self.body).ok()
    }
}

#[derive(Serialize, Deserialize)]
struct Body<'a> {
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    domain: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    from: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    to: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    note: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    source: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    properties: Vec<(Cow<'a, str>, Cow<'a, str>)>,
    #[serde(borrow)]
    terms: Vec<(Cow<'a, str>, Vec<TermBody<'a>>)>,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum TermBody<'a> {
    #[serde(borrow)]
    Plain(Cow<'a, str>),
    #[serde(borrow)]
    Detailed(Detailed<'a>),
}

#[derive(Serialize, Deserialize)]
struct Detailed<'a> {
    #[serde(borrow)]
    text: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    status: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    form: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    from: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    to: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    note: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    source: Option<Cow<'a, str>>,
}

/// Writes a concept as JSON.
pub(super) fn encode(concept: &Concept) -> String {
    let body = Body {
        kind: concept.kind.name().into(),
        domain: cow(&concept.domain),
        from: cow(&concept.validity.from),
        to: cow(&concept.validity.to),
        note: cow(&concept.note),
        source: cow(&concept.source),
        properties: concept.properties.iter().map(|(name, value)| (name.into(), value.into())).collect(),
        terms: concept
            .sections
            .iter()
            .map(|section| (section.lang.tag().into(), section.terms.iter().map(encode_term).collect()))
            .collect(),
    };
    // Strings, lists and maps with string keys always have a JSON form.
    serde_json::to_string(&body).unwrap_or_default()
}

/// Reads a concept from its row, or says what is wrong with it.
pub(super) fn decode(id: String, body: &str) -> std::result::Result<Concept, String> {
    let body: Body<'_> = serde_json::from_str(body).map_err(|error| format!("concept {id}: {error}"))?;
    let mut sections = Vec::with_capacity(body.terms.len());
    for (tag, terms) in body.terms {
        let lang = Lang::parse(&tag).map_err(|error| format!("concept {id}: {error}"))?;
        let terms = terms.into_iter().map(decode_term).collect::<Option<Vec<_>>>();
        let terms = terms.ok_or_else(|| format!("concept {id}: a {lang} term has an unknown status or form"))?;
        sections.push(LanguageSection { lang, terms });
    }
    Ok(Concept {
        id: ConceptId(id),
        kind: Kind::from_name(&body.kind),
        domain: owned(body.domain),
        validity: Validity { from: owned(body.from), to: owned(body.to) },
        note: owned(body.note),
        source: owned(body.source),
        sections,
        properties: body.properties.into_iter().map(|(name, value)| (name.into_owned(), value.into_owned())).collect(),
    })
}

fn encode_term(term: &Term) -> TermBody<'_> {
    if *term == Term::new(term.text.as_str(), TermStatus::Preferred) {
        return TermBody::Plain(term.text.as_str().into());
    }
    TermBody::Detailed(Detailed {
        text: term.text.as_str().into(),
        status: (term.status != TermStatus::Preferred).then(|| term.status.name().into()),
        form: (term.form != TermForm::Full).then(|| term.form.name().into()),
        from: cow(&term.validity.from),
        to: cow(&term.validity.to),
        note: cow(&term.note),
        source: cow(&term.source),
    })
}

fn decode_term(body: TermBody<'_>) -> Option<Term> {
    let detailed = match body {
        TermBody::Plain(text) => return Some(Term::new(text.into_owned(), TermStatus::Preferred)),
        TermBody::Detailed(detailed) => detailed,
    };
    Some(Term {
        text: detailed.text.into_owned(),
        status: detailed.status.map_or(Some(TermStatus::Preferred), |name| TermStatus::from_name(&name))?,
        form: detailed.form.map_or(Some(TermForm::Full), |name| TermForm::from_name(&name))?,
        validity: Validity { from: owned(detailed.from), to: owned(detailed.to) },
        note: owned(detailed.note),
        source: owned(detailed.source),
    })
}

fn cow(text: &Option<String>) -> Option<Cow<'_, str>> {
    text.as_deref().map(Cow::Borrowed)
}

fn owned(text: Option<Cow<'_, str>>) -> Option<String> {
    text.map(Cow::into_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_concept_comes_back_as_it_was() {
        let mut concept = Concept::new(ConceptId("npc.zhao-leji".into()), Kind::Person);
        concept.note = Some("a \"quoted\" note".into());
        concept.properties.push(("confidence".into(), "high".into()));
        concept.add_term(Lang::En, Term::new("Zhao Leji", TermStatus::Preferred));
        concept.add_term(Lang::Ko, Term::new("자오러지", TermStatus::Preferred));
        let mut old = Term::new("조락제", TermStatus::Deprecated);
        old.validity.to = Some("1986".into());
        old.form = TermForm::Variant;
        concept.add_term(Lang::Ko, old);
        let body = encode(&concept);
        assert_eq!(decode("npc.zhao-leji".into(), &body), Ok(concept));
        assert!(body.contains(r#"["en",["Zhao Leji"]]"#), "{body}");
    }

    #[test]
    fn a_damaged_row_says_so() {
        assert!(decode("x".into(), "{").is_err());
        assert!(decode("x".into(), r#"{"kind":"person","terms":[["ko",[{"text":"가","status":"odd"}]]]}"#).is_err());
    }
}
