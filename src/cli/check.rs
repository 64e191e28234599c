//! `tongsa check`.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use tongsa::check::levels::FailOn;
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::encoding::{ReadError, TextSource};
use tongsa::lang::Lang;
use tongsa::settings::CheckSettings;
use tongsa::workspace::check::CheckOptions;
use tongsa::workspace::{Workspace, WorkspaceError};

use crate::cli::Outcome;
use crate::cli::desk::{self, Desk};
use crate::cli::drafts::{self, DraftPath};
use crate::cli::failure::{Failure, complain};
use crate::cli::passed_over::{PassedOver, Reason};
use crate::cli::report::{CheckedFile, Style};
use crate::cli::scope::{self, Scope};
use crate::cli::shelf::Shelf;
use crate::cli::{known_findings, parallel};

/// Check drafts: every name in one agreed form, no deprecated or forbidden one
///
/// Settings come from the nearest tongsa.toml at or above each draft, and from the flags, which stand above it. A comment
/// `tongsa-ignore` in a draft silences its line, `tongsa rules` lists what is looked for.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The drafts: files, folders, or patterns such as "news/**/*.md"; `-` is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The encoding of the drafts [default: detected]
    #[arg(long)]
    encoding: Option<String>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Style::Human)]
    format: Style,
    #[command(flatten)]
    desk: desk::Arguments,
    #[command(flatten)]
    scope: scope::Arguments,
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

/// A draft that is to be checked, with its settings.
struct Task {
    draft: DraftPath,
    settings: CheckSettings,
}

/// What came of a draft.
struct Answer {
    /// What is said about it on standard error.
    said: Option<String>,
    result: Result<CheckedFile, Refusal>,
}

/// Why a draft is not checked.
enum Refusal {
    /// It lies in a folder, and is no draft.
    PassedOver(Reason),
    /// It cannot be read.
    Failed(Failure),
}

/// Checks the drafts.
pub fn run(arguments: &Arguments, workspace: Workspace) -> Result<Outcome, Failure> {
    let mut desk = Desk::new(&arguments.desk);
    let mut scope = Scope::read(&arguments.scope)?;
    let drafts = drafts::find(&arguments.files, &mut |path| desk.excludes(path))?;
    let mut outcome = if drafts.failures.is_empty() { Outcome::Good } else { Outcome::Unanswered };
    drafts.failures.iter().for_each(|sentence| complain(sentence));
    let mut passed_over = PassedOver::new(drafts.others);
    let tasks: Result<Vec<Task>, Failure> =
        drafts.paths.into_iter().map(|draft| Ok(Task { settings: desk.settings(&draft.path)?, draft })).collect();
    let tasks = tasks?;
    let shelf = Shelf::new(workspace, tasks.iter().map(|task| task.settings.glossaries.as_slice()))?;
    let mut checked = Vec::new();
    let answers = parallel::map(&tasks, &shelf, |shelf, task| check(arguments, shelf, task))?;
    for (task, answer) in tasks.iter().zip(answers) {
        answer.said.iter().for_each(|sentence| complain(sentence));
        match answer.result {
            Ok(mut draft) => {
                scope.narrow(&mut draft)?;
                checked.push((task.settings.fail_on.unwrap_or_default(), draft));
            }
            Err(Refusal::PassedOver(reason)) => passed_over.count(reason),
            Err(Refusal::Failed(Failure::Question(sentence))) => {
                complain(&sentence);
                outcome = Outcome::Unanswered;
            }
            Err(Refusal::Failed(failure)) => return Err(failure),
        }
    }
    passed_over.sentence().iter().for_each(|sentence| complain(sentence));
    report(arguments, checked, outcome)
}

/// Prints what was found, or writes it down as known.
fn report(arguments: &Arguments, checked: Vec<(FailOn, CheckedFile)>, mut outcome: Outcome) -> Result<Outcome, Failure> {
    let (levels, mut checked): (Vec<FailOn>, Vec<CheckedFile>) = checked.into_iter().unzip();
    if let Some(path) = &arguments.scope.write_baseline {
        complain(&known_findings::write(path, &checked)?);
        checked.iter_mut().for_each(|draft| draft.report.findings.clear());
    }
    let counts =
        |(fail_on, draft): (&FailOn, &CheckedFile)| draft.report.findings.iter().any(|found| fail_on.counts(found.severity));
    if levels.iter().zip(&checked).any(counts) {
        outcome = outcome.max(Outcome::Wanting);
    }
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    arguments.format.write(&mut out, &checked)?;
    out.flush()?;
    Ok(outcome)
}

/// Checks one draft.
fn check(arguments: &Arguments, shelf: &Shelf, task: &Task) -> Answer {
    let mut said = None;
    let result = read(arguments, &task.draft, &mut said).and_then(|file| {
        let report = shelf.workspace(&task.settings.glossaries).check(&file, &CheckOptions::of_settings(&task.settings));
        let report = report.map_err(|error| match error {
            WorkspaceError::NoLanguage(_) if task.draft.found => Refusal::PassedOver(Reason::NoLanguage),
            error => Refusal::Failed(error.into()),
        })?;
        let path = if task.draft.is_stdin() { "-".to_owned() } else { file.name.clone() };
        Ok(CheckedFile { path, file, report })
    });
    Answer { said, result }
}

/// Reads one draft; what is to be said about it goes to `said`.
fn read(arguments: &Arguments, draft: &DraftPath, said: &mut Option<String>) -> Result<DraftFile, Refusal> {
    let name = if draft.is_stdin() { "standard input".to_owned() } else { draft.path.display().to_string() };
    let source = match draft.is_stdin() {
        true => standard_input(&name).map_err(Refusal::Failed)?,
        false => TextSource::open(&draft.path).map_err(|error| Refusal::Failed(error.into()))?,
    };
    let file = DraftFile::read(name, source, None, arguments.encoding.as_deref()).map_err(|error| match error {
        ReadError::Binary(_) if draft.found => Refusal::PassedOver(Reason::Binary),
        ReadError::Empty(_) if draft.found => Refusal::PassedOver(Reason::Empty),
        error => Refusal::Failed(error.into()),
    })?;
    let guessed = file.encoding.filter(|encoding| encoding.guessed);
    *said = guessed.map(|encoding| format!("{} is read as {}", file.name, encoding.describe()));
    Ok(file)
}

/// Reads standard input to its end.
pub fn standard_input(name: &str) -> Result<TextSource, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Failure::question(format!("{name} cannot be read: {error}")))?;
    Ok(TextSource::from_bytes(name, bytes))
}
