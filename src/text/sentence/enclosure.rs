//! Quotations, asides in brackets and titles: stretches of a text that are read as a whole.

use std::collections::VecDeque;

use crate::text::script::Script;

/// What is enclosed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// Somebody's words: “……”.
    Quote,
    /// An aside: (……).
    Bracket,
    /// The title of a work: 《……》. Its marks are never those of the sentence.
    Title,
}

/// A stretch of text between two marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Enclosure {
    pub(super) kind: Kind,
    /// Where the opening mark stands.
    pub(super) open: usize,
    /// Where the closing mark stands.
    pub(super) close: usize,
    /// Where the closing mark ends.
    pub(super) end: usize,
}

/// The longest stretch in characters. What is longer is a speech, whose sentences are segments of their own, or a mark
/// that nobody closed.
const LONGEST: usize = 300;

/// Opening and closing marks. The two straight quotes open and close alike.
const PAIRS: [(char, char, Kind); 14] = [
    ('(', ')', Kind::Bracket),
    ('[', ']', Kind::Bracket),
    ('（', '）', Kind::Bracket),
    ('【', '】', Kind::Bracket),
    ('“', '”', Kind::Quote),
    ('‘', '’', Kind::Quote),
    ('「', '」', Kind::Quote),
    ('《', '》', Kind::Title),
    ('〈', '〉', Kind::Title),
    ('『', '』', Kind::Title),
    ('<', '>', Kind::Title),
    ('〔', '〕', Kind::Bracket),
    ('"', '"', Kind::Quote),
    ('\'', '\'', Kind::Quote),
];

/// Returns the stretches between marks that open and close within 300 characters, by their opening marks.
pub(super) fn enclosures(text: &str) -> Vec<Enclosure> {
    let mut found: Vec<Option<Enclosure>> = Vec::new();
    let mut pending: [VecDeque<Pending>; PAIRS.len()] = Default::default();
    let mut previous = ' ';
    for (number, (at, c)) in text.char_indices().enumerate() {
        let end = at + c.len_utf8();
        let place = || Place { mark: c, previous, next: text[end..].chars().next().unwrap_or(' ') };
        if let Some(pair) = pair_of(c) {
            let waiting = &mut pending[pair];
            while waiting.front().is_some_and(|opened| opened.number + LONGEST < number) {
                waiting.pop_front();
            }
            if PAIRS[pair].1 == c
                && place().closes()
                && let Some(opened) = waiting.pop_back()
            {
                found[opened.index] = Some(Enclosure { kind: PAIRS[pair].2, open: opened.open, close: at, end });
            } else if PAIRS[pair].0 == c && place().opens() {
                if PAIRS[pair].1 == c {
                    waiting.clear();
                }
                waiting.push_back(Pending { index: found.len(), open: at, number });
                found.push(None);
            }
        }
        previous = c;
    }
    found.into_iter().flatten().collect()
}

/// An opening mark that waits to be closed.
struct Pending {
    /// Its place among the stretches found.
    index: usize,
    open: usize,
    /// Its number among the characters.
    number: usize,
}

fn pair_of(c: char) -> Option<usize> {
    // Most characters are letters.
    if c.is_ascii_alphanumeric() || c == ' ' || Script::of(c) != Script::Alphabetic {
        return None;
    }
    PAIRS.iter().position(|(open, close, _)| *open == c || *close == c)
}

/// A mark between its neighbours.
struct Place {
    mark: char,
    previous: char,
    next: char,
}

impl Place {
    fn opens(&self) -> bool {
        match self.mark {
            '"' | '\'' => !self.next.is_whitespace() && !self.previous.is_alphanumeric(),
            // A sign of comparison or of a mark-up language is no bracket.
            '<' => matches!(Script::of(self.next), Script::Hangul | Script::Han),
            _ => true,
        }
    }

    fn closes(&self) -> bool {
        match self.mark {
            '"' => !self.previous.is_whitespace(),
            // An apostrophe stands before a letter (isn’t), or after one (the players’).
            '’' => !is_latin(self.next),
            '\'' => !is_latin(self.next) && !is_latin(self.previous) && !self.previous.is_whitespace(),
            _ => true,
        }
    }
}

fn is_latin(c: char) -> bool {
    Script::of(c) == Script::Alphabetic && c.is_alphanumeric()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_paired() {
        for (text, expected) in [
            ("He said, “Yes (no).”", vec!["“Yes (no).”", "(no)"]),
            ("((a) b", vec!["(a)"]),
            ("in the 'nineties. The players' wish", vec![]),
            ("'isn't it?' he said", vec!["'isn't it?'"]),
            ("a 3\" pipe and \"one\" more", vec!["\"one\""]),
            ("그는 '갔다. 왔다'라고 <아리랑>을", vec!["'갔다. 왔다'", "<아리랑>"]),
            ("a < b > c", vec![]),
        ] {
            let found: Vec<&str> = enclosures(text).iter().map(|found| &text[found.open..found.end]).collect();
            assert_eq!(found, expected, "{text}");
        }
        assert_eq!(enclosures(&format!("({})", "a".repeat(LONGEST))), []);
    }
}
