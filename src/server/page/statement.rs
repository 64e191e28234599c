//! What a concept says, one thing after another, as the columns of a glossary would have it.

use crate::exchange::cell;
use crate::exchange::header::{self, Column};
use crate::glossary::concept::Concept;

/// One thing that a concept says, under the heading of its column.
#[derive(Debug, PartialEq, Eq)]
pub struct Statement {
    /// The heading.
    pub heading: String,
    /// What is said, as a cell has it.
    pub text: String,
}

/// Returns everything that a concept says but its id.
pub fn statements(concept: &Concept) -> Vec<Statement> {
    let said = |column: &Column, text: &str| Statement { heading: header::heading(column), text: text.to_owned() };
    let mut statements = vec![said(&Column::Kind, concept.kind.name())];
    for (lang, term) in concept.terms() {
        statements.push(said(&Column::Terms(lang.clone(), term.status, term.form), &cell::write_term(term)));
    }
    for (column, text) in [
        (Column::Domain, &concept.domain),
        (Column::Note, &concept.note),
        (Column::Source, &concept.source),
        (Column::ValidFrom, &concept.validity.from),
        (Column::ValidTo, &concept.validity.to),
    ] {
        statements.extend(text.as_deref().map(|text| said(&column, text)));
    }
    statements.extend(concept.properties.iter().map(|(name, value)| said(&Column::Property(name.clone()), value)));
    statements
}
