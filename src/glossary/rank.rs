//! Which concepts a query means, best first, each with a score and the reason.
//!
//! A query is tried as a whole, then without an article, a possessive or particles, then without the titles beside the name,
//! then as a text that names several concepts, then by its sound in other scripts, and last as a slip for something near. The
//! first way that gives an answer ends the search: who has typed a name right is not shown its neighbours.

mod guess;

use std::sync::Arc;

use crate::glossary::concept::Kind;
use crate::glossary::index::{IndexedConcept, Standing, TermIndex};
use crate::glossary::key::{KeyHasher, KeyUse};
use crate::glossary::matcher::{self, Reading, TermMatch};
use crate::glossary::rank::guess::{MOST_FUZZY, nearest};
use crate::glossary::respelling::{self, Respelling};
use crate::glossary::term::{Term, TermForm};
use crate::names::korean_surname;
use crate::names::relation::{How, Way};
use crate::names::title;
use crate::text::fold::{self, Folded};
use crate::text::script::Script;
use crate::text::span::Span;
use crate::text::{hangul, particle};

/// A concept that a query means.
#[derive(Clone, Debug)]
pub struct LookupMatch {
    /// The concept.
    pub found: Arc<IndexedConcept>,
    /// The place of the matched term among the concept's keyed terms.
    pub keyed: usize,
    /// How sure, from 0 to 100.
    pub score: u8,
    /// In which way.
    pub how: How,
    /// The same in a sentence.
    pub why: String,
    /// The place in the query, where only a part of it names the concept.
    pub part: Option<Span>,
}

/// The answer to a query.
#[derive(Clone, Debug, Default)]
pub struct Lookup {
    /// The concepts, best first; in order of place for a text.
    pub matches: Vec<LookupMatch>,
    /// Whether the query was read as a text that names several concepts.
    pub is_text: bool,
}

/// How many letters a query may have to be read as one name.
const LONGEST_NAME: usize = 160;
/// What a name has less where others are as likely.
const SEVERAL: u8 = 12;
/// The score of a concept that is only read as the query, where another is written so.
const HOMONYM: u8 = 70;
/// The same where its name is transcribed so.
const TRANSCRIBED_ALIKE: u8 = 85;

/// Looks up a query. At most `limit` matches, none with a score below `min_score`.
pub fn lookup<I: TermIndex>(index: &I, query: &str, limit: usize, min_score: u8) -> Result<Lookup, I::Error> {
    let query = query.trim();
    match without_gloss(query) {
        // 시진핑(習近平) 주석: the gloss says the name once more.
        Some(name) => {
            let mut lookup = lookup_as_written(index, &name, limit, min_score)?;
            // Places in the shorter text are none in the query.
            lookup.matches.iter_mut().for_each(|found| found.part = None);
            if lookup.matches.is_empty() { lookup_as_written(index, query, limit, min_score) } else { Ok(lookup) }
        }
        None => lookup_as_written(index, query, limit, min_score),
    }
}

/// Returns a short query without the words in brackets after a name; `None` where there are none.
fn without_gloss(query: &str) -> Option<String> {
    let open = query.find(['(', '（']).filter(|open| *open > 0 && query.len() <= LONGEST_NAME)?;
    let close = open + query[open..].find([')', '）'])?;
    let after = query[close..].trim_start_matches([')', '）']);
    let han = query[open..close].chars().any(|c| Script::of(c) != Script::Alphabetic && c.is_alphanumeric());
    han.then(|| format!("{}{after}", query[..open].trim_end()))
}

