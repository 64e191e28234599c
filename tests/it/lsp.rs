//! The language server, in conversation with an editor.

use std::io::Write;
use std::process::{Command, Stdio};

use proptest::prelude::*;
use serde_json::{Value, json};
use tongsa::server::lsp::Ending;

use crate::desk::Desk;
use crate::editor::Editor;

fn able() -> Value {
    json!({ "workspace": {
        "workspaceEdit": { "documentChanges": true },
        "didChangeWatchedFiles": { "dynamicRegistration": true },
    } })
}

#[test]
fn findings_stand_where_the_editor_counts_them() {
    for (offered, start, end) in [(json!(null), 6, 12), (json!(["utf-8"]), 11, 17), (json!(["utf-32", "utf-8"]), 4, 10)] {
        let mut editor = Editor::start(json!({ "general": { "positionEncodings": offered } }));
        editor.open("a.md", "markdown", "Trade in Beijing.\r\n\r\n😀𠮷é Peking\rand Nanking.");
        let found = editor.found("a.md");
        let at = |found: &Value| (found["range"]["start"].clone(), found["range"]["end"].clone());
        let expected = (json!({ "line": 2, "character": start }), json!({ "line": 2, "character": end }));
        assert_eq!(at(&found[0]), expected, "{offered}");
        let expected = (json!({ "line": 3, "character": 4 }), json!({ "line": 3, "character": 11 }));
        assert_eq!(at(&found[1]), expected, "{offered}");
        assert_eq!((&found[0]["severity"], &found[0]["source"]), (&json!(2), &json!("tongsa")));
        assert_eq!(found[0]["message"], "Peking is deprecated; write Beijing");
        assert_eq!(found[0]["data"]["suggestions"], json!(["Beijing"]));
    }
}

#[test]
fn only_the_newest_state_is_shown_and_each_with_its_own_findings() {
    let mut editor = Editor::start(able());
    editor.open("a.txt", "plaintext", "Nothing was said. ");
    for _ in 0..300 {
        editor.change("a.txt", &[(18, 18, "We saw Peking. ")]);
    }
    let mut last = 0;
    while last < 301 {
        let published = editor.next("textDocument/publishDiagnostics");
        let version = published["version"].as_i64().unwrap();
        assert!(version > last, "{version} after {last}");
        assert_eq!(published["diagnostics"].as_array().unwrap().len() as i64, version - 1);
        last = version;
    }
    // What is closed is clean.
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": editor.uri("a.txt") } }));
    let published = editor.next("textDocument/publishDiagnostics");
    assert_eq!((&published["diagnostics"], &published["version"]), (&json!([]), &Value::Null));
}

#[test]
fn several_changes_of_one_message_are_made_in_order() {
    let mut editor = Editor::start(able());
    editor.open("a.md", "markdown", "회담\n");
    editor.change("a.md", &[(3, 3, "습근평과 만났다.\r\n"), (3, 3, "😀"), (5, 8, "조락제"), (0, 2, "𠮷\r")]);
    assert_eq!(editor.text("a.md"), "𠮷\r\n😀조락제과 만났다.\r\n");
    assert_eq!(editor.rules("a.md")[0], "wrong-reading 조락제");
    let asked = editor.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": editor.uri("a.md") } })).unwrap();
    assert_eq!((&asked["kind"], &asked["items"][0]["code"]), (&json!("full"), &json!("wrong-reading")));
}

#[test]
fn a_fix_is_made_with_its_particles_and_leaves_nothing_to_find() {
    let mut editor = Editor::start(able());
    editor.open("a.md", "markdown", "😀 이재명 대통령은 **습근평**과 만났다.\n\n조락제은 떠났다.\n");
    editor.found("a.md");
    let actions = editor.actions("a.md", "조락제", None);
    assert_eq!(actions[0]["title"], "Write 자오러지는");
    assert_eq!((&actions[0]["kind"], &actions[0]["isPreferred"]), (&json!("quickfix"), &json!(true)));
    assert_eq!(actions[0]["diagnostics"][0]["code"], "wrong-reading");
    editor.act("a.md", &actions[0]);
    assert!(editor.text("a.md").contains("\n자오러지는 떠났다"), "{}", editor.text("a.md"));
    let all = editor.actions("a.md", "이재명", Some("source.fixAll"));
    assert_eq!(all.len(), 1, "{all:?}");
    editor.act("a.md", &all[0]);
    assert_eq!(editor.text("a.md"), "😀 이재명 대통령은 **시진핑**과 만났다.\n\n자오러지는 떠났다.\n");
    assert_eq!(editor.rules("a.md"), [""; 0]);
    assert_eq!(editor.actions("a.md", "이재명", None), [] as [Value; 0]);
}

