//! How a name is written: its order, its titles, its reading in another script.
//!
//! Pure: knows text, but no concept, no store and no file.

pub mod comparison;
pub mod foreign_name;
pub mod han_conversion;
pub mod han_name;
pub mod initial_sound;
pub mod korean_skeleton;
pub mod korean_spelling;
pub mod korean_surname;
pub mod latin;
pub mod name_word;
pub mod person;
pub mod pinyin;
pub mod reading;
pub mod relation;
pub mod romanization;
pub mod sound;
pub mod suggestion;
pub mod title;
pub mod transcription;
pub mod word_likeness;
pub mod word_slip;
