//! What the columns of a table of units hold: by its header, by what the user says, or by the letters in its first rows.

use std::collections::BTreeSet;

use crate::exchange::header;
use crate::exchange::unit_file::{UnitFileError, UnitFileOptions};
use crate::lang::Lang;
use crate::memory::unit::TranslationUnit;
use crate::text::script;

/// What one column holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UnitColumn {
    /// Segments of a language.
    Segment(Lang),
    /// The language of the target in the same row.
    TargetLang,
    /// Segments of the language that [`UnitColumn::TargetLang`] names.
    Target,
    /// Where the unit came from.
    Source,
    /// The document within the source.
    Document,
    /// The field it belongs to.
    Domain,
    /// When it was made.
    Date,
    /// Who made it.
    Author,
    /// How sure it is, in per cent.
    Confidence,
    /// Anything else, kept under its heading.
    Property(String),
    /// A column without heading and content.
    Nothing,
}

/// The headings of the columns that are no segments.
const KNOWN: [(&str, UnitColumn); 9] = [
    ("lang", UnitColumn::TargetLang),
    ("language", UnitColumn::TargetLang),
    ("target", UnitColumn::Target),
    ("source", UnitColumn::Source),
    ("document", UnitColumn::Document),
    ("domain", UnitColumn::Domain),
    ("date", UnitColumn::Date),
    ("author", UnitColumn::Author),
    ("confidence", UnitColumn::Confidence),
];

impl UnitColumn {
    fn of(heading: &str) -> Self {
        let heading = heading.trim_matches(['\u{FEFF}', ' ', '"']);
        let lower = heading.to_lowercase();
        if heading.is_empty() {
            return Self::Nothing;
        }
        let known = KNOWN.iter().find(|(name, _)| *name == lower).map(|(_, column)| column.clone());
        let language = || header::language(&lower).map(Self::Segment);
        known.or_else(language).unwrap_or_else(|| Self::Property(heading.to_owned()))
    }

    /// Returns the heading under which the column is written.
    pub fn heading(&self) -> &str {
        match self {
            Self::Segment(lang) => lang.tag(),
            Self::Property(name) => name,
            Self::Nothing => "",
            known => KNOWN.iter().find(|(_, column)| column == known).map_or("", |(name, _)| name),
        }
    }
}

/// What the columns of a table are, and whether its first row says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct UnitColumns {
    pub columns: Vec<UnitColumn>,
    pub has_header: bool,
    pub guessed: bool,
}

impl UnitColumns {
    /// Tells the columns from the first rows and from what the user says, who is right where both speak.
    pub fn of(rows: &[Vec<&str>], options: &UnitFileOptions) -> Result<Self, UnitFileError> {
        let read: Vec<UnitColumn> = rows.first().into_iter().flatten().map(|cell| UnitColumn::of(cell)).collect();
        let sides = read == [UnitColumn::Source, UnitColumn::Target];
        let has_header = sides || languages(&read) >= 2;
        let (columns, guessed) = match &options.columns {
            Some(named) => (named.split(',').map(UnitColumn::of).collect(), false),
            None if has_header && !sides => (read, false),
            None => without_header(&rows[usize::from(sides)..], options),
        };
        check(&columns)?;
        Ok(Self { columns, has_header, guessed })
    }
}

/// Returns how many languages the columns hold, the one that each row names among them.
fn languages(columns: &[UnitColumn]) -> usize {
    let target = columns.contains(&UnitColumn::Target) && columns.contains(&UnitColumn::TargetLang);
    columns.iter().filter(|column| matches!(column, UnitColumn::Segment(_))).count() + usize::from(target)
}

/// Returns the columns of a table without a header, and whether they were told by their letters.
fn without_header(rows: &[Vec<&str>], options: &UnitFileOptions) -> (Vec<UnitColumn>, bool) {
    let width = rows.iter().map(Vec::len).max().unwrap_or(0);
    match (&options.from, &options.to) {
        (Some(from), Some(to)) if width <= 2 => ([from, to].map(|lang| UnitColumn::Segment(lang.clone())).to_vec(), false),
        _ => ((0..width).map(|position| by_letters(rows, position)).collect(), true),
    }
}

fn by_letters(rows: &[Vec<&str>], position: usize) -> UnitColumn {
    let cells: Vec<&str> = rows.iter().filter_map(|row| row.get(position).copied()).collect();
    match script::detect_language(&cells.join("\n")) {
        Some(lang) => UnitColumn::Segment(lang),
        None if cells.iter().all(|cell| cell.trim().is_empty()) => UnitColumn::Nothing,
        None => UnitColumn::Property(format!("column {}", position + 1)),
    }
}

