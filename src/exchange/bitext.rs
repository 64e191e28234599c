//! Translation units as a table: one unit a row, a language a column, or the language of the target in each row.
//!
//! The header names languages by their tags or as people call them, and `document`, `domain`, `date`, `author`, `source` (where
//! the unit came from), `confidence` (in per cent), `lang` and `target`. Any other column is kept as a property. A header of
//! `source` and `target` alone names the two sides. Without a header the columns are those that the user names, or the
//! languages that the letters of the first rows tell.
//!
//! Tables with tabs are written by most tools without quotes: a cell may begin with a quotation mark and never close it. Quotes
//! are therefore read as quotes only where the first rows double them inside, as RFC 4180 has it. In all other tables
//! quotes are quotes.

mod columns;
mod reader;
mod writer;

pub use columns::{UnitColumn, UnitColumnSurvey};
pub use reader::BitextReader;
pub use writer::{BitextWriter, TableKind};
