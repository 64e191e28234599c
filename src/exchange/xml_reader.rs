//! XML as a stream of events, held to be well formed: one root, closed elements, no entities but the predefined ones.
//!
//! Nothing outside of the document is ever fetched, and a document that defines entities is refused. What the elements mean
//! is left to the formats.

use std::borrow::Cow;
use std::io::{self, Read};
use std::sync::Arc;

use quick_xml::errors::{Error, IllFormedError};
use quick_xml::events::attributes::AttrError;
use quick_xml::events::{BytesStart, Event};

use crate::exchange::metered_text::MeteredText;
use crate::exchange::unit_file::UnitFileError;
use crate::exchange::xml_text::{Referred, refer};

/// Deeper than this lies nothing that a person has made.
const DEEPEST: u32 = 200;

/// Reads the events of a document.
pub(super) struct XmlReader {
    reader: quick_xml::Reader<MeteredText>,
    buffer: Vec<u8>,
    depth: u32,
    /// Whether the root has begun.
    begun: bool,
}

impl XmlReader {
    pub fn new(text: Box<dyn Read + Send>) -> Self {
        let mut reader = quick_xml::Reader::from_reader(MeteredText::new(text));
        reader.config_mut().check_end_names = true;
        Self { reader, buffer: Vec::with_capacity(1 << 12), depth: 0, begun: false }
    }

    /// Returns the next event; `Eof` only at the end of a complete document.
    pub fn next_event(&mut self) -> Result<Event<'_>, UnitFileError> {
        self.buffer.clear();
        self.reader.get_mut().begin_piece();
        let event = match self.reader.read_event_into(&mut self.buffer) {
            Ok(event) => event,
            Err(error) => return Err(failure(&self.reader, error)),
        };
        let flaw = match &event {
            Event::Start(_) => {
                let second = self.depth == 0 && self.begun;
                self.begun = true;
                self.depth += 1;
                if second { Some("there is a second root element") } else { too_deep(self.depth) }
            }
            Event::End(_) => {
                self.depth = self.depth.saturating_sub(1);
                None
            }
            event if self.depth == 0 => outside_of_root(event),
            _ => None,
        };
        let meter = self.reader.get_ref();
        let start = || meter.place_of(self.reader.buffer_position().saturating_sub(raw_length(&event)));
        match (&event, flaw) {
            (_, Some(reason)) => Err(UnitFileError::malformed(start(), reason)),
            (Event::DocType(text), _) if text.contains("<!ENTITY") => Err(UnitFileError::Entities { line: start().line }),
            (Event::Eof, _) if self.depth > 0 || !self.begun => Err(UnitFileError::cut_off(meter.place_of(meter.position()))),
            _ => Ok(event),
        }
    }

    /// Returns the line that is being read.
    pub fn line(&mut self) -> u64 {
        self.reader.get_mut().line()
    }

    /// Returns how many bytes have been read.
    pub fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// Says what is wrong with the event read last.
    pub fn malformed(&self, reason: impl Into<String>) -> UnitFileError {
        let start = self.reader.buffer_position().saturating_sub(self.buffer.len() as u64);
        UnitFileError::malformed(self.reader.get_ref().place_of(start), reason)
    }
}

fn too_deep(depth: u32) -> Option<&'static str> {
    (depth > DEEPEST).then_some("the elements lie more than 200 deep in each other")
}

