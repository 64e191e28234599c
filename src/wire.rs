//! The JSON shapes that other programs read. Their names and meanings are promised in the README.

pub mod baseline;
pub mod batches;
pub mod brief;
pub mod checking;
pub mod concept;
pub mod rules;
pub(crate) mod subject;
pub mod units;

use std::borrow::Cow;

use serde::{Serialize, Serializer, ser::SerializeMap};
use utoipa::ToSchema;

use crate::check::finding::{Finding, Fix, SourceQuote};
use crate::exchange::draft_file::DraftFile;
use crate::glossary::concept::{Concept, ConceptId};
use crate::glossary::rank::LookupMatch;
use crate::names::comparison::Comparison;
use crate::names::relation::How;
use crate::names::suggestion::Suggestion;
use crate::store::articles::Sighting;
use crate::text::span::Span;
use crate::wire::concept::TermShape;
use crate::workspace::check::CheckReport;
use crate::workspace::import::{ImportReport, Notice};
use crate::workspace::lookup::Answer;
use crate::workspace::show::ShownArticle;
use crate::workspace::suggest::{Proposal, Proposed};

/// The answer to one query: one line of `tongsa lookup --json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct LookupLine<'a> {
    query: &'a str,
    matches: Vec<MatchShape<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    near_segments: Vec<SegmentShape<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
struct MatchShape<'a> {
    concept: &'a str,
    kind: &'a str,
    score: u8,
    how: &'static str,
    why: &'a str,
    matched: Matched<'a>,
    /// Where in the query, in bytes, when only a part of it names the concept.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<PartShape>,
    #[schema(value_type = BTreeMap<String, Vec<TermShape<'a>>>)]
    renderings: Renderings<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    seen: Vec<SegmentShape<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
struct PartShape {
    start: usize,
    end: usize,
}

#[derive(Debug, Serialize, ToSchema)]
struct Matched<'a> {
    lang: &'a str,
    text: &'a str,
}

#[derive(Debug, Serialize, ToSchema)]
struct SegmentShape<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<u8>,
    article: &'a str,
    segment: usize,
    text: &'a str,
}

/// The terms of a concept by language tag, in order.
#[derive(Debug)]
struct Renderings<'a>(&'a Concept);

impl Serialize for Renderings<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.sections.len()))?;
        for section in &self.0.sections {
            let terms: Vec<TermShape<'_>> = section.terms.iter().map(TermShape::new).collect();
            map.serialize_entry(section.lang.tag(), &terms)?;
        }
        map.end()
    }
}

impl<'a> LookupLine<'a> {
    /// Shapes an answer.
    pub fn new(answer: &'a Answer) -> Self {
        let matches =
            answer.lookup.matches.iter().zip(&answer.sightings).map(|(found, seen)| match_shape(found, seen)).collect();
        let near = answer.near_segments.iter().map(|(score, sighting)| segment_shape(Some(*score), sighting)).collect();
        Self { query: &answer.query, matches, near_segments: near }
    }
}

fn match_shape<'a>(found: &'a LookupMatch, seen: &'a [Sighting]) -> MatchShape<'a> {
    let concept = &found.found.concept;
    let (lang, term) = found.found.term(found.keyed);
    MatchShape {
        concept: concept.id.as_str(),
        kind: concept.kind.name(),
        score: found.score,
        how: found.how.name(),
        why: &found.why,
        matched: Matched { lang: lang.tag(), text: &term.text },
        part: found.part.map(|Span { start, end }| PartShape { start, end }),
        renderings: Renderings(concept),
        note: concept.note.as_deref(),
        source: concept.source.as_deref(),
        seen: seen.iter().map(|sighting| segment_shape(None, sighting)).collect(),
    }
}

fn segment_shape(score: Option<u8>, sighting: &Sighting) -> SegmentShape<'_> {
    SegmentShape { score, article: &sighting.article, segment: sighting.ordinal, text: &sighting.text }
}

/// One line of `tongsa suggest --json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct SuggestLine<'a> {
    name: &'a str,
    to: &'a str,
    suggestions: Vec<SuggestionShape<'a>>,
    reason: Option<&'a str>,
}

