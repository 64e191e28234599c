//! Family and given name.

use std::sync::LazyLock;

use rustc_hash::FxHashSet as HashSet;

use crate::names::korean_spelling;
use crate::names::latin::LatinName;
use crate::names::pinyin::{self, System};

/// Returns a romanised name with the family name first as family and given name; `None` where nothing shows that the first
/// word is the family name (Donald Trump, Abe Shinzo).
///
/// What shows it is a given name in two parts with a small letter after the hyphen (Tsai Ing-wen), or a name that is spelled
/// like a Korean or a Mandarin one.
pub fn family_and_given(name: &str) -> Option<(&str, &str)> {
    let (family, given) = name.split_once(' ')?;
    if family.contains('-') || !given.starts_with(char::is_uppercase) {
        return None;
    }
    let in_parts = !given.contains(' ')
        && given.split_once('-').is_some_and(|(_, second)| second.chars().all(char::is_lowercase) && !second.is_empty());
    let is_mandarin = |part: &str, most: usize| {
        let readings = LatinName::parse(part).map(|part| pinyin::readings(&part, System::Pinyin));
        readings.into_iter().flatten().any(|syllables| syllables.len() <= most)
    };
    let asian = in_parts
        || LatinName::parse(name).is_some_and(|name| korean_spelling::is_korean(&name))
        || is_mandarin(family, 1) && is_mandarin(given, 2);
    asian.then_some((family, given))
}

/// Returns how many syllables a romanised name surely has: groups of vowels.
pub fn syllables(name: &str) -> usize {
    let vowel = |c: char| "aeiouy".contains(c.to_ascii_lowercase());
    name.split(|c| !vowel(c)).filter(|group| !group.is_empty()).count()
}

/// Returns whether a family or given name is also an everyday word of its language (`everyday_words.txt`).
pub fn is_everyday_word(name: &str) -> bool {
    EVERYDAY_WORDS.contains(name)
}

static EVERYDAY_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    include_str!("everyday_words.txt").lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
});

/// Returns a romanised name with its first word put last (`Xi Jinping` as `Jinping Xi`), which turns the Asian order into the
/// Western one and back for names of two words; `None` for a name of one word or in another script.
pub fn other_order(name: &str) -> Option<String> {
    let (first, rest) = name.split_once(' ')?;
    let latin = name.chars().all(|c| !c.is_alphabetic() || (c as u32) < 0x250);
    (latin && !first.is_empty() && !rest.trim().is_empty()).then(|| format!("{} {first}", rest.trim()))
}

/// Returns whether a romanised name is spelled the Korean way: a given name in two parts (Lee Jae-myung, Kim Jong Un).
pub fn is_korean_spelling(name: &str) -> bool {
    let Some((_, given)) = name.split_once(' ') else { return false };
    given.split([' ', '-']).count() == 2
}

/// Returns the letters of a romanised name that are no vowels, doubled ones once: what two spellings of one Korean syllable
/// mostly share (`myung` and `myeong`, but not `young`).
pub fn consonants(folded: &str) -> String {
    let mut letters: Vec<char> = folded.chars().filter(|c| !"aeiouyw".contains(*c)).collect();
    letters.dedup();
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_family_name_is_known_or_not() {
        for (name, expected) in [
            ("Lee Jae-myung", Some(("Lee", "Jae-myung"))),
            ("Kim Jong Un", Some(("Kim", "Jong Un"))),
            ("Chen Jining", Some(("Chen", "Jining"))),
            ("Tsai Ing-wen", Some(("Tsai", "Ing-wen"))),
            ("Chung Euisun", Some(("Chung", "Euisun"))),
            ("Wi Sung-lac", Some(("Wi", "Sung-lac"))),
            ("Donald Trump", None),
            ("Abe Shinzo", None),
            ("John Lee", None),
            ("Jack Ma", None),
            ("King Sejong", None),
            ("Kyu-Jin Shin", None),
            ("Puyi", None),
        ] {
            assert_eq!(family_and_given(name), expected, "{name}");
        }
    }

    #[test]
    fn syllables_are_groups_of_vowels() {
        for (name, expected) in [("Jae-myung", 2), ("Jining", 2), ("Qiang", 1), ("Yi", 1), ("Jong Un", 2), ("Hoon", 1)] {
            assert_eq!(syllables(name), expected, "{name}");
        }
    }

    #[test]
    fn order_turns_round() {
        for (name, turned) in [
            ("Xi Jinping", Some("Jinping Xi")),
            ("Lee Jae-myung", Some("Jae-myung Lee")),
            ("Yoon Suk Yeol", Some("Suk Yeol Yoon")),
            ("Confucius", None),
            ("존 리", None),
        ] {
            assert_eq!(other_order(name).as_deref(), turned);
        }
    }

    #[test]
    fn spellings_of_one_syllable_share_their_consonants() {
        assert_eq!(consonants("jaemyung"), consonants("jaemyeong"));
        assert_ne!(consonants("jaemyung"), consonants("jaeyoung"));
        assert!(is_korean_spelling("Kim Jong Un") && is_korean_spelling("Lee Jae-myung"));
        assert!(!is_korean_spelling("Xi Jinping"));
    }
}