/// Says what is wrong with an event outside of the root element.
fn outside_of_root(event: &Event<'_>) -> Option<&'static str> {
    match event {
        Event::Empty(_) => Some("the root element has nothing in it"),
        Event::Text(text) if !text.trim_start_matches(BLANKS).is_empty() => Some("text stands outside of the root element"),
        Event::CData(_) | Event::GeneralRef(_) => Some("text stands outside of the root element"),
        _ => None,
    }
}

/// What may stand between elements; a byte order mark in the middle comes from files that were joined.
const BLANKS: [char; 5] = ['\u{FEFF}', ' ', '\t', '\r', '\n'];

/// Returns how many bytes of the file an event has taken, but for blanks before a text and in a DOCTYPE.
fn raw_length(event: &Event<'_>) -> u64 {
    let (content, signs) = match event {
        Event::Text(text) => (text.trim_start_matches(BLANKS).len(), 0),
        Event::Start(element) => (element.len(), "<>".len()),
        Event::Empty(element) => (element.len(), "</>".len()),
        Event::CData(text) => (text.len(), "<![CDATA[]]>".len()),
        Event::DocType(text) => (text.len(), "<!DOCTYPE >".len()),
        event => (event.len(), "&;".len()),
    };
    (content + signs) as u64
}

fn failure(reader: &quick_xml::Reader<MeteredText>, error: Error) -> UnitFileError {
    let meter = reader.get_ref();
    match error {
        Error::Io(error) => UnitFileError::Read(unshared(error)),
        Error::Syntax(_) | Error::IllFormed(IllFormedError::MissingEndTag(_)) => {
            UnitFileError::cut_off(meter.place_of(meter.position()))
        }
        Error::IllFormed(error) => UnitFileError::malformed(meter.place_of(reader.error_position()), ill_formed(&error)),
        Error::Encoding(_) => UnitFileError::malformed(meter.place_of(reader.buffer_position()), "the text is not UTF-8"),
        error => UnitFileError::malformed(meter.place_of(reader.error_position()), error.to_string()),
    }
}

/// Returns the error itself, which may hold what the decoder has found.
fn unshared(error: Arc<io::Error>) -> io::Error {
    Arc::try_unwrap(error).unwrap_or_else(|shared| io::Error::new(shared.kind(), shared.to_string()))
}

fn ill_formed(error: &IllFormedError) -> String {
    match error {
        IllFormedError::UnmatchedEndTag(name) => format!("</{name}> closes nothing"),
        IllFormedError::MismatchedEndTag { expected, found } => format!("</{found}> stands where </{expected}> is due"),
        IllFormedError::UnclosedReference => "after `&` comes neither a name nor a number with `;`".to_owned(),
        error => error.to_string(),
    }
}

/// Returns the text of an event with its references resolved, or `None` where the event is no text.
pub(super) fn text<'e>(event: &Event<'e>) -> Result<Option<Cow<'e, str>>, String> {
    Ok(Some(match event {
        Event::Text(text) => text.xml10_content(),
        Event::CData(text) => text.xml10_content(),
        Event::GeneralRef(reference) => match refer(reference) {
            Referred::Character(c) => Cow::Owned(c.to_string()),
            Referred::Illegal => Cow::Borrowed(""),
            Referred::Unknown => return Err(unknown_entity(reference)),
        },
        _ => return Ok(None),
    }))
}

/// Returns the attributes of an element by name, in order, with their references resolved.
pub(super) fn attributes<'e>(
    element: &'e BytesStart<'_>,
) -> impl Iterator<Item = Result<(&'e str, Cow<'e, str>), String>> + use<'e> {
    element.attributes().map(|attribute| {
        let attribute = attribute.map_err(|error| attribute_fault(&error))?;
        let Cow::Borrowed(raw) = attribute.value else { return Err("an attribute cannot be read".to_owned()) };
        if raw.contains('<') {
            return Err(format!("the attribute {} has a `<` in it", attribute.key.0));
        }
        Ok((attribute.key.0, attribute_value(raw)?))
    })
}

/// Returns the value of one attribute.
pub(super) fn attribute<'e>(element: &'e BytesStart<'_>, name: &str) -> Result<Option<Cow<'e, str>>, String> {
    for attribute in attributes(element) {
        let (found, value) = attribute?;
        if found == name {
            return Ok(Some(value));
        }
    }
    Ok(None)
}

fn attribute_fault(error: &AttrError) -> String {
    let fault = match error {
        AttrError::ExpectedEq(_) => "has no value",
        AttrError::ExpectedValue(_) => "has nothing after its `=`",
        AttrError::UnquotedValue(_) => "has a value without quotes",
        AttrError::ExpectedQuote(..) => "has no closing quote",
        AttrError::Duplicated(..) => "stands twice in one element",
    };
    format!("an attribute {fault}")
}

