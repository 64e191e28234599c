//! The places where a text names a concept, second mentions among them: Lee after Lee Jae-myung, 이 대통령 after 이재명.

use std::sync::Arc;

use rustc_hash::FxHashMap as HashMap;

use crate::glossary::concept::{Concept, Kind};
use crate::glossary::flaw::LONGEST_TERM;
use crate::glossary::index::IndexedConcept;
use crate::glossary::key;
use crate::glossary::matcher::TermMatch;
use crate::lang::Lang;
use crate::names::title;
use crate::text::fold::{Folded, Gap};
use crate::text::hangul;
use crate::text::particle;
use crate::text::script::Script;
use crate::text::span::Span;

/// A place where a concept is named.
#[derive(Clone, Debug)]
pub struct Mention {
    /// The place in the text.
    pub span: Span,
    /// The concept.
    pub found: Arc<IndexedConcept>,
    /// The term that was matched; for a second mention the preferred one that it stands for.
    pub term: String,
}

/// Family names that are also English words, read as names only after a title.
const ENGLISH_WORDS: [&str; 12] = ["He", "She", "You", "An", "No", "So", "Do", "In", "Sun", "Long", "Moon", "May"];

/// Returns the mentions by a recorded term: the longest, and names inside or across longer ones.
pub fn full_mentions(text: &str, matches: &[TermMatch]) -> Vec<Mention> {
    let kept = matches.iter().filter(|found| {
        let han = found.span.of(text).chars().any(|c| Script::of(c) == Script::Han);
        let around = |other: &&TermMatch| other.span != found.span && other.span.contains(found.span);
        let same = matches.iter().filter(around).any(|other| other.found.row == found.found.row);
        let crossing = !matches.iter().any(|other| other.outer && other.span.contains(found.span));
        found.outer || !han && !same && (found.found.concept.kind.is_name() || crossing)
    });
    kept.map(|found| Mention { span: found.span, found: Arc::clone(&found.found), term: found.term().text.clone() }).collect()
}

/// The persons of whom a text may speak by the family name alone, by what may stand for them.
#[derive(Clone, Debug, Default)]
pub struct Families(HashMap<String, Vec<Arc<IndexedConcept>>>);

impl Families {
    /// Takes the persons whom some matches name in full.
    pub fn named<'m>(matches: impl IntoIterator<Item = &'m TermMatch>, lang: &Lang) -> Self {
        let mut families = Self::default();
        for found in matches.into_iter().filter(|found| found.found.concept.kind == Kind::Person) {
            families.add(&found.found, &found.term().text, lang);
        }
        families
    }

    /// Adds a person by every accepted name in the language, as if the text had named them.
    pub fn introduce(&mut self, person: &Arc<IndexedConcept>, lang: &Lang) {
        for name in accepted_names(&person.concept, lang) {
            self.add(person, name, lang);
        }
    }

    fn add(&mut self, person: &Arc<IndexedConcept>, name: &str, lang: &Lang) {
        for family in family_forms(name, lang) {
            let persons = self.0.entry(family).or_default();
            if !persons.iter().any(|known| known.row == person.row) {
                persons.push(Arc::clone(person));
            }
        }
    }

    /// Returns the only person that a family name can stand for.
    fn only(&self, family: &str) -> Option<&Arc<IndexedConcept>> {
        match self.0.get(family).map(Vec::as_slice) {
            Some([person]) => Some(person),
            _ => None,
        }
    }
}

fn accepted_names<'c>(concept: &'c Concept, lang: &Lang) -> impl Iterator<Item = &'c str> {
    let terms = concept.terms().filter(move |(written, term)| written.is_written_in(lang) && term.is_accepted());
    terms.map(|(_, term)| term.text.as_str())
}

/// Returns the beginnings of a name that may be its family name.
fn family_forms(name: &str, lang: &Lang) -> Vec<String> {
    if *lang == Lang::En {
        return name.split_once(' ').map(|(family, _)| family.to_owned()).into_iter().collect();
    }
    let length = name.chars().count();
    (1..length.min(3)).map(|letters| name.chars().take(letters).collect()).collect()
}

/// Returns the places of a block of `text` where a family name stands for one of the `families`.
pub fn second_mentions(text: &str, block: &Folded, matches: &[TermMatch], families: &Families, lang: &Lang) -> Vec<Mention> {
    let letters = block.letters();
    let mut mentions = Vec::new();
    let mut at = 0;
    while at < letters.len() {
        let end = match lang {
            Lang::En => at + key::first_unit(letters, at).max(1),
            _ => at + 1,
        };
        for length in 0..if *lang == Lang::En { 1 } else { 2 } {
            let end = (end + length).min(letters.len());
            let span = block.span(at, end);
            let begins = letters[at].gap != Gap::None || lang.is_chinese();
            if let Some(person) = families.only(span.of(text))
                && begins
                && !is_taken(matches, span)
                && names_again(text, span, lang)
            {
                let full = person.concept.preferred(lang).map_or(span.of(text), |term| &term.text);
                mentions.push(Mention { span, found: Arc::clone(person), term: full.to_owned() });
            }
        }
        at = end;
    }
    mentions
}

/// Returns whether a term that is no title stands at a place.
fn is_taken(matches: &[TermMatch], place: Span) -> bool {
    let after = matches.partition_point(|found| found.span.start < place.end);
    let near = matches[..after].iter().rev().take_while(|found| found.span.start + LONGEST_TERM > place.start);
    near.filter(|found| found.found.concept.kind != Kind::Title).any(|found| found.span.overlaps(place))
}

/// Returns whether a family name alone stands for its bearer at this place.
fn names_again(text: &str, span: Span, lang: &Lang) -> bool {
    let (before, after) = (&text[..span.start], &text[span.end..]);
    match lang {
        Lang::En => {
            let hyphenated = before.ends_with('-') || after.starts_with('-');
            let followed_by_name = after.starts_with(' ') && after[1..].starts_with(char::is_uppercase);
            let word = ENGLISH_WORDS.contains(&span.of(text));
            !hyphenated && !followed_by_name && (!word || title::precedes_english_name(before))
        }
        Lang::Ko => {
            after.starts_with(' ') && title::korean_at_start(&after[1..]) > 0 || is_joined_title(before, span.of(text), after)
        }
        _ => title::chinese_at_start(after) > 0,
    }
}

/// Returns whether a title is joined to a family name in one eojeol: 박대표는, but not 이사장은.
fn is_joined_title(before: &str, family: &str, after: &str) -> bool {
    let rest = &after[..after.find(|c: char| !hangul::is_syllable(c)).unwrap_or(after.len())];
    let title = title::korean_at_start(rest);
    let begins = !before.ends_with(hangul::is_syllable);
    begins && title > 0 && particle::is_chain(&rest[title..]) && !title::is_nothing_else(&format!("{family}{}", &rest[..title]))
}
