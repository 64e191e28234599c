//! `tongsa suggest`.

use std::io::{self, Write};

use clap::{Args, ValueEnum};
use clap_complete::engine::ArgValueCompleter;
use tongsa::lang::Lang;
use tongsa::names::han_name::Bearer;
use tongsa::names::suggestion::{Origin, Subject};
use tongsa::wire::SuggestLine;
use tongsa::workspace::Workspace;
use tongsa::workspace::suggest::{Proposal, Proposed};

use crate::cli::{Failure, Outcome, card, check, completions, queries};

/// Suggest renderings of a name that nobody has recorded, by the official rules
///
/// What a glossary has recorded comes first. Everything else is unverified, with its rule and an estimate of how likely it is
/// to be the form in use. What cannot be known, such as the hanja of a Korean name, is refused with the reason.
#[derive(Debug, Args)]
pub struct Arguments {
    /// The name; without one, a name a line is read from standard input
    #[arg(value_name = "NAME", add = ArgValueCompleter::new(completions::names))]
    name: Vec<String>,
    /// The language to render it in: en, ko, zh-Hans, zh-Hant
    #[arg(long, value_name = "LANG", value_parser = check::parse_lang)]
    to: Lang,
    /// What bears the name [default: told by its letters]
    #[arg(long, value_name = "KIND")]
    kind: Option<BearerName>,
    /// Where the bearer is from [default: told by its letters]
    #[arg(long, value_name = "COUNTRY")]
    origin: Option<OriginName>,
    /// The person died before 1911, and keeps the Korean reading of the characters
    #[arg(long)]
    before_1911: bool,
    /// Print JSON, a line a name
    #[arg(long)]
    json: bool,
}

/// What bears a name, as it is typed.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum BearerName {
    /// A person.
    Person,
    /// A place.
    Place,
    /// An institution, a company, anything else.
    #[value(alias = "other")]
    Organization,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum OriginName {
    /// Korea, South or North.
    Korea,
    /// The Chinese-speaking countries.
    China,
}

impl BearerName {
    /// Returns what the word means.
    pub fn bearer(self) -> Bearer {
        match self {
            Self::Person => Bearer::Person,
            Self::Place => Bearer::Place,
            Self::Organization => Bearer::Other,
        }
    }
}

/// Suggests what was asked for.
pub fn run(arguments: &Arguments, workspace: &Workspace) -> Result<Outcome, Failure> {
    queries::answer_each(&arguments.name, |name, out| answer(arguments, workspace, name, out))
}

fn answer(arguments: &Arguments, workspace: &Workspace, name: &str, out: &mut impl Write) -> Result<Outcome, Failure> {
    let origin = arguments.origin.map(|origin| match origin {
        OriginName::Korea => Origin::Korea,
        OriginName::China => Origin::China,
    });
    let bearer = arguments.kind.map(BearerName::bearer);
    let subject = Subject { bearer, origin, before_1911: arguments.before_1911 };
    let proposal = workspace.suggest(name, &arguments.to, subject)?;
    if arguments.json {
        serde_json::to_writer(&mut *out, &SuggestLine::new(&proposal))?;
        writeln!(out)?;
    } else {
        lines(&proposal, out)?;
    }
    Ok(if proposal.suggestions.is_empty() { Outcome::Wanting } else { Outcome::Good })
}

fn lines(proposal: &Proposal, out: &mut impl Write) -> io::Result<()> {
    let bold = card::BOLD;
    writeln!(out, "{bold}{}{bold:#} in {}", proposal.name, proposal.to)?;
    for Proposed { suggestion, verified } in &proposal.suggestions {
        let sure =
            if *verified { "recorded".to_owned() } else { format!("unverified, {:.0} %", suggestion.confidence * 100.0) };
        writeln!(out, "  {bold}{}{bold:#}  {sure}", suggestion.text)?;
        card::line(out, "", &suggestion.rule, card::DIM)?;
    }
    if let Some(reason) = &proposal.reason {
        let label = if proposal.suggestions.is_empty() { "none" } else { "note" };
        card::line(out, label, reason, anstyle::Style::new())?;
    }
    Ok(())
}
