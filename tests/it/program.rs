//! The built program, run in a sealed environment: each file of `tests/cmd` is a little session.
//!
//! A line `$ tongsa ARGUMENTS` runs the program with words split at blanks (quotes keep them together); `< text` before it is
//! its standard input with `\n` for line ends; lines after it are the expected output, standard error after standard output;
//! `[status: N]` is the exit code where it is not 0. `...` stands for any rest of a line or, alone, for any lines.

use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::Stdio;

use crate::desk;

#[test]
fn sessions_go_as_written() {
    let mut sessions: Vec<_> = fs::read_dir("tests/cmd").unwrap().map(|entry| entry.unwrap().path()).collect();
    sessions.sort();
    for session in sessions.iter().filter(|path| path.extension().is_some_and(|extension| extension == "txt")) {
        run_session(session);
    }
}

fn run_session(path: &Path) {
    let folder = tempfile::tempdir().unwrap();
    copy("tests/cmd/files".as_ref(), folder.path());
    copy("examples".as_ref(), &folder.path().join("examples"));
    let text = fs::read_to_string(path).unwrap();
    let mut lines = text.lines().peekable();
    let mut input = String::new();
    while let Some(line) = lines.next() {
        if let Some(given) = line.strip_prefix("< ") {
            input = given.replace("\\n", "\n").replace("\\t", "\t");
        } else if let Some(arguments) = line.strip_prefix("$ tongsa ") {
            let mut expected = Vec::new();
            while let Some(line) =
                lines.next_if(|line| !line.starts_with("$ ") && !line.starts_with("< ") && !line.starts_with("# "))
            {
                expected.push(line);
            }
            while expected.last() == Some(&"") {
                expected.pop();
            }
            let found = run(folder.path(), arguments, &std::mem::take(&mut input));
            let found: Vec<&str> = found.trim_end().lines().collect();
            assert!(
                matches(&expected, &found),
                "{}: {arguments}\nexpected\n{}\nfound\n{}",
                path.display(),
                expected.join("\n"),
                found.join("\n")
            );
        }
    }
}

/// Copies what is in a folder.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap() {
        let (path, to) = (entry.as_ref().unwrap().path(), to.join(entry.unwrap().file_name()));
        if path.is_dir() { copy(&path, &to) } else { fs::copy(path, to).map(drop).unwrap() }
    }
}

fn run(folder: &Path, arguments: &str, input: &str) -> String {
    let mut child = desk::sealed(folder)
        .args(words(arguments))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let mut text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    let status = output.status.code().unwrap_or(-1);
    if status != 0 {
        text.push_str(&format!("[status: {status}]\n"));
    }
    text
}

fn words(arguments: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for c in arguments.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().unwrap().push(c),
        }
    }
    words
}

fn matches(expected: &[&str], found: &[&str]) -> bool {
    match (expected, found) {
        ([], []) => true,
        (["...", rest @ ..], _) => (0..=found.len()).any(|skipped| matches(rest, &found[skipped..])),
        ([line, rest @ ..], [other, others @ ..]) => {
            let same = match line.split_once("...") {
                Some((start, end)) => {
                    other.starts_with(start) && other.ends_with(end) && other.len() >= start.len() + end.len()
                }
                None => line.trim_end() == other.trim_end(),
            };
            same && matches(rest, others)
        }
        _ => false,
    }
}