fn lookup_as_written<I: TermIndex>(index: &I, query: &str, limit: usize, min_score: u8) -> Result<Lookup, I::Error> {
    let mut lookup = Lookup::default();
    let letters = Folded::new(query).letters().len();
    if letters == 0 {
        return Ok(lookup);
    }
    if letters <= LONGEST_NAME {
        lookup.matches = whole(index, query)?;
        if lookup.matches.is_empty() {
            lookup.matches = without_ending(index, query)?;
        } else {
            add_homonyms(index, query, &mut lookup.matches)?;
        }
    }
    if lookup.matches.is_empty() {
        lookup = named_in(index, query)?;
    }
    if lookup.is_text && letters <= LONGEST_NAME {
        // A long name with a slip is not a text about its parts.
        let name = nearest(index, query, limit)?;
        if name.first().is_some_and(|found| found.score >= MOST_FUZZY) {
            lookup = Lookup { matches: name, is_text: false };
        }
    }
    if lookup.matches.is_empty() && letters <= LONGEST_NAME {
        lookup.matches = respelled(index, query)?;
    }
    if lookup.matches.is_empty() && letters <= LONGEST_NAME {
        // 시 주석 and President Lee name nobody without a text around them; a family name is not a slip for a name.
        let name = without_titles(query);
        if !name.is_some_and(is_short_as_a_family_name) {
            lookup.matches = nearest(index, query, limit)?;
        }
        if let Some(name) = name.filter(|_| lookup.matches.is_empty()) {
            lookup.matches = nearest(index, name, limit)?;
        }
    }
    lookup.matches.retain(|found| found.score >= min_score);
    if !lookup.is_text {
        lookup.matches.truncate(limit);
    }
    Ok(lookup)
}

/// Returns the concepts that have the whole query as a term.
fn whole<I: TermIndex>(index: &I, query: &str) -> Result<Vec<LookupMatch>, I::Error> {
    let key = fold::key(query);
    let mut rows = Vec::new();
    index.with_key(KeyHasher::hash(KeyUse::Term, key.chars()), &mut rows)?;
    rows.sort_unstable();
    rows.dedup();
    let mut matches = Vec::new();
    for row in rows {
        let Some(found) = index.concept(row)? else { continue };
        let keyed = (0..found.keyed.len()).filter(|keyed| found.keyed[*keyed].key == key);
        let best = keyed.map(|keyed| whole_match(&found, keyed, query)).max_by_key(|found| found.score);
        matches.extend(best);
    }
    Ok(ranked(matches))
}

fn whole_match(found: &Arc<IndexedConcept>, keyed: usize, query: &str) -> LookupMatch {
    let (lang, term) = found.term(keyed);
    let turned = found.keyed[keyed].turned;
    let running = lang.is_written_in(lang);
    let recorded_variant = term.form == TermForm::Variant || !running;
    let (score, how, why) = if turned {
        (93, How::Variant, format!("{query} is {} with the family name last", term.text))
    } else if recorded_variant {
        (94, How::Variant, format!("{query} is a recorded variant ({lang})"))
    } else if term.text == query {
        (100, How::Exact, String::from("exactly this term"))
    } else {
        (97, How::Folded, format!("{query} is {} but for {}", term.text, difference(query, &term.text)))
    };
    let (score, why) = if term.is_accepted() { (score, why) } else { (score - 2, format!("{why}; {} here", term.status)) };
    LookupMatch { found: Arc::clone(found), keyed, score, how, why, part: None }
}

/// Says what folding has made alike.
fn difference(query: &str, term: &str) -> &'static str {
    let no_marks = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    if query.to_lowercase() == term.to_lowercase() {
        "capitals"
    } else if no_marks(query).to_lowercase() == no_marks(term).to_lowercase() {
        "spaces, hyphens or marks"
    } else if query.chars().any(|c| Script::of(c) == Script::Han) {
        "the form of its characters"
    } else {
        "accents, width or capitals"
    }
}

/// Tries the query without an English article or possessive, and without Korean particles.
fn without_ending<I: TermIndex>(index: &I, query: &str) -> Result<Vec<LookupMatch>, I::Error> {
    for (stem, what) in stems(query) {
        let mut matches = whole(index, stem)?;
        if !matches.is_empty() {
            for found in &mut matches {
                found.how = if found.how == How::Exact { How::Folded } else { found.how };
                found.score = found.score.min(98);
                found.why = format!("{stem} {what}; {}", found.why);
            }
            return Ok(matches);
        }
    }
    Ok(Vec::new())
}

