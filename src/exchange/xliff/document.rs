//! The elements of XLIFF as far as they make units: which one is being read, and what it has said so far.

use std::borrow::Cow;

use quick_xml::events::{BytesStart, Event};

use crate::exchange::unit_file::{UnitFileError, UnitFileOptions, UnitRecord};
use crate::exchange::xliff::codes::InlineContent;
use crate::exchange::xml_reader;
use crate::lang::Lang;
use crate::memory::unit::{Origin, TranslationUnit, Variant};

/// Longer notes, in bytes, has no unit that a person has made.
const LONGEST_NOTES: usize = 1 << 20;

/// What an event brings about.
pub(super) enum Step {
    Further,
    FileBegun,
    /// A unit has begun with a tag that breaks over so many lines.
    UnitBegun {
        lines: u64,
    },
    UnitEnded,
}

/// The two sides of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Source,
    Target,
}

/// The element that is being read, as far as it matters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Inside {
    #[default]
    Outside,
    /// A `trans-unit` of 1.2 or a `segment` of 2.x.
    Unit,
    Content(Side),
    Note,
    /// An element that is none of ours, with so many elements open in it.
    Skipped(u32),
}

/// The content of a side, and the language that it names itself.
#[derive(Default)]
struct Content {
    inline: InlineContent,
    tag: Option<String>,
}

/// The document as far as it has been read.
#[derive(Default)]
pub(super) struct Document {
    version: Option<String>,
    source: String,
    /// The languages that the user names, and those that the file does.
    named: [Option<String>; 2],
    declared: [Option<String>; 2],
    original: Option<String>,
    inside: Inside,
    /// Whether the note or the skipped element stands inside of a unit with segments of its own.
    in_segment: bool,
    in_unit: bool,
    id: Option<String>,
    notes: String,
    state: Option<String>,
    contents: [Option<Content>; 2],
}

impl Document {
    pub fn new(options: &UnitFileOptions) -> Self {
        let named = [&options.from, &options.to].map(|lang| lang.as_ref().map(|lang| lang.tag().to_owned()));
        Self { source: options.source.clone(), named, ..Self::default() }
    }

    /// Returns the version; `None` before the root element.
    pub fn version(&self) -> Option<&str> {
        self.version.as_deref()
    }

    /// Returns the tag of a language for the units that name none themselves.
    pub fn tag(&self, side: Side) -> Option<&str> {
        let place = side as usize;
        self.named[place].as_deref().or(self.declared[place].as_deref())
    }

    /// Takes an event in.
    pub fn take(&mut self, event: &Event<'_>) -> Result<Step, String> {
        match event {
            Event::Start(element) => self.begin(element),
            Event::Empty(element) => self.empty(element),
            Event::End(element) => Ok(self.end(element.name().0)),
            event => {
                if let Some(text) = xml_reader::text(event)? {
                    self.text(&text);
                }
                Ok(Step::Further)
            }
        }
    }

    fn empty(&mut self, element: &BytesStart<'_>) -> Result<Step, String> {
        match self.inside {
            Inside::Content(side) => {
                self.content(side).inline.empty(element)?;
                Ok(Step::Further)
            }
            _ => {
                let begun = self.begin(element)?;
                let ended = self.end(element.name().0);
                Ok(if matches!(ended, Step::Further) { begun } else { ended })
            }
        }
    }

    fn begin(&mut self, element: &BytesStart<'_>) -> Result<Step, String> {
        let name = element.name().0;
        match (self.inside, name) {
            (Inside::Skipped(open), _) => self.inside = Inside::Skipped(open + 1),
            (Inside::Content(side), _) => self.content(side).inline.begin(element)?,
            (Inside::Note, _) => {}
            (_, name) if is_skipped(name) => self.leave_for(Inside::Skipped(0)),
            (Inside::Outside, "xliff") => {
                self.version = Some(value(element, "version")?.unwrap_or_else(|| "without version".to_owned()));
                self.declared = [value(element, "srcLang")?, value(element, "trgLang")?];
            }
            (Inside::Outside, "file") => return self.begin_file(element),
            (Inside::Outside, "unit") => self.begin_group(element)?,
            (Inside::Outside, "trans-unit") => {
                self.begin_group(element)?;
                return self.begin_unit(element);
            }
            (Inside::Outside, "segment") => return self.begin_unit(element),
            (Inside::Outside | Inside::Unit, "note") => self.leave_for(Inside::Note),
            (Inside::Unit, "source") => self.begin_content(Side::Source, element)?,
            (Inside::Unit, "target") => self.begin_content(Side::Target, element)?,
            _ => {}
        }
        Ok(Step::Further)
    }

    fn leave_for(&mut self, inside: Inside) {
        self.in_segment = self.inside == Inside::Unit;
        self.inside = inside;
    }