#[test]
fn all_of_a_rule_are_fixed_and_nothing_else() {
    let mut editor = Editor::start(able());
    editor.open("a.txt", "plaintext", "We saw Peking. He left Peking and Nanking. She met Xi Jinping. Xi Jingping left.\n");
    editor.found("a.txt");
    let actions = editor.actions("a.txt", "Nanking", Some("quickfix"));
    let all = actions.iter().find(|action| action["title"] == "Fix all 3 findings of deprecated-term in this draft");
    editor.act("a.txt", all.unwrap());
    assert_eq!(editor.text("a.txt"), "We saw Beijing. He left Beijing and Nanjing. She met Xi Jinping. Xi Jingping left.\n");
    assert_eq!(editor.rules("a.txt"), ["near-miss Xi Jingping"]);
    assert_eq!(editor.actions("a.txt", "Xi Jingping", Some("refactor")), [] as [Value; 0]);
}

#[test]
fn a_line_is_left_alone_after_its_comment() {
    for (language, text, comment) in [
        ("markdown", "He is in Peking today.\r\nAnd in Nanking.", "today. <!-- tongsa-ignore deprecated-term -->\r\n"),
        ("plaintext", "He is in Peking today.\r\nAnd in Nanking.", "today. // tongsa-ignore deprecated-term\r\n"),
    ] {
        let mut editor = Editor::start(able());
        editor.open("a.x", language, text);
        editor.found("a.x");
        let actions = editor.actions("a.x", "Peking", None);
        editor.act("a.x", actions.last().unwrap());
        assert!(editor.text("a.x").contains(comment), "{}", editor.text("a.x"));
        assert_eq!(editor.rules("a.x"), ["deprecated-term Nanking"]);
    }
}

#[test]
fn an_editor_without_versions_gets_plain_changes() {
    let mut editor = Editor::start(json!({}));
    editor.open("a.txt", "plaintext", "Peking");
    let action = &editor.actions("a.txt", "Peking", None)[0];
    let edit = &action["edit"]["changes"][editor.uri("a.txt").as_str()][0];
    assert_eq!(edit["newText"], "Beijing");
}

#[test]
fn names_have_cards_with_or_without_a_finding() {
    let mut editor = Editor::start(able());
    editor.open("a.md", "markdown", "# 회담\n\n😀 조락제 위원장은 **리창** 총리와 만났다.\n");
    editor.found("a.md");
    for (words, id) in [("조락제", "npc.zhao-leji"), ("리창", "prc.li-qiang")] {
        let hover = editor.ask("textDocument/hover", editor.about("a.md", words, 1)).unwrap();
        let card = hover["contents"]["value"].as_str().unwrap();
        assert!(card.contains(&format!("`{id}`")) && card.contains("- `zh-Hans` **"), "{card}");
        assert_eq!(editor.words("a.md", &hover["range"]), words);
    }
    assert_eq!(editor.ask("textDocument/hover", editor.about("a.md", "만났다", 1)), Ok(Value::Null));
    // What is no name, and is taken for one, leads to the name.
    editor.retype("a.md", "Xi Jinping went, and Xi Jingping came.\n");
    assert_eq!(editor.rules("a.md"), ["near-miss Xi Jingping"]);
    let hover = editor.ask("textDocument/hover", editor.about("a.md", "Xi Jingping", 4)).unwrap();
    assert!(hover["contents"]["value"].as_str().unwrap().contains("`prc.xi-jinping`"));
    assert_eq!(editor.words("a.md", &hover["range"]), "Xi Jingping");
}

