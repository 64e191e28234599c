//! The self-test of glossaries: sentences in which a concept must be seen or must not be, terms that contradict or double each
//! other, terms that no text can match.

use std::collections::BTreeMap;

use crate::check::finding::{Finding, Severity};
use crate::exchange::cell;
use crate::exchange::draft_file::DraftFile;
use crate::exchange::prose::DraftFormat;
use crate::glossary::concept::{Concept, ConceptId};
use crate::glossary::flaw::{self, Flaw};
use crate::glossary::index::Standing;
use crate::glossary::matcher::{self, Reading};
use crate::glossary::term::Term;
use crate::lang::Lang;
use crate::text::distance;
use crate::text::fold::Folded;
use crate::text::script::{self, Script};
use crate::workspace::check::CheckOptions;
use crate::workspace::{Result, Workspace};

/// The columns that hold the sentences, several with `|` between them.
const MUST_HIT: &str = "must_hit";
/// See [`MUST_HIT`].
const MUST_NOT_HIT: &str = "must_not_hit";

/// What the self-test has found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct GlossaryTest {
    /// How many concepts were tested.
    pub concepts: usize,
    /// How many sentences were read.
    pub sentences: usize,
    /// What is wrong, in order of the concepts.
    pub failures: Vec<TestFailure>,
}

/// Something wrong with a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestFailure {
    /// The concept.
    pub concept: ConceptId,
    /// What is wrong, as a sentence without its full stop.
    pub reason: String,
}

impl Workspace {
    /// Tests the concepts of the desk, or, with `shipped`, those that came with tongsa as well.
    pub fn test_glossaries(&self, shipped: bool) -> Result<GlossaryTest> {
        let mut all = Vec::new();
        let mut tested = Vec::new();
        self.store.for_each_concept(false, |stored| {
            if shipped || stored.standing == Standing::Own {
                tested.push(stored.concept.clone());
            }
            all.push(stored.concept);
            Ok::<_, crate::workspace::WorkspaceError>(())
        })?;
        let mut test = GlossaryTest { concepts: tested.len(), ..GlossaryTest::default() };
        for concept in &tested {
            test.failures.extend(misnamed_columns(concept));
            self.test_sentences(concept, &mut test)?;
            self.test_terms(concept, &mut test)?;
        }
        let is_tested = |flaw: &Flaw| tested.binary_search_by(|concept| concept.id.cmp(&flaw.concept)).is_ok();
        let across = flaw::contradictions(&all).into_iter().chain(flaw::duplicates(&all)).filter(is_tested);
        test.failures.extend(across.map(|flaw| TestFailure { concept: flaw.concept, reason: flaw.reason.to_string() }));
        test.failures.sort_by(|a, b| (&a.concept, &a.reason).cmp(&(&b.concept, &b.reason)));
        Ok(test)
    }

    fn test_sentences(&self, concept: &Concept, test: &mut GlossaryTest) -> Result<()> {
        for (column, must) in [(MUST_HIT, true), (MUST_NOT_HIT, false)] {
            let cells = concept.properties.iter().filter(|(name, _)| name == column);
            for sentence in cells.flat_map(|(_, cell)| cell::texts(cell)) {
                test.sentences += 1;
                let reason = match (self.sight(concept, &sentence)?, must) {
                    (None, _) => format!("the language of “{sentence}” cannot be told from its letters"),
                    (Some(Sight::Nothing), true) => format!("nothing in “{sentence}” is seen as this concept"),
                    (Some(Sight::Named(words)), false) => format!("{words} in “{sentence}” is seen as this concept"),
                    (Some(Sight::Reported(message)), false) => format!("“{sentence}” is reported: {message}"),
                    _ => continue,
                };
                test.failures.push(TestFailure { concept: concept.id.clone(), reason });
            }
        }
        Ok(())
    }

    /// Returns how a concept shows in a sentence; `None` where the language of the sentence cannot be told.
    fn sight(&self, concept: &Concept, sentence: &str) -> Result<Option<Sight>> {
        let Some(lang) = script::detect_language(sentence) else { return Ok(None) };
        let options = CheckOptions { lang: Some(lang.clone()), ..CheckOptions::default() };
        let report = self.check(&DraftFile::of_text(concept.id.as_str(), sentence, DraftFormat::Plain), &options)?;
        let about = |finding: &&Finding| finding.concept.as_ref() == Some(&concept.id);
        if let Some(finding) = report.findings.iter().find(about) {
            return Ok(Some(Sight::Reported(finding.message.clone())));
        }
        let named = self.named_in(concept, sentence, &lang, true)?;
        Ok(Some(match named {
            None => Sight::Nothing,
            Some((words, true)) => Sight::Named(words),
            Some((_, false)) => Sight::Excused,
        }))
    }

