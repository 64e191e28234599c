//! Checking a draft: a pure function of what is known about it.
//!
//! Knows the glossary's matches, but neither the store nor a file format; says what is wrong, never prints it.

pub mod baseline;
pub mod counterpart;
pub mod dateline;
mod dates;
pub mod draft;
pub mod drift;
mod eojeol;
pub mod examples;
pub mod finding;
pub mod fixing;
mod given_name;
mod gloss;
pub mod headline;
pub mod house;
pub mod ignores;
pub mod lapse;
pub mod levels;
mod lookalike;
pub mod named_concept;
mod namesake;
pub mod naming;
mod national;
mod past;
mod quantity;
pub mod quotation;
pub mod region;
pub mod related;
mod respelled;
pub mod rules;
mod silence;
pub mod suspect;
mod title_word;
