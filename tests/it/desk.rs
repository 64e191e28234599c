//! A desk: a folder with files and a store, at which the program is run.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// Returns a command that runs the program on a store.
pub fn tongsa(store: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongsa"));
    command.args(arguments).env("TONGSA_STORE", store).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Returns a command that runs the program in a folder with a store, and with nothing of the environment.
pub fn sealed(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_tongsa"));
    command.current_dir(folder).env_clear().env("TONGSA_STORE", folder.join("store.db"));
    command
}

/// A folder that is gone with the test.
pub struct Desk {
    folder: TempDir,
}

/// What a run of the program came to.
#[derive(Debug)]
pub struct Answer {
    /// The exit code; `None` where it was killed.
    pub status: Option<i32>,
    /// Standard output.
    pub output: String,
    /// Standard error.
    pub complaint: String,
}

impl From<Output> for Answer {
    fn from(output: Output) -> Self {
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Self { status: output.status.code(), output: text(output.stdout), complaint: text(output.stderr) }
    }
}

impl Desk {
    pub fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).unwrap();
    }

    /// Returns a command in the folder.
    pub fn command(&self, arguments: &[&str]) -> Command {
        let mut command = tongsa(&self.path("store.db"), arguments);
        command.current_dir(self.folder.path());
        command
    }

    pub fn run(&self, arguments: &[&str]) -> Answer {
        self.command(arguments).output().unwrap().into()
    }

    /// Runs what must go well, and returns its output.
    pub fn good(&self, arguments: &[&str]) -> String {
        let answer = self.run(arguments);
        assert_eq!(answer.status, Some(0), "{arguments:?}: {answer:?}");
        answer.output
    }

    /// Runs what must be refused with one sentence, and returns the sentence.
    pub fn refused(&self, arguments: &[&str]) -> String {
        let answer = self.run(arguments);
        assert_eq!(answer.status, Some(2), "{arguments:?}: {answer:?}");
        assert_eq!(answer.output, "", "{arguments:?}");
        let sentence = answer.complaint;
        assert!(sentence.starts_with("tongsa: ") && sentence.ends_with(".\n"), "{arguments:?}: {sentence}");
        assert_eq!(sentence.lines().count(), 1, "{arguments:?}: {sentence}");
        sentence
    }

    /// Returns the memory as a table, without its head.
    pub fn units(&self) -> Vec<String> {
        let answer = self.run(&["export", "--memory", "--format", "tsv"]);
        assert!(matches!(answer.status, Some(0 | 1)), "{answer:?}");
        answer.output.lines().skip(1).map(str::to_owned).collect()
    }
}
