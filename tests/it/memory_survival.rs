//! The translation memory survives what happens to programs and disks: killed imports, two writers, readers beside a writer, a
//! full disk, files that change while they are read, damaged parts of the store.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::{Child, Stdio};
use std::thread::sleep;
use std::time::Duration;

use rusqlite::Connection;

use crate::desk::{Answer, Desk};

/// A table of units: `name` stands in all of them.
fn table(name: &str, rows: usize) -> String {
    let row = |n: usize| format!("The {name} report {n:05} was filed.\t{name} 보고서 {n:05}호가 접수됐다.\n");
    std::iter::once("en\tko\n".to_owned()).chain((0..rows).map(row)).collect()
}

/// How many units have the word, by the concordance.
fn count_of(desk: &Desk, word: &str) -> usize {
    let answer = desk.run(&["concordance", "--json", "--limit", "100000", "--from", "en", word]);
    assert!(matches!(answer.status, Some(0 | 1)), "{answer:?}");
    answer.output.lines().count()
}

/// Whether the first unit of the table is matched.
fn is_matched(desk: &Desk, name: &str) -> bool {
    let answer = desk.run(&["match", "--to", "ko", "--min-score", "100", &format!("The {name} report 00000 was filed.")]);
    assert!(matches!(answer.status, Some(0 | 1)), "{answer:?}");
    answer.status == Some(0)
}

fn import(desk: &Desk, file: &str) -> Child {
    desk.command(&["import", "--memory", file]).spawn().unwrap()
}

#[test]
fn a_killed_import_of_units_leaves_exactly_the_committed_batches() {
    let desk = Desk::new();
    desk.write("harbour.tsv", table("harbour", 600));
    desk.write("ministry.tsv", table("ministry", 2_000));
    desk.good(&["import", "--memory", "harbour.tsv"]);
    let mut killed = 0;
    for round in 0..9 {
        let mut child = import(&desk, "ministry.tsv");
        sleep(Duration::from_millis(round * 45));
        killed += usize::from(child.try_wait().unwrap().is_none());
        let _ = child.kill();
        child.wait().unwrap();
        if is_matched(&desk, "ministry") {
            // The kill came after the commit: all of the batch is there, and goes as one.
            assert_eq!(count_of(&desk, "ministry"), 2_000, "round {round}");
            desk.good(&["undo"]);
        }
        assert_eq!((count_of(&desk, "harbour"), count_of(&desk, "ministry")), (600, 0), "round {round}");
        assert!(is_matched(&desk, "harbour") && !is_matched(&desk, "ministry"), "round {round}");
    }
    assert!(killed > 0, "no process was killed in time");
    desk.good(&["import", "--memory", "ministry.tsv"]);
    assert_eq!((count_of(&desk, "harbour"), count_of(&desk, "ministry")), (600, 2_000));
}

#[test]
fn two_imports_of_units_at_once_are_both_kept_and_readers_do_not_wait() {
    let desk = Desk::new();
    for name in ["harbour", "ministry"] {
        desk.write(&format!("{name}.tsv"), table(name, 3_000));
    }
    desk.write("first.tsv", table("first", 10));
    desk.good(&["import", "--memory", "first.tsv"]);
    let mut reader = desk.command(&["match", "--json", "--to", "ko"]).stdin(Stdio::piped()).spawn().unwrap();
    let mut ask = reader.stdin.take().unwrap();
    let mut answers = BufReader::new(reader.stdout.take().unwrap()).lines();
    let mut matched = |segment: &str| {
        writeln!(ask, "{segment}").unwrap();
        let line: serde_json::Value = serde_json::from_str(&answers.next().unwrap().unwrap()).unwrap();
        line["matches"].as_array().unwrap().len()
    };
    assert_eq!(matched("The first report 00000 was filed."), 5);
    let writers = ["harbour.tsv", "ministry.tsv"].map(|file| import(&desk, file));
    // One command answers from one state of the store, whatever is written meanwhile.
    for _ in 0..5 {
        assert_eq!(matched("The first report 00003 was filed."), 5);
    }
    for writer in writers {
        let answer = Answer::from(writer.wait_with_output().unwrap());
        assert_eq!(answer.status, Some(0), "{answer:?}");
    }
    assert_eq!(matched("The first report 00007 was filed."), 5);
    drop(ask);
    assert!(reader.wait().unwrap().success());
    assert_eq!((count_of(&desk, "harbour"), count_of(&desk, "ministry"), count_of(&desk, "first")), (3_000, 3_000, 10));
}

