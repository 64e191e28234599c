//! Which lines have changed since a revision, as git tells it.

use std::collections::{HashMap, HashSet};
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tongsa::exchange::unified_diff::{self, ChangedFile};

use crate::cli::failure::Failure;

/// What git knows of one repository.
struct Repository {
    /// The changed files by their whole paths.
    changed: HashMap<PathBuf, ChangedFile>,
    /// The whole paths of the files that git keeps; whatever else is there is new.
    kept: HashSet<PathBuf>,
}

/// The lines that have changed since a revision, in the repository of each draft.
pub struct Revision {
    name: String,
    tops: HashMap<PathBuf, PathBuf>,
    repositories: HashMap<PathBuf, Repository>,
}

impl Revision {
    /// Names a revision, as git understands it.
    pub fn new(name: &str) -> Result<Self, Failure> {
        if name.is_empty() || name.starts_with('-') {
            return Err(Failure::question(format!("`{name}` is no revision; name a branch, a tag or a commit")));
        }
        Ok(Self { name: name.to_owned(), tops: HashMap::new(), repositories: HashMap::new() })
    }

    /// Returns the lines of a draft that have changed; `None` where all of it is new.
    pub fn changed_lines(&mut self, draft: &Path) -> Result<Option<ChangedFile>, Failure> {
        // What cannot be read is said when the draft is read.
        let Ok(whole) = draft.canonicalize() else { return Ok(None) };
        let folder = whole.parent().unwrap_or(&whole).to_owned();
        if !self.tops.contains_key(&folder) {
            let top = top_of(&folder)?;
            if !self.repositories.contains_key(&top) {
                self.repositories.insert(top.clone(), Repository::read(&top, &self.name)?);
            }
            self.tops.insert(folder.clone(), top);
        }
        let repository = self.tops.get(&folder).and_then(|top| self.repositories.get(top));
        let Some(repository) = repository.filter(|repository| repository.kept.contains(&whole)) else { return Ok(None) };
        let untouched = || ChangedFile { path: whole.clone(), lines: Some(Vec::new()) };
        Ok(Some(repository.changed.get(&whole).cloned().unwrap_or_else(untouched)))
    }
}

impl Repository {
    fn read(top: &Path, revision: &str) -> Result<Self, Failure> {
        let known = git(top, &["rev-parse", "--verify", "--quiet", "--end-of-options", &format!("{revision}^{{commit}}")])?;
        if known.is_none() {
            let sentence = format!("there is no revision {revision} in the git repository {}", top.display());
            return Err(Failure::question(sentence));
        }
        let failed = || Failure::question(format!("git cannot tell what has changed in {}", top.display()));
        let diff = ["-c", "core.quotePath=false", "diff", "-U0", "--no-color", "--no-ext-diff", "--no-textconv"];
        let prefixes = ["--src-prefix=a/", "--dst-prefix=b/", revision, "--"];
        let diff = git(top, &[&diff[..], &prefixes].concat())?.ok_or_else(failed)?;
        let changed = unified_diff::read(&diff).map_err(|_| failed())?;
        let kept = git(top, &["ls-files", "-z"])?.ok_or_else(failed)?;
        Ok(Self {
            changed: changed.into_iter().map(|file| (top.join(&file.path), file)).collect(),
            kept: kept.split('\0').map(|path| top.join(path)).collect(),
        })
    }
}

fn top_of(folder: &Path) -> Result<PathBuf, Failure> {
    let top = git(folder, &["rev-parse", "--show-toplevel"])?;
    top.map(|top| PathBuf::from(top.trim_end_matches(['\n', '\r']))).ok_or_else(|| {
        let folder = folder.display();
        Failure::question(format!("{folder} is in no git repository; name the changed lines with --changed-in DIFF"))
    })
}

/// Asks git something in a folder; `None` where it refuses.
fn git(folder: &Path, arguments: &[&str]) -> Result<Option<String>, Failure> {
    let asked = Command::new("git").arg("-C").arg(folder).args(arguments).stdin(Stdio::null()).output();
    match asked {
        Ok(output) if output.status.success() => Ok(Some(String::from_utf8_lossy(&output.stdout).into_owned())),
        Ok(_) => Ok(None),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Err(Failure::question(
            "git is not installed, and --since asks it which lines have changed; name them with --changed-in DIFF",
        )),
        Err(error) => Err(Failure::question(format!("git cannot be started: {error}"))),
    }
}
