//! Writing a unified diff of two versions of one file.

use std::fmt;
use std::ops::Range;

use gix_imara_diff::{Algorithm, Diff, Hunk, InternedInput, Token};

/// So many unchanged lines are shown before a change and after it.
const CONTEXT: u32 = 3;

/// Writes what has changed between two versions of a file; nothing where nothing has.
pub fn written(path: &str, before: &str, after: &str) -> String {
    let lines = InternedInput::new(before, after);
    let mut diff = Diff::compute(Algorithm::Myers, &lines);
    diff.postprocess_lines(&lines);
    let changes: Vec<Hunk> = diff.hunks().collect();
    let mut written = String::new();
    for near in changes.chunk_by(|one, next| next.before.start - one.before.end <= 2 * CONTEXT) {
        if written.is_empty() {
            written = format!("--- {path}\n+++ {path}\n");
        }
        write_hunk(&mut written, &lines, near);
    }
    written
}

/// Writes changes that are near one another, with the unchanged lines around and between them.
fn write_hunk(written: &mut String, lines: &InternedInput<&str>, changes: &[Hunk]) {
    let ([first, ..], [.., last]) = (changes, changes) else { return };
    let head = first.before.start.min(CONTEXT);
    let tail = (lines.before.len() as u32 - last.before.end).min(CONTEXT);
    let before = first.before.start - head..last.before.end + tail;
    let after = first.after.start - head..last.after.end + tail;
    written.push_str(&format!("@@ -{} +{} @@\n", Lines(&before), Lines(&after)));
    let mut equal = before.start;
    for change in changes {
        write_lines(written, ' ', lines, &lines.before, equal..change.before.start);
        write_lines(written, '-', lines, &lines.before, change.before.clone());
        write_lines(written, '+', lines, &lines.after, change.after.clone());
        equal = change.before.end;
    }
    write_lines(written, ' ', lines, &lines.before, equal..before.end);
}

fn write_lines(written: &mut String, sign: char, lines: &InternedInput<&str>, of: &[Token], range: Range<u32>) {
    for &line in &of[range.start as usize..range.end as usize] {
        let line = lines.interner[line];
        written.push(sign);
        written.push_str(line);
        if !line.ends_with('\n') {
            written.push_str("\n\\ No newline at end of file\n");
        }
    }
}

/// The lines of a hunk, as its head counts them.
struct Lines<'a>(&'a Range<u32>);

impl fmt::Display for Lines<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Range { start, end } = *self.0;
        match end - start {
            // Where there are none, the line before them is named.
            0 => write!(f, "{start},0"),
            1 => write!(f, "{}", start + 1),
            count => write!(f, "{},{count}", start + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::unified_diff;
    use proptest::prelude::*;

    #[test]
    fn hunks_are_those_of_diff() {
        // (before, after, the hunks as `diff -u` writes them)
        let table = [
            ("a\nb\n", "a\nb\n", ""),
            ("李在明\n", "李在明\n李强\n", "@@ -1 +1,2 @@\n 李在明\n+李强\n"),
            ("", "a\n", "@@ -0,0 +1 @@\n+a\n"),
            ("a\nb", "a\nc", "@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"),
            ("a\nb", "c\nb", "@@ -1,2 +1,2 @@\n-a\n+c\n b\n\\ No newline at end of file\n"),
            (
                "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n",
                "1\nx\n3\n4\n5\n6\n7\n8\n9\ny\n",
                "@@ -1,5 +1,5 @@\n 1\n-2\n+x\n 3\n 4\n 5\n@@ -7,4 +7,4 @@\n 7\n 8\n 9\n-10\n+y\n",
            ),
        ];
        for (before, after, hunks) in table {
            let head = if hunks.is_empty() { "" } else { "--- a.md\n+++ a.md\n" };
            assert_eq!(written("a.md", before, after), format!("{head}{hunks}"), "{before:?} to {after:?}");
        }
    }

    /// Does to a text what a diff of it says, as `patch` would, and holds the head and every line of a hunk to the text.
    fn patched(before: &str, diff: &str) -> String {
        let lines: Vec<&str> = before.split_inclusive('\n').collect();
        let (mut patched, mut at) = (String::new(), 0);
        for hunk in diff.split_inclusive("\n@@ ").skip(1) {
            let (head, body) = hunk.trim_end_matches("@@ ").split_once(" @@\n").unwrap();
            let ranges: Vec<(usize, usize)> = head
                .split(' ')
                .map(|range| {
                    let (start, count) = range[1..].split_once(',').unwrap_or((&range[1..], "1"));
                    (start.parse().unwrap(), count.parse().unwrap())
                })
                .collect();
            let start = ranges[0].0 - usize::from(ranges[0].1 > 0);
            patched.extend(lines[at..start].iter().copied());
            assert_eq!(ranges[1].0 - usize::from(ranges[1].1 > 0), patched.split_inclusive('\n').count(), "{diff:?}");
            at = start;
            let (mut old, mut new) = (0, 0);
            let body = body.replace("\n\\ No newline at end of file\n", "\u{0}\n");
            for line in body.split_inclusive('\n').map(|line| line.strip_suffix("\u{0}\n").unwrap_or(line)) {
                if !line.starts_with('+') {
                    assert_eq!(&line[1..], lines[at], "line {} of {diff:?}", at + 1);
                    (at, old) = (at + 1, old + 1);
                }
                if !line.starts_with('-') {
                    patched.push_str(&line[1..]);
                    new += 1;
                }
            }
            assert_eq!([old, new], [ranges[0].1, ranges[1].1], "{diff:?}");
        }
        patched.extend(lines[at..].iter().copied());
        patched
    }

    proptest! {
        #[test]
        fn the_new_text_can_be_made_from_the_old_one(
            before in "([ab]?\r?\n){0,24}[ab]?",
            after in "([abc]?\r?\n){0,24}[ac]?",
        ) {
            let diff = written("a.md", &before, &after);
            prop_assert_eq!(patched(&before, &diff), after.clone(), "{:?}", diff);
            let read = unified_diff::read(&diff).unwrap();
            let new = read.first().and_then(|file| file.lines.clone()).unwrap_or_default();
            let added = diff.lines().skip(2).filter_map(|line| line.strip_prefix('+'));
            let added_lines = new.iter().map(|&line| after.lines().nth(line - 1).unwrap());
            prop_assert!(added_lines.eq(added), "{:?} of {:?}", new, diff);
        }
    }
}
