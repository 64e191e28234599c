//! A conversation with an editor: the documents that it has open, and the answers to its questions.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use crate::server::card;
use crate::server::lsp::checked::Checked;
use crate::server::lsp::checker::{Board, Job};
use crate::server::lsp::code_action::{self, Question};
use crate::server::lsp::desk::Desk;
use crate::server::lsp::document::Document;
use crate::server::lsp::position::PositionEncoding;
use crate::server::lsp::protocol::{
    AboutDocument, AboutPosition, CodeActionParams, ContentParams, DidChange, DidOpen, PublishDiagnostics,
    WorkspaceSymbolParams,
};
use crate::server::lsp::refusal::Refusal;
use crate::server::lsp::{Ending, answer, completion, diagnostics, hover, log, notify, symbols, uri};
use crate::settings;
use crate::text::script;

/// What the other side can do.
#[derive(Clone, Debug, Default)]
pub struct Client {
    /// What columns count.
    pub encoding: PositionEncoding,
    /// Whether it takes changes of a named state of a document.
    pub versioned_edits: bool,
    /// Whether it can be asked to watch files.
    pub watches: bool,
    /// The folder it works in.
    pub root: Option<PathBuf>,
}

impl Client {
    /// Reads the parameters of `initialize`; `None` where they are none.
    pub fn of(params: &Value) -> Option<Self> {
        params.as_object()?;
        let can = |path: &str| params.pointer(&format!("/capabilities{path}"));
        let is_able = |path: &str| can(path).and_then(Value::as_bool).unwrap_or(false);
        let folder = params.pointer("/workspaceFolders/0/uri").or_else(|| params.pointer("/rootUri"));
        Some(Self {
            encoding: PositionEncoding::of_offer(can("/general/positionEncodings")),
            versioned_edits: is_able("/workspace/workspaceEdit/documentChanges"),
            watches: is_able("/workspace/didChangeWatchedFiles/dynamicRegistration"),
            root: folder.and_then(Value::as_str).and_then(uri::file_path),
        })
    }
}

/// Returns what this side can do. That a draft can be asked for its findings is not said: editors that ask as well as listen
/// would show each of them twice.
pub fn capabilities(encoding: PositionEncoding) -> Value {
    json!({
        "capabilities": {
            "positionEncoding": encoding.name(),
            "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
            "hoverProvider": true,
            "codeActionProvider": { "codeActionKinds": code_action::KINDS },
            "completionProvider": {},
            "workspaceSymbolProvider": true,
            "workspace": { "textDocumentContent": { "schemes": [uri::CONCEPT_SCHEME] } },
        },
        "serverInfo": { "name": "tongsa", "version": env!("CARGO_PKG_VERSION") },
    })
}

/// The conversation.
pub struct Session<'a> {
    client: Client,
    connection: &'a Connection,
    board: &'a Board,
    desk: Desk<'a>,
    jobs: Sender<Job>,
    documents: HashMap<String, Document>,
    turn: u64,
}

impl<'a> Session<'a> {
    /// Begins a conversation after the two sides have met; `jobs` go to the checker.
    pub fn new(client: Client, connection: &'a Connection, board: &'a Board, desk: Desk<'a>, jobs: Sender<Job>) -> Self {
        Self { client, connection, board, desk, jobs, documents: HashMap::new(), turn: 0 }
    }

    /// Answers until the other side ends.
    pub fn run(mut self) -> Ending {
        let connection = self.connection;
        let mut ends = false;
        for message in &connection.receiver {
            match message {
                Message::Request(request) if ends => {
                    let refusal = Refusal::new(ErrorCode::InvalidRequest, "after shutdown there is nothing left to ask");
                    answer(connection, request.id, Err(refusal));
                }
                Message::Request(request) => {
                    ends = request.method == "shutdown";
                    let Request { id, method, params } = request;
                    let result = self.answer(&method, params);
                    answer(connection, id, result);
                    self.desk.notices.drain(..).for_each(|notice| log(connection, notice));
                }
                Message::Notification(notification) if notification.method == "exit" => break,
                Message::Notification(notification) if !ends => self.take(notification),
                Message::Notification(_) | Message::Response(_) => {}
            }
        }
        if ends { Ending::Announced } else { Ending::Abrupt }
    }

