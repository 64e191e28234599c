//! Hangul syllables as arithmetic (The Unicode Standard, section 3.12).

const FIRST: u32 = 0xAC00;
const LAST: u32 = 0xD7A3;
const FINALS: u32 = 28;
const VOWELS: u32 = 21;

/// Returns whether `c` is a composed Hangul syllable.
pub fn is_syllable(c: char) -> bool {
    (FIRST..=LAST).contains(&(c as u32))
}

/// Returns the final consonant of a syllable as its index (0 none, 8 ㄹ), or `None` for any other character.
pub fn final_index(c: char) -> Option<u32> {
    is_syllable(c).then(|| (c as u32 - FIRST) % FINALS)
}

/// Returns the indices of the initial (0 to 18), the vowel (0 to 20) and the final (0 none, to 27) of a syllable.
pub fn parts(c: char) -> Option<(u32, u32, u32)> {
    let index = (c as u32).checked_sub(FIRST).filter(|_| is_syllable(c))?;
    Some((index / (FINALS * VOWELS), index / FINALS % VOWELS, index % FINALS))
}

/// Returns the syllable of these parts; `None` where one of them is out of range.
pub fn syllable(initial: u32, vowel: u32, last: u32) -> Option<char> {
    let known = initial < 19 && vowel < VOWELS && last < FINALS;
    known.then(|| char::from_u32(FIRST + (initial * VOWELS + vowel) * FINALS + last)).flatten()
}

/// Adds the conjoining jamo of `c` to `out`: two or three for a syllable, else `c` itself.
pub fn push_jamo(c: char, out: &mut Vec<char>) {
    if !is_syllable(c) {
        return out.push(c);
    }
    let index = c as u32 - FIRST;
    let jamo = [0x1100 + index / (FINALS * VOWELS), 0x1161 + index / FINALS % VOWELS, 0x11A7 + index % FINALS];
    let count = if jamo[2] == 0x11A7 { 2 } else { 3 };
    out.extend(jamo[..count].iter().filter_map(|code| char::from_u32(*code)));
}

/// Returns the syllable of an initial and a vowel, or of a syllable without final and a final; `None` where the two do
/// not join.
pub fn join(before: char, after: char) -> Option<char> {
    let (before, after) = (before as u32, after as u32);
    if (0x1100..=0x1112).contains(&before) && (0x1161..=0x1175).contains(&after) {
        return char::from_u32(FIRST + ((before - 0x1100) * VOWELS + (after - 0x1161)) * FINALS);
    }
    let open = (FIRST..=LAST).contains(&before) && (before - FIRST).is_multiple_of(FINALS);
    if open && (0x11A8..=0x11C2).contains(&after) {
        return char::from_u32(before + (after - 0x11A7));
    }
    None
}

/// Initials that are heard or typed for one another: plain, tense and aspirated; ㄴ, ㄹ and none.
const INITIALS_ALIKE: [&[u32]; 6] = [&[0, 1, 15], &[3, 4, 16], &[7, 8, 17], &[9, 10], &[12, 13, 14], &[2, 5, 11]];
/// Vowels that are heard for one another: ㅐ ㅒ ㅔ ㅖ; ㅙ ㅚ ㅞ; ㅢ ㅣ.
const VOWELS_ALIKE: [&[u32]; 3] = [&[1, 3, 5, 7], &[10, 11, 15], &[19, 20]];

/// Finals that are heard for one another: ㄴ and ㅇ.
const FINALS_ALIKE: [&[u32]; 1] = [&[4, 21]];

/// Returns whether two different syllables sound so much alike that one is a likely slip for the other: one part differs, in
/// an initial, a vowel or a final that is heard for the other, or a final that is missing.
pub fn sound_alike(a: char, b: char) -> bool {
    let (Some(a), Some(b)) = (parts(a), parts(b)) else { return false };
    let ((a_initial, a_vowel, a_final), (b_initial, b_vowel, b_final)) = (a, b);
    let alike = |groups: &[&[u32]], a: u32, b: u32| groups.iter().any(|group| group.contains(&a) && group.contains(&b));
    match (a_initial == b_initial, a_vowel == b_vowel, a_final == b_final) {
        (true, true, false) => a_final == 0 || b_final == 0 || alike(&FINALS_ALIKE, a_final, b_final),
        (true, false, true) => alike(&VOWELS_ALIKE, a_vowel, b_vowel),
        (false, true, true) => alike(&INITIALS_ALIKE, a_initial, b_initial),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    proptest! {
        #[test]
        fn jamo_are_those_of_nfd_and_join_again(c in proptest::char::range('\u{AC00}', '\u{D7A3}')) {
            let mut jamo = Vec::new();
            push_jamo(c, &mut jamo);
            prop_assert_eq!(&jamo, &c.nfd().collect::<Vec<_>>());
            let joined = jamo.iter().copied().reduce(|before, after| join(before, after).unwrap());
            prop_assert_eq!(joined, Some(c));
        }
    }

    #[test]
    fn slips_sound_alike_and_other_names_do_not() {
        for (a, b) in [('재', '제'), ('서', '석'), ('핑', '빙'), ('낙', '락'), ('빙', '빈')] {
            assert!(sound_alike(a, b) && sound_alike(b, a), "{a} {b}");
        }
        for (a, b) in [('명', '형'), ('정', '종'), ('성', '석'), ('현', '국'), ('가', '가'), ('a', '가')] {
            assert!(!sound_alike(a, b), "{a} {b}");
        }
    }

    #[test]
    fn finals_decide_particles() {
        assert_eq!(final_index('서'), Some(0));
        assert_eq!(final_index('울'), Some(8));
        assert_eq!(final_index('k'), None);
    }
}
