//! Glossaries for machine translation. They hold only what is certain: forms with one recorded rendering.

use std::io::{self, Write};

use crate::exchange::csv::write_error;
use crate::exchange::term_list::TermList;
use crate::lang::Lang;

/// The longest text that DeepL takes, in bytes.
const DEEPL_LONGEST: usize = 1024;

/// Writes the CSV of a DeepL glossary: no header; source, target, and the two optional columns with their languages.
/// <https://developers.deepl.com/docs/customize/managing-glossaries>
pub(super) fn deepl(list: &TermList, out: &mut dyn Write) -> io::Result<()> {
    let (from, to) = (deepl_language(&list.from), deepl_language(&list.to));
    let mut writer = csv::Writer::from_writer(out);
    for (source, target) in list.pairs() {
        if source.len().max(target.len()) <= DEEPL_LONGEST {
            writer.write_record([&plain(source), &plain(target), from, to]).map_err(write_error)?;
        }
    }
    writer.flush()
}

/// DeepL has one Chinese in its glossaries, and no regions.
fn deepl_language(lang: &Lang) -> &str {
    lang.tag().split('-').next().unwrap_or_default()
}

/// Writes the CSV of a unidirectional glossary of Cloud Translation: two columns, source and target, no header; the languages
/// are named when the glossary is made.
/// <https://cloud.google.com/translate/docs/reference/rest/v3/projects.locations.glossaries#GlossaryInputConfig>
pub(super) fn google(list: &TermList, out: &mut dyn Write) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    for (source, target) in list.pairs() {
        writer.write_record([plain(source), plain(target)]).map_err(write_error)?;
    }
    writer.flush()
}

/// A text with a control character in it makes the whole glossary invalid.
fn plain(text: &str) -> String {
    text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ")
}
