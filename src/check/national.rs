//! Bodies that more than one country has under a name of its own (`national_bodies.tsv`), and the words for the countries.

use std::sync::LazyLock;

use crate::glossary::concept::ConceptId;
use crate::lang::Lang;

/// A country, as far as its bodies are told from those of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Country {
    China,
    SouthKorea,
    NorthKorea,
}

/// A body or an office of one country.
#[derive(Clone, Copy, Debug)]
pub(super) struct Body {
    /// Its concept.
    pub id: &'static str,
    /// What it is: a legislature, a cabinet.
    pub role: &'static str,
    /// Whose it is.
    pub country: Country,
}

static BODIES: LazyLock<Vec<Body>> = LazyLock::new(|| {
    let lines = include_str!("national_bodies.tsv").lines().filter(|line| !line.starts_with('#'));
    let body = |line: &'static str| {
        let mut cells = line.split('\t');
        let (id, role) = (cells.next()?, cells.next()?);
        let country = match cells.next()? {
            "cn" => Country::China,
            "kr" => Country::SouthKorea,
            _ => Country::NorthKorea,
        };
        Some(Body { id, role, country })
    };
    lines.filter_map(body).collect()
});

/// Returns the body that a concept is.
pub(super) fn body(id: &ConceptId) -> Option<Body> {
    BODIES.iter().copied().find(|body| body.id == id.as_str())
}

/// Returns what a country has in the place of a body.
pub(super) fn counterpart(body: Body, country: Country) -> Option<Body> {
    BODIES.iter().copied().find(|other| other.role == body.role && other.country == country)
}

/// Returns the ids of what other countries have in the place of a body.
pub(super) fn counterparts(id: &ConceptId) -> impl Iterator<Item = &'static str> {
    let own = body(id);
    BODIES.iter().filter(move |body| own.is_some_and(|own| own.role == body.role && own.id != body.id)).map(|body| body.id)
}

/// Returns the country to which a shipped concept belongs: ids say so with what they begin with (`glossaries/README.md`).
pub(super) fn country_of(id: &ConceptId) -> Option<Country> {
    match id.as_str() {
        "place.peoples-republic-of-china" | "place.beijing" => Some(Country::China),
        "place.republic-of-korea" | "place.seoul" => Some(Country::SouthKorea),
        "place.democratic-peoples-republic-of-korea" | "place.pyongyang" => Some(Country::NorthKorea),
        id => match id.split_once('.')?.0 {
            "npc" | "prc" => Some(Country::China),
            "rok" => Some(Country::SouthKorea),
            "dprk" => Some(Country::NorthKorea),
            _ => None,
        },
    }
}

impl Country {
    /// Returns what stands right before a body to say whose it is, longest first.
    pub(super) fn possessives(self, lang: &Lang) -> &'static [&'static str] {
        match (self, lang) {
            (Self::China, Lang::En) => &["China’s", "China's", "Chinese"],
            (Self::China, Lang::Ko) => &["중국의", "중국"],
            (Self::China, _) => &["中国的", "中國的", "中国", "中國"],
            (Self::SouthKorea, Lang::En) => &["Korea’s", "Korea's", "South Korean", "ROK"],
            (Self::SouthKorea, Lang::Ko) => &["한국의", "한국"],
            (Self::SouthKorea, _) => &["韩国的", "韓國的", "韩国", "韓國"],
            (Self::NorthKorea, Lang::En) => &["North Korea’s", "North Korea's", "North Korean"],
            (Self::NorthKorea, Lang::Ko) => &["북한의", "북한"],
            (Self::NorthKorea, _) => &["朝鲜的", "朝鮮的", "朝鲜", "朝鮮"],
        }
    }
}

/// Every country with bodies of its own, those first whose words end in the words of another.
pub(super) const COUNTRIES: [Country; 3] = [Country::NorthKorea, Country::SouthKorea, Country::China];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_body_has_a_counterpart_and_stands_in_its_country() {
        assert!(BODIES.len() >= 7);
        for body in BODIES.iter() {
            let id = ConceptId(body.id.to_owned());
            assert_eq!(country_of(&id), Some(body.country), "{id}");
            assert!(counterparts(&id).count() > 0, "{id}");
        }
    }
}
