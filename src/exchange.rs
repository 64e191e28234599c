//! Files in and out, one format a file: glossaries as CSV, drafts as plain text and Markdown.
//!
//! Knows nothing of SQL: readers yield one record at a time, writers take one at a time.

mod cell;
pub mod csv;
pub mod dialect;
pub mod encoding;
pub mod header;
pub mod prose;
