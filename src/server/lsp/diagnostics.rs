//! Findings as diagnostics.

use serde_json::json;

use crate::check::finding::{Finding, Severity};
use crate::exchange::draft_file::DraftFile;
use crate::glossary::concept::ConceptId;
use crate::server::lsp::checked::{Checked, Outcome};
use crate::server::lsp::position::{PositionEncoding, Range};
use crate::server::lsp::protocol::Diagnostic;

/// No editor shows more to anybody's use.
const MOST_SHOWN: usize = 1000;

const SOURCE: &str = "tongsa";

/// Returns what was found in a draft. Where it could not be checked, its first line says why.
pub fn diagnostics(checked: &Checked, encoding: PositionEncoding) -> Vec<Diagnostic> {
    if let Outcome::Trouble(sentence) = &checked.outcome {
        return vec![at_the_top(Severity::Error, "not-checked", format!("this draft is not checked: {sentence}"))];
    }
    let findings = checked.findings();
    let shown = findings.iter().take(MOST_SHOWN).map(|finding| diagnostic(&checked.file, finding, encoding));
    let mut diagnostics: Vec<Diagnostic> = shown.collect();
    if let Some(more) = findings.len().checked_sub(MOST_SHOWN).filter(|more| *more > 0) {
        let message = format!("{more} more findings are not shown; `tongsa check` lists all");
        diagnostics.push(at_the_top(Severity::Info, "more-findings", message));
    }
    diagnostics
}

/// Returns one finding as a diagnostic.
pub fn diagnostic(file: &DraftFile, finding: &Finding, encoding: PositionEncoding) -> Diagnostic {
    let concept = finding.concept.as_ref().map(ConceptId::as_str);
    Diagnostic {
        range: encoding.range(file, finding.span),
        severity: number(finding.severity),
        code: finding.rule,
        source: SOURCE,
        message: finding.message.clone(),
        data: Some(json!({ "concept": concept, "suggestions": finding.suggestions })),
    }
}

fn at_the_top(severity: Severity, code: &'static str, message: String) -> Diagnostic {
    Diagnostic { range: Range::default(), severity: number(severity), code, source: SOURCE, message, data: None }
}

fn number(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 1,
        Severity::Warning => 2,
        Severity::Info => 3,
    }
}