    fn answer(&mut self, method: &str, params: Value) -> Result<Value, Refusal> {
        match method {
            "textDocument/hover" => self.hover(&read(method, params)?),
            "textDocument/completion" => self.complete(&read(method, params)?),
            "textDocument/codeAction" => self.code_actions(&read(method, params)?),
            "textDocument/diagnostic" => self.diagnostics(&read(method, params)?),
            "workspace/symbol" => self.symbols(&read(method, params)?),
            "workspace/textDocumentContent" => self.content(&read(method, params)?),
            "shutdown" => Ok(Value::Null),
            "initialize" => Err(Refusal::new(ErrorCode::InvalidRequest, "the conversation has begun already")),
            _ => Err(Refusal::new(ErrorCode::MethodNotFound, format!("tongsa does not know {method}"))),
        }
    }

    fn take(&mut self, notification: Notification) {
        let Notification { method, params } = notification;
        let taken = match method.as_str() {
            "initialized" => {
                self.watch();
                Ok(())
            }
            "textDocument/didOpen" => read(&method, params).map(|params| self.open(params)),
            "textDocument/didChange" => read(&method, params).and_then(|params| self.change(params)),
            "textDocument/didSave" => read(&method, params).and_then(|params| self.save(&params)),
            "textDocument/didClose" => read(&method, params).and_then(|params| self.close(&params)),
            "workspace/didChangeWatchedFiles" | "workspace/didChangeConfiguration" => {
                self.check_all();
                Ok(())
            }
            _ => Ok(()),
        };
        // To a notification there is no answer.
        if let Err(refusal) = taken {
            log(self.connection, refusal.sentence);
        }
    }

    /// Asks to be told when settings or glossaries change.
    fn watch(&self) {
        if self.client.watches {
            let watchers =
                [json!({ "globPattern": format!("**/{}", settings::FILE_NAME) }), json!({ "globPattern": "**/*.csv" })];
            let options = json!({ "watchers": watchers });
            let registration =
                json!({ "id": "files", "method": "workspace/didChangeWatchedFiles", "registerOptions": options });
            let id = RequestId::from("watch".to_owned());
            let request = Request::new(id, "client/registerCapability".to_owned(), json!({ "registrations": [registration] }));
            let _ = self.connection.sender.send(request.into());
        }
    }

    fn open(&mut self, params: DidOpen) {
        self.turn += 1;
        let document = Document::open(params.text_document, self.client.root.as_deref(), self.turn);
        let uri = document.uri.clone();
        self.documents.insert(uri.clone(), document);
        self.check(&uri, true);
    }

    fn change(&mut self, params: DidChange) -> Result<(), Refusal> {
        let uri = params.text_document.uri;
        let document = self.documents.get_mut(&uri).ok_or_else(|| Refusal::not_open(&uri))?;
        for change in params.content_changes {
            document.change(change, self.client.encoding);
        }
        document.version = params.text_document.version;
        self.check(&uri, false);
        Ok(())
    }

    fn save(&mut self, params: &AboutDocument) -> Result<(), Refusal> {
        let uri = &params.text_document.uri;
        self.document(uri)?;
        self.check(uri, true);
        Ok(())
    }

    fn close(&mut self, params: &AboutDocument) -> Result<(), Refusal> {
        let uri = &params.text_document.uri;
        self.documents.remove(uri).ok_or_else(|| Refusal::not_open(uri))?;
        self.board.forget(uri);
        let nothing = PublishDiagnostics { uri, version: None, diagnostics: Vec::new() };
        notify(self.connection, "textDocument/publishDiagnostics", json!(nothing));
        Ok(())
    }

    fn check_all(&mut self) {
        let uris: Vec<String> = self.documents.keys().cloned().collect();
        uris.iter().for_each(|uri| self.check(uri, true));
    }

