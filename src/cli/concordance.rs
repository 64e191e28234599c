//! `tongsa concordance`.

use std::io::{self, Write};

use tongsa::lang::Lang;
use tongsa::wire::units::ConcordanceShape;
use tongsa::workspace::Workspace;
use tongsa::workspace::concordance::{Concordance, ConcordanceLine, ConcordanceOptions};

use crate::cli::{Failure, Outcome, card, check, queries};

/// Show where words stand in the translation memory, with the counterparts
///
/// Words are found whole, in any case and writing; `visit*` finds visits too. Hangul and Han are found wherever they stand. With
/// no WORDS, queries are read from standard input, one a line.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The words, one after the other as they stand in the segment
    words: Vec<String>,
    /// The language of the words [default: told by their letters]
    #[arg(long, value_name = "LANG", value_parser = check::parse_lang)]
    from: Option<Lang>,
    /// Show counterparts in this language only
    #[arg(long, value_name = "LANG", value_parser = check::parse_lang)]
    to: Option<Lang>,
    /// Show at most this many segments, the latest first
    #[arg(long, default_value_t = 20, value_name = "N", value_parser = queries::parse_limit)]
    limit: usize,
    /// Print one JSON object a segment, a line each
    #[arg(long)]
    json: bool,
}

/// Shows the concordance.
pub fn run(arguments: &Arguments, workspace: &Workspace) -> Result<Outcome, Failure> {
    let Arguments { from, to, limit, .. } = arguments;
    let options = ConcordanceOptions { from: from.clone(), to: to.clone(), limit: *limit, before: None };
    queries::answer_each(&arguments.words, |words, out| {
        let concordance = workspace.concordance(words, &options)?;
        if arguments.json {
            for line in &concordance.lines {
                serde_json::to_writer(&mut *out, &ConcordanceShape::new(line))?;
                writeln!(out)?;
            }
        } else {
            lines(words, &concordance, out)?;
        }
        Ok(if concordance.lines.is_empty() { Outcome::Wanting } else { Outcome::Good })
    })
}

fn lines(words: &str, concordance: &Concordance, out: &mut impl Write) -> io::Result<()> {
    if concordance.lines.is_empty() {
        return writeln!(out, "{words}: in no segment of the memory");
    }
    for line in &concordance.lines {
        card::line(out, line.source.lang.tag(), &marked(line), anstyle::Style::new())?;
        for target in &line.targets {
            card::line(out, target.lang.tag(), &target.text, anstyle::Style::new())?;
        }
        card::line(out, "from", &format!("{} · unit {}", line.unit.unit.origin.source, line.unit.row), card::DIM)?;
    }
    if concordance.found > concordance.lines.len() {
        writeln!(out, "{} of {} segments with {words}; --limit shows more", concordance.lines.len(), concordance.found)?;
    }
    Ok(())
}

/// Marks the words in the segment so that they stand out on paper too.
fn marked(line: &ConcordanceLine) -> String {
    let text = &line.source.text;
    let mut out = String::new();
    let mut at = 0;
    for span in &line.spans {
        out.push_str(&text[at..span.start]);
        out.push_str(&format!("⟦{}⟧", span.of(text)));
        at = span.end;
    }
    out.push_str(&text[at..]);
    out
}
