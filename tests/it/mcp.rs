//! The server for assistants, spoken to over the standard input and output of the real program.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, ChildStdout, Stdio};

use serde_json::{Value, json};

use crate::desk;

/// A client with a server of its own.
struct Client {
    server: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    asked: u64,
}

impl Client {
    fn start(folder: &Path, flags: &[&str]) -> Self {
        let mut server = desk::sealed(folder)
            .arg("mcp")
            .args(flags)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let input = server.stdin.take().unwrap();
        let output = BufReader::new(server.stdout.take().unwrap());
        Self { server, input, output, asked: 0 }
    }

    fn begin(folder: &Path, flags: &[&str]) -> (Self, Value) {
        let mut client = Self::start(folder, flags);
        let about =
            json!({"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}});
        let answer = client.ask("initialize", about);
        client.send(&json!({"jsonrpc": "2.0", "method": "notifications/initialized"}));
        (client, answer["result"].clone())
    }

    fn send(&mut self, message: &Value) {
        writeln!(self.input, "{message}").unwrap();
    }

    fn request(&mut self, method: &str, params: Value) -> u64 {
        self.asked += 1;
        self.send(&json!({"jsonrpc": "2.0", "id": self.asked, "method": method, "params": params}));
        self.asked
    }

    fn receive(&mut self) -> Value {
        let mut line = String::new();
        self.output.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.request(method, params);
        let answer = self.receive();
        assert_eq!(answer["id"], id, "{answer}");
        answer
    }

    /// Calls a tool and returns its text, its JSON, and whether it is an error.
    fn call(&mut self, tool: &str, arguments: &Value) -> (String, Value, bool) {
        let answer = self.ask("tools/call", json!({"name": tool, "arguments": arguments}));
        let result = &answer["result"];
        assert_eq!(result["content"][0]["type"], "text", "{answer}");
        let text = result["content"][0]["text"].as_str().unwrap().to_owned();
        (text, result["structuredContent"].clone(), result["isError"] == true)
    }

    /// Goes away, and returns the exit code with all that the server had still to say.
    fn leave(mut self) -> (Option<i32>, String) {
        drop(self.input);
        let mut rest = String::new();
        std::io::Read::read_to_string(&mut self.output, &mut rest).unwrap();
        let output = self.server.wait_with_output().unwrap();
        (output.status.code(), rest + &String::from_utf8(output.stderr).unwrap())
    }
}

#[test]
fn an_assistant_asks_and_is_answered() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, about) = Client::begin(folder.path(), &[]);
    assert_eq!(about["serverInfo"]["name"], "tongsa");
    assert!(about["instructions"].as_str().unwrap().contains("`brief`"));
    let listed = client.ask("tools/list", json!({}));
    let tools = listed["result"]["tools"].as_array().unwrap().clone();
    let names: Vec<&str> = tools.iter().map(|tool| tool["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["brief", "lookup", "suggest", "check", "match"]);
    assert!(tools.iter().all(|tool| tool["annotations"]["readOnlyHint"] == true));
    for (tool, arguments, path, expected, text) in [
        ("lookup", json!({"name": "조락제"}), "/matches/0/concept", json!("npc.zhao-leji"), "not 조락제 (deprecated)"),
        ("lookup", json!({"name": "Xyzzy"}), "/matches", json!([]), "nothing is recorded"),
        ("suggest", json!({"name": "王小明", "to": "ko"}), "/suggestions/0/text", json!("왕샤오밍"), "unverified, 90 %"),
        ("suggest", json!({"name": "강하늘", "to": "zh-Hans"}), "/suggestions", json!([]), "none: the characters of a Korean"),
        ("check", json!({"text": "He went to Peking."}), "/files/0/findings/0/rule", json!("deprecated-term"), "write Beijing"),
        ("check", json!({"text": "He went home."}), "/files/0/findings", json!([]), "Nothing to say"),
        (
            "check",
            json!({"text": "습근평과 만났다.", "fix": "safe"}),
            "/fixed/text",
            json!("시진핑과 만났다."),
            "시진핑과 만났다.",
        ),
        (
            "check",
            json!({"text": "이재명 대통령은 리커창을 만났다.", "source": "President Lee Jae-myung met Li Qiang.", "date": "2026-01-07"}),
            "/files/0/findings/0/rule",
            json!("wrong-rendering"),
            "write 리창",
        ),
        (
            "match",
            json!({"segment": "He is in Hangzhou.", "to": "ko"}),
            "/terms/0/rendering",
            json!("항저우"),
            "Hangzhou → 항저우",
        ),
        ("brief", json!({"text": "Zhao Leji spoke.", "to": "ko"}), "/names/0/rendering", json!("자오러지"), "never 조락제"),
        ("brief", json!({"text": "It rained.", "to": "ko"}), "/names", json!([]), "No name or term"),
    ] {
        assert!(accepts(&tools, tool, &arguments), "{tool} {arguments}");
        let (said, found, is_error) = client.call(tool, &arguments);
        assert!(!is_error, "{tool} {arguments} {said}");
        assert_eq!(found.pointer(path), Some(&expected), "{tool} {arguments} {found}");
        assert!(said.contains(text), "{tool} {arguments} {said}");
    }
    assert_eq!(client.leave(), (Some(0), String::new()));
}

/// Returns whether the schema of a tool accepts some arguments.
fn accepts(tools: &[Value], name: &str, arguments: &Value) -> bool {
    let tool = tools.iter().find(|tool| tool["name"] == name).unwrap();
    let (mut schemas, mut compiler) = (boon::Schemas::new(), boon::Compiler::new());
    compiler.add_resource("tool.json", tool["inputSchema"].clone()).unwrap();
    let schema = compiler.compile("tool.json", &mut schemas).unwrap();
    schemas.validate(arguments, schema).is_ok()
}

#[test]
fn what_cannot_be_answered_is_said_in_one_sentence() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, _) = Client::begin(folder.path(), &[]);
    let listed = client.ask("tools/list", json!({}));
    let tools = listed["result"]["tools"].as_array().unwrap().clone();
    for (tool, arguments, by_schema, sentence) in [
        ("lookup", json!({}), false, "the arguments of lookup cannot be read: missing field `name`"),
        ("lookup", json!({"name": "a", "store": "b"}), false, "the arguments of lookup cannot be read: unknown field `store`"),
        ("lookup", json!({"name": "..."}), true, "there is no letter in `name`"),
        ("lookup", json!({"name": "a", "limit": 0}), false, "`limit` is 0; it can be from 1 to 50"),
        ("suggest", json!({"name": "강하늘", "to": "kr"}), true, "`kr` is not the tag that is meant; write ko"),
        ("check", json!({"text": "a", "date": "yesterday"}), true, "`date` is `yesterday`, which is no day"),
        ("suggest", json!({"name": "강하늘", "to": "korea"}), true, "`korea` is not a language tag; "),
        (
            "check",
            json!({"text": "Il pleut.", "lang": "fr"}),
            true,
            "the text is in fr, for which there is no rule; texts in en",
        ),
        ("check", json!({"text": " "}), true, "there is no text in the text"),
        ("check", json!({"text": "123"}), true, "the language of the text cannot be told"),
        ("check", json!({"text": "a".repeat(1_000_001)}), true, "the text is longer than 1000000 bytes"),
        ("check", json!({"text": "a", "fix": "some"}), false, "the arguments of check cannot be read: unknown variant `some`"),
        ("brief", json!({"text": "시진핑", "to": "ko"}), true, "the text is in ko, the language that"),
    ] {
        assert_eq!(accepts(&tools, tool, &arguments), by_schema, "{tool} {sentence}");
        let (said, found, is_error) = client.call(tool, &arguments);
        assert!(is_error && found.is_null() && said.starts_with(sentence), "{tool} {said}");
    }
    for (method, params, code) in [
        ("tools/call", json!({"name": "add_term", "arguments": {}}), -32602),
        ("tools/call", json!({"name": "nosuch"}), -32602),
        ("resources/list", json!({"cursor": "7"}), -32602),
        ("resources/read", json!({"uri": "tongsa://concept/nosuch"}), -32002),
        ("resources/read", json!({"uri": "file:///etc/passwd"}), -32002),
        ("nosuch/method", json!({}), -32601),
    ] {
        let answer = client.ask(method, params);
        assert_eq!(answer["error"]["code"], code, "{method} {answer}");
    }
    assert_eq!(client.leave(), (Some(0), String::new()));
}

