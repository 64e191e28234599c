//! Unified diffs, as `git diff` and `diff -u` write them: which lines of which files are new, and the diff of one file.

mod writer;

use std::path::{Path, PathBuf};

pub use writer::written;

/// The lines of one file that a diff adds or changes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ChangedFile {
    /// The path as the diff has it, without the `b/` before it.
    pub path: PathBuf,
    /// The lines, from 1, in order; `None` where the diff cannot show them, since the file is no text.
    pub lines: Option<Vec<usize>>,
}

/// A text that is no unified diff.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DiffError {
    /// There is no line of a diff in it.
    #[error("there is no `+++ FILE` and no `@@` in it; write it with `git diff` or `diff -u`")]
    NoDiff,
    /// A line is out of place.
    #[error("line {0} is not what a unified diff has there")]
    Line(usize),
}

impl ChangedFile {
    /// Returns whether a line is new.
    pub fn has_line(&self, line: usize) -> bool {
        self.lines.as_ref().is_none_or(|lines| lines.binary_search(&line).is_ok())
    }
}

/// Reads a diff. Files that it takes away are left out; an empty text changes nothing.
pub fn read(text: &str) -> Result<Vec<ChangedFile>, DiffError> {
    let mut reader = Reader::default();
    for (number, line) in text.lines().enumerate() {
        reader.take(line).ok_or(DiffError::Line(number + 1))?;
    }
    if !text.trim().is_empty() && !reader.is_diff {
        return Err(DiffError::NoDiff);
    }
    Ok(reader.files)
}

/// Returns the file of a diff that a path is: the diff's path is the end of it, the longest one counts.
pub fn file_at<'d>(files: &'d [ChangedFile], path: &Path) -> Option<&'d ChangedFile> {
    files.iter().filter(|file| path.ends_with(&file.path)).max_by_key(|file| file.path.components().count())
}

#[derive(Default)]
struct Reader {
    files: Vec<ChangedFile>,
    is_diff: bool,
    /// Whether the hunks that follow are of the last file.
    in_file: bool,
    /// The number of the next new line, and how many old and new ones the hunk still has.
    line: usize,
    old: usize,
    new: usize,
}

impl Reader {
    /// Takes a line; `None` where it is out of place.
    fn take(&mut self, line: &str) -> Option<()> {
        if self.old > 0 || self.new > 0 {
            return self.hunk_line(line);
        }
        if let Some(path) = line.strip_prefix("+++ ") {
            let path = path_of(path);
            self.is_diff = true;
            self.in_file = path != Path::new("/dev/null");
            if self.in_file {
                self.files.push(ChangedFile { path, lines: Some(Vec::new()) });
            }
        } else if line.starts_with("@@@") {
            // A diff of a merge counts lines in several old files at once.
            return None;
        } else if line.starts_with("@@ -") {
            self.hunk(line)?;
        } else if let Some(rest) = line.strip_prefix("Binary files ") {
            let (_, path) = rest.strip_suffix(" differ")?.rsplit_once(" and ")?;
            self.is_diff = true;
            self.files.push(ChangedFile { path: path_of(path), lines: None });
        }
        self.is_diff |= line.starts_with("diff --git ");
        Some(())
    }

    fn hunk(&mut self, line: &str) -> Option<()> {
        let mut parts = line.split(' ').skip(1);
        (_, self.old) = range(parts.next()?.strip_prefix('-')?)?;
        (self.line, self.new) = range(parts.next()?.strip_prefix('+')?)?;
        self.is_diff = true;
        Some(())
    }

    fn hunk_line(&mut self, line: &str) -> Option<()> {
        match line.bytes().next() {
            Some(b'+') => {
                if let (true, Some(lines)) = (self.in_file, self.files.last_mut().and_then(|file| file.lines.as_mut())) {
                    lines.push(self.line);
                }
                self.line = self.line.checked_add(1)?;
                self.new = self.new.checked_sub(1)?;
            }
            Some(b'-') => self.old = self.old.checked_sub(1)?,
            // Editors take the blank away from an empty line.
            Some(b' ') | None => {
                self.line = self.line.checked_add(1)?;
                self.old = self.old.checked_sub(1)?;
                self.new = self.new.checked_sub(1)?;
            }
            Some(b'\\') => {}
            _ => return None,
        }
        Some(())
    }
}

