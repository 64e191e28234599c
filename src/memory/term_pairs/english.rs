//! English spans that may be terms: names by their capitals, phrases by their words.

use crate::memory::term_pairs::TermPairKind;
use crate::text::month;

/// A span of a sentence that may be a term.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct EnglishSpan<'a> {
    pub text: &'a str,
    pub kind: TermPairKind,
    /// Whether the capitals prove a name, and do not only begin a sentence or stand in a headline.
    pub is_proof: bool,
}

/// The longest name and the longest phrase, in words.
const LONGEST_NAME: usize = 5;
const LONGEST_PHRASE: usize = 3;

/// Small words that stand inside names.
const LINKS: [&str; 5] = ["of", "de", "van", "bin", "al"];
/// Words that begin sentences with a capital and names never.
const NO_NAMES: [&str; 30] = [
    "A", "After", "All", "An", "And", "As", "At", "But", "By", "For", "From", "He", "His", "However", "I", "If", "In", "It",
    "Its", "On", "She", "So", "That", "The", "There", "They", "This", "We", "When", "You",
];
/// Capitalised words that are no names, as the months are none: a glossary does not list them.
const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
/// Words that no phrase begins or ends with.
const NO_PHRASES: [&str; 102] = [
    "a", "about", "after", "all", "also", "an", "and", "any", "are", "as", "at", "based", "be", "been", "being", "both", "but",
    "by", "can", "could", "did", "do", "does", "each", "eight", "first", "five", "for", "four", "from", "had", "has", "have",
    "he", "her", "his", "how", "if", "in", "into", "is", "it", "its", "last", "many", "may", "more", "most", "much", "must",
    "new", "next", "nine", "no", "not", "of", "on", "one", "only", "or", "other", "our", "over", "said", "same", "seven",
    "she", "should", "six", "so", "some", "such", "ten", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "three", "through", "to", "two", "up", "upon", "using", "very", "was", "we", "were", "when", "which",
    "while", "will", "with", "would", "you", "your",
];

/// Returns the spans of a sentence.
pub(super) fn spans(sentence: &str) -> Vec<EnglishSpan<'_>> {
    let words = words(sentence);
    let is_headline = is_headline(&words);
    let mut spans = Vec::new();
    for start in 0..words.len() {
        for count in 1..=LONGEST_NAME.min(words.len() - start) {
            let run = &words[start..start + count];
            if count > 1 && !run[count - 2].joins(&run[count - 1], sentence) {
                break;
            }
            let text = &sentence[run[0].start..run[count - 1].end];
            if is_name(run) {
                let is_proof = !is_headline && (start > 0 || count > 1);
                spans.push(EnglishSpan { text, kind: TermPairKind::Name, is_proof });
            } else if is_phrase(run) {
                spans.push(EnglishSpan { text, kind: TermPairKind::Phrase, is_proof: true });
            }
        }
    }
    spans
}

/// A word and where it stands.
#[derive(Clone, Copy, Debug)]
struct Word<'a> {
    text: &'a str,
    start: usize,
    end: usize,
}

impl Word<'_> {
    /// Returns whether nothing but a space stands before the next word.
    fn joins(&self, next: &Word<'_>, sentence: &str) -> bool {
        &sentence[self.end..next.start] == " "
    }

    fn is_capitalised(&self) -> bool {
        self.text.starts_with(char::is_uppercase)
    }
}

/// Cuts a sentence into words of letters, digits and what joins them; a possessive ending is no part of a word.
fn words(sentence: &str) -> Vec<Word<'_>> {
    let is_inside = |c: char| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’' | '&');
    let mut words = Vec::new();
    let mut rest = 0;
    while let Some(start) = sentence[rest..].find(char::is_alphanumeric).map(|at| rest + at) {
        let end = sentence[start..].find(|c| !is_inside(c)).map_or(sentence.len(), |at| start + at);
        let whole = sentence[start..end].trim_end_matches(|c: char| !c.is_alphanumeric());
        let text = whole.strip_suffix("'s").or_else(|| whole.strip_suffix("’s")).unwrap_or(whole);
        words.push(Word { text, start, end: start + text.len() });
        rest = end;
    }
    words
}

/// Returns whether most words that could be small are capitalised.
fn is_headline(words: &[Word<'_>]) -> bool {
    let capitalised = words.iter().filter(|word| word.is_capitalised()).count();
    words.len() < 4 || capitalised * 2 > words.len()
}

fn is_name(run: &[Word<'_>]) -> bool {
    let ends = [&run[0], &run[run.len() - 1]];
    let long = run.len() > 1 || run[0].text.chars().count() > 2;
    long && ends.iter().all(|word| word.is_capitalised())
        && run.iter().all(|word| word.is_capitalised() || LINKS.contains(&word.text))
        && run
            .iter()
            .all(|word| !NO_NAMES.contains(&word.text) && !WEEKDAYS.contains(&word.text) && !month::is_whole(word.text))
}

fn is_phrase(run: &[Word<'_>]) -> bool {
    let plain = |word: &Word<'_>| word.text.len() > 2 && word.text.chars().all(|c| c.is_ascii_lowercase() || c == '-');
    (2..=LONGEST_PHRASE).contains(&run.len())
        && run.iter().all(|word| plain(word) && NO_PHRASES.binary_search(&word.text).is_err())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(sentence: &str, kind: TermPairKind) -> Vec<&str> {
        spans(sentence).into_iter().filter(|span| span.kind == kind).map(|span| span.text).collect()
    }

    #[test]
    fn names_are_capitalised_and_phrases_are_not() {
        let sentence = "On Monday the Bank of Ostend's lawyers met Clara Winter about the water supply.";
        assert_eq!(of(sentence, TermPairKind::Name), ["Bank", "Bank of Ostend", "Ostend", "Clara", "Clara Winter", "Winter"]);
        assert_eq!(of(sentence, TermPairKind::Phrase), ["lawyers met", "water supply"]);
        assert!(NO_NAMES.is_sorted() && NO_PHRASES.is_sorted());
    }

    #[test]
    fn a_capital_at_the_start_or_in_a_headline_proves_nothing() {
        for (sentence, is_proof) in
            [("Winter came late that year.", false), ("They saw Winter leave.", true), ("Save Winter As Text Now", false)]
        {
            let winter = spans(sentence).into_iter().find(|span| span.text == "Winter").unwrap();
            assert_eq!(winter.is_proof, is_proof, "{sentence}");
        }
    }
}
