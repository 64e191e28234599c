//! How one word of a name slips into another: one letter put in, left out, doubled, swapped or changed, and where.

use crate::names::reading;
use crate::text::{distance, fold, han, hangul, particle};

/// What the hand did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hand {
    /// Two letters in the wrong order.
    Swapped,
    /// A letter twice for once, or once for twice.
    Doubled,
    /// A letter too many, or one too few.
    Dropped,
    /// A letter for another.
    Changed,
}

/// Where in the word it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Where {
    /// At the first letter.
    Start,
    /// Inside.
    Inside,
    /// At the last letter, where words are inflected.
    End,
}

/// One slip.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Slip {
    pub hand: Hand,
    pub place: Where,
    /// The letter that is in one word and not at its place in the other; of a changed one that of the first word.
    pub letter: char,
}

impl Slip {
    /// Returns the one slip between two words, compared by their letters alone; `None` for the same letters and for more
    /// than one slip.
    pub fn between(a: &str, b: &str) -> Option<Self> {
        let (a, b): (Vec<char>, Vec<char>) = (fold::key(a).chars().collect(), fold::key(b).chars().collect());
        let (short, long) = if a.len() <= b.len() { (&a, &b) } else { (&b, &a) };
        if long.len() - short.len() > 1 || a == b || short.len() < 2 {
            return None;
        }
        let start = short.iter().zip(long.iter()).take_while(|(a, b)| a == b).count();
        let (short_rest, long_rest) = (&short[start..], &long[start..]);
        let (hand, width) = match long_rest {
            [extra, rest @ ..] if rest == short_rest => {
                let doubled = start > 0 && long[start - 1] == *extra;
                (if doubled { Hand::Doubled } else { Hand::Dropped }, 1)
            }
            [_, rest @ ..] if short_rest.get(1..) == Some(rest) => (Hand::Changed, 1),
            [first, second, rest @ ..] if short_rest.len() > 1 && short_rest[..2] == [*second, *first] => {
                if short_rest.get(2..) != Some(rest) {
                    return None;
                }
                (Hand::Swapped, 2)
            }
            _ => return None,
        };
        let place = match start {
            0 => Where::Start,
            _ if start + width >= long.len() => Where::End,
            _ => Where::Inside,
        };
        Some(Self { hand, place, letter: *long_rest.first()? })
    }

    /// Returns whether it is where no ending is: inside, or a swap at the end other than those of Christian and Christina,
    /// Alexander and Alexandre.
    pub fn is_inside(self) -> bool {
        let swap = self.hand == Hand::Swapped && self.place == Where::End && !matches!(self.letter, 'a' | 'n' | 'e' | 'r');
        self.place == Where::Inside || swap
    }

    /// Returns whether fingers slip so rather than that there be two names: Micheal, Zuckerrberg.
    pub fn is_of_the_fingers(self) -> bool {
        matches!(self.hand, Hand::Swapped | Hand::Doubled)
    }
}

/// How much two names sound alike that differ in one syllable or character.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Sound {
    /// Not.
    Other,
    /// What is heard or typed for one another.
    Alike,
    /// Hardly anybody hears a difference: 재 and 제, 际 and 计.
    Same,
}

/// Returns how two Hangul words of one length sound that differ in one jamo of one syllable after the first. Another ending of
/// one word is no slip.
pub(super) fn between_hangul(a: &str, b: &str) -> Option<Sound> {
    let mut differing = a.chars().zip(b.chars()).enumerate().filter(|(_, (a, b))| a != b);
    let (at, (from, to)) = differing.next()?;
    let length = a.chars().count();
    // 볼리비아의 and 볼리비아에 are one word with two particles, 가능한 and 가능하 one verb.
    let is_ending = |last: char| particle::is_chain(&last.to_string()) || "하한할함해되된될됨돼".contains(last);
    let inflected = at + 1 == length && is_ending(from) && is_ending(to);
    let one_jamo = distance::edits(&distance::spelled(a), &distance::spelled(b)) == 1;
    if at == 0 || differing.next().is_some() || b.chars().count() != length || inflected || !one_jamo {
        return None;
    }
    let ((a_initial, _, a_final), (b_initial, _, b_final)) = hangul::parts(from).zip(hangul::parts(to))?;
    let only_vowel = a_initial == b_initial && a_final == b_final;
    Some(match hangul::sound_alike(from, to) {
        true if only_vowel => Sound::Same,
        true => Sound::Alike,
        false => Sound::Other,
    })
}

/// Returns whether two Han names of one length differ in one character after the first, and how that one sounds in
/// Mandarin. The simplified and the traditional form of a character are one.
pub(super) fn between_han(a: &str, b: &str) -> Option<Sound> {
    let pairs = a.chars().zip(b.chars()).map(|(a, b)| (han::simplified(a), han::simplified(b))).enumerate();
    let mut differing = pairs.filter(|(_, (a, b))| a != b);
    let (at, (from, to)) = differing.next()?;
    let one = differing.next().is_none() && a.chars().count() == b.chars().count();
    let sound = if reading::sound_alike(from, to) { Sound::Same } else { Sound::Other };
    (at > 0 && one).then_some(sound)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_have_a_hand_and_a_place() {
        for (a, b, expected) in [
            ("Leji", "Leiji", Some((Hand::Dropped, Where::Inside))),
            ("Micheal", "Michael", Some((Hand::Swapped, Where::Inside))),
            ("Zuckerberg", "Zuckerrberg", Some((Hand::Doubled, Where::Inside))),
            ("Halden", "Haldan", Some((Hand::Changed, Where::Inside))),
            ("Russia", "Russian", Some((Hand::Dropped, Where::End))),
            ("Berry", "Perry", Some((Hand::Changed, Where::Start))),
            ("Christian", "Christina", Some((Hand::Swapped, Where::End))),
            ("Anne", "Annee", Some((Hand::Doubled, Where::End))),
            ("Austria", "Australia", None),
            ("Kyung-ok", "Kyungok", None),
            ("", "", None),
        ] {
            let found = Slip::between(a, b).map(|slip| (slip.hand, slip.place));
            assert_eq!(found, expected, "{a} {b}");
            assert_eq!(Slip::between(b, a).map(|slip| (slip.hand, slip.place)), expected, "{b} {a}");
        }
    }

    #[test]
    fn hangul_slips_by_one_jamo_after_the_first_syllable() {
        for (a, b, expected) in [
            ("이재명", "이제명", Some(Sound::Same)),
            ("박병석", "박병서", Some(Sound::Alike)),
            ("이재명", "이재형", Some(Sound::Other)),
            ("저커버그", "저카버그", Some(Sound::Other)),
            ("이재명", "리재명", None),
            ("이재명", "이재명", None),
            ("볼라비아의", "볼라비아에", None),
            ("이재명", "이제면", None),
        ] {
            assert_eq!(between_hangul(a, b), expected, "{a} {b}");
            assert_eq!(between_hangul(b, a), expected, "{b} {a}");
        }
    }

    #[test]
    fn han_slips_by_one_character_after_the_surname() {
        assert_eq!(between_han("赵乐际", "赵乐计"), Some(Sound::Same));
        assert_eq!(between_han("扎克伯格", "扎克贝格"), Some(Sound::Other));
        assert_eq!(between_han("赵乐际", "趙樂際"), None);
        assert_eq!(between_han("李强", "李克强"), None);
        assert_eq!(between_han("王小明", "汪小明"), None);
    }
}
