//! Words that are no known name, but one slip away from one, with the evidence that the known one is meant.
//!
//! Two people may have names that differ in a letter. A slip is suspected only where something beside the likeness speaks for
//! it: the right name stands in the same draft, a title stands beside the words, the words are long and many, or the
//! characters sound alike.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::Arc;

use crate::check::eojeol::Eojeol;
use crate::check::given_name::GivenName;
use crate::glossary::concept::Kind;
use crate::glossary::index::{ConceptRow, IndexedConcept, TermIndex};
use crate::glossary::key;
use crate::glossary::matcher::{self, TermMatch};
use crate::glossary::near::{self, NearTerm};
use crate::glossary::respelling;
use crate::lang::Lang;
use crate::names::{reading, title};
use crate::text::fold::{self, Folded, Gap, Letter};
use crate::text::hangul;
use crate::text::script::Script;
use crate::text::span::Span;
use crate::text::{distance, particle};

/// Words close to a known name.
#[derive(Clone, Debug)]
pub struct Suspect {
    /// The place in the draft.
    pub span: Span,
    /// The concept that seems to be meant.
    pub meant: Arc<IndexedConcept>,
    /// The place of the term among the concept's keyed terms.
    pub keyed: usize,
    /// In what way the words miss the name.
    pub cause: Cause,
    /// What speaks for it, as the end of a sentence.
    pub evidence: &'static str,
}

/// In what way words miss a known name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// A slip of the hand or the ear.
    Slip,
    /// The Korean reading of a Chinese name that is transcribed.
    Reading,
    /// A transcription that the loanword orthography does not give.
    Transcription,
    /// Another romanisation than the person's own.
    Romanization,
    /// A Han character that sounds like the right one.
    Character,
}

/// A concept near some words: the place of the term among its keyed terms, and how many edits away it is.
type Candidate = (Arc<IndexedConcept>, usize, usize);

/// What is known of the whole draft while its blocks are searched.
pub struct Search<'a, I> {
    /// The index.
    pub index: &'a I,
    /// The language of the draft.
    pub lang: &'a Lang,
    /// The whole text.
    pub text: &'a str,
    /// The matches in the whole text, in order.
    pub matches: &'a [TermMatch],
    /// The concepts that the draft names rightly.
    pub named: HashSet<ConceptRow>,
    /// Keys that have been asked for.
    seen: HashMap<String, Vec<NearTerm>>,
    /// The named persons' keys in the script of the draft, by their first letter.
    persons: HashMap<char, Vec<(Arc<IndexedConcept>, usize)>>,
    /// The Korean readings of the named persons' Han names.
    pub(super) named_readings: Vec<String>,
}

impl<'a, I: TermIndex> Search<'a, I> {
    /// Prepares a search.
    pub fn new(index: &'a I, lang: &'a Lang, text: &'a str, matches: &'a [TermMatch], named: HashSet<ConceptRow>) -> Self {
        let mut persons: HashMap<char, Vec<(Arc<IndexedConcept>, usize)>> = HashMap::default();
        let mut known = HashSet::default();
        let mut named_readings = Vec::new();
        for found in matches.iter().filter(|found| found.found.concept.kind == Kind::Person && named.contains(&found.found.row))
        {
            let key = &found.found.keyed[found.keyed].key;
            if let Some(first) = key.chars().next()
                && known.insert((found.found.row, key.clone()))
            {
                if *lang == Lang::Ko {
                    named_readings.extend(respelling::readings(&found.found.concept));
                }
                persons.entry(first).or_default().push((Arc::clone(&found.found), found.keyed));
            }
        }
        Self { index, lang, text, matches, named, seen: HashMap::default(), persons, named_readings }
    }

    /// Returns the suspects of a block.
    pub fn block(&mut self, block: &Folded) -> Result<Vec<Suspect>, I::Error> {
        match self.lang {
            Lang::En => self.english(block),
            Lang::Ko => self.korean(block),
            _ if self.lang.is_chinese() => self.chinese(block),
            _ => Ok(Vec::new()),
        }
    }

    fn english(&mut self, block: &Folded) -> Result<Vec<Suspect>, I::Error> {
        let mut suspects = Vec::new();
        for run in self.capitalised_runs(block.letters()) {
            let mut found = None;
            for first in 0..run.len() {
                found = found.or(self.english_person(block, &run[first..])?);
            }
            for first in 0..run.len().saturating_sub(1) {
                found = found.or(self.english_respelling(block, &run[first..])?);
            }
            suspects.extend(match found {
                Some(found) => Some(found),
                None => self.long_name(block, &run)?,
            });
        }
        Ok(suspects)
    }

