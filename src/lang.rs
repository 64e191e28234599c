//! Language tags: English, Korean, simplified and traditional Chinese, and any other BCP 47 tag carried as it is.

use std::fmt;

/// The language of a term, a segment or a draft, as a BCP 47 tag in canonical case.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Lang {
    /// `en`
    En,
    /// `ko`
    Ko,
    /// `zh-Hans`
    ZhHans,
    /// `zh-Hant`
    ZhHant,
    /// Any other well-formed tag, such as `ja`, `ko-Hani` or `zh-Latn-wadegile`.
    Other(Box<str>),
}

/// A text that is not a language tag.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a language tag; write a BCP 47 tag such as en, ko, zh-Hans or zh-Hant")]
pub struct NotALanguage(pub String);

impl Lang {
    /// Reads a BCP 47 tag in any case, with `-` or `_`. The regional names of the two Chinese scripts (`zh`, `zh-CN`,
    /// `zh-TW` ...) become `zh-Hans` and `zh-Hant`.
    pub fn parse(tag: &str) -> Result<Self, NotALanguage> {
        // Each segment of a memory names one of them, as a rule.
        if let Some(own) = [Self::En, Self::Ko, Self::ZhHans, Self::ZhHant].into_iter().find(|lang| lang.tag() == tag) {
            return Ok(own);
        }
        let canonical = canonical_tag(tag).ok_or_else(|| NotALanguage(tag.to_owned()))?;
        Ok(match canonical.as_str() {
            "en" => Self::En,
            "ko" => Self::Ko,
            "zh" | "zh-CN" | "zh-SG" | "zh-Hans" | "zh-Hans-CN" | "cmn-Hans" => Self::ZhHans,
            "zh-TW" | "zh-Hant" | "zh-Hant-TW" | "cmn-Hant" => Self::ZhHant,
            "zh-HK" => Self::Other("zh-Hant-HK".into()),
            "zh-MO" => Self::Other("zh-Hant-MO".into()),
            _ => Self::Other(canonical.into_boxed_str()),
        })
    }

    /// Reads a tag as people write it: those that are meant for another language, or for none, are refused with the right one.
    /// Countries and names of languages are well-formed tags (`kr` is Kanuri).
    pub fn of_people(tag: &str) -> Result<Self, String> {
        let meant = match tag.to_ascii_lowercase().as_str() {
            "kr" | "kor" | "korean" => Some("ko"),
            "cn" | "chi" | "zho" | "chinese" => Some("zh-Hans"),
            "tw" | "hk" => Some("zh-Hant"),
            "eng" | "english" | "us" | "uk" | "gb" => Some("en"),
            _ => None,
        };
        match meant {
            Some(meant) => Err(format!("`{tag}` is not the tag that is meant; write {meant}")),
            // BCP 47 keeps longer ones for later, and a misspelt name of a language looks like one.
            None if tag.split(['-', '_']).next().is_some_and(|primary| primary.len() > 3) => {
                Err(NotALanguage(tag.to_owned()).to_string())
            }
            None => Self::parse(tag).map_err(|error| error.to_string()),
        }
    }

    /// Returns the canonical tag.
    pub fn tag(&self) -> &str {
        match self {
            Self::En => "en",
            Self::Ko => "ko",
            Self::ZhHans => "zh-Hans",
            Self::ZhHant => "zh-Hant",
            Self::Other(tag) => tag,
        }
    }

    /// Returns whether terms of this language may stand in running text of `draft`: `en-GB` in English, `zh-Hant-HK` in
    /// traditional Chinese, either script in Chinese; never a romanisation or a hanja form (`ko-Latn`, `ko-Hani`).
    pub fn is_written_in(&self, draft: &Lang) -> bool {
        self.writing() == draft.writing() && self.writing().is_some()
    }

    /// Returns whether a text of this language is what is wanted where `range` is asked for: the language itself or the way a
    /// region writes it, `ko-KR` for `ko`, `zh-Hant-HK` for `zh-Hant` (RFC 4647, basic filtering); never a romanisation.
    pub fn is_within(&self, range: &Lang) -> bool {
        let regional = || self.tag().strip_prefix(range.tag()).is_some_and(|rest| rest.starts_with('-'));
        self == range || regional() && self.is_written_in(range)
    }

    /// Returns whether this is Chinese in Han characters.
    pub fn is_chinese(&self) -> bool {
        self.writing() == Some("zh")
    }

    /// Returns what texts of this language are compared under: `zh` for Chinese in either script, `en` for all of English, the
    /// tag itself for a romanisation.
    pub fn family(&self) -> &str {
        self.writing().unwrap_or_else(|| self.tag())
    }

