//! Whether two names may be one, with the reason: in any two scripts, without a glossary.
//!
//! Two people may bear one name, and one spelling may stand for two names: a comparison speaks of names, not of people.

use crate::names::han_name::{self, Bearer};
use crate::names::korean_spelling;
use crate::names::korean_surname;
use crate::names::latin::LatinName;
use crate::names::name_word::Named;
use crate::names::pinyin::{self, System};
use crate::names::relation::{self, How, Way, WrittenName};
use crate::names::word_likeness;
use crate::names::{reading, title};
use crate::text::{distance, fold, hangul};

/// What a comparison found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// How sure it is that both are one name, from 0 to 100.
    pub score: u8,
    /// In which way they meet; `None` where they do not.
    pub how: Option<How>,
    /// The same in a sentence.
    pub why: String,
}

/// From this score on two names are taken for one.
const SAME: u8 = 80;
/// What different names have at most.
const DIFFERENT: u8 = 60;

impl Comparison {
    /// Returns whether the two are taken for one name.
    pub fn is_same(&self) -> bool {
        self.score >= SAME
    }

    fn new(score: u8, how: How, why: impl Into<String>) -> Self {
        Self { score, how: Some(how), why: why.into() }
    }

    fn different(score: u8, why: impl Into<String>) -> Self {
        Self { score: score.min(DIFFERENT), how: None, why: why.into() }
    }
}

/// Compares two names; symmetric but for the sentence.
pub fn compare(a: &str, b: &str, bearer: Bearer) -> Comparison {
    let (a, b) = (a.trim(), b.trim());
    let (a_key, b_key) = (fold::key(a), fold::key(b));
    if a_key.is_empty() || b_key.is_empty() {
        return Comparison::different(0, "one of the names has no letter");
    }
    if a == b {
        return Comparison::new(100, How::Exact, "letter by letter the same");
    }
    if a_key == b_key {
        return Comparison::new(97, How::Folded, "the same but for case, spaces, marks or the form of the characters");
    }
    let (Some(first), Some(second)) = (WrittenName::new(a), WrittenName::new(b)) else { return by_words(a, b, bearer) };
    let same_script = first.latin().is_empty() == second.latin().is_empty() && first.han().is_some() == second.han().is_some();
    let same_words = first.latin().iter().any(|a| second.latin().iter().any(|b| a.letters() == b.letters()));
    if bearer == Bearer::Person && same_words {
        return Comparison::new(93, How::Variant, "the same words in another order");
    }
    let korean = |name: &str| korean_surname::family_and_given(name).is_some();
    match relation::relation(&first, &second, bearer) {
        // 정제 and 정재 are two Korean names; only between transcriptions is it a slip.
        Some(Way::TranscriptionSlip) if same_script && korean(&a_key) && korean(&b_key) => two_hangul(&a_key, &b_key),
        Some(way) => Comparison::new(way.sureness(), way.how(), way.sentence(a, b)),
        None if !same_script => Comparison::different(0, format!("no rule leads from {a} to {b}")),
        None if first.han().is_some() => two_han(&a_key, &b_key, bearer),
        None if first.hangul().is_some() => two_hangul(&a_key, &b_key),
        None => two_latin(a, b, &first, &second, bearer),
    }
}

/// Two Han names that differ: in a person's name a character that sounds alike is a likely slip, and no more.
fn two_han(a: &str, b: &str, bearer: Bearer) -> Comparison {
    let same_length = a.chars().count() == b.chars().count();
    let alike = a.chars().zip(b.chars()).all(|(a, b)| a == b || reading::sound_alike(a, b));
    let same_family = han_name::family_and_given(a).0 == han_name::family_and_given(b).0;
    if bearer == Bearer::Person && same_length && alike && same_family {
        return Comparison { score: 75, how: Some(How::Fuzzy), why: "the characters that differ sound alike".into() };
    }
    Comparison::different(distance::similarity(a, b), "other characters")
}