    /// Returns the runs of capitalised words outside matches; small joining words may stand inside (Ministry of Unification).
    fn capitalised_runs(&self, letters: &[Letter]) -> Vec<Vec<(usize, usize)>> {
        let mut runs: Vec<Vec<(usize, usize)>> = Vec::new();
        let mut run: Vec<(usize, usize)> = Vec::new();
        let mut at = 0;
        while at < letters.len() {
            let end = at + key::first_unit(letters, at).max(1);
            let span = Span::new(letters[at].start(), letters[end - 1].end());
            let word = span.of(self.text);
            let capital = word.starts_with(|c: char| c.is_uppercase());
            let joined = !run.is_empty() && letters[at].gap <= Gap::Space;
            let small = joined && (letters[at].gap == Gap::Mark || matches!(word, "of" | "the" | "and" | "for"));
            if !joined || !(capital || small) || self.is_matched(span) {
                runs.push(std::mem::take(&mut run));
            }
            if capital && !self.is_matched(span) || small && !run.is_empty() {
                run.push((at, end));
            }
            at = end;
        }
        runs.push(run);
        runs.retain(|run| run.len() >= 2);
        runs
    }

    /// Looks for a person with exactly this family name and a given name one slip away.
    fn english_person(&mut self, block: &Folded, words: &[(usize, usize)]) -> Result<Option<Suspect>, I::Error> {
        let letters = block.letters();
        let Some((start, family_end)) = words.first().copied() else { return Ok(None) };
        let Some(hash) = key::start_hash(letters, start) else { return Ok(None) };
        let lengths = self.index.lengths(hash)?;
        let small = |(from, to): &(usize, usize)| {
            letters[*from].gap == Gap::Space && block.span(*from, *to).of(self.text).starts_with(|c: char| c.is_lowercase())
        };
        let given: Vec<(usize, usize)> = words.iter().skip(1).take_while(|word| !small(word)).take(3).copied().collect();
        for (_, end) in given.into_iter().rev() {
            let length = end - start;
            let near = (length - 1..=length + 1).any(|length| lengths.has(length.max(1)));
            let span = block.span(start, end);
            let before = &self.text[self.text.ceil_char_boundary(span.start.saturating_sub(40))..span.start];
            let titled = near && length <= 40 && title::precedes_english_name(before);
            let (key, given) = (block.key(start, end), block.key(family_end, end));
            let family = block.key(start, family_end);
            let is_family = |found: &IndexedConcept, keyed: usize| {
                let first = found.term(keyed).1.text.split([' ', '-']).next().map(fold::key);
                found.concept.kind == Kind::Person && first.as_deref() == Some(family.as_str())
            };
            let mut candidates = self.named_persons(&key, near::MOST_EDITS);
            candidates.retain(|(found, keyed, _)| is_family(found, *keyed));
            if candidates.is_empty() && titled {
                candidates = self.near(&key, is_family)?;
            }
            let [(found, keyed, edits)] = candidates.as_slice() else { continue };
            let known = &found.keyed[*keyed].key[family.len()..];
            let named = self.named.contains(&found.row);
            let (term, written) = (&found.term(*keyed).1.text, block.span(family_end, end).of(self.text));
            let given = GivenName { term, known, written, given: &given, edits: *edits, named, titled };
            if let Some(evidence) = given.evidence() {
                return Ok(Some(Suspect { span, meant: Arc::clone(found), keyed: *keyed, cause: Cause::Slip, evidence }));
            }
        }
        Ok(None)
    }

    /// Looks for an institution, a place or a work with a long name one or two slips away.
    fn long_name(&mut self, block: &Folded, words: &[(usize, usize)]) -> Result<Option<Suspect>, I::Error> {
        let (Some((start, _)), Some((_, end))) = (words.first().copied(), words.last().copied()) else { return Ok(None) };
        if !(12..=80).contains(&(end - start)) {
            return Ok(None);
        }
        let candidates =
            self.near(&block.key(start, end), |found, _| found.concept.kind.is_name() && found.concept.kind != Kind::Person)?;
        let [(found, keyed, edits)] = candidates.as_slice() else { return Ok(None) };
        let term = &found.term(*keyed).1.text;
        let sure = *edits == 1 && differs_by_no_word(block.span(start, end).of(self.text), term);
        let evidence = "no other name is as near";
        Ok(sure.then(|| Suspect {
            span: block.span(start, end),
            meant: Arc::clone(found),
            keyed: *keyed,
            cause: Cause::Slip,
            evidence,
        }))
    }

