//! Writes units as a table with a header.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::exchange::bitext::UnitColumn;
use crate::exchange::cell::guarded;
use crate::exchange::csv::write_error;
use crate::exchange::unit_file::UnitWriter;
use crate::memory::unit::TranslationUnit;

/// Which kind of table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TableKind {
    /// Tabs and no quotes: tabs and line breaks inside a cell become spaces.
    Tsv,
    /// Commas and quotes: a cell that a spreadsheet would run as a formula gets an apostrophe before it.
    Csv,
}

/// Writes units as a table. Inline codes are left out; a property for which there is no column is too.
pub struct BitextWriter<W: Write> {
    table: Table<W>,
    columns: Vec<UnitColumn>,
}

enum Table<W: Write> {
    Tsv(W),
    Csv(Box<csv::Writer<W>>),
}

impl<W: Write> BitextWriter<W> {
    /// Begins a table with its header row.
    pub fn new(out: W, kind: TableKind, columns: Vec<UnitColumn>) -> io::Result<Self> {
        let mut table = match kind {
            TableKind::Tsv => Table::Tsv(out),
            TableKind::Csv => Table::Csv(Box::new(csv::Writer::from_writer(out))),
        };
        table.write(columns.iter().map(|column| Cow::Borrowed(column.heading())))?;
        Ok(Self { table, columns })
    }
}

impl<W: Write> UnitWriter for BitextWriter<W> {
    fn write(&mut self, unit: &TranslationUnit) -> io::Result<()> {
        self.table.write(self.columns.iter().map(|column| cell(unit, column)))
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        match &mut self.table {
            Table::Tsv(out) => out.flush(),
            Table::Csv(writer) => writer.flush(),
        }
    }
}

impl<W: Write> Table<W> {
    fn write<'c>(&mut self, cells: impl Iterator<Item = Cow<'c, str>>) -> io::Result<()> {
        match self {
            Self::Tsv(out) => {
                let cells: Vec<String> = cells.map(|cell| cell.replace(['\t', '\n', '\r'], " ")).collect();
                writeln!(out, "{}", cells.join("\t"))
            }
            Self::Csv(writer) => writer.write_record(cells.map(|cell| guarded(cell.into_owned()))).map_err(write_error),
        }
    }
}

fn cell<'u>(unit: &'u TranslationUnit, column: &UnitColumn) -> Cow<'u, str> {
    let origin = &unit.origin;
    let borrowed = |text: &'u Option<String>| text.as_deref().unwrap_or_default();
    Cow::Borrowed(match column {
        UnitColumn::Segment(lang) => unit.variant(lang).map_or("", |variant| &variant.text),
        UnitColumn::Source => &origin.source,
        UnitColumn::Document => borrowed(&origin.document),
        UnitColumn::Domain => borrowed(&origin.domain),
        UnitColumn::Date => borrowed(&origin.date),
        UnitColumn::Author => borrowed(&origin.author),
        UnitColumn::Confidence => return unit.confidence.map_or(String::new(), |per_cent| per_cent.to_string()).into(),
        UnitColumn::Property(name) => unit.properties.iter().find(|(found, _)| found == name).map_or("", |(_, value)| value),
        UnitColumn::TargetLang | UnitColumn::Target | UnitColumn::Nothing => "",
    })
}
