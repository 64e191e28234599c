//! The card of a concept: every language with the form to write, and what else is known.

use maud::{Markup, html};

use crate::glossary::concept::Concept;
use crate::glossary::rank::LookupMatch;
use crate::glossary::term::{LanguageSection, Term, TermStatus, Validity};
use crate::lang::Lang;
use crate::names::relation::How;
use crate::server::page::interface::Interface;
use crate::server::page::link::link;
use crate::server::page::wording::{Wording, names, with};
use crate::text::legible::legible;

/// The languages of the desk, each with the key that copies its rendering.
pub const LANGS: [Lang; 4] = [Lang::En, Lang::Ko, Lang::ZhHans, Lang::ZhHant];

/// A concept as it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Card<'a> {
    /// The concept.
    pub concept: &'a Concept,
    /// Whether it is of the user's own glossaries.
    pub own: bool,
    /// Why it is shown.
    pub why: Why<'a>,
}

/// Why a concept is shown.
#[derive(Clone, Copy, Debug)]
pub enum Why<'a> {
    /// It was asked for by its id.
    Asked,
    /// It answers a query.
    Found(&'a LookupMatch),
    /// One of its terms goes on from what was typed.
    Begins,
}

impl Card<'_> {
    /// Makes the card. It can be selected, and its renderings be copied by a key.
    pub fn render(&self, interface: &Interface) -> Markup {
        let (concept, id) = (self.concept, self.concept.id.as_str());
        html! {
            article.card tabindex="0" aria-label=(label(interface, concept)) data-concept=(legible(id)) {
                (self.head(interface))
                (renderings(interface, concept))
                (self.remarks(interface))
                (used(interface, id))
            }
        }
    }

    fn head(&self, interface: &Interface) -> Markup {
        let (wording, concept) = (interface.wording(), self.concept);
        html! {
            header {
                h2 {
                    a href=(link("/concept", &[("id", concept.id.as_str())])) {
                        span.kind { (legible(names::kind(&concept.kind, interface.tongue))) } " "
                        span.id { (legible(concept.id.as_str())) }
                    }
                }
                @if self.own { span.badge { (wording.in_your_glossary) } }
                @match self.why {
                    Why::Asked => {},
                    Why::Found(found) => (score(interface, found)),
                    Why::Begins => span.score { (wording.begins_so) },
                }
            }
        }
    }

    fn remarks(&self, interface: &Interface) -> Markup {
        let (wording, concept) = (interface.wording(), self.concept);
        let property = |name: &str| concept.properties.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
        html! {
            dl.remarks {
                @if let Why::Found(found) = self.why {
                    div { dt { (wording.match_reason) } dd lang="en" { (legible(&found.why)) } }
                }
                @if let Some(days) = days(wording, &concept.validity) { div { dt { (wording.valid) } dd { (days) } } }
                @if let Some(domain) = &concept.domain { div { dt { (wording.domain) } dd { (legible(domain)) } } }
                @if let Some(note) = &concept.note { div { dt { (wording.note) } dd { (legible(note)) } } }
                @if let Some(source) = &concept.source {
                    div {
                        dt { (wording.source) }
                        dd {
                            (legible(source))
                            @if let Some(how_sure) = property("confidence") {
                                " · " (with(wording.confidence, legible(how_sure)))
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Names the card for those who hear it: the name in the language of the page, and what it is.
fn label(interface: &Interface, concept: &Concept) -> String {
    let own = concept.preferred(&interface.tongue.lang());
    let name = own.or_else(|| concept.sections.iter().find_map(LanguageSection::preferred));
    let name = name.map_or(concept.id.as_str(), |term| &term.text);
    format!("{}, {}", legible(name), names::kind(&concept.kind, interface.tongue))
}

fn score(interface: &Interface, found: &LookupMatch) -> Markup {
    let is_named = found.part.is_some() && matches!(found.how, How::Exact | How::Folded);
    let how = if is_named { interface.wording().in_the_text } else { names::how(found.how, interface.tongue) };
    html! {
        span.score {
            @if found.how == How::Fuzzy { strong.guess { (interface.wording().guess) } " " }
            (how) " " data.number value=(found.score) { (found.score) }
        }
    }
}

fn renderings(interface: &Interface, concept: &Concept) -> Markup {
    let others = concept.sections.iter().filter(|section| !LANGS.contains(&section.lang));
    let (written, found_by): (Vec<_>, Vec<_>) = others.partition(|section| section.lang.is_written_in(&section.lang));
    html! {
        dl.renderings {
            @for (lang, key) in LANGS.iter().zip(1..) {
                @if let Some(section) = concept.section(lang) { (rendering(interface, section, Some(key))) }
            }
            @for section in written { (rendering(interface, section, None)) }
            @if !found_by.is_empty() {
                div.rendering {
                    dt { (interface.wording().found_by) }
                    dd.found-by {
                        @for (at, (lang, term)) in found_by.iter().flat_map(|section| in_lang(section)).enumerate() {
                            @if at > 0 { ", " }
                            span lang=(lang.tag()) { (legible(&term.text)) } " " small { (legible(lang.tag())) }
                        }
                    }
                }
            }
        }
    }
}

fn in_lang(section: &LanguageSection) -> impl Iterator<Item = (&Lang, &Term)> {
    section.terms.iter().map(|term| (&section.lang, term))
}

fn rendering(interface: &Interface, section: &LanguageSection, key: Option<usize>) -> Markup {
    let preferred = section.preferred();
    let rest = section.terms.iter().filter(|term| preferred.is_none_or(|preferred| !std::ptr::eq(*term, preferred)));
    let rest: Vec<&Term> = rest.collect();
    html! {
        div.rendering {
            dt { (legible(names::lang(&section.lang, interface.tongue))) }
            dd {
                @if let Some(term) = preferred {
                    span.preferred lang=(section.lang.tag()) { (legible(&term.text)) }
                    (details(interface, term))
                    (copy_button(interface, term, key))
                }
                @if !rest.is_empty() {
                    ul.others { @for term in rest { (other(interface, &section.lang, term)) } }
                }
            }
        }
    }
}

fn copy_button(interface: &Interface, term: &Term, key: Option<usize>) -> Markup {
    let text = legible(&term.text);
    html! {
        button.copy.scripted type="button" data-copy=(text) data-key=[key] {
            @if let Some(key) = key { kbd { (key) } " " }
            (interface.wording().copy) span.unseen { ": " (text) }
        }
    }
}

/// Makes a term that is not the first; a word before it says what it is, not a colour alone.
fn other(interface: &Interface, lang: &Lang, term: &Term) -> Markup {
    let wording = interface.wording();
    let before = match term.status {
        TermStatus::Preferred | TermStatus::Admitted => wording.also,
        TermStatus::Deprecated => wording.not,
        TermStatus::Forbidden => wording.never,
    };
    html! {
        li class=(term.status.name()) {
            b { (before) } " " span lang=(lang.tag()) { (legible(&term.text)) }
            (details(interface, term))
        }
    }
}

/// Makes what is said about one term: its form, when it was in use, a remark, who says so.
fn details(interface: &Interface, term: &Term) -> Markup {
    let form = names::form(term.form, interface.tongue).map(str::to_owned);
    let said = [form, days(interface.wording(), &term.validity), term.note.clone(), term.source.clone()];
    let said: Vec<String> = said.into_iter().flatten().map(|text| legible(&text)).collect();
    html! { @if !said.is_empty() { small.details { (with(interface.wording().in_brackets, said.join(" · "))) } } }
}

/// Says between which days something holds.
fn days(wording: &Wording, validity: &Validity) -> Option<String> {
    let from = validity.from.as_deref().map(|day| with(wording.from_day, legible(day)));
    let to = validity.to.as_deref().map(|day| with(wording.to_day, legible(day)));
    let days: Vec<String> = from.into_iter().chain(to).collect();
    (!days.is_empty()).then(|| days.join(" "))
}

/// Makes the place for where a concept was used, which is asked for when it is opened.
fn used(interface: &Interface, id: &str) -> Markup {
    let address = link("/used", &[("id", id)]);
    html! {
        details.used hx-get=(address) hx-trigger="toggle once" hx-target="find .places" {
            summary { (interface.wording().where_used) }
            div.places { a href=(address) { (interface.wording().where_used) } }
        }
    }
}
