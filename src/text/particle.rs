//! Korean particles (조사): what may follow a name in one eojeol, and which form agrees with the word before it.
//!
//! The forms are in `particles.tsv`. Agreement is by the last sound of the word: a final consonant, ㄹ, or a vowel; for
//! Latin letters and digits by the way they are read out (NPC는, KBS는, G20은, LG와).

use rustc_hash::FxHashMap as HashMap;
use std::sync::LazyLock;

use crate::text::hangul;

/// The sound a word ends in, as far as particles care.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ending {
    /// A final consonant other than ㄹ.
    Consonant,
    /// No final consonant.
    Vowel,
    /// The final consonant ㄹ.
    Rieul,
}

struct Particle {
    forms: [&'static str; 3],
    suffix: bool,
}

static PARTICLES: LazyLock<Vec<Particle>> = LazyLock::new(|| {
    let lines = include_str!("particles.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut particles: Vec<Particle> = lines
        .filter_map(|line| {
            let mut cells = line.split('\t');
            let forms = [cells.next()?, cells.next()?, cells.next()?];
            Some(Particle { forms, suffix: cells.next() == Some("suffix") })
        })
        .collect();
    // The longest form first, so that 에서는 is not read as 에 and a rest.
    particles.sort_by_key(|particle| std::cmp::Reverse(particle.forms[0].len()));
    particles
});

/// Returns the sound `word` ends in, or `None` where its last letter has no known reading.
pub fn ending(word: &str) -> Option<Ending> {
    let last = word.chars().rev().find(|c| c.is_alphanumeric())?;
    if let Some(index) = hangul::final_index(last) {
        return Some(match index {
            0 => Ending::Vowel,
            8 => Ending::Rieul,
            _ => Ending::Consonant,
        });
    }
    match last.to_ascii_lowercase() {
        // Letters by their Korean names (엘, 알: ㄹ; 엠, 엔: consonant); digits by the Sino-Korean number (일, 칠, 팔: ㄹ).
        'l' | 'r' | '1' | '7' | '8' => Some(Ending::Rieul),
        'm' | 'n' | '0' | '3' | '6' => Some(Ending::Consonant),
        'a'..='z' | '2' | '4' | '5' | '9' => Some(Ending::Vowel),
        _ => None,
    }
}

/// Returns whether `rest`, which follows a name without a space, is nothing but particles and suffixes (up to three).
pub fn is_chain(rest: &str) -> bool {
    is_chain_within(rest, 3)
}

fn is_chain_within(rest: &str, left: usize) -> bool {
    let Some(first) = rest.chars().next() else { return true };
    let forms = BY_FIRST.get(&first).filter(|_| left > 0);
    let ends = |form: &&str| rest.strip_prefix(*form).is_some_and(|after| is_chain_within(after, left - 1));
    forms.is_some_and(|forms| forms.iter().any(ends))
}

/// The forms by their first syllable.
static BY_FIRST: LazyLock<HashMap<char, Vec<&'static str>>> = LazyLock::new(|| {
    let mut by_first: HashMap<char, Vec<&'static str>> = HashMap::default();
    for form in PARTICLES.iter().flat_map(|particle| particle.forms) {
        let forms = form.chars().next().map(|first| by_first.entry(first).or_default());
        forms.into_iter().filter(|forms| !forms.contains(&form)).for_each(|forms| forms.push(form));
    }
    by_first
});

/// Returns the lengths of the particle chains that `eojeol` can end in, in bytes, shortest first; 0 is always one.
pub fn chains_at_end(eojeol: &str) -> Vec<usize> {
    eojeol
        .char_indices()
        .map(|(at, _)| at)
        .chain([eojeol.len()])
        .rev()
        .filter(|at| is_chain(&eojeol[*at..]))
        .map(|at| eojeol.len() - at)
        .collect()
}

/// Returns `chain`, which followed another word, in the form that agrees with `word`: 이 after 신화통신, 가 after 신화사.
/// What does not agree with anything is returned as it is.
pub fn agreeing(word: &str, chain: &str) -> String {
    let Some(ending) = ending(word) else { return chain.to_owned() };
    for particle in PARTICLES.iter().filter(|particle| !particle.suffix) {
        for form in particle.forms {
            if let Some(rest) = chain.strip_prefix(form)
                && is_chain_within(rest, 2)
            {
                let agreed = particle.forms[match ending {
                    Ending::Consonant => 0,
                    Ending::Vowel => 1,
                    Ending::Rieul => 2,
                }];
                return format!("{agreed}{rest}");
            }
        }
    }
    chain.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn chains_are_particles_and_nothing_else() {
        for chain in
            ["", "은", "의", "에서는", "에게", "이라고", "과의", "으로부터는", "측은", "들에게도", "까지", "이라는", "씨가"]
        {
            assert!(is_chain(chain), "{chain}");
        }
        for other in ["핑", "반도", "여왕", "장", "대통령", "어요", "a"] {
            assert!(!is_chain(other), "{other}");
        }
    }

    #[test]
    fn particles_agree_with_the_last_sound() {
        for (word, chain, agreed) in [
            ("신화통신", "가", "이"),
            ("신화사", "이", "가"),
            ("자오러지", "이", "가"),
            ("자오러지", "이라고", "라고"),
            ("시진핑", "와", "과"),
            ("서울", "으로", "로"),
            ("베이징", "로", "으로"),
            ("상하이", "를", "를"),
            ("NPC", "은", "는"),
            ("UN", "는", "은"),
            ("KBS", "은", "는"),
            ("G20", "는", "은"),
            ("LG", "과", "와"),
            ("THAAD", "은", "는"),
            ("리창", "에서는", "에서는"),
            ("전국인민대표대회(전인대)", "이", "가"),
            ("자오러지", "과의", "와의"),
            ("톈진", "와", "과"),
        ] {
            assert_eq!(agreeing(word, chain), agreed, "{word} {chain}");
        }
    }

    #[test]
    fn an_eojeol_can_end_in_several_chains() {
        assert_eq!(chains_at_end("왕이가"), [0, 3, 6]);
        assert_eq!(chains_at_end("시진핑"), [0]);
    }
}
