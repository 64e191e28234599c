//! The offices of a person: which, and from when to when.
//!
//! A glossary has them in a column `office`: `prc.premier{from=2013-03-15;to=2023-03-11}`, several with `|`; the office is the
//! id of a concept of the kind title. `died` is the day of a person's death, `holder` (of a title) the id of the person who
//! holds it now, `successor` (of a body that is no more) the id of the one that took its place.

use crate::glossary::concept::{Concept, ConceptId};
use crate::glossary::day::{Day, Period};
use crate::glossary::term::Validity;

/// The column of a person's offices.
pub const OFFICE: &str = "office";
/// The column of the day of a person's death.
pub const DIED: &str = "died";

/// An office that a person holds or has held.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The title.
    pub title: ConceptId,
    /// From when to when.
    pub term: Validity,
}

impl Office {
    /// Reads the offices of a cell; `None` where it is not well formed.
    pub fn parse_all(cell: &str) -> Option<Vec<Self>> {
        cell.split('|').map(|part| Self::parse(part.trim())).collect()
    }

    fn parse(part: &str) -> Option<Self> {
        let (title, details) = match part.split_once('{') {
            Some((title, details)) => (title, details.strip_suffix('}')?),
            None => (part, ""),
        };
        let mut term = Validity::default();
        for detail in details.split(';').filter(|detail| !detail.is_empty()) {
            let (name, date) = detail.split_once('=')?;
            Period::parse(date)?;
            match name.trim() {
                "from" => term.from = Some(date.to_owned()),
                "to" => term.to = Some(date.to_owned()),
                _ => return None,
            }
        }
        let named = !title.is_empty() && !title.contains(char::is_whitespace);
        named.then(|| Self { title: ConceptId(title.to_owned()), term })
    }
}

impl Concept {
    /// Returns what a column of the glossary says that is none of the known ones.
    pub fn property(&self, name: &str) -> Option<&str> {
        self.properties.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    /// Returns the offices of a person; none where none is recorded or the cell is not well formed.
    pub fn offices(&self) -> Vec<Office> {
        self.property(OFFICE).and_then(Office::parse_all).unwrap_or_default()
    }

    /// Returns the day of a person's death, where it is recorded.
    pub fn died(&self) -> Option<Day> {
        Some(Period::parse(self.property(DIED)?)?.last)
    }

    /// Returns the concept that another column names: the `holder` of a title, the `successor` of a body.
    pub fn pointer(&self, name: &str) -> Option<ConceptId> {
        self.property(name).map(|id| ConceptId(id.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_titles_with_dates() {
        let offices = Office::parse_all("prc.premier{from=2013-03-15;to=2023-03-11} | rok.president").unwrap();
        let shown: Vec<_> = offices
            .iter()
            .map(|office| (office.title.as_str(), office.term.from.as_deref(), office.term.to.as_deref()))
            .collect();
        assert_eq!(shown, [("prc.premier", Some("2013-03-15"), Some("2023-03-11")), ("rok.president", None, None)]);
        for wrong in ["", "a|", "a{from=soon}", "a{from=2013", "a{since=2013}", "prime minister"] {
            assert_eq!(Office::parse_all(wrong), None, "{wrong}");
        }
    }
}