    fn begin_file(&mut self, element: &BytesStart<'_>) -> Result<Step, String> {
        self.original = value(element, "original")?;
        for (place, name) in ["source-language", "target-language"].into_iter().enumerate() {
            if let Some(tag) = value(element, name)? {
                self.declared[place] = Some(tag);
            }
        }
        Ok(Step::FileBegun)
    }

    fn begin_group(&mut self, element: &BytesStart<'_>) -> Result<(), String> {
        self.id = value(element, "id")?;
        self.notes.clear();
        self.in_unit = true;
        Ok(())
    }

    fn begin_unit(&mut self, element: &BytesStart<'_>) -> Result<Step, String> {
        self.inside = Inside::Unit;
        self.state = value(element, "state")?;
        self.contents = [None, None];
        Ok(Step::UnitBegun { lines: element.matches('\n').count() as u64 })
    }

    fn begin_content(&mut self, side: Side, element: &BytesStart<'_>) -> Result<(), String> {
        self.inside = Inside::Content(side);
        if let Some(state) = value(element, "state")? {
            self.state = Some(state);
        }
        let tag = value(element, "xml:lang")?;
        self.contents[side as usize] = Some(Content { tag, ..Content::default() });
        Ok(())
    }

    fn content(&mut self, side: Side) -> &mut Content {
        self.contents[side as usize].get_or_insert_default()
    }

    fn text(&mut self, text: &str) {
        match self.inside {
            Inside::Content(side) => self.content(side).inline.text(text),
            Inside::Note if self.in_unit && self.notes.len() + text.len() <= LONGEST_NOTES => self.notes.push_str(text),
            _ => {}
        }
    }

    fn end(&mut self, name: &str) -> Step {
        match (self.inside, name) {
            (Inside::Skipped(0), _) | (Inside::Note, "note") => {
                self.inside = if self.in_segment { Inside::Unit } else { Inside::Outside };
            }
            (Inside::Skipped(open), _) => self.inside = Inside::Skipped(open - 1),
            (Inside::Content(side), name) if !self.content(side).inline.end(name) => self.inside = Inside::Unit,
            (Inside::Unit, "trans-unit" | "segment") => {
                self.inside = Inside::Outside;
                self.in_unit &= name == "segment";
                return Step::UnitEnded;
            }
            (Inside::Outside, "unit") => self.in_unit = false,
            _ => {}
        }
        Step::Further
    }

    /// Returns the unit that has ended in a record, or `None` where it is not translated yet.
    pub fn finish_unit(&mut self, line: u64) -> Result<Option<UnitRecord>, UnitFileError> {
        let [source, target] = std::mem::take(&mut self.contents);
        let (Some(source), Some(target)) = (source, target) else { return Ok(None) };
        if self.state.as_deref().is_some_and(|state| ["new", "needs-translation", "initial"].contains(&state)) {
            return Ok(None);
        }
        let mut variants = Vec::with_capacity(2);
        for (side, content) in [(Side::Source, source), (Side::Target, target)] {
            match self.variant(side, content)? {
                Ok(Some(variant)) => variants.push(variant),
                Ok(None) => return Ok(None),
                Err(reason) => return Ok(Some(UnitRecord::rejected(line, reason))),
            }
        }
        Ok(Some(UnitRecord::of(line, self.unit(variants))))
    }

    /// Returns the segment of a side, `None` where it is empty, a reason where it cannot be one.
    fn variant(&self, side: Side, content: Content) -> Result<Result<Option<Variant>, String>, UnitFileError> {
        let Some(tag) = self.named[side as usize].as_deref().or(content.tag.as_deref()).or(self.tag(side)) else {
            let (name, option) = if side == Side::Source { ("source", "--from en") } else { ("target", "--to ko") };
            let reason = format!("the file does not name its {name} language; name it, as in {option}");
            return Err(UnitFileError::Languages(reason));
        };
        let lang = match Lang::parse(tag) {
            Ok(lang) => lang,
            Err(error) => return Ok(Err(error.to_string())),
        };
        Ok(content.inline.finish(&lang).map_err(|flaw| flaw.to_string()))
    }

    fn unit(&self, variants: Vec<Variant>) -> TranslationUnit {
        let notes = Some(self.notes.trim().to_owned()).filter(|notes| !notes.is_empty());
        let properties = [("id", self.id.clone()), ("state", self.state.clone()), ("note", notes)];
        TranslationUnit {
            variants,
            origin: Origin { source: self.source.clone(), document: self.original.clone(), ..Origin::default() },
            confidence: None,
            properties: properties.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect(),
        }
    }
}

/// Returns whether an element holds no segment of ours: alternatives, the source cut by another program, what is not to be
/// translated, and what other namespaces add.
fn is_skipped(name: &str) -> bool {
    let known = ["alt-trans", "seg-source", "header", "skeleton", "bin-unit", "originalData", "ignorable", "glossary"];
    name.contains(':') || known.contains(&name)
}

fn value(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, String> {
    Ok(xml_reader::attribute(element, name)?.map(Cow::into_owned))
}
