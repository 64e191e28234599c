//! The keys under which a concept is found: hashes of its folded terms, of how they sound in other
//! scripts, of how they start, and of their pieces.
//!
//! Hashes are 32 bits wide, stable across platforms and versions of one store schema. They propose concepts; whoever asks
//! compares the terms themselves.

use crate::glossary::concept::{Concept, Kind};
use crate::glossary::near::{self, Signature};
use crate::glossary::respelling;
use crate::names::person;
use crate::text::distance;
use crate::text::fold::{Folded, Gap, Letter};
use crate::text::script::Script;

/// A hash of a key, for one of the three uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct KeyHash(pub u32);

/// What a hash is used for; the same letters hash differently in each use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyUse {
    /// A whole folded term.
    Term,
    /// The first unit of a term in running text.
    Start,
    /// A piece of a spelled key: its number and the length of the key it was cut from.
    Piece {
        /// 0, 1 or 2.
        number: usize,
        /// In letters.
        key_length: usize,
    },
    /// A short Han key with one character left out.
    Deletion,
    /// A sound key of a name.
    Sound,
}

/// An FNV-1a hash over letters, so that every longer prefix of a text costs one step more.
#[derive(Clone, Copy, Debug)]
pub struct KeyHasher(u64);

impl KeyHasher {
    /// Begins a hash.
    pub fn new(key_use: KeyUse) -> Self {
        let seed = match key_use {
            KeyUse::Term => 1,
            KeyUse::Start => 2,
            KeyUse::Deletion => 3,
            KeyUse::Sound => 4,
            KeyUse::Piece { number, key_length } => 16 + 4 * key_length as u64 + number as u64,
        };
        Self(0xCBF2_9CE4_8422_2325 ^ seed.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    /// Adds a letter.
    pub fn push(&mut self, c: char) {
        self.0 = (self.0 ^ u64::from(c as u32)).wrapping_mul(0x0000_0100_0000_01B3);
    }

    /// Returns the hash of the letters so far.
    pub fn finish(self) -> KeyHash {
        let mixed = (self.0 ^ (self.0 >> 32)).wrapping_mul(0xD6E8_FEB8_6659_FD93);
        KeyHash((mixed >> 32) as u32)
    }

    /// Returns the hash of `letters`.
    pub fn hash(key_use: KeyUse, letters: impl IntoIterator<Item = char>) -> KeyHash {
        let mut hasher = Self::new(key_use);
        letters.into_iter().for_each(|c| hasher.push(c));
        hasher.finish()
    }
}

/// The lengths in letters of the terms that start in one way, a bit each; the highest bit stands for 64 letters and more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lengths(pub u64);

impl Lengths {
    /// Returns the set of one length.
    pub fn of(length: usize) -> Self {
        Self(1 << (length.clamp(1, 64) - 1))
    }

    /// Returns whether a term of `length` letters may start so.
    pub fn has(self, length: usize) -> bool {
        self.0 & Self::of(length).0 != 0
    }

    /// Returns the longest length to try.
    pub fn longest(self) -> usize {
        match 64 - self.0.leading_zeros() as usize {
            64 => crate::glossary::flaw::LONGEST_TERM,
            length => length,
        }
    }
}

/// The keys of one concept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConceptKeys {
    /// Hashes of whole terms.
    pub terms: Vec<KeyHash>,
    /// Hashes of how the name sounds in other scripts.
    pub sounds: Vec<KeyHash>,
    /// Hashes of the first units of terms that may stand in running text, with the lengths of the terms.
    pub starts: Vec<(KeyHash, Lengths)>,
    /// Hashes of pieces and deletions, for near terms, with the letters of the whole key.
    pub near: Vec<(KeyHash, Signature)>,
    /// The folded terms in their order, each with a line feed after it.
    pub folded: String,
}

impl ConceptKeys {
    /// Makes the keys of a concept.
    pub fn of(concept: &Concept) -> Self {
        let mut keys = Self::default();
        let mut folded = Folded::default();
        for (lang, term) in concept.terms() {
            let turned = (concept.kind == Kind::Person).then(|| person::other_order(&term.text)).flatten();
            for text in [Some(term.text.as_str()), turned.as_deref()].into_iter().flatten() {
                folded.clear();
                folded.push(text, 0);
                keys.add(&folded, lang.is_written_in(lang), turned.as_deref() == Some(text));
            }
            keys.folded.push('\n');
        }
        keys.sounds = respelling::keys(concept);
        keys.terms.sort_unstable();
        keys.terms.dedup();
        keys.near.sort_unstable();
        keys.near.dedup();
        keys
    }

