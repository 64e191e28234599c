//! The letters of Hangul, and how each of the three romanisations writes them.

/// A letter and how it is written at the start of a word (a consonant) or anywhere (a vowel).
pub(super) struct Letter {
    pub(super) jamo: char,
    pub(super) revised: &'static str,
    pub(super) mccune: &'static str,
    pub(super) yale: &'static str,
}

pub(super) const fn row(jamo: char, revised: &'static str, mccune: &'static str, yale: &'static str) -> Letter {
    Letter { jamo, revised, mccune, yale }
}

/// The silent ㅇ, which also stands for what is no letter.
pub(super) static SILENT: Letter = row('ㅇ', "", "", "");

pub(super) fn letter(jamo: char) -> &'static Letter {
    CONSONANTS.iter().chain(&VOWELS).find(|letter| letter.jamo == jamo).unwrap_or(&SILENT)
}

/// The initials in the order of Unicode.
pub(super) static CONSONANTS: [Letter; 19] = [
    row('ㄱ', "g", "k", "k"),
    row('ㄲ', "kk", "kk", "kk"),
    row('ㄴ', "n", "n", "n"),
    row('ㄷ', "d", "t", "t"),
    row('ㄸ', "tt", "tt", "tt"),
    row('ㄹ', "r", "r", "l"),
    row('ㅁ', "m", "m", "m"),
    row('ㅂ', "b", "p", "p"),
    row('ㅃ', "pp", "pp", "pp"),
    row('ㅅ', "s", "s", "s"),
    row('ㅆ', "ss", "ss", "ss"),
    row('ㅇ', "", "", ""),
    row('ㅈ', "j", "ch", "c"),
    row('ㅉ', "jj", "tch", "cc"),
    row('ㅊ', "ch", "ch'", "ch"),
    row('ㅋ', "k", "k'", "kh"),
    row('ㅌ', "t", "t'", "th"),
    row('ㅍ', "p", "p'", "ph"),
    row('ㅎ', "h", "h", "h"),
];

/// The vowels in the order of Unicode.
pub(super) static VOWELS: [Letter; 21] = [
    row('ㅏ', "a", "a", "a"),
    row('ㅐ', "ae", "ae", "ay"),
    row('ㅑ', "ya", "ya", "ya"),
    row('ㅒ', "yae", "yae", "yay"),
    row('ㅓ', "eo", "ŏ", "e"),
    row('ㅔ', "e", "e", "ey"),
    row('ㅕ', "yeo", "yŏ", "ye"),
    row('ㅖ', "ye", "ye", "yey"),
    row('ㅗ', "o", "o", "o"),
    row('ㅘ', "wa", "wa", "wa"),
    row('ㅙ', "wae", "wae", "way"),
    row('ㅚ', "oe", "oe", "oy"),
    row('ㅛ', "yo", "yo", "yo"),
    row('ㅜ', "u", "u", "wu"),
    row('ㅝ', "wo", "wŏ", "we"),
    row('ㅞ', "we", "we", "wey"),
    row('ㅟ', "wi", "wi", "wi"),
    row('ㅠ', "yu", "yu", "yu"),
    row('ㅡ', "eu", "ŭ", "u"),
    row('ㅢ', "ui", "ŭi", "uy"),
    row('ㅣ', "i", "i", "i"),
];

/// The letters of each final in the order of Unicode, before the first space those of none.
pub(super) const FINALS: &str =
    " ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ";
