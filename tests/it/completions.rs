//! What a shell offers while a command is typed, asked in a real bash; and the manual pages.

use std::path::Path;
use std::process::{Command, Output};

use crate::desk;

const PROGRAM: &str = env!("CARGO_BIN_EXE_tongsa");

/// Returns what bash would offer for the last of some words; `None` where there is no bash.
fn offered(folder: &Path, words: &[&str]) -> Option<Vec<String>> {
    let script = r#"
        source <("$PROGRAM" completions bash)
        COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_TYPE=9
        _clap_complete_tongsa tongsa "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf '%s\n' "${COMPREPLY[@]}""#;
    let mut bash = Command::new("bash");
    bash.args(["--norc", "-c", script, "bash"]).args(words).current_dir(folder);
    bash.env("PROGRAM", PROGRAM).env("TONGSA_STORE", folder.join("store.db"));
    let Ok(Output { stdout, stderr, .. }) = bash.output() else {
        println!("bash is not installed; nothing was asked of it");
        return None;
    };
    assert_eq!(String::from_utf8(stderr).unwrap(), "", "{words:?}");
    let offered = String::from_utf8(stdout).unwrap();
    Some(offered.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect())
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    desk::sealed(folder).args(arguments).output().unwrap()
}

#[test]
fn a_shell_offers_names_that_are_recorded() {
    let folder = tempfile::tempdir().unwrap();
    // Typing makes no store.
    if offered(folder.path(), &["tongsa", "lookup", "Zhao L"]).is_none() {
        return;
    }
    assert!(!folder.path().join("store.db").exists());
    assert!(run(folder.path(), &["lookup", "시진핑"]).status.success());
    for (words, expected) in [
        (&["tongsa", "lookup", "Zhao"][..], "Zhao Leji"),
        (&["tongsa", "lookup", "zhao", "l"], "Leji"),
        (&["tongsa", "lookup", "--limit", "조락"], ""),
        (&["tongsa", "lookup", "조락"], "자오러지"),
        (&["tongsa", "lookup", "시진ㅍ"], "시진핑"),
        (&["tongsa", "suggest", "习近"], "习近平"),
        (&["tongsa", "lookup", "Xyzzy"], ""),
        (&["tongsa", "explain", "name-dr"], "name-drift"),
        (&["tongsa", "check", "--only", "name-dr"], "name-drift"),
        (&["tongsa", "loo"], "lookup"),
        (&["tongsa", "brief", "--format", "dee"], "deepl"),
    ] {
        let found = offered(folder.path(), words).unwrap();
        let right = if expected.is_empty() { found.is_empty() } else { found.iter().any(|word| word == expected) };
        assert!(right, "{words:?} {found:?}");
    }
    // A store that is none keeps quiet.
    std::fs::write(folder.path().join("store.db"), "no store").unwrap();
    assert_eq!(offered(folder.path(), &["tongsa", "lookup", "Zhao"]).unwrap(), [""; 0]);
}

#[test]
fn every_shell_has_a_script() {
    let folder = tempfile::tempdir().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = String::from_utf8(run(folder.path(), &["completions", shell]).stdout).unwrap();
        assert!(script.contains("TONGSA_COMPLETE") && script.contains(PROGRAM), "{shell} {script}");
    }
    assert_eq!(run(folder.path(), &["completions", "tcsh"]).status.code(), Some(2));
    assert!(!folder.path().join("store.db").exists());
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run(folder.path(), &["man", "-o", "pages"]).status.success());
    let mut commands = vec!["tongsa".to_owned()];
    let help = String::from_utf8(run(folder.path(), &["--help"]).stdout).unwrap();
    let listed = help.lines().skip_while(|line| *line != "Commands:").skip(1).take_while(|line| !line.is_empty());
    let names = listed.filter(|line| !line.starts_with("   ")).filter_map(|line| line.split_whitespace().next());
    commands.extend(names.filter(|name| *name != "help").map(|name| format!("tongsa-{name}")));
    commands.push("tongsa-glossary-test".to_owned());
    assert!(commands.contains(&"tongsa-check".to_owned()), "{commands:?}");
    for command in commands {
        let page = std::fs::read_to_string(folder.path().join("pages").join(format!("{command}.1"))).unwrap();
        assert!(page.contains(&format!(".TH {command} 1")) && page.contains(".SH DESCRIPTION"), "{command}");
    }
    assert!(!folder.path().join("store.db").exists());
    let page = String::from_utf8(run(folder.path(), &["man", "glossary", "test"]).stdout).unwrap();
    assert!(page.contains(".TH tongsa-glossary-test 1"));
    let refused = run(folder.path(), &["man", "nosuch"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(String::from_utf8(refused.stderr).unwrap().starts_with("tongsa: tongsa has no command nosuch; it has lookup"));
}
