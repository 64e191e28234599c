//! The brief for a translator: text → term matches → the concepts that a draft names, with what to write for each in
//! another language and what not to.

use std::collections::BTreeMap;

use crate::check::draft::Draft;
use crate::exchange::draft_file::DraftFile;
use crate::exchange::term_list::{TermList, TermRow};
use crate::glossary::concept::{Concept, ConceptId, Kind};
use crate::glossary::index::Standing;
use crate::glossary::matcher::TermMatch;
use crate::glossary::term::{Term, TermForm};
use crate::lang::Lang;
use crate::names::han_name::Bearer;
use crate::names::suggestion::{self, Subject, Suggestions};
use crate::text::script;
use crate::workspace::{Result, Workspace, WorkspaceError};

/// What is asked of a draft.
#[derive(Clone, Debug)]
pub struct BriefOptions {
    /// The language of the renderings.
    pub to: Lang,
    /// The language of the draft; told by its letters where `None`.
    pub lang: Option<Lang>,
    /// Whether the rules are asked where no rendering is recorded.
    pub derive: bool,
}

/// The glossary that some drafts in one language need.
#[derive(Clone, Debug)]
pub struct Brief {
    /// The language of the drafts.
    pub lang: Lang,
    /// The language of the renderings.
    pub to: Lang,
    /// The concepts that they name, in order of first mention.
    pub names: Vec<BriefName>,
}

/// A concept that a draft names.
#[derive(Clone, Debug)]
pub struct BriefName {
    /// The concept.
    pub concept: Concept,
    /// How the drafts write it, in order of first mention.
    pub forms: Vec<BriefForm>,
    /// What the rules make of its name, where no rendering is recorded and they were asked.
    pub derived: Suggestions,
}

/// A form in which the drafts write a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BriefForm {
    /// The form, on one line.
    pub text: String,
    /// At how many places it stands.
    pub count: usize,
    /// What to write for it: the short form for a short one where there is one. `None` where nothing is recorded.
    pub rendering: Option<String>,
}

impl Workspace {
    /// Finds the names and terms of a draft with their renderings. Family names alone are left to the translator.
    ///
    /// Fails where the draft is in the language of the renderings, or in one that cannot be told.
    pub fn brief(&self, file: &DraftFile, options: &BriefOptions) -> Result<Brief> {
        let told = options.lang.clone().or_else(|| script::detect_language(&file.text));
        let lang = told.ok_or_else(|| WorkspaceError::no_language(file))?;
        if lang == options.to {
            return Err(WorkspaceError::SameLanguage(file.name.clone(), lang));
        }
        let draft = self.read_draft(&file.text, lang.clone(), &file.blocks)?;
        let mut brief = Brief { lang, to: options.to.clone(), names: Vec::new() };
        let mut places: BTreeMap<ConceptId, usize> = BTreeMap::new();
        for found in meant(&draft) {
            let concept = &found.found.concept;
            let at = *places.entry(concept.id.clone()).or_insert_with(|| {
                brief.names.push(BriefName::new(concept.clone()));
                brief.names.len() - 1
            });
            let rendering = rendering(concept, found.term(), &brief.to).map(|term| term.text.clone());
            brief.names[at].count(BriefForm { text: draft.written(found.span), count: 1, rendering });
        }
        if options.derive {
            let (from, to) = (&brief.lang, &brief.to);
            let missing = brief.names.iter_mut().filter(|name| name.forms.iter().all(|form| form.rendering.is_none()));
            missing.for_each(|name| name.derived = derived(&name.concept, from, to));
        }
        Ok(brief)
    }
}

/// Returns the matches that are meant, in order of place. Where an own concept and shipped ones have the same form, it is the
/// own one.
fn meant<'d>(draft: &'d Draft<'_>) -> impl Iterator<Item = &'d TermMatch> {
    let outer: Vec<&TermMatch> = draft.outer_matches().collect();
    let mut meant = Vec::with_capacity(outer.len());
    for same in outer.chunk_by(|a, b| a.span == b.span) {
        let has_own = same.iter().any(|found| found.found.standing == Standing::Own);
        meant.extend(same.iter().copied().filter(|found| !has_own || found.found.standing == Standing::Own));
    }
    meant.into_iter()
}

/// Returns the term to write for another: the same initials where the language has them (G20), else as any term of its form.
fn rendering<'c>(concept: &'c Concept, term: &Term, to: &Lang) -> Option<&'c Term> {
    let terms = concept.section(to).map_or(&[][..], |section| &section.terms);
    let is_same = |other: &&Term| term.form == TermForm::Acronym && other.text == term.text && other.is_accepted();
    terms.iter().find(is_same).or_else(|| concept.rendering(to, term.form))
}

/// Asks the rules for a name in the language of the draft, then in the others in which it is recorded.
fn derived(concept: &Concept, from: &Lang, to: &Lang) -> Suggestions {
    let bearer = match concept.kind {
        Kind::Person => Bearer::Person,
        Kind::Place | Kind::Facility | Kind::Country => Bearer::Place,
        _ => Bearer::Other,
    };
    let subject = Subject { bearer: Some(bearer), ..Subject::default() };
    let others = concept.sections.iter().map(|section| &section.lang).filter(|lang| *lang != from);
    let names = std::iter::once(from).chain(others).filter_map(|lang| concept.preferred(lang));
    let mut first = Suggestions::default();
    for name in names {
        let suggestions = suggestion::suggest(&name.text, to, subject);
        if !suggestions.list.is_empty() {
            return suggestions;
        }
        first.reason = first.reason.or(suggestions.reason);
    }
    first
}

