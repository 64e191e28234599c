//! Concepts with their terms in each language: what is well formed, where a term stands in running text, which concept a
//! query means.
//!
//! Knows text and names, but no segment of a translation memory, no file format and no SQL: it asks a [`index::TermIndex`].

pub mod concept;
pub mod day;
pub mod flaw;
pub mod index;
pub mod key;
pub mod matcher;
pub mod mention;
pub mod near;
pub mod office;
pub mod rank;
pub mod respelling;
pub mod term;
