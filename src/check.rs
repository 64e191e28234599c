//! Checking a draft: a pure function of what is known about it.
//!
//! Knows the glossary's matches, but neither the store nor a file format; says what is wrong, never prints it.

pub mod baseline;
pub mod draft;
mod eojeol;
pub mod examples;
pub mod finding;
mod given_name;
mod gloss;
pub mod headline;
pub mod house;
pub mod ignores;
pub mod levels;
pub mod naming;
pub mod quotation;
pub mod region;
mod respelled;
pub mod rules;
pub mod suspect;
