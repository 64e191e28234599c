//! Which script a character is of, as far as boundaries and languages depend on it.

use crate::lang::Lang;
use crate::text::han::{self, HanScript};

/// A class of letters that joins into words in one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Script {
    /// Letters and digits that need a boundary on either side.
    Alphabetic,
    /// Hangul, which may be followed by particles.
    Hangul,
    /// Han characters and kana, which have no boundaries.
    Han,
}

impl Script {
    /// Returns the class of a letter or digit.
    pub fn of(c: char) -> Self {
        match c as u32 {
            0x0000..0x1100 => Self::Alphabetic,
            0x1100..=0x11FF | 0x3130..=0x318F | 0xA960..=0xA97F | 0xAC00..=0xD7FF => Self::Hangul,
            0x3005..=0x3007 | 0x3040..=0x30FF | 0x3400..=0x9FFF | 0xF900..=0xFAFF | 0x20000..=0x3FFFF => Self::Han,
            _ => Self::Alphabetic,
        }
    }
}

/// Returns the language a text is written in, by its letters: Korean where a tenth of them is Hangul, else Chinese where a
/// fifth is Han, else English. `None` for a text without letters, or in a script that none of the three uses.
pub fn detect_language(text: &str) -> Option<Lang> {
    let mut counts = Counts::default();
    // Enough to decide; a long text does not change its language after this many letters.
    text.chars().filter(|c| c.is_alphabetic()).take(100_000).for_each(|c| counts.add(c));
    let letters = counts.latin + counts.hangul + counts.han + counts.other;
    if letters == 0 || counts.other * 2 > letters {
        None
    } else if counts.hangul * 10 >= letters {
        Some(Lang::Ko)
    } else if counts.han * 5 >= letters {
        Some(if counts.traditional > counts.simplified { Lang::ZhHant } else { Lang::ZhHans })
    } else {
        Some(Lang::En)
    }
}

#[derive(Default)]
struct Counts {
    latin: usize,
    hangul: usize,
    han: usize,
    other: usize,
    simplified: usize,
    traditional: usize,
}

impl Counts {
    fn add(&mut self, c: char) {
        match Script::of(c) {
            Script::Hangul => self.hangul += 1,
            Script::Han => {
                self.han += 1;
                match han::script(c) {
                    HanScript::Simplified => self.simplified += 1,
                    HanScript::Traditional => self.traditional += 1,
                    HanScript::Either => {}
                }
            }
            Script::Alphabetic if (c as u32) < 0x250 || (0x1E00..0x1F00).contains(&(c as u32)) => self.latin += 1,
            Script::Alphabetic => self.other += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_are_told_apart() {
        for (text, lang) in [
            ("Lee met Li in Beijing.", Some(Lang::En)),
            ("이재명 대통령이 시진핑(習近平) 주석을 만났다.", Some(Lang::Ko)),
            ("国务院总理李强会见韩国总统李在明。", Some(Lang::ZhHans)),
            ("國務院總理李強會見韓國總統李在明。", Some(Lang::ZhHant)),
            ("APEC、G20峰会在韩国举行", Some(Lang::ZhHans)),
            ("2026-01-07, 12:30", None),
            ("Встреча в Пекине", None),
            ("", None),
        ] {
            assert_eq!(detect_language(text), lang, "{text}");
        }
    }
}
