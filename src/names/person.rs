//! Family and given name.

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
