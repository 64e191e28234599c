//! Translation memories as TMX 1.4b (LISA OSCAR, 26 April 2005), levels 1 and 2, and as the older versions wrote them.
//!
//! The inline codes of a segment (`bpt`, `ept`, `it`, `ph`, `ut` with their content, `hi` around text) are kept as they are
//! beside its plain text. What a unit says of itself goes into its origin where that has a place for it, else into its
//! properties, from which it is written again: attributes of `tu` under their names, `note` as `note`, `prop` under its type,
//! and what stands in a `tuv` with its language before it, as in `ko:creationid`. Of the header only a document and a domain
//! are passed on to the units.

mod provenance;
mod reader;
mod unit_element;
mod writer;

pub use reader::TmxReader;
pub use writer::TmxWriter;

/// The attributes that a `tu` may have beside its dates and authors.
const ATTRIBUTES: [&str; 14] = [
    "tuid",
    "o-encoding",
    "datatype",
    "usagecount",
    "lastusagedate",
    "creationtool",
    "creationtoolversion",
    "creationdate",
    "creationid",
    "changedate",
    "segtype",
    "changeid",
    "o-tmf",
    "srclang",
];

/// The types of `prop` that hold what an origin or a unit has a field for.
mod field {
    pub const DOCUMENT: &str = "x-document";
    pub const DOMAIN: &str = "x-domain";
    pub const SOURCE: &str = "x-source";
    pub const DATE: &str = "x-date";
    pub const AUTHOR: &str = "x-author";
    pub const CONFIDENCE: &str = "x-confidence";
}
