//! Counts which English spans and which renderings stand together, and pairs them.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::lang::Lang;
use crate::names::foreign_name;

use crate::memory::term_pairs::units::Units;
use crate::memory::term_pairs::{MOST_EXAMPLES, TermPair, TermPairKind, english, target};
use crate::text::particle;
use crate::text::script::Script;

/// So many units of one term are enough to find its renderings.
const MOST_UNITS: usize = 64;
/// So many renderings of one term are weighed.
const MOST_RENDERINGS: usize = 24;
/// A rendering stands in at least this share of the units of its term.
const LEAST_SHARE: f32 = 0.4;
/// The least score of a pair that is proposed, for names and for phrases.
const LEAST_NAME: f32 = 0.45;
const LEAST_PHRASE: f32 = 0.7;
/// What is taken from the counts of both, so that rare pairs are less sure.
const DOUBT: f32 = 0.7;
/// What a like sound adds.
const SOUND: f32 = 0.2;
/// Of two renderings, one inside the other, the longer is taken if its score is at least this share of the other's.
const LONGER: f32 = 0.97;

/// A term with the units it stands in.
#[derive(Clone, Debug, Default)]
struct Standing {
    units: Vec<u32>,
    count: u32,
    proofs: u32,
}

/// Returns the pairs, each term with its best rendering and each rendering with its best term.
pub(super) fn pairs(units: &Units, lang: &Lang, least: u32) -> Vec<TermPair> {
    let terms = terms(units, least);
    let mut candidates: Vec<(&Term<'_>, HashMap<&str, u32>)> = Vec::new();
    for term in &terms {
        candidates.push((term, renderings(units, lang, &term.standing, least)));
    }
    let wanted = candidates.iter().flat_map(|(_, renderings)| renderings.keys().copied());
    let counts = counts(units, lang, wanted);
    let found = candidates.iter().filter_map(|(term, renderings)| best(term, renderings, &counts));
    let mut kept = one_each(found.collect());
    drop_halves(&mut kept, &candidates);
    let standings: HashMap<&str, &Standing> = terms.iter().map(|term| (term.text, &term.standing)).collect();
    kept.retain_mut(|pair| {
        let standing = standings[pair.english.as_str()];
        let both = || {
            standing.units.iter().map(|unit| units.get(*unit as usize)).filter(|unit| unit.rendering.contains(&pair.rendering))
        };
        pair.examples = both().map(|unit| unit.number).take(MOST_EXAMPLES).collect();
        !lang.is_chinese() || is_whole(&pair.rendering, both().map(|unit| unit.rendering))
    });
    kept
}

/// An English term.
struct Term<'a> {
    text: &'a str,
    kind: TermPairKind,
    standing: Standing,
}

/// Returns the terms that stand in enough units, and not always inside the same longer one.
fn terms(units: &Units, least: u32) -> Vec<Term<'_>> {
    let mut standings: HashMap<(&str, TermPairKind), Standing> = HashMap::default();
    let mut met: HashSet<&str> = HashSet::default();
    for (nth, unit) in units.iter().enumerate() {
        met.clear();
        for span in english::spans(unit.english) {
            let standing = standings.entry((span.text, span.kind)).or_default();
            standing.proofs += u32::from(span.is_proof);
            if met.insert(span.text) {
                standing.count += 1;
                if standing.units.len() < MOST_UNITS {
                    standing.units.push(nth as u32);
                }
            }
        }
        forget_rare(&mut standings);
    }
    let mut longer: HashMap<&str, u32> = HashMap::default();
    for ((text, _), standing) in &standings {
        for inner in inner_runs(text) {
            let most = longer.entry(inner).or_default();
            *most = (*most).max(standing.count);
        }
    }
    let enough = |standing: &Standing| standing.count >= least && standing.proofs * 2 >= standing.count;
    let alone = |text: &str, count: u32| longer.get(text).is_none_or(|longer| longer * 10 < count * 8);
    let mut terms: Vec<Term<'_>> = standings
        .into_iter()
        .filter(|((text, _), standing)| enough(standing) && alone(text, standing.count))
        .map(|((text, kind), standing)| Term { text, kind, standing })
        .collect();
    terms.sort_unstable_by_key(|term| (term.kind, term.text));
    terms
}

