//! Chinese names in Hangul by the loanword orthography (외래어 표기법 표 5, 문체부 고시 제2017-14호), and what is written in its
//! place by mistake.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

use crate::names::pinyin::{self, Syllable};
use crate::text::hangul;

/// So many candidates of one name are considered.
const MOST_CANDIDATES: usize = 32;

static BY_HANGUL: LazyLock<HashMap<&'static str, Vec<&'static Syllable>>> = LazyLock::new(|| {
    let mut by_hangul: HashMap<&str, Vec<&Syllable>> = HashMap::default();
    for syllable in pinyin::syllables().iter().filter(|syllable| !syllable.is_rare) {
        by_hangul.entry(syllable.hangul).or_default().push(syllable);
    }
    by_hangul
});

/// Returns the Hangul of Mandarin syllables.
pub fn hangul_of(syllables: &[&Syllable]) -> String {
    syllables.iter().map(|syllable| syllable.hangul).collect()
}

/// Returns the Mandarin syllables that the rule may have written so, at most 32 combinations; none where it writes nothing
/// like it. Candidates only: 장 is zhang and jiang, 충 is chong, cong and qiong.
pub fn candidates(text: &str) -> Vec<Vec<&'static Syllable>> {
    let mut found = Vec::new();
    if text.chars().all(hangul::is_syllable) && text.chars().count() <= 12 {
        read(text, &mut Vec::new(), &mut found);
    }
    found
}

fn read(rest: &str, before: &mut Vec<&'static Syllable>, found: &mut Vec<Vec<&'static Syllable>>) {
    if rest.is_empty() {
        found.push(before.clone());
        return;
    }
    // No syllable has more than three in Hangul (샤오 two, 위안 two, 솨이 two); the longest first.
    for length in (1..=3).rev() {
        let end = rest.char_indices().nth(length).map_or(rest.len(), |(at, _)| at);
        if rest[..end].chars().count() != length {
            continue;
        }
        for syllable in BY_HANGUL.get(&rest[..end]).into_iter().flatten() {
            if found.len() >= MOST_CANDIDATES {
                return;
            }
            before.push(syllable);
            read(&rest[end..], before, found);
            before.pop();
        }
    }
}

/// ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ and ㅐ as ㅏ ㅔ ㅓ ㅔ ㅗ ㅜ ㅔ; ㅙ and ㅚ as ㅞ.
const PLAIN_VOWELS: [(u32, u32); 9] = [(2, 0), (3, 5), (6, 4), (7, 5), (12, 8), (17, 13), (1, 5), (10, 15), (11, 15)];
/// ㄲ ㄸ ㅃ ㅆ ㅉ as ㄱ ㄷ ㅂ ㅅ ㅈ.
const PLAIN_INITIALS: [(u32, u32); 5] = [(1, 0), (4, 3), (8, 7), (10, 9), (13, 12)];
const O: u32 = 8;
const U: u32 = 13;
const NG: u32 = 21;

/// Returns Hangul with everything made alike that is commonly confused when Chinese is transcribed: ㅑ and ㅏ after a consonant
/// (샹하이), ㅖ, ㅔ and ㅐ (텐진, 세쉬런), 옹 for 웅 (추궈홍), tense and plain initials (장저민). `None` for other text.
pub fn without_slips(text: &str) -> Option<String> {
    text.chars().map(plain_syllable).collect()
}

fn plain_syllable(syllable: char) -> Option<char> {
    let (initial, vowel, last) = hangul::parts(syllable)?;
    let plain = |table: &[(u32, u32)], part: u32| table.iter().find(|(from, _)| *from == part).map_or(part, |(_, to)| *to);
    let vowel = plain(&PLAIN_VOWELS, vowel);
    let vowel = if vowel == O && last == NG { U } else { vowel };
    hangul::syllable(plain(&PLAIN_INITIALS, initial), vowel, last)
}

/// Returns why the rule never writes a syllable of `text`, as the end of a sentence; `None` where it may write all of them.
pub fn broken_rule(text: &str) -> Option<String> {
    text.chars().find_map(|c| match breach(c)? {
        Breach::Iotised => Some(format!("no ㅑ, ㅕ, ㅛ, ㅠ or ㅖ is written after ㅈ, ㅉ and ㅊ ({c})")),
        Breach::Ong => Some(format!("-ong is written 웅, not 옹 ({c})")),
    })
}

/// Returns whether the rule never writes a syllable of `text`.
pub fn breaks_rule(text: &str) -> bool {
    text.chars().any(|c| breach(c).is_some())
}

/// What the rule never writes.
enum Breach {
    Iotised,
    Ong,
}

fn breach(c: char) -> Option<Breach> {
    let (initial, vowel, last) = hangul::parts(c)?;
    if matches!(initial, 12..=14) && matches!(vowel, 2 | 3 | 6 | 7 | 12 | 17) {
        return Some(Breach::Iotised);
    }
    (vowel == O && last == NG).then_some(Breach::Ong)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Vec<&'static Syllable> {
        text.split(' ').map(|syllable| pinyin::syllable(syllable).unwrap()).collect()
    }

    #[test]
    fn the_rule_writes_names() {
        for (pinyin, expected) in [
            ("xi jin ping", "시진핑"),
            ("zhao le ji", "자오러지"),
            ("jiang ze min", "장쩌민"),
            ("qiu guo hong", "추궈훙"),
            ("chong qing", "충칭"),
            ("lv xiu lian", "뤼슈롄"),
            ("tian jin", "톈진"),
        ] {
            assert_eq!(hangul_of(&of(pinyin)), expected);
            assert!(candidates(expected).contains(&of(pinyin)), "{expected}");
        }
        assert!(candidates("이재명").is_empty());
        assert!(candidates(&"자오".repeat(6)).len() <= MOST_CANDIDATES);
    }

    #[test]
    fn slips_are_alike_and_named() {
        for (slip, right) in
            [("샹하이", "상하이"), ("텐진", "톈진"), ("추궈홍", "추궈훙"), ("세쉬런", "셰쉬런"), ("장저민", "장쩌민")]
        {
            assert_eq!(without_slips(slip), without_slips(right));
        }
        assert_ne!(without_slips("산시"), without_slips("산둥"));
        assert_eq!(without_slips("Xi"), None);
        assert!(broken_rule("챵춘").is_some_and(|rule| rule.contains('챵')));
        assert!(broken_rule("추궈홍").is_some());
        assert_eq!(broken_rule("상하이"), None);
    }

    #[test]
    fn the_rule_breaks_no_rule() {
        for syllable in pinyin::syllables() {
            assert_eq!(broken_rule(syllable.hangul), None, "{}", syllable.pinyin);
        }
    }
}
