//! Findings for people: the line, a caret exactly under the place, the form to write.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use tongsa::check::finding::{Finding, Severity};
use tongsa::text::line_index::LineIndex;

use crate::cli::card;

/// Writes the findings in one draft.
pub fn findings(out: &mut impl Write, path: &str, text: &str, findings: &[Finding]) -> io::Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    let lines = LineIndex::new(text);
    let renderer = Renderer::styled().term_width(card::width());
    for finding in findings {
        let place = lines.line_column(text, finding.span.start);
        let start = text[..finding.span.start].rfind('\n').map_or(0, |at| at + 1);
        // A name over the end of a line is marked in its first line: one line each keeps within the terminal.
        let end = text[finding.span.start..].find('\n').map_or(text.len(), |at| finding.span.start + at);
        let level = match finding.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Info => Level::INFO,
        };
        let label = finding.suggestions.first().map_or(String::new(), |form| format!("write {form}"));
        let line = text[start..end].trim_end_matches('\r');
        let marked = finding.span.start - start..(finding.span.end - start).min(line.len());
        let annotation = AnnotationKind::Primary.span(marked).label(label);
        let snippet = Snippet::source(line).path(path).line_start(place.line).annotation(annotation);
        let proof = format!("{} · {}", finding.concept, finding.rule);
        let group = level.primary_title(&finding.message).element(snippet).element(Level::NOTE.message(&proof));
        writeln!(out, "{}\n", renderer.render(&[group]))?;
    }
    Ok(())
}

/// Writes the closing line.
pub fn summary(out: &mut impl Write, drafts: usize, errors: usize, warnings: usize, infos: usize) -> io::Result<()> {
    let drafts = if drafts == 1 { "1 draft".to_owned() } else { format!("{drafts} drafts") };
    if errors + warnings + infos == 0 {
        return writeln!(out, "{drafts} checked: nothing to report");
    }
    let count = |number: usize, what: &str| match number {
        0 => None,
        1 => Some(format!("1 {what}")),
        _ => Some(format!("{number} {what}s")),
    };
    let counts = [count(errors, "error"), count(warnings, "warning"), count(infos, "remark")];
    writeln!(out, "{drafts} checked: {}", counts.into_iter().flatten().collect::<Vec<_>>().join(", "))
}
