//! The languages that the page itself speaks.

use crate::lang::Lang;

/// A language of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tongue {
    /// English.
    #[default]
    English,
    /// Korean.
    Korean,
    /// Chinese in simplified characters.
    Simplified,
    /// Chinese in traditional characters.
    Traditional,
}

impl Tongue {
    /// Every language, in the order of the columns of the tables of texts.
    pub const ALL: [Self; 4] = [Self::English, Self::Korean, Self::Simplified, Self::Traditional];

    /// Returns the language as those who speak it call it.
    pub fn own_name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::Korean => "한국어",
            Self::Simplified => "简体中文",
            Self::Traditional => "繁體中文",
        }
    }

    /// Returns the language as the rest of the program knows it.
    pub fn lang(self) -> Lang {
        match self {
            Self::English => Lang::En,
            Self::Korean => Lang::Ko,
            Self::Simplified => Lang::ZhHans,
            Self::Traditional => Lang::ZhHant,
        }
    }

    /// Returns the language of a tag; `None` for one that the page does not speak.
    pub fn of_tag(tag: &str) -> Option<Self> {
        let lang = Lang::parse(tag.trim()).ok()?;
        let is_spoken = |tongue: &Self| lang == tongue.lang() || lang.is_within(&tongue.lang());
        Self::ALL.into_iter().find(is_spoken)
    }

    /// Returns the first language of an `Accept-Language` that the page speaks, the most wanted first.
    pub fn of_accepted(header: &str) -> Option<Self> {
        let ranges = header.split(',').filter_map(|range| {
            let (tag, weight) = range.split_once(';').unwrap_or((range, "q=1"));
            let weight: f32 = weight.trim().strip_prefix("q=")?.parse().ok()?;
            Some((Self::of_tag(tag)?, weight))
        });
        let mut wanted: Vec<_> = ranges.filter(|(_, weight)| *weight > 0.0).collect();
        wanted.sort_by(|a, b| b.1.total_cmp(&a.1));
        wanted.first().map(|(tongue, _)| *tongue)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_language_that_is_spoken_is_taken() {
        for (header, tongue) in [
            ("ko-KR,ko;q=0.9,en;q=0.8", Some(Tongue::Korean)),
            ("fr, zh-TW;q=0.7, en;q=0.3", Some(Tongue::Traditional)),
            ("en;q=0.4, zh-CN;q=0.7", Some(Tongue::Simplified)),
            ("zh-HK", Some(Tongue::Traditional)),
            ("en-GB", Some(Tongue::English)),
            ("ko;q=0, en", Some(Tongue::English)),
            ("ko;q=much, de;q=0.2", None),
            ("*", None),
            ("", None),
        ] {
            assert_eq!(Tongue::of_accepted(header), tongue, "{header}");
        }
    }
}
