//! Fetching what the concepts of a draft point to.

use std::collections::BTreeSet;

use rustc_hash::FxHashSet;

use crate::check::related::{Related, pointers};
use crate::glossary::concept::ConceptId;
use crate::glossary::day::Day;
use crate::glossary::index::ConceptRow;
use crate::glossary::matcher::TermMatch;
use crate::workspace::{Result, Workspace};

impl Workspace {
    /// Fetches what the matched concepts point to on a day, and what that points to: from a person to the office, from the
    /// office to the holder.
    pub(super) fn related(&self, matches: &[TermMatch], day: Day) -> Result<Related> {
        let mut related = Related::default();
        let mut seen: BTreeSet<ConceptId> = BTreeSet::new();
        let mut rows: FxHashSet<ConceptRow> = FxHashSet::default();
        let concepts = matches.iter().filter(|found| rows.insert(found.found.row)).map(|found| &found.found.concept);
        let mut wanted: BTreeSet<ConceptId> = concepts.flat_map(|concept| pointers(concept, day)).collect();
        while let Some(id) = wanted.pop_first() {
            if seen.insert(id.clone())
                && let Some(stored) = self.store.current(&id)?
            {
                // A holder's own past offices lead nowhere that the draft speaks of.
                wanted.extend(stored.concept.pointer("holder"));
                related.insert(stored.concept);
            }
        }
        Ok(related)
    }
}
