//! The store survives what happens to programs: killed processes, two writers, readers beside a writer, damaged files. What
//! becomes of the translation memory then is in `memory_survival`.

use std::fs;
use std::path::Path;
use std::process::{Child, Output};
use std::thread::sleep;
use std::time::Duration;

use crate::desk::tongsa;

fn run(store: &Path, arguments: &[&str]) -> Output {
    tongsa(store, arguments).output().unwrap()
}

fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn glossary(rows: usize, name: &str) -> String {
    let row = |number: usize| format!("{name}.{number:06},{name} Place {number:06},{number}호 {name}\n");
    std::iter::once("id,en,ko\n".to_owned()).chain((0..rows).map(row)).collect()
}

/// The ids of the user's own concepts.
fn own(store: &Path) -> Vec<String> {
    let output = run(store, &["export", "--own"]);
    let text = String::from_utf8(output.stdout).unwrap();
    text.lines().skip(1).map(|line| line.split(',').next().unwrap().to_owned()).collect()
}

#[test]
fn a_killed_import_leaves_exactly_the_committed_batches() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let (first, second) = (folder.path().join("first.csv"), folder.path().join("second.csv"));
    fs::write(&first, glossary(200, "first")).unwrap();
    fs::write(&second, glossary(6_000, "second")).unwrap();
    assert_eq!(run(&store, &["import", first.to_str().unwrap()]).status.code(), Some(0));
    let kept = own(&store);
    assert_eq!(kept.len(), 200);
    let mut killed = 0;
    for round in 0..30 {
        let mut child: Child = tongsa(&store, &["import", second.to_str().unwrap()]).spawn().unwrap();
        sleep(Duration::from_millis(round * 12));
        let finished = child.try_wait().unwrap().is_some();
        let _ = child.kill();
        child.wait().unwrap();
        killed += usize::from(!finished);
        let now = own(&store);
        if now.len() > kept.len() {
            // The kill came after the commit: all of the batch is there, and goes as one.
            assert_eq!(now.len(), kept.len() + 6_000, "round {round}");
            assert_eq!(run(&store, &["undo"]).status.code(), Some(0));
        }
        assert_eq!(own(&store), kept, "round {round}");
    }
    assert!(killed > 0, "no process was killed in time");
    assert_eq!(run(&store, &["import", second.to_str().unwrap()]).status.code(), Some(0));
    assert_eq!(own(&store).len(), 6_200);
}

#[test]
fn two_imports_at_once_are_both_kept() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let files: Vec<_> = ["east", "west"].map(|name| folder.path().join(format!("{name}.csv"))).into();
    for (file, name) in files.iter().zip(["east", "west"]) {
        fs::write(file, glossary(2_000, name)).unwrap();
    }
    let children: Vec<Child> =
        files.iter().map(|file| tongsa(&store, &["import", file.to_str().unwrap()]).spawn().unwrap()).collect();
    // Readers are not kept waiting meanwhile.
    assert_eq!(run(&store, &["lookup", "시진핑"]).status.code(), Some(0));
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    }
    assert_eq!(own(&store).len(), 4_000);
}

#[test]
fn what_is_no_store_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let text_file = "A text, and no store. ".repeat(100);
    fs::write(path("text.db"), &text_file).unwrap();
    fs::create_dir(path("folder.db")).unwrap();
    run(&path("good.db"), &["lookup", "시진핑"]);
    let good = fs::read(path("good.db")).unwrap();
    fs::write(path("short.db"), &good[..good.len() / 3]).unwrap();
    let newer = path("newer.db");
    fs::write(&newer, &good).unwrap();
    rusqlite::Connection::open(&newer).unwrap().pragma_update(None, "user_version", 99).unwrap();
    let other = path("other.db");
    rusqlite::Connection::open(&other).unwrap().execute_batch("CREATE TABLE t (x)").unwrap();
    for (name, says) in [
        ("text.db", "is not a tongsa store"),
        ("other.db", "is not a tongsa store"),
        ("folder.db", "it is a folder"),
        ("newer.db", "was made by a newer tongsa (schema 99"),
        ("short.db", "is damaged"),
    ] {
        let output = run(&path(name), &["lookup", "시진핑"]);
        let said = text(&output);
        assert_eq!(output.status.code(), Some(2), "{name}: {said}");
        assert!(said.contains(says), "{name}: {said}");
        assert_eq!(said.lines().count(), 1, "{name}: {said}");
    }
    assert_eq!(fs::read_to_string(path("text.db")).unwrap(), text_file);
}

#[test]
fn a_store_of_an_older_glossary_is_brought_up_to_date_and_keeps_what_is_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let file = folder.path().join("desk.csv");
    fs::write(&file, "id,ko\nnpc.zhao-leji,자오러지(趙)\ndesk.new,새것\n").unwrap();
    assert_eq!(run(&store, &["import", file.to_str().unwrap()]).status.code(), Some(0));
    let before = own(&store);
    // As if another version of the program had filled it.
    rusqlite::Connection::open(&store).unwrap().execute_batch("UPDATE setting SET value = 1 WHERE name = 'shipped'").unwrap();
    assert_eq!(own(&store), before);
    assert!(text(&run(&store, &["lookup", "자오러지(趙)"])).contains("your glossary"));
    assert_eq!(run(&store, &["undo"]).status.code(), Some(0));
    let shipped = text(&run(&store, &["lookup", "자오러지"]));
    assert!(shipped.contains("100 exact") && !shipped.contains("your glossary"), "{shipped}");
}

#[test]
fn a_closed_pipe_is_no_error() {
    let folder = tempfile::tempdir().unwrap();
    let store = folder.path().join("store.db");
    let mut child = tongsa(&store, &["export"]).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output));
    assert_eq!(text(&output), "");
}

#[test]
fn a_store_of_the_first_schema_gets_its_index_made_anew() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let glossary = folder.path().join("desk.csv");
    std::fs::write(&glossary, "id,kind,zh-Hans\nd.1,person,王小明\n").unwrap();
    assert!(run(&path, &["import", glossary.to_str().unwrap()]).status.success());
    let connection = rusqlite::Connection::open(&path).unwrap();
    connection
        .execute_batch(
            "DROP TABLE lexicon; DROP TABLE match_page; DROP TABLE match_run; DROP TABLE further_origin; DROP TABLE origin;
             DROP TABLE unit; DROP TABLE folded_page; DELETE FROM index_run; DELETE FROM index_page; PRAGMA user_version = 1",
        )
        .unwrap();
    drop(connection);
    for (query, expected) in [("왕샤오밍", "d.1"), ("시진빙", "prc.xi-jinping"), ("王小明", "d.1")] {
        let answer = text(&run(&path, &["lookup", query, "--limit", "1"]));
        assert!(answer.contains(expected), "{query}: {answer}");
    }
}
