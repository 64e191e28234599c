//! The answer to a query: its cards, or what the rules suggest where nothing is recorded.

use maud::{Markup, html};

use crate::lang::Lang;
use crate::server::page::card::{Card, LANGS};
use crate::server::page::interface::Interface;
use crate::server::page::link::link;
use crate::server::page::wording::{counted, names, with};
use crate::store::articles::Sighting;
use crate::text::legible::legible;
use crate::workspace::lookup::Answer;
use crate::workspace::suggest::{Proposal, Proposed};
use crate::workspace::{Result, Workspace};

use crate::workspace::lookup::LookupOptions;

/// At most so many cards.
const MOST_CARDS: usize = 8;
/// Names to begin with, each in another script.
const EXAMPLES: [(&str, Lang); 4] =
    [("Diaoyutai", Lang::En), ("조락제", Lang::Ko), ("李强", Lang::ZhHans), ("Chou En-lai", Lang::En)];

/// What is known about a query.
#[derive(Debug)]
pub struct Known {
    answer: Answer,
    /// What the rules give, where nothing is recorded.
    proposals: Vec<Proposal>,
}

impl Known {
    /// Asks for everything that is shown.
    pub fn about(workspace: &mut Workspace, query: &str) -> Result<Self> {
        let options = LookupOptions { limit: MOST_CARDS, min_score: 0, sightings: 0 };
        let answer = workspace.lookup(query, options)?;
        let mut proposals = Vec::new();
        if answer.lookup.matches.is_empty() {
            for lang in &LANGS {
                proposals.push(workspace.suggest(query, lang, Default::default())?);
            }
        }
        Ok(Self { answer, proposals })
    }

    /// Makes the answer.
    pub fn render(&self, interface: &Interface) -> Markup {
        let (wording, matches) = (interface.wording(), &self.answer.lookup.matches);
        let said = match matches.len() {
            0 => with(wording.nothing_recorded, legible(&self.answer.query)),
            count => counted([wording.one_result, wording.many_results], count),
        };
        html! {
            p.count data-said=(said) { (said) }
            @for found in matches {
                (Card { concept: &found.found.concept, own: found.is_own(), found: Some(found) }.render(interface))
            }
            @if matches.is_empty() { (self.proposed(interface)) }
            @if !self.answer.near_segments.is_empty() { (near_segments(interface, &self.answer.near_segments)) }
        }
    }

    /// Makes what the rules give, or the reason why they give nothing.
    fn proposed(&self, interface: &Interface) -> Markup {
        let wording = interface.wording();
        let given: Vec<&Proposal> = self.proposals.iter().filter(|proposal| !proposal.suggestions.is_empty()).collect();
        let reason = self.proposals.iter().find_map(|proposal| proposal.reason.as_deref());
        html! {
            @if given.is_empty() {
                @if let Some(reason) = reason { p.quiet lang="en" { (legible(reason)) } }
            } @else {
                section.card.proposed tabindex="0" aria-labelledby="rules-give" {
                    h2 #rules-give { (wording.rules_give) }
                    p.warning { (wording.rules_warning) }
                    dl.renderings { @for proposal in given { (proposal_row(interface, proposal)) } }
                }
            }
        }
    }
}

fn proposal_row(interface: &Interface, proposal: &Proposal) -> Markup {
    let wording = interface.wording();
    let key = LANGS.iter().position(|lang| *lang == proposal.to).map(|at| at + 1);
    html! {
        div.rendering {
            dt { (names::lang(&proposal.to, interface.tongue)) }
            dd {
                ul.proposals {
                    @for (at, Proposed { suggestion, verified }) in proposal.suggestions.iter().enumerate() {
                        li {
                            span.preferred lang=(proposal.to.tag()) { (legible(&suggestion.text)) } " "
                            @if !verified { em.unverified { (wording.unverified) } }
                            button.copy.scripted type="button" data-copy=(legible(&suggestion.text))
                              data-key=[key.filter(|_| at == 0)]
                              aria-label={ (wording.copy) ": " (legible(&suggestion.text)) } { (wording.copy) }
                            small.rule lang="en" { (legible(&suggestion.rule)) }
                        }
                    }
                }
            }
        }
    }
}

fn near_segments(interface: &Interface, near: &[(u8, Sighting)]) -> Markup {
    html! {
        section.near {
            h2 { (interface.wording().near_segments) }
            ul {
                @for (likeness, sighting) in near {
                    li { (likeness) " % · " (legible(&sighting.article)) " " (sighting.ordinal) ": " (legible(&sighting.text)) }
                }
            }
        }
    }
}

/// Makes what stands below an empty box.
pub fn beginning(interface: &Interface) -> Markup {
    let wording = interface.wording();
    html! {
        div.beginning {
            p { (wording.search_start) }
            p {
                (wording.search_examples) ": "
                @for (at, (name, lang)) in EXAMPLES.iter().enumerate() {
                    @if at > 0 { " · " }
                    a href=(link("/", &[("q", name)])) lang=(lang.tag()) { (name) }
                }
            }
        }
    }
}
