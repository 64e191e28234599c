//! A translation unit: one segment in two or more languages, and where it came from.

use crate::lang::Lang;

/// The longest segment that is kept, in bytes; what is longer is no segment.
pub const LONGEST_SEGMENT: usize = 1 << 16;

/// A segment in one language of a unit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Variant {
    /// The language.
    pub lang: Lang,
    /// The segment as people read it, without inline codes.
    pub text: String,
    /// The segment with its inline codes as the content of a TMX `seg`, where it has any.
    pub markup: Option<String>,
}

impl Variant {
    /// Returns a segment without inline codes.
    pub fn new(lang: Lang, text: impl Into<String>) -> Self {
        Self { lang, text: text.into(), markup: None }
    }
}

/// Where a unit came from.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Origin {
    /// The file or the pair of articles.
    pub source: String,
    /// The document within the source.
    pub document: Option<String>,
    /// The field it belongs to.
    pub domain: Option<String>,
    /// When it was made or last changed, as an ISO 8601 date (`2026-01-07`).
    pub date: Option<String>,
    /// Who made it.
    pub author: Option<String>,
}

/// One segment in two or more languages.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TranslationUnit {
    /// The segment in each language, each language once.
    pub variants: Vec<Variant>,
    /// Where it came from.
    pub origin: Origin,
    /// How sure it is that the variants say the same, in per cent; `None` where a person has said so.
    pub confidence: Option<u8>,
    /// Whatever else is known of it, by name.
    pub properties: Vec<(String, String)>,
}

/// Why a unit cannot be kept.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnitFlaw {
    /// There is nothing to translate it with.
    #[error("the unit has a segment in {0} only; a unit needs two languages")]
    OneLanguage(Lang),
    /// No language has a text.
    #[error("the unit has no text")]
    Empty,
    /// A language stands twice.
    #[error("the unit has two segments in {0}")]
    LanguageTwice(Lang),
    /// A text is no segment.
    #[error("the segment in {0} is longer than 64 KB; cut it into its sentences")]
    TooLong(Lang),
}

impl TranslationUnit {
    /// Returns the segment in a language.
    pub fn variant(&self, lang: &Lang) -> Option<&Variant> {
        self.variants.iter().find(|variant| variant.lang == *lang)
    }

    /// Returns the segment in a language or, where there is none, as a region writes it.
    pub fn variant_within(&self, range: &Lang) -> Option<&Variant> {
        self.variant(range).or_else(|| self.variants.iter().find(|variant| variant.lang.is_within(range)))
    }

    /// Returns why the unit cannot be kept, or `None` for a good one. Variants without text count as absent: whoever makes the
    /// unit leaves them out.
    pub fn flaw(&self) -> Option<UnitFlaw> {
        for (place, variant) in self.variants.iter().enumerate() {
            if variant.text.len() > LONGEST_SEGMENT {
                return Some(UnitFlaw::TooLong(variant.lang.clone()));
            }
            if self.variants[..place].iter().any(|before| before.lang == variant.lang) {
                return Some(UnitFlaw::LanguageTwice(variant.lang.clone()));
            }
        }
        match self.variants.as_slice() {
            [] => Some(UnitFlaw::Empty),
            [one] => Some(UnitFlaw::OneLanguage(one.lang.clone())),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_unit_has_two_languages_and_each_once() {
        let unit = |variants: &[(Lang, &str)]| TranslationUnit {
            variants: variants.iter().map(|(lang, text)| Variant::new(lang.clone(), *text)).collect(),
            origin: Origin::default(),
            confidence: None,
            properties: Vec::new(),
        };
        let long = "가".repeat(LONGEST_SEGMENT);
        for (variants, flaw) in [
            (&[(Lang::En, "Yes."), (Lang::Ko, "네.")][..], None),
            (&[(Lang::En, "Yes.")], Some(UnitFlaw::OneLanguage(Lang::En))),
            (&[], Some(UnitFlaw::Empty)),
            (&[(Lang::En, "Yes."), (Lang::En, "No.")], Some(UnitFlaw::LanguageTwice(Lang::En))),
            (&[(Lang::En, "Yes."), (Lang::Ko, long.as_str())], Some(UnitFlaw::TooLong(Lang::Ko))),
        ] {
            assert_eq!(unit(variants).flaw(), flaw);
        }
    }
}