#[derive(Debug, Serialize, ToSchema)]
struct SuggestionShape<'a> {
    text: &'a str,
    rule: &'a str,
    /// From 0 to 1, with two digits.
    confidence: f64,
    verified: bool,
}

impl<'a> SuggestionShape<'a> {
    fn new(suggestion: &'a Suggestion, verified: bool) -> Self {
        let confidence = (f64::from(suggestion.confidence) * 100.0).round() / 100.0;
        Self { text: &suggestion.text, rule: &suggestion.rule, confidence, verified }
    }
}

impl<'a> SuggestLine<'a> {
    /// Shapes a proposal.
    pub fn new(proposal: &'a Proposal) -> Self {
        let shape = |Proposed { suggestion, verified }: &'a Proposed| SuggestionShape::new(suggestion, *verified);
        let suggestions = proposal.suggestions.iter().map(shape).collect();
        Self { name: &proposal.name, to: proposal.to.tag(), suggestions, reason: proposal.reason.as_deref() }
    }
}

/// One line of `tongsa compare --json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct CompareLine<'a> {
    a: &'a str,
    b: &'a str,
    score: u8,
    same: bool,
    /// `null` where the two do not meet.
    how: Option<&'static str>,
    why: &'a str,
}

impl<'a> CompareLine<'a> {
    /// Shapes a comparison.
    pub fn new(a: &'a str, b: &'a str, found: &'a Comparison) -> Self {
        Self { a, b, score: found.score, same: found.is_same(), how: found.how.map(How::name), why: &found.why }
    }
}

/// What `tongsa check --format json` prints.
#[derive(Debug, Serialize, ToSchema)]
pub struct CheckShape<'a> {
    /// The drafts in the order in which they were named.
    pub files: Vec<FileShape<'a>>,
}

/// The findings in one draft.
#[derive(Debug, Serialize, ToSchema)]
pub struct FileShape<'a> {
    path: &'a str,
    lang: &'a str,
    findings: Vec<FindingShape<'a>>,
}

/// One line of `tongsa check --format jsonl`: a finding with the draft in which it stands.
#[derive(Debug, Serialize, ToSchema)]
pub struct FindingLine<'a> {
    path: &'a str,
    lang: &'a str,
    #[serde(flatten)]
    finding: FindingShape<'a>,
}

impl<'a> FindingLine<'a> {
    /// Shapes a finding in a draft that the user has called `path`.
    pub fn new(path: &'a str, file: &'a DraftFile, report: &'a CheckReport, finding: &'a Finding) -> Self {
        Self { path, lang: report.lang.tag(), finding: finding_shape(file, finding) }
    }
}

#[derive(Debug, Serialize, ToSchema)]
struct FindingShape<'a> {
    rule: &'static str,
    severity: &'static str,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    /// Where it begins in an office document: its part, the paragraph of it, and the run of that.
    #[serde(skip_serializing_if = "Option::is_none")]
    part: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    run: Option<usize>,
    text: &'a str,
    message: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    concept: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<SourceShape<'a>>,
    suggestions: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    fix: Option<FixShape<'a>>,
}

/// A place of the text that the draft was translated from.
#[derive(Debug, Serialize, ToSchema)]
struct SourceShape<'a> {
    path: &'a str,
    start: usize,
    end: usize,
    line: usize,
    column: usize,
    text: &'a str,
}

#[derive(Debug, Serialize, ToSchema)]
struct FixShape<'a> {
    safe: bool,
    start: usize,
    end: usize,
    text: Cow<'a, str>,
}

impl<'a> FileShape<'a> {
    /// Shapes the findings in a draft that the user has called `path`.
    pub fn new(path: &'a str, file: &'a DraftFile, report: &'a CheckReport) -> Self {
        let findings = report.findings.iter().map(|finding| finding_shape(file, finding)).collect();
        Self { path, lang: report.lang.tag(), findings }
    }
}

