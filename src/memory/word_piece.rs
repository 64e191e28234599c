//! The countable pieces of a sentence: English stems, Hangul syllable pairs and Han character pairs, each as a 32-bit number.
//!
//! What is counted here needs no dictionary and no word segmentation. The numbers are the same on every machine and in every
//! release, because a learned lexicon keeps them on disk.

use crate::text::particle;
use crate::text::script::Script;
use crate::text::{han, hangul};

/// A piece of a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WordPiece(pub u32);

/// The longest stem in letters: `government` and `governmental` are one.
const LONGEST_STEM: usize = 7;

/// English words that say nothing about what a sentence is about.
const FUNCTION_WORDS: [&str; 48] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "for", "from", "had", "has", "have", "he", "her", "his",
    "if", "in", "into", "is", "it", "its", "of", "on", "or", "s", "she", "so", "t", "than", "that", "the", "their", "then",
    "there", "these", "they", "this", "to", "was", "we", "were", "which", "will", "with", "would",
];

/// Adds the pieces of a text to `word_pieces`, in order and with repetitions.
pub fn push_word_pieces(text: &str, word_pieces: &mut Vec<WordPiece>) {
    let mut word = String::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        if !is_letter(first) {
            rest = &rest[first.len_utf8()..];
            continue;
        }
        let script = Script::of(first);
        let (run, after) = rest.split_at(end_of_run(rest, script));
        match script {
            Script::Alphabetic => push_stem(run, &mut word, word_pieces),
            Script::Hangul => push_pairs(without_particles(run).chars(), word_pieces),
            Script::Han => {
                word_pieces.extend(run.chars().map(|c| hash([han::simplified(c)])));
                push_pairs(run.chars().map(han::simplified), word_pieces);
            }
        }
        rest = after;
    }
}

/// Returns whether a character is a letter; quickly for the common ones.
pub(super) fn is_letter(c: char) -> bool {
    matches!(c, 'a'..='z' | 'A'..='Z' | '가'..='힣' | '\u{4E00}'..='\u{9FFF}') || c.is_alphabetic()
}

/// Returns where the letters of one script end that a text begins with.
pub(super) fn end_of_run(text: &str, script: Script) -> usize {
    let is_other = |c: char| !is_letter(c) || Script::of(c) != script;
    let ascii = text.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(text.len());
    if ascii > 0 && text[ascii..].starts_with(|c: char| c.is_ascii()) {
        return ascii;
    }
    text[ascii..].find(is_other).map_or(text.len(), |end| ascii + end)
}

/// Returns the Hangul of an eojeol without the longest chain of particles that leaves two syllables.
pub(super) fn without_particles(run: &str) -> &str {
    let Some(third) = run.char_indices().nth(2).map(|(at, _)| at) else { return run };
    let ends = run[third..].char_indices().map(|(at, _)| third + at);
    ends.into_iter().find(|end| particle::is_chain(&run[*end..])).map_or(run, |end| &run[..end])
}

/// Adds the pairs of neighbours; a single character is a piece of its own.
fn push_pairs(mut characters: impl Iterator<Item = char>, word_pieces: &mut Vec<WordPiece>) {
    let Some(mut last) = characters.next() else { return };
    let mut single = true;
    for c in characters {
        word_pieces.push(hash([last, c]));
        (last, single) = (c, false);
    }
    if single && hangul::is_syllable(last) {
        word_pieces.push(hash([last]));
    }
}

fn push_stem(run: &str, word: &mut String, word_pieces: &mut Vec<WordPiece>) {
    word.clear();
    word.extend(run.chars().map(|c| c.to_ascii_lowercase()));
    if FUNCTION_WORDS.binary_search(&word.as_str()).is_err() {
        word_pieces.push(hash(stem(word).chars().take(LONGEST_STEM)));
    }
}

/// Returns an English word without the commonest endings.
fn stem(word: &str) -> &str {
    let cut = |ending: &str, least: usize| word.strip_suffix(ending).filter(|stem| stem.len() >= least);
    let ending = cut("ing", 4).or_else(|| cut("ed", 4)).or_else(|| cut("ies", 3)).or_else(|| cut("es", 4));
    let ending = ending.or_else(|| cut("s", 3).filter(|stem| !stem.ends_with(['s', 'u', 'i'])));
    ending.or_else(|| cut("e", 4)).or_else(|| cut("y", 3)).unwrap_or(word)
}

/// Returns the number of a piece: FNV-1a over its characters, mixed down to 32 bits.
fn hash(characters: impl IntoIterator<Item = char>) -> WordPiece {
    let start = 0xCBF2_9CE4_8422_2325_u64;
    let hash = characters.into_iter().fold(start, |hash, c| (hash ^ u64::from(c)).wrapping_mul(0x0000_0100_0000_01B3));
    let mixed = (hash ^ hash >> 29).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    WordPiece((mixed >> 32) as u32)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word_pieces(text: &str) -> Vec<WordPiece> {
        let mut word_pieces = Vec::new();
        push_word_pieces(text, &mut word_pieces);
        word_pieces
    }

    #[test]
    fn one_word_in_its_forms_is_one_piece() {
        for (one, other) in [
            ("talks", "talk"),
            ("Visited", "visits"),
            ("government", "governmental"),
            ("companies", "company"),
            ("시진핑은", "시진핑과의"),
            ("趙樂際", "赵乐际"),
        ] {
            assert_eq!(word_pieces(one), word_pieces(other), "{one} {other}");
        }
        for (one, other) in [("ship", "shop"), ("이재명", "이재형"), ("李强", "李克强")] {
            assert_ne!(word_pieces(one), word_pieces(other), "{one} {other}");
        }
    }

    #[test]
    fn scripts_are_cut_in_their_own_ways() {
        for (text, count) in
            [("", 0), ("2026, 50%", 0), ("the of and", 0), ("Lee met Li", 3), ("한국 정부는", 2), ("国务院", 5), ("Xi는", 2)]
        {
            assert_eq!(word_pieces(text).len(), count, "{text}");
        }
        assert!(FUNCTION_WORDS.is_sorted());
    }

    #[test]
    fn the_numbers_of_pieces_never_change() {
        assert_eq!(
            word_pieces("summit 회담 会"),
            [WordPiece(word_pieces("Summit")[0].0), word_pieces("회담")[0], word_pieces("會")[0]]
        );
    }
}