    /// Sends a document, which is in a new state, to the checker.
    fn check(&mut self, uri: &str, at_once: bool) {
        let Some(document) = self.documents.get_mut(uri) else { return };
        self.turn += 1;
        document.turn = self.turn;
        self.board.renew(document);
        // The checker listens as long as this conversation goes on.
        let _ = self.jobs.send(Job { document: document.clone(), at_once });
    }

    fn document(&self, uri: &str) -> Result<&Document, Refusal> {
        self.documents.get(uri).ok_or_else(|| Refusal::not_open(uri))
    }

    /// Returns a document with what was found in its newest state; the checker is not waited for.
    fn checked(&mut self, uri: &str) -> Result<(&Document, Arc<Checked>), Refusal> {
        let document = self.documents.get(uri).ok_or_else(|| Refusal::not_open(uri))?;
        let checked = match self.board.fresh(document) {
            Some(checked) => checked,
            None => {
                let checked = Arc::new(Checked::of(document, &mut self.desk));
                self.board.put(uri, Arc::clone(&checked));
                checked
            }
        };
        Ok((document, checked))
    }

    fn hover(&mut self, params: &AboutPosition) -> Result<Value, Refusal> {
        let encoding = self.client.encoding;
        let document = self.document(&params.text_document.uri)?;
        let offset = document.offset(params.position, encoding);
        // A name has its card before the draft is checked.
        let checked = self.board.fresh(document);
        let checked = checked.unwrap_or_else(|| Arc::new(Checked::unchecked(document, &self.desk)));
        Ok(json!(hover::hover(&checked, &mut self.desk, offset, encoding)?))
    }

    fn complete(&mut self, params: &AboutPosition) -> Result<Value, Refusal> {
        let encoding = self.client.encoding;
        let document = self.document(&params.text_document.uri)?;
        // What is being typed has most likely not been checked yet, and its language does not change with every letter.
        let last = self.board.last(&document.uri);
        let lang = last.and_then(|checked| checked.lang()).or_else(|| script::detect_language(document.text()));
        let glossaries = self.desk.settings(&document.path).ok().flatten().unwrap_or_default().glossaries;
        let (document, offset) = (document.clone(), document.offset(params.position, encoding));
        let found =
            self.desk.ask(&glossaries, |workspace| completion::complete(&document, offset, lang.as_ref(), encoding, workspace));
        Ok(json!(found?))
    }

    fn code_actions(&mut self, params: &CodeActionParams) -> Result<Value, Refusal> {
        let Client { encoding, versioned_edits, .. } = self.client;
        let (document, checked) = self.checked(&params.text_document.uri)?;
        let only = params.context.only.as_deref();
        let question =
            Question { document, checked: &checked, range: params.range, only, encoding, versioned: versioned_edits };
        Ok(json!(code_action::code_actions(&question)))
    }

    fn diagnostics(&mut self, params: &AboutDocument) -> Result<Value, Refusal> {
        let encoding = self.client.encoding;
        let (_, checked) = self.checked(&params.text_document.uri)?;
        Ok(json!({ "kind": "full", "items": diagnostics::diagnostics(&checked, encoding) }))
    }

    fn symbols(&mut self, params: &WorkspaceSymbolParams) -> Result<Value, Refusal> {
        Ok(json!(self.desk.ask(&[], |workspace| symbols::symbols(&params.query, workspace))?))
    }

    fn content(&mut self, params: &ContentParams) -> Result<Value, Refusal> {
        let id = uri::concept(&params.uri);
        let id = id.ok_or_else(|| Refusal::params("workspace/textDocumentContent", format!("{} is no concept", params.uri)))?;
        let stored = self.desk.ask(&[], |workspace| workspace.concept(&id))?;
        let stored = stored.ok_or_else(|| Refusal::new(ErrorCode::RequestFailed, format!("there is no concept {id}")))?;
        Ok(json!({ "text": card::card(&stored.concept, "") }))
    }
}

/// Reads the parameters of a method.
fn read<T: DeserializeOwned>(method: &str, params: Value) -> Result<T, Refusal> {
    serde_json::from_value(params).map_err(|error| Refusal::params(method, error))
}
