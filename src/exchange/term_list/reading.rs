//! Lists for people and language models: a Markdown table, and plain lines for a prompt.

use std::io::{self, Write};

use crate::exchange::term_list::{TermList, TermRow};
use crate::lang::Lang;

/// Writes a Markdown table under one line that says what to do with it.
pub(super) fn markdown(list: &TermList, out: &mut dyn Write) -> io::Result<()> {
    let (from, to) = (language(&list.from), language(&list.to));
    writeln!(out, "Write these names in {to} as the table has them, and never in the forms under “not”.\n")?;
    writeln!(out, "| {from} | {to} | not |\n|---|---|---|")?;
    for row in &list.rows {
        let rendering = row.rendering.as_deref().map_or_else(|| unrecorded(row), cell);
        let (written, avoid) = (joined(&row.written), joined(&row.avoid));
        writeln!(out, "| {written} | {rendering} | {avoid} |")?;
    }
    Ok(())
}

fn unrecorded(row: &TermRow) -> String {
    if row.guesses.is_empty() { "—".to_owned() } else { format!("unverified: {}", joined(&row.guesses)) }
}

fn joined(words: &[String]) -> String {
    words.iter().map(|word| cell(word)).collect::<Vec<_>>().join(", ")
}

fn cell(text: &str) -> String {
    one_line(text).replace('\\', "\\\\").replace('|', "\\|")
}

/// Writes lines of plain text that can stand in the system prompt of a language model.
pub(super) fn prompt(list: &TermList, out: &mut dyn Write) -> io::Result<()> {
    let (from, to) = (language(&list.from), language(&list.to));
    writeln!(out, "Names and terms of this text, from {from} into {to}. Write each exactly as it stands after the arrow.")?;
    let (recorded, missing): (Vec<&TermRow>, Vec<&TermRow>) = list.rows.iter().partition(|row| row.rendering.is_some());
    for row in recorded {
        let never = if row.avoid.is_empty() { String::new() } else { format!(" (never {})", lined(&row.avoid)) };
        writeln!(out, "- {} → {}{never}", lined(&row.written), one_line(row.rendering.as_deref().unwrap_or_default()))?;
    }
    let unclear = list.unclear();
    if !unclear.is_empty() {
        writeln!(out, "These can mean more than one of the above; choose by the context: {}.", unclear.join(", "))?;
    }
    if !missing.is_empty() {
        writeln!(out, "No {to} form is recorded for these; ask for it, and mark what you write as unverified:")?;
    }
    for row in missing {
        let guesses = if row.guesses.is_empty() { String::new() } else { format!(" (likely {})", lined(&row.guesses)) };
        writeln!(out, "- {}{guesses}", lined(&row.written))?;
    }
    Ok(())
}

fn lined(words: &[String]) -> String {
    words.iter().map(|word| one_line(word)).collect::<Vec<_>>().join(", ")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Returns what a language is called in English, or its tag.
fn language(lang: &Lang) -> &str {
    match lang {
        Lang::En => "English",
        Lang::Ko => "Korean",
        Lang::ZhHans => "Simplified Chinese",
        Lang::ZhHant => "Traditional Chinese",
        Lang::Other(tag) => tag,
    }
}
