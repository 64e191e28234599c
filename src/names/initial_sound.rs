//! The initial-sound law of Korean (두음법칙, 한글 맞춤법 제10항 to 제12항): ㄹ and some ㄴ are not written at the start of a
//! word in the South, and are in the North.

use crate::text::hangul;

const NIEUN: u32 = 2;
const RIEUL: u32 = 5;
const IEUNG: u32 = 11;
/// ㅑ ㅒ ㅕ ㅖ ㅛ ㅠ ㅣ
const IOTISED: [u32; 7] = [2, 3, 6, 7, 12, 17, 20];

/// Returns a syllable as the South writes it at the start of a word: 리 as 이, 로 as 노, 녀 as 여; others as they are.
pub fn lawful(syllable: char) -> char {
    let Some((initial, vowel, last)) = hangul::parts(syllable) else { return syllable };
    let iotised = IOTISED.contains(&vowel);
    let initial = match initial {
        RIEUL | NIEUN if iotised => IEUNG,
        RIEUL => NIEUN,
        other => other,
    };
    hangul::syllable(initial, vowel, last).unwrap_or(syllable)
}

/// Returns a word as the South writes it: its first syllable by the law.
pub fn lawful_word(word: &str) -> String {
    let mut syllables = word.chars();
    syllables.next().map(lawful).into_iter().chain(syllables).collect()
}

/// Returns the syllables that the law turns into this one, with this one: 이 for 이 and 리, 유 for 유, 류 and 뉴.
pub fn origins(syllable: char) -> Vec<char> {
    let Some((_, vowel, last)) = hangul::parts(syllable) else { return vec![syllable] };
    let others = [RIEUL, NIEUN].into_iter().filter_map(|initial| hangul::syllable(initial, vowel, last));
    std::iter::once(syllable).chain(others.filter(|other| *other != syllable && lawful(*other) == syllable)).collect()
}

/// Returns 렬 as 열 and 률 as 율 after a vowel or ㄴ (한글 맞춤법 제11항 붙임 1), others as they are.
pub fn after(before: char, syllable: char) -> char {
    let open = matches!(hangul::final_index(before), Some(0 | 4));
    match hangul::parts(syllable) {
        Some((RIEUL, 6 | 17, 8)) if open => lawful(syllable),
        _ => syllable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_law_speaks_at_the_start_of_a_word() {
        for (written, expected) in
            [('리', '이'), ('로', '노'), ('녀', '여'), ('류', '유'), ('락', '낙'), ('남', '남'), ('a', 'a')]
        {
            assert_eq!(lawful(written), expected);
        }
        assert_eq!(lawful_word("리재명"), "이재명");
        assert_eq!(origins('이'), ['이', '리', '니']);
        assert_eq!(origins('노'), ['노', '로']);
        assert_eq!(origins('강'), ['강']);
        assert_eq!([after('선', '렬'), after('정', '렬'), after('규', '률')], ['열', '렬', '율']);
    }
}