fn stems(query: &str) -> Vec<(&str, String)> {
    let mut stems = Vec::new();
    let possessive = ["'s", "’s", "s'", "s’"].iter().find_map(|end| query.strip_suffix(end).map(|stem| (stem, *end)));
    let article = |text: &str| ["the ", "The ", "THE "].iter().any(|article| text.starts_with(article));
    if article(query) {
        stems.push((query[4..].trim_start(), "with its article".to_owned()));
    }
    if let Some((stem, end)) = possessive {
        let stem = if end.starts_with('s') { &query[..stem.len() + 1] } else { stem };
        stems.push((stem, "with a possessive".to_owned()));
        if article(stem) {
            stems.push((stem[4..].trim_start(), "with its article and a possessive".to_owned()));
        }
    }
    let last = query.rsplit(char::is_whitespace).next().unwrap_or(query);
    if last.chars().next_back().is_some_and(|c| Script::of(c) == Script::Hangul) {
        for chain in particle::chains_at_end(last).into_iter().filter(|chain| *chain > 0 && *chain < query.len()) {
            let (stem, particle) = query.split_at(query.len() - chain);
            if !belongs_to_name(query, particle) {
                stems.push((stem, format!("with the particle {particle}")));
            }
        }
    }
    stems
}

/// Returns whether the last syllable of a query belongs to a name of three: 이강인 and 조현아 are not 이강 with 인 and 조현 with 아.
fn belongs_to_name(query: &str, particle: &str) -> bool {
    let short = query.chars().count() == 3 && korean_surname::family_and_given(query).is_some();
    short && matches!(particle, "인" | "아" | "야")
}

/// Reads the query as a name with titles, or as a text that names concepts.
fn named_in<I: TermIndex>(index: &I, query: &str) -> Result<Lookup, I::Error> {
    let any_case = !query.chars().any(char::is_uppercase);
    let block = Folded::new(query);
    let found = matcher::find_terms(index, query, &block, Reading { lang: None, any_case })?;
    let outer: Vec<&TermMatch> = found.iter().filter(|found| found.outer).collect();
    if let Some(matches) = titled(query, &outer) {
        return Ok(Lookup { matches, is_text: false });
    }
    if !is_text(query, &block) {
        return Ok(Lookup::default());
    }
    let matches = outer.into_iter().map(|found| part_match(query, found, 90, "named in the text")).collect();
    Ok(Lookup { matches, is_text: true })
}

/// Returns the persons named by the query, or else what else it names, where all the rest is titles.
fn titled(query: &str, outer: &[&TermMatch]) -> Option<Vec<LookupMatch>> {
    let is_title = |found: &TermMatch| matches!(found.found.concept.kind, Kind::Title | Kind::Country | Kind::Institution);
    let mut chosen: Vec<&&TermMatch> = outer.iter().filter(|found| found.found.concept.kind == Kind::Person).collect();
    if chosen.is_empty() {
        chosen = outer.iter().filter(|found| !is_title(found)).collect();
    }
    let first = chosen.first()?.span;
    if chosen.iter().any(|found| found.span != first) {
        return None;
    }
    let mut cut: Vec<Span> =
        outer.iter().filter(|found| found.span == first || is_title(found)).map(|found| found.span).collect();
    cut.dedup();
    let mut rest = query.to_owned();
    for span in cut.into_iter().rev() {
        rest.replace_range(span.start..span.end, if span == first { "\u{1}" } else { " " });
    }
    let (before, after) = rest.split_once('\u{1}')?;
    if belongs_to_name(query, after) {
        return None;
    }
    let after = after.split_whitespace().map(|word| if particle::is_chain(word) { "" } else { word });
    let rest = format!("{before} {}", after.collect::<Vec<_>>().join(" "));
    let nothing_else = !rest.contains(char::is_alphanumeric) || title::is_nothing_else(&rest);
    nothing_else.then(|| ranked(chosen.into_iter().map(|found| part_match(query, found, 95, "with a title")).collect()))
}

fn part_match(query: &str, found: &TermMatch, score: u8, what: &str) -> LookupMatch {
    let why = format!("{} {what}", found.span.of(query));
    let (found, keyed, part) = (Arc::clone(&found.found), found.keyed, Some(found.span));
    LookupMatch { found, keyed, score, how: How::Folded, why, part }
}

