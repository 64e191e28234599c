//! One entry of a catalogue as it is read, and the units in it.

use crate::exchange::cell::normalised;
use crate::exchange::po::line::{Keyword, Line};
use crate::exchange::unit_file::UnitRecord;
use crate::exchange::xml_text::legal;
use crate::lang::Lang;
use crate::memory::unit::{Origin, TranslationUnit, Variant};

/// A longer entry, in bytes, is none that a person has made.
const LONGEST_ENTRY: usize = 1 << 20;

/// An entry.
#[derive(Clone, Debug, Default)]
pub(super) struct Entry {
    /// The line in which it begins, from 1.
    pub line: u64,
    context: Option<String>,
    pub id: Option<String>,
    plural: Option<String>,
    /// The translation, or one for each plural form.
    pub translations: Vec<String>,
    note: Vec<String>,
    reference: Vec<String>,
    pub fuzzy: bool,
    field: Option<Keyword>,
    size: usize,
}

/// What the languages and the origin of all entries are.
pub(super) struct Catalogue {
    pub from: Lang,
    pub to: Lang,
    pub origin: Origin,
}

impl Entry {
    /// Returns whether a line belongs to the next entry.
    pub fn ends_before(&self, line: &Line<'_>) -> bool {
        let complete = !self.translations.is_empty();
        complete && !matches!(line, Line::Blank | Line::More(_) | Line::Field(Keyword::Translation(_), _))
    }

    /// Takes a line into the entry, or says what is wrong with its place.
    pub fn take(&mut self, line: Line<'_>) -> Result<(), &'static str> {
        match line {
            Line::Flags(flags) => self.fuzzy |= flags.split(',').any(|flag| flag.trim() == "fuzzy"),
            Line::Comment("") => {}
            Line::Comment(text) if self.grows(text.len()) => self.note.push(text.to_owned()),
            Line::References(places) if self.grows(places.len()) => self.reference.push(places.to_owned()),
            Line::Field(keyword, text) => return self.begin(keyword, text),
            Line::More(text) => return self.more(&text),
            _ => {}
        }
        Ok(())
    }

    fn begin(&mut self, keyword: Keyword, text: String) -> Result<(), &'static str> {
        self.size += text.len();
        let free = match keyword {
            Keyword::Context => self.context.replace(text).is_none() && self.id.is_none(),
            Keyword::Id => self.id.replace(text).is_none(),
            Keyword::Plural => self.plural.replace(text).is_none() && self.id.is_some(),
            Keyword::Translation(form) => {
                let next = form == self.translations.len();
                self.translations.push(text);
                next && self.id.is_some()
            }
        };
        self.field = Some(keyword);
        if free { Ok(()) } else { Err("the keyword stands in a wrong place") }
    }

    fn more(&mut self, text: &str) -> Result<(), &'static str> {
        let grows = self.grows(text.len());
        let field = match self.field {
            Some(Keyword::Context) => self.context.as_mut(),
            Some(Keyword::Id) => self.id.as_mut(),
            Some(Keyword::Plural) => self.plural.as_mut(),
            Some(Keyword::Translation(_)) => self.translations.last_mut(),
            None => None,
        };
        let field = field.ok_or("a string stands here without a keyword")?;
        if grows {
            field.push_str(text);
        }
        Ok(())
    }

    /// Returns whether there is room for more; where there is none, the entry is rejected later.
    fn grows(&mut self, more: usize) -> bool {
        // A line without text takes room too.
        self.size += more + 1;
        self.size <= LONGEST_ENTRY
    }

    /// Returns whether this is the entry that describes the catalogue.
    pub fn is_header(&self) -> bool {
        self.context.is_none() && self.id.as_deref() == Some("") && !self.translations.is_empty()
    }

    /// Returns the units of the entry: none where it is not translated.
    pub fn units(&self, catalogue: &Catalogue) -> Vec<UnitRecord> {
        if self.size > LONGEST_ENTRY {
            return vec![UnitRecord::rejected(self.line, "the entry is longer than 1 MB")];
        }
        let record = |(id, translation): (&str, &String)| UnitRecord::of(self.line, self.unit(id, translation, catalogue));
        self.pairs().into_iter().filter(|(id, text)| ![id.trim(), text.trim()].contains(&"")).map(record).collect()
    }

    /// Returns what stands for what. Where a language has one form, it is that of the singular and of the plural.
    fn pairs(&self) -> Vec<(&str, &String)> {
        let id = self.id.as_deref().unwrap_or_default();
        let Some(plural) = self.plural.as_deref().filter(|plural| *plural != id) else {
            return self.translations.first().into_iter().map(|translation| (id, translation)).collect();
        };
        let forms =
            if self.translations.len() == 1 { &self.translations[..] } else { self.translations.get(1..).unwrap_or(&[]) };
        let singular = self.translations.first().into_iter().map(|translation| (id, translation));
        singular.chain(forms.iter().map(|form| (plural, form))).collect()
    }

    fn unit(&self, id: &str, translation: &str, catalogue: &Catalogue) -> TranslationUnit {
        let text = |text: &str| normalised(&legal(text));
        let variant = |lang: &Lang, written: &str| Variant::new(lang.clone(), text(written));
        let joined = |parts: &[String]| (!parts.is_empty()).then(|| parts.join("\n"));
        let properties =
            [("msgctxt", self.context.clone()), ("note", joined(&self.note)), ("reference", joined(&self.reference))];
        TranslationUnit {
            variants: vec![variant(&catalogue.from, id), variant(&catalogue.to, translation)],
            origin: catalogue.origin.clone(),
            confidence: None,
            properties: properties.into_iter().filter_map(|(name, value)| Some((name.to_owned(), text(&value?)))).collect(),
        }
    }
}
