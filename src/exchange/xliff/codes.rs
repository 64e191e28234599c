//! The content of a `source` or a `target`: its text, and its inline codes as codes of TMX with the original tag as content.

use quick_xml::events::BytesStart;

use crate::exchange::segment_content::SegmentContent;
use crate::exchange::xml_reader;
use crate::exchange::xml_text::write_attribute;
use crate::lang::Lang;
use crate::memory::unit::{UnitFlaw, Variant};

/// An element that is open inside the content.
#[derive(Clone, Copy, Debug)]
enum Open {
    /// It stands around text, under this number.
    Pair(u32),
    /// Its content is native code, and so it becomes one code under this name.
    Native(&'static str),
    /// It lies in native code.
    Inside,
}

/// Gathers the content of an element.
#[derive(Debug, Default)]
pub(super) struct InlineContent {
    content: SegmentContent,
    open: Vec<Open>,
    pairs: u32,
}

impl InlineContent {
    /// Begins an inline element.
    pub fn begin(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        let tag = format!("<{}>", &**element);
        if self.is_native() {
            self.content.push_native(&tag);
            self.open.push(Open::Inside);
        } else if let Some((name, position)) = code(element)? {
            self.begin_code(name, position, &tag);
            self.open.push(Open::Native(name));
        } else {
            self.pairs += 1;
            let number = self.pairs;
            self.numbered_code("bpt", number, &tag);
            self.open.push(Open::Pair(number));
        }
        Ok(())
    }

    /// Takes an element without content.
    pub fn empty(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        let tag = format!("<{}/>", &**element);
        if self.is_native() {
            self.content.push_native(&tag);
        } else {
            let (name, position) = code(element)?.unwrap_or(("ph", None));
            self.begin_code(name, position, &tag);
            self.content.push_tag(&format!("</{name}>"));
        }
        Ok(())
    }

    /// Ends the element that was begun last; `false` where none is open, so that the content itself ends.
    pub fn end(&mut self, name: &str) -> bool {
        let tag = format!("</{name}>");
        match self.open.pop() {
            None => return false,
            Some(Open::Pair(number)) => self.numbered_code("ept", number, &tag),
            Some(Open::Inside) => self.content.push_native(&tag),
            Some(Open::Native(code)) => {
                self.content.push_native(&tag);
                self.content.push_tag(&format!("</{code}>"));
            }
        }
        true
    }

    /// Takes text.
    pub fn text(&mut self, text: &str) {
        if self.is_native() { self.content.push_native(text) } else { self.content.push_text(text) }
    }

    /// Returns the segment.
    pub fn finish(self, lang: &Lang) -> Result<Option<Variant>, UnitFlaw> {
        self.content.finish(lang)
    }

    fn is_native(&self) -> bool {
        matches!(self.open.last(), Some(Open::Native(_) | Open::Inside))
    }

    fn begin_code(&mut self, name: &str, position: Option<&str>, original: &str) {
        let mut tag = format!("<{name}");
        if let Some(position) = position {
            write_attribute(&mut tag, "pos", position);
        }
        self.content.push_tag(&format!("{tag}>"));
        self.content.push_native(original);
    }

    fn numbered_code(&mut self, name: &str, number: u32, original: &str) {
        self.content.push_tag(&format!("<{name} i=\"{number}\">"));
        self.content.push_native(original);
        self.content.push_tag(&format!("</{name}>"));
    }
}

/// Returns the code of TMX for an element that is native code or stands alone, with the side of what lies open; `None` for an
/// element around text.
fn code(element: &BytesStart<'_>) -> Result<Option<(&'static str, Option<&'static str>)>, String> {
    Ok(Some(match element.name().0 {
        "x" | "ph" | "cp" => ("ph", None),
        "bx" | "sc" | "sm" | "bpt" => ("it", Some("begin")),
        "ex" | "ec" | "em" | "ept" => ("it", Some("end")),
        "it" => {
            let closes = xml_reader::attribute(element, "pos")?.is_some_and(|position| position == "close");
            ("it", Some(if closes { "end" } else { "begin" }))
        }
        _ => return Ok(None),
    }))
}
