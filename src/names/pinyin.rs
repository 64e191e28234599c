//! Mandarin syllables in pinyin and Wade-Giles, and names read as such (`pinyin_hangul.tsv`).
//!
//! Pinyin after GB/T 28039-2011 (names) with ü typed as ü, v, u:, yu or u; apostrophes may be missing. Wade-Giles with or
//! without its marks, as newspapers printed it: Chang is 張 and 昌 alike, so reading it back gives candidates.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use crate::names::latin::LatinName;
use unicode_normalization::UnicodeNormalization;

/// A Mandarin syllable without its tone.
#[derive(Debug, PartialEq, Eq)]
pub struct Syllable {
    /// Pinyin in lower case, `ü` as `v`.
    pub pinyin: &'static str,
    /// The Hangul of the loanword orthography.
    pub hangul: &'static str,
    /// Wade-Giles with its marks.
    pub wade_giles: &'static str,
    /// Wade-Giles without marks, `ü` as `u`, as it is printed.
    pub bare_wade_giles: String,
    /// Whether names hardly ever have it.
    pub is_rare: bool,
}

/// A way to write Mandarin in Latin letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum System {
    /// Hanyu Pinyin.
    Pinyin,
    /// Wade-Giles.
    WadeGiles,
}

/// So many readings of one name are considered.
const MOST_READINGS: usize = 24;
/// The longest syllable in letters.
const LONGEST: usize = 6;

static SYLLABLES: LazyLock<Vec<Syllable>> = LazyLock::new(|| {
    let lines = include_str!("pinyin_hangul.tsv").lines().filter(|line| !line.starts_with('#'));
    let syllable = |line: &'static str| {
        let mut cells = line.split('\t');
        let (pinyin, hangul, wade_giles) = (cells.next()?, cells.next()?, cells.next()?);
        let bare_wade_giles = wade_giles.nfd().filter(char::is_ascii_alphabetic).collect();
        Some(Syllable { pinyin, hangul, wade_giles, bare_wade_giles, is_rare: cells.next().is_some() })
    };
    lines.filter_map(syllable).collect()
});

type Spelled = HashMap<String, Vec<&'static Syllable>>;

static PINYIN: LazyLock<Spelled> = LazyLock::new(|| {
    let spelled = SYLLABLES.iter().flat_map(|syllable| {
        let typed =
            syllable.pinyin.contains('v').then(|| [syllable.pinyin.replace('v', "u"), syllable.pinyin.replace('v', "yu")]);
        let all = std::iter::once(syllable.pinyin.to_owned()).chain(typed.into_iter().flatten());
        all.map(move |spelling| (spelling, syllable))
    });
    gathered(spelled)
});

static WADE_GILES: LazyLock<Spelled> = LazyLock::new(|| {
    let spelled = SYLLABLES.iter().flat_map(|syllable| {
        let bare = syllable.bare_wade_giles.clone();
        let marked = syllable.wade_giles.contains('ü').then(|| syllable.wade_giles.replace('ü', "v").replace('\'', ""));
        std::iter::once(bare).chain(marked).map(move |spelling| (spelling, syllable))
    });
    let mut all = gathered(spelled);
    // Where the apostrophe may have been dropped, what never had one comes first.
    all.values_mut().for_each(|list| list.sort_by_key(|found| (found.is_rare, found.wade_giles.contains('\''))));
    all
});

fn gathered(spelled: impl Iterator<Item = (String, &'static Syllable)>) -> Spelled {
    let mut all = Spelled::default();
    spelled.for_each(|(spelling, syllable)| all.entry(spelling).or_default().push(syllable));
    // 卢 before 吕 for "lu", and what names have before what they hardly have.
    let by_pinyin = |spelling: &str, found: &Syllable| (found.is_rare, found.pinyin != spelling);
    all.iter_mut().for_each(|(spelling, list)| list.sort_by_key(|found| by_pinyin(spelling, found)));
    all
}

/// Returns every syllable.
pub fn syllables() -> &'static [Syllable] {
    &SYLLABLES
}

/// Returns the syllable that is written so in pinyin, `ü` as `v`.
pub fn syllable(pinyin: &str) -> Option<&'static Syllable> {
    PINYIN.get(pinyin)?.iter().copied().find(|syllable| syllable.pinyin == pinyin)
}

/// Returns the ways to read a Latin name as Mandarin syllables, long syllables first (`xian` before `xi an`), at most 24.
///
/// No syllable stands across a space or a hyphen.
pub fn readings(name: &LatinName, system: System) -> Vec<Vec<&'static Syllable>> {
    let mut readings = Vec::new();
    read(name, system, 0, &mut Vec::new(), &mut readings);
    readings
}

