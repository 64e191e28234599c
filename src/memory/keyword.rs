//! Words that are looked for in segments as they stand, and where a segment has them.

use memchr::memmem::Finder;

use crate::text::characters::{self, Characters, Width};
use crate::text::folded_text::{FoldedPlaces, folded_text};
use crate::text::script::Script;
use crate::text::span::Span;

/// Folded words, ready to be looked for in many segments.
#[derive(Clone, Debug)]
pub struct Keyword {
    folded: String,
    /// Whether a word may go on after the end.
    open: bool,
    width: Width,
    one: Finder<'static>,
    two: Finder<'static>,
    four: Finder<'static>,
}

impl Keyword {
    /// Prepares words; a `*` at their end stands for the rest of a word.
    pub fn new(words: &str) -> Self {
        let plain = words.trim_end_matches('*');
        let folded = folded_text(plain);
        let width = characters::encode(&folded, &mut Vec::new());
        let encoded = |width: Width| {
            let bytes = |c: char| u32::from(c).to_le_bytes().into_iter().take(width.bytes());
            folded.chars().flat_map(bytes).collect::<Vec<u8>>()
        };
        let finder = |width: Width| Finder::new(&encoded(width)).into_owned();
        let (one, two, four) = (finder(Width::One), finder(Width::Two), finder(Width::Four));
        Self { open: plain.len() < words.len(), width, one, two, four, folded }
    }

    /// Returns whether a folded segment has the words. Words without a character are nowhere.
    pub fn is_in(&self, text: &Characters<'_>) -> bool {
        if self.folded.is_empty() {
            return false;
        }
        match text {
            Characters::One(bytes) => self.width == Width::One && self.is_in_bytes(&self.one, bytes, Width::One),
            Characters::Two(pairs) => self.width <= Width::Two && self.is_in_bytes(&self.two, pairs.as_flattened(), Width::Two),
            Characters::Four(fours) => self.is_in_bytes(&self.four, fours.as_flattened(), Width::Four),
        }
    }

    fn is_in_bytes(&self, finder: &Finder<'_>, bytes: &[u8], width: Width) -> bool {
        let character = |at: usize| {
            let mut number = [0; 4];
            let own = bytes.get(at..at + width.bytes())?;
            number[..own.len()].copy_from_slice(own);
            char::from_u32(u32::from_le_bytes(number))
        };
        let length = finder.needle().len();
        let stands = |at: usize| {
            let before = at.checked_sub(width.bytes()).and_then(character);
            at.is_multiple_of(width.bytes()) && self.stands_between(before, character(at + length))
        };
        let mut from = 0;
        while let Some(at) = finder.find(&bytes[from..]).map(|at| from + at) {
            if stands(at) {
                return true;
            }
            from = at + 1;
        }
        false
    }

    /// Returns where a segment has the words, as bytes of the segment.
    pub fn spans_in(&self, text: &str) -> Vec<Span> {
        let places = FoldedPlaces::new(text);
        let found = places.text().match_indices(self.folded.as_str()).filter(|(at, _)| {
            let before = places.text()[..*at].chars().next_back();
            let after = places.text()[at + self.folded.len()..].chars().next();
            !self.folded.is_empty() && self.stands_between(before, after)
        });
        found.map(|(at, _)| places.span(at, at + self.folded.len())).collect()
    }

    fn stands_between(&self, before: Option<char>, after: Option<char>) -> bool {
        let parts = |a: Option<char>, b: Option<char>| !(a.is_some_and(is_of_word) && b.is_some_and(is_of_word));
        parts(before, self.folded.chars().next()) && (self.open || parts(self.folded.chars().next_back(), after))
    }
}

/// Returns whether a character joins with others of its kind into words that have a beginning and an end.
fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() && Script::of(c) == Script::Alphabetic
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(words: &str, text: &str, expected: &[&str]) {
        let keyword = Keyword::new(words);
        let found: Vec<&str> = keyword.spans_in(text).into_iter().map(|span| span.of(text)).collect();
        assert_eq!(found, expected, "{words} in {text}");
        let mut bytes = Vec::new();
        let width = characters::encode(&folded_text(text), &mut bytes);
        assert_eq!(keyword.is_in(&Characters::new(&bytes, width)), !expected.is_empty(), "{words} in {text}");
    }

    #[test]
    fn words_are_found_whole_and_in_any_writing() {
        check("state visit", "A State  Visit, no interstate visitor.", &["State  Visit"]);
        check("visit*", "Visits and a visit, revisit.", &["Visit", "visit"]);
        check("정상회담", "한중정상회담에서", &["정상회담"]);
        check("会", "中韩會谈，大会", &["會", "会"]);
        check("café", "Cafe CAFÉ cafés", &["Cafe", "CAFÉ"]);
        check("😀", "a😀b", &["😀"]);
        check("北", "ab가北", &["北"]);
        check("", "anything", &[]);
        check("*", "anything", &[]);
    }
}
