//! A concept for people: a compact card, a language a line.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use tongsa::glossary::concept::Concept;
use tongsa::glossary::term::{LanguageSection, Term, TermForm, TermStatus};
use unicode_width::UnicodeWidthStr;

/// The width of the labels, with the space after them.
const LABELS: usize = 9;

/// Emphasised text.
pub const BOLD: Style = Style::new().bold();
/// Text that steps back.
pub const DIM: Style = Style::new().dimmed();
const DEPRECATED: Style = AnsiColor::Yellow.on_default();
const FORBIDDEN: Style = AnsiColor::Red.on_default().bold();

/// Returns the columns of the terminal, 80 where there is none.
pub fn width() -> usize {
    textwrap::termwidth().clamp(40, 120)
}

/// Writes the head line of a card: the preferred terms, then what the concept is.
pub fn head(out: &mut impl Write, concept: &Concept, remark: &str) -> io::Result<()> {
    writeln!(out, "{BOLD}{}{BOLD:#}", concept.title())?;
    line(out, "", &format!("{} · {} · {remark}", concept.kind.name(), concept.id), DIM)
}

/// Writes the terms of a concept, a language a line.
pub fn terms(out: &mut impl Write, concept: &Concept) -> io::Result<()> {
    let (running, only_lookup): (Vec<_>, Vec<_>) =
        concept.sections.iter().partition(|section| section.lang.is_written_in(&section.lang));
    for section in running {
        section_lines(out, section)?;
    }
    let variants: Vec<String> = only_lookup
        .iter()
        .flat_map(|section| section.terms.iter().map(|term| format!("{} ({})", term.text, section.lang)))
        .collect();
    if !variants.is_empty() {
        line(out, "found by", &variants.join(", "), DIM)?;
    }
    Ok(())
}

fn section_lines(out: &mut impl Write, section: &LanguageSection) -> io::Result<()> {
    let mut label = section.lang.tag();
    for (status, style, before) in [
        (TermStatus::Preferred, BOLD, ""),
        (TermStatus::Admitted, Style::new(), "also "),
        (TermStatus::Deprecated, DEPRECATED, "not "),
        (TermStatus::Forbidden, FORBIDDEN, "never "),
    ] {
        let terms: Vec<String> = section.terms.iter().filter(|term| term.status == status).map(described).collect();
        if !terms.is_empty() {
            line(out, label, &format!("{before}{}", terms.join(", ")), style)?;
            label = "";
        }
    }
    Ok(())
}

fn described(term: &Term) -> String {
    let mut details = Vec::new();
    if term.form != TermForm::Full {
        details.push(term.form.name().to_owned());
    }
    if matches!(term.status, TermStatus::Deprecated | TermStatus::Forbidden) {
        details.push(term.status.name().to_owned());
    }
    if let Some(from) = &term.validity.from {
        details.push(format!("from {from}"));
    }
    if let Some(to) = &term.validity.to {
        details.push(format!("to {to}"));
    }
    if details.is_empty() { term.text.clone() } else { format!("{} ({})", term.text, details.join(", ")) }
}

/// Writes note, dates and source.
pub fn remarks(out: &mut impl Write, concept: &Concept) -> io::Result<()> {
    let dates = match (&concept.validity.from, &concept.validity.to) {
        (None, None) => None,
        (from, to) => Some(format!("{} to {}", from.as_deref().unwrap_or("…"), to.as_deref().unwrap_or("…"))),
    };
    let property = |name: &str| concept.properties.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let source = match (concept.source.as_deref(), property("confidence")) {
        (Some(source), Some(confidence)) => Some(format!("{source} · confidence {confidence}")),
        (source, _) => source.map(str::to_owned),
    };
    for (label, text) in [("valid", dates), ("note", concept.note.clone()), ("source", source)] {
        if let Some(text) = text {
            line(out, label, &text, Style::new())?;
        }
    }
    Ok(())
}

/// Writes a labelled text, wrapped to the terminal with the lines under each other.
pub fn line(out: &mut impl Write, label: &str, text: &str, style: Style) -> io::Result<()> {
    let indent = 2 + LABELS;
    let mut label = format!("  {label}{}", " ".repeat(LABELS.saturating_sub(label.width())));
    for part in textwrap::wrap(text, width().saturating_sub(indent)) {
        writeln!(out, "{DIM}{label}{DIM:#}{style}{part}{style:#}")?;
        label = " ".repeat(indent);
    }
    Ok(())
}