/// Holds the columns to two languages, and each column to one place.
fn check(columns: &[UnitColumn]) -> Result<(), UnitFileError> {
    for (position, column) in columns.iter().enumerate().filter(|(_, column)| **column != UnitColumn::Nothing) {
        if let Some(first) = columns[..position].iter().position(|before| before == column) {
            return Err(UnitFileError::Languages(format!(
                "the columns {} and {} are both `{}`; name the columns, as in --columns document,en,ko",
                first + 1,
                position + 1,
                column.heading()
            )));
        }
    }
    if languages(columns) < 2 {
        let reason = "no two columns are in languages that can be told; name the columns, as in --columns en,ko";
        return Err(UnitFileError::Languages(reason.to_owned()));
    }
    Ok(())
}

/// The columns that some units need, found by showing them all before the first is written.
#[derive(Clone, Debug, Default)]
pub struct UnitColumnSurvey {
    languages: BTreeSet<Lang>,
    properties: Vec<String>,
    source: bool,
    document: bool,
    domain: bool,
    date: bool,
    author: bool,
    confidence: bool,
}

impl UnitColumnSurvey {
    /// Notes what a unit needs.
    pub fn see(&mut self, unit: &TranslationUnit) {
        for variant in &unit.variants {
            if !self.languages.contains(&variant.lang) {
                self.languages.insert(variant.lang.clone());
            }
        }
        for (name, _) in &unit.properties {
            if !self.properties.contains(name) {
                self.properties.push(name.clone());
            }
        }
        self.source |= !unit.origin.source.is_empty();
        self.document |= unit.origin.document.is_some();
        self.domain |= unit.origin.domain.is_some();
        self.date |= unit.origin.date.is_some();
        self.author |= unit.origin.author.is_some();
        self.confidence |= unit.confidence.is_some();
    }

    /// Returns the columns: the languages in the order of [`Lang`], then the rest.
    pub fn columns(&self) -> Vec<UnitColumn> {
        let mut columns: Vec<UnitColumn> = self.languages.iter().cloned().map(UnitColumn::Segment).collect();
        for (needed, column) in [
            (self.source, UnitColumn::Source),
            (self.document, UnitColumn::Document),
            (self.domain, UnitColumn::Domain),
            (self.date, UnitColumn::Date),
            (self.author, UnitColumn::Author),
            (self.confidence, UnitColumn::Confidence),
        ] {
            columns.extend(needed.then_some(column));
        }
        // A property that would be read as another column stays behind its own name.
        let free = |name: &&String| UnitColumn::of(name) == UnitColumn::Property((*name).clone());
        columns.extend(self.properties.iter().filter(free).cloned().map(UnitColumn::Property));
        columns
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(rows: &[&[&str]], columns: Option<&str>, pair: Option<(Lang, Lang)>) -> String {
        let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.to_vec()).collect();
        let (from, to) = pair.map_or((None, None), |(from, to)| (Some(from), Some(to)));
        let options = UnitFileOptions { columns: columns.map(str::to_owned), from, to, ..UnitFileOptions::default() };
        match UnitColumns::of(&rows, &options) {
            Ok(told) => {
                let names: Vec<&str> = told.columns.iter().map(UnitColumn::heading).collect();
                let header = if told.has_header { "header: " } else { "" };
                format!("{header}{}", names.join(" "))
            }
            Err(error) => error.to_string().split(';').next().unwrap_or_default().to_owned(),
        }
    }

    #[test]
    fn columns_are_told_by_header_user_or_letters() {
        let pair = Some((Lang::En, Lang::ZhHant));
        for (rows, columns, pair, expected) in [
            (&[&["ko", "en", "note", "Date"][..]][..], None, None, "header: ko en note date"),
            (&[&["English", "한국어", "", "confidence"]], None, None, "header: en ko  confidence"),
            (&[&["document", "lang", "en", "target"]], None, None, "header: document lang en target"),
            (&[&["wiki", "ko", "Yes.", "네."]], Some("document,lang,en,target"), None, "document lang en target"),
            (&[&["en", "ko"]], Some("ko,en"), None, "header: ko en"),
            (&[&["source", "target"], &["Yes, of course.", "네, 물론입니다."]], None, None, "header: en ko"),
            (&[&["Yes, of course.", "네, 물론입니다.", "12"]], None, None, "en ko column 3"),
            (&[&["12", "13"]], None, pair, "en zh-Hant"),
            (&[&["Yes.", "No."]], None, None, "the columns 1 and 2 are both `en`"),
            (&[&["12", "네."]], None, None, "no two columns are in languages that can be told"),
            (&[&["note", "en"]], None, None, "the columns 1 and 2 are both `en`"),
            (&[], None, None, "no two columns are in languages that can be told"),
        ] {
            assert_eq!(told(rows, columns, pair), expected, "{rows:?}");
        }
    }
}
