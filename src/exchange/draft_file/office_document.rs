//! An office document as a draft: the text of its parts, places in them, and parts with other words.

use std::collections::BTreeSet;

use crate::exchange::draft_file::archive::{Archive, Part};
use crate::exchange::draft_file::change::{Change, are_placed, changed_text};
use crate::exchange::draft_file::office::{self, OfficeText, Table, TextNode};
use crate::exchange::draft_file::office_elements;
use crate::exchange::draft_file::text_map::TextMap;
use crate::exchange::draft_file::transcript::{Transcript, is_blank};
use crate::exchange::draft_file::unfit::Unfit;
use crate::exchange::prose::DraftFormat;
use crate::exchange::xml_text::escape_content;
use crate::text::line_index::LineIndex;
use crate::text::span::Span;

/// A document.
#[derive(Clone, Debug)]
pub(super) struct OfficeDocument {
    archive: Archive,
    parts: Vec<Part>,
    nodes: Vec<TextNode>,
    map: TextMap,
    /// The paragraphs of the text, as its lines.
    pub lines: LineIndex,
    format: DraftFormat,
}

/// Where a place lies in an office document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RunPlace<'f> {
    /// The part, by the name of its entry in the archive: `word/document.xml`.
    pub part: &'f str,
    /// The paragraph in the part, from 1; empty ones count.
    pub paragraph: usize,
    /// The run in the paragraph, from 1; 0 before the first.
    pub run: usize,
}

/// Why a document cannot be put together again.
pub(super) enum NotWritten {
    /// A change goes over the end of a paragraph or a break.
    OverBreak,
    /// What the library says.
    Archive(String),
}

impl OfficeDocument {
    /// Reads a document, and returns it with its format and its text.
    pub fn read(bytes: Vec<u8>) -> Result<(Self, DraftFormat, String), Unfit> {
        let mut archive = Archive::open(bytes)?;
        let format = archive.format()?;
        let parts = archive.parts(format)?;
        let mut read = OfficeText::default();
        for (number, part) in parts.iter().enumerate() {
            office::read(number, &part.text, table(format), &mut read)
                .map_err(|reason| Unfit::BrokenPart { part: part.name.clone(), reason })?;
        }
        if parts.is_empty() {
            return Err(Unfit::BrokenArchive("the part with the text is not in it".to_owned()));
        }
        let OfficeText { transcript: Transcript { text, stretches, paragraphs, .. }, nodes } = read;
        let lines = LineIndex::with_starts(&text, paragraphs);
        Ok((Self { archive, parts, nodes, map: TextMap { stretches }, lines, format }, format, text))
    }

    /// Returns the run that an offset of the text lies in.
    pub fn run(&self, offset: usize) -> Option<RunPlace<'_>> {
        let node = self.nodes.get(self.map.node(offset)?)?;
        Some(RunPlace { part: &self.parts[node.part].name, paragraph: node.paragraph, run: node.run })
    }

    /// Returns whether a change can be written.
    pub fn accepts(&self, text: &str, change: &Change) -> bool {
        self.map.edits(text, change).is_some()
    }

    /// Returns the archive with changes of its text.
    pub fn with_changes(&self, text: &str, changes: &[Change]) -> Result<Vec<u8>, NotWritten> {
        let mut changed: Vec<Vec<Change>> = vec![Vec::new(); self.parts.len()];
        let mut touched = BTreeSet::new();
        for change in changes {
            for edit in self.map.edits(text, change).ok_or(NotWritten::OverBreak)? {
                let change = Change { span: edit.source, text: self.escaped(&edit.text) };
                changed[self.nodes[edit.node].part].push(change);
                touched.insert(edit.node);
            }
        }
        for node in touched {
            let part = self.nodes[node].part;
            let keepers = self.blank_keepers(node, &changed[part]);
            changed[part].extend(keepers);
        }
        let mut texts = Vec::new();
        for (part, mut changes) in self.parts.iter().zip(changed).filter(|(_, changes)| !changes.is_empty()) {
            changes.sort_by_key(|change| change.span);
            if !are_placed(&changes, &part.text) {
                return Err(NotWritten::OverBreak);
            }
            texts.push((part.name.as_str(), changed_text(&part.text, &changes)));
        }
        self.archive.with_texts(&texts).map_err(|error| NotWritten::Archive(error.to_string()))
    }

    /// Returns what makes blanks count that have come to the ends of a text node: an attribute, without the blanks that did
    /// not count before.
    fn blank_keepers(&self, node: usize, changes: &[Change]) -> Vec<Change> {
        let TextNode { part, inner, preserve_at: Some(at), .. } = self.nodes[node] else { return Vec::new() };
        let mut stretches = self.map.stretches.iter().filter(|stretch| stretch.node == node);
        let Some(first) = stretches.next() else { return Vec::new() };
        let read = Span::new(first.source.start, stretches.next_back().unwrap_or(first).source.end);
        let within: Vec<Change> = changes
            .iter()
            .filter(|change| read.contains(change.span))
            .map(|change| Change {
                span: Span::new(change.span.start - read.start, change.span.end - read.start),
                ..change.clone()
            })
            .collect();
        let new = changed_text(read.of(&self.parts[part].text), &within);
        if !new.starts_with(is_blank) && !new.ends_with(is_blank) {
            return Vec::new();
        }
        let gone = [Span::new(inner.start, read.start), Span::new(read.end, inner.end)];
        let gone = gone.into_iter().filter(|span| !span.is_empty()).map(|span| Change { span, text: String::new() });
        gone.chain([Change { span: Span::new(at, at), text: " xml:space=\"preserve\"".to_owned() }]).collect()
    }

    fn escaped(&self, text: &str) -> String {
        let mut out = String::new();
        if self.format != DraftFormat::Odt {
            escape_content(&mut out, text);
            return out;
        }
        // A blank counts in ODT where neither an end nor another blank is beside it.
        let mut before = None;
        for (at, c) in text.char_indices() {
            let last = at + c.len_utf8() == text.len();
            match c {
                ' ' if before.is_none_or(|before| before == ' ') || last => out.push_str("<text:s/>"),
                c => escape_content(&mut out, c.encode_utf8(&mut [0; 4])),
            }
            before = Some(c);
        }
        out
    }
}

fn table(format: DraftFormat) -> Table {
    match format {
        DraftFormat::Hwpx => office_elements::hwpx,
        DraftFormat::Odt => office_elements::odt,
        _ => office_elements::docx,
    }
}
