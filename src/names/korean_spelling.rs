//! The Latin spellings of a Korean name: a small lattice, syllable by syllable.
//!
//! A syllable may be spelled by the Revised Romanization, by McCune-Reischauer without its marks, the Northern way, by the
//! customary spellings of surnames and given-name syllables (`korean_surnames.tsv`, `given_syllables.tsv`), or letter by
//! letter in the ways that people have used (the tables below, after the romanisation rules and what passports print). No
//! spelling stands for a name alone: sung is 성 and 승, and each stays its own.

pub(super) mod letters;

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use crate::names::initial_sound;
use crate::names::korean_spelling::letters::{FINALS, INITIALS, VOWELS};
use crate::names::korean_surname::{self, family_and_given, surname};
use crate::names::latin::LatinName;
use crate::names::romanization;
use crate::text::hangul;

/// How a spelling fits a name. The smaller, the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fit {
    /// Every syllable as a rule or a custom spells it.
    Customary,
    /// One syllable in letters that are in use, but not for it.
    Loose,
}

/// The surnames by a spelling in lower case.
static SURNAMES_SPELLED: LazyLock<HashMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    let mut spelled: HashMap<String, Vec<&str>> = HashMap::default();
    for surname in korean_surname::surnames() {
        for spelling in &surname.common {
            spelled.entry(spelling.to_lowercase()).or_default().push(surname.hangul);
        }
        // Ri, Rim and Ryu, as the North spells 이, 임 and 유.
        let origins = surname.hangul.chars().next().map(initial_sound::origins).unwrap_or_default();
        for northern in origins.iter().filter(|origin| !surname.hangul.starts_with(**origin)) {
            let letters = romanization::revised_syllables(&northern.to_string()).map(|syllables| syllables.concat());
            let bearers = letters.filter(|letters| letters.starts_with('r')).map(|letters| spelled.entry(letters).or_default());
            bearers.into_iter().for_each(|bearers| bearers.push(surname.hangul));
        }
    }
    spelled
});

/// The spellings of given-name syllables, the customary ones.
static GIVEN: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let lines = include_str!("given_syllables.tsv").lines().filter(|line| !line.starts_with('#'));
    let pairs = lines.filter_map(|line| line.split_once('\t'));
    pairs.filter_map(|(hangul, spellings)| Some((hangul.chars().next()?, spellings.split(' ').collect()))).collect()
});

/// The given-name syllables by spelling.
static GIVEN_SPELLED: LazyLock<HashMap<&'static str, Vec<char>>> = LazyLock::new(|| {
    let mut spelled: HashMap<&str, Vec<char>> = HashMap::default();
    for (hangul, spellings) in GIVEN.iter() {
        spellings.iter().for_each(|spelling| spelled.entry(spelling).or_default().push(*hangul));
    }
    spelled
});

/// So many Hangul names are proposed for one Latin name.
const MOST_CANDIDATES: usize = 12;

/// Returns the syllables of given names with their customary spellings, in no order.
pub fn given_syllables() -> impl Iterator<Item = (&'static char, &'static Vec<&'static str>)> {
    GIVEN.iter()
}

/// Returns the customary spellings of a given-name syllable, the commonest first; none for one that the table does not know.
pub fn given_syllable(syllable: char) -> &'static [&'static str] {
    GIVEN.get(&syllable).map_or(&[], Vec::as_slice)
}

/// Returns how a Latin name spells a Korean personal name, the family name first in both; `None` where it does not.
pub fn fit(latin: &LatinName, hangul: &str) -> Option<Fit> {
    let (family, given) = family_and_given(hangul)?;
    let given: Vec<char> = given.chars().collect();
    let mut best = None;
    for (end, fit) in family_ends(latin, family) {
        // A name that is written apart has its family name apart.
        if latin.pieces() > 1 && !latin.breaks_at(end) {
            continue;
        }
        let rest = given_fit(latin, end, &given).or_else(|| assimilated_fit(latin, end, &given));
        let whole = match (fit, rest) {
            (_, None) | (Fit::Loose, Some(Fit::Loose)) => continue,
            (a, Some(b)) => a.max(b),
        };
        best = Some(best.map_or(whole, |best: Fit| best.min(whole)));
    }
    best
}

