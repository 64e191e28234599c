//! Which findings are asked for: all, those that are new, or those in changed lines.

use std::path::{Path, PathBuf};

use tongsa::check::finding::Finding;
use tongsa::exchange::encoding::TextSource;
use tongsa::exchange::unified_diff::{self, ChangedFile};

use crate::cli::check;
use crate::cli::failure::Failure;
use crate::cli::known_findings::KnownFindings;
use crate::cli::report::CheckedFile;
use crate::cli::revision::Revision;

/// The flags that narrow the findings.
#[derive(Debug, clap::Args)]
#[group(skip)]
#[command(next_help_heading = "Which findings are asked for")]
pub struct Arguments {
    /// Report only what is not known by this file, which --write-baseline has written
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write all findings to this file as known ones instead of reporting them
    #[arg(long, value_name = "FILE", conflicts_with_all = ["baseline", "since", "changed_in"])]
    pub write_baseline: Option<PathBuf>,
    /// Report only what stands in lines that have changed since a git revision
    #[arg(long, value_name = "REVISION", conflicts_with = "changed_in")]
    since: Option<String>,
    /// Report only what stands in lines that this unified diff changes; `-` is standard input
    #[arg(long, value_name = "DIFF")]
    changed_in: Option<PathBuf>,
}

/// What is asked for.
pub struct Scope {
    known: Option<KnownFindings>,
    lines: Lines,
}

enum Lines {
    All,
    Since(Revision),
    In(Vec<ChangedFile>),
}

impl Scope {
    /// Reads what the flags name.
    pub fn read(arguments: &Arguments) -> Result<Self, Failure> {
        let known = arguments.baseline.as_deref().map(KnownFindings::read).transpose()?;
        let lines = match (&arguments.since, &arguments.changed_in) {
            (Some(revision), _) => Lines::Since(Revision::new(revision)?),
            (_, Some(path)) => Lines::In(read_diff(path)?),
            _ => Lines::All,
        };
        Ok(Self { known, lines })
    }

    /// Takes out of a draft the findings that are not asked for.
    pub fn narrow(&mut self, draft: &mut CheckedFile) -> Result<(), Failure> {
        if draft.path != "-" {
            let path = Path::new(&draft.path);
            match &mut self.lines {
                Lines::All => {}
                Lines::Since(revision) => {
                    if let Some(changed) = revision.changed_lines(path)? {
                        keep_lines(draft, &changed);
                    }
                }
                Lines::In(files) => {
                    let whole = path.canonicalize().unwrap_or_else(|_| path.to_owned());
                    match unified_diff::file_at(files, &whole) {
                        Some(changed) => keep_lines(draft, changed),
                        None => draft.report.findings.clear(),
                    }
                }
            }
        }
        if let Some(known) = &self.known {
            known.take_from(draft);
        }
        Ok(())
    }
}

fn keep_lines(draft: &mut CheckedFile, changed: &ChangedFile) {
    let CheckedFile { file, report, .. } = draft;
    let is_changed = |finding: &Finding| {
        let place = file.place(finding.span);
        (place.start.line..=place.end.line).any(|line| changed.has_line(line))
    };
    report.findings.retain(is_changed);
}

fn read_diff(path: &Path) -> Result<Vec<ChangedFile>, Failure> {
    let stdin = path.as_os_str() == "-";
    let name = if stdin { "standard input".to_owned() } else { path.display().to_string() };
    let mut source = if stdin { check::standard_input(&name)? } else { TextSource::open(path)? };
    if source.beginning(1)?.is_empty() {
        return Ok(Vec::new());
    }
    let (text, _) = source.read_all(None)?;
    unified_diff::read(&text).map_err(|error| Failure::question(format!("{name} is no unified diff: {error}")))
}
