//! The text being checked, with everything the rules may know about it.

use std::sync::{Arc, OnceLock};

use rustc_hash::FxHashSet as HashSet;

use crate::check::counterpart::Counterpart;
use crate::check::dateline::DraftDate;
use crate::check::drift::Census;
use crate::check::finding::{Finding, Fix};
use crate::check::house::House;
use crate::check::ignores::Ignores;
use crate::check::lapse::{self, Lapse};
use crate::check::related::Related;
use crate::check::suspect::Suspect;
use crate::check::{dates, fixing, headline, quotation};
use crate::glossary::flaw::LONGEST_TERM;
use crate::glossary::index::{ConceptRow, IndexedConcept};
use crate::glossary::matcher::TermMatch;
use crate::glossary::term::{Term, TermForm, TermStatus};
use crate::lang::Lang;
use crate::text::span::Span;
use crate::text::{fold, sentence};

/// How far before and behind a place its sentence is looked for, in bytes.
const SENTENCE_REACH: usize = 900;

/// A draft in one language.
pub struct Draft<'a> {
    /// The whole text.
    pub text: &'a str,
    /// Its language.
    pub lang: Lang,
    /// Of when it is.
    pub date: DraftDate,
    /// What the desk has chosen.
    pub house: House,
    /// The terms in its prose, in order of place.
    pub matches: Vec<TermMatch>,
    /// What the text itself asks to be left alone.
    pub ignores: Ignores,
    /// Names that the desk never wants reported, folded.
    pub ignored_names: HashSet<String>,
    /// Words that are no known name, but close to one.
    pub suspects: Vec<Suspect>,
    /// Concepts that it does not name, and that those it names point to.
    pub related: Related,
    /// The text that it was translated from, where it is checked beside one.
    pub counterpart: Option<Counterpart<'a>>,
    /// The blocks of its prose: pieces that are read on without a break.
    prose: &'a [Vec<Span>],
    /// The places of the outer matches, in order; they do not cross.
    outer: Vec<Span>,
    quotations: Vec<Span>,
    census: OnceLock<Census>,
    lapses: OnceLock<Vec<Lapse>>,
    sentences: OnceLock<Vec<Span>>,
    latest_year: OnceLock<Option<u16>>,
}

impl<'a> Draft<'a> {
    /// Makes a draft from its matches; `prose` are the places of its blocks, in order.
    pub fn new(text: &'a str, lang: Lang, prose: &'a [Vec<Span>], matches: Vec<TermMatch>) -> Self {
        let mut quotations = Vec::new();
        for block in prose {
            if let (Some(first), Some(last)) = (block.first(), block.last()) {
                quotations.extend(quotation::quotations(&text[first.start..last.end], first.start));
            }
        }
        let outer = matches.iter().filter(|found| found.outer).map(|found| found.span).collect();
        Self {
            text,
            lang,
            date: DraftDate::default(),
            house: House::default(),
            matches,
            ignores: Ignores::read(text),
            ignored_names: HashSet::default(),
            suspects: Vec::new(),
            related: Related::default(),
            counterpart: None,
            prose,
            outer,
            quotations,
            census: OnceLock::new(),
            lapses: OnceLock::new(),
            sentences: OnceLock::new(),
            latest_year: OnceLock::new(),
        }
    }

    /// Returns the matches that do not lie within or across others.
    pub fn outer_matches(&self) -> impl Iterator<Item = &TermMatch> {
        self.matches.iter().filter(|found| found.outer)
    }

    /// Returns the inside of the quotation around a place.
    pub fn quotation(&self, place: Span) -> Option<Span> {
        let at = self.quotations.partition_point(|span| span.end < place.end);
        self.quotations.get(at).copied().filter(|span| span.contains(place))
    }

    /// Returns whether a place stands in a headline, where names are short and unintroduced.
    pub fn is_headline(&self, place: Span) -> bool {
        let Some((at, paragraph)) = self.paragraph(place) else { return false };
        headline::is_headline(self.text, paragraph, at == 0, place)
    }

    /// Returns whether a place is read: code and addresses are not.
    pub fn is_prose(&self, place: Span) -> bool {
        let at = self.prose.partition_point(|block| block.last().is_some_and(|last| last.end < place.end));
        self.prose.get(at).is_some_and(|block| block.iter().any(|piece| piece.overlaps(place)))
    }

