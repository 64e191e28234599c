//! Terms in running text.
//!
//! A match begins where a word can begin and ends where one can end. Which places those are depends on the script: alphabetic
//! words need a boundary on both sides; Hangul begins an eojeol and may be followed by titles, particles and suffixes; Han
//! characters have no boundaries, so the longest term wins and a name is not read across a longer word (`han_joints.txt`). A
//! change of script is a boundary (Xi는, G20峰会).

use rustc_hash::FxHashSet as HashSet;
use std::ops::Range;
use std::sync::{Arc, LazyLock};

use crate::glossary::concept::Kind;
use crate::glossary::index::{IndexedConcept, KeyedTerm, TermIndex};
use crate::glossary::key::{self, KeyHasher, KeyUse};
use crate::glossary::term::{Term, TermForm};
use crate::lang::Lang;
use crate::names::title;
use crate::text::fold::{Folded, Gap, Letter};
use crate::text::particle;
use crate::text::script::Script;
use crate::text::span::Span;

/// A term where it stands in a text.
#[derive(Clone, Debug)]
pub struct TermMatch {
    /// The place in the text.
    pub span: Span,
    /// The letters of the block.
    pub letters: Range<usize>,
    /// The concept.
    pub found: Arc<IndexedConcept>,
    /// The place of the term among the concept's keyed terms.
    pub keyed: usize,
    /// Whether the match is of the leftmost longest ones, and not within or across another.
    pub outer: bool,
}

impl TermMatch {
    /// Returns the term that was matched.
    pub fn term(&self) -> &Term {
        self.found.term(self.keyed).1
    }

    /// Returns the language of the term.
    pub fn lang(&self) -> &Lang {
        self.found.term(self.keyed).0
    }

    /// Returns whether the name stands in the other order (Jinping Xi).
    pub fn is_turned(&self) -> bool {
        self.found.keyed[self.keyed].turned
    }
}

/// How to read a text.
#[derive(Clone, Copy, Debug)]
pub struct Reading<'a> {
    /// The language of the text, or `None` to take terms of any language.
    pub lang: Option<&'a Lang>,
    /// Whether small letters may stand for capitals, as in a query.
    pub any_case: bool,
}

/// Returns the terms in a block of text, in order of place, longer ones first. Terms of several concepts with the same form
/// stand beside each other.
pub fn find_terms<I: TermIndex>(
    index: &I,
    text: &str,
    block: &Folded,
    reading: Reading<'_>,
) -> Result<Vec<TermMatch>, I::Error> {
    let mut scan = Scan { index, text, letters: block.letters(), block, reading, rows: Vec::new(), matches: Vec::new() };
    for at in 0..scan.letters.len() {
        if can_start(scan.letters, at) {
            scan.match_at(at)?;
        }
    }
    let mut matches = scan.matches;
    matches.sort_by(|a, b| (a.letters.start, b.letters.end).cmp(&(b.letters.start, a.letters.end)));
    mark_outer(&mut matches);
    Ok(matches)
}

struct Scan<'a, I> {
    index: &'a I,
    text: &'a str,
    letters: &'a [Letter],
    block: &'a Folded,
    reading: Reading<'a>,
    rows: Vec<crate::glossary::index::ConceptRow>,
    matches: Vec<TermMatch>,
}

