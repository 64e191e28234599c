//! An editor: the other side of the language server, with the texts that it has open.
//!
//! It counts columns in UTF-16 with a text kept in such units, so that it shares nothing with the server.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;
use std::thread::JoinHandle;
use std::time::Duration;

use lsp_server::{Connection, Message, Notification, Request, RequestId};
use serde_json::{Value, json};
use tempfile::TempDir;
use tongsa::server::lsp::{self, Ending};
use tongsa::server::readers::Readers;

/// A server that says nothing for so long has died.
const PATIENCE: Duration = Duration::from_secs(300);

/// An editor in conversation with a server in this process.
pub struct Editor {
    connection: Connection,
    server: JoinHandle<Ending>,
    folder: TempDir,
    asked: i32,
    /// What the server has said unasked, and nobody has looked at.
    pub heard: Vec<Notification>,
    texts: HashMap<String, Text>,
}

/// A text that is open.
struct Text {
    version: i32,
    units: Vec<u16>,
}

pub fn clock() -> String {
    "2026-01-07T00:00:00Z".to_owned()
}

impl Editor {
    /// Starts a server, and says nothing yet.
    pub fn silent() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let store = folder.path().join("store.db");
        let (connection, other) = Connection::memory();
        let server = std::thread::spawn(move || {
            let readers = Readers::open(&store, clock).unwrap();
            lsp::serve(&other, &readers, clock, Duration::from_millis(5))
        });
        Self { connection, server, folder, asked: 0, heard: Vec::new(), texts: HashMap::new() }
    }

    /// Starts a server and tells it what this editor can do.
    pub fn start(capabilities: Value) -> Self {
        let mut editor = Self::silent();
        let root = format!("file://{}", editor.folder.path().display());
        let answer = editor.ask("initialize", json!({ "capabilities": capabilities, "rootUri": root })).unwrap();
        assert_eq!(answer["serverInfo"]["name"], "tongsa");
        editor.tell("initialized", json!({}));
        editor
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub fn write(&self, name: &str, content: &str) {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), content).unwrap();
    }

    pub fn uri(&self, name: &str) -> String {
        format!("file://{}", self.path(name).display())
    }

    pub fn tell(&mut self, method: &str, params: Value) {
        self.connection.sender.send(Notification::new(method.to_owned(), params).into()).unwrap();
    }

    /// Asks, and returns the answer or the code of the error with its sentence.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, (i32, String)> {
        self.asked += 1;
        let id = RequestId::from(self.asked);
        self.connection.sender.send(Request::new(id.clone(), method.to_owned(), params).into()).unwrap();
        loop {
            match self.hear() {
                Message::Response(response) if response.id == id => {
                    return response.response_result.map_err(|error| (error.code, error.message));
                }
                Message::Notification(notification) => self.heard.push(notification),
                Message::Request(_) => {}
                Message::Response(response) => panic!("{response:?} to no question"),
            }
        }
    }

    fn hear(&self) -> Message {
        self.connection.receiver.recv_timeout(PATIENCE).unwrap()
    }

    /// Returns the next thing that the server says unasked with this method.
    pub fn next(&mut self, method: &str) -> Value {
        if let Some(at) = self.heard.iter().position(|notification| notification.method == method) {
            return self.heard.remove(at).params;
        }
        loop {
            match self.hear() {
                Message::Notification(notification) if notification.method == method => return notification.params,
                Message::Notification(notification) => self.heard.push(notification),
                Message::Request(_) | Message::Response(_) => {}
            }
        }
    }

    pub fn open(&mut self, name: &str, language_id: &str, text: &str) {
        let document = json!({ "uri": self.uri(name), "languageId": language_id, "version": 1, "text": text });
        self.texts.insert(name.to_owned(), Text { version: 1, units: text.encode_utf16().collect() });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Makes changes of ranges of units, each in what the one before has left, in one notification.
    pub fn change(&mut self, name: &str, changes: &[(usize, usize, &str)]) {
        let uri = self.uri(name);
        let text = self.texts.get_mut(name).unwrap();
        text.version += 1;
        let mut written = Vec::new();
        for (start, end, new) in changes {
            let range = json!({ "start": place(&text.units, *start), "end": place(&text.units, *end) });
            written.push(json!({ "range": range, "text": new }));
            text.units.splice(*start..*end, new.encode_utf16());
        }
        let params = json!({ "textDocument": { "uri": uri, "version": text.version }, "contentChanges": written });
        self.tell("textDocument/didChange", params);
    }

    /// Makes changes whose ends are moved out of the middle of characters and line ends first, where no editor has a cursor.
    pub fn change_whole_characters(&mut self, name: &str, changes: &[(usize, usize, &str)]) {
        let mut units = self.texts[name].units.clone();
        let mut whole = Vec::new();
        for (start, end, new) in changes {
            let within = |at: usize| match (at.checked_sub(1).map(|before| units[before]), units.get(at)) {
                (Some(before), Some(unit)) => (0xDC00..0xE000).contains(unit) || before == 13 && *unit == 10,
                _ => false,
            };
            let start = (*start).min(units.len()) - usize::from(within((*start).min(units.len())));
            let end = (*end).clamp(start, units.len());
            let end = end + usize::from(within(end));
            units.splice(start..end, new.encode_utf16());
            whole.push((start, end, *new));
        }
        self.change(name, &whole);
    }

    /// Makes the text of a document another as a whole.
    pub fn retype(&mut self, name: &str, text: &str) {
        let end = self.texts[name].units.len();
        self.change(name, &[(0, end, text)]);
    }

    pub fn text(&self, name: &str) -> String {
        String::from_utf16(&self.texts[name].units).unwrap()
    }

    pub fn version(&self, name: &str) -> i32 {
        self.texts[name].version
    }

    /// Returns how long a text is, in units.
    pub fn len(&self, name: &str) -> usize {
        self.texts[name].units.len()
    }

    /// Waits for what was found in the newest state of a document.
    pub fn found(&mut self, name: &str) -> Vec<Value> {
        let (uri, version) = (self.uri(name), self.version(name));
        loop {
            let published = self.next("textDocument/publishDiagnostics");
            if published["uri"] == uri && published["version"] == version {
                return published["diagnostics"].as_array().unwrap().clone();
            }
        }
    }

    /// Waits for what was found, as `rule words`.
    pub fn rules(&mut self, name: &str) -> Vec<String> {
        let found = self.found(name);
        found.iter().map(|found| format!("{} {}", found["code"].as_str().unwrap(), self.words(name, &found["range"]))).collect()
    }

    /// Returns what stands in a range.
    pub fn words(&self, name: &str, range: &Value) -> String {
        let units = &self.texts[name].units;
        String::from_utf16(&units[unit(units, &range["start"])..unit(units, &range["end"])]).unwrap()
    }

    /// Returns the place of the first such words, so many units inside.
    pub fn place_of(&self, name: &str, words: &str, inside: usize) -> Value {
        let text = self.text(name);
        let before = text[..text.find(words).unwrap()].encode_utf16().count();
        place(&self.texts[name].units, before + inside)
    }

    pub fn about(&self, name: &str, words: &str, inside: usize) -> Value {
        json!({ "textDocument": { "uri": self.uri(name) }, "position": self.place_of(name, words, inside) })
    }

    /// Asks what can be done at some words.
    pub fn actions(&mut self, name: &str, words: &str, only: Option<&str>) -> Vec<Value> {
        let place = self.place_of(name, words, 0);
        let context = only.map_or(json!({ "diagnostics": [] }), |only| json!({ "diagnostics": [], "only": [only] }));
        let range = json!({ "start": place, "end": place });
        let params = json!({ "textDocument": { "uri": self.uri(name) }, "range": range, "context": context });
        self.ask("textDocument/codeAction", params).unwrap().as_array().unwrap().clone()
    }

    /// Does what an action says, and tells the server.
    pub fn act(&mut self, name: &str, action: &Value) {
        let change = &action["edit"]["documentChanges"][0];
        assert_eq!(change["textDocument"], json!({ "uri": self.uri(name), "version": self.version(name) }));
        let units = &self.texts[name].units;
        let mut edits: Vec<(usize, usize, String)> = Vec::new();
        for edit in change["edits"].as_array().unwrap() {
            let [start, end] = ["start", "end"].map(|end| unit(units, &edit["range"][end]));
            edits.push((start, end, edit["newText"].as_str().unwrap().to_owned()));
        }
        edits.sort();
        assert!(edits.windows(2).all(|two| two[0].1 <= two[1].0), "{edits:?}");
        let backwards: Vec<(usize, usize, &str)> =
            edits.iter().rev().map(|(start, end, text)| (*start, *end, text.as_str())).collect();
        self.change(name, &backwards);
    }

    /// Says that it will end.
    pub fn shut_down(&mut self) {
        assert_eq!(self.ask("shutdown", Value::Null), Ok(Value::Null));
    }

    /// Ends, and returns how the server took it.
    pub fn exit(mut self) -> Ending {
        self.tell("exit", Value::Null);
        self.server.join().unwrap()
    }

    /// Goes without a word.
    pub fn vanish(self) -> Ending {
        drop(self.connection);
        self.server.join().unwrap()
    }
}

/// Returns the place of a unit.
fn place(units: &[u16], unit: usize) -> Value {
    let (line, start) = lines(units).into_iter().enumerate().rfind(|(_, start)| *start <= unit).unwrap();
    json!({ "line": line, "character": unit - start })
}

/// Returns the unit at a place, which has to be there.
fn unit(units: &[u16], place: &Value) -> usize {
    let number = |name: &str| usize::try_from(place[name].as_u64().unwrap()).unwrap();
    lines(units)[number("line")] + number("character")
}

/// Returns where the lines begin.
fn lines(units: &[u16]) -> Vec<usize> {
    let is_end = |at: &usize| units[*at] == 10 || units[*at] == 13 && units.get(at + 1) != Some(&10);
    std::iter::once(0).chain((0..units.len()).filter(is_end).map(|at| at + 1)).collect()
}