#[test]
fn names_are_completed_in_the_language_of_the_draft() {
    let mut editor = Editor::start(able());
    editor.open("a.md", "markdown", "The president met with Li Q");
    let list = editor.ask("textDocument/completion", editor.about("a.md", "Li Q", 4)).unwrap();
    assert_eq!(list["isIncomplete"], true);
    let labels: Vec<&str> = list["items"].as_array().unwrap().iter().map(|item| item["label"].as_str().unwrap()).collect();
    assert!(labels.contains(&"Li Qiang"), "{labels:?}");
    assert_eq!(editor.words("a.md", &list["items"][0]["textEdit"]["range"]), "Li Q");
    editor.retype("a.md", "The president met with 리차");
    let list = editor.ask("textDocument/completion", editor.about("a.md", "리차", 2)).unwrap();
    assert_eq!((&list["items"][0]["label"], &list["items"][0]["filterText"]), (&json!("Li Qiang"), &json!("리차")));
}

#[test]
fn concepts_are_symbols_and_their_addresses_lead_to_cards() {
    let mut editor = Editor::start(able());
    let symbols = editor.ask("workspace/symbol", json!({ "query": "시진" })).unwrap();
    assert_eq!(symbols[0]["location"]["uri"], "tongsa:prc.xi-jinping");
    let card = editor.ask("workspace/textDocumentContent", json!({ "uri": "tongsa:prc.xi-jinping" })).unwrap();
    assert!(card["text"].as_str().unwrap().starts_with("**Xi Jinping"));
    assert_eq!(editor.ask("workspace/symbol", json!({ "query": "" })), Ok(json!([])));
}

#[test]
fn settings_and_glossaries_are_those_in_force_as_they_are_now() {
    let mut editor = Editor::start(able());
    let changed = |editor: &mut Editor| editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    editor.open("desk/a.md", "markdown", "Peking sells Bosong tea.");
    assert_eq!(editor.rules("desk/a.md"), ["deprecated-term Peking"]);
    editor.write("desk/terms.csv", "id,en,en:deprecated\ndesk.tea,Boseong tea,Bosong tea\nx,y\n");
    editor.write("desk/tongsa.toml", "[check]\nglossaries = [\"terms.csv\"]\nignore-names = [\"Peking\"]\n");
    changed(&mut editor);
    assert_eq!(editor.rules("desk/a.md"), ["deprecated-term Bosong tea"]);
    let notice = editor.next("window/logMessage");
    let sentence = notice["message"].as_str().unwrap();
    assert!(sentence.ends_with("terms.csv: 1 row of it is not taken; `tongsa import --dry-run` lists them"), "{sentence}");
    let hover = editor.ask("textDocument/hover", editor.about("desk/a.md", "Bosong", 1)).unwrap();
    assert!(hover["contents"]["value"].as_str().unwrap().contains("`desk.tea`"));
    editor.write("desk/terms.csv", "id,en,en:deprecated\ndesk.tea,Bosong tea,Boseong tea\n");
    changed(&mut editor);
    assert_eq!(editor.rules("desk/a.md"), [""; 0]);
    editor.write("desk/tongsa.toml", "[check]\nexclude = [\"a.md\"]\n");
    changed(&mut editor);
    assert_eq!(editor.rules("desk/a.md"), [""; 0]);
    // A language without rules is none to complain of while somebody types.
    editor.write("desk/tongsa.toml", "[check]\nlang = \"fr\"\n");
    changed(&mut editor);
    assert_eq!(editor.rules("desk/a.md"), [""; 0]);
    editor.write("desk/tongsa.toml", "[chekc]\n");
    // Without being told, it is seen with the next letter.
    editor.change("desk/a.md", &[(0, 0, "a")]);
    let found = editor.found("desk/a.md");
    let message = found[0]["message"].as_str().unwrap();
    assert!(
        message.ends_with("tongsa.toml:1: there is no key `chekc` at the top of the file; did you mean `check`?"),
        "{message}"
    );
    assert_eq!((&found[0]["code"], &found[0]["severity"]), (&json!("not-checked"), &json!(1)));
}

