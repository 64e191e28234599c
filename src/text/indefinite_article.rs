//! The English article `a` or `an`, by the sound of what comes after it.

/// Returns the article before a phrase, `a` or `an`; `None` where its first sound is not known, as with an acronym that may be
/// read as a word.
pub fn indefinite_article(phrase: &str) -> Option<&'static str> {
    let word: String = phrase.chars().take_while(|c| c.is_alphanumeric() || matches!(c, '\'' | '’' | ',' | '.')).collect();
    let first = word.chars().next()?;
    let vowel = if first.is_ascii_digit() {
        number_begins_with_vowel(&word)
    } else if is_acronym(&word) {
        acronym_begins_with_vowel(&word)?
    } else if first.is_ascii_alphabetic() {
        word_begins_with_vowel(&word.to_ascii_lowercase())?
    } else {
        return None;
    };
    Some(if vowel { "an" } else { "a" })
}

/// Eight, eighty, eleven and eighteen begin with a vowel, as do the thousands and millions of them.
fn number_begins_with_vowel(word: &str) -> bool {
    let digits: String = word.chars().filter(|c| *c != ',').take_while(char::is_ascii_digit).collect();
    digits.starts_with('8') || digits.len() % 3 == 2 && (digits.starts_with("11") || digits.starts_with("18"))
}

/// Letters and digits, among them no small one: NPC, G20, a lone letter.
fn is_acronym(word: &str) -> bool {
    !word.chars().any(char::is_lowercase) && word.chars().filter(|c| c.is_ascii_uppercase()).count() >= 1
}

/// Letter by letter the names of these begin with a vowel: an NPC deputy, an FTA. Whether one with a vowel in the second place
/// is spelled (an MOU) or read (a NATO summit) nobody can see.
fn acronym_begins_with_vowel(word: &str) -> Option<bool> {
    let mut letters = word.chars();
    let first = letters.next()?;
    let readable = letters.next().is_some_and(|c| "AEIOU".contains(c));
    match first {
        'A' | 'E' | 'I' | 'O' => Some(true),
        'F' | 'H' | 'L' | 'M' | 'N' | 'R' | 'S' | 'X' if readable => None,
        'F' | 'H' | 'L' | 'M' | 'N' | 'R' | 'S' | 'X' => Some(true),
        first => first.is_ascii_uppercase().then_some(false),
    }
}

fn word_begins_with_vowel(word: &str) -> Option<bool> {
    let begins = |list: &[&str]| list.iter().any(|beginning| word.starts_with(beginning));
    if begins(&["hour", "honest", "honor", "honour", "heir"]) {
        return Some(true);
    }
    if word.starts_with("herb") {
        return None;
    }
    // The Korean vowel of Euljiro is written eu; the unis of uninformed and unimportant are negations.
    if begins(&["eul", "eun", "eum", "unin", "unim", "unid"]) {
        return Some(true);
    }
    if begins(&[
        "eu", "ew", "uni", "use", "usu", "usa", "ubi", "uk", "uy", "ura", "uru", "uti", "uto", "uta", "one", "once", "ouija",
    ]) {
        return Some(false);
    }
    Some(word.starts_with(['a', 'e', 'i', 'o', 'u']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sound_decides() {
        for phrase in [
            "National",
            "Beijing",
            "European",
            "university",
            "Ukrainian",
            "one-party",
            "UN resolution",
            "G20 summit",
            "CPC",
            "7th",
            "1,100",
            "Yi",
            "Xi",
            "huge",
            "U.N. resolution",
            "Utah",
        ] {
            assert_eq!(indefinite_article(phrase), Some("a"), "{phrase}");
        }
        for phrase in [
            "NPC deputy",
            "FTA",
            "M",
            "EU",
            "ASEAN",
            "8th",
            "80,000",
            "11th",
            "18",
            "11,000",
            "hour",
            "heir",
            "Asian",
            "Itaewon",
            "uninformed",
            "umbrella",
            "Euljiro",
        ] {
            assert_eq!(indefinite_article(phrase), Some("an"), "{phrase}");
        }
        for phrase in ["NATO", "MOU", "시진핑", "", "(a", "herb"] {
            assert_eq!(indefinite_article(phrase), None, "{phrase}");
        }
    }
}
