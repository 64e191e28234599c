//! Files of units that are none, texts that are no versions of each other, and questions that nobody should ask: one sentence or
//! an honest answer, and nothing half-kept.

use std::fmt::Write;

use crate::desk::Desk;

fn tmx(units: &str) -> String {
    format!("<?xml version=\"1.0\"?>\n<tmx version=\"1.4\"><header srclang=\"en\"/><body>\n{units}\n</body></tmx>\n")
}

fn unit(en: &str, ko: &str) -> String {
    format!("<tu><tuv xml:lang=\"en\"><seg>{en}</seg></tuv><tuv xml:lang=\"ko\"><seg>{ko}</seg></tuv></tu>")
}

fn good_unit() -> String {
    unit("The talks ended.", "회담이 끝났다.")
}

/// Bytes without order, in which zero stands or does not.
fn noise(zeros: bool) -> Vec<u8> {
    let mut state = 0x2545_F491_4F6C_DD1D_u64;
    let next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    std::iter::repeat_with(next).filter(|byte| zeros || *byte != 0).take(5_000).collect()
}

#[test]
fn a_broken_file_is_refused_with_its_place_and_nothing_of_it_is_kept() {
    let desk = Desk::new();
    let good = good_unit();
    let open = "<tu><tuv xml:lang=\"en\"><seg>";
    let xliff = "<xliff version=\"1.2\"><file source-language=\"en\" target-language=\"ko\"><body>\n";
    let po = "msgid \"\"\nmsgstr \"Language: ko\\n\"\n\nmsgid \"Ships\"\nmsgstr \"배\n";
    for (name, content, says) in [
        ("reference.tmx", tmx(&format!("{good}\n{open}A&b</seg></tuv></tu>")), "line 4, column 30: after `&`"),
        ("crossed.tmx", tmx(&format!("{good}\n{open}Ships.</tuv></seg></tu>")), "line 4, column "),
        ("control.tmx", tmx(&format!("{good}\n{open}&unknown;</seg></tuv></tu>")), "line 4, column "),
        ("cut.tmx", tmx(&good).split("</body>").next().unwrap().to_owned(), "before it is complete"),
        ("unit.tmx", tmx(&good).split("회담").next().unwrap().to_owned(), "the file ends in line 3, column "),
        ("other.tmx", "<html><body/></html>".to_owned(), "its first element is <html>"),
        ("other.xlf", tmx(&good), "its first element is <tmx>"),
        ("cut.xlf", format!("{xliff}<trans-unit id=\"1\"><source>Ships</source><tar"), "the file ends in line 2, column "),
        ("open.po", po.to_owned(), "line 5, column "),
    ] {
        desk.write(name, content);
        let sentence = desk.refused(&["import", name]);
        assert!(sentence.contains(name) && sentence.contains(says), "{name}: {sentence}");
    }
    assert_eq!(desk.units(), [""; 0]);
    assert_eq!(desk.run(&["batches"]).status, Some(1));
}

#[test]
fn what_is_empty_or_no_text_is_refused_in_every_format() {
    let desk = Desk::new();
    for format in ["tmx", "xlf", "po", "tsv"] {
        for (content, says) in
            [(Vec::new(), "is empty"), (noise(true), "is not a text file"), (noise(false), "encoding"), (vec![b'<'; 20], "")]
        {
            let name = format!("noise.{format}");
            desk.write(&name, content);
            let sentence = desk.refused(&["import", "--memory", &name]);
            assert!(sentence.contains(&name) && sentence.contains(says), "{sentence}");
        }
    }
    assert_eq!(desk.units(), [""; 0]);
}

#[test]
fn entities_of_a_file_are_neither_expanded_nor_fetched() {
    let desk = Desk::new();
    desk.write("secret.txt", "the plans");
    let secret = desk.path("secret.txt");
    let mut bomb = "<!ENTITY e0 \"boom\">".to_owned();
    for level in 1..12 {
        let inner = format!("&e{};", level - 1).repeat(10);
        write!(bomb, "<!ENTITY e{level} \"{inner}\">").unwrap();
    }
    let external = format!("<!ENTITY e11 SYSTEM \"file://{}\">", secret.display());
    for (name, entities) in [("bomb.tmx", bomb), ("external.tmx", external)] {
        let doctype = format!("?>\n<!DOCTYPE tmx [{entities}]>\n");
        desk.write(name, tmx(&format!("{}{}", good_unit(), unit("&e11;", "터짐"))).replacen("?>\n", &doctype, 1));
        let sentence = desk.refused(&["import", name]);
        assert!(sentence.contains("line 2: the file defines XML entities of its own"), "{sentence}");
    }
    assert_eq!(desk.units(), [""; 0]);
    // A DOCTYPE that only names its rules is as good as none: nobody looks for them.
    desk.write("named.tmx", tmx(&good_unit()).replacen("?>\n", "?>\n<!DOCTYPE tmx SYSTEM \"file:///nowhere/tmx14.dtd\">\n", 1));
    desk.good(&["import", "named.tmx"]);
    assert_eq!(desk.units().len(), 1);
}

