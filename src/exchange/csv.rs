//! Glossaries as CSV, by the contract of the manual: one concept a row, a language a column.
//!
//! A cell holds one or more terms with `|` between them. A term may carry details in braces: `기재부{to=2026-01-01}`, with the
//! names `from`, `to`, `note`, `source`. A backslash takes the meaning from the next `|`, `{`, `}`, `;` or `\`.

mod column_survey;

use std::io::{self, Read, Write};

pub use crate::exchange::cell::guarded;
use crate::exchange::cell::{normalised, read_terms, unguarded, write_term};
pub use crate::exchange::csv::column_survey::ColumnSurvey;
use crate::exchange::dialect;
use crate::exchange::header::{self, Column, HeaderError};
use crate::glossary::concept::{Concept, ConceptId, Kind};
use crate::glossary::term::TermStatus;
use csv::{ReaderBuilder, StringRecord};

/// How many rows tell the columns of a file without headings.
const SAMPLE_ROWS: usize = 200;

/// What the user says about a file beforehand.
#[derive(Clone, Debug, Default)]
pub struct CsvOptions {
    /// The character between cells, where it is not to be told from the file.
    pub separator: Option<u8>,
    /// The columns, where the file has no headings or wrong ones: `en,ko,note`.
    pub columns: Option<String>,
    /// What ids made from terms begin with.
    pub glossary: String,
}

/// Why a file is no glossary.
#[derive(Debug, thiserror::Error)]
pub enum CsvError {
    /// The columns cannot be told.
    #[error(transparent)]
    Header(#[from] HeaderError),
    /// The bytes cannot be read.
    #[error(transparent)]
    Read(#[from] io::Error),
    /// The file ends within quotes or is no CSV for another reason.
    #[error("{0}")]
    Malformed(String),
}

/// A row with its place in the file.
#[derive(Clone, Debug)]
pub struct Row {
    /// The line in which it begins, from 1.
    pub line: u64,
    record: StringRecord,
}

/// Reads rows from CSV, and concepts from rows.
pub struct GlossaryReader {
    reader: csv::Reader<Box<dyn Read + Send>>,
    layout: Layout,
    waiting: std::vec::IntoIter<StringRecord>,
}

/// How the rows of a file are to be read.
#[derive(Clone, Debug)]
pub struct Layout {
    /// What each column holds.
    pub columns: Vec<Column>,
    /// The character between cells.
    pub separator: u8,
    /// Whether the first row was headings.
    pub has_header: bool,
    glossary: String,
}

impl GlossaryReader {
    /// Reads the beginning of a file and tells its columns.
    pub fn new(mut text: Box<dyn Read + Send>, options: &CsvOptions) -> Result<Self, CsvError> {
        let mut beginning = vec![0; 1 << 16];
        let filled = fill(&mut text, &mut beginning)?;
        beginning.truncate(filled);
        if is_xml(&beginning) {
            return Err(CsvError::Malformed("it is XML, and glossaries are read from tables; export it as CSV".into()));
        }
        let separator = options.separator.unwrap_or_else(|| dialect::separator(&String::from_utf8_lossy(&beginning)));
        let text: Box<dyn Read + Send> = Box::new(io::Cursor::new(beginning).chain(text));
        let mut reader = ReaderBuilder::new()
            .delimiter(separator)
            .has_headers(false)
            .flexible(true)
            .buffer_capacity(1 << 18)
            .from_reader(text);
        let mut sample = Vec::new();
        for record in reader.records().take(SAMPLE_ROWS) {
            sample.push(record.map_err(csv_error)?);
        }
        let first: Vec<&str> = sample.first().map(|record| record.iter().collect()).unwrap_or_default();
        let heading = header::read(&first).transpose();
        let pair = first.iter().any(|cell| cell.trim().eq_ignore_ascii_case("target"));
        let (columns, has_header) = match (&options.columns, heading) {
            (Some(named), heading) => (header::named(named)?, pair || !matches!(heading, Ok(None))),
            (None, heading) => match heading? {
                Some(columns) => (columns, true),
                None => {
                    let rows = sample[usize::from(pair)..].iter().map(|record| record.iter().collect());
                    (header::guess(&rows.collect::<Vec<_>>())?, pair)
                }
            },
        };
        if has_header {
            sample.remove(0);
        }
        let layout = Layout { columns, separator, has_header, glossary: options.glossary.clone() };
        Ok(Self { reader, layout, waiting: sample.into_iter() })
    }

    /// Returns how the rows are read.
    pub fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Returns the next row.
    pub fn next_row(&mut self) -> Result<Option<Row>, CsvError> {
        if let Some(record) = self.waiting.next() {
            return Ok(Some(row(record)));
        }
        let mut record = StringRecord::new();
        let more = self.reader.read_record(&mut record).map_err(csv_error)?;
        Ok(more.then(|| row(record)))
    }

    /// Returns how many bytes of the text have been read.
    pub fn position(&self) -> u64 {
        self.reader.position().byte()
    }
}

/// Returns whether a text begins with a declaration or an element, which no table does.
fn is_xml(beginning: &[u8]) -> bool {
    let text = beginning.trim_ascii_start();
    let element =
        text.first() == Some(&b'<') && text.get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || b"?!".contains(byte));
    element && text.contains(&b'>')
}

fn row(record: StringRecord) -> Row {
    Row { line: record.position().map_or(0, csv::Position::line), record }
}

pub(super) fn fill(reader: &mut dyn Read, buffer: &mut [u8]) -> io::Result<usize> {
    let mut filled = 0;
    while filled < buffer.len() {
        match reader.read(&mut buffer[filled..])? {
            0 => break,
            read => filled += read,
        }
    }
    Ok(filled)
}

fn csv_error(error: csv::Error) -> CsvError {
    let place = error.position().map_or(String::new(), |position| format!(" in line {}", position.line()));
    match error.into_kind() {
        csv::ErrorKind::Io(error) => CsvError::Read(error),
        csv::ErrorKind::Utf8 { .. } => CsvError::Malformed(format!("a cell{place} is not UTF-8")),
        _ => CsvError::Malformed(format!("the rows{place} are not CSV")),
    }
}

impl Layout {
    /// Says how the file is read, for the report.
    pub fn describe(&self) -> String {
        let (other, known): (Vec<&Column>, Vec<&Column>) = self
            .columns
            .iter()
            .filter(|column| **column != Column::Nothing)
            .partition(|column| matches!(column, Column::Property(_)));
        let shown = listed(&known);
        let other = if other.is_empty() { String::new() } else { format!("; kept as they are: {}", listed(&other)) };
        let header = if self.has_header { "" } else { ", no header row" };
        format!("{}{header}; columns {shown}{other}", dialect::name(self.separator))
    }

