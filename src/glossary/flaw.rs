//! What is well formed: checked here and nowhere else.

use std::fmt;

use crate::glossary::concept::{Concept, ConceptId, Kind};
use crate::glossary::day::Period;
use crate::glossary::office::{DIED, OFFICE, Office};
use crate::glossary::term::{TermStatus, Validity};
use crate::lang::Lang;
use crate::text::fold;
use crate::text::han::{self, HanScript};
use crate::text::script::Script;

/// The longest term, in bytes; a longer cell is a text, not a name.
pub const LONGEST_TERM: usize = 1_000;

/// Why a concept cannot be kept, or what is odd about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flaw {
    /// The concept.
    pub concept: ConceptId,
    /// What is wrong.
    pub reason: Reason,
}

/// What is wrong with a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reason {
    /// The id is empty or has a blank or a control character in it.
    BadId,
    /// No term in any language.
    NoTerm,
    /// A term without a letter or digit.
    EmptyTerm(Lang),
    /// A term longer than [`LONGEST_TERM`] bytes.
    LongTerm(Lang),
    /// Two preferred terms in one language.
    TwoPreferred(Lang, String, String),
    /// One term twice in one language, with different status.
    Contradiction(Lang, String),
    /// A preferred term that another concept of the same kind prefers, too.
    Duplicate(Lang, String, ConceptId),
    /// A date that is not ISO 8601, or a period that ends before it begins.
    BadDate(String),
    /// Offices that are not titles with dates.
    BadOffice(String),
    /// Han characters in Korean (a gloss in brackets is none).
    HanInKorean(String),
    /// Traditional characters in simplified Chinese.
    TraditionalInSimplified(String),
    /// Simplified characters in traditional Chinese.
    SimplifiedInTraditional(String),
}

impl Reason {
    /// Returns whether the concept can be kept all the same.
    pub fn is_only_odd(&self) -> bool {
        // A desk may have a column `office` of its own, which says something else.
        matches!(
            self,
            Self::HanInKorean(_) | Self::TraditionalInSimplified(_) | Self::SimplifiedInTraditional(_) | Self::BadOffice(_)
        )
    }
}

impl fmt::Display for Flaw {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.concept, self.reason)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::BadId => f.write_str("the id is empty or has a blank in it; write one like npc.zhao-leji"),
            Self::NoTerm => f.write_str("there is no term in any language"),
            Self::EmptyTerm(lang) => write!(f, "a {lang} term has no letter in it"),
            Self::LongTerm(lang) => write!(f, "a {lang} term is longer than {LONGEST_TERM} bytes"),
            Self::TwoPreferred(lang, a, b) => write!(f, "two preferred {lang} terms: {a} and {b}"),
            Self::Contradiction(lang, term) => write!(f, "the {lang} term {term} stands twice with different status"),
            Self::Duplicate(lang, term, other) => write!(f, "the preferred {lang} term {term} is also that of {other}"),
            Self::BadDate(date) => write!(f, "{date} is not a date like 2025-10-01, or the end is before the beginning"),
            Self::BadOffice(cell) => write!(f, "{cell} is no office; write one like prc.premier{{from=2023-03-11}}"),
            Self::HanInKorean(term) => write!(f, "Han characters in Korean: {term}"),
            Self::TraditionalInSimplified(term) => write!(f, "traditional characters in zh-Hans: {term}"),
            Self::SimplifiedInTraditional(term) => write!(f, "simplified characters in zh-Hant: {term}"),
        }
    }
}

