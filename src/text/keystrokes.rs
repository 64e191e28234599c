//! Hangul as it is typed: letter by letter, so that the last syllable of a name may not be finished yet.
//!
//! While 이재명 is typed, 이재, 이잼 and 이재며 stand on the screen: a consonant is the end of a syllable until a vowel follows it. The
//! letters are those of the usual keyboard (KS X 5002), where ㅘ and ㄺ take two strokes, ㄲ and ㅐ one.

use crate::text::hangul;

const INITIALS: [&str; 19] =
    ["ㄱ", "ㄲ", "ㄴ", "ㄷ", "ㄸ", "ㄹ", "ㅁ", "ㅂ", "ㅃ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅉ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ"];
const VOWELS: [&str; 21] = [
    "ㅏ", "ㅐ", "ㅑ", "ㅒ", "ㅓ", "ㅔ", "ㅕ", "ㅖ", "ㅗ", "ㅗㅏ", "ㅗㅐ", "ㅗㅣ", "ㅛ", "ㅜ", "ㅜㅓ", "ㅜㅔ", "ㅜㅣ", "ㅠ",
    "ㅡ", "ㅡㅣ", "ㅣ",
];
const FINALS: [&str; 28] = [
    "", "ㄱ", "ㄲ", "ㄱㅅ", "ㄴ", "ㄴㅈ", "ㄴㅎ", "ㄷ", "ㄹ", "ㄹㄱ", "ㄹㅁ", "ㄹㅂ", "ㄹㅅ", "ㄹㅌ", "ㄹㅍ", "ㄹㅎ", "ㅁ",
    "ㅂ", "ㅂㅅ", "ㅅ", "ㅆ", "ㅇ", "ㅈ", "ㅊ", "ㅋ", "ㅌ", "ㅍ", "ㅎ",
];

/// Returns whether a folded letter is Hangul that may go on: a syllable, or a single letter of one.
pub fn is_unfinished(c: char) -> bool {
    hangul::is_syllable(c) || ('\u{1100}'..='\u{11C2}').contains(&c)
}

/// Returns whether what is typed as `unfinished` may become the beginning of `text`: 피 of 핑, 잼 and ᄌ of 재명.
pub fn may_become(unfinished: char, text: &str) -> bool {
    let mut strokes = text.chars().flat_map(strokes);
    self::strokes(unfinished).all(|typed| strokes.next() == Some(typed))
}

/// Returns the letters that are typed for a character; itself for what is not Hangul.
fn strokes(c: char) -> impl Iterator<Item = char> {
    let at = |letters: &[&'static str], index: u32| letters.get(index as usize).copied().unwrap_or_default();
    let (parts, other) = match (hangul::parts(c), c as u32) {
        (Some((initial, vowel, last)), _) => ([at(&INITIALS, initial), at(&VOWELS, vowel), at(&FINALS, last)], None),
        (None, code @ 0x1100..=0x1112) => ([at(&INITIALS, code - 0x1100), "", ""], None),
        (None, code @ 0x1161..=0x1175) => ([at(&VOWELS, code - 0x1161), "", ""], None),
        (None, code @ 0x11A8..=0x11C2) => ([at(&FINALS, code - 0x11A7), "", ""], None),
        _ => ([""; 3], Some(c)),
    };
    parts.into_iter().flat_map(str::chars).chain(other)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn every_state_of_typing_becomes_the_name() {
        for (typed, name) in [
            ("ㅇ", "이재명"),
            ("이", "이재명"),
            ("잊", "이재명"),
            ("이재", "이재명"),
            ("이잼", "이재명"),
            ("이재며", "이재명"),
            ("고", "과천"),
            ("닭", "달걀"),
            ("닭", "닭"),
            ("시진ㅍ", "시진핑"),
        ] {
            assert!(typed_part_becomes(typed, name), "{typed} {name}");
        }
        for (typed, name) in [("이자", "이재명"), ("과", "고양"), ("시진핌", "시진핑"), ("명", "이재명"), ("각", "강남")]
        {
            assert!(!typed_part_becomes(typed, name), "{typed} {name}");
        }
        assert!(is_unfinished('핑') && is_unfinished('ᄑ') && !is_unfinished('李') && !is_unfinished('a'));
    }

    fn typed_part_becomes(typed: &str, name: &str) -> bool {
        let typed = fold::key(typed);
        let last = typed.chars().next_back().unwrap();
        let finished = typed.strip_suffix(last).unwrap();
        name.strip_prefix(finished).is_some_and(|rest| may_become(last, rest))
    }
}