/// How many terms are counted at a time.
const MOST_TERMS: usize = 1_500_000;

/// Forgets terms that stood in one unit where there are too many: they come again if they matter.
fn forget_rare(standings: &mut HashMap<(&str, TermPairKind), Standing>) {
    if standings.len() > MOST_TERMS {
        standings.retain(|_, standing| standing.count > 1);
    }
}

/// Returns the runs of words that lie within a term, without the term.
fn inner_runs(text: &str) -> impl Iterator<Item = &str> {
    let starts = || std::iter::once(0).chain(text.match_indices(' ').map(|(at, _)| at + 1));
    let ends = move || text.match_indices(' ').map(|(at, _)| at).chain([text.len()]);
    starts().flat_map(move |start| {
        ends().filter(move |end| *end > start && (start, *end) != (0, text.len())).map(move |end| &text[start..end])
    })
}

/// Returns the commonest spans of the units of a term.
fn renderings<'a>(units: &'a Units, lang: &Lang, standing: &Standing, least: u32) -> HashMap<&'a str, u32> {
    let mut counts: HashMap<&str, (u32, u32)> = HashMap::default();
    for (nth, unit) in (1..).zip(&standing.units) {
        for span in target::spans(units.get(*unit as usize).rendering, lang) {
            let (count, last) = counts.entry(span).or_default();
            *count += u32::from(*last != nth);
            *last = nth;
        }
    }
    let enough = (standing.units.len() as f32 * LEAST_SHARE).max(least.min(standing.units.len() as u32) as f32);
    let mut found: Vec<(&str, u32)> =
        counts.into_iter().map(|(span, (count, _))| (span, count)).filter(|(_, count)| *count as f32 >= enough).collect();
    found.sort_unstable_by(|a, b| b.1.cmp(&a.1).then(b.0.len().cmp(&a.0.len())).then(a.0.cmp(b.0)));
    found.truncate(MOST_RENDERINGS);
    found.into_iter().collect()
}

/// Counts the units in which wanted spans stand.
fn counts<'a>(units: &'a Units, lang: &Lang, wanted: impl Iterator<Item = &'a str>) -> HashMap<&'a str, u32> {
    let mut counts: HashMap<&str, (u32, u32)> = wanted.map(|span| (span, (0, 0))).collect();
    for (nth, unit) in (1..).zip(units.iter()) {
        for span in target::spans(unit.rendering, lang) {
            if let Some((count, last)) = counts.get_mut(span).filter(|(_, last)| *last != nth) {
                (*count, *last) = (*count + 1, nth);
            }
        }
    }
    counts.into_iter().map(|(span, (count, _))| (span, count)).collect()
}

/// Returns the best rendering of a term, if one is sure enough.
fn best(term: &Term<'_>, renderings: &HashMap<&str, u32>, counts: &HashMap<&str, u32>) -> Option<TermPair> {
    // Where not all units were looked at, the shares stand for the whole.
    let all = term.standing.count as f32 / term.standing.units.len().max(1) as f32;
    let mut found: Vec<(f32, &str, u32, u32)> = renderings
        .iter()
        .map(|(span, joint)| {
            let joint = (*joint as f32 * all).round().min(term.standing.count as f32);
            let count = counts.get(span).copied().unwrap_or_default().max(joint as u32);
            let dice = 2.0 * (joint - DOUBT).max(0.0) / (term.standing.count + count) as f32;
            let sound = if term.kind == TermPairKind::Name && is_transcribed(term.text, span) { SOUND } else { 0.0 };
            ((dice + sound).min(1.0), *span, joint as u32, count)
        })
        .collect();
    found.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(b.1.len().cmp(&a.1.len())).then(a.1.cmp(b.1)));
    drop_particles(&mut found);
    let first = *found.first()?;
    let longest = found.iter().filter(|other| other.0 >= first.0 * LONGER && other.1.contains(first.1));
    let (score, rendering, joint, count) = *longest.max_by_key(|other| other.1.len()).unwrap_or(&first);
    let least = if term.kind == TermPairKind::Name { LEAST_NAME } else { LEAST_PHRASE };
    (score >= least).then(|| TermPair {
        kind: term.kind,
        english: term.text.to_owned(),
        rendering: rendering.to_owned(),
        joint,
        english_count: term.standing.count,
        rendering_count: count,
        score,
        examples: Vec::new(),
    })
}

