//! `tongsa terms`.

use std::io::Write;
use std::path::PathBuf;

use tongsa::exchange::csv::write_error;
use tongsa::lang::Lang;
use tongsa::memory::term_pairs::TermPairKind;
use tongsa::workspace::Workspace;
use tongsa::workspace::terms::{ProposedTerm, TermOptions};

use crate::cli::{Failure, Outcome, check, output_file, queries};

/// Propose terms that stand in the translation memory and in no glossary yet, as CSV to review and import
///
/// Names come first, the surest first. Every row is a guess with its counts and a segment where it stands.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The language of the renderings: ko, zh-Hans, zh-Hant
    #[arg(long, value_name = "LANG", value_parser = check::parse_lang)]
    to: Lang,
    /// Only pairs that stand together in at least this many units
    #[arg(long, default_value_t = 2, value_name = "N", value_parser = clap::value_parser!(u32).range(2..))]
    least: u32,
    /// At most this many pairs
    #[arg(long, default_value_t = 200, value_name = "N", value_parser = queries::parse_limit)]
    limit: usize,
    /// Write to this file [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Proposes terms.
pub fn run(arguments: &Arguments, workspace: &Workspace) -> Result<Outcome, Failure> {
    let options = TermOptions { to: arguments.to.clone(), least: arguments.least, limit: arguments.limit };
    if !options.to.is_chinese() && options.to != Lang::Ko {
        return Err(Failure::question("terms are proposed in Korean and Chinese; write --to ko, zh-Hans or zh-Hant"));
    }
    let terms = workspace.propose_terms(&options)?;
    output_file::write_to(arguments.output.as_deref(), |out| table(&terms, &options.to, out))?;
    Ok(if terms.is_empty() { Outcome::Wanting } else { Outcome::Good })
}

fn table(terms: &[ProposedTerm], to: &Lang, out: &mut dyn Write) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(out);
    let count = format!("{to} units");
    let header = ["en", to.tag(), "kind", "score", "units", "en units", &count, "example units", "example"];
    writer.write_record(header).map_err(write_error)?;
    for ProposedTerm { pair, examples } in terms {
        let kind = match pair.kind {
            TermPairKind::Name => "name",
            TermPairKind::Phrase => "term",
        };
        let numbers: Vec<String> = examples.iter().map(|(row, _)| row.to_string()).collect();
        let row = [
            pair.english.clone(),
            pair.rendering.clone(),
            kind.to_owned(),
            format!("{:.2}", pair.score),
            pair.joint.to_string(),
            pair.english_count.to_string(),
            pair.rendering_count.to_string(),
            numbers.join(" "),
            examples.first().map_or(String::new(), |(_, text)| text.clone()),
        ];
        writer.write_record(&row).map_err(write_error)?;
    }
    writer.flush()?;
    Ok(())
}
