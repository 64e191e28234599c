//! One `tu` as it is read: its variants, what it says of itself, and why it may be no unit.

use std::borrow::Cow;

use crate::exchange::segment_content::SegmentContent;
use crate::exchange::tmx::field;
use crate::exchange::tmx::provenance::{self, Named};
use crate::lang::Lang;
use crate::memory::unit::{Origin, TranslationUnit, Variant};

/// More languages than this, or more bytes of notes and properties, has no unit that a person has made.
const MOST_VARIANTS: usize = 400;
pub(super) const MOST_DETAILS: usize = 1 << 20;

/// What the whole file says of its units.
#[derive(Clone, Debug, Default)]
pub(super) struct FileOrigin {
    pub source: String,
    pub document: Option<String>,
    pub domain: Option<String>,
}

/// Gathers a unit.
#[derive(Debug, Default)]
pub(super) struct UnitElement {
    variants: Vec<Variant>,
    attributes: Vec<Named>,
    properties: Vec<Named>,
    details: usize,
    /// The language of the `tuv` that is being read, where it can be told.
    lang: Option<Lang>,
    flaw: Option<String>,
}

impl UnitElement {
    /// Takes an attribute of the `tu`, or of the `tuv` that is being read.
    pub fn attribute(&mut self, name: &str, value: Cow<'_, str>) {
        if let Some(name) = self.name_for(name, value.len()) {
            self.attributes.push((name, value.into_owned()));
        }
    }

    /// Takes a `prop` or a `note` of the `tu`, or of the `tuv` that is being read.
    pub fn property(&mut self, name: &str, value: String) {
        if let Some(name) = self.name_for(name, value.len()) {
            self.properties.push((name, value));
        }
    }

    /// Returns the name of a detail with its language, or notes that there are too many.
    fn name_for(&mut self, name: &str, length: usize) -> Option<String> {
        self.details += name.len() + length;
        if self.details > MOST_DETAILS {
            self.reject("the unit has more than 1 MB of notes and properties".to_owned());
            return None;
        }
        Some(self.lang.as_ref().map_or_else(|| name.to_owned(), |lang| format!("{lang}:{name}")))
    }

    /// Begins a `tuv` of the language with this tag.
    pub fn begin_variant(&mut self, tag: Option<&str>) {
        self.lang = None;
        match tag.map(Lang::parse) {
            Some(Ok(lang)) => self.lang = Some(lang),
            Some(Err(error)) => self.reject(error.to_string()),
            None => self.reject("a segment of the unit names no language".to_owned()),
        }
    }

    /// Ends a `tuv`: what follows belongs to the `tu`.
    pub fn end_variant(&mut self) {
        self.lang = None;
    }

    /// Takes the segment of the `tuv` that is being read.
    pub fn segment(&mut self, content: SegmentContent) {
        let Some(lang) = &self.lang else { return };
        match content.finish(lang) {
            Ok(Some(_)) if self.variants.len() == MOST_VARIANTS => {
                self.reject(format!("the unit has more than {MOST_VARIANTS} segments"));
            }
            Ok(variant) => self.variants.extend(variant),
            Err(flaw) => self.reject(flaw.to_string()),
        }
    }

    /// The first reason stands for all.
    fn reject(&mut self, reason: String) {
        self.flaw.get_or_insert(reason);
    }

    /// Returns the unit, or why it is none.
    pub fn finish(mut self, file: &FileOrigin) -> Result<TranslationUnit, String> {
        if let Some(flaw) = self.flaw {
            return Err(flaw);
        }
        let mut field = |name: &str| {
            let at = self.properties.iter().position(|(found, _)| matches_field(found, name))?;
            Some(self.properties.remove(at).1)
        };
        let mut origin = Origin {
            source: field(field::SOURCE).unwrap_or_else(|| file.source.clone()),
            document: field(field::DOCUMENT).or_else(|| file.document.clone()),
            domain: field(field::DOMAIN).or_else(|| file.domain.clone()),
            date: field(field::DATE),
            author: field(field::AUTHOR),
        };
        if origin.date.is_none() {
            origin.date = provenance::date(&self.attributes);
        }
        if origin.author.is_none() {
            origin.author = provenance::author(&self.attributes);
        }
        let (date, author) = (origin.date.as_deref(), origin.author.as_deref());
        self.attributes.retain(|attribute| !provenance::is_told(attribute, date, author));
        let confidence = self.confidence();
        self.attributes.append(&mut self.properties);
        let unit = TranslationUnit { variants: self.variants, origin, confidence, properties: self.attributes };
        unit.flaw().map_or(Ok(unit), |flaw| Err(flaw.to_string()))
    }

    /// Takes out the confidence; what is no percentage stays a property.
    fn confidence(&mut self) -> Option<u8> {
        let at = self.properties.iter().position(|(name, _)| name == field::CONFIDENCE)?;
        let confidence = self.properties[at].1.parse().ok().filter(|per_cent| *per_cent <= 100)?;
        self.properties.remove(at);
        Some(confidence)
    }
}

/// Returns whether the type of a `prop` is that of a field, as `x-document`, `X-Document` and `document` are.
pub(super) fn matches_field(found: &str, name: &str) -> bool {
    found.eq_ignore_ascii_case(name) || found.eq_ignore_ascii_case(name.trim_start_matches("x-"))
}
