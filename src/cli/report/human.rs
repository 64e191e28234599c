//! Findings for people: the line, a caret exactly under the place, the form to write.

use std::io::{self, Write};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};
use tongsa::check::finding::{Finding, Severity};

use crate::cli::card;
use crate::cli::failure::Failure;
use crate::cli::report::CheckedFile;

/// Writes the report on some drafts.
pub fn write(out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
    if checked.is_empty() {
        return Ok(());
    }
    let renderer = Renderer::styled().term_width(card::width());
    for draft in checked {
        for finding in &draft.report.findings {
            writeln!(out, "{}\n", rendered(&renderer, draft, finding))?;
        }
    }
    let findings = || checked.iter().flat_map(|draft| &draft.report.findings);
    let count = |severity| findings().filter(|finding| finding.severity == severity).count();
    summary(out, checked.len(), [count(Severity::Error), count(Severity::Warning), count(Severity::Info)])?;
    Ok(())
}

fn rendered(renderer: &Renderer, draft: &CheckedFile, finding: &Finding) -> String {
    let text = &draft.file.text;
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
    let line_number = draft.file.place(finding.span).start.line;
    let snippet = Snippet::source(line).path(&draft.path).line_start(line_number).annotation(annotation);
    let proof = finding.concept.as_ref().map_or(String::new(), |concept| format!("{concept} · "));
    let proof = format!("{proof}{}", finding.rule);
    let group = level.primary_title(&finding.message).element(snippet).element(Level::NOTE.message(&proof));
    renderer.render(&[group])
}

/// Writes the closing line.
fn summary(out: &mut dyn Write, drafts: usize, [errors, warnings, infos]: [usize; 3]) -> io::Result<()> {
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
