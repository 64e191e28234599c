//! Aligning: versions of a text → sentences with the concepts named in them → pairs, joined over all languages → units.

use std::hash::BuildHasher;
use std::ops::Range;

use rustc_hash::FxBuildHasher;

use crate::exchange::prose::{self, DraftFormat};
use crate::lang::Lang;
use crate::memory::align::group::{self, Group};
use crate::memory::align::{self, AlignText, Alignment, Sentence};
use crate::memory::article::{self, Article};
use crate::memory::furniture::Furniture;
use crate::memory::lexicon::{Lexicon, LexiconLearner};
use crate::memory::unit::{Origin, TranslationUnit, Variant};
use crate::store::batches::BatchCounts;
use crate::store::unit_batch::UnitAdded;
use crate::store::unit_body::EncodedUnit;
use crate::text::script;
use crate::workspace::{Result, Workspace, WorkspaceError};

/// One version of a text.
#[derive(Clone, Debug)]
pub struct VersionText<'a> {
    /// What it is called in messages and as an origin.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// How it is marked up.
    pub format: DraftFormat,
    /// Its language; told by its letters where `None`.
    pub lang: Option<Lang>,
}

/// How the sentences of the versions are found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Segmentation {
    /// By the rules of the language, without the furniture of the page where it is left out.
    Sentences(Furniture),
    /// Each line is one.
    Lines,
}

/// A version cut into sentences.
#[derive(Clone, Debug)]
pub struct Version {
    /// What it is called.
    pub name: String,
    /// Its language.
    pub lang: Lang,
    /// Its sentences in order.
    pub sentences: Vec<String>,
}

/// Versions of a text side by side.
#[derive(Clone, Debug)]
pub struct AlignedVersions {
    /// The versions, the source first.
    pub versions: Vec<Version>,
    /// The stretches that say the same, in the order of the source.
    pub groups: Vec<Group>,
    /// For each other version, how much of it and of the source is each other's translation, 0 to 1.
    pub parallelism: Vec<f32>,
}

/// What became of aligned units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KeptUnits {
    /// The number to take them back by; `None` where nothing was changed.
    pub batch: Option<i64>,
    /// How many units did what.
    pub counts: BatchCounts,
}

/// About so many units teach a lexicon; more teach little more.
const TEACHING_UNITS: usize = 200_000;
/// Fewer units teach nothing.
const LEAST_TEACHING: usize = 200;
/// A lexicon is learned anew when the memory has grown or shrunk by more than a part of so many.
const STALE_PART: usize = 4;
/// From so many sentences on, texts that the store has no lexicon for teach their own.
const LONG_TEXT: usize = 400;

impl Workspace {
    /// Aligns versions of a text with the first of them.
    pub fn align(&mut self, texts: &[VersionText<'_>], segmentation: Segmentation) -> Result<AlignedVersions> {
        let versions = texts.iter().map(|text| version(text, segmentation)).collect::<Result<Vec<_>>>()?;
        let marks = versions.iter().map(|version| self.marks(version)).collect::<Result<Vec<_>>>()?;
        let Some((source, targets)) = versions.split_first() else { return Err(WorkspaceError::NothingToAlign) };
        let mut alignments = Vec::new();
        for (target, target_marks) in targets.iter().zip(&marks[1..]) {
            let lexicon = self.lexicon(&source.lang, &target.lang)?;
            alignments.push(align_pair((source, &marks[0]), (target, target_marks), lexicon.as_ref()));
        }
        let parallelism = alignments.iter().map(|alignment| alignment.parallelism).collect();
        let groups = group::join(&alignments);
        Ok(AlignedVersions { groups, parallelism, versions })
    }

    /// Returns for each sentence the numbers of the concepts named in it.
    fn marks(&self, version: &Version) -> Result<Vec<Vec<u64>>> {
        let segments = self.mentions(version.sentences.clone(), &version.lang)?;
        let number = |concept: &str| FxBuildHasher.hash_one(concept);
        let numbers = segments.iter().map(|segment| segment.mentions.iter().map(|mention| number(&mention.concept)).collect());
        Ok(numbers.collect())
    }

    /// Returns what the memory teaches about two languages, learning it where it has not been learned or is out of date.
    fn lexicon(&mut self, source: &Lang, target: &Lang) -> Result<Option<Lexicon>> {
        let (source, target) = if target < source { (target, source) } else { (source, target) };
        let units = self.store.unit_count()?;
        if let Some((lexicon, learned_from)) = self.store.lexicon(source, target)?
            && units.abs_diff(learned_from) * STALE_PART <= learned_from
        {
            return Ok(Some(lexicon));
        }
        if units < LEAST_TEACHING {
            return Ok(None);
        }
        let mut learner = LexiconLearner::new(source, target);
        self.store.for_some_units(TEACHING_UNITS, |_, unit| {
            let of = |lang: &Lang| unit.variants.iter().find(|variant| variant.lang.family() == lang.family());
            if let (Some(one), Some(other)) = (of(source), of(target)) {
                learner.add(&one.text, &other.text);
            }
        })?;
        let lexicon = learner.finish();
        if self.store.is_writable() {
            self.store.put_lexicon(source, target, &lexicon, units)?;
        }
        Ok(Some(lexicon))
    }

    /// Returns what the memory has learned about two languages so far.
    pub(super) fn known_lexicon(&self, source: &Lang, target: &Lang) -> Result<Option<Lexicon>> {
        let (source, target) = if target < source { (target, source) } else { (source, target) };
        Ok(self.store.lexicon(source, target)?.map(|(lexicon, _)| lexicon))
    }

    /// Keeps aligned versions as translation units, in one batch.
    pub fn keep_aligned(&mut self, aligned: &AlignedVersions) -> Result<KeptUnits> {
        let source = aligned.source_name();
        let mut batch = self.store.begin_unit_batch(&source, &self.now)?;
        let mut counts = BatchCounts::default();
        for unit in aligned.units(self.now.get(..10)) {
            if unit.flaw().is_some() {
                counts.rejected += 1;
                continue;
            }
            match batch.add(&EncodedUnit::new(unit))? {
                UnitAdded::New => counts.added += 1,
                UnitAdded::FurtherOrigin => counts.changed += 1,
                UnitAdded::Unchanged => counts.unchanged += 1,
            }
        }
        let id = (counts.added + counts.changed > 0).then(|| batch.id());
        batch.commit(counts)?;
        Ok(KeptUnits { batch: id, counts })
    }
}

impl AlignedVersions {
    /// Returns the name that aligned units have as their source.
    pub fn source_name(&self) -> String {
        self.versions.iter().map(|version| version.name.as_str()).collect::<Vec<_>>().join(" + ")
    }