    /// Reads the concept of a row; `None` for a row of empty cells, an error where the row cannot be one.
    pub fn concept(&self, row: &Row) -> Option<Result<Concept, String>> {
        let record = &row.record;
        if record.iter().all(|cell| cell.trim().is_empty()) {
            return None;
        }
        let (cells, columns) = (record.len(), self.columns.len());
        if self.has_header && cells != columns {
            return Some(Err(format!(
                "the row has {cells} cells where the header has {columns}; check its quotes and separators"
            )));
        }
        let mut concept = Concept::new(ConceptId(String::new()), Kind::Term);
        for (column, cell) in self.columns.iter().zip(record.iter()) {
            let cell = cell.trim();
            if !cell.is_empty() {
                put(&mut concept, column, &normalised(unguarded(cell)));
            }
        }
        if concept.id.0.is_empty() {
            let first = self.columns.iter().find_map(|column| match column {
                Column::Terms(lang, ..) => concept.section(lang).map(|section| section.terms[0].text.as_str()),
                _ => None,
            });
            concept.id = ConceptId::from_term(&self.glossary, first.unwrap_or(""));
        }
        Some(Ok(concept))
    }
}

/// Lists columns by their headings, a few of many.
fn listed(columns: &[&Column]) -> String {
    const SHOWN: usize = 24;
    let names: Vec<String> = columns.iter().take(SHOWN).map(|column| header::heading(column)).collect();
    let more = if columns.len() > SHOWN { format!(" ... ({} columns)", columns.len()) } else { String::new() };
    format!("{}{more}", names.join(", "))
}

fn put(concept: &mut Concept, column: &Column, cell: &str) {
    let text = || Some(cell.to_owned());
    match column {
        Column::Id => concept.id = ConceptId(cell.to_owned()),
        Column::Kind => concept.kind = Kind::from_name(cell),
        Column::Domain => concept.domain = text(),
        Column::Note => concept.note = text(),
        Column::Source => concept.source = text(),
        Column::ValidFrom => concept.validity.from = text(),
        Column::ValidTo => concept.validity.to = text(),
        Column::Property(name) => concept.properties.push((name.clone(), cell.to_owned())),
        Column::Nothing => {}
        Column::Terms(lang, status, form) => {
            for (position, mut term) in read_terms(cell).into_iter().enumerate() {
                // A second term in the column of the preferred one is right as well.
                let second = position > 0 && *status == TermStatus::Preferred;
                term.status = if second { TermStatus::Admitted } else { *status };
                term.form = *form;
                concept.add_term(lang.clone(), term);
            }
        }
    }
}

/// Writes concepts as rows.
pub struct GlossaryWriter<W: Write> {
    writer: csv::Writer<W>,
    columns: Vec<Column>,
}

impl<W: Write> GlossaryWriter<W> {
    /// Begins a file with its header row.
    pub fn new(out: W, columns: Vec<Column>) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(columns.iter().map(header::heading)).map_err(write_error)?;
        Ok(Self { writer, columns })
    }

    /// Writes one concept.
    pub fn write(&mut self, concept: &Concept) -> io::Result<()> {
        let cells = self.columns.iter().map(|column| guarded(cell(concept, column)));
        self.writer.write_record(cells).map_err(write_error)
    }

    /// Writes what is left.
    pub fn finish(mut self) -> io::Result<()> {
        self.writer.flush()
    }
}