/// Resolves references and makes every white space a blank (XML 1.0, 3.3.3).
fn attribute_value(raw: &str) -> Result<Cow<'_, str>, String> {
    if !raw.contains(['&', '\t', '\n', '\r']) {
        return Ok(Cow::Borrowed(raw));
    }
    let mut value = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['&', '\t', '\n', '\r']) {
        value.push_str(&rest[..at]);
        rest = &rest[at..];
        if !rest.starts_with('&') {
            value.push(' ');
            rest = rest.strip_prefix("\r\n").unwrap_or(&rest[1..]);
            continue;
        }
        let Some((name, after)) = rest[1..].split_once(';') else { return Err("an attribute has a lone `&`".to_owned()) };
        match refer(name) {
            Referred::Character(c) => value.push(c),
            Referred::Illegal => {}
            Referred::Unknown => return Err(unknown_entity(name)),
        }
        rest = after;
    }
    value.push_str(rest);
    Ok(Cow::Owned(value))
}

/// Says that an entity is not known.
fn unknown_entity(name: &str) -> String {
    let shown: String = name.chars().take(40).collect();
    format!("the entity `&{shown};` is not defined")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<usize, String> {
        let mut reader = XmlReader::new(Box::new(io::Cursor::new(text.to_owned())));
        let mut count = 0;
        loop {
            match reader.next_event().map_err(|error| error.to_string())? {
                Event::Eof => return Ok(count),
                Event::Start(element) | Event::Empty(element) => {
                    let flaw = attributes(&element).find_map(Result::err);
                    if let Some(flaw) = flaw {
                        return Err(reader.malformed(flaw).to_string());
                    }
                }
                _ => {}
            }
            count += 1;
        }
    }

    #[test]
    fn what_is_not_well_formed_is_told_with_its_place() {
        let deep = "<a>\n".repeat(300);
        for (text, expected) in [
            ("<a>\n <b>가</c>\n</a>", "line 2, column 6: </c> stands where </b> is due"),
            ("<a></a></b>", "line 1, column 8: </b> closes nothing"),
            ("<a></a>\n<b></b>", "line 2, column 1: there is a second root element"),
            ("<a></a>\nleft", "line 2, column 1: text stands outside of the root element"),
            ("<a>\n  & </a>", "line 2, column 3: after `&` comes neither a name nor a number with `;`"),
            ("<a>\n<b x=1></b></a>", "line 2, column 1: an attribute has a value without quotes"),
            ("<a x='1' x='2'></a>", "line 1, column 1: an attribute stands twice in one element"),
            ("<a x='&me;'></a>", "line 1, column 1: the entity `&me;` is not defined"),
            (&deep, "line 201, column 1: the elements lie more than 200 deep in each other"),
            ("<a>\n<b>", "the file ends in line 2, column 4, before it is complete"),
            ("<a>\n<b", "the file ends in line 2, column 3, before it is complete"),
            ("<a><![CDATA[x", "the file ends in line 1, column 14, before it is complete"),
            (
                "\n<!DOCTYPE a [\n<!ENTITY l \"lol\">\n]>\n<a>&l;</a>",
                "line 2: the file defines XML entities of its own, which are never expanded",
            ),
        ] {
            let said = read(text).unwrap_err();
            assert_eq!(said.split(';').next(), expected.split(';').next(), "{text}: {said}");
            assert!(said.starts_with(expected), "{text}: {said}");
        }
        assert_eq!(
            read("<?xml version='1.0'?><!DOCTYPE a SYSTEM 'http://nowhere.invalid/a.dtd'><a><!-- - --><b/>x</a>"),
            Ok(7)
        );
    }

    #[test]
    fn values_of_attributes_are_resolved() {
        let element = BytesStart::from_content("a x='1&#10;2&amp;\n3' y=\"&lt;\"", 1);
        let read: Result<Vec<_>, _> = attributes(&element).collect();
        assert_eq!(read, Ok(vec![("x", "1\n2& 3".into()), ("y", "<".into())]));
    }
}