    /// Returns the stretches as units; `date` is the day of the alignment.
    pub fn units<'a>(&'a self, date: Option<&'a str>) -> impl Iterator<Item = TranslationUnit> + 'a {
        self.groups.iter().map(move |group| {
            let ranges = std::iter::once(Some(&group.source)).chain(group.targets.iter().map(Option::as_ref));
            let variants = self.versions.iter().zip(ranges).filter_map(|(version, range)| {
                let text = version.text(range?.clone());
                (!text.is_empty()).then(|| Variant::new(version.lang.clone(), text))
            });
            TranslationUnit {
                variants: variants.collect(),
                origin: Origin { source: self.source_name(), date: date.map(str::to_owned), ..Origin::default() },
                confidence: Some((100.0 * group.confidence).clamp(0.0, 100.0) as u8),
                properties: Vec::new(),
            }
        })
    }
}

impl Version {
    /// Returns some sentences as one text.
    pub fn text(&self, sentences: Range<usize>) -> String {
        let between = if self.lang.is_chinese() { "" } else { " " };
        self.sentences[sentences].join(between)
    }
}

fn version(text: &VersionText<'_>, segmentation: Segmentation) -> Result<Version> {
    let lang = text.lang.clone().or_else(|| script::detect_language(text.text));
    let lang = lang.ok_or_else(|| WorkspaceError::NoVersionLanguage(text.name.to_owned()))?;
    let sentences: Vec<String> = match segmentation {
        Segmentation::Lines => text.text.lines().map(article::one_line).collect(),
        Segmentation::Sentences(furniture) => {
            let plain = prose::plain_text(text.text, text.format);
            Article::new(&plain, Some(lang.clone()), furniture).lines(&plain)
        }
    };
    if sentences.iter().all(String::is_empty) {
        return Err(WorkspaceError::NoSentence(text.name.to_owned()));
    }
    Ok(Version { name: text.name.to_owned(), lang, sentences })
}

type Marked<'a> = (&'a Version, &'a [Vec<u64>]);

fn align_pair(source: Marked<'_>, target: Marked<'_>, lexicon: Option<&Lexicon>) -> Alignment {
    let (sources, targets) = (marked(source), marked(target));
    let here = AlignText { lang: &source.0.lang, sentences: &sources };
    let there = AlignText { lang: &target.0.lang, sentences: &targets };
    let alignment = align::align(here, there, lexicon);
    let long = sources.len() + targets.len() >= LONG_TEXT;
    if lexicon.is_none() && long && !alignment.beads.is_empty() {
        return align::align(here, there, Some(&align::lexicon_of(here, there, &alignment)));
    }
    alignment
}

fn marked<'a>((version, marks): Marked<'a>) -> Vec<Sentence<'a>> {
    version.sentences.iter().zip(marks).map(|(text, marks)| Sentence { text, marks }).collect()
}
