//! `tongsa check`.

use std::io::{self, Read, Write};
use std::path::PathBuf;

use tongsa::check::levels::FailOn;
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::encoding::{ReadError, TextSource};
use tongsa::exchange::prose::DraftFormat;
use tongsa::lang::Lang;
use tongsa::settings::CheckSettings;
use tongsa::text::script;
use tongsa::workspace::check::{CheckOptions, Together, check_across};
use tongsa::workspace::{Workspace, WorkspaceError};

use crate::cli::Outcome;
use crate::cli::desk::{self, Desk};
use crate::cli::drafts::{self, DraftPath};
use crate::cli::failure::{Failure, complain};
use crate::cli::fix::{Fixing, Original};
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
    /// The drafts: files, folders, or patterns such as "news/**/*.md"; `-` is standard input. Read are plain text, Markdown,
    /// HTML, DOCX, HWPX, ODT, SRT and WebVTT
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The text that the drafts were translated from: every name in it must be rendered in them
    #[arg(long, value_name = "FILE", conflicts_with = "together")]
    source: Option<PathBuf>,
    /// The files are versions of one text: check each, and all beside the first
    #[arg(long)]
    together: bool,
    /// The name that standard input would have as a file, for its format: draft.html
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<String>,
    /// The encoding of the drafts [default: detected]
    #[arg(long)]
    encoding: Option<String>,
    /// How findings are printed
    #[arg(long, value_enum, default_value_t = Style::Human)]
    format: Style,
    /// Write the report to this file [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    desk: desk::Arguments,
    #[command(flatten)]
    scope: scope::Arguments,
    #[command(flatten)]
    fixing: Fixing,
}

/// Reads a language tag from the command line.
pub fn parse_lang(tag: &str) -> Result<Lang, String> {
    Lang::of_people(tag)
}

/// A draft that is to be checked, with its settings.
struct Task {
    draft: DraftPath,
    settings: CheckSettings,
}

/// What came of a draft.
struct Answer {
    /// What is said about it on standard error.
    said: Vec<String>,
    /// What belongs on standard output beside the report.
    shown: Vec<u8>,
    /// What that means for the whole.
    outcome: Outcome,
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
    let source = source(arguments, &tasks)?;
    let mut checked = Vec::new();
    let answers = parallel::map(&tasks, &shelf, |shelf, task| check(arguments, shelf, task, source.as_ref()))?;
    for (task, answer) in tasks.iter().zip(answers) {
        answer.said.iter().for_each(|sentence| complain(sentence));
        outcome = outcome.max(answer.outcome);
        io::stdout().write_all(&answer.shown)?;
        match answer.result {
            Ok(draft) => checked.push((&task.settings, draft)),
            Err(Refusal::PassedOver(reason)) => passed_over.count(reason),
            Err(Refusal::Failed(Failure::Question(sentence))) => {
                complain(&sentence);
                outcome = Outcome::Unanswered;
            }
            Err(Refusal::Failed(failure)) => return Err(failure),
        }
    }
    passed_over.sentence().iter().for_each(|sentence| complain(sentence));
    let mut checked = across(checked);
    checked.iter_mut().try_for_each(|(_, draft)| scope.narrow(draft))?;
    report(arguments, checked, outcome)
}

/// Looks at drafts of one command together, and returns each with the level that counts for it.
fn across(mut checked: Vec<(&CheckSettings, CheckedFile)>) -> Vec<(FailOn, CheckedFile)> {
    if checked.len() > 1 {
        let together = checked.iter_mut().map(|(settings, draft)| {
            let options = CheckOptions::of_settings(settings);
            Together { file: &draft.file, report: &mut draft.report, options }
        });
        check_across(&mut together.collect::<Vec<_>>());
    }
    checked.into_iter().map(|(settings, draft)| (settings.fail_on.unwrap_or_default(), draft)).collect()
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
    let reads_stdin = arguments.files.iter().any(|path| path.as_os_str() == "-");
    if arguments.fixing.is_diff() {
        return Ok(outcome);
    } else if arguments.fixing.is_wanted() && reads_stdin && arguments.output.is_none() {
        // Standard output holds the fixed text.
        arguments.format.write(&mut anstream::stderr().lock(), &checked)?;
    } else {
        arguments.format.write_to(arguments.output.as_deref(), &checked)?;
    }
    Ok(outcome)
}

/// Reads the text that the drafts are checked beside.
fn source(arguments: &Arguments, tasks: &[Task]) -> Result<Option<DraftFile>, Failure> {
    let first = tasks.first().filter(|_| arguments.together).map(|task| task.draft.clone());
    let named = arguments.source.clone().map(|path| DraftPath { path, found: false });
    let Some(path) = named.or(first) else { return Ok(None) };
    if path.is_stdin() && arguments.together {
        return Err(Failure::question("versions of one text are read more than once; name a file instead of `-`"));
    }
    let mut said = Vec::new();
    let source = match read(arguments, &path, &mut said) {
        Ok(input) => input.file,
        Err(Refusal::Failed(failure)) => return Err(failure),
        Err(Refusal::PassedOver(_)) => return Ok(None),
    };
    if !arguments.together {
        said.iter().for_each(|sentence| complain(sentence));
    }
    if script::detect_language(&source.text).is_none() {
        let name = &source.name;
        return Err(Failure::question(format!(
            "the language of {name} cannot be told from its letters; is it the right file?"
        )));
    }
    Ok(Some(source))
}

