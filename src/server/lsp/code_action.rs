//! What can be done about findings: one fix, all of a rule, all that are safe, or a word to leave a place alone.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::check::finding::{Finding, Fix};
use crate::check::fixing::{self, FixScope};
use crate::check::ignores;
use crate::exchange::draft_file::DraftFile;
use crate::exchange::prose::DraftFormat;
use crate::lang::Lang;
use crate::server::lsp::checked::{Checked, Outcome};
use crate::server::lsp::diagnostics;
use crate::server::lsp::document::Document;
use crate::server::lsp::position::{PositionEncoding, Range};
use crate::server::lsp::protocol::{CodeAction, TextEdit, VersionedTextDocumentIdentifier};
use crate::text::span::Span;

const QUICK_FIX: &str = "quickfix";
const FIX_ALL: &str = "source.fixAll.tongsa";

/// Every kind of action, for who asks beforehand.
pub const KINDS: [&str; 2] = [QUICK_FIX, FIX_ALL];

/// A comment to the checker is not put behind lines that are longer, in bytes.
const LONGEST_LINE: usize = 1 << 15;

/// What is asked.
pub struct Question<'a> {
    /// The document, in the state that was checked.
    pub document: &'a Document,
    /// What was found in it.
    pub checked: &'a Checked,
    /// Where something is to be done.
    pub range: Range,
    /// Only these kinds and those below them; all where it is `None`.
    pub only: Option<&'a [String]>,
    /// What columns count.
    pub encoding: PositionEncoding,
    /// Whether the editor takes changes of a named state of a document.
    pub versioned: bool,
}

/// Returns what can be done.
pub fn code_actions(question: &Question<'_>) -> Vec<CodeAction> {
    let Outcome::Report(report) = &question.checked.outcome else { return Vec::new() };
    let (lang, findings) = (&report.lang, &report.findings);
    let here: Vec<&Finding> = findings.iter().filter(|finding| question.touches(finding)).collect();
    let mut actions = Vec::new();
    if question.wants(QUICK_FIX) {
        here.iter().for_each(|finding| question.push_fixes(finding, lang, &mut actions));
        let rules: BTreeSet<&str> = here.iter().map(|finding| finding.rule).collect();
        rules.iter().for_each(|rule| actions.extend(question.all_of_rule(rule, findings, lang)));
        actions.extend(question.all_safe(QUICK_FIX, findings, lang).filter(|_| !here.is_empty()));
        here.iter().for_each(|finding| actions.extend(question.silence(finding)));
    }
    // Who asks for anything gets the same as a quick fix already.
    if question.wants(FIX_ALL) && (question.only.is_some() || here.is_empty()) {
        actions.extend(question.all_safe(FIX_ALL, findings, lang));
    }
    actions
}

