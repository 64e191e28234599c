//! The people whom a draft names in full, and what stands beside a name.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::check::draft::Draft;
use crate::glossary::concept::Kind;
use crate::glossary::index::{ConceptRow, IndexedConcept};
use crate::lang::Lang;
use crate::names::han_name::{self, Bearer};
use crate::names::{korean_surname, person, title, transcription};
use crate::text::span::Span;

/// A known person where the draft names them in full for the first time, in one spelling.
#[derive(Clone, Debug)]
pub struct Introduction<'d> {
    /// The place.
    pub span: Span,
    /// The person.
    pub known: &'d IndexedConcept,
    /// The name as it is written, or as it is meant where it has a slip.
    pub name: String,
    /// The family name in it.
    pub family: String,
    /// The given name in it.
    pub given: String,
}

/// Returns the people whom the draft names in full, if with a slip, in order of place; only those whose family name is surely
/// known.
pub fn introductions<'d>(draft: &'d Draft<'_>) -> Vec<Introduction<'d>> {
    let mut seen: HashSet<(ConceptRow, &str)> = HashSet::default();
    let persons = draft.outer_matches().filter(|found| found.found.concept.kind == Kind::Person && found.term().is_accepted());
    let first = persons.filter(|found| seen.insert((found.found.row, found.span.of(draft.text))));
    let right = first.filter_map(|found| {
        let name = if found.is_turned() { found.term().text.clone() } else { draft.written(found.span) };
        introduction(&draft.lang, found.span, &found.found, name)
    });
    let suspects = draft.suspects.iter().filter(|suspect| suspect.meant.concept.kind == Kind::Person);
    let with_slip = suspects.filter_map(|suspect| {
        let name = suspect.meant.term(suspect.keyed).1.text.clone();
        introduction(&draft.lang, suspect.span, &suspect.meant, name)
    });
    let mut introductions: Vec<_> = right.chain(with_slip).collect();
    introductions.sort_by_key(|introduction| introduction.span);
    introductions
}

fn introduction<'d>(lang: &Lang, span: Span, known: &'d IndexedConcept, name: String) -> Option<Introduction<'d>> {
    let (family, given) = match lang {
        Lang::En => person::family_and_given(&name)?,
        Lang::Ko => korean_family_and_given(known, &name)?,
        _ => return None,
    };
    let (family, given) = (family.to_owned(), given.to_owned());
    Some(Introduction { span, known, name, family, given })
}

/// A Chinese name in Hangul is cut where its characters are read so (자오러지 after 赵), any other by the Korean surnames.
fn korean_family_and_given<'n>(known: &IndexedConcept, name: &'n str) -> Option<(&'n str, &'n str)> {
    let han = known.concept.terms().filter(|(lang, _)| lang.is_chinese()).map(|(_, term)| term.text.as_str());
    let readings = han.flat_map(|han| han_name::mandarin(han, Bearer::Person));
    let chinese = readings.map(|reading| (transcription::hangul_of(&reading.family), transcription::hangul_of(&reading.given)));
    let cut = chinese.into_iter().find(|(family, given)| format!("{family}{given}") == name);
    match cut {
        Some((family, _)) => Some(name.split_at(family.len())),
        None => korean_surname::family_and_given(name),
    }
}

/// Returns the family names that more than one of the people has.
pub fn shared_families<'i>(introductions: &'i [Introduction<'_>]) -> HashSet<&'i str> {
    let mut bearers: HashMap<&str, ConceptRow> = HashMap::default();
    let shared = introductions.iter().filter(|person| {
        let first = *bearers.entry(person.family.as_str()).or_insert(person.known.row);
        first != person.known.row
    });
    shared.map(|person| person.family.as_str()).collect()
}

/// What stands beside a capitalised word of an English draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Beside {
    /// Nothing that belongs to it.
    Nothing,
    /// A title before it (President Lee).
    Title,
    /// A word, a hyphen or a mark that makes a longer name of it.
    Name,
}

/// Words with a capital that begin a sentence before a name and are no part of it.
const OPENERS: [&str; 24] = [
    "After", "Although", "And", "As", "Because", "Before", "But", "Earlier", "For", "If", "Later", "Like", "Nor", "Since",
    "So", "That", "Then", "Though", "Unlike", "Until", "When", "While", "With", "Yet",
];

/// Returns what stands beside a word of an English draft.
pub fn beside(draft: &Draft<'_>, word: Span) -> Beside {
    let (before, after) = (draft.before(word, 40), draft.after(word, 40));
    let next = after.trim_start_matches([' ', '\n']);
    let joined_after = after.starts_with(['-', '–', '/', '&', '·', '_', '@'])
        || after.starts_with('.') && { after[1..].starts_with(char::is_alphanumeric) };
    let spaced = next.len() < after.len();
    if joined_after || spaced && next.starts_with(char::is_uppercase) || before.ends_with(['-', '–', '/', '&', '·', '’', '\''])
    {
        return Beside::Name;
    }
    if title::precedes_english_name(before) {
        return Beside::Title;
    }
    let previous = before.trim_end().rsplit(|c: char| !(c.is_alphanumeric() || c == '-')).next().unwrap_or("");
    let capital = previous.starts_with(char::is_uppercase) && !OPENERS.contains(&previous);
    if capital { Beside::Name } else { Beside::Nothing }
}
