//! English abbreviations: whether the full stop after a word belongs to the word.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

/// How an abbreviation stands in a sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// Stands before what it names and ends no sentence: Mr., Gen., e.g.
    Title,
    /// Stands before a number: No. 2, p. 55; before anything else it is a word.
    Number,
    /// Ends sentences as well as it stands in them: U.S., Corp., Jan.
    Either,
    /// The first letter of a name: J. Lee.
    Initial,
    /// Stands after an hour: 9 a.m.
    Hour,
}

/// The abbreviations without full stops inside, by their kind, written as in running text.
const TABLE: &str = include_str!("abbreviations.tsv");

static LISTED: LazyLock<HashMap<&'static str, Abbreviation>> = LazyLock::new(|| {
    let lines = TABLE.lines().filter_map(|line| line.split_once('\t'));
    lines.flat_map(|(kind, words)| words.split(' ').map(move |word| (word, of_kind(kind)))).collect()
});

fn of_kind(kind: &str) -> Abbreviation {
    match kind {
        "title" => Abbreviation::Title,
        "number" => Abbreviation::Number,
        _ => Abbreviation::Either,
    }
}

/// Returns how `word`, written without its last full stop, is abbreviated; `None` where it is a word.
pub(super) fn of(word: &str) -> Option<Abbreviation> {
    if word.is_empty() || word.len() > 12 {
        return None;
    }
    let mut chars = word.chars();
    if let (Some(letter), None) = (chars.next(), chars.next())
        && letter.is_uppercase()
    {
        return Some(Abbreviation::Initial);
    }
    if matches!(word, "a.m" | "p.m" | "A.M" | "P.M") {
        return Some(Abbreviation::Hour);
    }
    LISTED.get(word).copied().or_else(|| is_dotted(word).then_some(Abbreviation::Either))
}

/// Returns whether a word is letters with full stops between them: U.S, i.v, Ph.D.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| (1..3).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_abbreviations() {
        for (word, expected) in [
            ("Mr", Some(Abbreviation::Title)),
            ("No", Some(Abbreviation::Number)),
            ("Corp", Some(Abbreviation::Either)),
            ("U.S", Some(Abbreviation::Either)),
            ("Ph.D", Some(Abbreviation::Either)),
            ("p.m", Some(Abbreviation::Hour)),
            ("J", Some(Abbreviation::Initial)),
            ("summit", None),
            ("3.5", None),
            ("", None),
        ] {
            assert_eq!(of(word), expected, "{word}");
        }
    }

    #[test]
    fn the_table_is_whole() {
        let mut words: Vec<&str> = Vec::new();
        for line in TABLE.lines() {
            let (kind, listed) = line.split_once('\t').unwrap();
            assert!(["title", "number", "either"].contains(&kind), "{line}");
            words.extend(listed.split(' '));
        }
        assert!(words.iter().all(|word| !word.is_empty() && !word.ends_with('.')));
        words.sort_unstable();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]), "a word stands twice");
    }
}
