//! The shapes of the translation memory: matches, concordances and alignments.

use std::ops::Range;

use serde::Serialize;
use utoipa::ToSchema;

use crate::memory::align::group::Group;
use crate::memory::difference::{self, Change, ChangeKind};
use crate::memory::unit::{Origin, Variant};
use crate::workspace::align::{AlignedVersions, KeptUnits, Version};
use crate::workspace::concordance::{Concordance, ConcordanceLine};
use crate::workspace::fuzzy_match::{MatchAnswer, QueryTerm, UnitMatch};

/// The answer for one segment: one line of `tongsa match --json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatchLine<'a> {
    query: &'a str,
    matches: Vec<UnitMatchShape<'a>>,
    terms: Vec<TermShape<'a>>,
}

/// The answers for several segments, in their order.
#[derive(Debug, Serialize, ToSchema)]
pub struct MatchLines<'a> {
    answers: Vec<MatchLine<'a>>,
}

impl<'a> MatchLines<'a> {
    /// Shapes the answers.
    pub fn new(answers: &'a [MatchAnswer]) -> Self {
        Self { answers: answers.iter().map(MatchLine::new).collect() }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct UnitMatchShape<'a> {
    score: u8,
    source: &'a str,
    target: &'a str,
    origin: &'a str,
    unit: u32,
    source_lang: &'a str,
    target_lang: &'a str,
    /// How sure the alignment was, 0 to 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    disagrees: bool,
    origins: Vec<OriginShape<'a>>,
    difference: Vec<ChangeShape>,
    /// Which of the terms of the query the target renders as the glossary has it, by their place in `terms`.
    uses: Vec<usize>,
}

#[derive(Debug, Serialize, ToSchema)]
struct OriginShape<'a> {
    source: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    document: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    domain: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    date: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    author: Option<&'a str>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ChangeShape {
    change: &'static str,
    text: String,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = SegmentTermShape)]
struct TermShape<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    concept: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    rendering: Option<&'a str>,
}

impl<'a> MatchLine<'a> {
    /// Shapes an answer.
    pub fn new(answer: &'a MatchAnswer) -> Self {
        let matches = answer.matches.iter().map(|found| unit_match(&answer.query, found)).collect();
        let terms = answer.terms.iter().map(|term| term_shape(&answer.query, term)).collect();
        Self { query: &answer.query, matches, terms }
    }
}

fn unit_match<'a>(query: &str, found: &'a UnitMatch) -> UnitMatchShape<'a> {
    let difference = difference::difference(&found.source.text, query, &found.source.lang);
    UnitMatchShape {
        score: found.score,
        source: &found.source.text,
        target: &found.target.text,
        origin: found.origins.first().map_or("", |origin| &origin.source),
        unit: found.unit,
        source_lang: found.source.lang.tag(),
        target_lang: found.target.lang.tag(),
        confidence: found.confidence.map(|confidence| f64::from(confidence) / 100.0),
        disagrees: found.disagrees,
        origins: found.origins.iter().map(origin).collect(),
        difference: difference.into_iter().map(change).collect(),
        uses: found.uses.iter().enumerate().filter(|(_, used)| **used).map(|(term, _)| term).collect(),
    }
}

fn origin(origin: &Origin) -> OriginShape<'_> {
    let Origin { source, document, domain, date, author } = origin;
    let [document, domain, date, author] = [document, domain, date, author].map(Option::as_deref);
    OriginShape { source, document, domain, date, author }
}

fn change(change: Change) -> ChangeShape {
    let name = match change.kind {
        ChangeKind::Equal => "equal",
        ChangeKind::Deleted => "delete",
        ChangeKind::Inserted => "insert",
    };
    ChangeShape { change: name, text: change.text }
}

fn term_shape<'a>(query: &'a str, term: &'a QueryTerm) -> TermShape<'a> {
    TermShape {
        start: term.span.start,
        end: term.span.end,
        text: term.span.of(query),
        concept: term.concept.concept.id.as_str(),
        rendering: term.rendering.as_deref(),
    }
}

/// A unit that has the words: one line of `tongsa concordance --json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConcordanceShape<'a> {
    unit: u32,
    lang: &'a str,
    text: &'a str,
    /// Where the words stand, in bytes of `text`, half-open.
    places: Vec<(usize, usize)>,
    targets: Vec<TargetShape<'a>>,
    origin: &'a str,
}

/// Some of the units that have the words, the latest first.
#[derive(Debug, Serialize, ToSchema)]
pub struct ConcordancePage<'a> {
    /// How many units have the words.
    found: usize,
    lines: Vec<ConcordanceShape<'a>>,
    /// Where the next page begins; `null` on the last one.
    next: Option<u32>,
}

