//! XLIFF (OASIS): translated segments of 1.2 and 2.x in, and a table of pre-translations as 1.2 out.
//!
//! A `trans-unit` of 1.2 and a `segment` of 2.x with a source and a target are a unit. What nobody has translated yet is left
//! out and counted: no target, an empty one, or a state that says so. Inline codes become codes of TMX with the original tag
//! as their content: `ph` for what stands alone, `bpt` and `ept` around text, `it` for an end whose other end may lie
//! elsewhere.

mod codes;
mod document;
mod reader;
mod writer;

pub use reader::XliffReader;
pub use writer::{Alternative, PretranslatedSegment, XliffWriter};