#[test]
fn the_store_is_read_as_it_is_now() {
    let desk = Desk::new();
    let mut editor = Editor::start(able());
    editor.open("a.md", "markdown", "We like Bosong tea.");
    assert_eq!(editor.rules("a.md"), [""; 0]);
    desk.write("desk.csv", "id,en,en:deprecated\ndesk.tea,Boseong tea,Bosong tea\n");
    let store = editor.path("store.db").display().to_string();
    desk.good(&["import", "--store", &store, &desk.path("desk.csv").display().to_string()]);
    editor.tell("textDocument/didSave", json!({ "textDocument": { "uri": editor.uri("a.md") } }));
    assert_eq!(editor.rules("a.md"), ["deprecated-term Bosong tea"]);
}

#[test]
fn other_formats_are_read_as_the_command_line_reads_them() {
    let mut editor = Editor::start(able());
    editor.open("a.html", "html", "<p title=\"Peking\">Trade &amp; <b>Nanking</b> talks</p>");
    assert_eq!(editor.rules("a.html"), ["deprecated-term Nanking"]);
    let action = editor.actions("a.html", "Nanking", None)[0].clone();
    editor.act("a.html", &action);
    assert_eq!(editor.text("a.html"), "<p title=\"Peking\">Trade &amp; <b>Nanjing</b> talks</p>");
    editor.open("a.srt", "plaintext", "1\n00:00:01,000 --> 00:00:02,000\nPeking\n");
    assert_eq!(editor.rules("a.srt"), ["deprecated-term Peking"]);
    // What has no letters has no language, which is not worth a word while it is being begun.
    editor.open("b.md", "markdown", "");
    assert_eq!(editor.rules("b.md"), [""; 0]);
}

const NOT_INITIALIZED: i32 = -32002;
const INVALID_REQUEST: i32 = -32600;
const METHOD_NOT_FOUND: i32 = -32601;
const INVALID_PARAMS: i32 = -32602;

#[test]
fn what_cannot_be_answered_is_refused_with_its_code() {
    let mut editor = Editor::start(able());
    editor.open("a.md", "markdown", "Peking");
    let document = json!({ "uri": editor.uri("a.md") });
    let other = json!({ "uri": editor.uri("b.md") });
    let zero = json!({ "line": 0, "character": 0 });
    for (method, params, code) in [
        ("textDocument/hover", json!({ "textDocument": other, "position": zero }), INVALID_PARAMS),
        ("textDocument/completion", json!({ "textDocument": other, "position": zero }), INVALID_PARAMS),
        ("textDocument/codeAction", json!({ "textDocument": other, "range": { "start": zero, "end": zero } }), INVALID_PARAMS),
        ("textDocument/diagnostic", json!({ "textDocument": other }), INVALID_PARAMS),
        ("textDocument/hover", json!({ "textDocument": document }), INVALID_PARAMS),
        ("textDocument/hover", json!({ "textDocument": document, "position": { "line": -1, "character": 0 } }), INVALID_PARAMS),
        (
            "textDocument/hover",
            json!({ "textDocument": document, "position": { "line": 1e99, "character": 0 } }),
            INVALID_PARAMS,
        ),
        ("textDocument/hover", json!([1, 2]), INVALID_PARAMS),
        ("textDocument/hover", Value::Null, INVALID_PARAMS),
        ("workspace/symbol", json!({ "query": 3 }), INVALID_PARAMS),
        ("workspace/textDocumentContent", json!({ "uri": "file:///a" }), INVALID_PARAMS),
        ("textDocument/rename", json!({}), METHOD_NOT_FOUND),
        ("$/strange", json!({}), METHOD_NOT_FOUND),
        ("initialize", json!({ "capabilities": {} }), INVALID_REQUEST),
    ] {
        let refused = editor.ask(method, params.clone()).unwrap_err();
        assert_eq!(refused.0, code, "{method} {params}: {}", refused.1);
        assert!(refused.1.len() > 10, "{method}: {}", refused.1);
    }
    // Places outside are brought inside, and other words are passed over.
    let far = json!({ "line": 4_000_000_000_u32, "character": 4_000_000_000_u32 });
    assert_eq!(editor.ask("textDocument/hover", json!({ "textDocument": document, "position": far })), Ok(hover_at_end()));
    for (method, params) in [
        ("textDocument/didChange", json!({ "textDocument": { "uri": "file:///b.md", "version": 2 }, "contentChanges": [] })),
        ("textDocument/didChange", json!({ "textDocument": { "uri": editor.uri("a.md"), "version": 2 } })),
        ("textDocument/didClose", json!({ "textDocument": { "uri": "file:///b.md" } })),
        ("textDocument/didOpen", json!("a.md")),
    ] {
        editor.tell(method, params);
        let notice = editor.next("window/logMessage");
        assert_eq!(notice["type"], 2, "{method}: {notice}");
    }
    editor.tell("$/cancelRequest", json!({ "id": 1 }));
    editor.tell("$/unknown", json!({}));
    let backwards = json!({ "start": { "line": 9, "character": 9 }, "end": zero });
    let change = json!({ "range": backwards, "text": "Nanking" });
    let params = json!({ "textDocument": { "uri": editor.uri("a.md"), "version": 3 }, "contentChanges": [change] });
    editor.tell("textDocument/didChange", params);
    let asked = editor.ask("textDocument/diagnostic", json!({ "textDocument": document })).unwrap();
    assert_eq!(asked["items"][0]["range"]["end"]["character"], 7);
}

