//! The forms that characters have in names, where they differ from those in words.

use rustc_hash::FxHashMap as HashMap;

use crate::names::han_conversion::table::split_first;
use crate::names::han_conversion::traditional_candidates;

/// The forms that characters have in names, by what part of the name they are.
#[derive(Default)]
pub(super) struct NameCharacters {
    surname: HashMap<char, &'static str>,
    /// Surnames of two characters, with what they become.
    pub(super) compound: HashMap<&'static str, &'static str>,
    given: HashMap<char, &'static str>,
}

impl NameCharacters {
    pub(super) fn parse(text: &'static str) -> NameCharacters {
        let mut names = NameCharacters::default();
        let words =
            |line: &'static str| line.split_once('\t').map(|(part, words)| words.split(' ').map(move |word| (part, word)));
        for (part, word) in text.lines().filter(|line| !line.starts_with('#')).filter_map(words).flatten() {
            match part {
                "surname" => names.surname.extend(split_first(word)),
                "given" => names.given.extend(split_first(word)),
                _ => names.compound.extend(word.char_indices().nth(1).map(|(at, c)| word.split_at(at + c.len_utf8()))),
            }
        }
        names
    }

    /// Returns each character of a name with what it may be.
    pub(super) fn places(&self, text: &str) -> Vec<(char, Vec<char>)> {
        let compound = self.compound.iter().find_map(|(surname, becomes)| {
            let whole = if becomes.is_empty() { surname } else { becomes };
            text.starts_with(surname).then(|| whole.chars().collect::<Vec<_>>())
        });
        let candidates = |(at, c): (usize, char)| match (&compound, at) {
            (Some(surname), 0 | 1) => (c, vec![surname.get(at).copied().unwrap_or(c)]),
            (None, 0) => (c, self.forms(c, self.surname.get(&c))),
            _ => (c, self.forms(c, None)),
        };
        text.chars().enumerate().map(candidates).collect()
    }

    fn forms(&self, c: char, surname: Option<&&'static str>) -> Vec<char> {
        match surname.or_else(|| self.given.get(&c)) {
            Some(&"") => vec![c],
            Some(forms) => forms.chars().collect(),
            None => traditional_candidates(c),
        }
    }
}