#[test]
fn a_unit_that_is_none_is_rejected_and_the_rest_is_kept() {
    let desk = Desk::new();
    let long = "long ".repeat(2_000_000);
    let lines = [
        "<tu><tuv xml:lang=\"en\"><seg>Alone.</seg></tuv></tu>".to_owned(),
        unit("Two of one.", "둘").replace("\"ko\"", "\"en\""),
        unit("No language.", "없음").replace("\"ko\"", "\"!!\""),
        unit(&long, "긴 글"),
        unit("Nothing.", ""),
        unit("A language nobody knows.", "Qapla").replace("\"ko\"", "\"tlh\""),
        good_unit(),
    ];
    desk.write("mixed.tmx", tmx(&lines.join("\n")));
    let answer = desk.run(&["import", "mixed.tmx"]);
    assert_eq!(answer.status, Some(1), "{answer:?}");
    assert!(answer.output.contains("2 added, 0 changed, 0 unchanged, 5 rejected"), "{}", answer.output);
    for says in [
        "mixed.tmx:3: the unit has a segment in en only",
        "mixed.tmx:4: the unit has two segments in en",
        "mixed.tmx:5: `!!` is not a language tag",
        "mixed.tmx:6: the segment in en is longer than 64 KB",
        "mixed.tmx:7: the unit has a segment in en only",
    ] {
        assert!(answer.output.contains(says), "{says}: {}", answer.output);
    }
    assert!(desk.good(&["match", "--to", "tlh", "A language nobody knows."]).contains("Qapla"));
    desk.write("long.tsv", format!("en\tko\n{long}\t긴 글\nThe ship sank.\t배가 가라앉았다.\n"));
    let answer = desk.run(&["import", "--memory", "long.tsv"]);
    assert_eq!(answer.status, Some(1), "{answer:?}");
    assert!(answer.output.contains("long.tsv:2: the segment in en is longer than 64 KB"), "{}", answer.output);
    assert_eq!(desk.units().len(), 3);
}

fn article(count: usize, sentence: impl Fn(usize) -> String) -> String {
    (0..count).map(|number| sentence(number) + "\n").collect()
}

fn desk_of_articles() -> Desk {
    let desk = Desk::new();
    desk.write("talks.en.txt", "The minister met 12 envoys on Monday.\nThey signed three papers.\n");
    desk.write("talks.ko.txt", "장관은 월요일 12명의 사절을 만났다.\n그들은 문서 세 건에 서명했다.\n");
    desk.write("talks.zh.txt", "部长星期一会见了12名使节。\n他们签署了三份文件。\n");
    let tail = |number: usize| " and the rest of it".repeat(number * 7 % 5);
    desk.write("harbour.en.txt", article(40, |n| format!("Ship {} left the old harbour{}.", n * 31 + 200, tail(n))));
    let more = |number: usize| " 그리고 또 끓였다".repeat(number * 3 % 7);
    desk.write("soup.ko.txt", article(40, |n| format!("국수 {}그릇을 부엌에서 끓였다{}.", n * 17 + 3, more(n))));
    desk.write("ferries.ko.txt", article(500, |n| format!("{}번째 배가 항구를 떠났다.", n + 1)));
    desk.write("empty.txt", "");
    desk.write("blank.txt", " \n\t\n\n");
    desk.write("marks.txt", "... !!!\n---\n");
    desk
}

#[test]
fn texts_that_are_no_versions_of_each_other_are_not_aligned() {
    let desk = desk_of_articles();
    for files in [
        ["harbour.en.txt", "soup.ko.txt"],
        ["soup.ko.txt", "harbour.en.txt"],
        ["talks.en.txt", "ferries.ko.txt"],
        ["ferries.ko.txt", "talks.en.txt"],
    ] {
        let answer = desk.run(&["align", files[0], files[1], "--into-memory"]);
        assert_eq!(answer.status, Some(1), "{files:?}: {answer:?}");
        assert!(answer.output.starts_with("0 of "), "{files:?}: {answer:?}");
        let says = format!("{} and {} do not look like versions of one text; nothing of them is aligned", files[0], files[1]);
        assert!(answer.complaint.contains(&says), "{files:?}: {answer:?}");
    }
    assert_eq!(desk.units(), [""; 0]);
}

