//! A table of characters and phrases with what they become, as OpenCC has them.

use rustc_hash::FxHashMap as HashMap;

/// What characters and phrases become. A line of its text is a character with what it becomes, then the phrases that begin
/// with it, the longest first, each without that character: `个個箇 中=箇中`.
pub(super) struct Table {
    /// By first character, the rest of the line: candidates, a space, phrases.
    pub(super) lines: HashMap<char, &'static str>,
}

/// A phrase found at the start of a text.
struct Phrase {
    length: usize,
    /// What it becomes; `None` where it only says that a word ends here.
    becomes: Option<&'static str>,
}

impl Table {
    pub(super) fn parse(text: &'static str) -> Table {
        let lines = text.lines().filter(|line| !line.starts_with('#'));
        Table { lines: lines.filter_map(split_first).collect() }
    }

    pub(super) fn convert(&self, text: &str) -> String {
        let mut converted = String::with_capacity(text.len());
        self.convert_into(&mut converted, text, usize::MAX);
        converted
    }

    /// Converts with the longest phrase at each place that is shorter than `limit` bytes.
    fn convert_into(&self, converted: &mut String, text: &str, limit: usize) {
        let mut rest = text;
        while let Some(c) = rest.chars().next() {
            let length = match self.phrase_at_start(rest, limit) {
                Some(Phrase { length, becomes: Some(becomes) }) => {
                    converted.push_str(becomes);
                    length
                }
                Some(Phrase { length, becomes: None }) => {
                    self.convert_into(converted, &rest[..length], length);
                    length
                }
                None => {
                    converted.push(self.candidates(c).and_then(|candidates| candidates.chars().next()).unwrap_or(c));
                    c.len_utf8()
                }
            };
            rest = &rest[length..];
        }
    }

    fn phrase_at_start(&self, text: &str, limit: usize) -> Option<Phrase> {
        let (first, rest) = split_first(text)?;
        let (_, phrases) = self.lines.get(&first)?.split_once(' ')?;
        phrases.split(' ').find_map(|phrase| {
            let (key, becomes) = phrase.split_once('=').map_or((phrase, None), |(key, becomes)| (key, Some(becomes)));
            let length = first.len_utf8() + key.len();
            (length < limit && rest.starts_with(key)).then_some(Phrase { length, becomes })
        })
    }

    /// Returns what a text becomes that is one phrase.
    pub(super) fn whole(&self, text: &str) -> Option<String> {
        self.phrase_at_start(text, usize::MAX).filter(|phrase| phrase.length == text.len()).map(|_| self.convert(text))
    }

    pub(super) fn candidates(&self, c: char) -> Option<&'static str> {
        let line = self.lines.get(&c)?;
        let candidates = line.split(' ').next().unwrap_or(line);
        (!candidates.is_empty()).then_some(candidates)
    }
}

/// Returns the first character of a text and the rest.
pub(super) fn split_first(text: &str) -> Option<(char, &str)> {
    let first = text.chars().next()?;
    Some((first, &text[first.len_utf8()..]))
}