#[test]
#[cfg(unix)]
fn a_disk_that_takes_no_more_leaves_the_memory_as_it_was() {
    let desk = Desk::new();
    desk.write("harbour.tsv", table("harbour", 100));
    desk.write("ministry.tsv", table("ministry", 4_000));
    desk.good(&["import", "--memory", "harbour.tsv"]);
    let units = desk.units();
    // Room for a part of the log that the import writes; the limit is in blocks of 1024 bytes.
    let script = format!("trap '' XFSZ; ulimit -f 400; exec {} import --memory ministry.tsv", env!("CARGO_BIN_EXE_tongsa"));
    let mut shell = std::process::Command::new("bash");
    shell.args(["-c", &script]).current_dir(desk.path("")).env("TONGSA_STORE", desk.path("store.db"));
    let answer = Answer::from(shell.output().unwrap());
    assert_eq!(answer.status, Some(2), "{answer:?}");
    assert!(answer.complaint.contains("nothing was changed"), "{answer:?}");
    assert_eq!(answer.complaint.lines().count(), 1, "{answer:?}");
    assert_eq!(desk.units(), units);
    assert!(is_matched(&desk, "harbour") && !is_matched(&desk, "ministry"));
    desk.good(&["import", "--memory", "ministry.tsv"]);
    assert_eq!(count_of(&desk, "ministry"), 4_000);
}