/// Returns the error of the output below; the csv crate hides its kind, and a closed pipe must be told from a full disk.
pub fn write_error(error: csv::Error) -> io::Error {
    let text = error.to_string();
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => io::Error::other(text),
    }
}

fn cell(concept: &Concept, column: &Column) -> String {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    match column {
        Column::Id => concept.id.as_str().to_owned(),
        Column::Kind => concept.kind.name().to_owned(),
        Column::Domain => text(&concept.domain),
        Column::Note => text(&concept.note),
        Column::Source => text(&concept.source),
        Column::ValidFrom => text(&concept.validity.from),
        Column::ValidTo => text(&concept.validity.to),
        Column::Nothing => String::new(),
        Column::Property(name) => {
            concept.properties.iter().find(|(key, _)| key == name).map(|(_, value)| value.clone()).unwrap_or_default()
        }
        Column::Terms(lang, status, form) => {
            let terms = concept.section(lang).map_or(&[][..], |section| &section.terms);
            let fitting = terms.iter().filter(|term| (term.status, term.form) == (*status, *form));
            fitting.map(write_term).collect::<Vec<_>>().join("|")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::term::{Term, TermForm};
    use crate::lang::Lang;
    use proptest::prelude::*;

    fn read(text: &str) -> Vec<Result<Concept, String>> {
        let options = CsvOptions { glossary: "desk".into(), ..CsvOptions::default() };
        let mut reader = GlossaryReader::new(Box::new(io::Cursor::new(text.to_owned())), &options).unwrap();
        let mut concepts = Vec::new();
        while let Some(row) = reader.next_row().unwrap() {
            concepts.extend(reader.layout().concept(&row));
        }
        concepts
    }

    fn write(concepts: &[Concept]) -> String {
        let mut survey = ColumnSurvey::default();
        concepts.iter().for_each(|concept| survey.see(concept));
        let mut out = Vec::new();
        let mut writer = GlossaryWriter::new(&mut out, survey.columns()).unwrap();
        concepts.iter().for_each(|concept| writer.write(concept).unwrap());
        writer.finish().unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn rows_become_concepts() {
        let concepts = read(
            "id;en;ko;ko:deprecated;팀\nnpc.zhao-leji;Zhao Leji;자오러지;조락제|자오레지{to=2023};국제부\n\n;Li Xi;리시;;\n;;;;\na;b\n",
        );
        let shown: Vec<String> = concepts
            .into_iter()
            .map(|concept| match concept {
                Ok(concept) => write(&[concept]).lines().last().unwrap().to_owned(),
                Err(reason) => reason,
            })
            .collect();
        assert_eq!(
            shown,
            [
                "npc.zhao-leji,term,Zhao Leji,자오러지,조락제|자오레지{to=2023},국제부",
                "desk.li-xi,term,Li Xi,리시",
                "the row has 2 cells where the header has 5; check its quotes and separators",
            ]
        );
    }

    #[test]
    fn cells_are_composed_and_formulas_are_guarded() {
        let concept = read("en,ko,note\nSi,\u{1109}\u{1175}\u{110C}\u{1175}\u{11AB},'=1+1\n")[0].clone().unwrap();
        assert_eq!(concept.preferred(&Lang::Ko).unwrap().text, "시진");
        assert_eq!(concept.note.as_deref(), Some("=1+1"));
        assert!(write(&[concept]).contains("'=1+1"));
    }

    fn any_concept() -> impl Strategy<Value = Concept> {
        let word = "[A-Za-z가-깋一-丂|{}\\\\;=+'\"@,\n-]{0,8}[A-Za-z가-깋]";
        let term = (word, 0..4usize, 0..4usize, proptest::option::of(word));
        let terms = proptest::collection::vec((0..5usize, term), 1..6);
        (terms, proptest::option::of(word), proptest::option::of(word), "[a-z]{1,9}").prop_map(|(terms, note, extra, id)| {
            let mut concept = Concept::new(ConceptId(id), Kind::Person);
            for (lang, (text, status, form, note)) in terms {
                let lang = Lang::parse(["en", "ko", "zh-Hans", "zh-Hant", "ko-Hani"][lang]).unwrap();
                let mut status = TermStatus::ALL[status];
                let form = TermForm::ALL[form];
                let taken = concept.section(&lang).is_some_and(|section| section.preferred().is_some());
                if taken && status == TermStatus::Preferred {
                    status = TermStatus::Admitted;
                }
                concept.add_term(lang, Term { form, note, ..Term::new(text.trim().to_owned(), status) });
            }
            concept.note = note.map(|note| note.trim().to_owned());
            concept.properties.extend(extra.map(|extra| ("extra".to_owned(), extra.trim().to_owned())));
            concept
        })
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(concept in any_concept()) {
            let text = write(std::slice::from_ref(&concept));
            let back = read(&text);
            prop_assert_eq!(back.len(), 1, "{}", text);
            prop_assert_eq!(back[0].as_ref(), Ok(&concept), "{}", text);
            prop_assert_eq!(write(&[concept]), text);
        }
    }
}
