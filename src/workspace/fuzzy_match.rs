//! Matching: segment → folded text → the near units of the store → filtered and ranked matches, with the terms of the segment
//! and whether each match uses their renderings.

use std::sync::Arc;

use rustc_hash::FxHashSet as HashSet;

use crate::exchange::draft_file::DraftFile;
use crate::glossary::concept::Concept;
use crate::glossary::index::{ConceptRow, IndexedConcept};
use crate::glossary::matcher::{self, Reading};
use crate::glossary::term::Term;
use crate::lang::Lang;
use crate::memory::article::Article;
use crate::memory::furniture::Furniture;
use crate::memory::fuzzy;
use crate::memory::unit::{Origin, Variant};
use crate::store::units::StoredUnit;
use crate::text::fold::Folded;
use crate::text::folded_text::folded_text;
use crate::text::script;
use crate::text::span::Span;
use crate::workspace::{Result, Workspace};

/// What is asked of the memory for each segment.
#[derive(Clone, Debug)]
pub struct MatchOptions {
    /// The language of the segment; told by its letters where `None`.
    pub from: Option<Lang>,
    /// The language of the counterparts.
    pub to: Lang,
    /// None with a lower score.
    pub min_score: u8,
    /// At most so many matches.
    pub limit: usize,
    /// Which units are asked.
    pub filter: UnitFilter,
    /// What lowers the score of a unit.
    pub penalties: Vec<Penalty>,
}

/// Which units are asked; what is `None` holds for all.
#[derive(Clone, Debug, Default)]
pub struct UnitFilter {
    /// Units whose source or document has this in its name.
    pub origin: Option<String>,
    /// Units of this domain.
    pub domain: Option<String>,
    /// Units of this day or later, as an ISO 8601 date.
    pub since: Option<String>,
    /// Units of this day or earlier.
    pub until: Option<String>,
}

/// Points that are taken from the score of some units.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Penalty {
    /// Of which units.
    pub of: Penalised,
    /// How many.
    pub points: u8,
}

/// The units that a penalty is for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Penalised {
    /// Those that were aligned by the program and that nobody has looked at.
    Aligned,
    /// Those whose source or document has this in its name.
    Origin(String),
    /// Those of this domain.
    Domain(String),
    /// Those from before this day.
    Before(String),
}

impl Penalty {
    /// Reads `aligned=5`, `origin:NAME=5`, `domain:NAME=5` or `before:2020-01-01=5`.
    pub fn parse(text: &str) -> std::result::Result<Self, String> {
        let shape = "a penalty is written aligned=5, origin:NAME=5, domain:NAME=5 or before:2020-01-01=5";
        let (which, points) = text.rsplit_once('=').ok_or(shape)?;
        let points = points.parse().ok().filter(|points| *points <= 100).ok_or(shape)?;
        let of = match which.split_once(':') {
            None if which == "aligned" => Penalised::Aligned,
            Some(("origin", name)) => Penalised::Origin(name.to_owned()),
            Some(("domain", name)) => Penalised::Domain(name.to_owned()),
            Some(("before", date)) => Penalised::Before(parse_date(date)?),
            _ => return Err(shape.into()),
        };
        Ok(Self { of, points })
    }
}

/// Takes a date as it is written in units, or one sentence on how it is.
pub fn parse_date(text: &str) -> std::result::Result<String, String> {
    let digits = |part: &str, length: usize| part.len() == length && part.bytes().all(|byte| byte.is_ascii_digit());
    let parts: Vec<&str> = text.split('-').collect();
    // Dates are compared as text, so that a month or a day that no calendar has would hide units without a word.
    let within = |part: &str, last: u32| digits(part, 2) && part.parse().is_ok_and(|number| (1..=last).contains(&number));
    let right = match parts.as_slice() {
        [year] => digits(year, 4),
        [year, month] => digits(year, 4) && within(month, 12),
        [year, month, day] => digits(year, 4) && within(month, 12) && within(day, 31),
        _ => false,
    };
    if right { Ok(text.to_owned()) } else { Err("a date is written 2026, 2026-01 or 2026-01-07".into()) }
}