/// Returns where the family name may end, with how it is spelled up to there.
fn family_ends(latin: &LatinName, family: &str) -> Vec<(usize, Fit)> {
    let mut ends = Vec::new();
    let mut push = |end: usize, fit: Fit| {
        if !latin.breaks_within(0, end) {
            ends.push((end, fit));
        }
    };
    if let Some(surname) = surname(family) {
        let starts = |spelling: &&&str| starts_with_ignoring_case(latin.letters(), spelling);
        surname.common.iter().filter(starts).for_each(|spelling| push(spelling.len(), Fit::Customary));
        surname.rare.iter().filter(starts).for_each(|spelling| push(spelling.len(), Fit::Loose));
    }
    let syllables: Vec<char> = family.chars().collect();
    for first in syllables.first().map(|first| initial_sound::origins(initial_sound::lawful(*first))).unwrap_or_default() {
        let spelled = std::iter::once(first).chain(syllables.iter().skip(1).copied());
        let mut reached = vec![(0, Fit::Customary)];
        for syllable in spelled {
            reached = reached.into_iter().flat_map(|(at, fit)| step(latin, at, fit, syllable)).collect();
        }
        ends.extend(reached);
    }
    ends
}

fn starts_with_ignoring_case(letters: &str, spelling: &str) -> bool {
    letters.len() >= spelling.len() && letters.as_bytes()[..spelling.len()].eq_ignore_ascii_case(spelling.as_bytes())
}

/// Returns how the letters from `at` to the end spell a given name.
fn given_fit(latin: &LatinName, at: usize, given: &[char]) -> Option<Fit> {
    let mut reached = vec![(at, Fit::Customary)];
    for syllable in given {
        reached = reached.into_iter().flat_map(|(at, fit)| step(latin, at, fit, *syllable)).collect();
        reached.sort_unstable();
        reached.dedup_by_key(|(at, _)| *at);
    }
    reached.into_iter().find(|(at, _)| *at == latin.letters().len()).map(|(_, fit)| fit)
}

/// Returns the fit of a given name that is spelled as it sounds (Sung-nak for 성락), which the rule does not do for persons.
fn assimilated_fit(latin: &LatinName, at: usize, given: &[char]) -> Option<Fit> {
    let given: String = given.iter().collect();
    let written = &latin.letters()[at..];
    let sounds = [romanization::revised_word(&given), romanization::mccune_reischauer_word(&given)];
    let spelled = sounds.into_iter().flatten().any(|sound| romanization::bare(&sound).eq_ignore_ascii_case(written));
    spelled.then_some(Fit::Loose)
}

/// Returns where a syllable may end that begins at `at`: at most one syllable of a name is spelled loosely.
fn step(latin: &LatinName, at: usize, fit: Fit, syllable: char) -> Vec<(usize, Fit)> {
    let mut ends = Vec::new();
    let mut push = |end: usize, how: Fit| {
        if end > at && !latin.breaks_within(at, end) && !(fit == Fit::Loose && how == Fit::Loose) {
            ends.push((end, fit.max(how)));
        }
    };
    let rest = &latin.letters()[at..];
    let customary = given_syllable(syllable).iter().chain(given_syllable(initial_sound::lawful(syllable)));
    customary.filter(|spelling| rest.starts_with(**spelling)).for_each(|spelling| push(at + spelling.len(), Fit::Customary));
    if let Some((initial, vowel, last)) = hangul::parts(syllable) {
        let starts = [(at, Fit::Customary)];
        let parts = [INITIALS[initial as usize], VOWELS[vowel as usize], FINALS[last as usize]];
        let reached = parts.iter().fold(starts.to_vec(), |reached, part| {
            reached.into_iter().flat_map(|(at, fit)| part_ends(latin.letters(), at, fit, part)).collect()
        });
        reached.into_iter().for_each(|(end, how)| push(end, how));
    }
    ends.sort_unstable();
    ends.dedup_by_key(|(end, _)| *end);
    ends
}