fn hover_at_end() -> Value {
    let mut editor = Editor::start(able());
    editor.open("a.md", "markdown", "Peking");
    editor.ask("textDocument/hover", editor.about("a.md", "Peking", 6)).unwrap()
}

#[test]
fn nothing_is_answered_before_the_beginning_and_after_the_end() {
    let mut editor = Editor::silent();
    assert_eq!(editor.ask("textDocument/hover", json!({})).unwrap_err().0, NOT_INITIALIZED);
    assert_eq!(editor.ask("shutdown", Value::Null).unwrap_err().0, NOT_INITIALIZED);
    assert_eq!(editor.ask("initialize", json!(7)).unwrap_err().0, INVALID_PARAMS);
    editor.tell("textDocument/didOpen", json!({}));
    assert!(editor.ask("initialize", json!({})).is_ok());
    editor.open("a.md", "markdown", "Peking");
    editor.shut_down();
    assert_eq!(editor.ask("textDocument/hover", json!({})).unwrap_err().0, INVALID_REQUEST);
    assert_eq!(editor.ask("shutdown", Value::Null).unwrap_err().0, INVALID_REQUEST);
    assert_eq!(editor.exit(), Ending::Announced);
}

#[test]
fn who_ends_without_a_word_is_known() {
    assert_eq!(Editor::silent().exit(), Ending::Abrupt);
    assert_eq!(Editor::silent().vanish(), Ending::Abrupt);
    assert_eq!(Editor::start(able()).exit(), Ending::Abrupt);
    assert_eq!(Editor::start(able()).vanish(), Ending::Abrupt);
    let mut editor = Editor::start(able());
    editor.shut_down();
    assert_eq!(editor.vanish(), Ending::Announced);
}

#[test]
fn ten_megabytes_are_taken_and_answered_about() {
    let mut editor = Editor::start(able());
    // The desk checks no such thing; what is asked about it is answered all the same.
    editor.write("tongsa.toml", "[check]\nexclude = [\"*.txt\"]\n");
    let line = "😀 수출입 통계 1,234 of the quarter\r\n";
    editor.open("a.txt", "plaintext", &line.repeat(10 << 20 >> 5));
    assert!(editor.text("a.txt").len() > 10 << 20);
    editor.change("a.txt", &[(3, 3, "시진핑 "), (0, 0, "Peking ")]);
    assert_eq!(editor.rules("a.txt"), [""; 0]);
    let hover = editor.ask("textDocument/hover", editor.about("a.txt", "시진핑", 2)).unwrap();
    assert_eq!(editor.words("a.txt", &hover["range"]), "시진핑");
    editor.shut_down();
    assert_eq!(editor.exit(), Ending::Announced);
}