/// The answer for one segment.
#[derive(Clone, Debug)]
pub struct MatchAnswer {
    /// The segment as it was given.
    pub query: String,
    /// The matches, the best first.
    pub matches: Vec<UnitMatch>,
    /// The terms of the segment with their renderings.
    pub terms: Vec<QueryTerm>,
}

/// A unit that is like the segment.
#[derive(Clone, Debug)]
pub struct UnitMatch {
    /// How like, less the penalties.
    pub score: u8,
    /// The segment in the language of the query.
    pub source: Variant,
    /// Its counterpart.
    pub target: Variant,
    /// Where the unit came from, the first place first.
    pub origins: Vec<Origin>,
    /// The number of the unit.
    pub unit: u32,
    /// How sure the alignment was; `None` where a person has made the unit.
    pub confidence: Option<u8>,
    /// Whether another match of the same source has another target.
    pub disagrees: bool,
    /// For each term of the segment, whether the target has one of its accepted renderings.
    pub uses: Vec<bool>,
}

/// A name or term in a segment.
#[derive(Clone, Debug)]
pub struct QueryTerm {
    /// Where it stands in the segment.
    pub span: Span,
    /// The concept.
    pub concept: Arc<IndexedConcept>,
    /// What to write in the other language; `None` where nothing is recorded.
    pub rendering: Option<String>,
}

impl Workspace {
    /// Finds the units that are like a segment.
    pub fn match_segment(&self, query: &str, options: &MatchOptions) -> Result<MatchAnswer> {
        let from = options.from.clone().or_else(|| script::detect_language(query)).unwrap_or(Lang::En);
        let terms = self.query_terms(query, &from, &options.to)?;
        let mut matches = Vec::new();
        let folded = folded_text(query);
        let near = self.store.near_units(from.family(), &folded, options.min_score)?;
        let mut seen = HashSet::default();
        let lowered = options.penalties.iter().any(|penalty| penalty.points > 0);
        for near in near {
            // Penalties change the order, so that all must be seen; without them no later one is better than the index says.
            if !lowered && are_settled(&matches, near.near.score, options.limit) {
                break;
            }
            // A unit in both scripts of Chinese is near with either.
            if !seen.insert(near.unit) {
                continue;
            }
            let Some(unit) = self.store.unit(near.unit)? else { continue };
            matches.extend(unit_match(unit, &folded, &from, options));
        }
        matches.sort_by_key(|found: &UnitMatch| std::cmp::Reverse(found.score));
        matches.truncate(options.limit);
        mark_disagreeing(&mut matches);
        for found in &mut matches {
            found.uses = self.uses(&terms, &found.target)?;
        }
        Ok(MatchAnswer { query: query.to_owned(), matches, terms })
    }

    fn query_terms(&self, query: &str, from: &Lang, to: &Lang) -> Result<Vec<QueryTerm>> {
        let reading = Reading { lang: Some(from), any_case: false };
        let mut found = matcher::find_terms(&self.store, query, &Folded::new(query), reading)?;
        matcher::drop_uncued_homographs(query, &mut found);
        let outer = found.iter().filter(|found| found.outer);
        let mut terms: Vec<QueryTerm> = outer
            .map(|found| {
                let concept = &found.found.concept;
                let rendering = concept.rendering(to, concept.form_of(from, &found.term().text));
                let rendering = rendering.filter(|term| term.is_accepted()).map(|term| term.text.clone());
                QueryTerm { span: found.span, concept: Arc::clone(&found.found), rendering }
            })
            .collect();
        // Two concepts may share a term: both are shown, each once.
        terms.dedup_by(|a, b| a.span == b.span && a.concept.row == b.concept.row);
        Ok(terms)
    }

    fn uses(&self, terms: &[QueryTerm], target: &Variant) -> Result<Vec<bool>> {
        if terms.is_empty() {
            return Ok(Vec::new());
        }
        let reading = Reading { lang: Some(&target.lang), any_case: false };
        let found = matcher::find_terms(&self.store, &target.text, &Folded::new(&target.text), reading)?;
        let accepted = |row: ConceptRow| found.iter().any(|found| found.found.row == row && found.term().is_accepted());
        let written = |concept: &Concept| {
            let accepted =
                concept.section(&target.lang).into_iter().flat_map(|section| &section.terms).filter(|term| term.is_accepted());
            accepted.map(|term: &Term| term.text.as_str()).any(|text| target.text.contains(text))
        };
        Ok(terms.iter().map(|term| accepted(term.concept.row) || written(&term.concept.concept)).collect())
    }
}

