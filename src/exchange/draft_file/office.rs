//! The text of a part of an office document, by a table that says what each element means.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::ResolveResult;

use crate::exchange::draft_file::transcript::{Paragraph, Transcript, is_blank};
use crate::exchange::xml_text::{Referred, refer};
use crate::text::span::Span;

/// Deeper than this no tables lie in each other.
const DEEPEST: usize = 1_000;

/// What an element means for the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    /// A paragraph.
    Paragraph,
    /// A run: characters of one look.
    Run,
    /// Characters; blanks at its ends count only where it says `xml:space="preserve"`.
    TrimmedText,
    /// Characters as they stand.
    Text,
    /// A paragraph whose characters stand in it and its children, any number of blanks being one.
    TextParagraph,
    /// It stands for so many of these characters.
    Character(&'static str, usize),
    /// It stands for the end of a line.
    Break,
    /// Nothing in it is read.
    Skipped,
    /// The run that it stands in is not shown.
    Hides,
    /// What follows in the paragraph is not read, or read again.
    Hidden(bool),
    /// Itself it means nothing.
    Transparent,
}

/// Tells what an element means by namespace and local name.
pub(super) type Table = fn(namespace: &str, name: &str, element: &BytesStart<'_>) -> Meaning;

/// A text node of a part.
#[derive(Clone, Debug)]
pub(super) struct TextNode {
    /// The part, by its number.
    pub part: usize,
    /// The paragraph in the part, from 1.
    pub paragraph: usize,
    /// The run in the paragraph, from 1.
    pub run: usize,
    /// What stands between its tags.
    pub inner: Span,
    /// Where its start tag has to say that blanks at its ends count, if it does not say so.
    pub preserve_at: Option<usize>,
}

/// What is read of a document: its text and the text nodes that it stands in.
#[derive(Clone, Debug, Default)]
pub(super) struct OfficeText {
    /// The text.
    pub transcript: Transcript,
    /// The nodes, by their numbers.
    pub nodes: Vec<TextNode>,
}

/// Reads the part of a number into what was read before; an error says what is wrong with the XML.
pub(super) fn read(part: usize, source: &str, table: Table, into: &mut OfficeText) -> Result<(), String> {
    let mark = if source.starts_with('\u{FEFF}') { '\u{FEFF}'.len_utf8() } else { 0 };
    let mut reader = NsReader::from_str(&source[mark..]);
    let mut walk = Walk { part, into, open: Vec::new(), elements: Vec::new(), skipped: 0, paragraphs: 0 };
    loop {
        let start = mark + reader.buffer_position() as usize;
        let (namespace, event) = reader.read_resolved_event().map_err(|error| error.to_string())?;
        let namespace = match namespace {
            ResolveResult::Bound(namespace) => namespace.0.to_owned(),
            _ => Default::default(),
        };
        let place = Span::new(start, mark + reader.buffer_position() as usize);
        match event {
            Event::Eof if walk.elements.is_empty() => return Ok(()),
            Event::Eof => return Err("it ends before it is complete".to_owned()),
            Event::DocType(_) => return Err("it has a document type, whose entities are never expanded".to_owned()),
            Event::Start(element) => walk.start(meaning(table, &namespace, &element), &element, place)?,
            Event::Empty(element) => {
                walk.start(meaning(table, &namespace, &element), &element, place)?;
                walk.end(place);
            }
            Event::End(_) => walk.end(place),
            Event::Text(text) => walk.text(&text, place, Written::AsRead),
            Event::CData(text) => walk.text(&text, place, Written::Otherwise),
            Event::GeneralRef(reference) => match refer(&reference) {
                Referred::Character(c) => walk.text(c.encode_utf8(&mut [0; 4]), place, Written::Otherwise),
                Referred::Illegal => {}
                Referred::Unknown => return Err(format!("the entity `&{};` is not defined", &*reference)),
            },
            _ => {}
        }
    }
}

fn meaning(table: Table, namespace: &str, element: &BytesStart<'_>) -> Meaning {
    table(namespace, element.local_name().into_inner(), element)
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Written {
    AsRead,
    Otherwise,
}

struct Walk<'a> {
    part: usize,
    into: &'a mut OfficeText,
    /// The paragraphs that are open: a box of text lies in a paragraph.
    open: Vec<OpenParagraph>,
    elements: Vec<Meaning>,
    /// How many elements that are not read lie around.
    skipped: usize,
    paragraphs: usize,
}

#[derive(Default)]
struct OpenParagraph {
    paragraph: Paragraph,
    number: usize,
    runs: usize,
    /// The run is not shown.
    run_hidden: bool,
    /// What follows is not shown.
    hidden: bool,
    /// The text node, and how its blanks count.
    text: Option<(usize, Meaning)>,
}

impl Walk<'_> {
    fn start(&mut self, meaning: Meaning, element: &BytesStart<'_>, place: Span) -> Result<(), String> {
        if self.elements.len() == DEEPEST {
            return Err("its elements lie more than 1,000 deep in each other".to_owned());
        }
        let meaning = if self.skipped > 0 && meaning != Meaning::Skipped { Meaning::Transparent } else { meaning };
        self.elements.push(meaning);
        match meaning {
            Meaning::Skipped => self.skipped += 1,
            Meaning::Paragraph | Meaning::TextParagraph => {
                self.paragraphs += 1;
                self.open.push(OpenParagraph { number: self.paragraphs, ..OpenParagraph::default() });
            }
            _ => {}
        }
        let part = self.part;
        let Some(open) = self.open.last_mut() else { return Ok(()) };
        match meaning {
            Meaning::Run => (open.runs, open.run_hidden) = (open.runs + 1, false),
            Meaning::Hides => open.run_hidden = true,
            Meaning::Hidden(hidden) => open.hidden = hidden,
            Meaning::Text | Meaning::TrimmedText => {
                let preserves = meaning == Meaning::Text || preserves_blanks(element);
                let preserve_at = (!preserves).then(|| place.end - ">".len());
                let inner = Span::new(place.end, place.end);
                open.text = Some((self.into.nodes.len(), if preserves { Meaning::Text } else { Meaning::TrimmedText }));
                self.into.nodes.push(TextNode { part, paragraph: open.number, run: open.runs, inner, preserve_at });
            }
            Meaning::Character(..) | Meaning::Break => self.sign(meaning, place),
            _ => {}
        }
        Ok(())
    }

    /// Adds what an element stands for.
    fn sign(&mut self, meaning: Meaning, place: Span) {
        let node = self.new_node(place);
        let Some(open) = self.open.last_mut().filter(|open| !open.run_hidden && !open.hidden) else { return };
        match meaning {
            Meaning::Character(character, count) => open.paragraph.markup(&character.repeat(count), place, node),
            _ => {
                open.paragraph.drop_collapsed();
                open.paragraph.markup("\n", place, node);
            }
        }
    }

    fn new_node(&mut self, inner: Span) -> usize {
        let open = self.open.last();
        let (paragraph, run) = open.map_or((0, 0), |open| (open.number, open.runs));
        self.into.nodes.push(TextNode { part: self.part, paragraph, run, inner, preserve_at: None });
        self.into.nodes.len() - 1
    }

    fn end(&mut self, place: Span) {
        match self.elements.pop() {
            Some(Meaning::Skipped) => self.skipped -= 1,
            Some(Meaning::Paragraph | Meaning::TextParagraph) => {
                if let Some(open) = self.open.pop() {
                    self.into.transcript.push(open.paragraph);
                }
            }
            Some(Meaning::Text | Meaning::TrimmedText) => {
                let Some(open) = self.open.last_mut() else { return };
                let Some((node, meaning)) = open.text.take() else { return };
                self.into.nodes[node].inner.end = place.start.max(self.into.nodes[node].inner.start);
                if meaning == Meaning::TrimmedText {
                    open.paragraph.trim_end(node);
                }
            }
            _ => {}
        }
    }

    fn text(&mut self, text: &str, place: Span, written: Written) {
        if self.skipped > 0 || self.open.last().is_none_or(|open| open.run_hidden || open.hidden) {
            return;
        }
        let in_paragraph =
            self.elements.iter().rev().find(|meaning| **meaning != Meaning::Transparent && **meaning != Meaning::Run);
        if in_paragraph == Some(&Meaning::TextParagraph) {
            let node = self.new_node(place);
            let Some(open) = self.open.last_mut() else { return };
            return match written {
                Written::AsRead => open.paragraph.collapsed(text, place.start, node),
                Written::Otherwise => open.paragraph.otherwise(text, place, node),
            };
        }
        let Some(OpenParagraph { paragraph, text: Some((node, meaning)), .. }) = self.open.last_mut() else { return };
        match written {
            Written::Otherwise => paragraph.otherwise(text, place, *node),
            Written::AsRead if *meaning == Meaning::TrimmedText && paragraph.is_new(*node) => {
                let trimmed = text.trim_start_matches(is_blank);
                paragraph.verbatim(trimmed, place.end - trimmed.len(), *node);
            }
            Written::AsRead => paragraph.verbatim(text, place.start, *node),
        }
    }
}

fn preserves_blanks(element: &BytesStart<'_>) -> bool {
    let value = element.attributes().flatten().find(|attribute| attribute.key.0 == "xml:space");
    value.is_some_and(|attribute| &*attribute.value == "preserve")
}
