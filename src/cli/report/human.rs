//! Findings for people: the line, a caret exactly under the place, the form to write. What a draft has at many places is shown
//! at the first, with the others named.

use std::io::{self, Write};
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Level, Message, Renderer, Snippet};
use tongsa::check::finding::{Finding, Severity};
use tongsa::text::line_index::LineColumn;
use unicode_width::UnicodeWidthStr;

use crate::cli::card::{self, BOLD, DIM};
use crate::cli::failure::Failure;
use crate::cli::report::CheckedFile;
use crate::cli::report::repeated::{Repeated, repeated};
use crate::cli::report::short::one_line;

/// How many further places of a finding are named.
const PLACES: usize = 3;

/// Writes the report on some drafts.
pub fn write(out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
    if checked.is_empty() {
        return Ok(());
    }
    let width = card::width();
    let renderer = Renderer::styled().term_width(width);
    for draft in checked.iter().filter(|draft| !draft.report.findings.is_empty()) {
        if checked.len() > 1 {
            let counts = counted(draft.report.findings.iter());
            writeln!(out, "{BOLD}{}{BOLD:#} {DIM}· {counts}{DIM:#}\n", one_line(&draft.path))?;
        }
        for finding in repeated(&draft.file, &draft.report.findings) {
            writeln!(out, "{}\n", rendered(&renderer, width, draft, &finding))?;
        }
    }
    summary(out, checked)?;
    Ok(())
}

fn rendered(renderer: &Renderer, width: usize, draft: &CheckedFile, repeated: &Repeated<'_>) -> String {
    let finding = repeated.first;
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info => Level::INFO,
    };
    let LineColumn { line, column } = draft.file.place(finding.span).start;
    let title = wrapped(&finding.message, width, finding.severity.name().len() + ": ".len());
    let gutter = line.to_string().len() + " = note: ".len();
    let notes = notes(draft, repeated);
    let notes: Vec<Message<'_>> = notes.iter().map(|note| Level::NOTE.message(wrapped(note, width, gutter))).collect();
    let (path, shown) = (one_line(&draft.path), ShownLine::new(draft, finding, width));
    let snippet = snippet(&shown, finding, &path, line, width);
    let rendered = renderer.render(&[level.primary_title(title).element(snippet).elements(notes)]);
    if !shown.is_cut {
        return rendered;
    }
    // The renderer counts columns in what it is given.
    rendered.replacen(&format!("{path}:{line}:{}", shown.column()), &format!("{path}:{line}:{column}"), 1)
}

/// So many bytes on either side of a name are more than a column of the terminal shows.
const SEEN: usize = 16;

/// The first line of a finding, or what of it may be shown.
struct ShownLine {
    line: String,
    /// The place of the finding in it.
    marked: Range<usize>,
    /// Whether it begins within the line of the draft.
    is_cut: bool,
}

impl ShownLine {
    fn new(draft: &CheckedFile, finding: &Finding, width: usize) -> Self {
        let (text, span) = (&draft.file.text, finding.span);
        let breaks = ['\n', '\r'];
        let from = text.ceil_char_boundary(span.start.saturating_sub(SEEN * width));
        let to = text.floor_char_boundary(span.end + SEEN * width);
        let line_start = text[from..span.start].rfind(breaks).map(|at| from + at + 1);
        let start = line_start.unwrap_or(from);
        // A name over the end of a line is marked in its first line: one line each keeps within the terminal.
        let end = text[span.start..to].find(breaks).map_or(to, |at| span.start + at);
        let marked_end = span.end.min(end);
        let (before, words) = (legible(&text[start..span.start]), legible(&text[span.start..marked_end]));
        let marked = before.len()..before.len() + words.len();
        let line = before + &words + &legible(&text[marked_end..end]);
        Self { line, marked, is_cut: line_start.is_none() && from > 0 }
    }

    /// Returns the column at which the renderer sees the finding.
    fn column(&self) -> usize {
        self.line[..self.marked.start].chars().count() + 1
    }
}

