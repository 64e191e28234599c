//! Articles as segments.
//!
//! Knows text, but no glossary: which concepts a segment names is for the workspace to find.

pub mod article;
pub mod furniture;