    fn writing(&self) -> Option<&str> {
        match self {
            Self::En => Some("en"),
            Self::Ko => Some("ko"),
            Self::ZhHans | Self::ZhHant => Some("zh"),
            Self::Other(tag) => {
                let mut subtags = tag.split('-');
                let language = subtags.next()?;
                let script = subtags.find(|subtag| subtag.len() == 4 || subtag.len() == 1);
                match (language, script) {
                    (language, None) => Some(language),
                    ("zh", Some("Hans" | "Hant")) => Some("zh"),
                    _ => None,
                }
            }
        }
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.tag())
    }
}

/// Returns the tag in canonical case (`zh-hant-hk` as `zh-Hant-HK`), or `None` where the subtags cannot be BCP 47.
fn canonical_tag(tag: &str) -> Option<String> {
    let mut out = String::with_capacity(tag.len());
    let mut private = false;
    for (position, subtag) in tag.split(['-', '_']).enumerate() {
        let alphanumeric = subtag.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let alphabetic = subtag.bytes().all(|byte| byte.is_ascii_alphabetic());
        let length = subtag.len();
        if !alphanumeric || length == 0 || length > 8 {
            return None;
        }
        if position == 0 {
            if !alphabetic || length < 2 {
                return None;
            }
            out.extend(subtag.chars().map(|c| c.to_ascii_lowercase()));
            continue;
        }
        out.push('-');
        if length == 4 && alphabetic && !private {
            out.push_str(&subtag[..1].to_ascii_uppercase());
            out.push_str(&subtag[1..].to_ascii_lowercase());
        } else if length == 2 && alphabetic && !private {
            out.push_str(&subtag.to_ascii_uppercase());
        } else {
            private |= length == 1;
            out.push_str(&subtag.to_ascii_lowercase());
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_in_any_case_and_written_in_one() {
        for (written, canonical) in [
            ("en", "en"),
            ("KO", "ko"),
            ("zh_hans", "zh-Hans"),
            ("zh-CN", "zh-Hans"),
            ("zh-tw", "zh-Hant"),
            ("zh-HK", "zh-Hant-HK"),
            ("en-gb", "en-GB"),
            ("KO-HANI", "ko-Hani"),
            ("zh-latn-WADEGILE", "zh-Latn-wadegile"),
            ("ko-x-Reading", "ko-x-reading"),
            ("ja", "ja"),
        ] {
            let lang = Lang::parse(written).unwrap();
            assert_eq!(lang.tag(), canonical, "{written}");
            assert_eq!(Lang::parse(lang.tag()).unwrap(), lang, "{written} twice");
        }
        for wrong in ["", "e", "note text", "en-", "한국어", "123", "toolongsubtag"] {
            assert!(Lang::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn what_people_mean_is_told_from_what_they_write() {
        for (written, meant) in [
            ("kr", Err("`kr` is not the tag that is meant; write ko")),
            ("English", Err("`English` is not the tag that is meant; write en")),
            ("zh_TW", Ok(Lang::ZhHant)),
            ("ja", Ok(Lang::Other("ja".into()))),
            ("yue-Hant", Ok(Lang::Other("yue-Hant".into()))),
        ] {
            assert_eq!(Lang::of_people(written), meant.map_err(str::to_owned), "{written}");
        }
        for wrong in ["klingon", "engl", "korea-KR", "e"] {
            assert!(Lang::of_people(wrong).unwrap_err().starts_with(&format!("`{wrong}` is not a language tag; ")), "{wrong}");
        }
    }

    #[test]
    fn a_region_writes_its_language() {
        let within = |tag: &str, range: &str| Lang::parse(tag).unwrap().is_within(&Lang::parse(range).unwrap());
        assert!(within("ko-KR", "ko") && within("en-US", "en") && within("zh-HK", "zh-Hant") && within("ja", "ja"));
        assert!(!within("ko", "ko-KR") && !within("ko-Latn", "ko") && !within("zh-Hant", "zh-Hans") && !within("kok", "ko"));
    }

    #[test]
    fn a_romanisation_never_stands_in_running_text() {
        let draft = |tag: &str, text: &str| Lang::parse(tag).unwrap().is_written_in(&Lang::parse(text).unwrap());
        assert!(draft("en-GB", "en"));
        assert!(draft("zh-Hant", "zh-Hans"));
        assert!(draft("zh-Hant-HK", "zh-Hant"));
        assert!(!draft("ko-Latn", "en"));
        assert!(!draft("ko-Hani", "ko"));
        assert!(!draft("zh-Latn-wadegile", "en"));
        assert!(!draft("ko-x-reading", "ko"));
    }
}