/// Returns whether a query is long enough to be a text and not a name.
fn is_text(query: &str, block: &Folded) -> bool {
    let words = query.split_whitespace().count();
    let han = block.letters().iter().filter(|letter| Script::of(letter.c) == Script::Han).count();
    let hangul = block.letters().iter().filter(|letter| Script::of(letter.c) == Script::Hangul).count();
    words >= 6 || hangul >= 8 && words >= 4 || han >= 12 || query.contains(['.', '。', '?', '!', '，'])
}

/// Returns the query without the titles before an English name or after a Korean one; `None` where there are none.
pub fn without_titles(query: &str) -> Option<&str> {
    let hangul = query.chars().any(|c| Script::of(c) == Script::Hangul);
    let cut = if hangul {
        query.find(' ').filter(|cut| title::follows_korean_name(&query[*cut..]))
    } else {
        query.match_indices(' ').map(|(at, _)| at).rfind(|at| title::is_nothing_else(&query[..*at]))
    }?;
    let name = if hangul { &query[..cut] } else { &query[cut + 1..] };
    (!name.is_empty()).then_some(name)
}

fn is_short_as_a_family_name(name: &str) -> bool {
    let key = fold::key(name);
    let longest = if key.is_ascii() { 4 } else { 2 };
    key.chars().count() <= longest
}

/// Returns the concepts that the query names in another script or romanisation, with or without an ending or titles.
fn respelled<I: TermIndex>(index: &I, query: &str) -> Result<Vec<LookupMatch>, I::Error> {
    let stems = stems(query).into_iter().map(|(stem, _)| stem);
    for name in std::iter::once(query).chain(stems).chain(without_titles(query)) {
        let found = respelling::respellings(index, name)?;
        // The surest way alone answers; what is as sure as another is less sure than alone.
        let surest = found.first().map(|first| first.way);
        let mut found: Vec<Respelling> = found.into_iter().filter(|found| Some(found.way) == surest).collect();
        found.dedup_by_key(|found| found.found.concept.id.clone());
        let several = if found.len() > 1 { SEVERAL } else { 0 };
        if !found.is_empty() {
            return Ok(ranked(found.into_iter().map(|found| respelled_match(found, name, several)).collect()));
        }
    }
    Ok(Vec::new())
}

fn respelled_match(respelling: Respelling, name: &str, less: u8) -> LookupMatch {
    let Respelling { found, keyed, way } = respelling;
    let (score, how) = (way.sureness(), way.how());
    let why = way.sentence(name, &found.term(keyed).1.text);
    LookupMatch { found, keyed, score: score - less, how, why, part: None }
}

/// Adds the concepts whose Han form is read in Korean as the query is, below those that are written so: 광주 is a city, and
/// the Korean reading of 广州.
fn add_homonyms<I: TermIndex>(index: &I, query: &str, matches: &mut Vec<LookupMatch>) -> Result<(), I::Error> {
    if !query.chars().all(hangul::is_syllable) {
        return Ok(());
    }
    for found in respelling::respellings(index, query)? {
        let known = matches.iter().any(|other| other.found.concept.id == found.found.concept.id);
        let score = match found.way {
            Way::SinoKorean => HOMONYM,
            // 산시 is 山西 and 陕西 alike.
            Way::Transcription => TRANSCRIBED_ALIKE,
            _ => continue,
        };
        if !known {
            matches.push(LookupMatch { score, ..respelled_match(found, query, 0) });
        }
    }
    Ok(())
}

/// Puts matches in order: the score, one's own glossary before the shipped, accepted terms first.
fn ranked(mut matches: Vec<LookupMatch>) -> Vec<LookupMatch> {
    let accepted = |found: &LookupMatch| found.found.term(found.keyed).1.is_accepted();
    let order = |found: &LookupMatch| (std::cmp::Reverse(found.score), found.found.standing, !accepted(found));
    matches.sort_by(|a, b| order(a).cmp(&order(b)).then_with(|| a.found.concept.id.cmp(&b.found.concept.id)));
    matches
}

impl LookupMatch {
    /// Returns the matched term.
    pub fn term(&self) -> &Term {
        self.found.term(self.keyed).1
    }

    /// Returns whether the concept is of the user's own glossaries.
    pub fn is_own(&self) -> bool {
        self.found.standing == Standing::Own
    }
}
