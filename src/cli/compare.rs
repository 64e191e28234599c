//! `tongsa compare`.

use std::io::{self, BufRead, Write};

use clap::Args;
use tongsa::names::comparison::{self, Comparison};
use tongsa::names::han_name::Bearer;
use tongsa::wire::CompareLine;

use crate::cli::suggest::BearerName;
use crate::cli::{Failure, Outcome, card};

/// Say whether two names may be one, in any scripts and romanisations, and why
///
/// Needs no glossary: a Chinese rendering that reads back to the Hangul passes (강유정, 姜由桢). Speaks of names, not of
/// people: two people may bear one name.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The two names; without them, two names a line with a tab between are read from standard input
    #[arg(value_name = "NAME", num_args = 2)]
    names: Vec<String>,
    /// What bears the names
    #[arg(long, value_name = "KIND", default_value = "person")]
    kind: BearerName,
    /// Print JSON, a line a pair
    #[arg(long)]
    json: bool,
}

/// A name longer than this is none.
const LONGEST_NAME: usize = 1_000;

/// Compares what was given.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    if let [a, b] = arguments.names.as_slice() {
        let outcome = answer(arguments, a, b, &mut out)?;
        out.flush()?;
        return Ok(outcome);
    }
    let mut outcome = Outcome::Good;
    for (number, line) in io::stdin().lock().lines().enumerate() {
        let line = line.map_err(|error| Failure::question(format!("standard input cannot be read: {error}")))?;
        if line.trim().is_empty() {
            continue;
        }
        let Some((a, b)) = line.split_once('\t') else {
            let place = number + 1;
            return Err(Failure::question(format!(
                "line {place} of standard input has no tab; write two names with a tab between"
            )));
        };
        outcome = outcome.max(answer(arguments, a, b, &mut out)?);
        out.flush()?;
    }
    Ok(outcome)
}

fn answer(arguments: &Arguments, a: &str, b: &str, out: &mut impl Write) -> Result<Outcome, Failure> {
    if a.len().max(b.len()) > LONGEST_NAME {
        return Err(Failure::question("a name is longer than a thousand bytes; compare names, not texts"));
    }
    if !arguments.names.is_empty() && ![a, b].iter().all(|name| name.contains(char::is_alphanumeric)) {
        return Err(Failure::question("there is no letter in one of the names; type two names"));
    }
    let bearer: Bearer = arguments.kind.bearer();
    let found = comparison::compare(a, b, bearer);
    if arguments.json {
        serde_json::to_writer(&mut *out, &CompareLine::new(a, b, &found))?;
        writeln!(out)?;
    } else {
        sentence(&found, out)?;
    }
    Ok(if found.is_same() { Outcome::Good } else { Outcome::Wanting })
}

fn sentence(found: &Comparison, out: &mut impl Write) -> io::Result<()> {
    let bold = card::BOLD;
    let verdict = match (found.is_same(), found.how) {
        (true, _) => "may be one name",
        (false, Some(_)) => "may be a slip, or another name",
        (false, None) if found.score == 0 => "nothing leads from the one to the other",
        (false, None) => "different names",
    };
    let how = found.how.map_or("different", |how| how.name());
    writeln!(out, "{bold}{verdict}{bold:#}  {} {how}", found.score)?;
    card::line(out, "", &found.why, card::DIM)
}