impl<'a> ConcordancePage<'a> {
    /// Shapes a page.
    pub fn new(concordance: &'a Concordance) -> Self {
        let lines = concordance.lines.iter().map(ConcordanceShape::new).collect();
        Self { found: concordance.found, lines, next: concordance.next }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct TargetShape<'a> {
    lang: &'a str,
    text: &'a str,
}

impl<'a> ConcordanceShape<'a> {
    /// Shapes a line.
    pub fn new(line: &'a ConcordanceLine) -> Self {
        let target = |variant: &'a Variant| TargetShape { lang: variant.lang.tag(), text: &variant.text };
        Self {
            unit: line.unit.row,
            lang: line.source.lang.tag(),
            text: &line.source.text,
            places: line.spans.iter().map(|span| (span.start, span.end)).collect(),
            targets: line.targets.iter().map(target).collect(),
            origin: &line.unit.unit.origin.source,
        }
    }
}

/// Aligned versions: the output of `tongsa align --json`. Two versions are `pairs`, more are `groups`.
#[derive(Debug, Serialize, ToSchema)]
#[serde(untagged)]
pub enum AlignShape {
    /// Two versions.
    Pairs {
        /// The stretches that say the same.
        pairs: Vec<PairShape>,
    },
    /// Three versions and more.
    Groups {
        /// The stretches that say the same.
        groups: Vec<GroupShape>,
    },
}

/// Aligned versions with their sentences, and what was kept of them.
#[derive(Debug, Serialize, ToSchema)]
pub struct AlignedShape<'a> {
    #[serde(flatten)]
    alignment: AlignShape,
    versions: Vec<VersionShape<'a>>,
    /// For each version behind the first, how much of it and of the first is each other's translation, 0 to 1.
    parallelism: Vec<f32>,
    /// What was kept as translation units; `null` where nothing was to be kept.
    kept: Option<KeptShape>,
}

#[derive(Debug, Serialize, ToSchema)]
#[schema(as = AlignedVersionShape)]
struct VersionShape<'a> {
    name: &'a str,
    lang: &'a str,
    sentences: &'a [String],
}

#[derive(Debug, Serialize, ToSchema)]
struct KeptShape {
    /// The number to take them back by; `null` where all were there.
    batch: Option<i64>,
    added: usize,
    unchanged: usize,
    rejected: usize,
}

impl<'a> AlignedShape<'a> {
    /// Shapes an alignment.
    pub fn new(aligned: &'a AlignedVersions, kept: Option<KeptUnits>) -> Self {
        let version = |version: &'a Version| {
            let Version { name, lang, sentences } = version;
            VersionShape { name, lang: lang.tag(), sentences }
        };
        let kept = kept.map(|KeptUnits { batch, counts }| KeptShape {
            batch,
            added: counts.added,
            unchanged: counts.unchanged + counts.changed,
            rejected: counts.rejected,
        });
        let versions = aligned.versions.iter().map(version).collect();
        Self { alignment: AlignShape::new(aligned), versions, parallelism: aligned.parallelism.clone(), kept }
    }
}

/// Sentences of two versions by their numbers, from 0.
#[derive(Debug, Serialize, ToSchema)]
pub struct PairShape {
    source: Vec<usize>,
    target: Vec<usize>,
    confidence: f64,
}

/// Sentences of several versions by their numbers, from 0, a list a version; an empty one where it has none.
#[derive(Debug, Serialize, ToSchema)]
pub struct GroupShape {
    segments: Vec<Vec<usize>>,
    confidence: f64,
}

impl AlignShape {
    /// Shapes an alignment.
    pub fn new(aligned: &AlignedVersions) -> Self {
        // Two places are as much as the confidence knows.
        let confidence = |group: &Group| (f64::from(group.confidence) * 100.0).round() / 100.0;
        let numbers = |range: &Option<Range<usize>>| range.clone().into_iter().flatten().collect::<Vec<_>>();
        if aligned.versions.len() == 2 {
            let pair = |group: &Group| PairShape {
                source: group.source.clone().collect(),
                target: group.targets.first().map(numbers).unwrap_or_default(),
                confidence: confidence(group),
            };
            return Self::Pairs { pairs: aligned.groups.iter().map(pair).collect() };
        }
        let group = |group: &Group| GroupShape {
            segments: std::iter::once(group.source.clone().collect()).chain(group.targets.iter().map(numbers)).collect(),
            confidence: confidence(group),
        };
        Self::Groups { groups: aligned.groups.iter().map(group).collect() }
    }
}