    fn korean(&mut self, block: &Folded) -> Result<Vec<Suspect>, I::Error> {
        let letters = block.letters();
        let mut suspects = Vec::new();
        let mut at = 0;
        while at < letters.len() {
            let rest = matcher::eojeol_rest(letters, at + 1).chars().count();
            let end = at + 1 + rest;
            let hangul = Script::of(letters[at].c) == Script::Hangul;
            if hangul && (3..=12).contains(&(end - at)) && !self.is_matched(block.span(at, end)) {
                let eojeol = Eojeol::new(self.text, block, at, end);
                let found = self.korean_respelling(block, &eojeol)?;
                suspects.extend(match found {
                    Some(found) => Some(found),
                    None => self.korean_eojeol(block, &eojeol)?,
                });
            }
            at = end;
        }
        Ok(suspects)
    }

    fn korean_eojeol(&mut self, block: &Folded, eojeol: &Eojeol<'_>) -> Result<Option<Suspect>, I::Error> {
        let start = eojeol.start;
        let first = block.letters()[start].c;
        for (stem, joined_title) in eojeol.stems() {
            let length = stem.chars().count();
            let person = |found: &IndexedConcept, keyed: usize| {
                found.concept.kind == Kind::Person && found.keyed[keyed].key.starts_with(first)
            };
            let candidates = if length <= 5 && (joined_title || eojeol.is_titled()) {
                self.near(stem, person)?
            } else if length >= 6 {
                self.near(stem, |found, _| found.concept.kind.is_name() && found.concept.kind != Kind::Person)?
            } else {
                self.named_persons(stem, 1)
            };
            let [(found, keyed, 1)] = candidates.as_slice() else { continue };
            let known = &found.keyed[*keyed].key;
            // 이재형 is not 이재명: in a short name only a syllable that sounds alike is a slip, unless the name is a transcription
            // of one that the draft has: nobody else is 리컹창 beside 리커창.
            let foreign = self.named.contains(&found.row) && is_transcribed(found, known);
            let sounds = || known.chars().zip(stem.chars()).all(|(a, b)| a == b || hangul::sound_alike(a, b));
            let alike = length > 3 || foreign || sounds();
            let shown = length > 3 || foreign || eojeol.is_titled() || joined_title;
            let same_length = known.chars().count() == length && alike && shown;
            // 문자인 is 문자 with a particle rather than a slip for 문재인, unless a title says that somebody is named.
            let another_word = !eojeol.is_titled() && particle::chains_at_end(stem).len() > 1 || title::is_nothing_else(stem);
            let evidence = match (eojeol.is_titled(), self.named.contains(&found.row)) {
                (_, true) => "the right form stands in this draft",
                (true, _) => "a title stands beside it",
                (false, false) => "no other name is as near",
            };
            if same_length && !another_word {
                let span = block.span(start, start + length);
                return Ok(Some(Suspect { span, meant: Arc::clone(found), keyed: *keyed, cause: Cause::Slip, evidence }));
            }
        }
        Ok(None)
    }

    /// Returns the persons named in the draft whose name is at most `most` slips from `key`: the nearest of them.
    fn named_persons(&self, key: &str, most: usize) -> Vec<Candidate> {
        let Some(persons) = key.chars().next().and_then(|first| self.persons.get(&first)) else { return Vec::new() };
        let spelled = distance::spelled(key);
        let length = spelled.chars().count();
        let mut near: Vec<Candidate> = Vec::new();
        for (found, keyed) in
            persons.iter().filter(|(found, keyed)| found.keyed[*keyed].spelled_length.abs_diff(length) <= most)
        {
            let edits = distance::edits(&spelled, &distance::spelled(&found.keyed[*keyed].key));
            if (1..=most).contains(&edits) {
                near.push((Arc::clone(found), *keyed, edits));
            }
        }
        let nearest = near.iter().map(|(.., edits)| *edits).min();
        near.retain(|(.., edits)| Some(*edits) == nearest);
        near
    }