    /// Returns the words of a sentence that are read as a term of a concept, and whether it is an accepted one. `cued` asks
    /// everyday words for something that shows the name.
    fn named_in(&self, concept: &Concept, sentence: &str, lang: &Lang, cued: bool) -> Result<Option<(String, bool)>> {
        let reading = Reading { lang: Some(lang), any_case: false };
        let mut matches = matcher::find_terms(&self.store, sentence, &Folded::new(sentence), reading)?;
        if cued {
            matcher::drop_uncued_homographs(sentence, &mut matches);
        }
        let own = matches.iter().filter(|found| found.outer && found.found.concept.id == concept.id);
        let best = own.max_by_key(|found| found.term().is_accepted());
        Ok(best.map(|found| (found.span.of(sentence).to_owned(), found.term().is_accepted())))
    }

    /// Finds the terms that no text can match: not even a sentence that is made for them.
    fn test_terms(&self, concept: &Concept, test: &mut GlossaryTest) -> Result<()> {
        for (lang, term) in concept.terms().filter(|(lang, _)| is_language_of_drafts(lang)) {
            let mut seen = false;
            for sentence in sentences_with(term, lang) {
                seen |= self.named_in(concept, &sentence, lang, false)?.is_some();
            }
            if !seen {
                let reason = format!("no text can match the {lang} term {}", term.text);
                test.failures.push(TestFailure { concept: concept.id.clone(), reason });
            }
        }
        Ok(())
    }
}

/// What a published article would be told that nobody has asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Alarms {
    /// How many words were read; two Han characters are one.
    pub words: usize,
    /// The concepts and the words that were reported, with how often.
    pub reported: BTreeMap<(ConceptId, String), usize>,
}

impl Alarms {
    /// Adds those of another article.
    pub fn add(&mut self, other: Self) {
        self.words += other.words;
        other.reported.into_iter().for_each(|(words, count)| *self.reported.entry(words).or_default() += count);
    }

    /// Returns how many there are for every 2,000 words.
    pub fn rate(&self) -> f64 {
        2000.0 * self.reported.values().sum::<usize>() as f64 / self.words.max(1) as f64
    }
}

impl Workspace {
    /// Checks an article that is right, and returns the findings of warning and above about the desk's concepts, or, with
    /// `shipped`, about all.
    pub fn alarms(&self, article: &DraftFile, shipped: bool) -> Result<Alarms> {
        let report = self.check(article, &CheckOptions::default())?;
        let mut alarms = Alarms { words: words(&article.text), ..Alarms::default() };
        for finding in report.findings.iter().filter(|finding| finding.severity >= Severity::Warning) {
            let Some(concept) = &finding.concept else { continue };
            let own = self.store.current(concept)?.is_some_and(|stored| stored.standing == Standing::Own);
            if own || shipped {
                let words = finding.span.of(&article.text).to_owned();
                *alarms.reported.entry((concept.clone(), words)).or_default() += 1;
            }
        }
        Ok(alarms)
    }
}

fn words(text: &str) -> usize {
    let han = text.chars().filter(|c| Script::of(*c) == Script::Han).count();
    let spaced = text.split_whitespace().filter(|word| word.chars().any(|c| Script::of(c) != Script::Han)).count();
    spaced + han / 2
}

/// How a concept shows in a sentence.
enum Sight {
    /// Not at all.
    Nothing,
    /// By these words, which are right.
    Named(String),
    /// By words that are not to be written, but that something excuses here.
    Excused,
    /// By a finding with this message.
    Reported(String),
}

/// Finds columns that are nearly, but not quite, called as those with the sentences.
fn misnamed_columns(concept: &Concept) -> impl Iterator<Item = TestFailure> {
    let columns = [MUST_HIT, MUST_NOT_HIT];
    let other = concept.properties.iter().map(|(name, _)| name).filter(move |name| !columns.contains(&name.as_str()));
    other.filter_map(move |name| {
        let near = distance::nearest_word(name, columns.into_iter())?;
        let reason = format!("the column {name} is not read; did you mean {near}?");
        Some(TestFailure { concept: concept.id.clone(), reason })
    })
}

fn is_language_of_drafts(lang: &Lang) -> bool {
    [Lang::En, Lang::Ko, Lang::ZhHans, Lang::ZhHant].contains(lang)
}

/// Returns sentences in which a term stands as texts have it: alone, and with words on both sides.
fn sentences_with(term: &Term, lang: &Lang) -> [String; 2] {
    let text = &term.text;
    let around = match lang {
        Lang::Ko => format!("오늘 {text} 관련 소식"),
        lang if lang.is_chinese() => format!("今日，{text}，新闻"),
        _ => format!("News about {text} today"),
    };
    [text.clone(), around]
}
