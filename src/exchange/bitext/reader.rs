//! Reads a unit from each row of a table.

use std::io::{self, Read};

use csv::{ReaderBuilder, StringRecord};

use crate::exchange::bitext::columns::{UnitColumn, UnitColumns};
use crate::exchange::cell::{normalised, unguarded};
use crate::exchange::csv::fill;
use crate::exchange::dialect;
use crate::exchange::metered_text::{MeteredText, Place};
use crate::exchange::unit_file::{UnitFileError, UnitFileOptions, UnitReader, UnitRecord};
use crate::lang::Lang;
use crate::memory::unit::{Origin, TranslationUnit, Variant};

/// How many rows tell the columns of a table without a header.
const SAMPLE_ROWS: usize = 200;

/// Reads units from a table.
pub struct BitextReader {
    reader: csv::Reader<MeteredText>,
    columns: Vec<UnitColumn>,
    separator: u8,
    quoted: bool,
    has_header: bool,
    guessed: bool,
    source: String,
    /// The rows that have been read to tell the columns, the last first.
    waiting: Vec<StringRecord>,
    record: StringRecord,
    /// The language of the target in the row before, which mostly is that of the next as well.
    target: Option<Lang>,
}

impl BitextReader {
    /// Reads the beginning of a table and tells its columns.
    pub fn new(mut text: Box<dyn Read + Send>, options: &UnitFileOptions) -> Result<Self, UnitFileError> {
        let mut beginning = vec![0; 1 << 16];
        let filled = fill(&mut text, &mut beginning)?;
        beginning.truncate(filled);
        let shown = String::from_utf8_lossy(&beginning);
        let separator = options.separator.unwrap_or_else(|| separator(&shown));
        let quoted = separator != b'\t' || has_doubled_quotes(&shown);
        drop(shown);
        let text = MeteredText::new(Box::new(io::Cursor::new(beginning).chain(text)));
        let mut reader = ReaderBuilder::new()
            .delimiter(separator)
            .quoting(quoted)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 18)
            .from_reader(text);
        let mut waiting = Vec::new();
        for record in reader.records().take(SAMPLE_ROWS) {
            waiting.push(record.map_err(table_error)?);
        }
        let rows: Vec<Vec<&str>> = waiting.iter().map(|record| record.iter().collect()).collect();
        let UnitColumns { columns, has_header, guessed } = UnitColumns::of(&rows, options)?;
        waiting.reverse();
        if has_header {
            waiting.pop();
        }
        let (source, record, target) = (options.source.clone(), StringRecord::new(), None);
        Ok(Self { reader, columns, separator, quoted, has_header, guessed, source, waiting, record, target })
    }

    /// Moves to the next row that has anything in it.
    fn advance(&mut self) -> Result<bool, UnitFileError> {
        loop {
            self.reader.get_mut().begin_piece();
            match self.waiting.pop() {
                Some(record) => self.record = record,
                None if !self.reader.read_record(&mut self.record).map_err(table_error)? => return Ok(false),
                None => {}
            }
            if self.record.iter().any(|cell| !cell.trim().is_empty()) {
                return Ok(true);
            }
        }
    }

    fn unit(&mut self) -> Result<TranslationUnit, String> {
        let (cells, columns) = (self.record.len(), self.columns.len());
        if cells != columns {
            return Err(format!("the row has {cells} cells where there are {columns} columns; check its separators"));
        }
        let mut unit = TranslationUnit {
            variants: Vec::with_capacity(2),
            origin: Origin::default(),
            confidence: None,
            properties: Vec::new(),
        };
        for (column, cell) in self.columns.iter().zip(self.record.iter()) {
            if cell.trim().is_empty() {
                continue;
            }
            let cell = if self.separator == b'\t' { cell } else { unguarded(cell) };
            match column {
                UnitColumn::Segment(lang) => unit.variants.push(Variant::new(lang.clone(), normalised(cell))),
                UnitColumn::Target => {}
                UnitColumn::TargetLang => self.target = Some(language(self.target.take(), cell.trim())?),
                UnitColumn::Nothing => {}
                column => put(&mut unit, column, normalised(cell.trim())),
            }
        }
        if unit.origin.source.is_empty() {
            unit.origin.source.clone_from(&self.source);
        }
        self.add_target(&mut unit)?;
        unit.flaw().map_or(Ok(unit), |flaw| Err(flaw.to_string()))
    }

    /// Adds the segment whose language stands in the row, in whichever order the two columns come.
    fn add_target(&self, unit: &mut TranslationUnit) -> Result<(), String> {
        let cell = |wanted: &UnitColumn| {
            let at = self.columns.iter().position(|column| column == wanted);
            at.and_then(|at| self.record.get(at)).filter(|cell| !cell.trim().is_empty())
        };
        let Some(text) = cell(&UnitColumn::Target) else { return Ok(()) };
        let Some(lang) = self.target.as_ref().filter(|_| cell(&UnitColumn::TargetLang).is_some()) else {
            return Err("the row does not name the language of its target".to_owned());
        };
        let text = if self.separator == b'\t' { text } else { unguarded(text) };
        unit.variants.push(Variant::new(lang.clone(), normalised(text)));
        Ok(())
    }
}

impl UnitReader for BitextReader {
    fn next_unit(&mut self) -> Result<Option<UnitRecord>, UnitFileError> {
        if !self.advance()? {
            return Ok(None);
        }
        let line = self.record.position().map_or(0, csv::Position::line);
        Ok(Some(UnitRecord { line, unit: self.unit() }))
    }

    fn position(&self) -> u64 {
        self.reader.position().byte()
    }

