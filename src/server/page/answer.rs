//! The answer to a query: its cards, and what the rules suggest where no name is recorded so.

use maud::{Markup, html};

use crate::glossary::index::Standing;
use crate::glossary::rank;
use crate::lang::Lang;
use crate::names::relation::How;
use crate::names::suggestion::{self, Subject, Suggestion, Suggestions};
use crate::server::page::card::{Card, LANGS, Why};
use crate::server::page::interface::Interface;
use crate::server::page::link::link;
use crate::server::page::wording::{counted, names, with};
use crate::store::articles::Sighting;
use crate::text::legible::legible;
use crate::text::script;
use crate::workspace::completion::Completion;
use crate::workspace::lookup::{Answer, LookupOptions};
use crate::workspace::{Result, Workspace};

/// At most so many cards.
const MOST_CARDS: usize = 8;
/// Names to begin with, each in another script.
const EXAMPLES: [(&str, Lang); 4] =
    [("Diaoyutai", Lang::En), ("조락제", Lang::Ko), ("李强", Lang::ZhHans), ("Chou En-lai", Lang::En)];

/// What is known about a query.
#[derive(Debug)]
pub struct Known {
    answer: Answer,
    /// The concepts that go on from the query, where no name is written so.
    completions: Vec<Completion>,
    /// What the rules give in each language, where there is no more than a guess.
    derived: Vec<(Lang, Suggestions)>,
}

impl Known {
    /// Asks for everything that is shown.
    pub fn about(workspace: &mut Workspace, query: &str) -> Result<Self> {
        let options = LookupOptions { limit: MOST_CARDS, min_score: 0, sightings: 0 };
        let mut answer = workspace.lookup(query, options)?;
        let matches = &mut answer.lookup.matches;
        let mut completions = Vec::new();
        // Who is still typing has not made a slip yet.
        if matches.iter().all(|found| found.how == How::Fuzzy) {
            completions = workspace.complete(query, None, MOST_CARDS)?.found;
            matches.retain(|found| completions.iter().all(|completion| completion.found.row != found.found.row));
            matches.truncate(MOST_CARDS - completions.len());
        }
        // A guess may be somebody else of a similar name.
        let is_unknown = completions.is_empty() && matches.iter().all(|found| found.how == How::Fuzzy);
        let derived = if is_unknown { derived(query) } else { Vec::new() };
        Ok(Self { answer, completions, derived })
    }

    /// Makes the answer.
    pub fn render(&self, interface: &Interface) -> Markup {
        let (wording, cards) = (interface.wording(), self.cards());
        let said = match cards.len() {
            0 => with(wording.nothing_recorded, legible(&self.answer.query)),
            count => counted([wording.one_result, wording.many_results], count),
        };
        html! {
            p.count data-said=(said) { (said) }
            @for card in &cards { (card.render(interface)) }
            (self.proposed(interface))
            @if cards.is_empty() { @for reason in self.refusals() { p.quiet lang="en" { (legible(reason)) } } }
            @if !self.answer.near_segments.is_empty() { (near_segments(interface, &self.answer.near_segments)) }
        }
    }

    fn cards(&self) -> Vec<Card<'_>> {
        let begun = self.completions.iter().map(|Completion { found, .. }| {
            let own = found.standing == Standing::Own;
            Card { concept: &found.concept, own, why: Why::Begins }
        });
        let matches = self.answer.lookup.matches.iter();
        let found = matches.map(|found| Card { concept: &found.found.concept, own: found.is_own(), why: Why::Found(found) });
        begun.chain(found).collect()
    }

    /// Makes what the rules give.
    fn proposed(&self, interface: &Interface) -> Markup {
        let wording = interface.wording();
        let given: Vec<_> = self.derived.iter().filter(|(_, suggestions)| !suggestions.list.is_empty()).collect();
        html! {
            @if !given.is_empty() {
                section.card.proposed tabindex="0" aria-labelledby="rules-give" {
                    h2 #rules-give { (wording.rules_give) }
                    p.warning { (wording.rules_warning) }
                    dl.renderings { @for (to, suggestions) in given { (derived_row(interface, to, &suggestions.list)) } }
                }
            }
        }
    }

    /// Returns why the rules give nothing for some languages, each reason once. That of the query's own language is none.
    fn refusals(&self) -> Vec<&str> {
        let own = script::detect_language(&self.answer.query);
        let own = own.as_ref().map(Lang::family);
        let refused = self.derived.iter().filter(|(to, given)| given.list.is_empty() && own != Some(to.family()));
        let mut reasons: Vec<&str> = refused.filter_map(|(_, given)| given.reason.as_deref()).collect();
        reasons.dedup();
        reasons
    }
}

/// Returns what the rules give for a name, without the titles beside it, in each language of the desk.
fn derived(query: &str) -> Vec<(Lang, Suggestions)> {
    let name = rank::without_titles(query).unwrap_or(query);
    let suggest = |to: Lang| (to.clone(), suggestion::suggest(name, &to, Subject::default()));
    LANGS.into_iter().map(suggest).collect()
}

fn derived_row(interface: &Interface, to: &Lang, list: &[Suggestion]) -> Markup {
    let wording = interface.wording();
    let key = LANGS.iter().position(|lang| lang == to).map(|at| at + 1);
    html! {
        div.rendering {
            dt { (names::lang(to, interface.tongue)) }
            dd {
                ul.proposals {
                    @for (at, suggestion) in list.iter().enumerate() {
                        li {
                            span.preferred lang=(to.tag()) { (legible(&suggestion.text)) } " "
                            em.unverified { (wording.unverified) }
                            button.copy.scripted type="button" data-copy=(legible(&suggestion.text))
                              data-key=[key.filter(|_| at == 0)] { (wording.copy) span.unseen { ": " (legible(&suggestion.text)) } }
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
                (wording.search_examples) (wording.colon)
                @for (at, (name, lang)) in EXAMPLES.iter().enumerate() {
                    @if at > 0 { " · " }
                    a href=(link("/", &[("q", name)])) lang=(lang.tag()) { (name) }
                }
            }
        }
    }
}
