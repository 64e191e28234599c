//! The part of `tongsa check` that fixes: what is fixed is written into the file, to standard output, or shown as a diff.

use std::io;
use std::path::Path;

use tongsa::check::fixing::FixScope;
use tongsa::exchange::draft_file::DraftFile;
use tongsa::workspace::check::CheckReport;
use tongsa::workspace::fix::{self, FixReport};

use crate::cli::failure::Failure;
use crate::cli::output_file;

/// What is fixed, and where it goes.
#[derive(Clone, Copy, Debug, clap::Args)]
#[command(next_help_heading = "Fixing")]
pub struct Fixing {
    /// Fix the drafts: what is safe, or all that is probable; standard input is written fixed to standard output
    #[arg(long, value_enum, value_name = "WHICH", num_args = 0..=1, require_equals = true, default_missing_value = "safe",
        conflicts_with_all = ["baseline", "write_baseline", "since", "changed_in"])]
    fix: Option<Which>,
    /// Show what --fix would change, and change nothing
    #[arg(long, conflicts_with_all = ["baseline", "write_baseline", "since", "changed_in", "output", "format"])]
    diff: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Which {
    /// What can be changed without asking
    Safe,
    /// What is probable too
    All,
}

/// A draft that was read to be fixed.
pub struct Original<'a> {
    /// Where it lies; `-` is standard input.
    pub path: &'a Path,
    /// The bytes that were read.
    pub bytes: &'a [u8],
    /// The draft in them.
    pub file: DraftFile,
}

/// What came of fixing a draft.
pub struct Fixed {
    /// The draft as it is now, with what is left to say; beside a diff, as it was, with all that there is to say.
    pub draft: DraftFile,
    /// What was found in it.
    pub report: CheckReport,
    /// What belongs on standard output: the diff, or the fixed text of standard input.
    pub shown: Vec<u8>,
    /// What is said on standard error.
    pub said: Option<String>,
}

impl Fixing {
    /// Returns whether anything is to be fixed or shown.
    pub fn is_wanted(self) -> bool {
        self.fix.is_some() || self.diff
    }

    /// Returns whether a diff stands in the place of the report.
    pub fn is_diff(self) -> bool {
        self.diff
    }

    /// Fixes a draft.
    pub fn fix(
        self,
        original: Original<'_>,
        mut check: impl FnMut(&DraftFile) -> Result<CheckReport, Failure>,
    ) -> Result<Fixed, Failure> {
        let Original { path, bytes, file } = original;
        if self.diff {
            let report = check(&file)?;
            let fixed = fix::fix(file.clone(), self.scope(), check)?;
            let diff = fix::unified_diff(&path.display().to_string(), &file, &fixed.file);
            return Ok(Fixed { draft: file, report, shown: diff.into_bytes(), said: None });
        }
        let FixReport { file, bytes: new, fixed, left } = fix::fix(file, self.scope(), check)?;
        let mut shown = Vec::new();
        if path.as_os_str() == "-" {
            shown = new.unwrap_or_else(|| bytes.to_vec());
        } else if let Some(new) = new {
            replace(path, bytes, &new)?;
        }
        let fixes = if fixed == 1 { "fix" } else { "fixes" };
        let said = (fixed > 0).then(|| format!("{}: {fixed} {fixes} made", file.name));
        Ok(Fixed { draft: file, report: left, shown, said })
    }

    fn scope(self) -> FixScope {
        if self.fix == Some(Which::All) { FixScope::All } else { FixScope::Safe }
    }
}

/// Replaces a file that still is as it was read.
fn replace(path: &Path, old: &[u8], new: &[u8]) -> Result<(), Failure> {
    let unreadable = |error: io::Error| Failure::question(format!("{} cannot be read again: {error}", path.display()));
    let metadata = path.metadata().map_err(unreadable)?;
    if metadata.permissions().readonly() {
        return Err(Failure::question(format!(
            "{} is read-only, and is not fixed; make it writable and try again",
            path.display()
        )));
    }
    if !metadata.is_file() {
        return Err(Failure::question(format!(
            "{} is no file that could be replaced; send it through standard input",
            path.display()
        )));
    }
    output_file::write_to(Some(path), |out| {
        out.write_all(new)?;
        // Looked at last: between here and the move there is no time for an editor to save.
        if std::fs::read(path).map_err(unreadable)? != old {
            let changed = format!("{} has changed while it was checked, and is not fixed; run it again", path.display());
            return Err(Failure::question(changed));
        }
        Ok(())
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "tests fail by panicking")]
mod tests {
    use super::*;
    use std::fs;

    /// Replaces what is in a file of a new folder, and returns what is in it then, or why it was not replaced.
    fn replaced(found: &str, old: &str, prepare: impl FnOnce(&Path)) -> Result<String, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("draft.md");
        fs::write(&path, found).unwrap();
        prepare(&path);
        match replace(&path, old.as_bytes(), b"new") {
            Ok(()) => Ok(fs::read_to_string(&path).unwrap()),
            Err(Failure::Question(sentence)) => {
                assert_eq!(fs::read_to_string(&path).unwrap(), found);
                assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "something was left beside the draft");
                Err(sentence.replace(&path.display().to_string(), "draft.md"))
            }
            Err(failure) => panic!("{failure:?}"),
        }
    }

    #[test]
    fn only_a_file_that_is_as_it_was_is_replaced() {
        assert_eq!(replaced("old", "old", |_| {}), Ok("new".into()));
        let changed = "draft.md has changed while it was checked, and is not fixed; run it again";
        assert_eq!(replaced("old and more", "old", |_| {}), Err(changed.into()));
        let read_only = |path: &Path| {
            let mut permissions = path.metadata().unwrap().permissions();
            permissions.set_readonly(true);
            fs::set_permissions(path, permissions).unwrap();
        };
        assert_eq!(
            replaced("old", "old", read_only),
            Err("draft.md is read-only, and is not fixed; make it writable and try again".into())
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_permissions_kept() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (draft, link) = (folder.path().join("draft.md"), folder.path().join("link.md"));
        fs::write(&draft, "old").unwrap();
        fs::set_permissions(&draft, fs::Permissions::from_mode(0o640)).unwrap();
        symlink(&draft, &link).unwrap();
        replace(&link, b"old", b"new").unwrap();
        assert_eq!(fs::read_to_string(&draft).unwrap(), "new");
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(draft.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    }
}
