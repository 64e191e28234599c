//! `tongsa lookup`.

use std::io::{self, Write};

use clap_complete::engine::ArgValueCompleter;
use tongsa::store::articles::Sighting;
use tongsa::wire::LookupLine;
use tongsa::workspace::Workspace;
use tongsa::workspace::lookup::{Answer, LONGEST_QUERY, LookupOptions};

use crate::cli::failure::Failure;
use crate::cli::{Outcome, card, completions, queries};

/// Look up the official rendering of a name, an institution, a term, or of all names in a sentence
///
/// With no NAME, queries are read from standard input, one a line.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The name in any of the languages; several words are one name
    #[arg(add = ArgValueCompleter::new(completions::names))]
    name: Vec<String>,
    /// Print one JSON object a query, a line each
    #[arg(long)]
    json: bool,
    /// Show at most this many concepts
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = queries::parse_limit)]
    limit: usize,
    /// Show none with a lower score
    #[arg(long, default_value_t = 0, value_name = "SCORE", value_parser = clap::value_parser!(u8).range(0..=100))]
    min_score: u8,
}

/// How many segments are shown in which a name was seen.
const SIGHTINGS: usize = 2;

/// Looks up what was asked for.
pub fn run(arguments: &Arguments, mut workspace: Workspace) -> Result<Outcome, Failure> {
    queries::answer_each(&arguments.name, |query, out| answer(arguments, &mut workspace, query, out))
}

fn answer(arguments: &Arguments, workspace: &mut Workspace, query: &str, out: &mut impl Write) -> Result<Outcome, Failure> {
    if query.len() > LONGEST_QUERY {
        return Err(Failure::question("the query is longer than a sentence; use `tongsa check` for a draft"));
    }
    let options = LookupOptions { limit: arguments.limit, min_score: arguments.min_score, sightings: SIGHTINGS };
    let answer = workspace.lookup(query, options)?;
    if arguments.json {
        serde_json::to_writer(&mut *out, &LookupLine::new(&answer))?;
        writeln!(out)?;
    } else {
        cards(&answer, out)?;
    }
    Ok(if answer.lookup.matches.is_empty() { Outcome::Wanting } else { Outcome::Good })
}

fn cards(answer: &Answer, out: &mut impl Write) -> io::Result<()> {
    if answer.lookup.matches.is_empty() {
        return writeln!(out, "{}: nothing recorded, and nothing near enough to guess", answer.query);
    }
    for (found, seen) in answer.lookup.matches.iter().zip(&answer.sightings) {
        let concept = &found.found.concept;
        let own = if found.is_own() { " · your glossary" } else { "" };
        card::head(out, concept, &format!("{} {}{own}", found.score, found.how.name()))?;
        card::terms(out, concept)?;
        card::remarks(out, concept)?;
        card::line(out, "match", &found.why, anstyle::Style::new())?;
        for sighting in seen {
            seen_line(out, "seen", sighting)?;
        }
    }
    for (score, sighting) in &answer.near_segments {
        seen_line(out, &format!("like {score}"), sighting)?;
    }
    Ok(())
}

fn seen_line(out: &mut impl Write, label: &str, sighting: &Sighting) -> io::Result<()> {
    card::line(out, label, &format!("{} {}: {}", sighting.article, sighting.ordinal, sighting.text), card::DIM)
}
