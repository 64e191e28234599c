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
    fn finals_decide_particles() {
        assert_eq!(final_index('서'), Some(0));
        assert_eq!(final_index('울'), Some(8));
        assert_eq!(final_index('k'), None);
    }
}
