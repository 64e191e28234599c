//! The card of a concept in Markdown: every language, status, dates, note and source.

use crate::glossary::concept::Concept;
use crate::glossary::term::{LanguageSection, Term, TermForm, TermStatus};

/// Returns the card of a concept; `remark` is said beside what it is.
pub fn card(concept: &Concept, remark: &str) -> String {
    let (title, kind) = (escaped(&concept.title()), escaped(concept.kind.name()));
    let mut card = format!("**{title}**\n\n{kind} · `{}`{}\n\n", concept.id, escaped(remark));
    for section in &concept.sections {
        card.push_str(&format!("- `{}` {}\n", section.lang, terms(section)));
    }
    let source = concept.source.as_ref().map(|source| match confidence(concept) {
        Some(confidence) => format!("{source} · confidence {confidence}"),
        None => source.clone(),
    });
    for (label, text) in [("valid", dates(concept)), ("note", concept.note.clone()), ("source", source)] {
        if let Some(text) = text {
            card.push_str(&format!("\n*{label}* {}\n", escaped(&text)));
        }
    }
    card
}

fn terms(section: &LanguageSection) -> String {
    let mut groups = Vec::new();
    for (status, before, mark) in [
        (TermStatus::Preferred, "", "**"),
        (TermStatus::Admitted, "also ", ""),
        (TermStatus::Deprecated, "not ", ""),
        (TermStatus::Forbidden, "never ", ""),
    ] {
        let terms: Vec<String> =
            section.terms.iter().filter(|term| term.status == status).map(|term| described(term, mark)).collect();
        if !terms.is_empty() {
            groups.push(format!("{before}{}", terms.join(", ")));
        }
    }
    groups.join("; ")
}

fn described(term: &Term, mark: &str) -> String {
    let mut details = Vec::new();
    if term.form != TermForm::Full {
        details.push(term.form.name().to_owned());
    }
    if !term.is_accepted() {
        details.push(term.status.name().to_owned());
    }
    details.extend(term.validity.from.iter().map(|day| format!("from {day}")));
    details.extend(term.validity.to.iter().map(|day| format!("to {day}")));
    let text = format!("{mark}{}{mark}", escaped(&term.text));
    if details.is_empty() { text } else { format!("{text} ({})", escaped(&details.join(", "))) }
}

fn dates(concept: &Concept) -> Option<String> {
    let (from, to) = (concept.validity.from.as_deref(), concept.validity.to.as_deref());
    (from.is_some() || to.is_some()).then(|| format!("{} to {}", from.unwrap_or("…"), to.unwrap_or("…")))
}

fn confidence(concept: &Concept) -> Option<&str> {
    concept.properties.iter().find(|(name, _)| name == "confidence").map(|(_, value)| value.as_str())
}

/// Returns a text in which nothing means anything to Markdown, on one line.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for c in text.chars() {
        if "\\`*_{}[]<>#+-!|~&".contains(c) {
            escaped.push('\\');
        }
        escaped.push(if c.is_control() { ' ' } else { c });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::concept::{ConceptId, Kind};
    use crate::lang::Lang;

    #[test]
    fn a_card_says_all_and_is_no_markup_but_its_own() {
        let mut concept = Concept::new(ConceptId("desk.tea".into()), Kind::Term);
        concept.note = Some("<b>not</b> *that* tea\nof Boseong".into());
        concept.source = Some("desk".into());
        concept.properties.push(("confidence".into(), "high".into()));
        concept.validity.to = Some("2025-10-01".into());
        concept.add_term(Lang::En, Term::new("Boseong tea", TermStatus::Preferred));
        concept.add_term(Lang::En, Term::new("Bosong tea", TermStatus::Deprecated));
        concept.add_term(Lang::Ko, Term::new("보성 차", TermStatus::Preferred));
        concept.add_term(Lang::Ko, Term { form: TermForm::Short, ..Term::new("차", TermStatus::Admitted) });
        assert_eq!(
            card(&concept, ""),
            "**Boseong tea · 보성 차**\n\nterm · `desk.tea`\n\n\
             - `en` **Boseong tea**; not Bosong tea (deprecated)\n- `ko` **보성 차**; also 차 (short)\n\
             \n*valid* … to 2025\\-10\\-01\n\
             \n*note* \\<b\\>not\\</b\\> \\*that\\* tea of Boseong\n\
             \n*source* desk · confidence high\n"
        );
        assert!(card(&Concept::new(ConceptId("desk.x".into()), Kind::Term), " · a *guess*").ends_with("` · a \\*guess\\*\n\n"));
    }
}
