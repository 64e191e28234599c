//! Completing: the first letters of a name → terms that begin so → what to write.

use std::sync::Arc;

use rustc_hash::FxHashSet as HashSet;

use crate::glossary::concept::Concept;
use crate::glossary::index::{ConceptRow, IndexedConcept, TermIndex};
use crate::glossary::key;
use crate::glossary::term::TermForm;
use crate::lang::Lang;
use crate::store::folded_terms::FoldedTerm;
use crate::text::fold::{self, Folded};
use crate::text::keystrokes;
use crate::text::script::Script;
use crate::workspace::{Result, Workspace};

/// At most so many concepts are read for one answer, also where few of them have a rendering.
const MOST_READ: usize = 500;

/// A name that goes on from what was typed.
#[derive(Clone, Debug)]
pub struct Completion {
    /// The concept.
    pub found: Arc<IndexedConcept>,
    /// The place of the term that begins so among the concept's keyed terms.
    pub keyed: usize,
    /// What to write.
    pub text: String,
}

/// The names that go on from what was typed, the nearest first.
#[derive(Clone, Debug, Default)]
pub struct Completions {
    /// One for each concept.
    pub found: Vec<Completion>,
    /// Whether these are all.
    pub is_whole: bool,
}

/// A term that begins so.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Candidate {
    /// Whether the last syllable has to be read in another way than it stands there.
    respelled: bool,
    /// In bytes.
    length: usize,
    row: ConceptRow,
    nth: usize,
}

impl Workspace {
    /// Returns at most `limit` concepts with a term in any language that begins as `prefix` does, in any case, with or without
    /// spaces and hyphens; the last syllable of Hangul may be unfinished. Shorter terms come first. What is to be written is
    /// the rendering in `lang`, and concepts without one are passed over; without `lang` it is the term itself, or the
    /// preferred one in its place.
    pub fn complete(&self, prefix: &str, lang: Option<&Lang>, limit: usize) -> Result<Completions> {
        let key = fold::key(prefix);
        if key.is_empty() {
            return Ok(Completions { found: Vec::new(), is_whole: true });
        }
        let typed = Typed::new(&key);
        let candidates = self.candidates(&typed)?;
        let mut completions = Completions { found: Vec::new(), is_whole: candidates.len() <= MOST_READ };
        let mut seen: HashSet<ConceptRow> = HashSet::default();
        for candidate in candidates.into_iter().take(MOST_READ) {
            if completions.found.len() == limit {
                completions.is_whole = false;
                break;
            }
            if !seen.contains(&candidate.row)
                && let Some(completion) = self.completion(&typed, candidate, lang)?
            {
                seen.insert(candidate.row);
                completions.found.push(completion);
            }
        }
        Ok(completions)
    }

    /// Returns whether a name may begin with `text`, as far as the index tells without reading the terms: what has no finished
    /// word in it always may.
    pub fn may_begin_name(&self, text: &str) -> Result<bool> {
        let folded = Folded::new(text);
        let letters = folded.letters();
        let unit = key::first_unit(letters, 0);
        // The last letter may still change, and a word may go on.
        let goes_on = match letters.last().map(|letter| Script::of(letter.c)) {
            Some(Script::Han) => letters.len() < unit,
            _ => letters.len() <= unit,
        };
        let Some(start) = key::start_hash(letters, 0).filter(|_| !goes_on) else { return Ok(!letters.is_empty()) };
        Ok(self.store.lengths(start)?.0 != 0)
    }

    fn candidates(&self, typed: &Typed<'_>) -> Result<Vec<Candidate>> {
        let mut candidates = Vec::new();
        self.store.terms_beginning(typed.finished, &mut |FoldedTerm { row, nth, text }| {
            candidates.extend(typed.begins(text).map(|respelled| Candidate { respelled, length: text.len(), row, nth }));
        })?;
        candidates.sort_unstable();
        Ok(candidates)
    }

    fn completion(&self, typed: &Typed<'_>, candidate: Candidate, lang: Option<&Lang>) -> Result<Option<Completion>> {
        let Some(found) = self.store.concept(candidate.row)? else { return Ok(None) };
        // A row that was given away may have another concept now.
        let keyed = found.keyed_term(candidate.nth).filter(|keyed| typed.begins(&found.keyed[*keyed].key).is_some());
        let Some(keyed) = keyed else { return Ok(None) };
        let text = to_write(&found, keyed, lang);
        Ok(text.map(|text| Completion { text, keyed, found }))
    }
}

/// The folded letters that were typed, of which the last may be an unfinished syllable.
struct Typed<'t> {
    finished: &'t str,
    last: Option<char>,
}

impl<'t> Typed<'t> {
    fn new(key: &'t str) -> Self {
        let last = key.chars().next_back().filter(|c| keystrokes::is_unfinished(*c));
        Self { finished: &key[..key.len() - last.map_or(0, char::len_utf8)], last }
    }

    /// Returns whether a folded term begins so, and then whether its last syllable has to be read in another way than it was
    /// typed.
    fn begins(&self, term: &str) -> Option<bool> {
        let rest = term.strip_prefix(self.finished)?;
        match self.last {
            Some(last) if !rest.starts_with(last) => keystrokes::may_become(last, rest).then_some(true),
            _ => Some(false),
        }
    }
}

