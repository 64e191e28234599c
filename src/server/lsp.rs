//! The language server: findings, cards, fixes and names where drafts are written.
//!
//! Speaks the Language Server Protocol 3.17 over whatever connection it is given, and knows neither pipes nor editors. One
//! thread answers; another checks (`checker.rs`).

pub mod checked;
pub mod checker;
pub mod code_action;
pub mod completion;
pub mod desk;
pub mod diagnostics;
pub mod document;
pub mod hover;
pub mod position;
pub mod protocol;
pub mod refusal;
pub mod session;
pub mod symbols;
pub mod transport;
pub mod uri;

use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use lsp_server::{Connection, ErrorCode, Message, Notification, RequestId, Response};
use serde_json::{Value, json};

use crate::server::lsp::checked::Checked;
use crate::server::lsp::checker::{Board, Checker};
use crate::server::lsp::desk::Desk;
use crate::server::lsp::protocol::PublishDiagnostics;
use crate::server::lsp::refusal::Refusal;
use crate::server::lsp::session::{Client, Session};
use crate::server::readers::{Clock, Readers};

/// How a conversation ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// The editor has said that it will end, and then ended.
    Announced,
    /// It has ended without a word.
    Abrupt,
}

/// Answers until the other side ends the conversation. A check begins when nothing has changed for `pause`.
pub fn serve(connection: &Connection, readers: &Readers, clock: Clock, pause: Duration) -> Ending {
    let Some(client) = meet(connection) else { return Ending::Abrupt };
    let encoding = client.encoding;
    let board = Board::default();
    let (jobs, waiting) = mpsc::channel();
    let show = |uri: &str, checked: &Checked, notices: Vec<String>| {
        notices.into_iter().for_each(|notice| log(connection, notice));
        let diagnostics = diagnostics::diagnostics(checked, encoding);
        let params = PublishDiagnostics { uri, version: checked.version, diagnostics };
        notify(connection, "textDocument/publishDiagnostics", json!(params));
    };
    thread::scope(|scope| {
        let checker = Checker { board: &board, desk: Desk::new(readers, clock), pause, show };
        scope.spawn(move || checker.run(&waiting));
        Session::new(client, connection, &board, Desk::new(readers, clock), jobs).run()
    })
}

/// Waits for the first word of the other side, which says what it can do; `None` where it ends before.
fn meet(connection: &Connection) -> Option<Client> {
    for message in &connection.receiver {
        match message {
            Message::Request(request) if request.method == "initialize" => match Client::of(&request.params) {
                Some(client) => {
                    answer(connection, request.id, Ok(session::capabilities(client.encoding)));
                    return Some(client);
                }
                None => answer(connection, request.id, Err(Refusal::params("initialize", "they are no object"))),
            },
            Message::Request(request) => {
                let refusal = Refusal::new(ErrorCode::ServerNotInitialized, "the first request has to be initialize");
                answer(connection, request.id, Err(refusal));
            }
            Message::Notification(notification) if notification.method == "exit" => return None,
            Message::Notification(_) | Message::Response(_) => {}
        }
    }
    None
}

/// Answers a request. Where nobody listens any more, the conversation is about to end.
fn answer(connection: &Connection, id: RequestId, result: Result<Value, Refusal>) {
    let response = match result {
        Ok(value) => Response::new_ok(id, value),
        Err(refusal) => Response::new_err(id, refusal.code as i32, refusal.sentence),
    };
    let _ = connection.sender.send(response.into());
}

/// Tells the other side something that it has not asked for.
fn notify(connection: &Connection, method: &str, params: Value) {
    let _ = connection.sender.send(Notification::new(method.to_owned(), params).into());
}

/// Writes a warning into the log of the editor.
fn log(connection: &Connection, sentence: String) {
    notify(connection, "window/logMessage", json!({ "type": 2, "message": format!("tongsa: {sentence}") }));
}
