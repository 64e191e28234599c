//! Reads the elements of TMX in order: the header once, then one `tu` at a time.

use std::borrow::Cow;
use std::io::Read;

use quick_xml::events::{BytesStart, Event};

use crate::exchange::segment_content::SegmentContent;
use crate::exchange::tmx::field;
use crate::exchange::tmx::unit_element::{FileOrigin, MOST_DETAILS, UnitElement, matches_field};
use crate::exchange::unit_file::{UnitFileError, UnitReader, UnitRecord};
use crate::exchange::xml_reader::{self, XmlReader};

/// Reads units from TMX.
pub struct TmxReader {
    xml: XmlReader,
    document: Document,
}

impl TmxReader {
    /// Reads the beginning of a file up to its first unit. `source` is the source of each unit that names none itself.
    pub fn new(text: Box<dyn Read + Send>, source: &str) -> Result<Self, UnitFileError> {
        let mut xml = XmlReader::new(text);
        let origin = FileOrigin { source: source.to_owned(), ..FileOrigin::default() };
        let mut document = Document { origin, ..Document::default() };
        loop {
            let step = match xml.next_event()? {
                Event::Start(root) if document.version.is_none() && root.name().0 != "tmx" => {
                    let root = root.name().0.to_owned();
                    return Err(UnitFileError::OtherRoot { format: "TMX", root });
                }
                Event::Eof => return Ok(Self { xml, document }),
                event => document.take(&event),
            };
            match step.map_err(|reason| xml.malformed(reason))? {
                Step::BodyBegun => return Ok(Self { xml, document }),
                Step::UnitBegun { .. } => return Err(xml.malformed("a <tu> stands outside of <body>")),
                Step::Further | Step::UnitEnded => {}
            }
        }
    }
}

impl UnitReader for TmxReader {
    fn next_unit(&mut self) -> Result<Option<UnitRecord>, UnitFileError> {
        let mut line = 0;
        loop {
            let step = match self.xml.next_event()? {
                Event::Eof => return Ok(None),
                event => self.document.take(&event),
            };
            match step.map_err(|reason| self.xml.malformed(reason))? {
                Step::Further | Step::BodyBegun => {}
                Step::UnitBegun { lines } => line = self.xml.line() - lines,
                Step::UnitEnded => {
                    let unit = std::mem::take(&mut self.document.unit).finish(&self.document.origin);
                    return Ok(Some(UnitRecord { line, unit }));
                }
            }
        }
    }

    fn position(&self) -> u64 {
        self.xml.position()
    }

    fn describe(&self) -> String {
        let mut said = format!("TMX {}", self.document.version.as_deref().unwrap_or("without version"));
        if let Some(lang) = &self.document.source_lang {
            said += &format!("; source language {lang}");
        }
        if let Some(tool) = &self.document.tool {
            said += &format!("; made by {tool}");
        }
        said
    }
}

/// What an event brings about.
enum Step {
    Further,
    BodyBegun,
    /// A unit has begun with a tag that breaks over so many lines.
    UnitBegun {
        lines: u64,
    },
    UnitEnded,
}

/// The element that is being read, as far as it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Outside,
    Header,
    Unit,
    Variant,
    Segment,
}

/// The document as far as it has been read.
#[derive(Default)]
struct Document {
    version: Option<String>,
    source_lang: Option<String>,
    tool: Option<String>,
    origin: FileOrigin,
    inside: Inside,
    unit: UnitElement,
    content: SegmentContent,
    /// How many elements of the segment are open, and how many of them lie in a code.
    open: u32,
    native: u32,
    /// The name and the value of the `prop` or `note` that is being read.
    property: Option<(String, String)>,
}

