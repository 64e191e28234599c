//! What a concept was before: each version with what it changed.

use maud::{Markup, html};

use crate::glossary::concept::Concept;
use crate::server::page::imports::moment;
use crate::server::page::interface::Interface;
use crate::server::page::statement::{Statement, statements};
use crate::store::concepts::ConceptVersion;
use crate::text::legible::legible;

/// Makes the versions, the current one first.
pub fn list(interface: &Interface, versions: &[ConceptVersion]) -> Markup {
    let wording = interface.wording();
    let before = versions.iter().skip(1).map(Some).chain([None]);
    html! {
        section.history aria-labelledby="history-head" {
            h2 #history-head { (wording.history) }
            ol {
                @for (version, before) in versions.iter().zip(before) {
                    li {
                        @match version.import {
                            Some(import) => { b { (wording.import) " " (import) } " · " (legible(&version.source)) " · " (moment(&version.made_at)) },
                            None => b { (wording.came_with) },
                        }
                        @match before {
                            Some(before) => (changes(&before.concept, &version.concept)),
                            None => p.quiet { (wording.first_version) },
                        }
                    }
                }
            }
        }
    }
}

/// Makes what one version says and the other does not.
pub fn changes(before: &Concept, after: &Concept) -> Markup {
    let (old, new) = (statements(before), statements(after));
    let lacks = |others: &[Statement], one: &Statement| !others.contains(one);
    html! {
        ul.changes {
            @for statement in old.iter().filter(|one| lacks(&new, one)) { li { (statement.heading) ": " del { (legible(&statement.text)) } } }
            @for statement in new.iter().filter(|one| lacks(&old, one)) { li { (statement.heading) ": " ins { (legible(&statement.text)) } } }
        }
    }
}
