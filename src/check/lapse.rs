//! Names of the source text that the draft does not render where it should: what stands there instead, or that nothing does.
//!
//! A translation repeats a name less often than its source, and says "he", "the two countries" or "the bank" instead. So only
//! names that the source writes in full count, and what stands in a neighbouring sentence is there. A name is missing only where
//! the whole draft never has it.

use std::sync::Arc;

use rustc_hash::FxHashSet as HashSet;

use crate::check::counterpart::{self, Counterpart, SegmentPair};
use crate::check::draft::Draft;
use crate::check::{lookalike, national};
use crate::glossary::concept::Kind;
use crate::glossary::flaw::LONGEST_TERM;
use crate::glossary::index::{ConceptRow, IndexedConcept};
use crate::glossary::matcher::TermMatch;
use crate::glossary::mention::Mention;
use crate::glossary::term::TermForm;
use crate::lang::Lang;
use crate::names::{korean_surname, person, title};
use crate::text::script::Script;
use crate::text::span::Span;
use crate::text::{distance, fold};

/// A name of the source text that the draft does not render.
#[derive(Clone, Debug)]
pub struct Lapse {
    /// Where the source names it.
    pub source: Mention,
    /// The sentences of the draft where it should stand.
    pub target: Span,
    /// What stands there instead.
    pub used: Option<Used>,
}

/// What stands in the draft instead of a name.
#[derive(Clone, Debug)]
pub struct Used {
    /// The place.
    pub span: Span,
    /// Another concept that it names.
    pub other: Option<Arc<IndexedConcept>>,
}

impl Lapse {
    /// Returns the forms to write, best first: short ones where the source has a short one, else the whole name.
    pub fn renderings(&self, draft: &Draft<'_>) -> Vec<String> {
        let concept = &self.source.found.concept;
        let short = concept.terms().any(|(_, term)| term.form == TermForm::Short && term.text == self.source.term);
        let whole = concept.preferred(&draft.lang).filter(|_| !short).map(|term| term.text.clone());
        let like = whole.or_else(|| self.used.as_ref().map(|used| draft.written(used.span)));
        draft.renderings(&self.source.found, &like.unwrap_or_default())
    }
}

/// Below this confidence a pair of sentences proves nothing.
const LEAST_CONFIDENCE: f32 = 0.5;

/// Returns the names that the draft does not render, in order of the source; each missing one once.
pub fn lapses(draft: &Draft<'_>, counterpart: &Counterpart<'_>) -> Vec<Lapse> {
    let beside = Beside::new(draft, counterpart);
    let mut missing: HashSet<ConceptRow> = HashSet::default();
    let mut used_places: HashSet<Span> = HashSet::default();
    let mut lapses: Vec<Lapse> = Vec::new();
    for pair in counterpart.pairs.iter().filter(|pair| pair.confidence >= LEAST_CONFIDENCE) {
        let unheld: Vec<&Mention> = beside.unheld(pair).collect();
        for mention in &unheld {
            let used = beside.used_instead(mention, &unheld, pair);
            let counts = match &used {
                Some(used) => used_places.insert(used.span),
                None => beside.is_missing(mention, pair) && missing.insert(mention.found.row),
            };
            if counts {
                lapses.push(Lapse { source: (*mention).clone(), target: pair.target, used });
            }
        }
    }
    lapses
}

/// Both texts with what is asked of them more than once.
struct Beside<'d, 't> {
    draft: &'d Draft<'t>,
    counterpart: &'d Counterpart<'t>,
    /// The concepts that the source names anywhere, and those that the draft names anywhere.
    in_source: HashSet<ConceptRow>,
    in_draft: HashSet<ConceptRow>,
    /// The concepts that the source names in full.
    in_full: HashSet<ConceptRow>,
}

