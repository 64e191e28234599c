//! A name in Han characters, as it is read in Mandarin and in Korean.
//!
//! Surnames have readings of their own (任 Ren, 單 Shan, 金 김: `surname_readings.tsv`). A reading is a candidate where a
//! character has several.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use crate::names::latin::LatinName;
use crate::names::pinyin::{self, Syllable, System};
use crate::names::{initial_sound, reading};
use crate::text::han;
use crate::text::script::Script;

/// What bears a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    /// A person: a family name and a given name.
    Person,
    /// A place.
    Place,
    /// Anything else: one word or several.
    Other,
}

/// A name read in Mandarin.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mandarin {
    /// The family name; empty for what is no person.
    pub family: Vec<&'static Syllable>,
    /// The given name, or the whole.
    pub given: Vec<&'static Syllable>,
}

impl Mandarin {
    /// Returns all syllables.
    pub fn syllables(&self) -> Vec<&'static Syllable> {
        self.family.iter().chain(&self.given).copied().collect()
    }
}

/// A surname that is read in its own way, or is longer than a character.
struct SurnameReading {
    /// The Mandarin readings, the usual one first.
    mandarin: Vec<Vec<&'static Syllable>>,
    korean: Option<&'static str>,
}

/// By the folded surname.
static SURNAMES: LazyLock<HashMap<String, SurnameReading>> = LazyLock::new(|| {
    let lines = include_str!("surname_readings.tsv").lines().filter(|line| !line.starts_with('#'));
    lines.filter_map(surname_of_line).collect()
});

fn surname_of_line(line: &'static str) -> Option<(String, SurnameReading)> {
    let mut cells = line.split('\t');
    let surname = cells.next()?;
    let length = surname.chars().count();
    let spellings = cells.next()?.split('/').filter_map(LatinName::parse);
    let readings = spellings.flat_map(|spelling| pinyin::readings(&spelling, System::Pinyin));
    let mandarin = readings.filter(|syllables| syllables.len() == length).collect();
    Some((
        surname.chars().map(han::simplified).collect(),
        SurnameReading { mandarin, korean: cells.next().filter(|cell| !cell.is_empty()) },
    ))
}

/// So many readings of one name are considered.
const MOST_READINGS: usize = 8;
/// A longer text is no name.
const LONGEST: usize = 24;

/// Returns whether a text is nothing but two to 24 Han characters.
pub fn is_han(text: &str) -> bool {
    (2..=LONGEST).contains(&text.chars().count()) && text.chars().all(|c| Script::of(c) == Script::Han)
}

/// Returns a Han name as family and given name: two characters of family name where they are a known compound surname.
pub fn family_and_given(name: &str) -> (&str, &str) {
    let simplified: String = name.chars().map(han::simplified).collect();
    let compound = simplified.chars().count() > 2 && {
        let first_two: String = simplified.chars().take(2).collect();
        SURNAMES.contains_key(first_two.as_str())
    };
    let length = if compound { 2 } else { 1 };
    let cut = name.char_indices().nth(length).map_or(name.len(), |(at, _)| at);
    name.split_at(cut)
}

/// Returns the Mandarin readings of a Han name, the likeliest first, at most 8; none where a character has none.
pub fn mandarin(name: &str, bearer: Bearer) -> Vec<Mandarin> {
    if !is_han(name) {
        return Vec::new();
    }
    let (family, given) = if bearer == Bearer::Person { family_and_given(name) } else { ("", name) };
    let given = products(given.chars().map(|c| syllables_of(c).collect()).collect());
    let families = family_readings(family);
    let both =
        families.iter().flat_map(|family| given.iter().map(|given| Mandarin { family: family.clone(), given: given.clone() }));
    both.take(MOST_READINGS).collect()
}

fn syllables_of(c: char) -> impl Iterator<Item = &'static Syllable> {
    reading::pinyins(c)
        .chain(reading::pinyins(han::simplified(c)).filter(move |_| reading::pinyin(c).is_none()))
        .filter_map(pinyin::syllable)
}

fn family_readings(family: &str) -> Vec<Vec<&'static Syllable>> {
    match surname_reading(family) {
        Some(surname) => surname.mandarin.clone(),
        // A surname that is read in its own way is in the table; the others are read as usual.
        None => products(family.chars().map(|c| syllables_of(c).take(1).collect()).collect()),
    }
}

/// Returns the Korean readings of a Han name, the likeliest first, at most 8; none where a character has none.
///
/// With the initial-sound law at the start, and without it, as in the North; the given name first without it, as names of one
/// syllable and Chinese names are read (제갈량, 조락제), then with it (이낙연).
pub fn korean(name: &str, bearer: Bearer) -> Vec<String> {
    if !is_han(name) {
        return Vec::new();
    }
    let (family, given) = if bearer == Bearer::Person { family_and_given(name) } else { (name, "") };
    let families = family_korean(family, bearer);
    let givens = given_korean(given);
    let mut readings: Vec<String> = Vec::new();
    for family in &families {
        for given in &givens {
            let whole = format!("{family}{given}");
            if !readings.contains(&whole) {
                readings.push(whole);
            }
        }
    }
    readings.truncate(MOST_READINGS);
    readings
}

fn family_korean(family: &str, bearer: Bearer) -> Vec<String> {
    let known = surname_reading(family).filter(|_| bearer == Bearer::Person);
    let mut bases: Vec<String> = known.and_then(|surname| surname.korean).map(str::to_owned).into_iter().collect();
    let many = if bearer == Bearer::Person { 1 } else { 2 };
    let usual = products(family.chars().map(|c| korean_of(c).take(many).collect()).collect());
    bases.extend(usual.into_iter().map(|syllables| syllables.into_iter().collect()));
    let lawful = |base: &String| [after_law(&initial_sound::lawful_word(base)), base.clone()];
    bases.iter().flat_map(lawful).collect()
}

