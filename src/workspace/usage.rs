//! Where a concept was used: in the segments of kept articles, and in the units of the memory.

use crate::glossary::concept::ConceptId;
use crate::store::articles::Sighting;
use crate::text::script;
use crate::workspace::concordance::{ConcordanceLine, ConcordanceOptions};
use crate::workspace::{Result, Workspace};

/// The places in which a concept is named.
#[derive(Clone, Debug, Default)]
pub struct Usage {
    /// Segments of kept articles, the latest first.
    pub sightings: Vec<Sighting>,
    /// Units of the memory that have one of its preferred terms.
    pub lines: Vec<ConcordanceLine>,
}

impl Workspace {
    /// Returns at most `limit` segments and as many units in which a concept is named; none of one that is not there.
    pub fn usage(&mut self, id: &ConceptId, limit: usize) -> Result<Usage> {
        let Some(stored) = self.store.current(id)? else { return Ok(Usage::default()) };
        self.refresh_articles()?;
        let mut usage = Usage { sightings: self.store.sightings(id.as_str(), limit)?, lines: Vec::new() };
        for term in stored.concept.sections.iter().filter_map(|section| section.preferred()) {
            let options = ConcordanceOptions { from: script::detect_language(&term.text), to: None, before: None, limit };
            for line in self.concordance(&term.text, &options)?.lines {
                // The counterparts of a unit have the other names of the concept.
                if usage.lines.len() < limit && usage.lines.iter().all(|known| known.unit.row != line.unit.row) {
                    usage.lines.push(line);
                }
            }
        }
        Ok(usage)
    }
}