    fn add(&mut self, folded: &Folded, runs: bool, turned: bool) {
        let letters = folded.letters();
        if letters.is_empty() {
            return;
        }
        self.terms.push(KeyHasher::hash(KeyUse::Term, letters.iter().map(|letter| letter.c)));
        if runs {
            let length = Lengths::of(letters.len());
            self.starts.extend(starts(letters).into_iter().map(|start| (start, length)));
        }
        if !turned {
            let start = self.folded.len();
            self.folded.extend(letters.iter().map(|letter| letter.c));
            near::push_keys(&distance::spelled(&self.folded[start..]), &mut self.near);
        }
    }
}

/// Returns how many letters from `at` on make the first unit of a term: an unbroken run of alphabetic letters, or two Hangul
/// or Han characters. 0 where a term cannot start.
pub fn first_unit(letters: &[Letter], at: usize) -> usize {
    let Some(first) = letters.get(at) else { return 0 };
    let joined = |position: usize| letters.get(position).is_some_and(|letter| letter.gap == Gap::None);
    match Script::of(first.c) {
        Script::Alphabetic => {
            let mut end = at + 1;
            while joined(end) && Script::of(letters[end].c) == Script::Alphabetic {
                end += 1;
            }
            end - at
        }
        Script::Hangul | Script::Han => {
            if at + 2 <= letters.len() {
                2
            } else {
                0
            }
        }
    }
}

/// Returns the hash of the first unit at `at`.
pub fn start_hash(letters: &[Letter], at: usize) -> Option<KeyHash> {
    let unit = first_unit(letters, at);
    (unit > 0).then(|| KeyHasher::hash(KeyUse::Start, letters[at..at + unit].iter().map(|letter| letter.c)))
}

/// Returns the starts under which a term is found: its first unit; for alphabetic terms also the first two units and the
/// whole term written as one word.
fn starts(letters: &[Letter]) -> Vec<KeyHash> {
    let first = first_unit(letters, 0);
    if first == 0 {
        return Vec::new();
    }
    let mut ends = vec![first];
    if Script::of(letters[0].c) == Script::Alphabetic && first < letters.len() {
        ends.push(first + first_unit(letters, first));
        ends.push(letters.len());
    }
    ends.dedup();
    ends.into_iter().map(|end| KeyHasher::hash(KeyUse::Start, letters[..end].iter().map(|letter| letter.c))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn uses_and_letters_tell_hashes_apart() {
        let hash = |key_use, text: &str| KeyHasher::hash(key_use, text.chars());
        assert_eq!(hash(KeyUse::Term, "赵乐际"), hash(KeyUse::Term, "赵乐际"));
        assert_ne!(hash(KeyUse::Term, "赵乐际"), hash(KeyUse::Start, "赵乐际"));
        assert_ne!(hash(KeyUse::Term, "ab"), hash(KeyUse::Term, "ba"));
        // The store keeps these: a change of the hash needs a new schema version.
        assert_eq!(hash(KeyUse::Term, "xijinping"), KeyHash(0xAB2E_E89D), "{:08X}", hash(KeyUse::Term, "xijinping").0);
    }

    #[test]
    fn lengths_are_a_set() {
        let lengths = Lengths(Lengths::of(3).0 | Lengths::of(200).0);
        assert!(lengths.has(3) && lengths.has(64) && lengths.has(200) && !lengths.has(4));
        assert_eq!(lengths.longest(), crate::glossary::flaw::LONGEST_TERM);
        assert_eq!(Lengths::of(5).longest(), 5);
    }

    #[test]
    fn units_follow_the_script() {
        let unit = |text: &str| first_unit(Folded::new(text).letters(), 0);
        assert_eq!(unit("Lee Jae-myung"), 3);
        assert_eq!(unit("SK하이닉스"), 2);
        assert_eq!(unit("시진핑"), 2);
        assert_eq!(unit("李"), 0);
    }
}
