//! Concepts that a query names in another script or another romanisation than the glossary does.

use std::sync::Arc;

use crate::glossary::concept::{Concept, Kind};
use crate::glossary::index::{ConceptRow, IndexedConcept, TermIndex};
use crate::glossary::key::{KeyHash, KeyHasher, KeyUse};
use crate::glossary::term::TermStatus;
use crate::lang::Lang;
use crate::names::han_name::Bearer;
use crate::names::relation::{Way, WrittenName};
use crate::names::sound::{self, Name, QueryKeys};

/// A concept that a query may name, proved by one of its terms.
#[derive(Clone, Debug)]
pub struct Respelling {
    /// The concept.
    pub found: Arc<IndexedConcept>,
    /// The place of the term among the concept's keyed terms.
    pub keyed: usize,
    /// How the query leads to the term.
    pub way: Way,
}

/// So many concepts of one sound are looked at: more than that is no answer.
const MOST_CANDIDATES: usize = 400;

/// Returns the hashes of the sound keys of a concept.
pub fn keys(concept: &Concept) -> Vec<KeyHash> {
    let name = name_of(concept);
    name.keys().iter().map(|key| KeyHasher::hash(KeyUse::Sound, key.chars())).collect()
}

/// Returns the concepts that `query` names in another script or romanisation, the surest way first; each once.
pub fn respellings<I: TermIndex>(index: &I, query: &str) -> Result<Vec<Respelling>, I::Error> {
    let Some(written) = WrittenName::new(query) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for row in candidates(index, &sound::keys_of_query(&written))? {
        let Some(indexed) = index.concept(row)? else { continue };
        let name = name_of(&indexed.concept);
        let ways = terms(&indexed).filter_map(|(keyed, term)| Some((name.way(&written, &WrittenName::new(term)?)?, keyed)));
        if let Some((way, keyed)) = ways.min() {
            found.push(Respelling { found: indexed, keyed, way });
        }
    }
    found.sort_by_key(|respelling| (respelling.way, respelling.found.standing, respelling.found.row));
    Ok(found)
}

/// Returns the Chinese people that Hangul `text` names in the Korean reading, and the people and places that it transcribes with
/// a slip; `keyed` is the Hangul to write.
pub fn misread<I: TermIndex>(index: &I, text: &str) -> Result<Vec<Respelling>, I::Error> {
    let Some(written) = WrittenName::new(text) else { return Ok(Vec::new()) };
    let mut found = Vec::new();
    for row in candidates(index, &sound::misreading_keys(text))? {
        let Some(indexed) = index.concept(row)? else { continue };
        let name = name_of(&indexed.concept);
        let ways = terms(&indexed).filter_map(|(_, term)| name.way(&written, &WrittenName::new(term)?));
        let way = ways.filter(|way| matches!(way, Way::SinoKorean | Way::TranscriptionSlip)).min();
        let person = way != Some(Way::SinoKorean) || indexed.concept.kind == Kind::Person;
        let keyed = (0..indexed.keyed.len()).find(|keyed| {
            let (lang, term) = indexed.term(*keyed);
            *lang == Lang::Ko && term.status == TermStatus::Preferred
        });
        if let (Some(way), Some(keyed), Some(false), true) = (way, keyed, name.is_korean(), person) {
            found.push(Respelling { found: indexed, keyed, way });
        }
    }
    Ok(found)
}

/// Returns the Korean readings of the Han forms of a concept.
pub fn readings(concept: &Concept) -> Vec<String> {
    let name = name_of(concept);
    if name.is_korean() == Some(true) { Vec::new() } else { name.readings() }
}

fn candidates<I: TermIndex>(index: &I, asked: &QueryKeys) -> Result<Vec<ConceptRow>, I::Error> {
    let mut rows = Vec::new();
    for key in &asked.sounds {
        index.with_key(KeyHasher::hash(KeyUse::Sound, key.chars()), &mut rows)?;
    }
    for term in &asked.terms {
        index.with_key(KeyHasher::hash(KeyUse::Term, term.chars()), &mut rows)?;
    }
    rows.sort_unstable();
    rows.dedup();
    rows.truncate(MOST_CANDIDATES);
    Ok(rows)
}

/// Returns the terms that are compared, with their places among the keyed terms.
fn terms(indexed: &IndexedConcept) -> impl Iterator<Item = (usize, &str)> {
    indexed.keyed.iter().enumerate().filter_map(|(keyed, place)| {
        let (lang, term) = indexed.term(keyed);
        (!place.turned && term.is_accepted() && is_spoken(lang)).then_some((keyed, term.text.as_str()))
    })
}

fn is_spoken(lang: &Lang) -> bool {
    matches!(lang, Lang::En | Lang::Ko) || lang.is_chinese() || lang.tag() == "ko-Hani"
}

fn name_of(concept: &Concept) -> Name {
    let spoken = concept.terms().filter(|(lang, term)| is_spoken(lang) && term.is_accepted()).map(|(_, term)| &term.text);
    let kind = match concept.kind {
        Kind::Person => Some(Bearer::Person),
        Kind::Place | Kind::Facility | Kind::Country => Some(Bearer::Place),
        Kind::Term => None,
        _ => Some(Bearer::Other),
    };
    if kind == Some(Bearer::Other) && concept.preferred(&Lang::Ko).is_some() && concept.preferred(&Lang::En).is_some() {
        // What is no person's and no place's name is known by its words in each language.
        return Name::new(Vec::new(), Bearer::Other);
    }
    let writings: Vec<WrittenName> = spoken.filter_map(|text| WrittenName::new(text)).collect();
    // A desk's list has no kinds: its people are told by their names.
    let guess = || if sound::is_personal(&writings) { Bearer::Person } else { Bearer::Other };
    let bearer = kind.unwrap_or_else(guess);
    Name::new(writings, bearer)
}