fn part_ends(letters: &str, at: usize, fit: Fit, part: &(&'static str, &'static str)) -> Vec<(usize, Fit)> {
    let spelled = |list: &'static str, how: Fit| {
        let variants = list.split(' ').filter(move |variant| how == Fit::Customary || !variant.is_empty());
        variants
            .filter(move |variant| letters[at..].starts_with(*variant))
            .map(move |variant| (at + variant.len(), fit.max(how)))
    };
    spelled(part.0, Fit::Customary).chain(spelled(part.1, Fit::Loose)).collect()
}

/// Returns whether a word is a common spelling of a Korean surname, with its capital.
pub fn is_family(word: &str) -> bool {
    word.starts_with(char::is_uppercase) && SURNAMES_SPELLED.contains_key(word.to_lowercase().as_str())
}

/// Returns whether a Latin name, the family name first, is spelled like a Korean one: a common surname and one to three
/// given-name syllables of the table.
pub fn is_korean(latin: &LatinName) -> bool {
    surname_ends(latin).any(|(end, _)| is_given(latin, end, 3))
}

fn surname_ends(latin: &LatinName) -> impl Iterator<Item = (usize, &'static [&'static str])> + '_ {
    let letters = latin.letters();
    let ends = (1..=letters.len().min(8)).filter(|end| !latin.breaks_within(0, *end));
    let ends = ends.filter(|end| latin.pieces() == 1 || latin.breaks_at(*end));
    ends.filter_map(|end| Some((end, SURNAMES_SPELLED.get(&letters[..end])?.as_slice())))
}

fn is_given(latin: &LatinName, at: usize, most: usize) -> bool {
    if at == latin.letters().len() {
        return most < 3;
    }
    most > 0 && syllable_ends(latin, at).any(|(end, _)| is_given(latin, end, most - 1))
}