fn given_korean(given: &str) -> Vec<String> {
    let usual = products(given.chars().map(|c| korean_of(c).take(3).collect()).collect());
    let with_law = |syllables: &Vec<char>| {
        let base: String = syllables.iter().collect();
        [after_law(&base), after_law(&initial_sound::lawful_word(&base)), base]
    };
    usual.iter().flat_map(with_law).collect()
}

/// Writes 렬 and 률 as 열 and 율 after a vowel or ㄴ.
fn after_law(text: &str) -> String {
    let mut written: Vec<char> = Vec::new();
    for c in text.chars() {
        written.push(written.last().map_or(c, |before| initial_sound::after(*before, c)));
    }
    written.into_iter().collect()
}

fn korean_of(c: char) -> impl Iterator<Item = char> {
    let own = reading::korean(c).next().is_some();
    reading::korean(if own { c } else { han::simplified(c) })
}

/// Returns every choice of one of each, the first choices first, at most 8; none where there is nothing to choose.
fn products<T: Copy>(choices: Vec<Vec<T>>) -> Vec<Vec<T>> {
    choices.into_iter().fold(vec![Vec::new()], |products, choice| {
        let longer = |product: &Vec<T>, one: T| product.iter().copied().chain(std::iter::once(one)).collect();
        let mut all: Vec<Vec<T>> = Vec::new();
        for one in choice {
            all.extend(products.iter().map(|product| longer(product, one)));
        }
        all.truncate(MOST_READINGS);
        all
    })
}

/// Returns whether a Hangul name is a Korean reading of a Han name, the initial-sound law applied or not.
pub fn reads_back(han: &str, hangul: &str, bearer: Bearer) -> bool {
    let rest = |han: &str, hangul: &str| {
        let alike = |(c, written): (char, char)| korean_of(c).any(|reading| is_same_but_for_law(reading, written));
        han.chars().count() == hangul.chars().count() && han.chars().zip(hangul.chars()).all(alike)
    };
    if !is_han(han) {
        return false;
    }
    let (family, given) = if bearer == Bearer::Person { family_and_given(han) } else { ("", han) };
    let own = surname_reading(family).and_then(|surname| surname.korean);
    let by_surname = own.and_then(|own| hangul.strip_prefix(own)).is_some_and(|hangul| rest(given, hangul));
    by_surname || rest(han, hangul)
}

fn is_same_but_for_law(reading: char, written: char) -> bool {
    reading == written || initial_sound::lawful(reading) == initial_sound::lawful(written)
}

fn surname_reading(family: &str) -> Option<&'static SurnameReading> {
    if family.is_empty() {
        return None;
    }
    let simplified: String = family.chars().map(han::simplified).collect();
    SURNAMES.get(simplified.as_str())
}

/// Returns the usual readings of what is no personal name, in Mandarin letters and in Korean.
pub fn usual_readings(name: &str) -> Option<(String, String)> {
    if !is_han(name) {
        return None;
    }
    let mut letters = String::new();
    let mut korean = String::new();
    for (place, c) in name.chars().enumerate() {
        let syllable = syllables_of(c).next()?;
        letters.extend(syllable.pinyin.chars().map(|c| if c == 'v' { 'u' } else { c }));
        let reading = korean_of(c).next()?;
        korean.push(if place == 0 { initial_sound::lawful(reading) } else { reading });
    }
    Some((letters, after_law(&korean)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_in_mandarin() {
        for (name, expected) in [
            ("赵乐际", "Zhao Leji"),
            ("習近平", "Xi Jinping"),
            ("任正非", "Ren Zhengfei"),
            ("单霁翔", "Shan Jixiang"),
            ("欧阳修", "Ouyang Xiu"),
            ("司馬遷", "Sima Qian"),
            ("朴槿惠", "Piao Jinhui"),
            ("吕秀莲", "Lü Xiulian"),
        ] {
            let names: Vec<String> =
                mandarin(name, Bearer::Person).iter().map(|reading| pinyin::name(&reading.family, &reading.given)).collect();
            assert!(names.iter().any(|found| found == expected), "{name} {names:?}");
        }
        let chongqing = mandarin("重庆", Bearer::Place);
        assert!(chongqing.iter().any(|reading| pinyin::letters(&reading.given) == "chongqing"));
        assert!(mandarin("Xi", Bearer::Person).is_empty());
    }

    #[test]
    fn names_are_read_in_korean() {
        for (name, expected) in [
            ("赵乐际", "조락제"),
            ("习近平", "습근평"),
            ("李在明", "이재명"),
            ("姜由桢", "강유정"),
            ("金民錫", "김민석"),
            ("李克强", "리극강"),
            ("李克强", "이극강"),
            ("盧武鉉", "노무현"),
            ("柳時敏", "유시민"),
            ("南宮珉", "남궁민"),
            ("沈熏", "심훈"),
        ] {
            assert!(
                korean(name, Bearer::Person).iter().any(|found| found == expected),
                "{name} {:?}",
                korean(name, Bearer::Person)
            );
            assert!(reads_back(name, expected, Bearer::Person));
        }
        assert!(korean("北京", Bearer::Place).contains(&"북경".to_owned()));
        assert!(!reads_back("姜由桢", "강유진", Bearer::Person));
    }
}
