//! One spelling in all drafts that are looked at together.

use rustc_hash::FxHashSet as HashSet;

use crate::check::drift::census::Spelling;
use crate::text::hangul;

/// One spelling, with each draft that has it.
pub(super) struct Group<'c> {
    /// The draft by its number, and the spelling there, in order of drafts.
    pub members: Vec<(usize, &'c Spelling)>,
}

impl Group<'_> {
    pub fn text(&self) -> &str {
        self.members.first().map_or("", |(_, spelling)| spelling.text.as_str())
    }

    /// Returns at how many places it stands.
    pub fn count(&self) -> usize {
        self.members.iter().map(|(_, spelling)| spelling.places.len()).sum()
    }

    /// Returns whether a draft has both.
    pub fn meets(&self, other: &Self) -> bool {
        self.members.iter().any(|(draft, _)| other.members.binary_search_by_key(draft, |(own, _)| *own).is_ok())
    }

    pub fn is_titled(&self) -> bool {
        self.any(|spelling| !spelling.titles.is_empty())
    }

    pub fn has_korean_title(&self) -> bool {
        self.any(|spelling| spelling.titles.iter().any(|title| title.starts_with(hangul::is_syllable)))
    }

    pub fn any(&self, is: impl Fn(&Spelling) -> bool) -> bool {
        self.members.iter().any(|(_, spelling)| is(spelling))
    }

    pub fn beside<'s>(&'s self, list: impl Fn(&'s Spelling) -> &'s [String]) -> HashSet<&'s str> {
        self.members.iter().flat_map(|(_, spelling)| list(spelling)).map(String::as_str).collect()
    }

    pub fn shared<'s>(&'s self, other: &'s Self, list: impl Fn(&'s Spelling) -> &'s [String] + Copy) -> Vec<&'s str> {
        let other = other.beside(list);
        let mut shared: Vec<&str> = self.beside(list).into_iter().filter(|word| other.contains(word)).collect();
        shared.sort_unstable();
        shared
    }
}

pub(super) fn before(spelling: &Spelling) -> &[String] {
    &spelling.before
}

pub(super) fn after(spelling: &Spelling) -> &[String] {
    &spelling.after
}

pub(super) fn titles(spelling: &Spelling) -> &[String] {
    &spelling.titles
}