    /// Returns the number and the place of the paragraph around a place.
    fn paragraph(&self, place: Span) -> Option<(usize, Span)> {
        let at = self.prose.partition_point(|block| block.last().is_some_and(|last| last.end < place.end));
        let block = self.prose.get(at)?;
        Some((at, Span::new(block.first()?.start, block.last()?.end)))
    }

    /// Returns the sentence around a place, or what of it is near; the place itself where it is in none.
    pub fn sentence(&self, place: Span) -> Span {
        let sentences = self.sentences.get_or_init(|| self.cut_into_sentences());
        let at = sentences.partition_point(|sentence| sentence.end < place.end);
        let Some(sentence) = sentences.get(at).filter(|sentence| sentence.contains(place)) else { return place };
        let start = self.text.ceil_char_boundary(place.start.saturating_sub(SENTENCE_REACH));
        let end = self.text.floor_char_boundary((place.end + SENTENCE_REACH).min(self.text.len()));
        Span::new(sentence.start.max(start), sentence.end.min(end))
    }

    fn cut_into_sentences(&self) -> Vec<Span> {
        let ends = self.prose.iter().filter_map(|block| Some(Span::new(block.first()?.start, block.last()?.end)));
        ends.flat_map(|block| {
            sentence::sentences(block.of(self.text)).into_iter().map(move |sentence| sentence.shifted(block.start))
        })
        .collect()
    }

    /// Returns the latest year that the draft names and that is not after its own.
    pub fn latest_year(&self) -> Option<u16> {
        let own = self.date.day.year();
        *self.latest_year.get_or_init(|| dates::years_of(self.text).filter(|year| *year <= own).max())
    }

    /// Returns the outer matches in a stretch of the text.
    pub fn matches_in(&self, place: Span) -> impl Iterator<Item = &TermMatch> {
        let from = self.matches.partition_point(|found| found.span.start < place.start);
        let here = self.matches[from..].iter().take_while(move |found| found.span.start < place.end);
        here.filter(move |found| found.outer && place.contains(found.span))
    }

    /// Returns whether a finding is about a name that the desk never wants reported: by the words there, or by the id of the
    /// concept.
    pub fn is_ignored(&self, finding: &Finding) -> bool {
        let has = |name: &str| self.ignored_names.contains(&fold::key(name));
        !self.ignored_names.is_empty()
            && (has(finding.span.of(self.text)) || finding.concept.as_ref().is_some_and(|concept| has(concept.as_str())))
    }

    /// Returns the words of the prose in order, hyphenated ones whole.
    pub fn words(&self) -> impl Iterator<Item = Span> {
        self.prose.iter().flatten().flat_map(|piece| words(piece.of(self.text), piece.start))
    }

    /// Returns whether a term stands at a place or across one of its ends.
    pub fn is_matched(&self, place: Span) -> bool {
        let next = self.outer.partition_point(|outer| outer.end <= place.start);
        self.outer.get(next).is_some_and(|outer| outer.overlaps(place))
    }

    /// Returns whether a suspect stands at a place or across one of its ends.
    pub fn is_suspect(&self, place: Span) -> bool {
        let after = self.suspects.partition_point(|suspect| suspect.span.start < place.end);
        self.suspects[..after].iter().rev().take(2).any(|suspect| suspect.span.overlaps(place))
    }

    /// Returns the suspects in a stretch of the text.
    pub fn suspects_in(&self, place: Span) -> impl Iterator<Item = &Suspect> {
        let from = self.suspects.partition_point(|suspect| suspect.span.start < place.start);
        let here = self.suspects[from..].iter().take_while(move |suspect| suspect.span.start < place.end);
        here.filter(move |suspect| place.contains(suspect.span))
    }

    /// Returns the names of the draft that no glossary knows, counted when they are asked for first.
    pub fn census(&self) -> &Census {
        self.census.get_or_init(|| Census::of(self))
    }

    /// Returns the names of its source that it does not render; none where it is checked alone.
    pub fn lapses(&self) -> &[Lapse] {
        let found = || self.counterpart.as_ref().map_or_else(Vec::new, |counterpart| lapse::lapses(self, counterpart));
        self.lapses.get_or_init(found)
    }

    /// Returns the census where it was asked for.
    pub fn into_census(self) -> Option<Census> {
        self.census.into_inner()
    }

    /// Returns the concepts that the draft names in an accepted form.
    pub fn named(&self) -> HashSet<ConceptRow> {
        self.matches
            .iter()
            .filter(|found| found.term().is_accepted() && !found.is_turned())
            .map(|found| found.found.row)
            .collect()
    }