fn finding_shape<'a>(file: &'a DraftFile, finding: &'a Finding) -> FindingShape<'a> {
    let place = file.place(finding.span);
    FindingShape {
        rule: finding.rule,
        severity: finding.severity.name(),
        start: place.bytes.start,
        end: place.bytes.end,
        line: place.start.line,
        column: place.start.column,
        part: place.run.map(|place| place.part),
        paragraph: place.run.map(|place| place.paragraph),
        run: place.run.map(|place| place.run),
        text: finding.span.of(&file.text),
        message: &finding.message,
        concept: finding.concept.as_ref().map(ConceptId::as_str),
        source: finding.source.as_ref().map(source_shape),
        suggestions: &finding.suggestions,
        fix: finding.fix.as_ref().and_then(|fix| fix_shape(file, fix)),
    }
}

fn source_shape(quote: &SourceQuote) -> SourceShape<'_> {
    let SourceQuote { name, bytes, place, text } = quote;
    SourceShape { path: name, start: bytes.start, end: bytes.end, line: place.line, column: place.column, text }
}

/// A fix over markup is more than one replacement; it is left to `--fix`.
fn fix_shape<'a>(file: &DraftFile, fix: &'a Fix) -> Option<FixShape<'a>> {
    let text = file.replacement(fix.span, &fix.text)?;
    let bytes = file.place(fix.span).bytes;
    Some(FixShape { safe: fix.safe, start: bytes.start, end: bytes.end, text })
}

/// What `tongsa import --json` prints, a line a file.
#[derive(Debug, Serialize, ToSchema)]
pub struct ImportLine<'a> {
    path: &'a str,
    batch: Option<i64>,
    dry_run: bool,
    encoding: &'a str,
    layout: &'a str,
    added: usize,
    changed: usize,
    unchanged: usize,
    rejected: usize,
    rejections: Vec<NoticeShape<'a>>,
    conflicts: usize,
    conflicting: Vec<NoticeShape<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
struct NoticeShape<'a> {
    line: u64,
    concept: &'a str,
    reason: &'a str,
}

impl<'a> ImportLine<'a> {
    /// Shapes a report.
    pub fn new(path: &'a str, report: &'a ImportReport, dry_run: bool) -> Self {
        let notices = |kept: &'a [Notice]| {
            kept.iter()
                .map(|notice| NoticeShape { line: notice.line, concept: &notice.concept, reason: &notice.reason })
                .collect()
        };
        Self {
            path,
            batch: report.batch,
            dry_run,
            encoding: &report.encoding,
            layout: &report.layout,
            added: report.counts.added,
            changed: report.counts.changed,
            unchanged: report.counts.unchanged,
            rejected: report.counts.rejected,
            rejections: notices(&report.rejected.kept),
            conflicts: report.conflicts.count,
            conflicting: notices(&report.conflicts.kept),
        }
    }
}

/// What `tongsa show --format json` prints.
#[derive(Debug, Serialize, ToSchema)]
pub struct ArticleShape<'a> {
    article: &'a str,
    lang: &'a str,
    segments: Vec<ArticleSegmentShape<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
struct ArticleSegmentShape<'a> {
    text: &'a str,
    mentions: Vec<MentionShape<'a>>,
}

#[derive(Debug, Serialize, ToSchema)]
struct MentionShape<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    term: &'a str,
    concept: &'a str,
    kind: &'a str,
    #[schema(value_type = BTreeMap<String, Vec<TermShape<'a>>>)]
    renderings: Renderings<'a>,
}

impl<'a> ArticleShape<'a> {
    /// Shapes a kept article.
    pub fn new(shown: &'a ShownArticle) -> Self {
        let segments = shown.segments.iter().map(|segment| {
            let mentions = segment.mentions.iter().map(|(mention, concept)| MentionShape {
                start: mention.span.start,
                end: mention.span.end,
                text: mention.span.of(&segment.text),
                term: &mention.term,
                concept: concept.id.as_str(),
                kind: concept.kind.name(),
                renderings: Renderings(concept),
            });
            ArticleSegmentShape { text: &segment.text, mentions: mentions.collect() }
        });
        Self { article: &shown.article.name, lang: shown.article.lang.tag(), segments: segments.collect() }
    }
}
