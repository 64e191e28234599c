//! Findings in the diagnostic format of reviewdog, with the fixes as suggestions.
//!
//! The shape is that of `proto/rdf/reviewdog.proto`: columns count bytes of UTF-8 from 1, an end is behind its last character.

use std::borrow::Cow;
use std::io::Write;

use serde::Serialize;
use tongsa::check::finding::{Finding, Fix, Severity, SourceQuote};
use tongsa::exchange::draft_file::DraftFile;
use tongsa::text::line_index::{ColumnUnit, LineColumn};
use tongsa::text::span::Span;

use crate::cli::failure::Failure;
use crate::cli::report::CheckedFile;
use crate::cli::report::place::{self, slashed};

#[derive(Serialize)]
struct DiagnosticResult<'a> {
    source: Source,
    diagnostics: Vec<Diagnostic<'a>>,
}

#[derive(Serialize)]
struct Source {
    name: &'static str,
}

#[derive(Serialize)]
struct Diagnostic<'a> {
    message: &'a str,
    location: Location,
    severity: &'static str,
    code: Code,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<Suggestion<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<RelatedLocation<'a>>,
}

#[derive(Serialize)]
struct Location {
    path: String,
    range: Range,
}

#[derive(Serialize)]
struct Range {
    start: Position,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<Position>,
}

#[derive(Serialize)]
struct Position {
    line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    column: Option<usize>,
}

#[derive(Serialize)]
struct Code {
    value: &'static str,
}

#[derive(Serialize)]
struct Suggestion<'a> {
    range: Range,
    text: Cow<'a, str>,
}

#[derive(Serialize)]
struct RelatedLocation<'a> {
    message: &'a str,
    location: Location,
}

/// Writes the report on some drafts.
pub fn write(out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
    let diagnostics =
        checked.iter().flat_map(|draft| draft.report.findings.iter().map(|finding| diagnostic(draft, finding))).collect();
    serde_json::to_writer(&mut *out, &DiagnosticResult { source: Source { name: "tongsa" }, diagnostics })?;
    writeln!(out)?;
    Ok(())
}

fn diagnostic<'a>(draft: &CheckedFile, finding: &'a Finding) -> Diagnostic<'a> {
    Diagnostic {
        message: &finding.message,
        location: Location { path: slashed(&draft.path), range: range(&draft.file, finding.span) },
        severity: match finding.severity {
            Severity::Error => "ERROR",
            Severity::Warning => "WARNING",
            Severity::Info => "INFO",
        },
        code: Code { value: finding.rule },
        // What lies in no text file has no range to write to.
        suggestions: finding
            .fix
            .iter()
            .filter(|_| draft.file.encoding.is_some())
            .filter_map(|fix| suggestion(&draft.file, fix))
            .collect(),
        related_locations: finding.source.iter().map(related).collect(),
    }
}

/// A fix over markup is more than one replacement; it is left to `--fix`.
fn suggestion<'a>(file: &DraftFile, fix: &'a Fix) -> Option<Suggestion<'a>> {
    Some(Suggestion { range: range(file, fix.span), text: file.replacement(fix.span, &fix.text)? })
}

/// The source text is not at hand for its columns to be counted in bytes; the line is enough to find the words.
fn related(quote: &SourceQuote) -> RelatedLocation<'_> {
    let start = Position { line: quote.place.line, column: None };
    RelatedLocation {
        message: &quote.text,
        location: Location { path: slashed(&quote.name), range: Range { start, end: None } },
    }
}

fn range(file: &DraftFile, span: Span) -> Range {
    let position = |at: LineColumn| Position { line: at.line, column: Some(at.column) };
    let (start, end) = place::range(file, span, ColumnUnit::Utf8);
    Range { start: position(start), end: Some(position(end)) }
}
