//! A brief for reading: the names of the draft beside what to write, in two columns.

use std::io::{self, Write};

use anstyle::Style;
use tongsa::exchange::term_list::{TermList, TermRow};
use tongsa::workspace::brief::Brief;
use unicode_width::UnicodeWidthStr;

use crate::cli::card;

/// What stands where no rendering is recorded.
const UNRECORDED: &str = "—";

/// Writes the names in order of first mention.
pub fn write(out: &mut impl Write, brief: &Brief) -> io::Result<()> {
    let list = brief.term_list();
    if list.rows.is_empty() {
        return writeln!(out, "no name in it is recorded");
    }
    let left = (card::width() - 4) * 9 / 20;
    let unclear = list.unclear();
    for row in &list.rows {
        let mut lines: Vec<(Style, String)> = wrap(&rendering(row), left, card::BOLD);
        if !row.avoid.is_empty() {
            lines.extend(wrap(&format!("not {}", row.avoid.join(", ")), left, Style::new()));
        }
        if row.written.iter().any(|form| unclear.contains(&form.as_str())) {
            lines.extend(wrap(&format!("if it means {}", row.concept), left, card::DIM));
        }
        two_columns(out, &row.written.join(", "), left, &lines)?;
    }
    summary(out, &list)
}

fn rendering(row: &TermRow) -> String {
    match &row.rendering {
        Some(rendering) => rendering.clone(),
        None if row.guesses.is_empty() => UNRECORDED.to_owned(),
        None => format!("{UNRECORDED} unverified: {}", row.guesses.join(", ")),
    }
}

fn wrap(text: &str, left: usize, style: Style) -> Vec<(Style, String)> {
    let lines = textwrap::wrap(text, card::width() - left - 4);
    lines.into_iter().map(|line| (style, line.into_owned())).collect()
}

fn two_columns(out: &mut impl Write, text: &str, left: usize, right: &[(Style, String)]) -> io::Result<()> {
    let wrapped = textwrap::wrap(text, left);
    for line in 0..wrapped.len().max(right.len()) {
        let here = wrapped.get(line).map_or("", |text| text);
        let Some((style, there)) = right.get(line) else {
            writeln!(out, "  {here}")?;
            continue;
        };
        let gap = " ".repeat(left.saturating_sub(here.width()));
        writeln!(out, "  {here}{gap}  {style}{there}{style:#}")?;
    }
    Ok(())
}

fn summary(out: &mut impl Write, list: &TermList) -> io::Result<()> {
    let (names, missing) = (list.rows.len(), list.missing().len());
    let noun = if names == 1 { "name" } else { "names" };
    let without = if missing == 0 { String::new() } else { format!(", {missing} without a rendering") };
    writeln!(out, "{names} {noun} from {} to {}{without}", list.from, list.to)
}
