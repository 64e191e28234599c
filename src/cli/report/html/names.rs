//! The table of the names that a draft uses.

use maud::{Markup, html};
use tongsa::check::named_concept::{NamedConcept, WrittenForm};
use tongsa::lang::Lang;
use tongsa::text::legible::legible;

use crate::cli::report::CheckedFile;

/// The languages whose renderings are shown beside the draft's own.
const LANGS: [Lang; 4] = [Lang::En, Lang::Ko, Lang::ZhHans, Lang::ZhHant];

/// What stands where no rendering is recorded.
const UNRECORDED: &str = "—";

/// Makes the table of the names; nothing where the draft has none.
pub fn table(draft: &CheckedFile) -> Markup {
    let (names, lang) = (&draft.report.names, &draft.report.lang);
    let others: Vec<&Lang> = LANGS.iter().filter(|other| *other != lang).collect();
    html! {
        @if !names.is_empty() {
            details open {
                summary { h3 { "Names" } }
                table {
                    caption { "Names and terms of the glossary in this draft" }
                    thead {
                        tr {
                            th scope="col" { "Preferred" }
                            th scope="col" { "Written" }
                            @for other in &others { th scope="col" { (other.tag()) } }
                            th scope="col" { "Concept" }
                        }
                    }
                    tbody { @for named in names { (row(named, lang, &others)) } }
                }
            }
        }
    }
}

fn row(named: &NamedConcept, lang: &Lang, others: &[&Lang]) -> Markup {
    let concept = &named.concept;
    html! {
        tr {
            th scope="row" { (preferred(named, lang)) }
            td { ul { @for form in &named.forms { li { (written(form, lang)) } } } }
            @for other in others { td { (preferred(named, other)) } }
            td { (legible(concept.id.as_str())) br; (legible(concept.kind.name())) }
        }
    }
}

fn preferred(named: &NamedConcept, lang: &Lang) -> Markup {
    html! {
        @match named.concept.preferred(lang) {
            Some(term) => span lang=(lang.tag()) { (legible(&term.text)) },
            None => (UNRECORDED),
        }
    }
}

/// Makes a form with its count; that it is not accepted is said by a word, not by its colour alone.
fn written(form: &WrittenForm, lang: &Lang) -> Markup {
    html! {
        span lang=(lang.tag()) class=[(!form.accepted).then_some("wrong")] { (legible(&form.text)) }
        " ×" (form.count)
        @if !form.accepted { " " small { "not accepted" } }
    }
}
