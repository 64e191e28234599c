//! The way back from the text that is read to the source: where a place lies, and what to change there.

use crate::exchange::draft_file::change::Change;
use crate::exchange::draft_file::transcript::{Stretch, StretchKind};
use crate::text::common_ends::{CommonEnds, common_ends};
use crate::text::span::Span;

/// The stretches of a text in order of place.
#[derive(Clone, Debug)]
pub(super) struct TextMap {
    /// The stretches.
    pub stretches: Vec<Stretch>,
}

/// Other words for a stretch of the source, or for a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    /// The place in the source.
    pub source: Span,
    /// The text to be read there, not yet escaped.
    pub text: String,
    /// The text node.
    pub node: usize,
}

impl TextMap {
    /// Returns the place in the source where a place of the text lies, markup within it included.
    pub fn source(&self, span: Span) -> Span {
        let first = self.stretches.get(self.first_touched(span.start)).or(self.stretches.last());
        let start = first.map_or(0, |first| source_offset(first, span.start, false));
        let last = self.stretches[..self.stretches.partition_point(|one| one.text.start < span.end)].last();
        let end = last.map_or(start, |last| source_offset(last, span.end, true));
        Span::new(start, end.max(start))
    }

    /// Returns what is read of a place in the source; an empty place where nothing is.
    pub fn text(&self, source: Span) -> Span {
        let first = self.stretches.partition_point(|stretch| stretch.source.end <= source.start);
        let start =
            self.stretches.get(first).or(self.stretches.last()).map_or(0, |near| text_offset(near, source.start, false));
        let last = self.stretches[..self.stretches.partition_point(|stretch| stretch.source.start < source.end)].last();
        let end = last.map_or(start, |last| text_offset(last, source.end, true));
        Span::new(start, end.max(start))
    }

    /// Returns whether a place of the text is one place in the source, with nothing in it that is not read.
    pub fn is_one_place(&self, span: Span) -> bool {
        let touched = self.touched(span);
        let [Some(first), Some(last)] = [touched.first(), touched.last()] else { return false };
        let whole = |stretch: &Stretch| stretch.kind == StretchKind::Verbatim || span.contains(stretch.text);
        let joined = |two: &[Stretch]| two[0].source.end == two[1].source.start && two[0].text.end == two[1].text.start;
        let covered = first.text.start <= span.start && span.end <= last.text.end;
        let readable = touched.iter().all(|stretch| stretch.kind != StretchKind::Markup && whole(stretch));
        covered && readable && touched.windows(2).all(joined)
    }

    /// Returns the text node that a place begins in.
    pub fn node(&self, offset: usize) -> Option<usize> {
        let touched = self.stretches.get(self.first_touched(offset)).or(self.stretches.last());
        touched.map(|stretch| stretch.node)
    }

    /// Returns what to change in the source for a change of `text`, the text of this map; `None` where the place goes over
    /// the end of a paragraph or over markup that stands for text.
    ///
    /// Where the place lies in several stretches, only what differs is changed: new text comes into the first stretch of it,
    /// and what it replaces goes out of the others, so that what is emphasised stays so.
    pub fn edits(&self, text: &str, change: &Change) -> Option<Vec<Edit>> {
        let narrow;
        let change = if self.touched(change.span).len() > 1 {
            narrow = narrowed(text, change);
            &narrow
        } else {
            change
        };
        let span = change.span;
        if span.is_empty() {
            return if change.text.is_empty() { Some(Vec::new()) } else { self.insertion(text, change).map(|edit| vec![edit]) };
        }
        let touched = self.touched(span);
        let covered: usize = touched.iter().map(|stretch| shared(stretch.text, span).len()).sum();
        if covered < span.len() || touched.iter().any(|stretch| stretch.kind == StretchKind::Markup) {
            return None;
        }
        let texts = std::iter::once(change.text.as_str()).chain(std::iter::repeat(""));
        Some(touched.iter().zip(texts).map(|(stretch, new)| edit(text, stretch, shared(stretch.text, span), new)).collect())
    }

    /// Puts new text behind the stretch that ends there, or before the one that begins there.
    fn insertion(&self, text: &str, change: &Change) -> Option<Edit> {
        let at = change.span.start;
        let from = self.stretches.partition_point(|stretch| stretch.text.end < at);
        let near = self.stretches[from..].iter().take_while(|stretch| stretch.text.start <= at);
        let stretch = near.into_iter().find(|stretch| stretch.kind != StretchKind::Markup)?;
        Some(edit(text, stretch, change.span, &change.text))
    }

    fn first_touched(&self, offset: usize) -> usize {
        self.stretches.partition_point(|stretch| stretch.text.end <= offset)
    }

    fn touched(&self, span: Span) -> &[Stretch] {
        let from = self.first_touched(span.start);
        let to = self.stretches.partition_point(|stretch| stretch.text.start < span.end);
        &self.stretches[from..to.max(from)]
    }
}

/// Returns where an offset of the text lies in the source of a stretch that it touches; `behind` for the end of a place.
fn source_offset(stretch: &Stretch, offset: usize, behind: bool) -> usize {
    let inside = offset.clamp(stretch.text.start, stretch.text.end) - stretch.text.start;
    match stretch.kind {
        StretchKind::Verbatim => stretch.source.start + inside,
        _ if behind => stretch.source.end,
        _ => stretch.source.start,
    }
}

/// Returns where an offset of the source lies in the text of a stretch that it touches; `behind` for the end of a place.
fn text_offset(stretch: &Stretch, offset: usize, behind: bool) -> usize {
    let inside = offset.clamp(stretch.source.start, stretch.source.end) - stretch.source.start;
    match stretch.kind {
        StretchKind::Verbatim => stretch.text.start + inside,
        _ if behind || offset >= stretch.source.end => stretch.text.end,
        _ => stretch.text.start,
    }
}

fn shared(one: Span, other: Span) -> Span {
    Span::new(one.start.max(other.start), one.end.min(other.end))
}

/// Changes a part of a stretch. One that is written otherwise is written anew as a whole.
fn edit(text: &str, stretch: &Stretch, part: Span, new: &str) -> Edit {
    let node = stretch.node;
    if stretch.kind == StretchKind::Verbatim {
        let source = Span::new(source_offset(stretch, part.start, false), source_offset(stretch, part.end, true));
        return Edit { source, text: new.to_owned(), node };
    }
    let (before, after) = (&text[stretch.text.start..part.start], &text[part.end..stretch.text.end]);
    let source = match (before, after) {
        // What is put in before or behind a reference leaves it as it is.
        (_, "") if part.is_empty() => Span::new(stretch.source.end, stretch.source.end),
        ("", _) if part.is_empty() => Span::new(stretch.source.start, stretch.source.start),
        _ => return Edit { source: stretch.source, text: format!("{before}{new}{after}"), node },
    };
    Edit { source, text: new.to_owned(), node }
}

/// Returns the change without what old and new text have in common at their ends.
fn narrowed(text: &str, change: &Change) -> Change {
    let CommonEnds { before, after } = common_ends(change.span.of(text), &change.text);
    let new = &change.text[before..change.text.len() - after];
    Change { span: Span::new(change.span.start + before, change.span.end - after), text: new.to_owned() }
}
