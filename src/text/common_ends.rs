//! What two texts have in common at their ends.

/// The lengths, in bytes, of what two texts begin and end with alike; the two never share a character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommonEnds {
    /// How far the beginnings are the same.
    pub before: usize,
    /// How far the ends are the same.
    pub after: usize,
}

/// Returns what two texts have in common at their ends, as much at the beginning as there is.
pub fn common_ends(one: &str, other: &str) -> CommonEnds {
    let same = |(a, b): &(char, char)| a == b;
    let before: usize = one.chars().zip(other.chars()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    let (one, other) = (&one[before..], &other[before..]);
    let after = one.chars().rev().zip(other.chars().rev()).take_while(same).map(|(c, _)| c.len_utf8()).sum();
    CommonEnds { before, after }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ends_never_share_a_character() {
        for (one, other, before, after) in [
            ("Leiji", "Leji", 2, 2),
            ("aaa", "aa", 2, 0),
            ("습근평은", "시진핑은", 0, 3),
            ("", "a", 0, 0),
            ("각", "간", 0, 0),
            ("same", "same", 4, 0),
        ] {
            assert_eq!(common_ends(one, other), CommonEnds { before, after }, "{one} {other}");
        }
    }
}