impl<I: TermIndex> Scan<'_, I> {
    fn match_at(&mut self, at: usize) -> Result<(), I::Error> {
        let Some(start) = key::start_hash(self.letters, at) else { return Ok(()) };
        let lengths = self.index.lengths(start)?;
        let mut hasher = KeyHasher::new(KeyUse::Term);
        let last = self.letters.len().min(at + lengths.longest());
        for end in at + 1..=last {
            hasher.push(self.letters[end - 1].c);
            if !lengths.has(end - at) || !can_end(self.letters, end) {
                continue;
            }
            self.rows.clear();
            self.index.with_key(hasher.finish(), &mut self.rows)?;
            for position in 0..self.rows.len() {
                if let Some(found) = self.index.concept(self.rows[position])? {
                    self.keep_if_true(found, at..end);
                }
            }
        }
        Ok(())
    }

    /// Keeps the match where the concept really has such a term; of several, the one written exactly so, else the first.
    fn keep_if_true(&mut self, found: Arc<IndexedConcept>, letters: Range<usize>) {
        let span = self.block.span(letters.start, letters.end);
        let surface = span.of(self.text);
        let fits = |keyed: usize| {
            let place = &found.keyed[keyed];
            let (lang, term) = found.term(keyed);
            self.reading.lang.is_none_or(|draft| lang.is_written_in(draft))
                && self.has_key(place, &letters)
                && self.is_written_like(term, place.turned, &letters, surface)
        };
        let exact = |keyed: &usize| found.term(*keyed).1.text == surface;
        let same_lang = |keyed: &usize| self.reading.lang.is_none_or(|draft| found.term(*keyed).0 == draft);
        let fitting: Vec<usize> = (0..found.keyed.len()).filter(|keyed| fits(*keyed)).collect();
        let best = fitting.iter().copied().find(|keyed| exact(keyed) && same_lang(keyed));
        let best = best.or_else(|| fitting.iter().copied().find(exact));
        let best = best.or_else(|| fitting.iter().copied().find(same_lang)).or(fitting.first().copied());
        let Some(keyed) = best else { return };
        if found.concept.kind == Kind::Person && !can_be_person(self.letters, &letters) {
            return;
        }
        self.matches.push(TermMatch { span, letters, found, keyed, outer: false });
    }

    fn has_key(&self, place: &KeyedTerm, letters: &Range<usize>) -> bool {
        let mut key = place.key.chars();
        self.letters[letters.clone()].iter().all(|letter| key.next() == Some(letter.c)) && key.next().is_none()
    }

    /// Returns whether the gaps and capitals of the text may stand for those of the term.
    fn is_written_like(&self, term: &Term, turned: bool, letters: &Range<usize>, surface: &str) -> bool {
        let spaced = letters.len() >= 4 || Script::of(self.letters[letters.start].c) == Script::Alphabetic;
        let widest = if spaced { Gap::Space } else { Gap::Mark };
        let inside = &self.letters[letters.start + 1..letters.end];
        if inside.iter().any(|letter| letter.gap > widest) && surface != term.text {
            let written = Folded::new(&term.text);
            let term_gaps = written.letters()[1..].iter().map(|letter| letter.gap);
            if turned || inside.iter().zip(term_gaps).any(|(letter, gap)| letter.gap > gap.max(widest)) {
                return false;
            }
        }
        self.reading.any_case || has_case_of(term, surface)
    }
}

/// Returns whether the capitals of a name are there: a capital at the beginning, all of them for an acronym.
fn has_case_of(term: &Term, surface: &str) -> bool {
    let mut letters = surface.chars().filter(|c| c.is_alphabetic());
    let acronym = term.form == TermForm::Acronym || term.text.chars().count() <= 5 && term.text.chars().all(char::is_uppercase);
    if acronym {
        return term.text.chars().any(char::is_lowercase) || letters.all(|c| !c.is_lowercase());
    }
    !term.is_capitalised() || letters.next().is_some_and(char::is_uppercase)
}

fn can_start(letters: &[Letter], at: usize) -> bool {
    let letter = letters[at];
    if at == 0 || letter.gap != Gap::None {
        return true;
    }
    let script = Script::of(letter.c);
    script == Script::Han || script != Script::of(letters[at - 1].c) || script == Script::Hangul && follows_prefix(letters, at)
}

/// Korean prefixes that are written together with the name after them.
const PREFIXES: [&str; 13] = ["전", "현", "신임", "주한", "주중", "주미", "대", "반", "친", "옛", "범", "재", "방"];

fn follows_prefix(letters: &[Letter], at: usize) -> bool {
    let start = (0..at).rev().take(3).find(|start| is_eojeol_start(letters, *start));
    let Some(start) = start else { return false };
    let prefix: String = letters[start..at].iter().map(|letter| letter.c).collect();
    // A short rest is more often the end of another word (전국회의 is not 전 and 국회).
    let rest = letters[at..].iter().skip(1).take_while(|letter| letter.gap == Gap::None).count();
    rest >= 2 && PREFIXES.contains(&prefix.as_str())
}

fn is_eojeol_start(letters: &[Letter], at: usize) -> bool {
    at == 0 || letters[at].gap != Gap::None || Script::of(letters[at - 1].c) != Script::Hangul
}

fn can_end(letters: &[Letter], end: usize) -> bool {
    let Some(next) = letters.get(end) else { return true };
    let last = letters[end - 1];
    if next.gap != Gap::None || Script::of(next.c) != Script::of(last.c) {
        return true;
    }
    match Script::of(last.c) {
        Script::Alphabetic => false,
        Script::Han => !is_joint(last.c, next.c),
        Script::Hangul => {
            let rest = eojeol_rest(letters, end);
            // 상무위원장 is a chairman, and not 상무위 and a director (원장).
            is_tail(&rest) && !(last.c == '위' && rest.starts_with('원'))
        }
    }
}

