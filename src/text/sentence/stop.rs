//! A stop: the marks that may end a sentence, with the quotes, brackets and note numbers that close behind them.

use crate::text::script::Script;
use crate::text::sentence::enclosure::{Enclosure, Kind};
use crate::text::sentence::{chinese, english, korean, list_mark};

/// A run of stops in a text, and where the sentence before it would end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stop<'a> {
    text: &'a str,
    /// Where the sentence begins.
    pub(super) start: usize,
    /// Where the run of stops begins.
    pub(super) at: usize,
    /// Where the run of stops ends.
    marks_end: usize,
    /// Where the sentence would end: after the marks that close.
    pub(super) end: usize,
    /// What the stop is the last of, where it stands inside.
    pub(super) enclosure: Option<Enclosure>,
}

impl<'a> Stop<'a> {
    /// Returns the stop at a place; the marks behind it close up to `limit`, where something opens.
    pub(super) fn at(text: &'a str, start: usize, at: usize, limit: usize) -> Self {
        let marks = text[at..limit].find(|c| !is_stop(c)).map_or(limit, |length| at + length);
        let end = text[marks..limit].find(|c| !is_stop(c) && !is_closing(c)).map_or(limit, |length| marks + length);
        let mut stop = Self { text, start, at, marks_end: marks, end, enclosure: None };
        stop.end += note_length(&stop);
        stop
    }

    /// Returns the stop that is the last mark inside `enclosure`. `None` where there is none, or the true stop follows.
    pub(super) fn in_enclosure(text: &'a str, start: usize, enclosure: Enclosure) -> Option<Self> {
        let inside = text[enclosure.open..enclosure.close].trim_end_matches(is_closing);
        let words = inside.trim_end_matches(is_stop);
        // What is left out [...] is no sentence.
        let left_out = words.ends_with(['[', '(']);
        let is_sentence = words.len() < inside.len() && !left_out && words.contains(char::is_alphanumeric);
        if !is_sentence || enclosure.kind == Kind::Title || text[enclosure.end..].starts_with(is_stop) {
            return None;
        }
        let end = text.len() - text[enclosure.end..].trim_start_matches(is_closing_only).len();
        let (at, marks_end) = (enclosure.open + words.len(), enclosure.open + inside.len());
        let mut stop = Self { text, start, at, marks_end, end, enclosure: Some(enclosure) };
        stop.end += note_length(&stop);
        Some(stop)
    }

    /// Returns whether the sentence ends here.
    pub(super) fn ends_sentence(&self) -> bool {
        let Some(next) = self.next() else { return true };
        if list_mark::is_mark(&self.text[self.start..self.end]) || self.is_in_aside() {
            return false;
        }
        let before = self.before().chars().next_back().unwrap_or(' ');
        let mark = self.mark();
        if matches!(mark, '。' | '！' | '？' | '．') || !self.is_spaced() && is_han(before) && is_han(next) {
            chinese::ends_sentence(self)
        } else if is_hangul(before) || is_hangul(next) {
            korean::ends_sentence(self)
        } else if is_han(before) {
            chinese::ends_sentence(self)
        } else {
            english::ends_sentence(self)
        }
    }

