//! Findings as a table, safe to open in a spreadsheet.

use std::io::Write;

use tongsa::check::finding::Finding;
use tongsa::exchange::csv::{guarded, write_error};
use tongsa::glossary::concept::ConceptId;

use crate::cli::failure::Failure;
use crate::cli::report::CheckedFile;
use crate::cli::report::place::slashed;

const HEADINGS: [&str; 12] = [
    "path",
    "line",
    "column",
    "severity",
    "rule",
    "text",
    "message",
    "suggestions",
    "fix",
    "concept",
    "source place",
    "source text",
];

/// Writes the report on some drafts: a row a finding, columns in Unicode scalar values, suggestions with `|` between them.
pub fn write(out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(HEADINGS).map_err(write_error)?;
    for draft in checked {
        for finding in &draft.report.findings {
            writer.write_record(row(draft, finding).map(guarded)).map_err(write_error)?;
        }
    }
    writer.flush()?;
    Ok(())
}

fn row(draft: &CheckedFile, finding: &Finding) -> [String; HEADINGS.len()] {
    let at = draft.file.place(finding.span).start;
    let source = finding.source.as_ref();
    [
        slashed(&draft.path),
        at.line.to_string(),
        at.column.to_string(),
        finding.severity.name().to_owned(),
        finding.rule.to_owned(),
        finding.span.of(&draft.file.text).to_owned(),
        finding.message.clone(),
        finding.suggestions.join("|"),
        finding.fix.as_ref().map_or("", |fix| if fix.safe { "safe" } else { "probable" }).to_owned(),
        finding.concept.as_ref().map_or("", ConceptId::as_str).to_owned(),
        source.map_or(String::new(), |quote| format!("{}:{}:{}", slashed(&quote.name), quote.place.line, quote.place.column)),
        source.map_or(String::new(), |quote| quote.text.clone()),
    ]
}
