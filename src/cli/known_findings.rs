//! The file of known findings: read before a check, or written after it.

use std::path::{Component, Path, PathBuf};

use tongsa::check::baseline::Baseline;
use tongsa::exchange::encoding;
use tongsa::wire::baseline;

use crate::cli::failure::Failure;
use crate::cli::output_file;
use crate::cli::report::CheckedFile;

/// The known findings of a file, with the folder from which it names drafts.
pub struct KnownFindings {
    baseline: Baseline,
    folder: PathBuf,
}

impl KnownFindings {
    /// Reads the file.
    pub fn read(path: &Path) -> Result<Self, Failure> {
        let failed = |reason: String| Failure::question(format!("{} {reason}", path.display()));
        let bytes =
            std::fs::read(path).map_err(|error| failed(format!("cannot be read: {}", encoding::plain_reason(&error))))?;
        let text = String::from_utf8(bytes).map_err(|_| failed("is no baseline of tongsa: it is not in UTF-8".to_owned()))?;
        let baseline = baseline::read(&text).map_err(|error| failed(error.to_string()))?;
        Ok(Self { baseline, folder: folder_of(path) })
    }

    /// Takes the known findings out of a draft.
    pub fn take_from(&self, draft: &mut CheckedFile) {
        let name = name_from(&self.folder, &draft.path);
        self.baseline.take_known(&name, &draft.file.text, &mut draft.report.findings);
    }
}

/// Writes the findings in some drafts as known ones, and says so.
pub fn write(path: &Path, checked: &[CheckedFile]) -> Result<String, Failure> {
    let folder = folder_of(path);
    let mut baseline = Baseline::default();
    for draft in checked {
        baseline.add(&name_from(&folder, &draft.path), &draft.file.text, &draft.report.findings);
    }
    let text = baseline::write(&baseline)?;
    output_file::write_to(Some(path), |out| Ok(out.write_all(text.as_bytes())?))?;
    let count: usize = checked.iter().map(|draft| draft.report.findings.len()).sum();
    let findings = if count == 1 { "finding is" } else { "findings are" };
    Ok(format!("{count} {findings} known by {}; `--baseline` with it reports what is new", path.display()))
}

fn folder_of(path: &Path) -> PathBuf {
    whole(path).parent().map_or_else(PathBuf::new, Path::to_owned)
}

/// Names a draft from a folder on, with `/` between on every system.
fn name_from(folder: &Path, draft: &str) -> String {
    if draft == "-" {
        return draft.to_owned();
    }
    let path = whole(Path::new(draft));
    let path = path.strip_prefix(folder).unwrap_or(&path);
    path.components().map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
}

/// Returns a path from the root on, without `.` and `..`; links stay.
fn whole(path: &Path) -> PathBuf {
    let mut whole = PathBuf::new();
    for part in std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).components() {
        match part {
            Component::ParentDir => drop(whole.pop()),
            Component::CurDir => {}
            part => whole.push(part),
        }
    }
    whole
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn drafts_are_named_from_the_folder_of_the_file() {
        for (folder, draft, expected) in [
            ("/desk", "/desk/a.md", "a.md"),
            ("/desk", "/desk/./news/../news/a.md", "news/a.md"),
            ("/desk/known", "/desk/a.md", "//desk/a.md"),
            ("/desk", "-", "-"),
        ] {
            assert_eq!(name_from(Path::new(folder), draft), expected);
        }
    }
}