    /// Returns the sentence up to the stop.
    pub(super) fn before(&self) -> &'a str {
        &self.text[self.start..self.at]
    }

    /// Returns the Latin word or the figure that the stop stands after, with the full stops inside it: its last 24
    /// characters, which are enough to know an abbreviation.
    pub(super) fn word(&self) -> &'a str {
        let belongs = |c: char| matches!(c, '.' | '°') || c.is_alphanumeric() && Script::of(c) == Script::Alphabetic;
        let before = self.before();
        let letters = before.char_indices().rev().take(24).take_while(|(_, c)| belongs(*c));
        &before[letters.last().map_or(before.len(), |(at, _)| at)..]
    }

    /// Returns all that follows.
    pub(super) fn after(&self) -> &'a str {
        &self.text[self.end..]
    }

    /// Returns the next character that is not white space.
    pub(super) fn next(&self) -> Option<char> {
        self.after().trim_start().chars().next()
    }

    /// Returns whether white space follows.
    pub(super) fn is_spaced(&self) -> bool {
        self.after().starts_with(char::is_whitespace)
    }

    /// Returns the mark that decides: the last of the run.
    pub(super) fn mark(&self) -> char {
        self.text[..self.marks_end].chars().next_back().unwrap_or('.')
    }

    /// Returns whether it is one full stop and nothing else.
    pub(super) fn is_full_stop(&self) -> bool {
        &self.text[self.at..self.marks_end] == "." && self.end == self.marks_end
    }

    /// Returns whether something is left unsaid: `...`, `…`.
    pub(super) fn is_ellipsis(&self) -> bool {
        let run = &self.text[self.at..self.marks_end];
        run != "." && run.chars().all(|c| matches!(c, '.' | '…'))
    }

    /// Returns whether a quote closes after the stop.
    pub(super) fn closes_quote(&self) -> bool {
        self.text[self.marks_end..self.end].contains(is_quote)
    }

    /// Returns what stands in the sentence before the quotation that the stop closes; `None` where no quotation is known.
    pub(super) fn before_quotation(&self) -> Option<&'a str> {
        let quotation = self.enclosure.filter(|enclosure| enclosure.kind == Kind::Quote)?;
        Some(self.text[self.start..quotation.open].trim_end())
    }

    /// Returns whether the stop is the last of an aside within a sentence: it ends none (was it so?) of itself. A whole
    /// sentence in brackets stands at the start, or after another sentence's stop.
    fn is_in_aside(&self) -> bool {
        let Some(enclosure) = self.enclosure.filter(|enclosure| enclosure.kind == Kind::Bracket) else { return false };
        let before = self.text[self.start..enclosure.open].trim_end();
        !before.is_empty() && !before.ends_with(|c| is_quote(c) || is_stop(c))
    }
}

pub(super) fn is_stop(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？' | '．' | '⋯')
}

fn is_closing(c: char) -> bool {
    is_closing_only(c) || matches!(c, '"' | '\'')
}

fn is_closing_only(c: char) -> bool {
    matches!(c, '”' | '’' | ')' | ']' | '」' | '』' | '》' | '〉' | '）' | '】')
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\'' | '”' | '’' | '」' | '』')
}

pub(super) fn is_hangul(c: char) -> bool {
    Script::of(c) == Script::Hangul
}

pub(super) fn is_han(c: char) -> bool {
    Script::of(c) == Script::Han
}

/// Returns the length of the numbers of notes right after a stop: `[1][2]`, and `11 12` before a capital letter.
fn note_length(stop: &Stop) -> usize {
    let after = stop.after();
    let mut rest = after;
    while let Some(note) = bracketed_note(rest) {
        rest = &rest[note..];
    }
    if rest.len() < after.len() {
        return after.len() - rest.len();
    }
    // A number right after the stop is a part of a number or a name (3.5, v.2) unless a whole word stands before.
    let whole = stop.before().ends_with(')') || stop.word().len() > 3 && stop.word().chars().all(char::is_alphabetic);
    let digits = after.find(|c: char| !c.is_ascii_digit() && c != ' ').unwrap_or(after.len());
    let numbers = after[..digits].trim_end();
    let is_note = whole && stop.mark() == '.' && after.starts_with(|c: char| c.is_ascii_digit());
    if is_note && digits > numbers.len() && digits < 12 && after[digits..].starts_with(char::is_uppercase) {
        numbers.len()
    } else {
        0
    }
}

/// Returns the length of a note in square brackets that the text begins with: `[12]`, `[note 2]`.
fn bracketed_note(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('[')?;
    let (close, _) = inside.char_indices().take(12).find(|(_, c)| *c == ']')?;
    inside[..close].ends_with(|c: char| c.is_ascii_digit()).then_some(close + 2)
}