#[test]
fn concepts_are_resources_in_pages() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, _) = Client::begin(folder.path(), &[]);
    let (mut ids, mut cursor) = (Vec::new(), None);
    loop {
        let params = cursor.map_or_else(|| json!({}), |cursor: Value| json!({ "cursor": cursor }));
        let page = client.ask("resources/list", params)["result"].clone();
        let resources = page["resources"].as_array().unwrap();
        assert!(resources.len() <= 100);
        ids.extend(resources.iter().map(|resource| resource["name"].as_str().unwrap().to_owned()));
        match page.get("nextCursor") {
            Some(next) => cursor = Some(next.clone()),
            None => break,
        }
    }
    assert!(ids.is_sorted() && ids.len() > 600 && ids.contains(&"npc.zhao-leji".to_owned()), "{}", ids.len());
    let read = client.ask("resources/read", json!({"uri": "tongsa://concept/npc.zhao-leji"}));
    let contents = &read["result"]["contents"];
    let concept: Value = serde_json::from_str(contents[0]["text"].as_str().unwrap()).unwrap();
    assert_eq!(concept["renderings"]["ko"][0], json!({"text": "자오러지", "status": "preferred"}));
    assert_eq!(contents[1]["mimeType"], "text/markdown");
    assert!(contents[1]["text"].as_str().unwrap().starts_with("**Zhao Leji · 자오러지"));
    let template = json!({"type": "ref/resource", "uri": "tongsa://concept/{id}"});
    let completed = client.ask("completion/complete", json!({"ref": template, "argument": {"name": "id", "value": "자오러"}}));
    assert_eq!(completed["result"]["completion"]["values"], json!(["npc.zhao-leji"]));
    assert_eq!(client.leave(), (Some(0), String::new()));
}