/// Drops what is another candidate and particles, if that is hardly less sure: 터너의 beside 터너.
fn drop_particles(found: &mut Vec<(f32, &str, u32, u32)>) {
    let all = found.clone();
    found.retain(|(score, span, ..)| {
        let is_stem = |other: &(f32, &str, u32, u32)| {
            let rest = span.strip_prefix(other.1).filter(|rest| !rest.is_empty());
            other.0 >= score * LONGER
                && rest.is_some_and(|rest| particle::is_chain(rest) && particle::agreeing(other.1, rest) == rest)
        };
        !all.iter().any(is_stem)
    });
}

/// Returns whether Hangul sounds like an English name: word by word, or like its last word.
fn is_transcribed(english: &str, hangul: &str) -> bool {
    let (words, eojeols): (Vec<&str>, Vec<&str>) = (english.split([' ', '-']).collect(), hangul.split(' ').collect());
    let same = |word: &str, eojeol: &str| {
        foreign_name::latin_skeleton(word).is_some_and(|found| foreign_name::hangul_skeleton(eojeol) == Some(found))
    };
    words.len() == eojeols.len() && words.iter().zip(&eojeols).any(|(word, eojeol)| same(word, eojeol))
}

/// Keeps for each rendering its surest term.
fn one_each(mut found: Vec<TermPair>) -> Vec<TermPair> {
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(b.joint.cmp(&a.joint)).then(a.english.cmp(&b.english)));
    let mut taken: HashSet<String> = HashSet::default();
    found.retain(|pair| taken.insert(pair.rendering.clone()));
    found
}

/// Where a part of a term has a rendering that stands beside the term as well, the term's own rendering must contain it:
/// Barack Obama is not 버락.
fn drop_halves(found: &mut Vec<TermPair>, candidates: &[(&Term<'_>, HashMap<&str, u32>)]) {
    let known: HashMap<String, String> = found.iter().map(|pair| (pair.english.clone(), pair.rendering.clone())).collect();
    let beside: HashMap<&str, &HashMap<&str, u32>> =
        candidates.iter().map(|(term, renderings)| (term.text, renderings)).collect();
    found.retain(|pair| {
        let is_left_out = |inner: &str| {
            let rendering = known.get(inner).filter(|rendering| !pair.rendering.contains(rendering.as_str()));
            rendering.is_some_and(|rendering| beside[pair.english.as_str()].contains_key(rendering.as_str()))
        };
        !inner_runs(&pair.english).any(is_left_out)
    });
}

/// Of so many units with a rendering one that is a part of a longer word has the same neighbour.
const PART: f32 = 0.5;

/// Returns whether a Chinese rendering is a word: no character stands before or after it in half of the sentences. 吉尼亚 is a
/// part, since 弗 or 佛 comes before it.
fn is_whole<'a>(rendering: &str, sentences: impl Iterator<Item = &'a str>) -> bool {
    let (mut before, mut after): (HashMap<char, u32>, HashMap<char, u32>) = Default::default();
    let mut count = 0;
    for (left, right) in sentences.filter_map(|sentence| sentence.split_once(rendering)) {
        count += 1;
        for (neighbour, counts) in [(left.chars().next_back(), &mut before), (right.chars().next(), &mut after)] {
            let inside = neighbour.filter(|c| target::is_edge(*c) && Script::of(*c) == Script::Han && c.is_alphabetic());
            inside.into_iter().for_each(|c| *counts.entry(c).or_default() += 1);
        }
    }
    let most = before.values().chain(after.values()).copied().max().unwrap_or_default();
    (most as f32) < PART * count as f32 || most < 2
}