/// Returns whether two Han characters make a word across the end of a name.
pub fn is_joint(last: char, next: char) -> bool {
    JOINTS.contains(&(last, next))
}

static JOINTS: LazyLock<HashSet<(char, char)>> = LazyLock::new(|| {
    let words = include_str!("han_joints.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace);
    words.filter_map(|word| word.chars().next().zip(word.chars().nth(1))).collect()
});

/// Returns what stands between `end` and the end of the eojeol.
pub fn eojeol_rest(letters: &[Letter], end: usize) -> String {
    let joined = |letter: &&Letter| letter.gap == Gap::None && Script::of(letter.c) == Script::Hangul;
    letters[end..].iter().take_while(joined).map(|letter| letter.c).collect()
}

/// Returns whether the rest of an eojeol after a name is a title, particles or suffixes.
fn is_tail(rest: &str) -> bool {
    particle::is_chain(rest) || {
        let title = title::korean_at_start(rest);
        title > 0 && particle::is_chain(&rest[title..])
    }
}

/// Returns whether a short Hangul match can be a person: 이강인 is not 이강 and 인, 한정된 is not 한정.
fn can_be_person(letters: &[Letter], place: &Range<usize>) -> bool {
    let hangul = Script::of(letters[place.start].c) == Script::Hangul;
    let rest = eojeol_rest(letters, place.end);
    !hangul
        || place.len() > 2
        || !rest.starts_with(['인', '일', '란', '들', '산', '계', '식', '발', '행', '내', '자', '나', '라', '로', '만'])
}

/// Marks the leftmost longest matches; matches of the same letters share the mark.
fn mark_outer(matches: &mut [TermMatch]) {
    let mut free = 0;
    let mut last: Option<Range<usize>> = None;
    for found in matches.iter_mut() {
        found.outer = found.letters.start >= free || last.as_ref() == Some(&found.letters);
        if found.outer {
            free = found.letters.end;
            last = Some(found.letters.clone());
        }
    }
}

/// Drops Korean names that are everyday words (`homographs.txt`) where nothing shows that the name is meant.
pub fn drop_uncued_homographs(text: &str, matches: &mut Vec<TermMatch>) {
    let is_homograph = |found: &TermMatch| HOMOGRAPHS.contains(found.span.of(text));
    if !matches.iter().any(is_homograph) {
        return;
    }
    let named: HashSet<_> =
        matches.iter().filter(|found| !is_homograph(found) || is_cued(text, found)).map(|found| found.found.row).collect();
    matches.retain(|found| !is_homograph(found) || named.contains(&found.found.row));
}

static HOMOGRAPHS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("homographs.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Titles that stand behind a sport: 다이빙 선수 is a diver.
const SPORTING: [&str; 2] = ["선수", "감독"];

fn is_cued(text: &str, found: &TermMatch) -> bool {
    let after = &text[found.span.end..];
    match found.found.concept.kind {
        Kind::Person => {
            let sport = SPORTING.iter().any(|title| after.trim_start().starts_with(title));
            let titled = title::korean_at_start(after) > 0 || after.starts_with(' ') && title::follows_korean_name(after);
            after.starts_with(['(', '（']) || titled && !sport
        }
        _ => after.starts_with(['(', '（', '시', '성']),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ends(text: &str, end: usize) -> bool {
        can_end(Folded::new(text).letters(), end)
    }

    #[test]
    fn an_end_depends_on_the_script() {
        assert!(ends("시진핑은", 3) && ends("시진핑 국가", 3) && ends("시진핑국가주석과", 3));
        assert!(ends("시진핑(習近平)", 3) && ends("신화통신TV", 4));
        assert!(!ends("한국어를", 2) && !ends("이강인의", 1) && !ends("상무위원장은", 3));
        assert!(ends("Xi는", 2) && ends("Xi's", 2) && !ends("Xian", 2));
        assert!(ends("李强会见", 2) && !ends("李强调", 2) && !ends("新华社区", 3));
    }

    #[test]
    fn a_start_depends_on_the_script() {
        let starts = |text: &str, at: usize| can_start(Folded::new(text).letters(), at);
        assert!(starts("美Xi", 1) && starts("신임시진핑", 2) && starts("中国", 1));
        assert!(!starts("maXi", 2) && !starts("대시진", 2) && !starts("전국회", 1));
    }
}