impl Document {
    fn take(&mut self, event: &Event<'_>) -> Result<Step, String> {
        match event {
            Event::Start(element) if self.inside == Inside::Segment => self.begin_code(element, false),
            Event::Empty(element) if self.inside == Inside::Segment => self.begin_code(element, true),
            Event::Start(element) => self.begin(element),
            Event::Empty(element) => {
                self.begin(element)?;
                Ok(self.end(element.name().0))
            }
            Event::End(element) => Ok(self.end(element.name().0)),
            event => {
                if let Some(text) = xml_reader::text(event)? {
                    self.text(&text);
                }
                Ok(Step::Further)
            }
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) -> Result<Step, String> {
        match (self.inside, element.name().0) {
            (Inside::Outside, "tmx") => {
                let version = xml_reader::attribute(element, "version")?;
                self.version = Some(version.map_or_else(|| "without version".to_owned(), Cow::into_owned));
            }
            (Inside::Outside, "header") => self.begin_header(element)?,
            (Inside::Outside, "body") => return Ok(Step::BodyBegun),
            (Inside::Outside, "tu") => {
                self.inside = Inside::Unit;
                for attribute in xml_reader::attributes(element) {
                    let (name, value) = attribute?;
                    self.unit.attribute(name, value);
                }
                return Ok(Step::UnitBegun { lines: element.matches('\n').count() as u64 });
            }
            (Inside::Unit, "tuv") => self.begin_variant(element)?,
            (Inside::Variant, "seg") => {
                self.inside = Inside::Segment;
                self.content = SegmentContent::default();
            }
            (Inside::Header | Inside::Unit | Inside::Variant, "note") => {
                self.property = Some(("note".to_owned(), String::new()));
            }
            (Inside::Header | Inside::Unit | Inside::Variant, "prop") => {
                let kind = xml_reader::attribute(element, "type")?;
                self.property = Some((kind.map_or_else(|| "prop".to_owned(), Cow::into_owned), String::new()));
            }
            _ => {}
        }
        Ok(Step::Further)
    }

    fn begin_header(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        self.inside = Inside::Header;
        self.source_lang = xml_reader::attribute(element, "srclang")?.map(Cow::into_owned);
        let tool = xml_reader::attribute(element, "creationtool")?;
        let version = xml_reader::attribute(element, "creationtoolversion")?.unwrap_or_default();
        self.tool = tool.map(|tool| format!("{tool} {version}").trim().to_owned()).filter(|tool| !tool.is_empty());
        Ok(())
    }

    fn begin_variant(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        self.inside = Inside::Variant;
        let (mut tag, mut old_tag, mut others) = (None, None, Vec::new());
        for attribute in xml_reader::attributes(element) {
            match attribute? {
                ("xml:lang", value) => tag = Some(value),
                ("lang", value) => old_tag = Some(value),
                other => others.push(other),
            }
        }
        self.unit.begin_variant(tag.or(old_tag).as_deref());
        others.into_iter().for_each(|(name, value)| self.unit.attribute(name, value));
        Ok(())
    }

    /// Takes the start tag of an inline element, with its attributes held to be well formed: the tag is written again as it is.
    fn begin_code(&mut self, element: &BytesStart<'_>, empty: bool) -> Result<Step, String> {
        let name = element.name().0;
        if !name.starts_with(|c: char| c.is_alphabetic() || c == '_') {
            return Err(format!("<{name}> is no name of an element"));
        }
        if let Some(fault) = xml_reader::attributes(element).find_map(Result::err) {
            return Err(fault);
        }
        let raw: &str = element;
        self.content.push_tag(&if empty { format!("<{raw}/>") } else { format!("<{raw}>") });
        if !empty {
            self.open += 1;
            self.native += u32::from(self.native > 0 || matches!(name, "bpt" | "ept" | "it" | "ph" | "ut"));
        }
        Ok(Step::Further)
    }

    fn text(&mut self, text: &str) {
        match (&mut self.property, self.inside) {
            // What goes on is too long already, which the unit finds out.
            (Some((_, value)), _) if value.len() > MOST_DETAILS => {}
            (Some((_, value)), _) => value.push_str(text),
            (None, Inside::Segment) if self.native > 0 => self.content.push_native(text),
            (None, Inside::Segment) => self.content.push_text(text),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Step {
        match (self.inside, name) {
            (Inside::Segment, _) if self.open > 0 => {
                self.content.push_tag(&format!("</{name}>"));
                self.open -= 1;
                self.native = self.native.saturating_sub(1);
            }
            (Inside::Segment, _) => {
                self.inside = Inside::Variant;
                self.unit.segment(std::mem::take(&mut self.content));
            }
            (Inside::Variant, "tuv") => {
                self.inside = Inside::Unit;
                self.unit.end_variant();
            }
            (Inside::Unit, "tu") => {
                self.inside = Inside::Outside;
                return Step::UnitEnded;
            }
            (Inside::Header, "header") => self.inside = Inside::Outside,
            (_, "prop" | "note") => self.end_property(),
            _ => {}
        }
        Step::Further
    }

    fn end_property(&mut self) {
        let Some((name, value)) = self.property.take() else { return };
        if self.inside != Inside::Header {
            self.unit.property(&name, value);
        } else if matches_field(&name, field::DOCUMENT) {
            self.origin.document = Some(value);
        } else if matches_field(&name, field::DOMAIN) {
            self.origin.domain = Some(value);
        }
    }
}