    /// Returns the text at a place on one line, for messages.
    pub fn written(&self, place: Span) -> String {
        place.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Returns the text before a place, at most `bytes` of it.
    pub fn before(&self, place: Span, bytes: usize) -> &'a str {
        &self.text[self.text.ceil_char_boundary(place.start.saturating_sub(bytes))..place.start]
    }

    /// Returns the text after a place, at most `bytes` of it.
    pub fn after(&self, place: Span, bytes: usize) -> &'a str {
        &self.text[place.end..self.text.floor_char_boundary((place.end + bytes).min(self.text.len()))]
    }

    /// Returns the accepted terms of a concept in the language of the draft, the one to write first: the preferred one, or a
    /// short form where `found` is a short form too.
    pub fn renderings(&self, found: &IndexedConcept, written: &str) -> Vec<String> {
        let concept = &found.concept;
        let exact = concept.section(&self.lang);
        let section = exact.or_else(|| concept.sections.iter().find(|section| section.lang.is_written_in(&self.lang)));
        let mut terms: Vec<&Term> = section.into_iter().flat_map(|section| &section.terms).collect();
        terms.retain(|term| term.is_accepted() && term.form != TermForm::Variant && term.form != TermForm::Acronym);
        let length = |text: &str| text.chars().count();
        let closeness = |term: &Term| {
            let preferred = if term.status == TermStatus::Preferred { 0 } else { 2 };
            length(&term.text).abs_diff(length(written)) + preferred
        };
        let short = section
            .and_then(|section| section.preferred())
            .is_some_and(|preferred| length(&preferred.text) * 5 > length(written) * 8);
        if short {
            terms.sort_by_key(|term| closeness(term));
        }
        terms.iter().take(3).map(|term| term.text.clone()).collect()
    }

    /// Returns whether the right form of the same concept stands right before or after in brackets: 베이징(북경),
    /// 首尔（原名汉城）, 댜오위다오(일본명 센카쿠열도).
    pub fn is_glossed(&self, found: &TermMatch) -> bool {
        let right = self.renderings(&found.found, "");
        let (before, after) = (self.before(found.span, 60), self.after(found.span, 60));
        let inside = before.rfind(['(', '（']).filter(|open| !before[*open..].contains([')', '）']));
        let behind = after.strip_prefix(['(', '（']).and_then(|rest| rest.split([')', '）']).next());
        right.iter().any(|form| {
            inside.is_some_and(|open| before[..open].trim_end().ends_with(form.as_str()))
                || behind.is_some_and(|behind| behind.contains(form.as_str()))
        })
    }

    /// Returns the change that writes `text` at a place, with the particles after it made to agree.
    pub fn fix(&self, place: Span, text: &str, safe: bool) -> Fix {
        fixing::with_particles(self.text, place, text, safe)
    }

    /// Returns the matches that end at a place, however long.
    pub fn matches_ending_at(&self, end: usize) -> impl Iterator<Item = &TermMatch> {
        let after = self.matches.partition_point(|found| found.span.start < end);
        let near = self.matches[..after].iter().rev().take_while(move |found| found.span.start + LONGEST_TERM > end);
        near.filter(move |found| found.span.end == end)
    }

    /// Returns the concepts matched at exactly this place.
    pub fn concepts_at(&self, place: Span) -> impl Iterator<Item = (&TermMatch, &Arc<IndexedConcept>)> {
        let from = self.matches.partition_point(|found| found.span.start < place.start);
        let here = self.matches[from..].iter().take_while(move |found| found.span.start == place.start);
        here.filter(move |found| found.span == place).map(|found| (found, &found.found))
    }
}

/// Returns the runs of letters, digits and hyphens in a piece of text that begins at byte `start`.
fn words(piece: &str, start: usize) -> impl Iterator<Item = Span> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let first = at + piece[at..].find(is_of_word)?;
        at = piece[first..].find(|c| !is_of_word(c)).map_or(piece.len(), |length| first + length);
        Some(Span::new(start + first, start + at))
    })
}

/// Returns whether a character stands in words. The commonest come first: the standard library looks every other one up.
fn is_of_word(c: char) -> bool {
    match c {
        'a'..='z' | 'A'..='Z' | '0'..='9' | '-' => true,
        '\0'..='\x7f' => false,
        '가'..='힣' | '一'..='鿿' | '\u{2010}' | '\u{2011}' => true,
        '\u{3000}'..='\u{3002}' | '，' => false,
        _ => c.is_alphanumeric(),
    }
}
