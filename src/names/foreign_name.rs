//! How a name of any language shows in another script: by its consonants in Latin letters and in Hangul, in classes that a
//! transcription keeps (Knightley and 나이틀리 share n, t, r), and by the Han characters that Chinese writes sounds with.
//!
//! Much coarser than `names::korean_spelling`, and meant for any language's names: equal skeletons are a hint that counts
//! only beside other evidence.

use std::sync::LazyLock;

use rustc_hash::FxHashSet as HashSet;

use crate::text::hangul;

/// The shortest skeleton that says something.
const SHORTEST: usize = 2;

/// Returns the skeleton of a name in Latin letters; `None` where it is too short to tell.
pub fn latin_skeleton(name: &str) -> Option<u64> {
    let letters: Vec<u8> = name.bytes().map(|byte| byte.to_ascii_lowercase()).collect();
    let mut skeleton = Skeleton::default();
    let mut at = 0;
    while at < letters.len() {
        at += push_latin(&letters, at, &mut skeleton);
    }
    skeleton.finish()
}

/// Adds the class of the consonant at a place and returns how many letters it takes.
fn push_latin(letters: &[u8], at: usize, skeleton: &mut Skeleton) -> usize {
    let next = letters.get(at + 1).copied().unwrap_or(b' ');
    let vowel_next = b"aeiouy".contains(&next);
    match (letters[at], next) {
        (b'p', b'h') => skeleton.push(b'p', 2),
        (b's' | b't', b'h') => skeleton.push(b's', 2),
        (b'c' | b'z', b'h') => skeleton.push(b'j', 2),
        (b'c', b'k') => skeleton.push(b'k', 2),
        (b'g', b'h') if at > 0 => 2,
        (b'k', b'n') if at == 0 => 1,
        (b'n', b'g') if !letters.get(at + 2).is_some_and(|after| b"aeiouy".contains(after)) => skeleton.push(b'n', 2),
        (b'c', b'e' | b'i' | b'y') => skeleton.push(b's', 1),
        (b'g', b'e' | b'i' | b'y') if at == 0 => skeleton.push(b'j', 1),
        (b'q', b'u') => skeleton.push(b'k', 2),
        (b'x', _) if at == 0 => skeleton.push(b's', 1),
        (b'x', _) => {
            skeleton.push(b'k', 1);
            skeleton.push(b's', 1)
        }
        (b'q', _) => skeleton.push(b'j', 1),
        (b'r', _) if !vowel_next => 1,
        (b'g' | b'k' | b'c', _) => skeleton.push(b'k', 1),
        (b'd' | b't', _) => skeleton.push(b't', 1),
        (b'b' | b'p' | b'v' | b'f', _) => skeleton.push(b'p', 1),
        (b'j' | b'z', _) => skeleton.push(b'j', 1),
        (b'l' | b'r', _) => skeleton.push(b'r', 1),
        (consonant @ (b'm' | b'n' | b's'), _) => skeleton.push(consonant, 1),
        _ => {
            skeleton.open();
            1
        }
    }
}

/// The classes of the initial consonants, by index; a space for none.
const INITIALS: &[u8; 19] = b"kknttrmppss jjjktp ";
/// The classes of the final consonants, by index, as far as transcriptions use them.
const FINALS: &[u8; 28] = b" kkknnntrrrrrrrrmppttnjjktp ";

/// Returns the skeleton of Hangul; `None` where it is too short to tell.
pub fn hangul_skeleton(name: &str) -> Option<u64> {
    let mut skeleton = Skeleton::default();
    for (initial, _, last) in name.chars().map_while(hangul::parts) {
        for class in [INITIALS[initial as usize], b'.', FINALS[last as usize]] {
            match class {
                b' ' => {}
                b'.' => skeleton.open(),
                class => {
                    skeleton.push(class, 1);
                }
            }
        }
    }
    skeleton.finish()
}

/// Returns whether simplified Han characters may be nothing but the sounds of a foreign name.
pub fn may_be_sounds(han: &str) -> bool {
    han.chars().all(|c| SOUND_CHARACTERS.contains(&c))
}

/// The characters of `foreign_name_characters.txt`.
static SOUND_CHARACTERS: LazyLock<HashSet<char>> = LazyLock::new(|| {
    let lines = include_str!("foreign_name_characters.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::chars).collect()
});

/// Consonant classes, one a byte, with how many there are.
#[derive(Default)]
struct Skeleton {
    classes: u64,
    count: usize,
    last: u8,
}

impl Skeleton {
    /// Adds a class, one that repeats the last without a vowel between once, and returns `taken`.
    fn push(&mut self, class: u8, taken: usize) -> usize {
        if self.last != class {
            self.classes = self.classes.wrapping_mul(31).wrapping_add(u64::from(class));
            self.count += 1;
            self.last = class;
        }
        taken
    }

    /// A vowel: the same class after it counts anew, except l and r, which Hangul doubles across syllables.
    fn open(&mut self) {
        if self.last != b'r' {
            self.last = 0;
        }
    }

    fn finish(self) -> Option<u64> {
        (self.count >= SHORTEST).then_some(self.classes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_transcription_keeps_the_skeleton() {
        for (latin, hangul) in [
            ("Jinping", "진핑"),
            ("Washington", "워싱턴"),
            ("Macron", "마크롱"),
            ("Obama", "오바마"),
            ("Parker", "파커"),
            ("Knightley", "나이틀리"),
            ("Seoul", "서울"),
        ] {
            assert_eq!(latin_skeleton(latin), hangul_skeleton(hangul), "{latin} {hangul}");
        }
        assert_ne!(latin_skeleton("Jinping"), hangul_skeleton("원자바오"));
        assert!(may_be_sounds("哈尔登") && !may_be_sounds("委员会"));
        assert_eq!(latin_skeleton("Io"), None);
        assert_eq!(hangul_skeleton("이"), None);
    }
}
