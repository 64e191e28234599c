//! What a query may be a slip for: the terms near it that are alike enough, and are not another name.

use crate::glossary::concept::Kind;
use crate::glossary::index::{ConceptRow, IndexedConcept, TermIndex};
use crate::glossary::near;
use crate::glossary::rank::LookupMatch;
use crate::names::latin::LatinName;
use crate::names::relation::How;
use crate::names::{korean_spelling, korean_surname, reading};
use crate::text::script::Script;
use crate::text::{distance, fold, hangul};

/// The least likeness, in per cent, of a fuzzy match with a person.
const LEAST_SIMILARITY: u8 = 70;
/// The same for what is no person: two slips in five letters.
const LEAST_PLACE_SIMILARITY: u8 = 60;
/// The same where a Chinese personal name differs in one of three characters.
const LEAST_HAN_SIMILARITY: u8 = 60;
/// No guess is as sure as a recorded form.
pub(super) const MOST_FUZZY: u8 = 89;

/// Returns what the query may be a slip for: at most `most` concepts, the likeliest slip first.
pub(super) fn nearest<I: TermIndex>(index: &I, query: &str, most: usize) -> Result<Vec<LookupMatch>, I::Error> {
    let key = fold::key(query);
    let spelled = distance::spelled(&key);
    let mut near = near::near_terms(index, &key, near::MOST_EDITS)?;
    near.sort_by_cached_key(|near| {
        let first = near.spelled.chars().next() != spelled.chars().next();
        // Of characters as many edits away, those that sound alike are the likelier slip.
        (near.edits, !sounds_alike(&near.spelled, &spelled), distance::unlikeliness(&near.spelled, &spelled), first, near.row)
    });
    let mut best: Vec<LookupMatch> = Vec::new();
    let mut seen: Vec<ConceptRow> = Vec::new();
    for near in near {
        // What comes later has more edits, and is no better.
        if best.len() >= most {
            break;
        }
        if seen.contains(&near.row) {
            continue;
        }
        let Some((found, keyed)) = near.concept(index)? else { continue };
        if let Some(score) = likeness(&found, keyed, &key, &spelled) {
            seen.push(near.row);
            let slips = if near.edits == 1 { "one slip".to_owned() } else { format!("{} slips", near.edits) };
            let why = format!("a guess: {query} is {slips} from {}", found.term(keyed).1.text);
            // No later one is likelier, though a long name may be more alike.
            let score = best.last().map_or(score, |before: &LookupMatch| score.min(before.score));
            best.push(LookupMatch { found, keyed, score, how: How::Fuzzy, why, part: None });
        }
    }
    Ok(best)
}

/// Returns how alike a query and a term are, or `None` where they are too far apart to guess.
fn likeness(found: &IndexedConcept, keyed: usize, key: &str, spelled: &str) -> Option<u8> {
    let term_key = &found.keyed[keyed].key;
    let similarity = distance::similarity(spelled, &distance::spelled(term_key));
    if found.concept.kind == Kind::Person && is_another_korean(term_key, &found.term(keyed).1.text, key) {
        return None;
    }
    let short_han = term_key.chars().count() <= 4 && term_key.chars().all(|c| Script::of(c) == Script::Han);
    if !short_han {
        let least = if found.concept.kind == Kind::Person { LEAST_SIMILARITY } else { LEAST_PLACE_SIMILARITY };
        return (similarity >= least).then_some(similarity.min(MOST_FUZZY));
    }
    // One character of three is a third of a Chinese name: only a person's, with the family name right, is worth a guess.
    let same_family = term_key.chars().next() == key.chars().next();
    if found.concept.kind != Kind::Person || !same_family || similarity < LEAST_HAN_SIMILARITY {
        return None;
    }
    Some(if sounds_alike(term_key, key) { similarity.saturating_add(15) } else { similarity }.min(MOST_FUZZY))
}

/// Returns whether two keys of one length differ only in Han characters that sound alike, if at all.
fn sounds_alike(a: &str, b: &str) -> bool {
    a.chars().count() == b.chars().count() && a.chars().zip(b.chars()).all(|(a, b)| a == b || reading::sound_alike(a, b))
}

/// Returns whether the query is itself a Korean name, and not the term slipped: 이재형 beside 이재명, Kim Jong-in beside Kim
/// Jong-un.
fn is_another_korean(term_key: &str, term: &str, key: &str) -> bool {
    if let (Some((a_family, a_given)), Some((b_family, b_given))) =
        (korean_surname::family_and_given(term_key), korean_surname::family_and_given(key))
    {
        let names = b_given.chars().all(|c| !korean_spelling::given_syllable(c).is_empty());
        let same_length = a_given.chars().count() == b_given.chars().count();
        let alike =
            a_given.chars().zip(b_given.chars()).all(|(a, b)| a == b || hangul::sound_alike(a, b) || differ_at_end(a, b));
        return names && !(same_length && a_family == b_family && alike);
    }
    let (Some(term), Some(query)) = (LatinName::parse(term), LatinName::parse(key)) else { return false };
    korean_spelling::is_korean(&term) && korean_spelling::is_korean(&query) && !korean_spelling::may_be_one(&term, &query)
}

/// Returns whether two syllables differ in their final only, which is where hands slip most (윤성열 for 윤석열).
fn differ_at_end(a: char, b: char) -> bool {
    let start = |c| hangul::parts(c).map(|(initial, vowel, _)| (initial, vowel));
    start(a).is_some() && start(a) == start(b)
}
