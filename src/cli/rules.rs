//! `tongsa rules`.

use std::io::{self, Write};

use tongsa::check::rules::{RULES, Rule};
use tongsa::wire::rules::RuleShape;

use crate::cli::failure::Failure;
use crate::cli::{Outcome, card};

/// List the rules of `tongsa check`
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// The columns of a level: the longest is `warning`.
const LEVEL: usize = 7;

/// Lists the rules in order of name.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    if arguments.json {
        serde_json::to_writer(&mut out, &RULES.each_ref().map(RuleShape::new).as_slice())?;
        writeln!(out)?;
    } else {
        let name = RULES.iter().map(|rule| rule.name.len()).max().unwrap_or_default();
        RULES.iter().try_for_each(|rule| line(&mut out, rule, name))?;
        writeln!(out, "\n`tongsa explain RULE` tells all of one; --rule RULE=LEVEL or a tongsa.toml sets its level.")?;
    }
    out.flush()?;
    Ok(Outcome::Good)
}

fn line(out: &mut impl Write, rule: &Rule, name: usize) -> io::Result<()> {
    let (bold, dim) = (card::BOLD, card::DIM);
    let indent = name + LEVEL + 4;
    let mut head = format!("{bold}{:name$}{bold:#}  {dim}{:LEVEL$}{dim:#}  ", rule.name, level(rule));
    for part in textwrap::wrap(rule.summary(), card::width().saturating_sub(indent)) {
        writeln!(out, "{head}{part}")?;
        head = " ".repeat(indent);
    }
    Ok(())
}

/// Returns the level that a rule has where nobody has set one.
pub fn level(rule: &Rule) -> &'static str {
    if rule.on { rule.severity.name() } else { "off" }
}
