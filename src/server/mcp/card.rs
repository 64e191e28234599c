//! A concept as a Markdown card.

use std::fmt::Write;

use crate::glossary::concept::Concept;
use crate::glossary::term::{LanguageSection, Term, TermForm, TermStatus};

/// Returns the card of a concept under a heading. `remark` is said beside what it is.
pub(super) fn card(concept: &Concept, remark: &str) -> String {
    let mut card = format!("## {}\n{} · {}{remark}\n", title(concept), concept.kind.name(), concept.id);
    for section in &concept.sections {
        // Writing to a String does not fail.
        let _ = writeln!(card, "- {}: {}", section.lang, terms(section));
    }
    let dates = [("valid from", &concept.validity.from), ("valid to", &concept.validity.to)];
    for (label, text) in dates.into_iter().chain([("note", &concept.note), ("source", &concept.source)]) {
        if let Some(text) = text {
            let _ = writeln!(card, "- {label}: {text}");
        }
    }
    card
}

/// Returns the preferred terms of a concept, or its id.
pub(super) fn title(concept: &Concept) -> String {
    let mut names: Vec<&str> =
        concept.sections.iter().filter_map(LanguageSection::preferred).take(4).map(|term| term.text.as_str()).collect();
    names.dedup();
    if names.is_empty() { concept.id.as_str().to_owned() } else { names.join(" · ") }
}

fn terms(section: &LanguageSection) -> String {
    section.terms.iter().map(described).collect::<Vec<_>>().join(", ")
}

fn described(term: &Term) -> String {
    let form = if term.form == TermForm::Full { String::new() } else { format!(" ({})", term.form) };
    match term.status {
        TermStatus::Preferred => format!("**{}**{form}", term.text),
        TermStatus::Admitted => format!("also {}{form}", term.text),
        TermStatus::Deprecated | TermStatus::Forbidden => format!("not {}{form} [{}]", term.text, term.status),
    }
}