/// Cuts a draft into the segments to be matched.
pub fn draft_segments(file: &DraftFile) -> Vec<String> {
    let plain = file.plain_text();
    Article::new(&plain, None, Furniture::Kept).lines(&plain)
}

/// Returns whether so many matches as are wanted have at least the score.
fn are_settled(matches: &[UnitMatch], score: u8, limit: usize) -> bool {
    matches.len() >= limit && matches.iter().filter(|found| found.score >= score).count() >= limit
}

/// Returns a unit that the index proposes as a match, where it has both languages, passes the filter, and reaches the score with
/// its penalties. The score is that of the segment which is shown.
fn unit_match(stored: StoredUnit, folded: &str, from: &Lang, options: &MatchOptions) -> Option<UnitMatch> {
    let StoredUnit { row, unit, further_origins } = stored;
    let target = unit.variant_within(&options.to)?;
    if *from == target.lang {
        return None;
    }
    let sources = unit.variants.iter().filter(|variant| variant.lang.family() == from.family() && variant.lang != target.lang);
    let scored = sources.filter_map(|variant| {
        let score = fuzzy::score_between(folded, &folded_text(&variant.text), options.min_score)?;
        Some((variant, score))
    });
    let (source, score) = scored.max_by_key(|(variant, score)| (*score, variant.lang == *from))?;
    let (source, target) = (source.clone(), target.clone());
    let origins: Vec<Origin> = std::iter::once(unit.origin).chain(further_origins).collect();
    let passing = origins.iter().filter(|origin| passes(&options.filter, origin));
    let penalty = passing.map(|origin| points(&options.penalties, origin, unit.confidence)).min()?;
    let score = score.saturating_sub(penalty);
    let kept = score >= options.min_score;
    let (unit, confidence, uses) = (row, unit.confidence, Vec::new());
    kept.then_some(UnitMatch { score, source, target, origins, unit, confidence, disagrees: false, uses })
}

fn passes(filter: &UnitFilter, origin: &Origin) -> bool {
    let domain = filter.domain.as_ref().is_none_or(|domain| origin.domain.as_ref() == Some(domain));
    let named = filter.origin.as_ref().is_none_or(|name| is_named(origin, name));
    let since = filter.since.as_ref().is_none_or(|day| origin.date.as_ref().is_some_and(|date| date >= day));
    // 2026-01-07T08:58 is still of 2026-01-07.
    let until = |date: &String, day: &String| date.get(..day.len()).unwrap_or(date) <= day.as_str();
    let until = filter.until.as_ref().is_none_or(|day| origin.date.as_ref().is_some_and(|date| until(date, day)));
    domain && named && since && until
}

fn is_named(origin: &Origin, name: &str) -> bool {
    origin.source.contains(name) || origin.document.as_ref().is_some_and(|document| document.contains(name))
}

fn points(penalties: &[Penalty], origin: &Origin, confidence: Option<u8>) -> u8 {
    let holds = |penalised: &Penalised| match penalised {
        Penalised::Aligned => confidence.is_some(),
        Penalised::Origin(name) => is_named(origin, name),
        Penalised::Domain(domain) => origin.domain.as_ref() == Some(domain),
        Penalised::Before(day) => origin.date.as_ref().is_none_or(|date| date < day),
    };
    penalties.iter().filter(|penalty| holds(&penalty.of)).fold(0, |sum, penalty| sum.saturating_add(penalty.points))
}

/// Marks matches of one source with several targets: which of them is right is not for the memory to say.
fn mark_disagreeing(matches: &mut [UnitMatch]) {
    let texts: Vec<(String, String)> =
        matches.iter().map(|found| (folded_text(&found.source.text), folded_text(&found.target.text))).collect();
    for (found, (source, target)) in matches.iter_mut().zip(&texts) {
        found.disagrees = texts.iter().any(|(other, otherwise)| other == source && otherwise != target);
    }
}