#[test]
fn what_cannot_be_aligned_is_said() {
    let desk = desk_of_articles();
    for (arguments, says) in [
        (&["talks.en.txt", "empty.txt"][..], "empty.txt is empty"),
        (&["blank.txt", "talks.ko.txt"], "the language of blank.txt cannot be told"),
        (&["talks.en.txt", "marks.txt"], "as in --langs en,ko"),
        (&["talks.en.txt", "blank.txt", "--langs", "en,ko"], "blank.txt has no sentence to align"),
        (&["talks.en.txt", "blank.txt", "--langs", "en,ko", "--presegmented"], "blank.txt has no sentence to align"),
        (&["talks.en.txt", "talks.ko.txt", "--langs", "en"], "one language for each file"),
        (&["talks.en.txt", "missing.txt"], "there is no such file"),
    ] {
        let sentence = desk.refused(&[&["align"], arguments].concat());
        assert!(sentence.contains(says), "{arguments:?}: {sentence}");
    }
    for arguments in [&["talks.en.txt"][..], &["talks.en.txt", "talks.ko.txt", "--langs", "en,!!"]] {
        assert_eq!(desk.run(&[&["align"], arguments].concat()).status, Some(2), "{arguments:?}");
    }
}

#[test]
fn one_language_three_versions_and_very_many_are_aligned() {
    let desk = desk_of_articles();
    let same = desk.run(&["align", "talks.en.txt", "talks.en.txt", "--into-memory"]);
    assert!(same.output.contains("2 of 2 sentences"), "{same:?}");
    assert!(same.complaint.contains("2 aligned stretches are not kept, since a unit needs two languages"), "{same:?}");
    assert_eq!(same.status, Some(1), "{same:?}");
    assert_eq!(desk.units(), [""; 0]);
    let many = [&["align"][..], &["talks.en.txt"; 40]].concat();
    assert!(desk.good(&many).contains("2 of 2 sentences"));
    desk.good(&["align", "talks.en.txt", "talks.ko.txt", "talks.zh.txt", "--into-memory"]);
    assert_eq!(desk.units().len(), 2);
    assert!(desk.good(&["concordance", "사절", "--to", "zh-Hans"]).contains("使节"));
}

#[test]
fn a_long_text_without_a_stop_is_one_sentence_and_no_unit() {
    let desk = Desk::new();
    // Something has to stand on both sides, or the two are no versions of one text.
    desk.write("words.en.txt", format!("APEC 2025 {}", "word ".repeat(40_000)));
    desk.write("words.ko.txt", format!("APEC 2025 {}", "낱말 ".repeat(30_000)));
    let answer = desk.run(&["align", "words.en.txt", "words.ko.txt", "--json", "--into-memory"]);
    assert!(answer.output.starts_with("{\"pairs\":["), "{}", answer.output);
    assert!(answer.complaint.contains("segments of up to 64 KB"), "{}", answer.complaint);
    assert_eq!(desk.units(), [""; 0]);
}

fn desk_of_ships() -> Desk {
    let desk = Desk::new();
    let row = |n: usize| format!("Ship number {n} left the harbour.\t배 {n}호가 항구를 떠났다.\t第{n}号船离开了港口。");
    desk.write("ships.tsv", format!("en\tko\tzh-Hans\n{}", article(300, row)));
    desk.good(&["import", "--memory", "ships.tsv"]);
    desk
}

#[test]
fn odd_queries_are_matched_or_not() {
    let desk = desk_of_ships();
    let long = "Ship number 7 left the harbour. ".repeat(60_000 / 32);
    let exact = "Ship number 7 left the harbour.";
    for (arguments, status, matches) in [
        (&["7", "--min-score", "1", "--limit", "1"][..], 0, 1),
        (&["7"], 1, 0),
        (&["船", "--to", "en", "--min-score", "1", "--limit", "400"], 0, 300),
        (&[&long, "--min-score", "1"], 1, 0),
        (&[exact, "--min-score", "100"], 0, 1),
        (&[exact, "--min-score", "1", "--limit", "1000"], 0, 300),
        (&[exact, "--limit", "1"], 0, 1),
        (&[exact, "--penalty", "origin:ships=100"], 1, 0),
        (&[exact, "--since", "2026-02-29"], 1, 0),
        (&[exact, "--origin", "nowhere"], 1, 0),
        (&[exact, "--to", "tlh"], 1, 0),
    ] {
        let to = if arguments.contains(&"--to") { &[][..] } else { &["--to", "ko"] };
        let answer = desk.run(&[&["match", "--json"], to, arguments].concat());
        assert_eq!(answer.status, Some(status), "{arguments:?}: {answer:?}");
        let line: serde_json::Value = serde_json::from_str(&answer.output).unwrap();
        assert_eq!(line["matches"].as_array().unwrap().len(), matches, "{arguments:?}");
    }
}

