//! Checking a draft: a pure function of what is known about it.
//!
//! Knows the glossary's matches, but neither the store nor a file format; says what is wrong, never prints it.

pub mod draft;
pub mod drift;
mod eojeol;
pub mod finding;
mod given_name;
mod gloss;
pub mod headline;
pub mod house;
pub mod levels;
pub mod naming;
pub mod quotation;
mod respelled;
pub mod rules;
pub mod suspect;
