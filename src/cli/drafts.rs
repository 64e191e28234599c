//! Which drafts a command is about: files, folders and patterns, as they were typed.

use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;
use tongsa::exchange::prose::DraftFormat;
use tongsa::settings::globs::Globs;

use crate::cli::failure::Failure;

/// A draft to be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DraftPath {
    /// Where it is; `-` is standard input.
    pub path: PathBuf,
    /// Whether it was found in a folder, and not named itself. What cannot be a draft there is passed over.
    pub found: bool,
}

impl DraftPath {
    /// Returns whether it is standard input.
    pub fn is_stdin(&self) -> bool {
        self.path.as_os_str() == "-"
    }
}

/// The drafts of a command.
#[derive(Debug, Default)]
pub struct Drafts {
    /// In the order in which they were named, those of a folder in order of path; each once.
    pub paths: Vec<DraftPath>,
    /// How many files in folders are of other kinds.
    pub others: usize,
    /// What could not be looked into, a sentence each.
    pub failures: Vec<String>,
    seen: HashSet<PathBuf>,
}

/// Finds the drafts that are named. In folders, hidden files and what `.gitignore` names are passed over, and what `excluded`
/// says.
pub fn find(named: &[PathBuf], excluded: &mut dyn FnMut(&Path) -> Result<bool, Failure>) -> Result<Drafts, Failure> {
    let mut drafts = Drafts::default();
    for path in named {
        let failures = drafts.failures.len();
        let found = if path.is_dir() {
            drafts.walk(path, None, excluded)?
        } else if let Some(pattern) = pattern(path) {
            let folder = fixed_part(path);
            if !folder.is_dir() {
                return Err(Failure::question(format!("{} begins in no folder that is there", path.display())));
            }
            let globs = Globs::new(&[format!("./{}", pattern.trim_start_matches('/'))]).map_err(Failure::question)?;
            drafts.walk(fixed_part(path), Some(&globs), excluded)?
        } else {
            drafts.add(path.clone(), false);
            continue;
        };
        if found == 0 && failures == drafts.failures.len() {
            let what = if path.is_dir() { "in" } else { "that fits" };
            let endings = DraftFormat::endings().collect::<Vec<_>>().join(", .");
            return Err(Failure::question(format!("there is no draft {what} {}; drafts end in .{endings}", path.display())));
        }
    }
    Ok(drafts)
}

impl Drafts {
    fn add(&mut self, path: PathBuf, found: bool) {
        if self.seen.insert(plain(&path)) {
            self.paths.push(DraftPath { path, found });
        }
    }

    /// Adds the drafts below a folder, those that fit a pattern where there is one, and returns how many there are.
    fn walk(
        &mut self,
        folder: &Path,
        pattern: Option<&Globs>,
        excluded: &mut dyn FnMut(&Path) -> Result<bool, Failure>,
    ) -> Result<usize, Failure> {
        let mut found = 0;
        let in_repository = folder.canonicalize().is_ok_and(|folder| folder.ancestors().any(|at| at.join(".git").exists()));
        let mut walk = WalkBuilder::new(folder);
        // Outside of a repository no file above the folder has a say.
        walk.require_git(false).parents(in_repository).sort_by_file_path(Path::cmp);
        for entry in walk.build() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    self.failures.push(format!("not everything in {} can be read: {error}", folder.display()));
                    continue;
                }
            };
            if !entry.file_type().is_some_and(|kind| kind.is_file()) {
                continue;
            }
            let path = plain(entry.path());
            let inside = path.strip_prefix("/").unwrap_or(&path);
            if pattern.is_some_and(|globs| !globs.fit(inside)) || excluded(&path)? {
                continue;
            }
            if DraftFormat::is_draft(&path) {
                found += 1;
                self.add(path, true);
            } else {
                self.others += 1;
            }
        }
        Ok(found)
    }
}

/// Returns the pattern that a path is: one that is no file, with a sign of a pattern in it.
fn pattern(path: &Path) -> Option<&str> {
    let text = path.to_str().filter(|text| text.contains(['*', '?', '[', '{']));
    text.filter(|_| path.symlink_metadata().is_err()).map(|text| text.strip_prefix("./").unwrap_or(text))
}

/// Returns the folders before the first sign of a pattern.
fn fixed_part(path: &Path) -> &Path {
    let has_sign = |path: &Path| path.to_string_lossy().contains(['*', '?', '[', '{']);
    let fixed = path.ancestors().find(|path| !has_sign(path)).unwrap_or(path);
    if fixed.as_os_str().is_empty() { Path::new(".") } else { fixed }
}

/// Returns a path without the `./` in it.
fn plain(path: &Path) -> PathBuf {
    path.components().filter(|part| *part != Component::CurDir).collect()
}