impl Question<'_> {
    fn wants(&self, kind: &str) -> bool {
        let is_below =
            |wanted: &String| kind.strip_prefix(wanted.as_str()).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        self.only.is_none_or(|only| only.iter().any(is_below))
    }

    fn file(&self) -> &DraftFile {
        &self.checked.file
    }

    fn touches(&self, finding: &Finding) -> bool {
        let [start, end] = [self.range.start, self.range.end].map(|place| self.document.offset(place, self.encoding));
        let place = self.file().place(finding.span).bytes;
        place.start <= end.max(start) && start.min(end) <= place.end
    }

    /// Adds the fix of a finding and its other suggestions.
    fn push_fixes(&self, finding: &Finding, lang: &Lang, actions: &mut Vec<CodeAction>) {
        let suggested = finding.suggestions.iter();
        let suggested = suggested.map(|words| fixing::with_particles(&self.file().text, finding.span, words, false));
        let mut fixes: Vec<Fix> = finding.fix.iter().cloned().chain(suggested).collect();
        let mut seen = BTreeSet::new();
        fixes.retain(|fix| seen.insert((fix.span, fix.text.clone())));
        for fix in fixes {
            let made = fixing::fix_made(&self.file().text, &self.file().blocks, lang, &fix);
            let Some(edit) = made.and_then(|made| self.edit(&made)) else { continue };
            actions.push(CodeAction {
                title: title(&fix, self.file()),
                kind: QUICK_FIX,
                diagnostics: vec![diagnostics::diagnostic(self.file(), finding, self.encoding)],
                is_preferred: fix.safe,
                edit: self.workspace_edit(vec![edit]),
            });
        }
    }

    fn all_of_rule(&self, rule: &str, findings: &[Finding], lang: &Lang) -> Option<CodeAction> {
        let same: Vec<Finding> = findings.iter().filter(|finding| finding.rule == rule).cloned().collect();
        let edits = self.edits(&same, lang, FixScope::All);
        let title = format!("Fix all {} findings of {rule} in this draft", edits.len());
        (edits.len() > 1).then(|| self.action(QUICK_FIX, title, edits))
    }

    fn all_safe(&self, kind: &'static str, findings: &[Finding], lang: &Lang) -> impl Iterator<Item = CodeAction> {
        let edits = self.edits(findings, lang, FixScope::Safe);
        // One fix is offered by itself where it stands.
        let least = if kind == FIX_ALL { 1 } else { 2 };
        let title = match edits.len() {
            1 => "Make the safe fix in this draft".to_owned(),
            number => format!("Make all {number} safe fixes in this draft"),
        };
        (edits.len() >= least).then(|| self.action(kind, title, edits)).into_iter()
    }

    /// Offers a comment that leaves the line alone, where the draft has room for one behind it.
    fn silence(&self, finding: &Finding) -> Option<CodeAction> {
        let text = self.file().source_text();
        let line = line_around(text, self.file().place(finding.span).bytes.start);
        let words = line.of(text);
        let (word, rule) = (ignores::WORD, finding.rule);
        let comment = match self.file().format {
            // Behind a backslash the line would no longer be broken.
            DraftFormat::Markdown if !words.ends_with('\\') => format!(" <!-- {word} {rule} -->"),
            DraftFormat::Plain => format!(" // {word} {rule}"),
            _ => return None,
        };
        let end = self.document.position(line.end, self.encoding);
        let edit = TextEdit { range: Range { start: end, end }, new_text: comment };
        let fits = words.len() <= LONGEST_LINE && !words.contains(word);
        fits.then(|| CodeAction {
            diagnostics: vec![diagnostics::diagnostic(self.file(), finding, self.encoding)],
            ..self.action(QUICK_FIX, format!("Leave this line alone ({word} {rule})"), vec![edit])
        })
    }

    fn edits(&self, findings: &[Finding], lang: &Lang, scope: FixScope) -> Vec<TextEdit> {
        let fixes = fixing::fixes(&self.file().text, &self.file().blocks, lang, findings, scope);
        fixes.iter().filter_map(|fix| self.edit(fix)).collect()
    }

    /// Returns a fix as one change of the document; `None` where markup makes more than one of it.
    fn edit(&self, made: &Fix) -> Option<TextEdit> {
        let new_text = self.file().replacement(made.span, &made.text)?.into_owned();
        Some(TextEdit { range: self.encoding.range(self.file(), made.span), new_text })
    }

    fn action(&self, kind: &'static str, title: String, edits: Vec<TextEdit>) -> CodeAction {
        CodeAction { title, kind, diagnostics: Vec::new(), is_preferred: false, edit: self.workspace_edit(edits) }
    }

    fn workspace_edit(&self, edits: Vec<TextEdit>) -> Value {
        let uri = self.document.uri.clone();
        if self.versioned {
            let document = VersionedTextDocumentIdentifier { uri, version: self.document.version };
            json!({ "documentChanges": [{ "textDocument": document, "edits": edits }] })
        } else {
            json!({ "changes": { uri: edits } })
        }
    }
}

fn title(fix: &Fix, file: &DraftFile) -> String {
    let on_one_line = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    match fix.text.as_str() {
        "" => format!("Take out {}", on_one_line(fix.span.of(&file.text))),
        text => format!("Write {}", on_one_line(text)),
    }
}

/// Returns the line around a byte, without what ends it.
fn line_around(text: &str, offset: usize) -> Span {
    let start = text[..offset].rfind(['\n', '\r']).map_or(0, |end| end + 1);
    let end = text[offset..].find(['\n', '\r']).map_or(text.len(), |end| offset + end);
    Span::new(start, end)
}
