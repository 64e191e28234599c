//! The English names of the months, whole and as newspapers cut them.

/// The names in order.
const NAMES: [&str; 12] =
    ["january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december"];

/// How many letters of a name are left where it is cut; of September four as well.
const CUT: usize = 3;

/// Returns the number of the month that a word names, whole or cut, with a capital or without; a full stop is no part of it.
pub fn number(word: &str) -> Option<u8> {
    let lower = word.to_ascii_lowercase();
    let is_cut = lower.len() == CUT || lower == "sept";
    let at = NAMES.iter().position(|name| *name == lower || is_cut && name.starts_with(&lower))?;
    u8::try_from(at + 1).ok()
}

/// Returns whether a word is the whole name of a month.
pub fn is_whole(word: &str) -> bool {
    word.len() > CUT && word != "sept" && word != "Sept" && number(word).is_some() || word.eq_ignore_ascii_case("may")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_are_known_whole_and_cut() {
        for (word, month) in [
            ("January", Some(1)),
            ("jan", Some(1)),
            ("May", Some(5)),
            ("JUL", Some(7)),
            ("Sept", Some(9)),
            ("September", Some(9)),
            ("Dece", None),
            ("Marched", None),
            ("", None),
            ("ja", None),
        ] {
            assert_eq!(number(word), month, "{word}");
        }
        assert!(is_whole("March") && is_whole("May") && !is_whole("Sep") && !is_whole("Sept"));
    }
}
