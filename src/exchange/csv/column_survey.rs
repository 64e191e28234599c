//! The columns that a glossary needs, found before its first row is written.

use std::collections::BTreeSet;

use crate::exchange::header::Column;
use crate::glossary::concept::Concept;
use crate::glossary::term::{Term, TermForm, TermStatus};
use crate::lang::Lang;

/// The columns that some concepts need, found by showing them all before the first is written.
#[derive(Clone, Debug, Default)]
pub struct ColumnSurvey {
    terms: BTreeSet<(Lang, u8, TermStatus, TermForm)>,
    properties: Vec<String>,
    domain: bool,
    from: bool,
    to: bool,
    note: bool,
    source: bool,
}

impl ColumnSurvey {
    /// Notes what a concept needs.
    pub fn see(&mut self, concept: &Concept) {
        for (lang, term) in concept.terms() {
            let key = (column_place(term), term.status, term.form);
            if !self.terms.contains(&(lang.clone(), key.0, key.1, key.2)) {
                self.terms.insert((lang.clone(), key.0, key.1, key.2));
            }
        }
        for (name, _) in &concept.properties {
            if !self.properties.contains(name) {
                self.properties.push(name.clone());
            }
        }
        self.domain |= concept.domain.is_some();
        self.from |= concept.validity.from.is_some();
        self.to |= concept.validity.to.is_some();
        self.note |= concept.note.is_some();
        self.source |= concept.source.is_some();
    }

    /// Returns the columns in their order: id, kind, the languages, dates, note, source, everything else.
    pub fn columns(&self) -> Vec<Column> {
        let mut columns = vec![Column::Id, Column::Kind];
        columns.extend(self.domain.then_some(Column::Domain));
        columns.extend(self.terms.iter().map(|(lang, _, status, form)| Column::Terms(lang.clone(), *status, *form)));
        columns.extend(self.from.then_some(Column::ValidFrom));
        columns.extend(self.to.then_some(Column::ValidTo));
        columns.extend(self.note.then_some(Column::Note));
        columns.extend(self.source.then_some(Column::Source));
        columns.extend(self.properties.iter().map(|name| Column::Property(name.clone())));
        columns
    }
}

/// Returns the place of a term's column within its language: preferred, short, acronym, variant, admitted, deprecated,
/// forbidden, then the rest.
fn column_place(term: &Term) -> u8 {
    use TermForm::{Acronym, Full, Short, Variant};
    use TermStatus::{Admitted, Deprecated, Forbidden, Preferred};
    match (term.status, term.form) {
        (Preferred, Full) => 0,
        (Admitted, Short) => 1,
        (Admitted, Acronym) => 2,
        (Admitted, Variant) => 3,
        (Admitted, Full) => 4,
        (Deprecated, Full) => 5,
        (Forbidden, Full) => 6,
        _ => 7,
    }
}
