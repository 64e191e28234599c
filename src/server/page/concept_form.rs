//! The form of a concept: its fields, what is wrong with each, and the concept that they make.

use std::collections::BTreeMap;

use maud::{Markup, html};

use crate::exchange::cell;
use crate::exchange::header::{self, Column};
use crate::glossary::concept::{Concept, ConceptId, Kind};
use crate::glossary::flaw::{self, Reason};
use crate::glossary::term::{TermForm, TermStatus};
use crate::lang::Lang;
use crate::server::page::card::LANGS;
use crate::server::page::interface::Interface;
use crate::server::page::statement::{self, Statement};
use crate::server::page::wording::{names, with};
use crate::text::legible::legible;

/// What the id of a new concept begins with.
const GLOSSARY: &str = "desk";

/// What stands in the fields, by the headings that the columns of a glossary have.
pub type Fields = BTreeMap<String, String>;

/// What is wrong, by the field; under an empty name what is wrong with the whole.
pub type Flaws = Vec<(String, String)>;

/// Returns the columns of terms that the form of a concept has: those of the desk's languages, and whatever else the concept
/// has.
fn columns(before: Option<&Concept>) -> Vec<(Lang, Vec<Column>)> {
    const USUAL: [(TermStatus, TermForm); 6] = [
        (TermStatus::Preferred, TermForm::Full),
        (TermStatus::Admitted, TermForm::Full),
        (TermStatus::Admitted, TermForm::Short),
        (TermStatus::Admitted, TermForm::Acronym),
        (TermStatus::Deprecated, TermForm::Full),
        (TermStatus::Forbidden, TermForm::Full),
    ];
    let mut langs: BTreeMap<Lang, Vec<(TermStatus, TermForm)>> = LANGS.map(|lang| (lang, USUAL.to_vec())).into();
    for (lang, term) in before.into_iter().flat_map(Concept::terms) {
        let own = langs.entry(lang.clone()).or_default();
        if !own.contains(&(term.status, term.form)) {
            own.push((term.status, term.form));
        }
    }
    let of_lang = |(lang, uses): (Lang, Vec<(TermStatus, TermForm)>)| {
        let columns = uses.into_iter().map(|(status, form)| Column::Terms(lang.clone(), status, form)).collect();
        (lang, columns)
    };
    langs.into_iter().map(of_lang).collect()
}

/// Returns the fields of a concept. What it says several times stands below each other.
pub fn fields_of(concept: &Concept) -> Fields {
    let mut fields = Fields::from([(header::heading(&Column::Id), concept.id.as_str().to_owned())]);
    for Statement { heading, text } in statement::statements(concept) {
        let field = fields.entry(heading).or_default();
        if !field.is_empty() {
            field.push('\n');
        }
        field.push_str(&text);
    }
    fields
}

/// Makes the concept of the fields. What the form does not speak of stays as it was.
pub fn concept_of(fields: &Fields, before: Option<&Concept>) -> Concept {
    let text = |column: Column| {
        let value = fields.get(&header::heading(&column)).map(|value| value.replace("\r\n", "\n"));
        value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty())
    };
    let kind = Kind::from_name(&text(Column::Kind).unwrap_or_default());
    let mut concept = Concept::new(ConceptId(String::new()), kind);
    concept.domain = text(Column::Domain);
    concept.note = text(Column::Note);
    concept.source = text(Column::Source);
    concept.validity.from = text(Column::ValidFrom);
    concept.validity.to = text(Column::ValidTo);
    concept.properties = before.map(|before| before.properties.clone()).unwrap_or_default();
    for column in columns(before).into_iter().flat_map(|(_, columns)| columns) {
        let Column::Terms(lang, status, form) = &column else { continue };
        for mut term in text(column.clone()).map(|lines| cell::read_lines(&lines)).unwrap_or_default() {
            (term.status, term.form) = (*status, *form);
            concept.add_term(lang.clone(), term);
        }
    }
    concept.id = before.map(|before| before.id.clone()).unwrap_or_else(|| {
        let first = || concept.terms().next().map_or("", |(_, term)| &term.text);
        text(Column::Id).map_or_else(|| ConceptId::from_term(GLOSSARY, first()), ConceptId)
    });
    concept
}

/// Returns what is wrong with a concept, each under the field that it is about.
pub fn flaws_of(interface: &Interface, concept: &Concept) -> Flaws {
    let wording = interface.wording();
    let wrong = flaw::flaws(concept).into_iter().map(|flaw| flaw.reason).filter(|reason| !reason.is_only_odd());
    let placed = |reason: Reason| match &reason {
        Reason::BadId => ("id".to_owned(), wording.id_unfit.to_owned()),
        Reason::NoTerm => (String::new(), wording.no_terms.to_owned()),
        Reason::EmptyTerm(lang) | Reason::LongTerm(lang) | Reason::TwoPreferred(lang, ..) | Reason::Contradiction(lang, _) => {
            (lang.tag().to_owned(), reason.to_string())
        }
        Reason::BadDate(_) => ("valid_from".to_owned(), reason.to_string()),
        _ => (String::new(), reason.to_string()),
    };
    wrong.map(placed).collect()
}

/// What the form shows.
#[derive(Debug)]
pub struct ConceptForm<'a> {
    /// What stands in it.
    pub fields: &'a Fields,
    /// The concept as it is kept; `None` for a new one.
    pub before: Option<&'a Concept>,
    /// The digest of the version that is being changed; empty for a new one.
    pub seen: &'a str,
    /// What is wrong.
    pub flaws: &'a Flaws,
    /// Whether the user has seen what speaks against it.
    pub warned: bool,
}

