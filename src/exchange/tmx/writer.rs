//! Writes TMX 1.4b, one `tu` a unit, in UTF-8 and without a DOCTYPE.

use std::io::{self, Write};

use crate::exchange::tmx::provenance::{self, Named};
use crate::exchange::tmx::{ATTRIBUTES, field};
use crate::exchange::unit_file::UnitWriter;
use crate::exchange::xml_text::{escape_content, legal, write_attribute};
use crate::lang::Lang;
use crate::memory::unit::{TranslationUnit, Variant};

/// Writes units as TMX. Characters that XML cannot hold are left out.
pub struct TmxWriter<W: Write> {
    out: W,
    text: String,
}

impl<W: Write> TmxWriter<W> {
    /// Begins a file. `source_lang` is the language that all units have been translated from, where there is one.
    pub fn new(mut out: W, source_lang: Option<&Lang>) -> io::Result<Self> {
        let mut text = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<tmx version=\"1.4\">\n<header");
        for (name, value) in [
            ("creationtool", "tongsa"),
            ("creationtoolversion", env!("CARGO_PKG_VERSION")),
            ("segtype", "sentence"),
            ("o-tmf", "tongsa"),
            ("adminlang", "en"),
            ("srclang", source_lang.map_or("*all*", Lang::tag)),
            ("datatype", "plaintext"),
        ] {
            write_attribute(&mut text, name, value);
        }
        text.push_str("/>\n<body>\n");
        out.write_all(text.as_bytes())?;
        Ok(Self { out, text })
    }
}

impl<W: Write> UnitWriter for TmxWriter<W> {
    fn write(&mut self, unit: &TranslationUnit) -> io::Result<()> {
        self.text.clear();
        write_unit(&mut self.text, unit);
        self.out.write_all(self.text.as_bytes())
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.write_all(b"</body>\n</tmx>\n")?;
        self.out.flush()
    }
}

fn write_unit(out: &mut String, unit: &TranslationUnit) {
    let details = Details::of(unit);
    out.push_str("<tu");
    details.write_attributes(out, "");
    out.push_str(">\n");
    details.write_properties(out, "");
    for variant in &unit.variants {
        let level = format!("{}:", variant.lang);
        out.push_str("<tuv");
        write_attribute(out, "xml:lang", variant.lang.tag());
        details.write_attributes(out, &level);
        out.push('>');
        details.write_properties(out, &level);
        write_segment(out, variant);
        out.push_str("</tuv>\n");
    }
    out.push_str("</tu>\n");
}

fn write_segment(out: &mut String, variant: &Variant) {
    out.push_str("<seg>");
    match &variant.markup {
        Some(markup) => out.push_str(&legal(markup)),
        None => escape_content(out, &variant.text),
    }
    out.push_str("</seg>");
}

/// What a unit says of itself, parted into attributes and properties. The names of what belongs to a variant begin with its
/// language and a colon.
struct Details {
    attributes: Vec<Named>,
    properties: Vec<Named>,
    levels: Vec<String>,
}

impl Details {
    fn of(unit: &TranslationUnit) -> Self {
        let levels = unit.variants.iter().map(|variant| format!("{}:", variant.lang)).collect();
        let mut details = Self { attributes: Vec::new(), properties: Vec::new(), levels };
        for (name, value) in &unit.properties {
            let taken = details.attributes.iter().any(|(before, _)| before == name);
            let attribute = ATTRIBUTES.contains(&details.parted(name).1) && !taken;
            let list = if attribute { &mut details.attributes } else { &mut details.properties };
            list.push((name.clone(), value.clone()));
        }
        let origin = &unit.origin;
        details.add_date(origin.date.as_deref());
        details.add_author(origin.author.as_deref());
        let confidence = unit.confidence.map(|confidence| confidence.to_string());
        for (name, value) in [
            (field::SOURCE, Some(origin.source.as_str()).filter(|source| !source.is_empty())),
            (field::DOCUMENT, origin.document.as_deref()),
            (field::DOMAIN, origin.domain.as_deref()),
            (field::CONFIDENCE, confidence.as_deref()),
        ] {
            details.properties.extend(value.map(|value| (name.to_owned(), value.to_owned())));
        }
        details
    }

    /// Adds the date where the attributes do not tell it themselves.
    fn add_date(&mut self, date: Option<&str>) {
        if provenance::date(&self.attributes).as_deref() == date {
            return;
        }
        self.demote(provenance::is_date);
        match date.and_then(provenance::from_iso) {
            Some(written) => self.attributes.push(("changedate".to_owned(), written)),
            None => self.properties.extend(date.map(|date| (field::DATE.to_owned(), date.to_owned()))),
        }
    }

    /// Adds the author where the attributes do not tell him themselves.
    fn add_author(&mut self, author: Option<&str>) {
        if provenance::author(&self.attributes).as_deref() == author {
            return;
        }
        self.demote(provenance::is_author);
        match author.filter(|author| !author.trim().is_empty()) {
            Some(author) => self.attributes.push(("changeid".to_owned(), author.to_owned())),
            None => self.properties.extend(author.map(|author| (field::AUTHOR.to_owned(), author.to_owned()))),
        }
    }

    /// Makes properties of attributes that contradict the origin.
    fn demote(&mut self, which: fn(&str) -> bool) {
        let (demoted, kept) = std::mem::take(&mut self.attributes).into_iter().partition(|(name, _)| which(name));
        self.attributes = kept;
        self.properties.splice(0..0, Vec::from_iter::<Vec<Named>>(demoted));
    }

    /// Returns the level of a name and the name within it: `ko:` and `note`, or nothing and `x-client`.
    fn parted<'n>(&self, name: &'n str) -> (&'n str, &'n str) {
        let level = self.levels.iter().find(|level| name.starts_with(level.as_str()));
        name.split_at(level.map_or(0, String::len))
    }

    fn write_attributes(&self, out: &mut String, level: &str) {
        for (name, value) in &self.attributes {
            let (found, name) = self.parted(name);
            if found == level {
                write_attribute(out, name, value);
            }
        }
    }

    fn write_properties(&self, out: &mut String, level: &str) {
        for (name, value) in &self.properties {
            match self.parted(name) {
                (found, "note") if found == level => {
                    out.push_str("<note>");
                    escape_content(out, value);
                    out.push_str("</note>\n");
                }
                (found, name) if found == level => {
                    out.push_str("<prop");
                    write_attribute(out, "type", name);
                    out.push('>');
                    escape_content(out, value);
                    out.push_str("</prop>\n");
                }
                _ => {}
            }
        }
    }
}
