//! `tongsa check`.

use std::io::{self, Read, Write};
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
    for path in &arguments.files {
        match check(arguments, workspace, path) {
            Ok(draft) => checked.push(draft),
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
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    arguments.format.write(&mut out, &checked)?;
    out.flush()?;
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

fn check(arguments: &Arguments, workspace: &Workspace, path: &Path) -> Result<CheckedFile, Failure> {
    let stdin = path.as_os_str() == "-";
    let name = if stdin { "standard input".to_owned() } else { path.display().to_string() };
    let source = if stdin { standard_input(&name)? } else { TextSource::open(path)? };
    let file = DraftFile::read(name, source, None, arguments.encoding.as_deref())?;
    if let Some(encoding) = file.encoding.filter(|encoding| encoding.guessed) {
        complain(&format!("{} is read as {}", file.name, encoding.describe()));
    }
    let house = House { korean_reading: arguments.korean_reading.reading(), ..House::default() };
    let options = CheckOptions { lang: arguments.lang.clone(), date: arguments.date, house, ..CheckOptions::default() };
    let report = workspace.check(&file, &options)?;
    let path = if stdin { "-".to_owned() } else { file.name.clone() };
    Ok(CheckedFile { path, file, report })
}

/// Reads standard input to its end.
pub fn standard_input(name: &str) -> Result<TextSource, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Failure::question(format!("{name} cannot be read: {error}")))?;
    Ok(TextSource::from_bytes(name, bytes))
}
