//! Concepts as symbols of the workspace. A concept is in no file; its address leads to its card.

use crate::glossary::concept::{Concept, Kind};
use crate::server::lsp::position::Range;
use crate::server::lsp::protocol::{Location, WorkspaceSymbol};
use crate::server::lsp::uri;
use crate::workspace::lookup::LookupOptions;
use crate::workspace::{Result, Workspace};

/// At most so many concepts are found by the beginning of a name, and so many by what is like it.
const MOST_BEGUN: usize = 100;
const MOST_LIKE: usize = 20;
/// None less like what was typed is found.
const LEAST_SCORE: u8 = 60;

/// Returns the concepts with a name that begins so, then those that a look-up finds.
pub fn symbols(query: &str, workspace: &mut Workspace) -> Result<Vec<WorkspaceSymbol>> {
    if query.trim().is_empty() {
        return Ok(Vec::new());
    }
    let begun = workspace.complete(query, None, MOST_BEGUN)?;
    let options = LookupOptions { limit: MOST_LIKE, min_score: LEAST_SCORE, sightings: 0 };
    let like = workspace.lookup(query, options)?;
    let mut symbols: Vec<WorkspaceSymbol> = Vec::new();
    let begun = begun.found.iter().map(|begun| (&begun.found.concept, begun.found.term(begun.keyed).1.text.as_str()));
    let like = like.lookup.matches.iter().map(|found| (&found.found.concept, found.found.term(found.keyed).1.text.as_str()));
    for (concept, matched) in begun.chain(like) {
        if symbols.iter().all(|symbol| symbol.container_name != concept.id.as_str()) {
            symbols.push(symbol(concept, matched));
        }
    }
    Ok(symbols)
}

/// Editors show only symbols whose name has in it what was typed, so the term that was found stands in it.
fn symbol(concept: &Concept, matched: &str) -> WorkspaceSymbol {
    let title = concept.title();
    WorkspaceSymbol {
        name: if title.contains(matched) { title } else { format!("{title} · {matched}") },
        kind: number(&concept.kind),
        container_name: concept.id.to_string(),
        location: Location { uri: uri::of_concept(&concept.id), range: Range::default() },
    }
}

/// Returns the number of the kind of symbol that is least unlike a kind of concept.
fn number(kind: &Kind) -> u8 {
    match kind {
        // Object.
        Kind::Person => 19,
        // Module.
        Kind::Institution | Kind::Media | Kind::Party | Kind::Company => 2,
        // Namespace.
        Kind::Place | Kind::Facility | Kind::Country => 3,
        // Event.
        Kind::Event => 24,
        // File.
        Kind::Document => 1,
        // Constant.
        Kind::Title | Kind::Policy | Kind::Term | Kind::Other(_) => 14,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn concepts_are_found_by_any_of_their_names() {
        let mut workspace = Workspace::in_memory().unwrap();
        for query in ["시진", "习近", "Xi Jinp", "습근평", "Hsi Chin-p'ing"] {
            let found = symbols(query, &mut workspace).unwrap();
            let xi = found.iter().find(|symbol| symbol.container_name == "prc.xi-jinping").unwrap();
            assert_eq!(xi.location.uri, "tongsa:prc.xi-jinping", "{query}");
            let ids: std::collections::BTreeSet<&str> = found.iter().map(|symbol| symbol.container_name.as_str()).collect();
            assert_eq!(ids.len(), found.len());
        }
        assert!(symbols(" ", &mut workspace).unwrap().is_empty());
        let named = symbols("습근평", &mut workspace).unwrap();
        assert_eq!(named[0].name, "Xi Jinping · 시진핑 · 习近平 · 習近平 · 습근평");
    }
}
