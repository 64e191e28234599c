//! The text that a draft was translated from, beside it sentence by sentence.

use std::fmt::Debug;

use crate::check::finding::SourceQuote;
use crate::glossary::mention::Mention;
use crate::lang::Lang;
use crate::text::line_index::LineColumn;
use crate::text::span::Span;

/// Sentences of both texts that say the same.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SegmentPair {
    /// The place in the source text.
    pub source: Span,
    /// The place in the draft.
    pub target: Span,
    /// The place in the source text with a sentence more on either side.
    pub source_around: Span,
    /// The place in the draft with a sentence more on either side: what is said there may have moved by one.
    pub target_around: Span,
    /// How likely it is that exactly these belong together, 0 to 1.
    pub confidence: f32,
}

/// The file of a source text, which knows where a place of the text lies in it.
pub trait SourceFile: Debug + Sync {
    /// Returns the bytes of the file in which a place lies, and where they begin, for people.
    fn bytes_and_place(&self, span: Span) -> (Span, LineColumn);
}

/// The text that a draft was translated from.
#[derive(Clone, Debug)]
pub struct Counterpart<'a> {
    /// Its name in messages.
    pub name: &'a str,
    /// The text.
    pub text: &'a str,
    /// The file that it was read from.
    pub file: &'a dyn SourceFile,
    /// Its language.
    pub lang: Lang,
    /// The pairs in the order of the draft.
    pub pairs: Vec<SegmentPair>,
    /// The concepts that it names by a recorded term, the longest at each place, in order.
    pub named: Vec<Mention>,
    /// The second mentions in it, in order.
    pub named_again: Vec<Mention>,
    /// The second mentions in the draft of whom either text names in full, in order.
    pub draft_named_again: Vec<Mention>,
}

impl Counterpart<'_> {
    /// Returns its name without folders, for sentences.
    pub fn short_name(&self) -> &str {
        self.name.rsplit(['/', '\\']).next().unwrap_or(self.name)
    }

    /// Quotes a place of the source text.
    pub fn quote(&self, span: Span) -> SourceQuote {
        let (bytes, place) = self.file.bytes_and_place(span);
        let text = span.of(self.text).split_whitespace().collect::<Vec<_>>().join(" ");
        SourceQuote { name: self.name.to_owned(), bytes, place, text }
    }
}

/// Returns whether one of some mentions stands at a place or across one of its ends; they are in order and do not cross.
pub fn is_mentioned(mentions: &[Mention], place: Span) -> bool {
    let next = mentions.partition_point(|mention| mention.span.end <= place.start);
    mentions.get(next).is_some_and(|mention| mention.span.overlaps(place))
}

/// Returns the mentions that begin within a place, of mentions in order.
pub fn within(mentions: &[Mention], place: Span) -> &[Mention] {
    let from = mentions.partition_point(|mention| mention.span.start < place.start);
    let to = mentions.partition_point(|mention| mention.span.start < place.end);
    &mentions[from..to]
}