    fn chinese(&mut self, block: &Folded) -> Result<Vec<Suspect>, I::Error> {
        let letters = block.letters();
        let mut suspects = Vec::new();
        for at in 0..letters.len().saturating_sub(2) {
            let window = &letters[at..at + 3];
            if window[1..].iter().any(|letter| letter.gap != Gap::None)
                || window.iter().any(|letter| Script::of(letter.c) != Script::Han)
            {
                continue;
            }
            let span = block.span(at, at + 3);
            let starts = match key::start_hash(letters, at) {
                Some(start) => self.index.lengths(start)?.has(3),
                None => false,
            };
            let known = starts || self.persons.contains_key(&window[0].c);
            // 赵乐记者 is a reporter, not 赵乐际.
            let joint = letters.get(at + 3).is_some_and(|next| next.gap == Gap::None && matcher::is_joint(window[2].c, next.c));
            if known && !joint && !self.is_matched(span) {
                suspects.extend(self.chinese_window(&block.key(at, at + 3), span)?);
            }
        }
        Ok(suspects)
    }

    /// Looks for a person whose name differs in one character that sounds alike.
    fn chinese_window(&mut self, key: &str, span: Span) -> Result<Option<Suspect>, I::Error> {
        let first = key.chars().next();
        let candidates = self.near(key, |found, keyed| {
            let known = &found.keyed[keyed].key;
            found.concept.kind == Kind::Person
                && known.chars().next() == first
                && known.chars().count() == 3
                && known.chars().zip(key.chars()).all(|(a, b)| a == b || reading::sound_alike(a, b))
        })?;
        let [(found, keyed, 1)] = candidates.as_slice() else { return Ok(None) };
        let (before, after) = (&self.text[..span.start], &self.text[span.end..]);
        let titled = title::chinese_at_start(after) > 0 || title::chinese_at_end(before) > 0;
        let evidence = match (self.named.contains(&found.row), titled) {
            (true, _) => "the characters sound alike, and the right form stands in this draft",
            (_, true) => "the characters sound alike, and a title stands beside them",
            // Private people have such names, too.
            (false, false) => return Ok(None),
        };
        Ok(Some(Suspect { span, meant: Arc::clone(found), keyed: *keyed, cause: Cause::Character, evidence }))
    }

    /// Returns the concepts near a key that pass `fits`, with the nearest term of each: those of the smallest distance. More
    /// than one concept means that nobody can tell.
    fn near(&mut self, key: &str, fits: impl Fn(&IndexedConcept, usize) -> bool) -> Result<Vec<Candidate>, I::Error> {
        if !self.seen.contains_key(key) {
            self.seen.insert(key.to_owned(), near::near_terms(self.index, key, 1)?);
        }
        let mut nearest: Vec<Candidate> = Vec::new();
        for near in self.seen.get(key).into_iter().flatten() {
            let Some((found, keyed)) = near.concept(self.index)? else { continue };
            let (lang, term) = found.term(keyed);
            let taken = nearest.iter().any(|(other, ..)| other.row == found.row);
            let farther = nearest.first().is_some_and(|(_, _, edits)| near.edits > *edits);
            if near.edits > 0
                && lang.is_written_in(self.lang)
                && term.is_accepted()
                && !taken
                && !farther
                && fits(&found, keyed)
            {
                nearest.push((found, keyed, near.edits));
            }
        }
        // Of several, the one that the draft names is meant.
        if nearest.len() > 1 && nearest.iter().filter(|(found, ..)| self.named.contains(&found.row)).count() == 1 {
            nearest.retain(|(found, ..)| self.named.contains(&found.row));
        }
        Ok(nearest)
    }

    pub(super) fn is_matched(&self, span: Span) -> bool {
        let at = self.matches.partition_point(|found| found.span.end <= span.start && found.span.start < span.start);
        let from = at.saturating_sub(8);
        let near = self.matches[from..].iter().take_while(|found| found.span.start < span.end);
        near.filter(|found| found.found.concept.kind.is_name()).any(|found| found.span.overlaps(span))
    }
}

/// Returns whether a person's name is the transcription of a Chinese one, and not its Korean reading.
fn is_transcribed(found: &IndexedConcept, name: &str) -> bool {
    let readings = respelling::readings(&found.concept);
    !readings.is_empty() && !readings.iter().any(|reading| reading == name)
}

/// Returns whether no word has become another word that is right as well: a title (Minister for Ministry), a plural.
fn differs_by_no_word(written: &str, term: &str) -> bool {
    let words = |text: &str| text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect::<Vec<_>>();
    let (written, term) = (words(written), words(term));
    let plural =
        |word: &String| term.iter().any(|known| known.strip_suffix('s') == Some(word) || word.strip_suffix('s') == Some(known));
    written.iter().filter(|word| !term.contains(word)).all(|word| !title::is_nothing_else(word) && !plural(word))
}
