//! Checked drafts to write reports of: one to look at, and any that may come.
#![cfg(test)]

use proptest::prelude::*;
use tongsa::check::finding::{Finding, Fix, Severity, SourceQuote};
use tongsa::check::named_concept::{NamedConcept, WrittenForm};
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::encoding::TextSource;
use tongsa::exchange::prose::DraftFormat;
use tongsa::glossary::concept::{Concept, ConceptId, Kind};
use tongsa::glossary::term::{Term, TermStatus};
use tongsa::lang::Lang;
use tongsa::text::line_index::LineColumn;
use tongsa::text::span::Span;
use tongsa::workspace::check::CheckReport;

use crate::cli::report::CheckedFile;

/// A draft with wide characters, and characters beyond the basic plane before its findings.
pub const SHOWN: &str = "첫 줄\n둘째 줄\r\n漢𠮷😀 습근평는 습근평는\n";

/// Returns the draft, which begins with a byte order mark, with a finding over the end of a line, and one that stands at two places.
pub fn shown() -> CheckedFile {
    let mut findings = vec![finding(Span::new(4, 14), "second-mention", Severity::Info, "first")];
    for (start, _) in SHOWN.match_indices("습근평") {
        let span = Span::new(start, start + 9);
        let fix = Fix { safe: true, span: Span::new(start, start + 12), text: "시진핑은".into() };
        let quote = SourceQuote {
            name: "en.md".into(),
            bytes: Span::new(40, 50),
            place: LineColumn { line: 3, column: 14 },
            text: "Xi Jinping".into(),
        };
        let found = finding(span, "wrong-reading", Severity::Warning, "습근평\n100%");
        findings.push(Finding { fix: Some(fix), source: Some(quote), ..found });
    }
    checked("기사 1.md", SHOWN, findings)
}

fn finding(span: Span, rule: &'static str, severity: Severity, message: &str) -> Finding {
    let (concept, source, suggestions, fix) = (None, None, Vec::new(), None);
    Finding { rule, severity, span, message: message.to_owned(), concept, source, suggestions, fix }
}

fn checked(path: &str, text: &str, findings: Vec<Finding>) -> CheckedFile {
    let bytes = [b"\xEF\xBB\xBF", text.as_bytes()].concat();
    let source = TextSource::from_bytes(path, bytes);
    let file = DraftFile::read(path, source, Some(DraftFormat::Plain), Some("UTF-8")).unwrap();
    let names = findings.iter().map(|finding| named(&finding.message)).collect();
    CheckedFile {
        path: path.to_owned(),
        file,
        report: CheckReport { lang: Lang::Ko, findings, names, census: None, aligned: None },
    }
}

fn named(text: &str) -> NamedConcept {
    let mut concept = Concept::new(ConceptId(text.to_owned()), Kind::from_name(text));
    concept.add_term(Lang::Ko, Term::new(text, TermStatus::Preferred));
    let forms = [true, false].map(|accepted| WrittenForm { text: text.to_owned(), accepted, count: 2 });
    NamedConcept { concept, forms: forms.into() }
}

/// What breaks a careless writer.
fn scrap() -> impl Strategy<Value = String> {
    prop_oneof![
        Just("]]>".to_owned()),
        Just("::error::%0A%25,file=x".to_owned()),
        Just("</pre></style><script>alert(1)</script>".to_owned()),
        Just("&amp;&#10;<!--".to_owned()),
        Just("\"';,\r\n\t".to_owned()),
        Just("=1+1".to_owned()),
        Just("\u{0}\u{1B}[31m\u{7F}\u{85}\u{FFFE}\u{2028}\u{FEFF}".to_owned()),
        Just("漢𠮷😀👩‍👩‍👧 습근평".to_owned()),
        Just("{0} [x](1)".to_owned()),
        "\\PC{0,6}",
        "[a-z가-깋一-丂 -]{0,10}",
    ]
}

fn odd() -> impl Strategy<Value = String> {
    proptest::collection::vec(scrap(), 0..4).prop_map(|scraps| scraps.concat())
}

fn severity() -> impl Strategy<Value = Severity> {
    prop_oneof![Just(Severity::Info), Just(Severity::Warning), Just(Severity::Error)]
}

fn rule() -> impl Strategy<Value = &'static str> {
    prop_oneof![Just("near-miss"), Just("wrong-reading"), Just("in-no-register")]
}

/// A finding to be, with the text before it.
fn piece(text: impl Strategy<Value = String>) -> impl Strategy<Value = (String, String, Finding)> {
    let quote = proptest::option::of((odd(), odd()));
    let parts = (odd(), scrap(), text, rule(), severity(), proptest::option::of(odd()), quote);
    parts.prop_map(|(before, word, message, rule, severity, form, quote)| {
        let found = finding(Span::new(0, 0), rule, severity, &message);
        let fix = form.clone().map(|text| Fix { safe: text.len() % 2 == 0, span: Span::new(0, 0), text });
        let place = LineColumn { line: 1, column: 1 };
        let source = quote.map(|(name, text)| SourceQuote { name, bytes: Span::new(0, 0), place, text });
        let concept = form.clone().map(ConceptId);
        (before, word, Finding { fix, source, concept, suggestions: form.into_iter().collect(), ..found })
    })
}

/// Puts the pieces of a draft one behind the other.
fn joined(path: &str, pieces: Vec<(String, String, Finding)>) -> CheckedFile {
    let mut text = String::new();
    let mut findings = Vec::new();
    for (before, word, mut found) in pieces {
        text.push_str(&before);
        found.span = Span::new(text.len(), text.len() + word.len());
        text.push_str(&word);
        if let Some(fix) = &mut found.fix {
            fix.span = found.span;
        }
        if !word.is_empty() {
            findings.push(found);
        }
    }
    checked(path, &text, findings)
}

/// Any drafts with any findings.
pub fn any_drafts() -> impl Strategy<Value = Vec<CheckedFile>> {
    let draft = (odd(), proptest::collection::vec(piece(odd()), 0..5));
    proptest::collection::vec(draft.prop_map(|(path, pieces)| joined(&path, pieces)), 1..3)
}

/// Drafts of words, with findings as long as names are.
pub fn plain_drafts() -> impl Strategy<Value = Vec<CheckedFile>> {
    let words = "([A-Za-z]{1,12} |[가-깋]{1,9} |[一-丂]{1,9}){0,40}";
    let name = "[A-Z][a-z]{1,9}( [A-Z][a-z]{1,9})?|[가-깋]{2,8}|[一-丂]{2,8}";
    let piece = (words, name, words, words, severity()).prop_map(|(before, word, message, form, severity)| {
        let found = finding(Span::new(0, 0), "near-miss", severity, &message);
        (before, word, Finding { suggestions: vec![form], ..found })
    });
    let draft = proptest::collection::vec(piece, 0..4).prop_map(|pieces| joined("draft.md", pieces));
    proptest::collection::vec(draft, 1..3)
}