impl Brief {
    /// Adds the names of another draft in the same language.
    pub fn join(&mut self, other: Self) {
        for name in other.names {
            match self.names.iter_mut().find(|known| known.concept.id == name.concept.id) {
                Some(known) => name.forms.into_iter().for_each(|form| known.count(form)),
                None => self.names.push(name),
            }
        }
    }

    /// Returns the names as a list to be written down: a row for the forms of a concept that have the same rendering.
    pub fn term_list(&self) -> TermList {
        let rows = self.names.iter().flat_map(|name| {
            let mut rows: Vec<TermRow> = Vec::new();
            for form in &name.forms {
                match rows.iter_mut().find(|row| row.rendering == form.rendering) {
                    Some(row) => row.written.push(form.text.clone()),
                    None => rows.push(name.row(form, &self.to)),
                }
            }
            rows
        });
        TermList { from: self.lang.clone(), to: self.to.clone(), rows: rows.collect() }
    }
}

impl BriefName {
    fn new(concept: Concept) -> Self {
        Self { concept, forms: Vec::new(), derived: Suggestions::default() }
    }

    fn count(&mut self, form: BriefForm) {
        match self.forms.iter_mut().find(|known| known.text == form.text) {
            Some(known) => known.count += form.count,
            None => self.forms.push(form),
        }
    }

    /// Returns what to write for the concept wherever the drafts name it; `None` where that is not one term.
    pub fn rendering(&self) -> Option<&str> {
        let first = self.forms.first()?.rendering.as_deref();
        first.filter(|_| self.forms.iter().all(|form| form.rendering.as_deref() == first))
    }

    /// Returns the terms that are not to be written in a language.
    pub fn avoided(&self, lang: &Lang) -> impl Iterator<Item = &Term> {
        let terms = self.concept.section(lang).map_or(&[][..], |section| &section.terms);
        terms.iter().filter(|term| !term.is_accepted())
    }

    fn row(&self, form: &BriefForm, to: &Lang) -> TermRow {
        TermRow {
            concept: self.concept.id.clone(),
            kind: self.concept.kind.clone(),
            written: vec![form.text.clone()],
            rendering: form.rendering.clone(),
            avoid: self.avoided(to).map(|term| term.text.clone()).collect(),
            guesses: self.derived.list.iter().map(|suggestion| suggestion.text.clone()).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::prose::DraftFormat;

    fn brief(text: &str, to: Lang) -> Brief {
        let workspace = Workspace::in_memory().unwrap();
        let draft = DraftFile::of_text("draft", text, DraftFormat::Plain);
        workspace.brief(&draft, &BriefOptions { to, lang: None, derive: false }).unwrap()
    }

    fn pairs(brief: &Brief) -> Vec<(String, String)> {
        brief.term_list().pairs().into_iter().map(|(from, to)| (from.to_owned(), to.to_owned())).collect()
    }

    #[test]
    fn names_come_once_in_order_with_their_renderings() {
        for (text, to, expected) in [
            (
                "Zhao Leji met Lee Jae-myung. Lee Jae Myung thanked Zhao Leji.",
                Lang::Ko,
                vec![("Zhao Leji", "자오러지"), ("Lee Jae-myung", "이재명"), ("Lee Jae Myung", "이재명")],
            ),
            ("시진핑은 습근평이다.", Lang::En, vec![("시진핑", "Xi Jinping"), ("습근평", "Xi Jinping")]),
            ("The G20 met.", Lang::Ko, vec![("G20", "G20")]),
            ("It rained.", Lang::Ko, vec![]),
        ] {
            let expected: Vec<_> = expected.into_iter().map(|(from, to)| (from.to_owned(), to.to_owned())).collect();
            assert_eq!(pairs(&brief(text, to)), expected, "{text}");
        }
    }

    #[test]
    fn drafts_together_are_one_brief() {
        let mut first = brief("Zhao Leji spoke.", Lang::Ko);
        first.join(brief("Li Qiang met Zhao Leji.", Lang::Ko));
        let counts: Vec<_> = first.names.iter().map(|name| (name.concept.id.as_str(), name.forms[0].count)).collect();
        assert_eq!(counts, [("npc.zhao-leji", 2), ("prc.li-qiang", 1)]);
        assert!(first.names[0].avoided(&Lang::Ko).any(|term| term.text == "조락제"));
    }

    #[test]
    fn a_draft_is_in_another_language_than_its_renderings() {
        let workspace = Workspace::in_memory().unwrap();
        let draft = DraftFile::of_text("draft", "시진핑", DraftFormat::Plain);
        let options = BriefOptions { to: Lang::Ko, lang: None, derive: false };
        let refused = workspace.brief(&draft, &options).unwrap_err().to_string();
        assert!(refused.starts_with("draft is in ko"), "{refused}");
    }
}
