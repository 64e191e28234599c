//! A run of Hangul without a space, as the search for suspects asks of it.

use std::cell::OnceCell;

use crate::names::title;
use crate::text::fold::Folded;
use crate::text::particle;

/// A run of Hangul without a space that is no known name, with what the search asks of it more than once.
pub(super) struct Eojeol<'t> {
    /// The place of its first letter in the block.
    pub start: usize,
    key: String,
    chains: Vec<usize>,
    after: &'t str,
    titled: OnceCell<bool>,
}

impl<'t> Eojeol<'t> {
    /// Takes the letters from `start` to `end` of a block of `text`.
    pub fn new(text: &'t str, block: &Folded, start: usize, end: usize) -> Self {
        let key = block.key(start, end);
        let chains = particle::chains_at_end(&key);
        Self { start, key, chains, after: &text[block.span(start, end).end..], titled: OnceCell::new() }
    }

    /// Returns its letters.
    pub fn key(&self) -> &str {
        &self.key
    }

    /// Returns whether an office stands behind it.
    pub fn is_titled(&self) -> bool {
        *self.titled.get_or_init(|| self.after.starts_with(' ') && title::office_follows_korean_name(self.after))
    }

    /// Returns what is left of it without particles, three letters and more, each with whether a title is joined to it.
    pub fn stems(&self) -> impl Iterator<Item = (&str, bool)> {
        let stems = self.chains.iter().map(|chain| self.key.split_at(self.key.len() - chain));
        let long = stems.filter(|(stem, _)| stem.chars().nth(2).is_some());
        long.map(|(stem, rest)| (stem, title::korean_at_start(rest) > 0))
    }
}
