//! Articles as segments, and segments aligned with their counterparts in other languages.
//!
//! Knows text, but no glossary: which concepts a segment names is for the workspace to find.

pub mod align;
pub mod article;
pub mod difference;
pub mod furniture;
pub mod fuzzy;
pub mod gram;
pub mod keyword;
pub mod lexicon;
pub mod run;
pub mod tally;
pub mod term_pairs;
pub mod unit;
pub mod word_piece;
