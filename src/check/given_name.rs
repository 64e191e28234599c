//! The given name of somebody whose family name is known, and whether it is a slip for the known one.

use crate::names::korean_spelling::{self, Relation};
use crate::names::person;

/// A given name that is not the one of a known person with the same family name.
pub(super) struct GivenName<'t> {
    /// The person's own, as recorded and folded.
    pub term: &'t str,
    pub known: &'t str,
    /// The one in the draft, as written and folded.
    pub written: &'t str,
    pub given: &'t str,
    pub edits: usize,
    /// Whether the draft names the person, and whether a title stands before the words.
    pub named: bool,
    pub titled: bool,
}

impl GivenName<'_> {
    /// Returns what speaks for a slip, or `None` where it may be somebody else's name.
    pub fn evidence(&self) -> Option<&'static str> {
        let korean = person::is_korean_spelling(self.term);
        let known = self.term.split_once(' ').map_or(self.term, |(_, given)| given);
        let relation = if korean { korean_spelling::relation(known, self.written.trim()) } else { Relation::Unknown };
        if relation == Relation::Different || self.given.chars().count() < 5 {
            return None;
        }
        let same_consonants = person::consonants(self.known) == person::consonants(self.given);
        let one_slip = self.edits == 1 && (same_consonants || self.is_swap() || !korean);
        let other_spelling = self.edits == 2 && same_consonants && relation == Relation::Same;
        if self.named && (one_slip || other_spelling) {
            Some("the right form stands in this draft")
        } else {
            (self.titled && one_slip).then_some("a title stands beside it")
        }
    }

    fn is_swap(&self) -> bool {
        let sorted = |text: &str| {
            let mut letters: Vec<char> = text.chars().collect();
            letters.sort_unstable();
            letters
        };
        self.edits == 1 && sorted(self.known) == sorted(self.given)
    }
}
