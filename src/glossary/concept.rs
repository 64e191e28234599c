//! One person, institution, place, title, event ... independent of language.

use std::fmt;

use crate::glossary::term::{LanguageSection, Term, TermForm, Validity};
use crate::lang::Lang;

/// The stable, human-readable name of a concept: `npc.zhao-leji`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ConceptId(pub String);

impl ConceptId {
    /// Makes an id from the name of a glossary and a term: `desk` and `Zhao Leji` give `desk.zhao-leji`.
    pub fn from_term(glossary: &str, term: &str) -> Self {
        Self(format!("{}.{}", slug(glossary), slug(term)))
    }

    /// Returns the id as text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for ConceptId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Returns `text` as letters and digits of any script in small letters, joined by hyphens.
fn slug(text: &str) -> String {
    let mut slug = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !matches!(c, '\'' | '’')) {
        if c.is_alphanumeric() {
            slug.extend(c.to_lowercase());
        } else if !slug.is_empty() && !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let trimmed = slug.trim_end_matches('-');
    if trimmed.is_empty() { "unnamed".to_owned() } else { trimmed.to_owned() }
}

/// What a concept is. Kinds that are not known here are carried as they are.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A person.
    Person,
    /// A state organ, a university, an international body ...
    Institution,
    /// A city, a region, a river, a sea.
    Place,
    /// A building or a site.
    Facility,
    /// A country.
    Country,
    /// An office or its title.
    Title,
    /// A meeting, a war, a festival.
    Event,
    /// A treaty, a law, a declaration.
    Document,
    /// A newspaper, an agency, a broadcaster.
    Media,
    /// A political party.
    Party,
    /// A company.
    Company,
    /// A policy or an initiative.
    Policy,
    /// Any other term.
    Term,
    /// A kind that the glossary names and this program does not know.
    Other(Box<str>),
}

const KINDS: [(Kind, &str); 13] = [
    (Kind::Person, "person"),
    (Kind::Institution, "institution"),
    (Kind::Place, "place"),
    (Kind::Facility, "facility"),
    (Kind::Country, "country"),
    (Kind::Title, "title"),
    (Kind::Event, "event"),
    (Kind::Document, "document"),
    (Kind::Media, "media"),
    (Kind::Party, "party"),
    (Kind::Company, "company"),
    (Kind::Policy, "policy"),
    (Kind::Term, "term"),
];

impl Kind {
    /// Returns the kind that a word names; an empty word is a term.
    pub fn from_name(name: &str) -> Self {
        let name = name.trim();
        if name.is_empty() {
            return Self::Term;
        }
        let known = KINDS.iter().find(|(_, word)| word.eq_ignore_ascii_case(name));
        known.map_or_else(|| Self::Other(name.into()), |(kind, _)| kind.clone())
    }

    /// Returns the word for the kind.
    pub fn name(&self) -> &str {
        if let Self::Other(name) = self {
            return name;
        }
        KINDS.iter().find(|(kind, _)| kind == self).map_or("term", |(_, word)| word)
    }

    /// Returns whether a concept of this kind has a name of its own, so that it is named even inside a longer name.
    pub fn is_name(&self) -> bool {
        !matches!(self, Self::Title | Self::Term | Self::Policy | Self::Other(_))
    }
}

/// One person, institution, place, title, event ... with its terms in each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concept {
    /// Its stable name.
    pub id: ConceptId,
    /// What it is.
    pub kind: Kind,
    /// The field it belongs to.
    pub domain: Option<String>,
    /// When it existed.
    pub validity: Validity,
    /// A remark for people.
    pub note: Option<String>,
    /// Who says so.
    pub source: Option<String>,
    /// Its terms by language, in the order of [`Lang`].
    pub sections: Vec<LanguageSection>,
    /// Whatever else the glossary says, by the name of its column.
    pub properties: Vec<(String, String)>,
}

impl Concept {
    /// Returns a concept with an id and a kind and nothing else.
    pub fn new(id: ConceptId, kind: Kind) -> Self {
        let (validity, sections, properties) = (Validity::default(), Vec::new(), Vec::new());
        Self { id, kind, domain: None, validity, note: None, source: None, sections, properties }
    }

    /// Returns the section of a language.
    pub fn section(&self, lang: &Lang) -> Option<&LanguageSection> {
        self.sections.iter().find(|section| section.lang == *lang)
    }

    /// Returns the preferred terms beside each other, of four languages at most; the id where there is none.
    pub fn title(&self) -> String {
        let mut names: Vec<&str> =
            self.sections.iter().filter_map(LanguageSection::preferred).take(4).map(|term| term.text.as_str()).collect();
        names.dedup();
        if names.is_empty() { self.id.as_str().to_owned() } else { names.join(" · ") }
    }

    /// Returns the preferred term of a language.
    pub fn preferred(&self, lang: &Lang) -> Option<&Term> {
        self.section(lang)?.preferred()
    }

    /// Returns the term to write in `lang` for a term of the form `form`: the short form for a short one where there is one
    /// (China, 중국), else the preferred term.
    pub fn rendering(&self, lang: &Lang, form: TermForm) -> Option<&Term> {
        let section = self.section(lang)?;
        let short = section.terms.iter().find(|term| term.form == TermForm::Short && term.is_accepted());
        let wants_short = matches!(form, TermForm::Short | TermForm::Acronym);
        short.filter(|_| wants_short).or_else(|| section.preferred())
    }

    /// Returns the form of a term as it is written in `lang`; full where the concept has no such term.
    pub fn form_of(&self, lang: &Lang, text: &str) -> TermForm {
        let terms = self.section(lang).map_or(&[][..], |section| &section.terms);
        terms.iter().find(|term| term.text == text).map_or(TermForm::Full, |term| term.form)
    }

    /// Returns every term with its language.
    pub fn terms(&self) -> impl Iterator<Item = (&Lang, &Term)> {
        self.sections.iter().flat_map(|section| section.terms.iter().map(|term| (&section.lang, term)))
    }

    /// Adds a term, keeping each section in order of status and form.
    pub fn add_term(&mut self, lang: Lang, term: Term) {
        let at = self.sections.partition_point(|section| section.lang < lang);
        if self.sections.get(at).is_none_or(|section| section.lang != lang) {
            self.sections.insert(at, LanguageSection { lang, terms: Vec::new() });
        }
        let terms = &mut self.sections[at].terms;
        let rank = |term: &Term| (term.status, term.form);
        let place = terms.partition_point(|before| rank(before) <= rank(&term));
        terms.insert(place, term);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_readable() {
        for (term, id) in [
            ("Zhao Leji", "desk.zhao-leji"),
            ("Lan Fo’an", "desk.lan-foan"),
            ("조락제", "desk.조락제"),
            ("Ministry of Trade, Industry and Energy", "desk.ministry-of-trade-industry-and-energy"),
            ("—", "desk.unnamed"),
        ] {
            assert_eq!(ConceptId::from_term("Desk", term).as_str(), id);
        }
    }

    #[test]
    fn kinds_are_known_or_carried() {
        assert_eq!(Kind::from_name("Person"), Kind::Person);
        assert_eq!(Kind::from_name("ship").name(), "ship");
        assert_eq!(Kind::from_name("").name(), "term");
    }
}