/// Returns what to write for a term.
fn to_write(found: &IndexedConcept, keyed: usize, lang: Option<&Lang>) -> Option<String> {
    let (own_lang, term) = found.term(keyed);
    match lang {
        // What is typed in the language of the draft stays where it is right.
        Some(lang) if term.is_accepted() && own_lang == lang && term.form != TermForm::Variant => Some(term.text.clone()),
        None if term.is_accepted() => Some(term.text.clone()),
        Some(lang) => rendering(&found.concept, lang, term.form),
        None => rendering(&found.concept, own_lang, term.form),
    }
}

/// Returns the rendering in a language, or as another region or script writes it where there is no such.
fn rendering(concept: &Concept, lang: &Lang, form: TermForm) -> Option<String> {
    let own = concept.rendering(lang, form);
    let written = || concept.sections.iter().filter(|section| section.lang.is_written_in(lang));
    let term = own.or_else(|| written().find_map(|section| section.preferred()));
    term.map(|term| term.text.clone())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(workspace: &Workspace, prefix: &str, lang: Option<Lang>) -> Vec<String> {
        let completions = workspace.complete(prefix, lang.as_ref(), 5).unwrap();
        completions.found.into_iter().map(|completion| completion.text).collect()
    }

    #[test]
    fn names_go_on_in_any_script_and_are_written_in_the_language_of_the_draft() {
        let workspace = Workspace::in_memory().unwrap();
        for (prefix, lang, expected) in [
            ("시진", Lang::Ko, "시진핑"),
            ("시진ㅍ", Lang::Ko, "시진핑"),
            ("시짚", Lang::En, "no name"),
            ("이잼", Lang::Ko, "이재명"),
            ("이재며", Lang::Ko, "이재명"),
            ("이재며", Lang::En, "Lee Jae-myung"),
            ("习近", Lang::Ko, "시진핑"),
            ("習近", Lang::ZhHans, "习近平"),
            ("xi ji", Lang::En, "Xi Jinping"),
            ("XI JIN", Lang::ZhHant, "習近平"),
            ("xijin", Lang::Ko, "시진핑"),
            ("전국인민대표", Lang::ZhHans, "全国人民代表大会"),
            // A deprecated form leads to the right one.
            ("조락", Lang::Ko, "자오러지"),
            ("Pek", Lang::En, "Beijing"),
        ] {
            let found = completed(&workspace, prefix, Some(lang.clone()));
            assert_eq!(found.iter().any(|text| text == expected), expected != "no name", "{prefix} {lang} {found:?}");
        }
        assert_eq!(completed(&workspace, "Zhao Le", None), ["Zhao Leji"]);
        assert_eq!(completed(&workspace, "-", None), [""; 0]);
        assert_eq!(completed(&workspace, "Xyzzy", None), [""; 0]);
    }

    #[test]
    fn few_of_many_are_said_to_be_few() {
        let workspace = Workspace::in_memory().unwrap();
        let few = workspace.complete("Kim", None, 2).unwrap();
        assert_eq!((few.found.len(), few.is_whole), (2, false));
        let all = workspace.complete("Kim", None, 400).unwrap();
        assert!(all.is_whole && all.found.len() > 2);
        let rows: HashSet<ConceptRow> = all.found.iter().map(|completion| completion.found.row).collect();
        assert_eq!(rows.len(), all.found.len());
    }

    #[test]
    fn what_no_name_begins_with_is_known_without_reading() {
        let workspace = Workspace::in_memory().unwrap();
        for (text, may) in [
            ("시진핑", true),
            ("시", true),
            ("시짚", true),
            ("에서 시진", false),
            ("Xi J", true),
            ("with Xi", false),
            ("的习", false),
            ("习近", true),
            ("Qwfp", true),
            (" ", false),
        ] {
            assert_eq!(workspace.may_begin_name(text).unwrap(), may, "{text}");
        }
    }

    #[test]
    fn what_was_taken_back_is_not_offered() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let mut workspace = Workspace::open(&path, String::new()).unwrap();
        let glossary = folder.path().join("desk.csv");
        std::fs::write(&glossary, "en,ko\nBoseong tea,보성 차\n").unwrap();
        let layered = workspace.with_glossaries(std::slice::from_ref(&glossary)).unwrap().workspace;
        assert_eq!(completed(&layered, "bose", Some(Lang::Ko)), ["보성 차"]);
        assert_eq!(completed(&workspace, "bose", Some(Lang::Ko)), [""; 0]);
        let csv = crate::exchange::csv::CsvOptions { glossary: "desk".into(), ..Default::default() };
        let options = crate::workspace::import::ImportOptions { csv, encoding: None, dry_run: false, progress: &mut |_| {} };
        let source = crate::exchange::encoding::TextSource::open(&glossary).unwrap();
        workspace.import(&glossary, source, options).unwrap();
        assert_eq!(completed(&workspace, "보서", None), ["보성 차"]);
        workspace.undo(None).unwrap();
        assert_eq!(completed(&workspace, "보서", None), [""; 0]);
    }
}