/// Returns everything that is wrong with a concept.
pub fn flaws(concept: &Concept) -> Vec<Flaw> {
    let mut reasons = Vec::new();
    let id = concept.id.as_str();
    if id.is_empty() || id.contains(|c: char| c.is_whitespace() || c.is_control()) {
        reasons.push(Reason::BadId);
    }
    if concept.terms().next().is_none() {
        reasons.push(Reason::NoTerm);
    }
    for section in &concept.sections {
        let mut preferred: Option<&str> = None;
        for (at, term) in section.terms.iter().enumerate() {
            if !term.text.contains(char::is_alphanumeric) {
                reasons.push(Reason::EmptyTerm(section.lang.clone()));
            } else if term.text.len() > LONGEST_TERM {
                reasons.push(Reason::LongTerm(section.lang.clone()));
            }
            if term.status == TermStatus::Preferred
                && let Some(first) = preferred.replace(&term.text)
            {
                reasons.push(Reason::TwoPreferred(section.lang.clone(), first.to_owned(), term.text.clone()));
            }
            if section.terms[..at].iter().any(|before| before.text == term.text && before.status != term.status) {
                reasons.push(Reason::Contradiction(section.lang.clone(), term.text.clone()));
            }
            reasons.extend(script_flaw(&section.lang, &term.text));
            reasons.extend(date_flaw(&term.validity));
        }
    }
    reasons.extend(date_flaw(&concept.validity));
    reasons.extend(office_flaws(concept));
    reasons.into_iter().map(|reason| Flaw { concept: concept.id.clone(), reason }).collect()
}

/// Returns the pairs of terms of one language that contradict each other across concepts: accepted in one, not to be written
/// in another.
pub fn contradictions(concepts: &[Concept]) -> Vec<Flaw> {
    let mut accepted = std::collections::HashMap::new();
    let keyed = |accepts: bool| {
        concepts.iter().flat_map(move |concept| {
            concept
                .terms()
                .filter(move |(_, term)| term.is_accepted() == accepts)
                .map(move |(lang, term)| ((lang.clone(), fold::key(&term.text)), (concept, term)))
        })
    };
    accepted.extend(keyed(true));
    keyed(false)
        .filter_map(|(key, (concept, term))| {
            let (other, other_term) = accepted.get(&key)?;
            // Within one concept only the very same form contradicts: 국빈방문 may be deprecated beside 국빈 방문.
            (other.id != concept.id || other_term.text == term.text).then(|| Flaw {
                concept: concept.id.clone(),
                reason: Reason::Contradiction(key.0, format!("{} (accepted in {})", term.text, other.id)),
            })
        })
        .collect()
}

/// Returns the pairs of concepts of one kind that prefer one term, each pair from both sides. A concept whose kind nobody has
/// named may be of any.
pub fn duplicates(concepts: &[Concept]) -> Vec<Flaw> {
    let mut preferred: std::collections::HashMap<_, Vec<(&Concept, &str)>> = std::collections::HashMap::new();
    for concept in concepts {
        for (lang, term) in concept.terms().filter(|(_, term)| term.status == TermStatus::Preferred) {
            preferred.entry((lang, fold::key(&term.text))).or_default().push((concept, &term.text));
        }
    }
    let may_be_one = |one: &Concept, other: &Concept| {
        one.id != other.id && (one.kind == other.kind || one.kind == Kind::Term || other.kind == Kind::Term)
    };
    let mut flaws = Vec::new();
    for ((lang, _), same) in preferred.iter().filter(|(_, same)| same.len() > 1) {
        for (concept, term) in same {
            let other = same.iter().find(|(other, _)| may_be_one(concept, other));
            let reason = other.map(|(other, _)| Reason::Duplicate((*lang).clone(), (*term).to_owned(), other.id.clone()));
            flaws.extend(reason.map(|reason| Flaw { concept: concept.id.clone(), reason }));
        }
    }
    flaws
}

fn script_flaw(lang: &Lang, text: &str) -> Option<Reason> {
    match lang {
        Lang::Ko => {
            let outside_brackets = text.split('(').next().unwrap_or(text);
            let han = outside_brackets.chars().any(|c| Script::of(c) == Script::Han);
            han.then(|| Reason::HanInKorean(text.to_owned()))
        }
        Lang::ZhHans => {
            let traditional = text.chars().any(|c| han::script(c) == HanScript::Traditional);
            traditional.then(|| Reason::TraditionalInSimplified(text.to_owned()))
        }
        Lang::ZhHant => {
            let simplified = text.chars().any(|c| han::script(c) == HanScript::Simplified);
            simplified.then(|| Reason::SimplifiedInTraditional(text.to_owned()))
        }
        _ => None,
    }
}