impl<'d, 't> Beside<'d, 't> {
    fn new(draft: &'d Draft<'t>, counterpart: &'d Counterpart<'t>) -> Self {
        let rows = |mentions: &[Mention]| mentions.iter().map(|mention| mention.found.row).collect::<Vec<_>>();
        let in_source = rows(&counterpart.named).into_iter().chain(rows(&counterpart.named_again)).collect();
        let recorded = draft.matches.iter().map(|found| found.found.row);
        let suspected = draft.suspects.iter().map(|suspect| suspect.meant.row);
        let in_draft = recorded.chain(suspected).chain(rows(&counterpart.draft_named_again)).collect();
        let is_full = |mention: &&Mention| full_names(mention, &counterpart.lang).any(|full| full == mention.term);
        let in_full = counterpart.named.iter().filter(is_full).map(|mention| mention.found.row).collect();
        Self { draft, counterpart, in_source, in_draft, in_full }
    }

    /// Returns the names in the source half of a pair that have a rendering which does not stand in the draft around it.
    fn unheld<'s>(&'s self, pair: &'s SegmentPair) -> impl Iterator<Item = &'d Mention> + 's {
        let named = counterpart::within(&self.counterpart.named, pair.source);
        let around = fold::key(pair.target_around.of(self.draft.text));
        named.iter().filter(move |mention| {
            let alone = named.iter().filter(|other| other.span == mention.span).count() == 1;
            alone
                && accepted(mention, &self.draft.lang).next().is_some()
                && !self.holds(mention.found.row, pair.target_around)
                && !self.is_written(mention, &around)
                && self.is_surely_meant(mention, pair)
        })
    }

    /// Returns whether the letters of a rendering, or the name as the source writes it, stand in a folded text, in whatever
    /// words: what is joined to another word is no match, but it is there, as a body is in the title of its head
    /// (전국인민대표대회 상무위원회 in 전국인민대표대회 상무위원장).
    fn is_written(&self, mention: &Mention, around: &str) -> bool {
        let own = fold::key(mention.span.of(self.counterpart.text));
        let stem = |key: &str| {
            let letters = key.chars().count();
            let kept = if letters >= LONG_NAME { letters - letters / 5 } else { letters };
            key.chars().take(kept).collect::<String>()
        };
        around.contains(&own) || accepted(mention, &self.draft.lang).any(|term| around.contains(&stem(&fold::key(term))))
    }

    /// Returns whether a name in an English source is surely the recorded one: it has a capital, and a short name of an
    /// institution, which others may have too (Supreme Court), stands for one that is named in full or by a word of its full
    /// name.
    fn is_surely_meant(&self, mention: &Mention, pair: &SegmentPair) -> bool {
        if self.counterpart.lang != Lang::En {
            return self.is_body_of_its_country(mention, pair);
        }
        let written = mention.span.of(self.counterpart.text);
        let form = mention.found.concept.terms().find(|(_, term)| term.text == mention.term).map(|(_, term)| term.form);
        let in_full = self.in_full.contains(&mention.found.row);
        let general = matches!(mention.found.concept.kind, Kind::Institution | Kind::Party | Kind::Company | Kind::Title);
        match form {
            _ if !written.starts_with(char::is_uppercase) || general && self.is_end_of_a_name(mention.span) => false,
            Some(TermForm::Acronym) => written.chars().count() > 3 || in_full,
            Some(TermForm::Short) if general => in_full || self.has_word_of_full_name(mention, pair),
            _ => true,
        }
    }

    /// Returns whether a capitalised word that is no known name stands right before a name: Export-Import Bank of Korea.
    fn is_end_of_a_name(&self, name: Span) -> bool {
        let Some(before) = self.counterpart.text[..name.start].strip_suffix(' ') else { return false };
        let start = before.rfind(|c: char| !(c.is_alphanumeric() || c == '-')).map_or(0, |at| at + 1);
        let start = before.ceil_char_boundary(start);
        let word = &before[start..];
        let near = Span::new(before.len().saturating_sub(LONGEST_TERM), before.len());
        let known = counterpart::within(&self.counterpart.named, near).iter().any(|other| other.span.end == before.len());
        word.starts_with(char::is_uppercase) && !matches!(word, "The" | "And" | "At" | "In" | "By" | "But") && !known
    }

    /// Returns whether a body in a Korean or Chinese source is surely the recorded one: 국회, 민주당 and 最高法院 are also those
    /// of countries that the glossary does not have, and mean it where the sentence names something else of its own.
    fn is_body_of_its_country(&self, mention: &Mention, pair: &SegmentPair) -> bool {
        let country = |mention: &Mention| national::country_of(&mention.found.concept.id);
        let others = counterpart::within(&self.counterpart.named, pair.source);
        let mut telling = others.iter().filter(|other| !is_general_body(other)).filter_map(country);
        !is_general_body(mention) || telling.any(|other| country(mention).is_none_or(|own| own == other))
    }

    fn has_word_of_full_name(&self, mention: &Mention, pair: &SegmentPair) -> bool {
        let around = pair.source_around.of(self.counterpart.text);
        let words = full_names(mention, &self.counterpart.lang).flat_map(|full| full.split(' '));
        let proper = words.filter(|word| word.starts_with(char::is_uppercase) && !mention.term.contains(word));
        proper.into_iter().any(|word| around.contains(word))
    }

    /// Returns whether the draft names a concept at a place: in any form, in a longer name, by a second mention, with a slip.
    fn holds(&self, row: ConceptRow, place: Span) -> bool {
        matches_within(self.draft, place).any(|found| found.found.row == row)
            || counterpart::within(&self.counterpart.draft_named_again, place).iter().any(|mention| mention.found.row == row)
            || self.draft.suspects_in(place).any(|suspect| suspect.meant.row == row)
    }

    /// Returns what stands in the draft for a name: another recorded name that the source does not have, else words that look
    /// or sound like a rendering.
    fn used_instead(&self, mention: &Mention, unheld: &[&Mention], pair: &SegmentPair) -> Option<Used> {
        let kind = &mention.found.concept.kind;
        let intruders: Vec<&TermMatch> = matches_within(self.draft, pair.target)
            .filter(|found| found.outer && !self.in_source.contains(&found.found.row))
            .filter(|found| family(&found.found.concept.kind) == family(kind) && !self.is_shortened(mention, found))
            .collect();
        let alike = intruders.iter().find(|found| self.is_like(mention, found));
        let rivals = unheld.iter().filter(|other| family(&other.found.concept.kind) == family(kind)).count();
        let only = match intruders.as_slice() {
            [only] if rivals == 1 && self.stands_for_its_kind(mention) && only.found.concept.kind == *kind => Some(only),
            _ => None,
        };
        if let Some(found) = alike.or(only) {
            return Some(Used { span: found.span, other: Some(Arc::clone(&found.found)) });
        }
        let span = lookalike::find(self.draft, &mention.found, pair.target).filter(|_| kind.is_name())?;
        Some(Used { span, other: None })
    }

    /// Returns whether one name of a kind in a sentence mostly stands for the one name of the kind in its source. A place may
    /// be called by the one around it, where the draft names it elsewhere.
    fn stands_for_its_kind(&self, mention: &Mention) -> bool {
        match mention.found.concept.kind {
            Kind::Person | Kind::Institution | Kind::Facility | Kind::Media => true,
            Kind::Place => !self.in_draft.contains(&mention.found.row),
            _ => false,
        }
    }

    /// Returns whether a recorded name may be a rendering of another that is cut short: 중앙통신 for 중앙통신사.
    fn is_shortened(&self, mention: &Mention, found: &TermMatch) -> bool {
        let written = fold::key(found.span.of(self.draft.text));
        accepted(mention, &self.draft.lang).any(|term| fold::key(term).contains(&written))
    }

    /// Returns whether a recorded name looks like a rendering of another: 댜오위다오 and 댜오위타이.
    fn is_like(&self, mention: &Mention, found: &TermMatch) -> bool {
        let written = fold::key(found.span.of(self.draft.text));
        accepted(mention, &self.draft.lang).any(|term| {
            let known = fold::key(term);
            let short = written.chars().count().min(known.chars().count());
            let begins = |text: &str| text.chars().take(short).collect::<String>();
            distance::similarity(&begins(&written), &begins(&known)) >= 60
        })
    }

    /// Returns whether a name that the draft never has is missing from a pair: countries and places are named by other words
    /// too often (Beijing said, the capital), short titles and terms are no names, and a title is often cut to its last word.
    fn is_missing(&self, mention: &Mention, pair: &SegmentPair) -> bool {
        let long = fold::key(&mention.term).chars().count() >= LONG_TERM;
        let named = match mention.found.concept.kind {
            Kind::Country | Kind::Place | Kind::Other(_) => false,
            Kind::Title => long && !self.has_head(mention, pair.target_around),
            Kind::Term => long,
            _ => true,
        };
        named && !self.in_draft.contains(&mention.found.row) && !self.has_family_name(mention, pair.target_around)
    }

    /// Returns whether the family name of a person stands at a place, for itself or with a title: Trump, 박 대표, 박대표.
    fn has_family_name(&self, mention: &Mention, place: Span) -> bool {
        let is_person = mention.found.concept.kind == Kind::Person;
        let own = |word: &Span| place.contains(*word) && !self.draft.is_matched(*word);
        let words = || self.draft.words().filter(own);
        let stands = |name: &str| match self.draft.lang {
            Lang::En => {
                let family = person::family_and_given(name).map(|(family, _)| family).or(name.rsplit(' ').next());
                words().any(|word| Some(word.of(self.draft.text)) == family)
            }
            Lang::Ko => korean_surname::family_and_given(name).is_some_and(|(family, _)| {
                let titled = |rest: &str| title::korean_at_start(rest.strip_prefix(' ').unwrap_or(rest)) > 0;
                let begins = |word: Span| word.of(self.draft.text).starts_with(family);
                words().any(|word| begins(word) && titled(&self.draft.text[word.start + family.len()..]))
            }),
            _ => false,
        };
        is_person && accepted(mention, &self.draft.lang).any(stands)
    }

    /// Returns whether the last word of a rendering stands at a place.
    fn has_head(&self, mention: &Mention, place: Span) -> bool {
        let text = place.of(self.draft.text);
        accepted(mention, &self.draft.lang).any(|term| text.contains(head(term)))
    }
}

