//! `tongsa import`.

use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use tongsa::exchange::dialect;
use tongsa::exchange::encoding::TextSource;
use tongsa::lang::Lang;
use tongsa::wire::ImportLine;
use tongsa::workspace::Workspace;
use tongsa::workspace::import::{ImportReport, Notices};
use tongsa::workspace::import_file::{ImportFileOptions, Saying};

use crate::cli::failure::{Failure, complain};
use crate::cli::{Outcome, check};

/// Import glossaries and translation memories as they are, in any encoding and dialect
///
/// CSV is a glossary; TMX, XLIFF and gettext PO are translation memory, and so is a table with --memory. A file is imported
/// whole or not at all, in one batch that `tongsa undo` takes back.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The files; `-` is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Show what would be done and change nothing
    #[arg(long)]
    dry_run: bool,
    /// The columns, for a file without headings or with others [example: en,ko,zh-Hans,note]
    #[arg(long, value_name = "LIST")]
    columns: Option<String>,
    /// The character between cells: a single one, or `tab` [default: told by the first lines]
    #[arg(long, value_name = "CHAR", value_parser = dialect::parse_separator)]
    separator: Option<u8>,
    /// The encoding [default: detected]
    #[arg(long)]
    encoding: Option<String>,
    /// What the ids of rows without an id begin with [default: the file's name]
    #[arg(long, value_name = "NAME")]
    glossary: Option<String>,
    /// Take the files as translation memory: a segment a row, a language a column
    #[arg(long, conflicts_with = "glossary")]
    memory: bool,
    /// The language of the source segments, where the file does not say it
    #[arg(long, value_name = "LANG", value_parser = check::parse_lang)]
    from: Option<Lang>,
    /// The language of the target segments, where the file does not say it
    #[arg(long, value_name = "LANG", value_parser = check::parse_lang)]
    to: Option<Lang>,
    /// Print one JSON object a file, a line each
    #[arg(long)]
    json: bool,
}

/// How many notices of a kind are printed for people.
const NOTICES_SHOWN: usize = 20;

/// Imports the files, each on its own.
pub fn run(arguments: &Arguments, mut workspace: Workspace) -> Result<Outcome, Failure> {
    let mut outcome = Outcome::Good;
    for path in &arguments.files {
        match import(arguments, &mut workspace, path) {
            Ok(report) if report.rejected.count > 0 => outcome = outcome.max(Outcome::Wanting),
            Ok(_) => {}
            Err(Failure::Question(sentence)) => {
                complain(&sentence);
                outcome = Outcome::Unanswered;
            }
            Err(failure) => return Err(failure),
        }
    }
    Ok(outcome)
}

fn import(arguments: &Arguments, workspace: &mut Workspace, path: &Path) -> Result<ImportReport, Failure> {
    let stdin = path.as_os_str() == "-";
    let name = if stdin { Path::new("standard input") } else { path };
    let source = if stdin { check::standard_input("standard input")? } else { TextSource::open(path)? };
    let bar = progress_bar(source.size);
    let progress = &mut |bytes| bar.set_position(bytes);
    let options = ImportFileOptions { saying: arguments.saying(), dry_run: arguments.dry_run, progress };
    let report = workspace.import_file(name, source, options);
    bar.finish_and_clear();
    let report = report?;
    print(arguments, &name.display().to_string(), &report)?;
    Ok(report)
}

impl Arguments {
    fn saying(&self) -> Saying {
        Saying {
            columns: self.columns.clone(),
            separator: self.separator,
            encoding: self.encoding.clone(),
            glossary: self.glossary.clone(),
            memory: self.memory,
            from: self.from.clone(),
            to: self.to.clone(),
        }
    }
}

/// Returns a bar on standard error that shows itself when an import takes longer than a moment on a terminal.
fn progress_bar(size: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(size), ProgressDrawTarget::hidden());
    if io::stderr().is_terminal() && size > 1 << 22 {
        let style = ProgressStyle::with_template("{bar:30} {bytes}/{total_bytes} {bytes_per_sec} {eta} left");
        bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        bar.set_draw_target(ProgressDrawTarget::stderr_with_hz(10));
        bar.enable_steady_tick(Duration::from_millis(500));
    }
    bar
}

fn print(arguments: &Arguments, name: &str, report: &ImportReport) -> Result<(), Failure> {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    if arguments.json {
        serde_json::to_writer(&mut out, &ImportLine::new(name, report, arguments.dry_run))?;
        writeln!(out)?;
    } else {
        summary(&mut out, name, report, arguments.dry_run)?;
        notices(&mut out, name, "rejected", &report.rejected)?;
        notices(&mut out, name, "conflict", &report.conflicts)?;
    }
    out.flush()?;
    Ok(())
}

fn summary(out: &mut impl Write, name: &str, report: &ImportReport, dry_run: bool) -> io::Result<()> {
    let counts = report.counts;
    writeln!(out, "{name}: {}; {}", report.encoding, report.layout)?;
    let done = match (dry_run, report.batch) {
        (true, _) => ", nothing written (dry run)".to_owned(),
        (false, Some(batch)) => format!(" (import {batch}; `tongsa undo {batch}` takes it back)"),
        (false, None) => ", nothing to write".to_owned(),
    };
    let (added, changed, unchanged) = (counts.added, counts.changed, counts.unchanged);
    writeln!(out, "  {added} added, {changed} changed, {unchanged} unchanged, {} rejected{done}", counts.rejected)
}

fn notices(out: &mut impl Write, name: &str, what: &str, notices: &Notices) -> io::Result<()> {
    for notice in notices.kept.iter().take(NOTICES_SHOWN) {
        let concept = if notice.concept.is_empty() { String::new() } else { format!("{}: ", notice.concept) };
        writeln!(out, "  {what} {name}:{}: {concept}{}", notice.line, notice.reason)?;
    }
    let more = notices.count.saturating_sub(NOTICES_SHOWN);
    if more > 0 {
        writeln!(out, "  {more} more of the kind `{what}`; --json lists up to {}", tongsa::workspace::import::NOTICES_KEPT)?;
    }
    Ok(())
}