fn date_flaw(validity: &Validity) -> Option<Reason> {
    let wrong = [&validity.from, &validity.to].into_iter().flatten().find(|date| Period::parse(date).is_none());
    if let Some(date) = wrong {
        return Some(Reason::BadDate(date.clone()));
    }
    match (&validity.from, &validity.to) {
        (Some(from), Some(to)) if to < from && !from.starts_with(to.as_str()) => {
            Some(Reason::BadDate(format!("{from} to {to}")))
        }
        _ => None,
    }
}

/// Returns what is wrong with the offices and the day of death of a person.
fn office_flaws(concept: &Concept) -> Vec<Reason> {
    if concept.kind != Kind::Person {
        return Vec::new();
    }
    let died = concept.property(DIED).filter(|date| Period::parse(date).is_none());
    let mut flaws: Vec<Reason> = died.map(|date| Reason::BadDate(date.to_owned())).into_iter().collect();
    match concept.property(OFFICE).map(|cell| (cell, Office::parse_all(cell))) {
        Some((cell, None)) => flaws.push(Reason::BadOffice(cell.to_owned())),
        Some((_, Some(offices))) => flaws.extend(offices.iter().filter_map(|office| date_flaw(&office.term))),
        None => {}
    }
    flaws
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::glossary::term::Term;

    fn concept(terms: &[(Lang, &str, TermStatus)]) -> Concept {
        let mut concept = Concept::new(ConceptId("desk.x".into()), Kind::Term);
        for (lang, text, status) in terms {
            concept.add_term(lang.clone(), Term::new(*text, *status));
        }
        concept
    }

    #[test]
    fn flaws_name_the_concept_and_the_reason() {
        use TermStatus::{Forbidden, Preferred};
        for (terms, expected) in [
            (vec![], "desk.x: there is no term in any language"),
            (vec![(Lang::En, "—", Preferred)], "desk.x: a en term has no letter in it"),
            (vec![(Lang::Ko, "가", Preferred), (Lang::Ko, "나", Preferred)], "desk.x: two preferred ko terms: 가 and 나"),
            (
                vec![(Lang::Ko, "가", Preferred), (Lang::Ko, "가", Forbidden)],
                "desk.x: the ko term 가 stands twice with different status",
            ),
            (vec![(Lang::Ko, "習近平", Preferred)], "desk.x: Han characters in Korean: 習近平"),
            (vec![(Lang::ZhHans, "李強", Preferred)], "desk.x: traditional characters in zh-Hans: 李強"),
        ] {
            let found: Vec<String> = flaws(&concept(&terms)).iter().map(Flaw::to_string).collect();
            assert_eq!(found, [expected]);
        }
        assert_eq!(flaws(&concept(&[(Lang::Ko, "산시성(山西省)", Preferred), (Lang::ZhHans, "李强", Preferred)])), []);
    }

    #[test]
    fn offices_are_well_formed_or_a_flaw() {
        let mut person = concept(&[(Lang::En, "Li Qiang", TermStatus::Preferred)]);
        person.kind = Kind::Person;
        for (cell, expected) in [
            ("prc.premier{from=2023-03-11}", None),
            ("the premier", Some("desk.x: the premier is no office; write one like prc.premier{from=2023-03-11}")),
            (
                "prc.premier{from=2023;to=2013}",
                Some("desk.x: 2023 to 2013 is not a date like 2025-10-01, or the end is before the beginning"),
            ),
        ] {
            person.properties = vec![("office".into(), cell.into())];
            assert_eq!(flaws(&person).first().map(Flaw::to_string).as_deref(), expected);
        }
    }
}
