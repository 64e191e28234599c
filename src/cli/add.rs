//! `tongsa add`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::encoding::TextSource;
use tongsa::lang::Lang;
use tongsa::workspace::Workspace;
use tongsa::workspace::add::{AddReport, ArticleChange, ArticleText};

use crate::cli::failure::{Failure, complain};
use crate::cli::{Outcome, check};

/// Keep articles as segments, each with the names found in it
///
/// The same article again changes nothing; an edited version of the file replaces the old one.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The articles, in any format of drafts; `-` is standard input (with --name)
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The name to keep one article by [default: the file's name without its ending]
    #[arg(long)]
    name: Option<String>,
    /// The language of the articles [default: told by their letters]
    #[arg(long, value_parser = check::parse_lang)]
    lang: Option<Lang>,
    /// The encoding of the articles [default: detected]
    #[arg(long)]
    encoding: Option<String>,
}

/// Keeps the articles, each on its own.
pub fn run(arguments: &Arguments, mut workspace: Workspace) -> Result<Outcome, Failure> {
    let stdin = arguments.files.iter().any(|path| path.as_os_str() == "-");
    if arguments.name.is_some() && arguments.files.len() > 1 || stdin && arguments.name.is_none() {
        return Err(Failure::question("--name goes with exactly one article, and standard input needs it"));
    }
    let mut outcome = Outcome::Good;
    for path in &arguments.files {
        match add(arguments, &mut workspace, path) {
            Ok(report) => print(&report)?,
            Err(Failure::Question(sentence)) => {
                complain(&sentence);
                outcome = Outcome::Unanswered;
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(outcome)
}

fn add(arguments: &Arguments, workspace: &mut Workspace, path: &Path) -> Result<AddReport, Failure> {
    let stdin = path.as_os_str() == "-";
    let shown = if stdin { "standard input".to_owned() } else { path.display().to_string() };
    let source = if stdin { check::standard_input(&shown)? } else { TextSource::open(path)? };
    let origin = if stdin { shown.clone() } else { absolute(path) };
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let name = arguments.name.clone().unwrap_or(stem);
    let file = DraftFile::read(&shown, source, None, arguments.encoding.as_deref())?;
    if let Some(encoding) = file.encoding.filter(|encoding| encoding.guessed) {
        complain(&format!("{shown} is read as {}", encoding.describe()));
    }
    let article = ArticleText { name: &name, origin: &origin, file: &file, lang: arguments.lang.clone() };
    Ok(workspace.add_article(&article)?)
}

fn absolute(path: &Path) -> String {
    path.canonicalize().unwrap_or_else(|_| path.to_owned()).display().to_string()
}

fn print(report: &AddReport) -> Result<(), Failure> {
    let change = match report.change {
        ArticleChange::Added => "added",
        ArticleChange::Replaced => "replaced by this version",
        ArticleChange::Unchanged => "unchanged",
    };
    let AddReport { name, lang, segments, mentions, .. } = report;
    writeln!(io::stdout(), "{name}: {change}; {lang}, {segments} segments, {mentions} names found; see `tongsa show {name}`")?;
    Ok(())
}
