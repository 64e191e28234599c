//! Batches of units: what comes twice changes nothing, a unit keeps every origin until its batch is taken back, and what is
//! exported comes back as it was.

use std::fs;

use crate::desk::Desk;

/// A table of units with these rows.
fn table(rows: &[&str]) -> String {
    let rows = rows.iter().map(|row| format!("{row}\n"));
    std::iter::once("en\tko\tdomain\n".to_owned()).chain(rows).collect()
}

const TALKS: &str = "The talks ended late.\t회담은 늦게 끝났다.\tpolitics";
const PAPERS: &str = "Both sides signed the papers.\t양측은 문서에 서명했다.\tpolitics";
const FERRY: &str = "The ferry was full.\t여객선은 만원이었다.\tsea";
const BRIDGE: &str = "The bridge stays closed.\t다리는 계속 막혀 있다.\troads";

fn desk_of_two_files() -> Desk {
    let desk = Desk::new();
    desk.write("east.tsv", table(&[TALKS, PAPERS, FERRY]));
    desk.write("west.tsv", table(&[TALKS, PAPERS, BRIDGE]));
    desk
}

/// The sources of the best match of a segment, in their order; none where there is no match.
fn origins(desk: &Desk, segment: &str) -> Vec<String> {
    let answer = desk.run(&["match", "--json", "--to", "ko", "--min-score", "100", segment]);
    let line: serde_json::Value = serde_json::from_str(&answer.output).unwrap();
    let matches = line["matches"].as_array().unwrap();
    assert!(matches.len() <= 1, "{line}");
    let origins = matches.iter().flat_map(|found| found["origins"].as_array().unwrap());
    origins.map(|origin| origin["source"].as_str().unwrap().to_owned()).collect()
}

const SEGMENTS: [&str; 4] =
    ["The talks ended late.", "Both sides signed the papers.", "The ferry was full.", "The bridge stays closed."];

fn all_origins(desk: &Desk) -> [Vec<String>; 4] {
    SEGMENTS.map(|segment| origins(desk, segment))
}

#[test]
fn the_same_file_twice_and_a_dry_run_change_nothing() {
    let desk = desk_of_two_files();
    let dry = desk.good(&["import", "--memory", "east.tsv", "--dry-run"]);
    assert!(dry.contains("3 added") && dry.contains("nothing written (dry run)"), "{dry}");
    assert_eq!(desk.units(), [""; 0]);
    assert_eq!(desk.run(&["batches"]).status, Some(1));
    desk.good(&["import", "--memory", "east.tsv"]);
    let (units, batches) = (desk.units(), desk.good(&["batches"]));
    assert_eq!(units.len(), 3);
    for arguments in [&["import", "--memory", "east.tsv"][..], &["import", "--memory", "west.tsv", "--dry-run"]] {
        desk.good(arguments);
        assert_eq!(desk.units(), units, "{arguments:?}");
        assert_eq!(desk.good(&["batches"]), batches, "{arguments:?}");
        assert_eq!(origins(&desk, SEGMENTS[0]), ["east.tsv"], "{arguments:?}");
    }
}

#[test]
fn a_unit_of_two_files_has_two_origins_until_one_is_taken_back() {
    for (undone, kept) in [("east.tsv", "west.tsv"), ("west.tsv", "east.tsv")] {
        let desk = desk_of_two_files();
        let first = desk.good(&["import", "--memory", "east.tsv", "west.tsv"]);
        assert!(first.contains("1 added, 2 changed, 0 unchanged"), "{first}");
        let both = ["east.tsv", "west.tsv"];
        let [talks, papers, ferry, bridge] = all_origins(&desk);
        assert_eq!((talks, papers), (both.map(String::from).to_vec(), both.map(String::from).to_vec()));
        assert_eq!((ferry, bridge), (vec!["east.tsv".to_owned()], vec!["west.tsv".to_owned()]));
        assert_eq!(desk.units().len(), 4);

        let batches = desk.good(&["batches"]);
        let number = |name: &str| {
            let line = batches.lines().find(|line| line.contains(name)).unwrap();
            line.split_whitespace().next().unwrap().to_owned()
        };
        desk.good(&["undo", &number(undone)]);
        let own = |name: &str| if name == kept { vec![kept.to_owned()] } else { Vec::new() };
        assert_eq!(all_origins(&desk), [vec![kept.to_owned()], vec![kept.to_owned()], own("east.tsv"), own("west.tsv")]);
        assert_eq!(desk.units().len(), 3);
        assert_eq!(desk.run(&["concordance", "여객선"]).status, Some(i32::from(kept != "east.tsv")));

        desk.good(&["undo", &number(kept)]);
        assert!(all_origins(&desk).iter().all(Vec::is_empty));
        assert_eq!(desk.units(), [""; 0]);
        // The numbers and the index of what is gone do not stand in the way of what comes again.
        desk.good(&["import", "--memory", "west.tsv"]);
        assert_eq!(origins(&desk, SEGMENTS[3]), ["west.tsv"]);
        assert_eq!(origins(&desk, SEGMENTS[2]), [""; 0]);
    }
}

#[test]
fn what_is_exported_comes_back_as_it_was() {
    let desk = Desk::new();
    let odd = [
        "<b>\"Quoted\"</b> & 'bare'\t\"따옴표\" & <꺾쇠>\tpolitics",
        "=SUM(A1)\t=합계\t",
        "  spaced  out \t 띄어 쓴  글 \tlayout",
        "𠮷野家 opened.\t요시노야가 문을 열었다.\t",
        "e\u{301} and é\t\u{1112}\u{1161}\u{11ab}글\t",
    ];
    desk.write("odd.tsv", table(&odd));
    for file in ["memory.tmx", "old.tmx", "desk-1.2.xlf", "desk-2.0.xlf", "desk.po", "desk.tsv"] {
        fs::copy(format!("tests/exchange/{file}"), desk.path(file)).unwrap();
        let answer = desk.run(&["import", "--memory", file]);
        assert!(matches!(answer.status, Some(0 | 1)), "{answer:?}");
    }
    desk.good(&["import", "--memory", "odd.tsv"]);
    for format in ["tmx", "tsv", "csv"] {
        let (first, second) = (format!("first.{format}"), format!("second.{format}"));
        desk.good(&["export", "--memory", "--output", &first]);
        let other = ["--store", "other.db"];
        desk.good(&[&other[..], &["import", "--memory", &first]].concat());
        desk.good(&[&other[..], &["export", "--memory", "--output", &second]].concat());
        let read = |name: &str| fs::read_to_string(desk.path(name)).unwrap();
        assert!(read(&first).lines().count() > 10, "{format}");
        assert_same_lines(&read(&first), &read(&second), format);
        fs::remove_file(desk.path("other.db")).unwrap();
    }
}

/// Names the first line that differs, since whole files are too long to read in a message.
fn assert_same_lines(first: &str, second: &str, format: &str) {
    for (number, (one, other)) in first.lines().zip(second.lines()).enumerate() {
        assert_eq!(one, other, "{format}, line {}", number + 1);
    }
    assert_eq!(first, second, "{format}");
}