#[test]
fn terms_are_added_only_where_that_is_allowed() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, _) = Client::begin(folder.path(), &["--allow-write"]);
    let listed = client.ask("tools/list", json!({}));
    let tools = listed["result"]["tools"].as_array().unwrap().clone();
    let hints = &tools.iter().find(|tool| tool["name"] == "add_term").unwrap()["annotations"];
    assert_eq!((&hints["readOnlyHint"], &hints["destructiveHint"]), (&json!(false), &json!(false)));
    let tea = json!({"renderings": {"en": [{"text": "Boseong tea"}], "ko": [{"text": "보성 차"}, {"text": "보성차", "status": "admitted"}]}});
    let mut tried = tea.clone();
    tried["dry_run"] = json!(true);
    assert!(accepts(&tools, "add_term", &tried));
    assert_eq!(client.call("add_term", &tried).1["import"], Value::Null);
    assert_eq!(client.call("lookup", &json!({"name": "보성 차"})).1["matches"], json!([]));
    let (said, kept, is_error) = client.call("add_term", &tea);
    assert!(!is_error, "{said}");
    assert_eq!(kept["concept"], "desk.boseong-tea");
    assert_eq!(client.call("lookup", &json!({"name": "보성차"})).1["matches"][0]["concept"], "desk.boseong-tea");
    for (concept, sentence) in [
        (tea, "desk.boseong-tea is in the store already"),
        (json!({"renderings": {}}), "a concept needs a term"),
        (json!({"renderings": {"en": [{"text": "—"}]}}), "desk.unnamed cannot be kept: a en term has no letter"),
        (json!({"renderings": {"ko": [{"text": "차", "status": "good"}]}}), "`good` is no status of a term"),
    ] {
        let (said, _, is_error) = client.call("add_term", &concept);
        assert!(is_error && said.starts_with(sentence), "{said}");
    }
    let shared = json!({"id": "desk.zhao", "renderings": {"en": [{"text": "Zhao Leji"}]}});
    let conflicts = client.call("add_term", &shared).1["conflicts"].clone();
    assert_eq!(conflicts, json!(["Zhao Leji (en) also of npc.zhao-leji"]));
    // Another program takes both back.
    for _ in 0..2 {
        let undo = desk::sealed(folder.path()).arg("undo").output().unwrap();
        assert!(undo.status.success());
    }
    assert_eq!(client.call("lookup", &json!({"name": "보성차"})).1["matches"], json!([]));
    assert_eq!(client.leave(), (Some(0), String::new()));
}