/// Pieces of drafts, with what is easily miscounted between them.
const PIECES: [&str; 14] = [
    "Peking ",
    "Xi Jingping ",
    "Xi Jinping ",
    "습근평과 ",
    "조락제은 ",
    "赵乐计",
    "𠮷",
    "😀",
    "👨‍👩‍👧",
    "\r\n",
    "\r",
    "\n\n",
    "**",
    "`",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(8))]
    #[test]
    fn any_edits_end_as_a_fresh_start_does(
        edits in proptest::collection::vec((0..1000usize, 0..6usize, 0..PIECES.len()), 1..120),
        pace in 1..5usize,
    ) {
        let mut editor = Editor::start(able());
        editor.open("a.md", "markdown", "Xi Jinping met 이재명 in Peking.\n");
        for some in edits.chunks(pace) {
            let mut changes = Vec::new();
            let mut length = editor.len("a.md");
            for (at, gone, piece) in some {
                let start = at % (length + 1);
                let end = (start + gone).min(length);
                length = length - (end - start) + PIECES[*piece].encode_utf16().count();
                changes.push((start, end, PIECES[*piece]));
            }
            editor.change_whole_characters("a.md", &changes);
        }
        let found = editor.found("a.md");
        let text = editor.text("a.md");
        let mut fresh = Editor::start(able());
        fresh.open("a.md", "markdown", &text);
        prop_assert_eq!(found, fresh.found("a.md"));
    }
}

/// Runs the built program on what an editor writes, and returns its exit code, output and complaint.
fn piped(input: &[u8]) -> (Option<i32>, String, String) {
    let desk = Desk::new();
    let mut command: Command = desk.command(&["lsp"]);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    // A server that has seen enough closes the pipe.
    let _ = child.stdin.take().unwrap().write_all(input);
    let output = child.wait_with_output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code(), text(output.stdout), text(output.stderr))
}

fn framed(messages: &[Value]) -> Vec<u8> {
    let frame = |message: &Value| format!("Content-Length: {}\r\n\r\n{message}", message.to_string().len());
    messages.iter().map(frame).collect::<String>().into_bytes()
}

#[test]
fn the_program_speaks_over_pipes_and_ends_as_the_protocol_says() {
    let text = json!({ "uri": "file:///nowhere/a.md", "languageId": "markdown", "version": 7, "text": "Peking" });
    let request =
        |id: i32, method: &str, params: Value| json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params });
    let about = json!({ "textDocument": { "uri": "file:///nowhere/a.md" } });
    let talk = [
        request(1, "initialize", json!({ "capabilities": {} })),
        json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": text } }),
        request(2, "textDocument/diagnostic", about),
        request(3, "shutdown", Value::Null),
        json!({ "jsonrpc": "2.0", "method": "exit" }),
    ];
    let (status, output, complaint) = piped(&framed(&talk));
    assert_eq!((status, complaint.as_str()), (Some(0), ""), "{output}");
    assert!(output.starts_with("Content-Length: ") && output.contains("\"jsonrpc\":\"2.0\""), "{output}");
    assert!(output.contains("Peking is deprecated; write Beijing"), "{output}");
    for (end, expected) in [(0, Some(1)), (1, Some(1)), (5, Some(0))] {
        assert_eq!(piped(&framed(&talk[..end])).0, expected, "{end}");
    }
    assert_eq!(piped(&framed(&talk[5..])).0, Some(1));
}

#[test]
fn a_broken_frame_ends_with_a_sentence() {
    let hello = framed(&[json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {} } })]);
    for (broken, sentence) in [
        (&b"GET / HTTP/1.1\r\n\r\n"[..], "tongsa: the editor sent `GET / HTTP/1.1` where a header such as"),
        (b"Content-Length: 99999999999999999\r\n\r\n", "tongsa: the editor announced a message of 99999999999999999 bytes"),
        (b"Content-Length: 9\r\n\r\n{}", "tongsa: the editor ended its output in the middle of a message."),
        (b"Content-Length: 2\r\n\r\n[]", "tongsa: the editor sent a message that is no JSON-RPC"),
    ] {
        let (status, _, complaint) = piped(&[&hello[..], broken].concat());
        assert_eq!(status, Some(2), "{complaint}");
        assert!(complaint.starts_with(sentence) && complaint.ends_with(['.', '?', '\n']), "{complaint}");
        assert_eq!(complaint.lines().count(), 1, "{complaint}");
    }
}