fn syllable_ends(latin: &LatinName, at: usize) -> impl Iterator<Item = (usize, &'static [char])> + '_ {
    let letters = latin.letters();
    let ends = (at + 1..=letters.len().min(at + 6)).filter(move |end| !latin.breaks_within(at, *end));
    ends.filter_map(move |end| Some((end, GIVEN_SPELLED.get(&letters[at..end])?.as_slice())))
}

/// Returns Hangul names, at most 12, that a Latin name, the family name first, spells in customary ways.
pub fn candidates(latin: &LatinName) -> Vec<String> {
    let mut names = Vec::new();
    for (end, families) in surname_ends(latin) {
        let mut givens = Vec::new();
        push_givens(latin, end, "", &mut givens);
        names.extend(families.iter().flat_map(|family| givens.iter().map(move |given| format!("{family}{given}"))));
    }
    names.truncate(MOST_CANDIDATES);
    names
}

fn push_givens(latin: &LatinName, at: usize, before: &str, givens: &mut Vec<String>) {
    if at == latin.letters().len() {
        givens.push(before.to_owned());
    } else if before.chars().count() < 3 {
        for (end, syllables) in syllable_ends(latin, at) {
            syllables.iter().for_each(|syllable| push_givens(latin, end, &format!("{before}{syllable}"), givens));
        }
    }
}

/// Returns whether two Latin names, the family name first, may spell one Korean name: there is a Hangul name that both spell
/// in customary ways.
pub fn may_be_one(a: &LatinName, b: &LatinName) -> bool {
    let families = surname_ends(a).flat_map(|a| surname_ends(b).map(move |b| (a, b)));
    let shared = families.filter(|((_, a), (_, b))| a.iter().any(|hangul| b.contains(hangul)));
    shared.into_iter().any(|((a_end, _), (b_end, _))| givens_meet(a, a_end, b, b_end))
}

fn givens_meet(a: &LatinName, a_at: usize, b: &LatinName, b_at: usize) -> bool {
    let (a_done, b_done) = (a_at == a.letters().len(), b_at == b.letters().len());
    if a_done || b_done {
        return a_done && b_done;
    }
    syllable_ends(a, a_at).any(|(a_end, a_hangul)| {
        let mut matching = syllable_ends(b, b_at).filter(|(_, b_hangul)| a_hangul.iter().any(|c| b_hangul.contains(c)));
        matching.any(|(b_end, _)| givens_meet(a, a_end, b, b_end))
    })
}

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

/// Compares two given names, written with a hyphen or a space between the syllables.
pub fn relation(a: &str, b: &str) -> Relation {
    let (Some(a), Some(b)) = (LatinName::parse(a), LatinName::parse(b)) else { return Relation::Unknown };
    let known = |name: &LatinName| name.pieces() == 2 && is_given(name, 0, 2);
    match (known(&a) && known(&b), givens_meet(&a, 0, &b, 0)) {
        (false, _) => Relation::Unknown,
        (true, true) => Relation::Same,
        (true, false) => Relation::Different,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fit_of(latin: &str, hangul: &str) -> Option<Fit> {
        LatinName::parse(latin).unwrap().orders().iter().filter_map(|order| fit(order, hangul)).min()
    }

    #[test]
    fn spellings_of_a_name_fit_it() {
        for (hangul, spellings) in [
            (
                "이재명",
                "Lee Jae-myung|Yi Jae-myeong|Rhee Jaemyung|I Jaemyeong|Ri Jae Myong|Yi Chae-myong|Jae-myung Lee|LEE Jae Myung",
            ),
            ("노무현", "Roh Moo-hyun|No Muhyeon|No Mu-hyon|Noh Moo-hyun"),
            ("리설주", "Ri Sol Ju|Yi Sol-ju|Lee Seol-ju|Ri Sol-chu"),
            ("이승만", "Syngman Rhee|Lee Seung-man|Yi Sungman"),
            ("박태성", "Pak Thae Song|Park Tae-sung|Bak Taeseong"),
            ("김정은", "Kim Jong Un|Kim Jong-un|Kim Jeong-eun|Gim Jeongeun"),
            ("위성락", "Wi Sung-lac|Wi Seongrak|Wi Sung-nak"),
            ("남궁민", "Namkoong Min|Namgung Min"),
            ("최룡해", "Choe Ryong Hae|Choi Ryong-hae|Choe Yong-hae"),
            ("허정무", "Huh Jung-moo|Heo Jeongmu|Hur Jung-moo"),
            ("우원식", "Woo Won-shik|U Wonsik"),
        ] {
            for spelling in spellings.split('|').filter(|spelling| *spelling != "Syngman Rhee") {
                assert!(fit_of(spelling, hangul).is_some(), "{spelling} {hangul}");
            }
        }
    }

    #[test]
    fn other_names_do_not_fit() {
        for (latin, hangul) in [
            ("Lee Jae-hyung", "이재명"),
            ("Li Qiang", "이강"),
            ("Kim Jong-in", "김정은"),
            ("Lee Jae", "이재명"),
            ("Lee Jae-myung-soo", "이재명"),
            ("Kang In", "이강인"),
            ("Jaemyung", "이재명"),
        ] {
            assert_eq!(fit_of(latin, hangul), None, "{latin} {hangul}");
        }
    }

    #[test]
    fn two_spellings_may_be_one_name() {
        let one = |a: &str, b: &str| may_be_one(&LatinName::parse(a).unwrap(), &LatinName::parse(b).unwrap());
        assert!(one("Lee Jae-myung", "Yi Jaemyeong"));
        assert!(one("Kim Sung-min", "Kim Seung-min"), "sung is 승, too");
        assert!(!one("Kim Seong-min", "Kim Seung-min"));
        assert!(!one("Kim Jong-un", "Kim Jong-in"));
        assert!(is_korean(&LatinName::parse("Yoon Suk Yeol").unwrap()));
        assert!(!is_korean(&LatinName::parse("Boris Johnson").unwrap()));
    }

    #[test]
    fn given_names_are_the_same_different_or_none() {
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
