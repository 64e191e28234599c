//! Concordance: words → the segments that have them → where they stand, with the counterparts.

use crate::lang::Lang;
use crate::memory::keyword::Keyword;
use crate::memory::unit::Variant;
use crate::store::units::StoredUnit;
use crate::text::script;
use crate::text::span::Span;
use crate::workspace::{Result, Workspace};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct ConcordanceOptions {
    /// The language of the words; told by their letters where `None`.
    pub from: Option<Lang>,
    /// Only units with a counterpart in this language, and that counterpart alone.
    pub to: Option<Lang>,
    /// At most so many units.
    pub limit: usize,
    /// Only units with a smaller number: those behind the last one that was shown.
    pub before: Option<u32>,
}

/// The units that have the words, the latest first.
#[derive(Clone, Debug)]
pub struct Concordance {
    /// The units that are shown.
    pub lines: Vec<ConcordanceLine>,
    /// How many units have the words in their index, shown or not.
    pub found: usize,
    /// The number of the last unit that is shown, where more follow.
    pub next: Option<u32>,
}

/// A unit with the words in it.
#[derive(Clone, Debug)]
pub struct ConcordanceLine {
    /// The unit.
    pub unit: StoredUnit,
    /// The segment that has the words.
    pub source: Variant,
    /// Where they stand in it.
    pub spans: Vec<Span>,
    /// The counterparts.
    pub targets: Vec<Variant>,
}

impl Workspace {
    /// Finds words in every segment of the memory. A word ends where it ends, unless a `*` goes on from it; Hangul and Han are
    /// found wherever they stand.
    pub fn concordance(&self, words: &str, options: &ConcordanceOptions) -> Result<Concordance> {
        let from = options.from.clone().or_else(|| script::detect_language(words)).unwrap_or(Lang::En);
        let keyword = Keyword::new(words);
        let mut rows = Vec::new();
        self.store.for_each_folded(from.family(), |text, unit| {
            if keyword.is_in(text) {
                rows.push(unit);
            }
        })?;
        rows.sort_unstable_by(|a, b| b.cmp(a));
        rows.dedup();
        let mut concordance = Concordance { lines: Vec::new(), found: rows.len(), next: None };
        for row in rows.into_iter().filter(|row| options.before.is_none_or(|before| *row < before)) {
            if concordance.lines.len() >= options.limit {
                concordance.next = concordance.lines.last().map(|line| line.unit.row);
                break;
            }
            let line = self.store.unit(row)?.and_then(|unit| line(unit, &keyword, &from, options.to.as_ref()));
            // What an undo took away stays in the index for a while.
            concordance.found -= usize::from(line.is_none());
            concordance.lines.extend(line);
        }
        Ok(concordance)
    }
}

fn line(unit: StoredUnit, keyword: &Keyword, from: &Lang, to: Option<&Lang>) -> Option<ConcordanceLine> {
    let has_words = |variant: &&Variant| variant.lang.family() == from.family() && !keyword.spans_in(&variant.text).is_empty();
    let own = unit.unit.variant_within(from).filter(has_words);
    let source = own.or_else(|| unit.unit.variants.iter().find(has_words))?.clone();
    let wanted = |variant: &&Variant| variant.lang != source.lang && to.is_none_or(|to| variant.lang.is_within(to));
    let targets: Vec<Variant> = unit.unit.variants.iter().filter(wanted).cloned().collect();
    let spans = keyword.spans_in(&source.text);
    (!targets.is_empty()).then_some(ConcordanceLine { unit, source, spans, targets })
}
