//! Suggesting a rendering: what the glossaries have recorded, or else what the rules give.

use crate::glossary::rank::{self, Lookup};
use crate::glossary::term::Term;
use crate::lang::Lang;
use crate::names::relation::How;
use crate::names::suggestion::{self, Subject, Suggestion, Suggestions};
use crate::workspace::{Result, Workspace};

/// No name is longer, in bytes.
pub const LONGEST_NAME: usize = 1_000;

/// What is suggested for a name.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The name as it was given.
    pub name: String,
    /// The language to render it in.
    pub to: Lang,
    /// Recorded renderings first; they are verified.
    pub suggestions: Vec<Proposed>,
    /// Why there are none, or what is missing.
    pub reason: Option<String>,
}

/// One rendering, recorded or derived.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// The rendering, its rule and how likely it is.
    pub suggestion: Suggestion,
    /// Whether a glossary has recorded it for this name.
    pub verified: bool,
}

impl Workspace {
    /// Suggests renderings of a name. Where a glossary has the name itself, its renderings are all there is to say.
    pub fn suggest(&self, name: &str, to: &Lang, subject: Subject) -> Result<Proposal> {
        let lookup = rank::lookup(&self.store, name, MOST_RECORDED, 0)?;
        let recorded: Vec<Proposed> = recorded(&lookup, to);
        let Suggestions { list, reason } = match recorded.is_empty() {
            true => suggestion::suggest(name, to, subject),
            false => Suggestions::default(),
        };
        let derived = list.into_iter().map(|suggestion| Proposed { suggestion, verified: false });
        let suggestions = recorded.into_iter().chain(derived).collect();
        Ok(Proposal { name: name.trim().to_owned(), to: to.clone(), suggestions, reason })
    }
}

const MOST_RECORDED: usize = 4;

/// Returns the preferred renderings of the concepts that are written so.
fn recorded(lookup: &Lookup, to: &Lang) -> Vec<Proposed> {
    let sure = lookup.matches.iter().filter(|found| matches!(found.how, How::Exact | How::Folded) && found.part.is_none());
    let rendering = |found: &rank::LookupMatch| {
        let concept = &found.found.concept;
        let (lang, matched) = found.found.term(found.keyed);
        let term: &Term = concept.rendering(to, concept.form_of(lang, &matched.text))?;
        let rule = format!("glossary: {} ({})", concept.id.as_str(), concept.kind.name());
        let confidence = f32::from(found.score) / 100.0;
        Some(Proposed { suggestion: Suggestion { text: term.text.clone(), rule, confidence }, verified: true })
    };
    sure.filter_map(rendering).collect()
}
