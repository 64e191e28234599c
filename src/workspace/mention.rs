//! The places in an article where a concept is named, second mentions among them: Lee after Lee Jae-myung, 이 대통령 after
//! 이재명.

use std::collections::HashMap;
use std::sync::Arc;

use crate::glossary::concept::Kind;
use crate::glossary::index::IndexedConcept;
use crate::glossary::key;
use crate::glossary::matcher::{self, Reading, TermMatch};
use crate::lang::Lang;
use crate::names::title;
use crate::store::articles::{StoredMention, StoredSegment};
use crate::text::fold::{Folded, Gap};
use crate::text::script::Script;
use crate::text::span::Span;
use crate::workspace::{Result, Workspace};

/// Family names that are also English words, read as names only after a title.
const ENGLISH_WORDS: [&str; 12] = ["He", "She", "You", "An", "No", "So", "Do", "In", "Sun", "Long", "Moon", "May"];

impl Workspace {
    /// Finds the concepts that each segment of one article names.
    pub(super) fn mentions(&self, segments: Vec<String>, lang: &Lang) -> Result<Vec<StoredSegment>> {
        let reading = Reading { lang: Some(lang), any_case: false };
        let mut found = Vec::new();
        for segment in &segments {
            let mut matches = matcher::find_terms(&self.store, segment, &Folded::new(segment), reading)?;
            matcher::drop_uncued_homographs(segment, &mut matches);
            found.push(matches);
        }
        let families = families(&found, lang);
        let with_mentions = segments.into_iter().zip(&found).map(|(text, matches)| {
            let mut mentions = full_mentions(&text, matches);
            mentions.extend(second_mentions(&text, matches, &families, lang));
            mentions.sort_by(|a, b| (a.span.start, b.span.end, &a.concept).cmp(&(b.span.start, a.span.end, &b.concept)));
            StoredSegment { text, mentions }
        });
        Ok(with_mentions.collect())
    }
}

/// Returns the mentions by a recorded term: the longest, and names inside or across longer ones.
fn full_mentions(text: &str, matches: &[TermMatch]) -> Vec<StoredMention> {
    let kept = matches.iter().filter(|found| {
        let han = found.span.of(text).chars().any(|c| Script::of(c) == Script::Han);
        let around = |other: &&TermMatch| other.span != found.span && other.span.contains(found.span);
        let same = matches.iter().filter(around).any(|other| other.found.row == found.found.row);
        let crossing = !matches.iter().any(|other| other.outer && other.span.contains(found.span));
        found.outer || !han && !same && (found.found.concept.kind.is_name() || crossing)
    });
    kept.map(|found| mention(found.span, &found.found, &found.term().text)).collect()
}

fn mention(span: Span, found: &IndexedConcept, term: &str) -> StoredMention {
    StoredMention { span, concept: found.concept.id.as_str().to_owned(), term: term.to_owned() }
}

type Families = HashMap<String, Vec<Arc<IndexedConcept>>>;

/// Returns the persons that the article names in full, by what may stand for them later.
fn families(matches: &[Vec<TermMatch>], lang: &Lang) -> Families {
    let mut families = Families::new();
    for found in matches.iter().flatten().filter(|found| found.found.concept.kind == Kind::Person) {
        for family in family_forms(&found.term().text, lang) {
            let persons = families.entry(family).or_default();
            if !persons.iter().any(|person| person.row == found.found.row) {
                persons.push(Arc::clone(&found.found));
            }
        }
    }
    families
}

/// Returns the beginnings of a name that may be its family name.
fn family_forms(name: &str, lang: &Lang) -> Vec<String> {
    if *lang == Lang::En {
        return name.split_once(' ').map(|(family, _)| family.to_owned()).into_iter().collect();
    }
    let length = name.chars().count();
    (1..length.min(3)).map(|letters| name.chars().take(letters).collect()).collect()
}

fn second_mentions(text: &str, matches: &[TermMatch], families: &Families, lang: &Lang) -> Vec<StoredMention> {
    let block = Folded::new(text);
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
            let free = !matches.iter().any(|found| found.span.overlaps(span) && found.found.concept.kind != Kind::Title);
            if let Some([person]) = families.get(span.of(text)).map(Vec::as_slice)
                && begins
                && free
                && names_again(text, span, lang)
            {
                let full = person.concept.preferred(lang).map_or(span.of(text), |term| &term.text);
                mentions.push(mention(span, person, full));
            }
        }
        at = end;
    }
    mentions
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
        Lang::Ko => after.starts_with(' ') && title::korean_at_start(&after[1..]) > 0,
        _ => title::chinese_at_start(after) > 0,
    }
}
