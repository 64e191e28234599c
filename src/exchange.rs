//! Files in and out, one format a file: glossaries as CSV, drafts as plain text and Markdown, translation units as TMX, XLIFF,
//! PO and tables.
//!
//! Knows nothing of SQL: readers yield one record at a time, writers take one at a time.

pub mod bitext;
pub mod cell;
pub mod csv;
pub mod dialect;
pub mod draft_file;
pub mod encoding;
pub mod header;
mod metered_text;
pub mod po;
pub mod prose;
mod segment_content;
pub mod term_list;
pub mod tmx;
pub mod unified_diff;
pub mod unit_file;
pub mod unit_format;
pub mod xliff;
mod xml_reader;
pub mod xml_text;
