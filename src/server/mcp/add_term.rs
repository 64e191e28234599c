//! The tool `add_term`, which is there only where the user has allowed writing.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::glossary::concept::{Concept, ConceptId};
use crate::server::card;
use crate::server::mcp::tools::{Answer, Question, Refusal};
use crate::server::readers::Readers;
use crate::wire::concept::{ConceptShape, TermShape};
use crate::workspace::WorkspaceError;
use crate::workspace::concepts::{ConceptChange, NewVersion};

/// The glossary that new concepts are of.
const GLOSSARY: &str = "desk";
/// What the list of imports says of them.
const SOURCE: &str = "assistant";

/// The arguments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct AddTerm {
    /// The terms by language tag: en, ko, zh-Hans, zh-Hant
    renderings: BTreeMap<String, Vec<NewTerm>>,
    /// What it is: person, institution, place, facility, country, title, event, document, media, party, company, policy or term
    #[serde(default)]
    kind: String,
    /// The stable name, such as desk.zhao-leji; made from the first term where it is left out
    #[serde(default)]
    id: String,
    /// A remark for people
    note: Option<String>,
    /// Who says so: a document, a publication with its date
    source: Option<String>,
    /// Whether to change nothing, and only to say what speaks against it
    #[serde(default)]
    dry_run: bool,
}

/// A term.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
struct NewTerm {
    /// The term as it is written
    text: String,
    /// preferred, admitted, deprecated or forbidden; preferred where it is left out
    status: Option<String>,
    /// short, acronym or variant; the whole name where it is left out
    form: Option<String>,
}

/// What was kept.
#[derive(Debug, Serialize)]
struct AddShape<'a> {
    concept: &'a str,
    /// The import to take it back by; `null` where nothing was kept.
    import: Option<i64>,
    conflicts: &'a [String],
}

impl Question for AddTerm {
    const NAME: &'static str = "add_term";
    const TITLE: &'static str = "Keep a new term";
    const DESCRIPTION: &'static str = "Keep one concept with its terms in the desk's own glossary. Use it only when the user asks \
        for it, with forms that the user has confirmed, never with a guess. It is refused where the concept is there already or \
        not well formed; `conflicts` are to be shown to the user. `tongsa undo` takes it back.";
    const WRITES: bool = true;

    fn answer(self, readers: &Readers) -> Result<Answer, Refusal> {
        let dry_run = self.dry_run;
        let concept = self.concept()?;
        let new = NewVersion { concept: &concept, before: None, source: SOURCE, dry_run };
        let kept: Result<ConceptChange, WorkspaceError> = readers.write(|workspace| workspace.put_concept(new));
        let change = kept.map_err(|error| match error {
            WorkspaceError::ConceptChanged(id) => {
                Refusal(format!("{id} is in the store already; look it up, or give another id"))
            }
            error => error.into(),
        })?;
        let shape = AddShape { concept: concept.id.as_str(), import: change.batch, conflicts: &change.conflicts };
        Answer::new(text(&concept, &change), &shape)
    }
}

impl AddTerm {
    fn concept(self) -> Result<Concept, Refusal> {
        let renderings = self.renderings.into_iter().map(|(tag, terms)| {
            let terms = terms.into_iter().map(NewTerm::shape).collect();
            (tag.into(), terms)
        });
        let shape = ConceptShape {
            id: self.id.into(),
            kind: self.kind.into(),
            own: true,
            domain: None,
            valid_from: None,
            valid_to: None,
            note: self.note.map(Into::into),
            source: self.source.map(Into::into),
            renderings: renderings.collect(),
            properties: BTreeMap::new(),
        };
        let mut concept = shape.concept().map_err(Refusal)?;
        let Some((_, first)) = concept.terms().next() else {
            return Err(Refusal("a concept needs a term; give one in `renderings`".to_owned()));
        };
        if concept.id.as_str().is_empty() {
            concept.id = ConceptId::from_term(GLOSSARY, &first.text);
        }
        Ok(concept)
    }
}

impl NewTerm {
    fn shape(self) -> TermShape<'static> {
        let status = self.status.unwrap_or_else(|| "preferred".to_owned());
        let form = self.form.map(Into::into);
        TermShape { text: self.text.into(), status: status.into(), form, from: None, to: None, note: None, source: None }
    }
}

fn text(concept: &Concept, change: &ConceptChange) -> String {
    let kept = match change.batch {
        Some(batch) => format!("Kept as import {batch}; `tongsa undo {batch}` takes it back.\n\n"),
        None => "Nothing was kept.\n\n".to_owned(),
    };
    let conflicts: String = change.conflicts.iter().map(|conflict| format!("- conflict: {conflict}\n")).collect();
    format!("{kept}{}{conflicts}", card::card(concept, ""))
}