fn read(
    name: &LatinName,
    system: System,
    at: usize,
    before: &mut Vec<&'static Syllable>,
    readings: &mut Vec<Vec<&'static Syllable>>,
) {
    let letters = name.letters();
    if at == letters.len() {
        readings.push(before.clone());
        return;
    }
    let table: &Spelled = if system == System::Pinyin { &PINYIN } else { &WADE_GILES };
    for end in (at + 1..=letters.len().min(at + LONGEST)).rev().filter(|end| !name.breaks_within(at, *end)) {
        for syllable in table.get(&letters[at..end]).into_iter().flatten() {
            if readings.len() >= MOST_READINGS || before.len() >= 8 {
                return;
            }
            before.push(syllable);
            read(name, system, end, before, readings);
            before.pop();
        }
    }
}

/// Returns the letters of syllables, `ü` as `v`.
pub fn letters(syllables: &[&Syllable]) -> String {
    syllables.iter().map(|syllable| syllable.pinyin).collect()
}

/// Returns syllables as one capitalised word, with an apostrophe before a, e and o inside it (Fo'an, Lü).
pub fn word(syllables: &[&Syllable]) -> String {
    let mut word = String::new();
    for syllable in syllables {
        if !word.is_empty() && syllable.pinyin.starts_with(['a', 'e', 'o']) {
            word.push('\'');
        }
        word.push_str(&syllable.pinyin.replace('v', "ü"));
    }
    capitalised(&word)
}

/// Returns a name in pinyin: Zhao Leji.
pub fn name(family: &[&Syllable], given: &[&Syllable]) -> String {
    join_name(word(family), word(given))
}

/// Returns a name in Wade-Giles, with its marks: Hsi Chin-p'ing.
pub fn wade_giles_name(family: &[&Syllable], given: &[&Syllable]) -> String {
    let hyphened = |syllables: &[&Syllable]| {
        capitalised(&syllables.iter().map(|syllable| syllable.wade_giles).collect::<Vec<_>>().join("-"))
    };
    join_name(hyphened(family), hyphened(given))
}

fn join_name(family: String, given: String) -> String {
    [family, given].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

/// Returns a word with its first letter as a capital.
pub fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_as(text: &str, system: System) -> Vec<String> {
        let name = LatinName::parse(text).unwrap();
        let spaced = |reading: Vec<&Syllable>| reading.iter().map(|syllable| syllable.pinyin).collect::<Vec<_>>().join(" ");
        readings(&name, system).into_iter().map(spaced).collect()
    }

    #[test]
    fn names_are_read_syllable_by_syllable() {
        for (text, expected) in [
            ("Zhao Leji", "zhao le ji"),
            ("Xian", "xian|xi an"),
            ("Xi An", "xi an"),
            ("Lan Foan", "lan fo an"),
            ("Lu Xiulian", "lu xiu lian|lv xiu lian"),
            ("Lyu Xiulian", "lv xiu lian"),
            ("Boris Johnson", ""),
        ] {
            let read = read_as(text, System::Pinyin);
            let expected: Vec<&str> = expected.split('|').filter(|reading| !reading.is_empty()).collect();
            assert!(expected.iter().all(|reading| read.iter().any(|found| found == reading)), "{text} {read:?}");
            assert_eq!(read.first().map(String::as_str), expected.first().copied(), "{text}");
        }
        for (text, expected) in
            [("Hsi Chin-p'ing", "xi jin ping"), ("Mao Tse-tung", "mao ze dong"), ("Chao Le-chi", "zhao le ji")]
        {
            assert!(read_as(text, System::WadeGiles).iter().any(|reading| reading == expected), "{text}");
        }
    }

    #[test]
    fn names_are_written_by_the_standards() {
        let of = |text: &str| text.split(' ').map(|pinyin| syllable(pinyin).unwrap()).collect::<Vec<_>>();
        assert_eq!(name(&of("lan"), &of("fo an")), "Lan Fo'an");
        assert_eq!(name(&of("lv"), &of("xiu lian")), "Lü Xiulian");
        assert_eq!(wade_giles_name(&of("xi"), &of("jin ping")), "Hsi Chin-p'ing");
    }

    #[test]
    fn no_name_takes_long_to_read() {
        let name = LatinName::parse(&"xian".repeat(16)).unwrap();
        assert!(readings(&name, System::Pinyin).len() <= MOST_READINGS);
    }
}