/// The name of a body that has so many letters says whose it is: 더불어민주당, 국가정보원.
const LONG_BODY: usize = 5;

/// A name of so many letters is told by its beginning.
const LONG_NAME: usize = 6;

/// A title or term of so many letters is a name: chairman of the Standing Committee of the National People's Congress.
const LONG_TERM: usize = 20;

fn is_general_body(mention: &Mention) -> bool {
    let body = matches!(mention.found.concept.kind, Kind::Institution | Kind::Party);
    body && mention.term.chars().count() < LONG_BODY
}

/// Returns the last word of a term; of one without spaces, its last two characters.
fn head(term: &str) -> &str {
    let last = term.rsplit(' ').next().unwrap_or(term);
    let han = last.chars().next().is_some_and(|c| Script::of(c) == Script::Han);
    let two = last.char_indices().rev().nth(1).map_or(0, |(at, _)| at);
    if han { &last[two..] } else { last }
}

/// Returns the full names of what is mentioned.
fn full_names<'m>(mention: &'m Mention, lang: &Lang) -> impl Iterator<Item = &'m str> {
    let terms = mention.found.concept.terms().filter(move |(written, _)| written.is_written_in(lang));
    terms.filter(|(_, term)| term.is_accepted() && term.form == TermForm::Full).map(|(_, term)| term.text.as_str())
}

/// Returns the renderings of what is named in a language.
fn accepted<'m>(mention: &'m Mention, lang: &Lang) -> impl Iterator<Item = &'m str> {
    let terms = mention.found.concept.terms().filter(move |(written, term)| written.is_written_in(lang) && term.is_accepted());
    terms.map(|(_, term)| term.text.as_str())
}

fn matches_within<'d>(draft: &'d Draft<'_>, place: Span) -> impl Iterator<Item = &'d TermMatch> {
    let from = draft.matches.partition_point(|found| found.span.start < place.start);
    draft.matches[from..].iter().take_while(move |found| found.span.start < place.end)
}

/// Returns a number for kinds that may be taken for each other.
fn family(kind: &Kind) -> u8 {
    match kind {
        Kind::Person => 0,
        Kind::Institution | Kind::Media | Kind::Party | Kind::Company => 1,
        Kind::Place | Kind::Facility => 2,
        Kind::Country => 3,
        Kind::Title => 4,
        Kind::Event | Kind::Document | Kind::Policy => 5,
        Kind::Term | Kind::Other(_) => 6,
    }
}
