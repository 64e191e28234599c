//! Catalogues of GNU gettext (manual, chapter "The Format of PO Files"), read as units: `msgid` with `msgstr`.
//!
//! The header names the language of the translations; the messages are English unless it has `X-Source-Language`. An entry with
//! plural forms is a unit for the singular and one for each form of the plural. Contexts, comments and references are kept
//! as the properties `msgctxt`, `note` and `reference`. Untranslated, fuzzy and obsolete entries are left out and counted.
//! The parser is our own: a catalogue is lines, and a fault has to be told with its line and column.

mod entry;
mod line;
mod reader;

pub use reader::PoReader;
