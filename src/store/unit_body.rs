//! The segments of a translation unit as the JSON text of one row, in the order of their languages: equal units have equal
//! bodies.

use std::borrow::Cow;
use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::glossary::key::KeyHash;
use crate::lang::Lang;
use crate::memory::unit::{Origin, TranslationUnit, Variant};
use crate::text::folded_text::folded_text;

/// A unit ready to be written: what costs time is done, on any thread.
#[derive(Clone, Debug)]
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
        let TranslationUnit { mut variants, origin, confidence, properties } = unit;
        variants.sort_by(|a, b| a.lang.cmp(&b.lang));
        let body = encode(&variants);
        let hash = FxBuildHasher.hash_one(&body);
        let properties = (!properties.is_empty()).then(|| serde_json::json!(properties).to_string());
        let folded = variants.into_iter().map(|variant| (variant.lang, folded_text(&variant.text))).collect();
        Self { body, properties, confidence, origin, hash, folded }
    }

    /// Returns the hash by which the store knows the unit.
    pub(super) fn key(&self) -> KeyHash {
        KeyHash((self.hash >> 32) as u32)
    }
}

type VariantBody<'a> = (Cow<'a, str>, Cow<'a, str>, Option<Cow<'a, str>>);

fn encode(variants: &[Variant]) -> String {
    let bodies = variants.iter().map(|variant| -> VariantBody<'_> {
        (variant.lang.tag().into(), variant.text.as_str().into(), variant.markup.as_deref().map(Cow::from))
    });
    let bodies: Vec<_> = bodies.collect();
    let length: usize = variants.iter().map(|variant| variant.text.len() + 32).sum();
    let mut body = Vec::with_capacity(length);
    // Strings in tuples have no way not to be JSON, nor JSON not to be UTF-8.
    serde_json::to_writer(&mut body, &bodies).map_or_else(|_| String::new(), |()| String::from_utf8(body).unwrap_or_default())
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
        assert_eq!(EncodedUnit::new(unit(vec![Variant::new(Lang::En, "Yes\n"), ko])).body, encoded.body);
    }
}
