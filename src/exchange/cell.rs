//! One cell of a glossary: terms with `|` between them, details in braces, escapes, and what a spreadsheet must not run.

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use crate::glossary::term::{Term, TermStatus};

/// Reads the terms of a cell.
pub(super) fn read_terms(cell: &str) -> Vec<Term> {
    if !cell.contains(['|', '\\', '{']) {
        return vec![Term::new(cell, TermStatus::Preferred)];
    }
    split_unescaped(cell, '|').iter().map(|part| part.trim()).filter(|part| !part.is_empty()).map(read_term).collect()
}

/// Reads terms that stand one a line, each as in a cell.
pub fn read_lines(lines: &str) -> Vec<Term> {
    lines.lines().map(str::trim).filter(|line| !line.is_empty()).flat_map(|line| read_terms(&normalised(line))).collect()
}

/// Returns the texts of a cell that holds several, without their escapes.
pub fn texts(cell: &str) -> Vec<String> {
    let parts = split_unescaped(cell, '|').into_iter().map(str::trim);
    parts.filter(|part| !part.is_empty()).map(unescaped).collect()
}

fn read_term(part: &str) -> Term {
    let plain = || Term::new(unescaped(part), TermStatus::Preferred);
    let halves = split_unescaped(part, '{');
    let [text, details] = halves.as_slice() else { return plain() };
    let closed = split_unescaped(details, '}');
    let [details, ""] = closed.as_slice() else { return plain() };
    let mut term = Term::new(unescaped(text.trim()), TermStatus::Preferred);
    for detail in split_unescaped(details, ';') {
        let Some((name, value)) = detail.split_once('=') else { return plain() };
        let value = Some(unescaped(value));
        match name.trim() {
            "from" => term.validity.from = value,
            "to" => term.validity.to = value,
            "note" => term.note = value,
            "source" => term.source = value,
            _ => return plain(),
        }
    }
    term
}

fn split_unescaped(text: &str, separator: char) -> Vec<&str> {
    let mut parts = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        if c == '\\' {
            let escapes = chars.clone().next().is_some_and(|(_, next)| ESCAPED.contains(&next));
            if escapes {
                chars.next();
            }
        } else if c == separator {
            parts.push(&text[start..at]);
            start = at + c.len_utf8();
        }
    }
    parts.push(&text[start..]);
    parts
}

const ESCAPED: [char; 5] = ['|', '{', '}', ';', '\\'];

fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match chars.next_if(|next| c == '\\' && ESCAPED.contains(next)) {
            Some(escaped) => out.push(escaped),
            None => out.push(c),
        }
    }
    out
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if ESCAPED.contains(&c) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Returns the cell in NFC: Hangul of macOS composed, duplicate hanja made one.
pub(super) fn normalised(cell: &str) -> String {
    if is_normalised(cell) { cell.to_owned() } else { cell.nfc().collect() }
}

/// Returns whether a text is in NFC. Nearly all characters of English, Korean and Chinese are told by their code points alone;
/// for the others the tables are asked.
pub(super) fn is_normalised(text: &str) -> bool {
    text.is_ascii() || text.chars().all(is_always_composed) || is_nfc_quick(text.chars()) == IsNormalized::Yes
}

fn is_always_composed(c: char) -> bool {
    matches!(c,
        '\0'..='\u{2FF}' | '\u{AC00}'..='\u{D7A3}' | '\u{4E00}'..='\u{9FFF}' | '\u{3001}'..='\u{3020}'
        | '\u{2010}'..='\u{2027}' | '\u{FF01}'..='\u{FF5E}')
}

/// A spreadsheet runs a cell that begins so as a formula.
fn looks_like_formula(cell: &str) -> bool {
    cell.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// Returns the cell without the apostrophe that keeps a spreadsheet from running it.
pub(super) fn unguarded(cell: &str) -> &str {
    if cell.starts_with('\'') && looks_like_formula(cell) { &cell[1..] } else { cell }
}

/// Returns the cell with an apostrophe before what a spreadsheet would run.
pub fn guarded(cell: String) -> String {
    if looks_like_formula(&cell) { format!("'{cell}") } else { cell }
}

/// Writes a term with its details.
pub fn write_term(term: &Term) -> String {
    let details = [("from", &term.validity.from), ("to", &term.validity.to), ("note", &term.note), ("source", &term.source)];
    let details: Vec<String> =
        details.iter().filter_map(|(name, value)| value.as_ref().map(|value| format!("{name}={}", escaped(value)))).collect();
    let text = escaped(&term.text);
    if details.is_empty() { text } else { format!("{text}{{{}}}", details.join(";")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_term_a_line_comes_back_as_it_was() {
        let terms = read_lines("Boseong tea\n\n  Bosung tea{from=1990;to=2000} \r\na|b\nc\\|d");
        let texts: Vec<&str> = terms.iter().map(|term| term.text.as_str()).collect();
        assert_eq!(texts, ["Boseong tea", "Bosung tea", "a", "b", "c|d"]);
        let lines: Vec<String> = terms.iter().map(write_term).collect();
        assert_eq!(read_lines(&lines.join("\n")), terms);
    }

    #[test]
    fn what_is_told_by_its_code_point_is_composed() {
        let told = (0..=u32::from(char::MAX)).filter_map(char::from_u32).filter(|c| is_always_composed(*c));
        let wrong = told.filter(|c| {
            let after_a_letter = ['가', 'a', *c];
            is_nfc_quick(std::iter::once(*c)) != IsNormalized::Yes || !after_a_letter.iter().copied().nfc().eq(after_a_letter)
        });
        assert_eq!(wrong.collect::<String>(), "");
        assert!(!is_normalised("\u{1112}\u{1161}\u{11AB}"));
        assert_eq!(normalised("\u{F9E1}e\u{301}"), "李é");
    }
}