/// Checks one draft, beside its source where there is one, and fixes it where that is wanted.
fn check(arguments: &Arguments, shelf: &Shelf, task: &Task, source: Option<&DraftFile>) -> Answer {
    let (mut said, mut shown) = (Vec::new(), Vec::new());
    let mut said_of_language = None;
    let mut aligned = None;
    let result = read(arguments, &task.draft, &mut said).and_then(|Input { file, bytes }| {
        let names = arguments.format.shows_names();
        let options = CheckOptions { names, ..CheckOptions::of_settings(&task.settings) };
        let workspace = shelf.workspace(&task.settings.glossaries);
        let source = source.filter(|source| source.name != file.name);
        let check = |file: &DraftFile| workspace.check_beside(source, file, &options);
        said_of_language = other_language(&file, task.settings.lang.as_ref());
        let path = if task.draft.is_stdin() { "-".to_owned() } else { file.name.clone() };
        let refused = |failure: WorkspaceError| match failure {
            WorkspaceError::NoLanguage(_) | WorkspaceError::NoText(_) if task.draft.found => {
                Refusal::PassedOver(Reason::NoLanguage)
            }
            WorkspaceError::NoRule(..) if task.draft.found => Refusal::PassedOver(Reason::NoRule),
            error => Refusal::Failed(error.into()),
        };
        let first = check(&file).map_err(refused)?;
        aligned = first.aligned;
        if !arguments.fixing.is_wanted() {
            return Ok((CheckedFile { path, file, report: first }, None));
        }
        let original = Original { path: &task.draft.path, bytes: &bytes, file };
        let fixed = arguments.fixing.fix(original, |file| Ok(check(file)?)).map_err(Refusal::Failed)?;
        (shown, aligned) = (fixed.shown, fixed.report.aligned);
        Ok((CheckedFile { path, file: fixed.draft, report: fixed.report }, fixed.said))
    });
    let result = result.map(|(checked, fixed)| {
        said.extend(fixed);
        checked
    });
    said.extend(said_of_language);
    let aligned = aligned.unwrap_or(true);
    if let (false, Some(source)) = (aligned, source) {
        let (source, draft) = (&source.name, task.draft.path.display());
        said.push(format!("{source} and {draft} do not look like versions of one text; {draft} is checked alone"));
    }
    let outcome = if aligned { Outcome::Good } else { Outcome::Unanswered };
    Answer { said, shown, outcome, result }
}

/// Says that a draft does not look like the language that it is said to be in.
fn other_language(file: &DraftFile, said: Option<&Lang>) -> Option<String> {
    let (said, looks) = (said?, script::detect_language(&file.text)?);
    let differs = said.family() != looks.family();
    differs.then(|| format!("{} looks like {looks}, and is read as {said}, as it is said to be", file.name))
}

/// A draft as it was read.
struct Input {
    file: DraftFile,
    /// Its bytes, where it is to be fixed.
    bytes: Vec<u8>,
}

/// Reads one draft; what is to be said about it goes to `said`.
fn read(arguments: &Arguments, draft: &DraftPath, said: &mut Vec<String>) -> Result<Input, Refusal> {
    let stdin = draft.is_stdin();
    let name = if stdin { "standard input".to_owned() } else { draft.path.display().to_string() };
    let refused = |error: ReadError| match error {
        ReadError::Binary(_) if draft.found => Refusal::PassedOver(Reason::Binary),
        ReadError::Empty(_) if draft.found => Refusal::PassedOver(Reason::Empty),
        error => Refusal::Failed(error.into()),
    };
    let mut source = match stdin {
        true => standard_input(&name).map_err(Refusal::Failed)?,
        false => TextSource::open(&draft.path).map_err(refused)?,
    };
    let mut bytes = Vec::new();
    if arguments.fixing.is_wanted() {
        bytes = source.beginning(usize::MAX).map_err(refused)?;
        source = TextSource::from_bytes(&name, bytes.clone());
    }
    let format = arguments.stdin_name.as_deref().filter(|_| stdin).and_then(DraftFormat::known_by_name);
    let file = DraftFile::read(name, source, format, arguments.encoding.as_deref()).map_err(refused)?;
    let guessed = file.encoding.filter(|encoding| encoding.guessed);
    said.extend(guessed.map(|encoding| format!("{} is read as {}", file.name, encoding.describe())));
    Ok(Input { file, bytes })
}

/// Reads standard input to its end.
pub fn standard_input(name: &str) -> Result<TextSource, Failure> {
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes).map_err(|error| Failure::question(format!("{name} cannot be read: {error}")))?;
    Ok(TextSource::from_bytes(name, bytes))
}
