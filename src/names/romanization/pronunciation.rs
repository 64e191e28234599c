//! How the syllables of a Korean word sound where they meet (표준 발음법, chapters 4 and 5).

use crate::names::romanization::letters::{CONSONANTS, FINALS, Letter, VOWELS};
use crate::text::hangul;

const MAX_SYLLABLES: usize = 40;

/// A syllable as it is written.
pub(super) struct Syllable {
    pub(super) initial: char,
    pub(super) vowel: char,
    /// The letters of the final consonant, in order; empty without one.
    pub(super) finals: &'static str,
}

impl Syllable {
    fn of(c: char) -> Option<Self> {
        let finals = FINALS.split(' ').nth(hangul::final_index(c)? as usize)?;
        let mut jamo = Vec::with_capacity(3);
        hangul::push_jamo(c, &mut jamo);
        let letter = |table: &[Letter], at: usize, first: u32| {
            let index = (*jamo.get(at)? as u32).checked_sub(first)?;
            table.get(index as usize).map(|letter| letter.jamo)
        };
        Some(Self { initial: letter(&CONSONANTS, 0, 0x1100)?, vowel: letter(&VOWELS, 1, 0x1161)?, finals })
    }

    pub(super) fn alone(&self) -> Sound {
        Sound { initial: self.initial, vowel: self.vowel, last: final_sound(self.finals), moved: false }
    }
}

/// A syllable as it is pronounced.
pub(super) struct Sound {
    pub(super) initial: char,
    pub(super) vowel: char,
    /// One of the seven final sounds ㄱ ㄴ ㄷ ㄹ ㅁ ㅂ ㅇ.
    pub(super) last: Option<char>,
    /// Whether the initial is written as the final of the syllable before.
    pub(super) moved: bool,
}

/// What happens where two syllables meet: the final sound, the initial after it, and whether that is the final moved.
type Meeting = (Option<char>, char, bool);

pub(super) fn syllables(hangul: &str) -> Option<Vec<Syllable>> {
    let length = hangul.chars().take(MAX_SYLLABLES + 1).count();
    if !(1..=MAX_SYLLABLES).contains(&length) {
        return None;
    }
    hangul.chars().map(Syllable::of).collect()
}

/// Returns the syllables as they sound in one word (표준 발음법, chapters 4 and 5).
pub(super) fn pronounced(syllables: &[Syllable]) -> Vec<Sound> {
    let mut sounds: Vec<Sound> = syllables.iter().map(Syllable::alone).collect();
    for (at, (syllable, next)) in syllables.iter().zip(syllables.iter().skip(1)).enumerate() {
        let road = at > 0 && at + 2 == syllables.len() && is_road(next);
        let (last, initial, moved) = match (sounds[at].last, road) {
            (Some('ㄴ'), true) => (Some('ㄴ'), 'ㄴ', false),
            _ => meet(syllable.finals, next),
        };
        sounds[at].last = last;
        sounds[at + 1] = Sound { initial, moved, ..next.alone() };
    }
    sounds
}

/// Returns whether a syllable is 로. At the end of a longer word that is a word of its own, and ㄴㄹ becomes ㄴㄴ there (표준
/// 발음법 paragraph 20, 횡단로); 난로 and 원로 have two syllables.
fn is_road(syllable: &Syllable) -> bool {
    (syllable.initial, syllable.vowel, syllable.finals) == ('ㄹ', 'ㅗ', "")
}

fn meet(finals: &str, next: &Syllable) -> Meeting {
    if let Some(meeting) = palatalised(finals, next) {
        return meeting;
    }
    match (finals.strip_suffix('ㅎ'), next.initial) {
        (Some(rest), 'ㄱ') => (final_sound(rest), 'ㅋ', false),
        (Some(rest), 'ㄷ') => (final_sound(rest), 'ㅌ', false),
        (Some(rest), 'ㅈ') => (final_sound(rest), 'ㅊ', false),
        (Some(rest), 'ㅅ') => (final_sound(rest), 'ㅅ', false),
        (rest, 'ㅇ') => linked(rest.unwrap_or(finals)),
        (_, initial) => assimilated(final_sound(finals), initial),
    }
}

/// Paragraphs 12 and 17: 해돋이, 같이, 핥이다, 굳히다, and 맞히다, 앉히다.
fn palatalised(finals: &str, next: &Syllable) -> Option<Meeting> {
    match (finals, next.initial, next.vowel) {
        ("ㄷ", 'ㅇ', 'ㅣ') => Some((None, 'ㅈ', true)),
        ("ㅌ", 'ㅇ', 'ㅣ') => Some((None, 'ㅊ', true)),
        ("ㄹㅌ", 'ㅇ', 'ㅣ') => Some((Some('ㄹ'), 'ㅊ', true)),
        ("ㄷ" | "ㅈ", 'ㅎ', 'ㅣ') => Some((None, 'ㅊ', true)),
        ("ㄴㅈ", 'ㅎ', 'ㅣ') => Some((Some('ㄴ'), 'ㅊ', true)),
        _ => None,
    }
}

/// Paragraphs 12 to 14: before a vowel the last letter of the final is heard as the initial; ㅇ stays.
fn linked(finals: &str) -> Meeting {
    match finals.char_indices().next_back() {
        None | Some((_, 'ㅇ')) => (final_sound(finals), 'ㅇ', false),
        Some((at, letter)) => (final_sound(&finals[..at]), letter, true),
    }
}

/// Paragraphs 18 to 20: stops become nasals before nasals, ㄹ becomes ㄴ after most, ㄴ becomes ㄹ beside ㄹ.
fn assimilated(last: Option<char>, initial: char) -> Meeting {
    let (last, initial) = match (last, initial) {
        (Some('ㄴ'), 'ㄹ') | (Some('ㄹ'), 'ㄴ') => (Some('ㄹ'), 'ㄹ'),
        (Some(last @ ('ㄱ' | 'ㄷ' | 'ㅂ')), 'ㄴ' | 'ㄹ') => (Some(nasal(last)), 'ㄴ'),
        (Some(last @ ('ㄱ' | 'ㄷ' | 'ㅂ')), 'ㅁ') => (Some(nasal(last)), 'ㅁ'),
        (Some('ㅁ' | 'ㅇ'), 'ㄹ') => (last, 'ㄴ'),
        unchanged => unchanged,
    };
    (last, initial, false)
}

fn nasal(stop: char) -> char {
    match stop {
        'ㄱ' => 'ㅇ',
        'ㄷ' => 'ㄴ',
        _ => 'ㅁ',
    }
}

/// Returns which of the seven sounds the letters of a final have before a consonant (표준 발음법, paragraphs 8 to 11).
fn final_sound(finals: &str) -> Option<char> {
    match finals {
        "" => None,
        "ㄱ" | "ㄲ" | "ㄱㅅ" | "ㄹㄱ" | "ㅋ" => Some('ㄱ'),
        "ㄴ" | "ㄴㅈ" | "ㄴㅎ" => Some('ㄴ'),
        "ㄹ" | "ㄹㅂ" | "ㄹㅅ" | "ㄹㅌ" | "ㄹㅎ" => Some('ㄹ'),
        "ㅁ" | "ㄹㅁ" => Some('ㅁ'),
        "ㅂ" | "ㅂㅅ" | "ㄹㅍ" | "ㅍ" => Some('ㅂ'),
        "ㅇ" => Some('ㅇ'),
        _ => Some('ㄷ'),
    }
}