    fn describe(&self) -> String {
        let quotes = if self.quoted { "" } else { " without quotes" };
        let header = if self.has_header { "" } else { ", no header row" };
        let guessed = if self.guessed { " (told by their letters; --columns overrides)" } else { "" };
        let names: Vec<&str> = self.columns.iter().map(UnitColumn::heading).filter(|name| !name.is_empty()).collect();
        format!("{}{quotes}{header}; columns {}{guessed}", dialect::name(self.separator), names.join(", "))
    }
}

/// Returns the language of a target: that of the row before where it is the same.
fn language(before: Option<Lang>, tag: &str) -> Result<Lang, String> {
    match before {
        Some(lang) if lang.tag() == tag => Ok(lang),
        _ => Lang::parse(tag).map_err(|error| error.to_string()),
    }
}

fn put(unit: &mut TranslationUnit, column: &UnitColumn, text: String) {
    let origin = &mut unit.origin;
    match column {
        UnitColumn::Source => origin.source = text,
        UnitColumn::Document => origin.document = Some(text),
        UnitColumn::Domain => origin.domain = Some(text),
        UnitColumn::Date => origin.date = Some(text),
        UnitColumn::Author => origin.author = Some(text),
        UnitColumn::Confidence => match text.trim_end_matches('%').parse() {
            Ok(per_cent @ 0..=100) => unit.confidence = Some(per_cent),
            _ => unit.properties.push((column.heading().to_owned(), text)),
        },
        UnitColumn::Property(name) => unit.properties.push((name.clone(), text)),
        UnitColumn::Segment(_) | UnitColumn::Target | UnitColumn::TargetLang | UnitColumn::Nothing => {}
    }
}

/// Returns the separator of a table: a tab where every line has one, since prose is full of the others.
fn separator(beginning: &str) -> u8 {
    let mut lines = beginning.lines().filter(|line| !line.trim().is_empty()).take(50).peekable();
    let tabs = lines.peek().is_some() && lines.all(|line| line.contains('\t'));
    if tabs { b'\t' } else { dialect::separator(beginning) }
}

/// Returns whether a table with tabs quotes its cells: none is open at the end of its line, and one has a doubled quote.
fn has_doubled_quotes(beginning: &str) -> bool {
    let mut doubled = false;
    // The last line may be cut in the middle.
    let whole = beginning.rfind('\n').map_or(beginning, |end| &beginning[..end]);
    for cell in whole.lines().flat_map(|line| line.split('\t')) {
        let Some(rest) = cell.strip_prefix('"') else { continue };
        let Some(inside) = rest.strip_suffix('"') else { return false };
        let without = inside.replace("\"\"", "");
        if without.contains('"') {
            return false;
        }
        doubled |= without.len() < inside.len();
    }
    doubled
}

fn table_error(error: csv::Error) -> UnitFileError {
    let line = error.position().map_or(0, csv::Position::line);
    match error.into_kind() {
        csv::ErrorKind::Io(error) => UnitFileError::Read(error),
        csv::ErrorKind::Utf8 { .. } => UnitFileError::malformed(Place { line, column: 1 }, "a cell of the row is not UTF-8"),
        _ => UnitFileError::malformed(Place { line, column: 1 }, "the row is no row of a table"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, columns: Option<&str>) -> (String, Vec<String>) {
        let options = UnitFileOptions { columns: columns.map(str::to_owned), ..UnitFileOptions::default() };
        let mut reader = BitextReader::new(Box::new(io::Cursor::new(text.to_owned())), &options).unwrap();
        let mut shown = Vec::new();
        while let Some(UnitRecord { line, unit }) = reader.next_unit().unwrap() {
            let texts =
                |unit: TranslationUnit| unit.variants.into_iter().map(|variant| format!("{}={}", variant.lang, variant.text));
            shown.push(match unit {
                Ok(unit) => format!("{line} {}", texts(unit).collect::<Vec<_>>().join(" ")),
                Err(reason) => format!("{line} {}", reason.split(';').next().unwrap_or_default()),
            });
        }
        (reader.describe(), shown)
    }

    #[test]
    fn quotes_without_end_swallow_no_rows() {
        let (said, rows) = read("en\tko\n\"Yes.\t\"네.\nNo.\t아니요.\n", None);
        assert_eq!(said, "tab without quotes; columns en, ko");
        assert_eq!(rows, ["2 en=\"Yes. ko=\"네.", "3 en=No. ko=아니요."]);
        let (said, rows) = read("en\tko\n\"She said \"\"yes\"\".\"\t네.\n", None);
        assert_eq!(
            (said.as_str(), rows.as_slice()),
            ("tab; columns en, ko", &["2 en=She said \"yes\". ko=네.".to_owned()][..])
        );
    }

    #[test]
    fn the_language_of_the_target_may_stand_in_the_row() {
        let text =
            "wiki\tko\tYes.\t네.\nwiki\tzh_TW\tNo.\t不。\nwiki\t\tNo.\t不。\nwiki\t??\tNo.\t不。\nwiki\tko\tNo.\t \nwiki\tko\n";
        let (said, rows) = read(text, Some("document,lang,en,target"));
        assert_eq!(said, "tab without quotes, no header row; columns document, lang, en, target");
        assert_eq!(
            rows,
            [
                "1 en=Yes. ko=네.",
                "2 en=No. zh-Hant=不。",
                "3 the row does not name the language of its target",
                "4 `??` is not a language tag",
                "5 the unit has a segment in en only",
                "6 the row has 2 cells where there are 4 columns",
            ]
        );
    }
}