#[test]
#[cfg(unix)]
fn a_pipe_is_read_to_its_end_and_refused_where_it_ends_early() {
    let desk = Desk::new();
    let made = std::process::Command::new("mkfifo").arg(desk.path("pipe.tmx")).status().unwrap();
    assert!(made.success());
    let unit = "<tu><tuv xml:lang=\"en\"><seg>Ships.</seg></tuv><tuv xml:lang=\"ko\"><seg>배.</seg></tuv></tu>";
    let whole = format!("<tmx version=\"1.4\"><header srclang=\"en\"/><body>{unit}</body></tmx>");
    let half = whole.split("배").next().unwrap();
    for (content, status, units) in [(half, 2, 0), (&whole, 0, 1)] {
        let child = desk.command(&["import", "pipe.tmx"]).spawn().unwrap();
        fs::write(desk.path("pipe.tmx"), content).unwrap();
        let answer = Answer::from(child.wait_with_output().unwrap());
        assert_eq!(answer.status, Some(status), "{answer:?}");
        assert_eq!(answer.complaint.contains("before it is complete"), status == 2, "{answer:?}");
        assert_eq!(desk.units().len(), units);
        // The same through standard input, which has no name to tell the format by.
        let mut child = desk.command(&["import", "-"]).stdin(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(content.as_bytes()).unwrap();
        let answer = Answer::from(child.wait_with_output().unwrap());
        assert_eq!(answer.status, Some(status), "{answer:?}");
        assert_eq!(desk.units().len(), units);
    }
}

#[test]
fn of_a_file_that_changes_while_it_is_read_the_report_tells_what_was_kept() {
    for shrink in [false, true] {
        let desk = Desk::new();
        desk.write("moving.tsv", table("moving", 3_000));
        let child = desk.command(&["import", "--memory", "--json", "moving.tsv"]).spawn().unwrap();
        let mut file = fs::File::options().append(true).open(desk.path("moving.tsv")).unwrap();
        for round in 0..40 {
            sleep(Duration::from_millis(5));
            if shrink {
                file.set_len(150_000 - 3_000 * round).unwrap();
            } else {
                file.write_all(format!("Late report {round}.\t늦은 보고서 {round}").as_bytes()).unwrap();
            }
        }
        let answer = Answer::from(child.wait_with_output().unwrap());
        let kept = desk.units().len();
        match answer.status {
            Some(0 | 1) => {
                let report: serde_json::Value = serde_json::from_str(&answer.output).unwrap();
                assert_eq!(report["added"].as_u64(), Some(kept as u64), "{answer:?}");
            }
            // The end may have been cut inside a character.
            status => assert_eq!((status, kept), (Some(2), 0), "{answer:?}"),
        }
    }
}

#[test]
fn a_store_of_the_third_schema_gets_its_match_index_made_anew() {
    let desk = Desk::new();
    desk.write("harbour.tsv", table("harbour", 600));
    desk.good(&["import", "--memory", "harbour.tsv"]);
    let connection = Connection::open(desk.path("store.db")).unwrap();
    let older = "UPDATE match_page SET body = x'01'; UPDATE unit SET body = CAST(x'5B5B22FFFE' AS TEXT) WHERE id = 2;
                 PRAGMA user_version = 3";
    connection.execute_batch(older).unwrap();
    connection.close().unwrap();
    assert!(is_matched(&desk, "harbour"));
    assert!(desk.good(&["match", "--to", "en", "harbour 보고서 00599호가 접수됐다."]).contains("report 00599"));
}

/// Whether every match of an answer has this segment.
fn shows_only(answer: &Answer, segment: &str) -> bool {
    let line: serde_json::Value = serde_json::from_str(&answer.output).unwrap();
    line["matches"].as_array().unwrap().iter().all(|found| found["source"] == segment)
}

/// Each part of the memory, overwritten: questions are answered without it, or refused in one sentence.
#[test]
fn a_damaged_part_of_the_memory_harms_no_other() {
    let desk = Desk::new();
    desk.write("harbour.tsv", table("harbour", 520));
    desk.good(&["import", "--memory", "harbour.tsv"]);
    desk.write("en.txt", "The harbour report 00001 was filed.\nThe harbour report 00002 was filed.\n");
    desk.write("ko.txt", "harbour 보고서 00001호가 접수됐다.\nharbour 보고서 00002호가 접수됐다.\n");
    desk.good(&["align", "en.txt", "ko.txt", "--langs", "en,ko"]);
    let whole = fs::read(desk.path("store.db")).unwrap();
    for damage in [
        "UPDATE match_page SET body = zeroblob(length(body))",
        "UPDATE match_page SET body = CAST(substr(body, 8) || substr(body, 1, 7) AS BLOB)",
        "UPDATE match_page SET body = CAST(substr(body, 1, length(body) / 2) AS BLOB)",
        "UPDATE match_page SET body = x''",
        "UPDATE match_page SET body = CAST(body || x'00010203' AS BLOB)",
        "DELETE FROM match_page WHERE key % 3 = 0",
        // The number of another unit beside each text: what is shown must be what was measured.
        "UPDATE match_page SET body = CAST(substr(body, 5, 2076) || substr(body, 1, 4) || substr(body, 2081) AS BLOB)
         WHERE key % 131072 = 0",
        "UPDATE unit SET body = replace(body, '00007', '00008')",
        "DELETE FROM match_page",
        "UPDATE match_run SET shape = CAST(substr(shape, 8) || substr(shape, 1, 7) AS BLOB)",
        "UPDATE match_run SET shape = x''",
        "UPDATE match_run SET lanes = lanes + 1",
        "UPDATE match_run SET lanes = 268431360",
        "UPDATE match_run SET lanes = -1",
        "UPDATE unit SET body = ''",
        "UPDATE unit SET body = '[]'",
        "UPDATE unit SET body = '[[\"en\",\"alone\",null]]'",
        "UPDATE unit SET body = substr(body, 1, 20) WHERE id % 2 = 0",
        "UPDATE unit SET body = CAST(x'5B5B22FFFE' AS TEXT)",
        "UPDATE unit SET confidence = 1000",
        "UPDATE unit SET properties = 'none'",
        "UPDATE origin SET source = CAST(x'FFFE' AS TEXT)",
        "DELETE FROM origin",
        "DELETE FROM unit WHERE id > 3",
        "UPDATE index_page SET body = CAST(substr(body, 8) || substr(body, 1, 7) AS BLOB)",
        "UPDATE lexicon SET body = CAST(substr(body, 8) || substr(body, 1, 7) AS BLOB)",
        "DROP TABLE match_run",
        "UPDATE lexicon SET body = zeroblob(length(body)), units = -1",
    ] {
        fs::write(desk.path("store.db"), &whole).unwrap();
        let connection = Connection::open(desk.path("store.db")).unwrap();
        connection.execute(damage, []).unwrap();
        assert!(connection.changes() > 0 || damage.starts_with("DROP"), "{damage}");
        connection.close().unwrap();
        let exact = "The harbour report 00007 was filed.";
        let answer = desk.run(&["match", "--json", "--to", "ko", "--min-score", "100", exact]);
        assert!(answer.status == Some(2) || shows_only(&answer, exact), "{damage}: {answer:?}");
        for question in [
            &["match", "--to", "ko", "The harbour report 00007 was filed."][..],
            &["match", "--to", "en", "harbour 보고서 00001호가 접수됐다.", "--min-score", "1"],
            &["concordance", "harbour", "--from", "en"],
            &["export", "--memory"],
            &["align", "en.txt", "ko.txt", "--langs", "en,ko"],
            &["terms", "--to", "ko"],
            &["import", "--memory", "harbour.tsv"],
            &["undo"],
        ] {
            let answer = desk.run(question);
            assert!(matches!(answer.status, Some(0..=2)), "{damage}: {question:?}: {answer:?}");
            if answer.status == Some(2) {
                let sentence = &answer.complaint;
                assert!(sentence.starts_with("tongsa: ") && sentence.ends_with(".\n"), "{damage}: {question:?}: {sentence}");
                assert_eq!(sentence.lines().count(), 1, "{damage}: {question:?}: {sentence}");
            }
        }
    }
}