#[test]
fn a_unit_in_both_scripts_of_chinese_is_one_match_with_the_segment_that_is_like_the_query() {
    let desk = Desk::new();
    let rows = ["The ferry was late.\t渡轮今天晚点了。\t輪渡今天遲到了。", "The ferry is here.\t渡轮到了。\t輪渡到了。"];
    desk.write("ferry.tsv", format!("en\tzh-Hans\tzh-Hant\n{}\n", rows.join("\n")));
    desk.good(&["import", "--memory", "ferry.tsv"]);
    for (query, from, to, expected) in [
        ("渡轮今天晚点了。", "zh-Hans", "en", &[(100, "渡轮今天晚点了。"), (50, "渡轮到了。")][..]),
        ("輪渡今天遲到了。", "zh-Hans", "en", &[(100, "輪渡今天遲到了。"), (62, "輪渡到了。")]),
        ("輪渡今天遲到了。", "zh-Hans", "zh-Hant", &[(50, "渡轮今天晚点了。"), (50, "渡轮到了。")]),
        ("輪渡今天遲到了。", "zh-Hant", "zh-Hant", &[]),
    ] {
        let answer = desk.run(&["match", "--json", "--from", from, "--to", to, "--min-score", "45", query]);
        let line: serde_json::Value = serde_json::from_str(&answer.output).unwrap();
        let found = line["matches"].as_array().unwrap().iter();
        let found: Vec<_> = found.map(|found| (found["score"].as_u64().unwrap(), found["source"].as_str().unwrap())).collect();
        assert_eq!(found, expected, "{query} to {to}");
    }
}

#[test]
fn questions_that_cannot_be_asked_are_refused() {
    let desk = Desk::new();
    for words in ["", " ", "...", "*", "。、「」"] {
        for command in [&["match", "--to", "ko"][..], &["concordance"]] {
            let sentence = desk.refused(&[command, &[words]].concat());
            assert!(sentence.contains("no letter in the query"), "{sentence}");
        }
    }
    for [option, value] in [
        ["--min-score", "0"],
        ["--min-score", "101"],
        ["--limit", "0"],
        ["--limit", "-1"],
        ["--since", "yesterday"],
        ["--since", "2026-13"],
        ["--since", "2026-00-10"],
        ["--until", "2026-01-32"],
        ["--until", "26-1-1"],
        ["--until", "2026-01-01-01"],
        ["--penalty", "aligned"],
        ["--penalty", "aligned=101"],
        ["--penalty", "aligned=-1"],
        ["--penalty", "origin=5"],
        ["--penalty", "before:2026-13=5"],
        ["--to", "!!"],
    ] {
        let answer = desk.run(&["match", "--to=ko", "Ships", &format!("{option}={value}")]);
        assert_eq!(answer.status, Some(2), "{option} {value}: {answer:?}");
        assert!(answer.complaint.contains(option), "{option} {value}: {answer:?}");
    }
}

#[test]
fn odd_words_are_looked_up_or_not() {
    let desk = desk_of_ships();
    let long = "harbour ".repeat(10_000 / 8);
    for (arguments, status, lines) in [
        (&["船", "--limit", "1000"][..], 0, 300),
        (&["号船", "--limit", "1"], 0, 1),
        (&["배", "--to", "en", "--limit", "7"], 0, 7),
        (&["harb*", "--limit", "1000"], 0, 300),
        (&["harb"], 1, 0),
        (&["魚"], 1, 0),
        (&[&long], 1, 0),
    ] {
        let answer = desk.run(&[&["concordance", "--json"], arguments].concat());
        assert_eq!(answer.status, Some(status), "{arguments:?}: {answer:?}");
        assert_eq!(answer.output.lines().count(), lines, "{arguments:?}");
    }
    let memory = desk.run(&["terms", "--to", "ko", "--least", "1"]);
    assert_eq!(memory.status, Some(2), "{memory:?}");
}
