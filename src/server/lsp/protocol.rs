//! The messages of the Language Server Protocol 3.17, as far as this server speaks it.
//!
//! What comes in is read leniently: fields that are not needed are passed over.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::server::lsp::position::{Position, Range};

/// Which document is meant.
#[derive(Clone, Debug, Deserialize)]
pub struct TextDocumentIdentifier {
    /// Its address.
    pub uri: String,
}

/// Which state of which document is meant.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct VersionedTextDocumentIdentifier {
    /// Its address.
    pub uri: String,
    /// The number of the state, which only grows.
    pub version: Option<i32>,
}

/// A document that is opened.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TextDocumentItem {
    /// Its address.
    pub uri: String,
    /// The language, as the editor calls it: `markdown`.
    #[serde(default)]
    pub language_id: String,
    /// The number of its state.
    pub version: Option<i32>,
    /// Its text.
    pub text: String,
}

/// `textDocument/didOpen`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DidOpen {
    /// The document.
    pub text_document: TextDocumentItem,
}

/// `textDocument/didChange`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DidChange {
    /// The document, with the number of its state after the changes.
    pub text_document: VersionedTextDocumentIdentifier,
    /// The changes, each of the text that the one before has left.
    pub content_changes: Vec<ContentChange>,
}

/// A change of a text.
#[derive(Clone, Debug, Deserialize)]
pub struct ContentChange {
    /// What is replaced; all where it is left out.
    pub range: Option<Range>,
    /// What stands there then.
    pub text: String,
}

/// A question about a document as a whole.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AboutDocument {
    /// The document.
    pub text_document: TextDocumentIdentifier,
}

/// A question about a place.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AboutPosition {
    /// The document.
    pub text_document: TextDocumentIdentifier,
    /// The place.
    pub position: Position,
}

/// `textDocument/codeAction`.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeActionParams {
    /// The document.
    pub text_document: TextDocumentIdentifier,
    /// The stretch that is asked about.
    pub range: Range,
    /// What is wanted.
    #[serde(default)]
    pub context: CodeActionContext,
}

/// What code actions are wanted.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CodeActionContext {
    /// Only these kinds and those below them; all where it is left out.
    pub only: Option<Vec<String>>,
}

/// `workspace/symbol`.
#[derive(Clone, Debug, Deserialize)]
pub struct WorkspaceSymbolParams {
    /// What was typed.
    pub query: String,
}

/// `workspace/textDocumentContent`, of version 3.18.
#[derive(Clone, Debug, Deserialize)]
pub struct ContentParams {
    /// The address of what is to be shown.
    pub uri: String,
}

/// A finding.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Diagnostic {
    /// The place.
    pub range: Range,
    /// 1 error, 2 warning, 3 information.
    pub severity: u8,
    /// The name of the rule.
    pub code: &'static str,
    /// Always `tongsa`.
    pub source: &'static str,
    /// What is wrong.
    pub message: String,
    /// The concept and what to write, for whoever wants more than the message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data: Option<Value>,
}

/// `textDocument/publishDiagnostics`.
#[derive(Clone, Debug, Serialize)]
pub struct PublishDiagnostics<'a> {
    /// The document.
    pub uri: &'a str,
    /// The state that was checked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<i32>,
    /// All that was found.
    pub diagnostics: Vec<Diagnostic>,
}

/// A change of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TextEdit {
    /// What is replaced.
    pub range: Range,
    /// What stands there then.
    pub new_text: String,
}

/// Something that can be done at a place.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CodeAction {
    /// What it does.
    pub title: String,
    /// `quickfix` or `source.fixAll.tongsa`.
    pub kind: &'static str,
    /// What it mends.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub diagnostics: Vec<Diagnostic>,
    /// Whether it is the one to take.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub is_preferred: bool,
    /// What it changes.
    pub edit: Value,
}

/// A text in Markdown.
#[derive(Clone, Debug, Serialize)]
pub struct MarkupContent {
    kind: &'static str,
    /// The text.
    pub value: String,
}

impl MarkupContent {
    /// Takes a text in Markdown.
    pub fn markdown(value: String) -> Self {
        Self { kind: "markdown", value }
    }
}

/// What is known of a place.
#[derive(Clone, Debug, Serialize)]
pub struct Hover {
    /// The text to show.
    pub contents: MarkupContent,
    /// What it is about.
    pub range: Range,
}

/// Names that go on from what was typed.
#[derive(Clone, Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CompletionList {
    /// Whether to ask again when more is typed.
    pub is_incomplete: bool,
    /// The names.
    pub items: Vec<CompletionItem>,
}

/// A name that goes on from what was typed.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CompletionItem {
    /// The name.
    pub label: String,
    /// The number of a kind, which editors show as a sign.
    pub kind: u8,
    /// The name in the other languages.
    pub detail: String,
    /// What puts the names in order.
    pub sort_text: String,
    /// What was typed, so that an editor keeps a name of another script.
    pub filter_text: String,
    /// What to write in the place of what was typed.
    pub text_edit: TextEdit,
}

/// A concept as a symbol.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceSymbol {
    /// Its names.
    pub name: String,
    /// The number of a kind, which editors show as a sign.
    pub kind: u8,
    /// Its id.
    pub container_name: String,
    /// Where it is.
    pub location: Location,
}

/// A place in some document.
#[derive(Clone, Debug, Serialize)]
pub struct Location {
    /// The address.
    pub uri: String,
    /// The place.
    pub range: Range,
}
