//! The segments of a translation unit as the JSON text of one row, in the order of their languages: equal units have equal
//! bodies.

use std::borrow::Cow;
use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;
use serde::Serializer;

use crate::glossary::key::KeyHash;
use crate::lang::Lang;
use crate::memory::unit::{Origin, TranslationUnit, Variant};
use crate::text::folded_text::fold_into;

/// A unit ready to be written: what costs time is done, on any thread.
#[derive(Clone, Debug, Default)]
pub struct EncodedUnit {
    pub(super) body: String,
    pub(super) properties: Option<String>,
    pub(super) confidence: Option<u8>,
    pub(super) origin: Origin,
    pub(super) hash: u64,
    /// The folded segments with the family of their language.
    pub(super) folded: Vec<(Lang, String)>,
}

impl EncodedUnit {
    /// Encodes a unit.
    pub fn new(unit: TranslationUnit) -> Self {
        let mut encoded = Self::default();
        encoded.encode(unit);
        encoded
    }

    /// Encodes another unit in the room that this one took: who encodes millions asks for no memory.
    pub fn encode(&mut self, unit: TranslationUnit) {
        let TranslationUnit { mut variants, origin, confidence, properties } = unit;
        variants.sort_by(|a, b| a.lang.cmp(&b.lang));
        encode_body(&variants, &mut self.body);
        self.hash = FxBuildHasher.hash_one(&self.body);
        self.properties = (!properties.is_empty()).then(|| serde_json::json!(properties).to_string());
        self.folded.resize_with(variants.len(), || (Lang::En, String::new()));
        for ((lang, folded), variant) in self.folded.iter_mut().zip(variants) {
            *lang = variant.lang;
            fold_into(&variant.text, folded);
        }
        (self.origin, self.confidence) = (origin, confidence);
    }

    /// Returns the hash by which the store knows the unit.
    pub(super) fn key(&self) -> KeyHash {
        KeyHash((self.hash >> 32) as u32)
    }
}

type VariantBody<'a> = (Cow<'a, str>, Cow<'a, str>, Option<Cow<'a, str>>);

fn encode_body(variants: &[Variant], body: &mut String) {
    let bodies = variants.iter().map(|variant| -> VariantBody<'_> {
        (variant.lang.tag().into(), variant.text.as_str().into(), variant.markup.as_deref().map(Cow::from))
    });
    let length: usize = variants.iter().map(|variant| variant.text.len() + 32).sum();
    let mut json = std::mem::take(body).into_bytes();
    json.clear();
    json.reserve(length);
    // Strings in tuples have no way not to be JSON, nor JSON not to be UTF-8.
    if serde_json::Serializer::new(&mut json).collect_seq(bodies).is_ok() {
        *body = String::from_utf8(json).unwrap_or_default();
    }
}

/// Reads the segments of a unit again.
pub(super) fn decode(body: &str) -> Result<Vec<Variant>, String> {
    let bodies: Vec<VariantBody<'_>> = serde_json::from_str(body).map_err(|error| error.to_string())?;
    let variant = |(tag, text, markup): VariantBody<'_>| {
        let lang = Lang::parse(&tag).map_err(|error| error.to_string())?;
        Ok(Variant { lang, text: text.into_owned(), markup: markup.map(Cow::into_owned) })
    };
    bodies.into_iter().map(variant).collect()
}

/// Reads the properties of a unit again.
pub(super) fn decode_properties(text: Option<&str>) -> Result<Vec<(String, String)>, String> {
    text.map_or(Ok(Vec::new()), |text| serde_json::from_str(text).map_err(|error| error.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_come_back_and_their_order_is_of_no_account() {
        let ko = Variant { markup: Some("<ph x=\"1\"/>\"네\"".into()), ..Variant::new(Lang::Ko, "\"네\"") };
        let unit = |variants: Vec<Variant>| TranslationUnit {
            variants,
            origin: Origin::default(),
            confidence: Some(90),
            properties: vec![("tuid".into(), "7".into())],
        };
        let encoded = EncodedUnit::new(unit(vec![ko.clone(), Variant::new(Lang::En, "Yes\n")]));
        assert_eq!(decode(&encoded.body).unwrap(), [Variant::new(Lang::En, "Yes\n"), ko.clone()]);
        assert_eq!(decode_properties(encoded.properties.as_deref()).unwrap(), [("tuid".to_owned(), "7".to_owned())]);
        let mut other = EncodedUnit::new(unit(vec![Variant::new(Lang::En, "Another, and a longer one"); 3]));
        other.encode(unit(vec![Variant::new(Lang::En, "Yes\n"), ko]));
        assert_eq!((other.body, other.hash, other.folded), (encoded.body, encoded.hash, encoded.folded));
    }
}