#[test]
fn a_long_check_holds_nobody_up_and_can_be_taken_back() {
    let folder = tempfile::tempdir().unwrap();
    let (mut client, _) = Client::begin(folder.path(), &[]);
    let long = "President Lee Jae-myung met Chinese Premier Li Qiang in Peking on Tuesday.\n\n".repeat(12_000);
    let check = client.request("tools/call", json!({"name": "check", "arguments": {"text": long}}));
    let ping = client.request("ping", json!({}));
    let lookup = client.request("tools/call", json!({"name": "lookup", "arguments": {"name": "시진핑"}}));
    let mut answered = [client.receive(), client.receive()].map(|answer| answer["id"].as_u64().unwrap());
    answered.sort_unstable();
    assert_eq!(answered, [ping, lookup]);
    client.send(&json!({"jsonrpc": "2.0", "method": "notifications/cancelled", "params": {"requestId": check}}));
    // What was taken back is not answered any more.
    assert_eq!(client.ask("ping", json!({}))["result"], json!({}));
    assert_eq!(client.leave(), (Some(0), String::new()));
}

#[test]
fn a_client_that_goes_away_ends_the_server_quietly() {
    let folder = tempfile::tempdir().unwrap();
    let deep = format!("{}\n", "[".repeat(100_000));
    for said in ["", "\n\n"] {
        let mut client = Client::start(folder.path(), &[]);
        client.input.write_all(said.as_bytes()).unwrap();
        assert_eq!(client.leave(), (Some(0), String::new()), "{said}");
    }
    // What is no client is told so, whether it has had an answer or none.
    let sentence = "tongsa: the client does not speak the Model Context Protocol: it has not begun with `initialize`.\n";
    for said in ["no JSON\n", "{\"jsonrpc\":\"2.0\",\"id\":1,\"meth", "[1,2,3]\n", &deep] {
        let mut client = Client::start(folder.path(), &[]);
        client.input.write_all(said.as_bytes()).unwrap();
        let (code, rest) = client.leave();
        assert!(code == Some(2) && rest.ends_with(sentence), "{said} {rest}");
        let answer = rest.trim_end_matches(sentence);
        assert!(
            answer.is_empty() || answer.starts_with("{\"jsonrpc\":\"2.0\",") && answer.contains("\"error\""),
            "{said} {rest}"
        );
    }
    // One that stops listening is no other.
    let (mut client, _) = Client::begin(folder.path(), &[]);
    client.request("tools/call", json!({"name": "lookup", "arguments": {"name": "시진핑"}}));
    let Client { server, input, output, .. } = client;
    drop((input, output));
    let ended = server.wait_with_output().unwrap();
    assert_eq!((ended.status.code(), String::from_utf8(ended.stderr).unwrap()), (Some(0), String::new()));
}
