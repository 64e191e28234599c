//! Korean surnames with their spellings (`korean_surnames.tsv`), and where a name in Hangul has its surname.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use crate::names::initial_sound;
use crate::text::hangul;

/// A surname with its spellings (`korean_surnames.tsv`).
#[derive(Debug)]
pub struct Surname {
    /// The surname in Hangul, one or two syllables.
    pub hangul: &'static str,
    /// The spellings that are in use, the newspapers' first.
    pub common: Vec<&'static str>,
    /// Spellings that are rare.
    pub rare: Vec<&'static str>,
    /// Shares of passport holders in per cent, where a source gives them, with the year of the source.
    pub shares: Vec<(&'static str, f32)>,
    /// The year of the shares.
    pub shares_of: Option<&'static str>,
}

static SURNAMES: LazyLock<Vec<Surname>> = LazyLock::new(|| {
    let lines = include_str!("korean_surnames.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(surname_of_line).collect()
});

static SURNAME_OF: LazyLock<HashMap<&'static str, &'static Surname>> =
    LazyLock::new(|| SURNAMES.iter().map(|surname| (surname.hangul, surname)).collect());

/// No given name has more syllables.
const LONGEST_GIVEN: usize = 4;

fn surname_of_line(line: &'static str) -> Option<Surname> {
    let mut cells = line.split('\t');
    let hangul = cells.next()?;
    let mut spellings = || cells.next().map(|cell| cell.split(' ').filter(|word| !word.is_empty()).collect::<Vec<_>>());
    let (common, rare) = (spellings()?, spellings().unwrap_or_default());
    let shares = spellings().unwrap_or_default();
    let shares = shares.chunks_exact(2).filter_map(|pair| Some((pair[0], pair[1].parse().ok()?))).collect();
    Some(Surname { hangul, common, rare, shares, shares_of: cells.next() })
}

/// Returns every surname, the commonest first.
pub fn surnames() -> &'static [Surname] {
    &SURNAMES
}

/// Returns the surname that is written so in Hangul, by the Southern or the Northern spelling (이 also for 리).
pub fn surname(hangul: &str) -> Option<&'static Surname> {
    let known = || SURNAME_OF.get(hangul).copied();
    known().or_else(|| {
        let mut syllables = hangul.chars();
        let lawful = initial_sound::lawful(syllables.next()?);
        SURNAME_OF.get(format!("{lawful}{}", syllables.as_str()).as_str()).copied()
    })
}

/// Returns a Korean personal name in Hangul as family and given name, the compound surname first (남궁 before 남).
///
/// `None` where the text is not two to six syllables that begin with a known surname.
pub fn family_and_given(hangul: &str) -> Option<(&str, &str)> {
    let syllables = hangul.chars().count();
    if !(2..=6).contains(&syllables) || !hangul.chars().all(hangul::is_syllable) {
        return None;
    }
    let cut = |count: usize| hangul.char_indices().nth(count).map(|(at, _)| hangul.split_at(at));
    let compound = cut(2).filter(|(family, _)| syllables > 3 && SURNAME_OF.contains_key(family));
    let compound = compound.or_else(|| cut(2).filter(|(family, _)| SURNAME_OF.contains_key(family)));
    compound.or_else(|| cut(1)).filter(|(family, given)| surname(family).is_some() && given.chars().count() <= LONGEST_GIVEN)
}
