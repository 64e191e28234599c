//! `tongsa check`.

use std::io::{self, Read};
use std::path::{Path, PathBuf};

use tongsa::check::finding::Severity;
use tongsa::check::house::{House, KoreanReading};
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::encoding::TextSource;
use tongsa::glossary::day::Day;
use tongsa::lang::Lang;
use tongsa::workspace::Workspace;
use tongsa::workspace::check::CheckOptions;

use crate::cli::Outcome;
use crate::cli::failure::{Failure, complain};
use crate::cli::report::{CheckedFile, Style};

/// Check drafts: every name in one agreed form, no deprecated or forbidden one
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The drafts: plain text or Markdown; `-` is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The text that the drafts were translated from: every name in it must be rendered in them
    #[arg(long, value_name = "FILE", conflicts_with = "together")]
    source: Option<PathBuf>,
    /// The files are versions of one text: check each, and all beside the first
    #[arg(long)]
    together: bool,
    /// The language of the drafts [default: told by their letters]
    #[arg(long, value_parser = parse_lang)]
    lang: Option<Lang>,
    /// The encoding of the drafts [default: detected]
    #[arg(long)]
    encoding: Option<String>,
    /// The day of the drafts, as 2026-01-07 [default: told by themselves, else today]
    #[arg(long, value_parser = parse_day, value_name = "DAY")]
    date: Option<Day>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Style::Human)]
    format: Style,
    /// Write the report to this file [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// The least severity that makes the exit code 1
    #[arg(long, value_enum, default_value_t = FailOn::Warning, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// How Korean drafts write Chinese names of today
    #[arg(long, value_enum, default_value_t = Reading::Original, value_name = "READING")]
    korean_reading: Reading,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Reading {
    /// By the sound of the original: 시진핑
    Original,
    /// By the Korean reading of the characters: 습근평
    Characters,
}

impl Reading {
    fn reading(self) -> KoreanReading {
        match self {
            Self::Original => KoreanReading::Original,
            Self::Characters => KoreanReading::Characters,
        }
    }
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum FailOn {
    Info,
    Warning,
    Error,
    /// Never
    Never,
}

/// Reads a language tag from the command line.
pub fn parse_lang(tag: &str) -> Result<Lang, String> {
    // Countries and names of languages are well-formed tags, and mean other languages or none.
    let meant = match tag.to_ascii_lowercase().as_str() {
        "kr" | "kor" | "korean" => Some("ko"),
        "cn" | "chi" | "zho" | "chinese" => Some("zh-Hans"),
        "tw" | "hk" => Some("zh-Hant"),
        "eng" | "english" | "us" | "uk" | "gb" => Some("en"),
        _ => None,
    };
    match meant {
        Some(meant) => Err(format!("`{tag}` is no language tag of a draft; write {meant}")),
        None => Lang::parse(tag).map_err(|error| error.to_string()),
    }
}

/// Reads a day from the command line.
fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| format!("`{text}` is no day; write one like 2026-01-07"))
}

/// Checks the drafts.
pub fn run(arguments: &Arguments, workspace: &Workspace) -> Result<Outcome, Failure> {
    let mut checked = Vec::new();
    let mut outcome = Outcome::Good;
    let mut source = arguments.source.as_ref().map(|path| read(arguments, path)).transpose()?;
    for path in &arguments.files {
        match check(arguments, workspace, source.as_ref(), path) {
            Ok((draft, said)) => {
                outcome = outcome.max(said);
                if arguments.together && source.is_none() {
                    source = Some(draft.file.clone());
                }
                checked.push(draft);
            }
            Err(Failure::Question(sentence)) => {
                complain(&sentence);
                outcome = Outcome::Unanswered;
            }
            Err(failure) => return Err(failure),
        }
    }
    if checked.iter().flat_map(|draft| &draft.report.findings).any(|finding| arguments.fail_on.counts(finding.severity)) {
        outcome = outcome.max(Outcome::Wanting);
    }
    arguments.format.write_to(arguments.output.as_deref(), &checked)?;
    Ok(outcome)
}

impl FailOn {
    fn counts(self, severity: Severity) -> bool {
        match self {
            Self::Info => true,
            Self::Warning => severity >= Severity::Warning,
            Self::Error => severity >= Severity::Error,
            Self::Never => false,
        }
    }
}

/// Checks one draft, beside its source where there is one.
fn check(
    arguments: &Arguments,
    workspace: &Workspace,
    source: Option<&DraftFile>,
    path: &Path,
) -> Result<(CheckedFile, Outcome), Failure> {
    let file = read(arguments, path)?;
    let house = House { korean_reading: arguments.korean_reading.reading(), ..House::default() };
    let names = arguments.format.shows_names();
    let options = CheckOptions { lang: arguments.lang.clone(), date: arguments.date, house, names, ..CheckOptions::default() };
    let mut outcome = Outcome::Good;
    let report = match source {
        None => workspace.check(&file, &options)?,
        Some(source) => {
            let beside = workspace.check_beside(source, &file, &options)?;
            if !beside.aligned {
                let (source, draft) = (&source.name, &file.name);
                complain(&format!("{source} and {draft} do not look like versions of one text; {draft} is checked alone"));
                outcome = Outcome::Unanswered;
            }
            beside.report
        }
    };
    let path = if path.as_os_str() == "-" { "-".to_owned() } else { file.name.clone() };
    Ok((CheckedFile { path, file, report }, outcome))
}

/// Reads a draft.
fn read(arguments: &Arguments, path: &Path) -> Result<DraftFile, Failure> {
    let stdin = path.as_os_str() == "-";
    let name = if stdin { "standard input".to_owned() } else { path.display().to_string() };
    let source = if stdin { standard_input(&name)? } else { TextSource::open(path)? };
    let file = DraftFile::read(name, source, None, arguments.encoding.as_deref())?;
    if let Some(encoding) = file.encoding.filter(|encoding| encoding.guessed) {
        complain(&format!("{} is read as {}", file.name, encoding.describe()));
    }
    Ok(file)
}

/// Reads standard input to its end.
pub fn standard_input(name: &str) -> Result<TextSource, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Failure::question(format!("{name} cannot be read: {error}")))?;
    Ok(TextSource::from_bytes(name, bytes))
}