/// Two Hangul names that differ: a syllable that sounds alike is a likely slip, and may be another name.
fn two_hangul(a: &str, b: &str) -> Comparison {
    let same_length = a.chars().count() == b.chars().count();
    let differing = a.chars().zip(b.chars()).filter(|(a, b)| a != b);
    let slips = same_length && differing.clone().count() == 1 && differing.clone().all(|(a, b)| hangul::sound_alike(a, b));
    let similarity = distance::similarity(&distance::spelled(a), &distance::spelled(b));
    if slips {
        return Comparison {
            score: similarity.min(75),
            how: Some(How::Fuzzy),
            why: "one syllable differs, and sounds alike".into(),
        };
    }
    Comparison::different(similarity, "other syllables")
}

fn two_latin(a: &str, b: &str, first: &WrittenName, second: &WrittenName, bearer: Bearer) -> Comparison {
    if bearer != Bearer::Other && are_other_names(first.latin(), second.latin()) {
        return Comparison::different(distance::similarity(&fold::key(a), &fold::key(b)), "other syllables");
    }
    by_words(a, b, bearer)
}

/// Returns whether both are Korean names, or both Mandarin ones, of other syllables: a slip away or not, they are different
/// names.
fn are_other_names(a: &[LatinName], b: &[LatinName]) -> bool {
    let any = |names: &[LatinName], is: fn(&LatinName) -> bool| names.iter().any(is);
    let is_mandarin = |name: &LatinName| pinyin::readings(name, System::Pinyin).first().is_some_and(|first| first.len() > 1);
    any(a, korean_spelling::is_korean) && any(b, korean_spelling::is_korean) || any(a, is_mandarin) && any(b, is_mandarin)
}

fn by_words(a: &str, b: &str, bearer: Bearer) -> Comparison {
    let named = if bearer == Bearer::Person { Named::Person } else { Named::Organization };
    let likeness = word_likeness::likeness(without_title(a), without_title(b), named);
    // Both scales have their own least likeness.
    if likeness >= word_likeness::SAME {
        return Comparison::new(likeness.clamp(SAME, 95), How::Fuzzy, "the words are alike");
    }
    Comparison::different(likeness, "the words differ")
}

/// Returns an English name without the titles before it.
fn without_title(name: &str) -> &str {
    let cut = name.match_indices(' ').map(|(at, _)| at).rfind(|at| title::is_nothing_else(&name[..*at]));
    cut.map_or(name, |at| &name[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_meet_across_scripts() {
        for (a, b, how) in [
            ("강유정", "姜由桢", How::Reading),
            ("자오러지", "趙樂際", How::Transcription),
            ("Hsi Chin-p'ing", "习近平", How::Romanization),
            ("Yi Jae-myeong", "이재명", How::Romanization),
            ("Lee Jae-myung", "Jae-Myung LEE", How::Variant),
            ("Lee Jae-myung", "lee jaemyung", How::Folded),
            ("釣魚臺", "钓鱼台", How::Folded),
            ("Diaoyutai", "Diaoyutai", How::Exact),
            ("Lee Jae-myung", "Ri Jae Myong", How::Romanization),
        ] {
            let found = compare(a, b, Bearer::Person);
            assert!(found.is_same() && found.how == Some(how), "{a} {b} {found:?}");
            assert_eq!(found.score, compare(b, a, Bearer::Person).score);
        }
    }

    #[test]
    fn different_names_are_not_taken_for_one() {
        for (a, b) in [
            ("Li Qiang", "Li Keqiang"),
            ("이재명", "이재형"),
            ("김정은", "김종은"),
            ("이강", "이강인"),
            ("Lee Jae-myung", "Lee Jae-hyung"),
            ("习近平", "习近朋"),
            ("강유정", "姜由珍"),
            ("钓鱼台", "钓鱼岛"),
            ("Shaanxi", "Shanxi"),
            ("Henan", "Hunan"),
            ("이제명", "이재명"),
            ("Xi", "!"),
        ] {
            let found = compare(a, b, Bearer::Person);
            assert!(!found.is_same(), "{a} {b} {found:?}");
        }
    }
}
