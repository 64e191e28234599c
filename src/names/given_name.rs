//! Korean given names in Latin letters, syllable by syllable (`given_syllables.tsv`).

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

/// The Hangul syllables by Latin spelling.
static SYLLABLES: LazyLock<HashMap<&'static str, Vec<&'static str>>> = LazyLock::new(|| {
    let mut syllables: HashMap<&str, Vec<&str>> = HashMap::default();
    let lines = include_str!("given_syllables.tsv").lines().filter(|line| !line.starts_with('#'));
    for (hangul, spellings) in lines.filter_map(|line| line.split_once('\t')) {
        spellings.split(' ').for_each(|spelling| syllables.entry(spelling).or_default().push(hangul));
    }
    syllables
});

/// How two romanised given names are related.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Relation {
    /// Both are names, and may be the same one: Jae-myung and Jae-myeong.
    Same,
    /// Both are names, and not the same one: Jong-un and Jong-in.
    Different,
    /// One of them is no name that the table knows: Jae-myng.
    Unknown,
}

/// Compares two given names of two syllables, written with a hyphen or a space between them.
pub fn relation(a: &str, b: &str) -> Relation {
    let (Some(a), Some(b)) = (syllables(a), syllables(b)) else { return Relation::Unknown };
    let shared = a.iter().zip(&b).all(|(a, b)| a.iter().any(|hangul| b.contains(hangul)));
    if shared { Relation::Same } else { Relation::Different }
}

fn syllables(name: &str) -> Option<Vec<&'static Vec<&'static str>>> {
    let lower = name.to_lowercase();
    let parts: Vec<_> = lower.split([' ', '-', '\u{2011}']).map(|part| SYLLABLES.get(part)).collect::<Option<_>>()?;
    (parts.len() == 2).then_some(parts)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_the_same_different_or_none() {
        for (a, b, expected) in [
            ("Jae-myung", "Jae-myeong", Relation::Same),
            ("Jong Un", "Jong-in", Relation::Different),
            ("Jae-myung", "Jae-young", Relation::Different),
            ("Jae-myung", "Jae-myng", Relation::Unknown),
        ] {
            assert_eq!(relation(a, b), expected, "{a} {b}");
        }
    }
}
