//! Concepts that a draft does not name, and that those it names point to: who holds the office now, what took the place of a
//! body, what the other country has instead.
//!
//! Says which ones to fetch; fetching them is the caller's.

use rustc_hash::FxHashMap as HashMap;

use crate::check::national;
use crate::glossary::concept::{Concept, ConceptId};
use crate::glossary::day::Day;
use crate::glossary::term::TermForm;
use crate::lang::Lang;

/// The concepts that others point to, by id.
#[derive(Clone, Debug, Default)]
pub struct Related(HashMap<ConceptId, Concept>);

impl Related {
    /// Adds a concept.
    pub fn insert(&mut self, concept: Concept) {
        self.0.insert(concept.id.clone(), concept);
    }

    /// Returns a concept.
    pub fn get(&self, id: &ConceptId) -> Option<&Concept> {
        self.0.get(id)
    }

    /// Returns how a concept is called in a language: the short form where it has one.
    pub fn short_name(&self, id: &ConceptId, lang: &Lang) -> Option<&str> {
        let section = self.get(id)?.section(lang)?;
        let short = section.terms.iter().find(|term| term.is_accepted() && term.form == TermForm::Short);
        short.or_else(|| section.preferred()).map(|term| term.text.as_str())
    }

    /// Returns the present holder of an office, if it is another person than `past`.
    pub fn holder(&self, office: &ConceptId, past: &ConceptId) -> Option<&Concept> {
        let holder = self.get(&self.get(office)?.pointer("holder")?)?;
        (holder.id != *past).then_some(holder)
    }
}

/// Returns the ids that a concept points to on a day.
pub fn pointers(concept: &Concept, day: Day) -> Vec<ConceptId> {
    let past = concept.offices().into_iter().filter(|office| office.term.has_ended_by(day)).map(|office| office.title);
    let successor = concept.pointer("successor").filter(|_| concept.validity.has_ended_by(day));
    let counterparts = national::counterparts(&concept.id).map(|id| ConceptId(id.to_owned()));
    past.chain(successor).chain(counterparts).collect()
}
