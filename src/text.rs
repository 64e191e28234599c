//! Characters without meaning: where they stand, what they fold to, where a word or a sentence ends.
//!
//! Knows no name, no concept and no file format.

pub mod characters;
pub mod common_ends;
pub mod distance;
pub mod fold;
pub mod folded_text;
pub mod han;
pub mod hangul;
pub mod hash;
pub mod indefinite_article;
pub mod keystrokes;
pub mod legible;
pub mod levenshtein;
pub mod line_index;
pub mod month;
pub mod number;
pub mod particle;
pub mod script;
pub mod sentence;
pub mod span;