impl ConceptForm<'_> {
    /// Makes the form.
    pub fn render(&self, interface: &Interface) -> Markup {
        let wording = interface.wording();
        let is_new = self.before.is_none();
        html! {
            form.form method="post" action="/concept" {
                input type="hidden" name="seen" value=(self.seen);
                @if let Some(before) = self.before { input type="hidden" name="change" value=(before.id.as_str()); }
                @if self.warned { input type="hidden" name="warned" value="1"; }
                (self.flaw(""))
                div.pair {
                    @if is_new { (self.field("id", wording.concept_id, Some(wording.id_hint))) }
                    (self.kinds(interface))
                }
                p #terms-hint.hint { (wording.terms_hint) }
                @for (lang, columns) in columns(self.before) { (self.section(interface, &lang, &columns)) }
                div.pair {
                    (self.field("domain", wording.domain, None))
                    (self.field("source", wording.source, None))
                    (self.field("valid_from", wording.valid_from, None))
                    (self.field("valid_to", wording.valid_to, None))
                }
                label { (wording.note) textarea name="note" rows="2" { "\n" (self.value("note")) } }
                p.buttons {
                    button.main { @if self.warned { (wording.save_anyway) } @else { (wording.save) } }
                    a.button href="/glossary" { (wording.cancel) }
                }
            }
        }
    }

    fn value(&self, name: &str) -> &str {
        self.fields.get(name).map_or("", String::as_str)
    }

    /// Makes what is wrong with a field. Reasons of the library are English.
    fn flaw(&self, name: &str) -> Markup {
        let flaws = self.flaws.iter().filter(|(field, _)| field == name);
        html! { @for (_, reason) in flaws { p.flaw id={ "flaw-" (name) } role="alert" { (legible(reason)) } } }
    }

    fn is_wrong(&self, name: &str) -> bool {
        self.flaws.iter().any(|(field, _)| field == name)
    }

    fn field(&self, name: &str, label: &str, hint: Option<&str>) -> Markup {
        let wrong = self.is_wrong(name);
        let described = wrong.then(|| format!("flaw-{name}")).or_else(|| hint.map(|_| format!("hint-{name}")));
        html! {
            div {
                label for={ "field-" (name) } { (label) }
                input id={ "field-" (name) } name=(name) value=(self.value(name)) autocomplete="off"
                  aria-invalid=[wrong.then_some("true")] aria-describedby=[described];
                @if let Some(hint) = hint { p.hint id={ "hint-" (name) } { (hint) } }
                (self.flaw(name))
            }
        }
    }

    fn kinds(&self, interface: &Interface) -> Markup {
        let chosen = Kind::from_name(self.value("kind"));
        let known: Vec<Kind> = names::kinds().collect();
        html! {
            div {
                label for="field-kind" { (interface.wording().kind) }
                select #field-kind name="kind" {
                    @for kind in &known {
                        option value=(kind.name()) selected[*kind == chosen] { (names::kind(kind, interface.tongue)) }
                    }
                    @if !known.contains(&chosen) { option value=(chosen.name()) selected { (legible(chosen.name())) } }
                }
            }
        }
    }

    fn section(&self, interface: &Interface, lang: &Lang, columns: &[Column]) -> Markup {
        let name = lang.tag();
        html! {
            fieldset aria-describedby=[self.is_wrong(name).then(|| format!("flaw-{name}"))] {
                legend { (legible(names::lang(lang, interface.tongue))) }
                (self.flaw(name))
                div.terms { @for column in columns { (self.terms(interface, lang, column)) } }
            }
        }
    }

    /// Makes the field for the terms of one status and form.
    fn terms(&self, interface: &Interface, lang: &Lang, column: &Column) -> Markup {
        let Column::Terms(_, status, form) = column else { return html! {} };
        let (name, tongue) = (header::heading(column), interface.tongue);
        let wrong = *status == TermStatus::Preferred && self.is_wrong(lang.tag());
        html! {
            div {
                label for={ "field-" (name) } {
                    (names::status(*status, tongue))
                    @if let Some(form) = names::form(*form, tongue) { (with(interface.wording().in_brackets, form)) }
                }
                textarea id={ "field-" (name) } name=(name) rows="1" lang=(lang.tag()) spellcheck="false"
                  aria-invalid=[wrong.then_some("true")] aria-describedby="terms-hint" { "\n" (self.value(&name)) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workspace::shipped;

    #[test]
    fn a_form_that_nobody_touches_changes_nothing() {
        for concept in shipped::concepts().unwrap() {
            assert_eq!(concept_of(&fields_of(&concept), Some(&concept)), concept);
        }
    }

    #[test]
    fn a_new_concept_has_the_id_that_is_wanted_or_one_of_its_first_term() {
        let fields = |id: &str| -> Fields {
            [("id", id), ("kind", "term"), ("ko", " 보성 차 "), ("en:deprecated", "Bosung tea\r\nPosong tea{to=1999}\r\n")]
                .map(|(name, value)| (name.to_owned(), value.to_owned()))
                .into()
        };
        let concept = concept_of(&fields(""), None);
        assert_eq!(concept.id.as_str(), "desk.bosung-tea");
        let terms: Vec<(&str, &str, TermStatus, Option<&str>)> = concept
            .terms()
            .map(|(lang, term)| (lang.tag(), term.text.as_str(), term.status, term.validity.to.as_deref()))
            .collect();
        let (preferred, deprecated) = (TermStatus::Preferred, TermStatus::Deprecated);
        let expected = [
            ("en", "Bosung tea", deprecated, None),
            ("en", "Posong tea", deprecated, Some("1999")),
            ("ko", "보성 차", preferred, None),
        ];
        assert_eq!(terms, expected);
        assert_eq!(concept_of(&fields("food.tea"), None).id.as_str(), "food.tea");
    }
}
