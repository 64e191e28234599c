//! The consonants of a Korean name in Latin letters: what an index can hold of a name in place of its thousands of spellings.
//!
//! Proposes only; `korean_spelling::fit` disposes.

use std::sync::{LazyLock, OnceLock};

use rustc_hash::FxHashMap as HashMap;

use crate::names::initial_sound;
use crate::names::korean_spelling::given_syllable;
use crate::names::korean_spelling::letters::{FINALS, INITIALS};
use crate::names::korean_surname::{family_and_given, surname, surnames};
use crate::text::hangul;

/// Returns the consonants of Latin letters in classes that the spellings of one Korean syllable share.
pub fn skeleton(letters: &str) -> String {
    let mut skeleton = String::new();
    let bytes = letters.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let class = match byte {
            b'c' if bytes.get(at + 1) == Some(&b'h') => 'j',
            b'g' | b'k' | b'c' | b'q' => 'k',
            b'd' | b't' if letters[at + 1..].starts_with("ch") => continue,
            b'd' | b't' => 't',
            b'b' | b'p' | b'v' | b'f' => 'p',
            b'j' | b'z' => 'j',
            b'l' | b'r' => 'r',
            b'm' | b'n' | b's' => *byte as char,
            _ => continue,
        };
        if !skeleton.ends_with(class) {
            skeleton.push(class);
        }
    }
    skeleton
}

/// Returns the skeletons of all spellings of a Korean personal name in Hangul, at most 24; none for other text.
pub fn skeletons(hangul: &str) -> Vec<String> {
    let Some((family, given)) = family_and_given(hangul) else { return Vec::new() };
    let mut whole = FAMILIES.get(family).cloned().unwrap_or_default();
    for syllable in given.chars() {
        let parts = skeletons_of(syllable);
        let joined = whole.iter().flat_map(|start| parts.iter().map(move |part| join(start, part)));
        whole = joined.collect();
        whole.sort_unstable();
        whole.dedup();
        whole.truncate(24);
    }
    whole
}

/// The skeletons of the surnames of the table, by their Hangul in the Southern and the Northern spelling.
static FAMILIES: LazyLock<HashMap<String, Vec<String>>> = LazyLock::new(|| {
    let spelled = surnames().iter().flat_map(|surname| {
        let mut syllables = surname.hangul.chars();
        let first = syllables.next().map(initial_sound::origins).unwrap_or_default();
        let rest = syllables.as_str();
        first.into_iter().map(move |first| format!("{first}{rest}"))
    });
    spelled.map(|family| (family.clone(), family_skeletons(&family))).collect()
});

/// The skeletons of single syllables, each made when it is asked for first.
static SYLLABLES: LazyLock<Vec<OnceLock<Vec<String>>>> = LazyLock::new(|| (0..11_172).map(|_| OnceLock::new()).collect());

fn skeletons_of(syllable: char) -> &'static [String] {
    let place = (syllable as usize).checked_sub(0xAC00).and_then(|place| SYLLABLES.get(place));
    place.map_or(&[], |skeletons| skeletons.get_or_init(|| syllable_skeletons(syllable)))
}

fn family_skeletons(family: &str) -> Vec<String> {
    let spelled = surname(family).map(|surname| surname.common.iter().chain(&surname.rare));
    let mut all: Vec<String> = spelled.into_iter().flatten().map(|spelling| skeleton(&spelling.to_lowercase())).collect();
    let mut syllables = family.chars();
    if let (Some(first), None) = (syllables.next(), syllables.next()) {
        let origins = initial_sound::origins(initial_sound::lawful(first));
        all.extend(origins.into_iter().flat_map(syllable_skeletons));
    }
    all.sort_unstable();
    all.dedup();
    all
}

fn syllable_skeletons(syllable: char) -> Vec<String> {
    let mut all: Vec<String> = given_syllable(syllable).iter().map(|spelling| skeleton(spelling)).collect();
    if let Some((initial, _, last)) = hangul::parts(syllable) {
        let variants = |(rule, custom): (&'static str, &'static str)| {
            rule.split(' ').chain(custom.split(' ').filter(|variant| !variant.is_empty()))
        };
        for start in variants(INITIALS[initial as usize]) {
            all.extend(variants(FINALS[last as usize]).map(|end| join(&skeleton(start), &skeleton(end))));
        }
    }
    all.sort_unstable();
    all.dedup();
    all
}

/// Joins two skeletons, a class that ends the one and begins the other once.
fn join(start: &str, end: &str) -> String {
    let repeated = start.chars().next_back().is_some_and(|last| end.starts_with(last));
    format!("{start}{}", &end[usize::from(repeated)..])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::names::korean_spelling;

    #[test]
    fn every_spelling_has_a_skeleton_of_its_name() {
        for surname in surnames() {
            for (given, spellings) in korean_spelling::given_syllables() {
                let hangul = format!("{}{given}", surname.hangul);
                let all = skeletons(&hangul);
                for (family, given) in
                    surname.common.iter().flat_map(|family| spellings.iter().map(move |given| (family, given)))
                {
                    let written = format!("{}{given}", family.to_lowercase());
                    assert!(all.contains(&skeleton(&written)), "{written} {hangul} {all:?}");
                }
            }
        }
    }
}
