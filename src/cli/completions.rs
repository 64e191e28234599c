//! `tongsa completions`, and the answers to the shells that ask while a command is typed.

use std::env;
use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::PathBuf;

use clap::CommandFactory;
use clap_complete::CompleteEnv;
use clap_complete::engine::CompletionCandidate;
use clap_complete::env::{Bash, Elvish, EnvCompleter, Fish, Powershell, Zsh};
use tongsa::check::rules::RULES;
use tongsa::text::fold;
use tongsa::workspace::{Workspace, completion::Completion};

use crate::cli::failure::Failure;
use crate::cli::{self, Outcome};

/// The environment variable by which a shell asks; its value is the shell.
const ASKING: &str = "TONGSA_COMPLETE";
/// So many names are offered.
const MOST_NAMES: usize = 40;

/// Print the script that completes commands, flags and recorded names in a shell
///
/// In bash: echo 'source <(tongsa completions bash)' >> ~/.bashrc
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Shell {
    Bash,
    Zsh,
    Fish,
    Powershell,
    Elvish,
}

/// Prints the script.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let mut script = Vec::new();
    arguments.shell.completer().write_registration(ASKING, "tongsa", "tongsa", &own_path().to_string_lossy(), &mut script)?;
    io::stdout().write_all(&script)?;
    Ok(Outcome::Good)
}

impl Shell {
    fn completer(self) -> &'static dyn EnvCompleter {
        match self {
            Self::Bash => &Bash,
            Self::Zsh => &Zsh,
            Self::Fish => &Fish,
            Self::Powershell => &Powershell,
            Self::Elvish => &Elvish,
        }
    }
}

/// Returns how the shell calls this program: by its name where it is on the path, else by where it is.
fn own_path() -> OsString {
    let called = PathBuf::from(env::args_os().next().unwrap_or_default());
    if called.components().count() == 1 {
        return called.into_os_string();
    }
    env::current_dir().map_or_else(|_| called.clone().into_os_string(), |folder| folder.join(&called).into_os_string())
}

/// Answers a shell that asks, and returns whether one did. What goes wrong is not said: a word is being typed.
pub fn answer_shell() -> bool {
    let folder = env::current_dir().ok();
    let asked = CompleteEnv::with_factory(cli::Arguments::command).var(ASKING);
    asked.try_complete(env::args_os(), folder.as_deref()).unwrap_or(true)
}

/// Returns the recorded names that go on from the words that are typed.
pub fn names(current: &OsStr) -> Vec<CompletionCandidate> {
    let line = Line::typed();
    let (Some(workspace), Some(current)) = (line.workspace(), current.to_str()) else { return Vec::new() };
    let begun = format!("{} {current}", line.words.join(" "));
    let Ok(completions) = workspace.complete(begun.trim_start(), None, MOST_NAMES) else { return Vec::new() };
    completions.found.iter().filter_map(|completion| candidate(completion, &line.words)).collect()
}

/// Returns what of a name is still to be typed after some words.
fn candidate(completion: &Completion, typed: &[String]) -> Option<CompletionCandidate> {
    let words: Vec<&str> = completion.text.split(' ').collect();
    let (begun, rest) = words.split_at_checked(typed.len())?;
    let same = begun.iter().zip(typed).all(|(word, typed)| fold::key(word) == fold::key(typed));
    let concept = &completion.found.concept;
    let help = format!("{} · {}", concept.kind.name(), concept.id);
    (same && !rest.is_empty()).then(|| CompletionCandidate::new(rest.join(" ")).help(Some(help.into())))
}

/// Returns the kept articles.
pub fn articles() -> Vec<CompletionCandidate> {
    let articles = Line::typed().workspace().and_then(|workspace| workspace.articles().ok()).unwrap_or_default();
    articles.into_iter().map(|article| CompletionCandidate::new(article.name).help(Some(article.origin.into()))).collect()
}

/// Returns the imports that can be taken back, the latest first.
pub fn batches() -> Vec<CompletionCandidate> {
    let batches = Line::typed().workspace().and_then(|workspace| workspace.batches().ok()).unwrap_or_default();
    let latest_first = batches.into_iter().rev();
    latest_first.map(|batch| CompletionCandidate::new(batch.id.to_string()).help(Some(batch.source.into()))).collect()
}

/// Returns the rules of a check.
pub fn rules() -> Vec<CompletionCandidate> {
    RULES.iter().map(|rule| CompletionCandidate::new(rule.name).help(Some(rule.summary().to_owned().into()))).collect()
}

/// The command line that is being typed, as the shell tells it.
struct Line {
    store: Option<PathBuf>,
    /// The words of the command before the one that is completed, without flags.
    words: Vec<String>,
}

impl Line {
    fn typed() -> Self {
        let typed: Vec<OsString> = env::args_os().skip_while(|word| word != "--").skip(1).collect();
        let at = env::var("_CLAP_COMPLETE_INDEX").ok().and_then(|at| at.parse().ok());
        let at: usize = at.unwrap_or(typed.len().saturating_sub(1)).min(typed.len());
        let (mut store, mut words) = (None, Vec::new());
        let mut before = typed.into_iter().take(at).skip(1);
        while let Some(word) = before.next() {
            if word == "--store" {
                store = before.next().map(PathBuf::from);
            } else if let Some(word) = word.to_str().filter(|word| !word.starts_with('-')) {
                words.push(word.to_owned());
            }
        }
        // The first is the command itself.
        words.drain(..words.len().min(1));
        Self { store, words }
    }

    /// Opens the store where there is one; a word that is typed makes none.
    fn workspace(&self) -> Option<Workspace> {
        let named = self.store.clone().or_else(|| env::var_os("TONGSA_STORE").map(PathBuf::from));
        let path = named.or_else(|| cli::default_store().ok())?;
        path.is_file().then(|| cli::open(path).ok()).flatten()
    }
}
