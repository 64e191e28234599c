//! What the glossary asks of whoever keeps the concepts.

use std::sync::Arc;

use crate::glossary::concept::{Concept, Kind};
use crate::glossary::key::{KeyHash, Lengths};
use crate::glossary::near::Signature;
use crate::glossary::term::Term;
use crate::lang::Lang;
use crate::names::person;
use crate::text::{distance, fold};

/// The number by which an index knows one version of a concept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConceptRow(pub u32);

/// Whose concept it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// The user's own import, which stands above the shipped glossaries.
    Own,
    /// From the glossaries that are compiled in.
    Shipped,
}

/// A concept with the keys of its terms.
#[derive(Clone, Debug)]
pub struct IndexedConcept {
    /// Its number.
    pub row: ConceptRow,
    /// Whose it is.
    pub standing: Standing,
    /// The concept.
    pub concept: Concept,
    /// Its terms with their keys; persons' Latin names once more with the first word last.
    pub keyed: Vec<KeyedTerm>,
}

/// A term with its folded key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyedTerm {
    /// The place of the language section.
    pub section: usize,
    /// The place of the term in the section.
    pub term: usize,
    /// The folded term.
    pub key: String,
    /// How many letters the key has in jamo.
    pub spelled_length: usize,
    /// Whether the key is of the name in the other order.
    pub turned: bool,
}

impl IndexedConcept {
    /// Keys the terms of a concept.
    pub fn new(row: ConceptRow, standing: Standing, concept: Concept) -> Self {
        let mut keyed = Vec::new();
        for (section, language) in concept.sections.iter().enumerate() {
            for (term, designation) in language.terms.iter().enumerate() {
                let mut push = |text: &str, turned: bool| {
                    let key = fold::key(text);
                    let spelled_length = distance::spelled(&key).chars().count();
                    keyed.push(KeyedTerm { section, term, key, spelled_length, turned });
                };
                push(&designation.text, false);
                if concept.kind == Kind::Person
                    && let Some(turned) = person::other_order(&designation.text)
                {
                    push(&turned, true);
                }
            }
        }
        Self { row, standing, concept, keyed }
    }

    /// Returns the place among the keyed terms of the `nth` term.
    pub fn keyed_term(&self, nth: usize) -> Option<usize> {
        self.keyed.iter().enumerate().filter(|(_, term)| !term.turned).nth(nth).map(|(keyed, _)| keyed)
    }

    /// Returns the language and the term behind a key.
    pub fn term(&self, keyed: usize) -> (&Lang, &Term) {
        let place = &self.keyed[keyed];
        let section = &self.concept.sections[place.section];
        (&section.lang, &section.terms[place.term])
    }
}

/// An index over all current concepts. Its answers propose: rows may be stale or share a hash by chance, never missing; each
/// is given once.
pub trait TermIndex {
    /// Why the index cannot answer.
    type Error;

    /// Adds the concepts with a term of this key.
    fn with_key(&self, key: KeyHash, rows: &mut Vec<ConceptRow>) -> Result<(), Self::Error>;

    /// Returns the lengths of the terms that start so.
    fn lengths(&self, start: KeyHash) -> Result<Lengths, Self::Error>;

    /// Adds the concepts with this piece or deletion of a key whose letters may be within `edits` of `signature`.
    fn near(&self, piece: KeyHash, signature: Signature, edits: usize, rows: &mut Vec<ConceptRow>) -> Result<(), Self::Error>;

    /// Visits the folded terms of a row in their order, without the turned ones; as bytes, since most are far from what is
    /// looked for.
    fn folded(&self, row: ConceptRow, visit: &mut dyn FnMut(usize, &[u8])) -> Result<(), Self::Error>;

    /// Returns a concept, or `None` where the row is no longer current.
    fn concept(&self, row: ConceptRow) -> Result<Option<Arc<IndexedConcept>>, Self::Error>;
}
