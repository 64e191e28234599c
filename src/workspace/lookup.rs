//! Looking up: query → candidates → ranked matches, with the latest segments in which each was seen.

use crate::glossary::rank::{self, Lookup};
use crate::store::articles::Sighting;
use crate::text::{distance, fold};
use crate::workspace::{Result, Workspace};

/// How many matches, and how good.
#[derive(Clone, Copy, Debug)]
pub struct LookupOptions {
    /// At most so many matches.
    pub limit: usize,
    /// None with a lower score.
    pub min_score: u8,
    /// For each match, at most so many segments in which it was named.
    pub sightings: usize,
}

/// The answer to one query.
#[derive(Clone, Debug)]
pub struct Answer {
    /// The query as it was given.
    pub query: String,
    /// The matches.
    pub lookup: Lookup,
    /// For each match, the latest segments in which it was named.
    pub sightings: Vec<Vec<Sighting>>,
    /// For a text, the kept segments that are like it, with their likeness in per cent.
    pub near_segments: Vec<(u8, Sighting)>,
}

/// A query with more bytes is a text to check, not a name or a sentence.
pub const LONGEST_QUERY: usize = 20_000;
/// The least likeness of a kept segment, in per cent.
const LEAST_LIKENESS: u8 = 60;
/// How many kept segments are shown.
const MOST_SEGMENTS: usize = 3;

impl Workspace {
    /// Looks up a name, or the names in a text.
    pub fn lookup(&mut self, query: &str, options: LookupOptions) -> Result<Answer> {
        let lookup = rank::lookup(&self.store, query, options.limit, options.min_score)?;
        self.refresh_articles()?;
        let mut sightings = Vec::new();
        for found in &lookup.matches {
            sightings.push(self.store.sightings(found.found.concept.id.as_str(), options.sightings)?);
        }
        let near_segments = if lookup.is_text { self.near_segments(query)? } else { Vec::new() };
        Ok(Answer { query: query.to_owned(), lookup, sightings, near_segments })
    }

    fn near_segments(&self, query: &str) -> Result<Vec<(u8, Sighting)>> {
        let key = fold::key(query);
        let length = key.chars().count();
        let mut near: Vec<(u8, Sighting)> = Vec::new();
        self.store.for_each_segment(|segment| {
            let other = fold::key(&segment.text);
            let (short, long) = (other.chars().count().min(length), other.chars().count().max(length));
            if short * 100 < long * usize::from(LEAST_LIKENESS) {
                return;
            }
            let likeness = distance::similarity(&key, &other);
            if likeness >= LEAST_LIKENESS {
                near.push((likeness, segment));
            }
        })?;
        near.sort_by_key(|(likeness, _)| std::cmp::Reverse(*likeness));
        near.truncate(MOST_SEGMENTS);
        Ok(near)
    }
}