/// Returns a line with the place of a finding marked.
fn snippet<'a>(
    shown: &ShownLine,
    finding: &Finding,
    path: &str,
    number: usize,
    width: usize,
) -> Snippet<'a, annotate_snippets::Annotation<'a>> {
    let (line, marked) = (&shown.line, &shown.marked);
    let label = finding.suggestions.first().map(|form| one_line(&format!("write {form}")));
    let label = label.filter(|label| fits(line, marked, label, width - number.to_string().len() - " | ".len()));
    let annotation = AnnotationKind::Primary.span(marked.clone()).label(label);
    Snippet::source(line.clone()).path(path.to_owned()).line_start(number).annotation(annotation)
}

/// Returns a part of a line without the control characters that the renderer lets through.
fn legible(text: &str) -> String {
    text.replace(|c| matches!(c, '\u{80}'..='\u{9F}'), "\u{FFFD}")
}

/// Returns whether a label fits beside its mark; if it does not, the message says the same. A line that is too long for the
/// terminal is cut around the mark, with room for dots at both ends.
fn fits(line: &str, marked: &Range<usize>, label: &str, columns: usize) -> bool {
    const DOTS: usize = 12;
    let before = if line.width() > columns { DOTS } else { line[..marked.start].width() };
    before + line[marked.clone()].width() + " ".len() + label.width() <= columns
}

/// Returns what proves a finding, where else it stands, and what the source text has there.
fn notes(draft: &CheckedFile, repeated: &Repeated<'_>) -> Vec<String> {
    let finding = repeated.first;
    let concept = finding.concept.as_ref().map_or(String::new(), |concept| format!("{concept} · "));
    let mut notes = vec![format!("{concept}{}", finding.rule)];
    if let Some(quote) = &finding.source {
        let place = quote.place;
        notes.push(format!("{}:{}:{} has {}", quote.name, place.line, place.column, quote.text));
    }
    let places = repeated.again.iter().take(PLACES).map(|again| {
        let at = draft.file.place(again.span).start;
        format!("{}:{}", at.line, at.column)
    });
    let places = places.collect::<Vec<_>>().join(", ");
    match repeated.again.len().saturating_sub(PLACES) {
        0 if places.is_empty() => {}
        0 => notes.push(format!("also at {places}")),
        more => notes.push(format!("also at {places} and {more} more")),
    }
    notes
}

/// Wraps a text that begins behind a label of some columns; the renderer puts its lines under each other.
fn wrapped(text: &str, width: usize, label: usize) -> String {
    textwrap::wrap(&one_line(text), width.saturating_sub(label)).join("\n")
}

/// Writes the closing line.
fn summary(out: &mut dyn Write, checked: &[CheckedFile]) -> io::Result<()> {
    let drafts = if checked.len() == 1 { "1 draft".to_owned() } else { format!("{} drafts", checked.len()) };
    let findings = || checked.iter().flat_map(|draft| &draft.report.findings);
    if findings().next().is_none() {
        return writeln!(out, "{drafts} checked: nothing to report");
    }
    let safe = findings().filter(|finding| finding.fix.as_ref().is_some_and(|fix| fix.safe)).count();
    let fixable = if safe == 0 { String::new() } else { format!("; {safe} can be fixed with `--fix`") };
    writeln!(out, "{drafts} checked: {}{fixable}", counted(findings()))
}

/// Counts findings by severity: `1 error, 5 warnings`.
pub fn counted<'a>(findings: impl Iterator<Item = &'a Finding> + Clone) -> String {
    let counts = [(Severity::Error, "error"), (Severity::Warning, "warning"), (Severity::Info, "remark")];
    let counts = counts.into_iter().filter_map(|(severity, word)| {
        let number = findings.clone().filter(|finding| finding.severity == severity).count();
        match number {
            0 => None,
            1 => Some(format!("1 {word}")),
            _ => Some(format!("{number} {word}s")),
        }
    });
    counts.collect::<Vec<_>>().join(", ")
}