/// Reads `12,3` or `12`: the first line and how many there are.
fn range(text: &str) -> Option<(usize, usize)> {
    let (start, length) = text.split_once(',').unwrap_or((text, "1"));
    Some((start.parse().ok()?, length.parse().ok()?))
}

/// Reads the path of a header: git puts odd ones in quotes, `diff` a tab and a date behind them.
fn path_of(text: &str) -> PathBuf {
    let text = text.trim_end_matches('\r');
    let path = match text.strip_prefix('"').and_then(|text| text.strip_suffix('"')) {
        Some(quoted) => unquoted(quoted),
        None => text.split('\t').next().unwrap_or_default().to_owned(),
    };
    // `a/` and `b/`, or `i/`, `w/`, `c/`, `o/` with diff.mnemonicPrefix.
    let plain = ["b/", "w/", "i/", "c/", "o/", "a/"].into_iter().find_map(|prefix| path.strip_prefix(prefix));
    PathBuf::from(plain.unwrap_or(&path))
}

/// Takes the escapes of C out of a path.
fn unquoted(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.bytes().peekable();
    while let Some(byte) = rest.next() {
        let escaped = if byte == b'\\' { rest.next() } else { None };
        bytes.push(match escaped {
            None => byte,
            Some(b'n') => b'\n',
            Some(b't') => b'\t',
            Some(b'r') => b'\r',
            Some(first @ b'0'..=b'3') => {
                let digits = [first, rest.next().unwrap_or(b'0'), rest.next().unwrap_or(b'0')];
                digits.iter().fold(0_u8, |value, digit| value.wrapping_mul(8).wrapping_add(digit.wrapping_sub(b'0')))
            }
            Some(other) => other,
        });
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lines(text: &str) -> Vec<(String, Option<Vec<usize>>)> {
        let files = read(text).unwrap().into_iter();
        files.map(|file| (file.path.display().to_string(), file.lines)).collect()
    }

    #[test]
    fn new_lines_are_read() {
        let text = "diff --git a/x.md b/x.md\n--- a/x.md\n+++ b/x.md\n@@ -3,0 +4,2 @@ head\n+one\n+++ two\n@@ -9 +11 @@\n--- old\n+new\n\
                    --- a/gone.md\n+++ /dev/null\n@@ -1 +0,0 @@\n-x\n\
                    --- y.txt\t2026-01-07\n+++ y.txt\t2026-01-08\n@@ -1,3 +1,3 @@\n same\n-old\n+new\n\n\\ No newline at end of file\n\
                    Binary files a/z.docx and b/z.docx differ\n\
                    --- \"a/\\355\\225\\234\\n.md\"\n+++ \"b/\\355\\225\\234\\n.md\"\n@@ -0,0 +1 @@\n+x\n";
        assert_eq!(
            lines(text),
            [
                ("x.md".to_owned(), Some(vec![4, 5, 11])),
                ("y.txt".to_owned(), Some(vec![2])),
                ("z.docx".to_owned(), None),
                ("한\n.md".to_owned(), Some(vec![1])),
            ]
        );
        assert_eq!(lines(""), []);
        assert_eq!(read("Lee met Li."), Err(DiffError::NoDiff));
        assert_eq!(read("--- a\n+++ b\n@@ -x +y @@\n"), Err(DiffError::Line(3)));
        assert_eq!(read("--- a\n+++ b\n@@ -1 +1 @@\nwhat\n"), Err(DiffError::Line(4)));
    }

    #[test]
    fn the_nearest_path_is_the_file() {
        let file = |path: &str| ChangedFile { path: path.into(), lines: Some(vec![1, 3]) };
        let files = [file("a.md"), file("news/a.md")];
        assert_eq!(file_at(&files, Path::new("/desk/news/a.md")), Some(&files[1]));
        assert_eq!(file_at(&files, Path::new("/desk/other/a.md")), Some(&files[0]));
        assert_eq!(file_at(&files, Path::new("/desk/b.md")), None);
        assert!(files[0].has_line(3) && !files[0].has_line(2));
    }

    proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in "((\\+\\+\\+|---|@@|[+ -]|Binary files) ?[0-9a,+ -]{0,12}\n){0,12}") {
            for file in read(&text).unwrap_or_default() {
                prop_assert!(file.lines.is_none_or(|lines| lines.len() <= text.len()));
            }
        }
    }
}
