//! What a name that nobody has recorded is likely to be in another language, by the official rules, or why that cannot be
//! known.
//!
//! Nothing here is verified: a person's own spelling and the form that a desk has agreed on stand above every rule.

mod han;
mod hangul;
mod latin;

use crate::lang::Lang;
use crate::names::han_name::Bearer;
use crate::names::pinyin::Syllable;
use crate::names::relation::WrittenName;
use crate::names::suggestion::han::{han_to_han, han_to_hangul, han_to_latin};
use crate::names::suggestion::hangul::{hangul_to_han, hangul_to_latin};
use crate::names::suggestion::latin::{latin_to_hangul, latin_to_latin};

/// Where the bearer of a name is from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Korea, South or North.
    Korea,
    /// The Chinese-speaking countries.
    China,
}

/// What is known of the bearer of a name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// What bears the name; told by its last character where `None`.
    pub bearer: Option<Bearer>,
    /// Where the bearer is from; told by the writing where `None`.
    pub origin: Option<Origin>,
    /// Whether the bearer died before the revolution of 1911: then Korean keeps the reading of the characters.
    pub before_1911: bool,
}

/// One likely rendering.
#[derive(Clone, Debug, PartialEq)]
pub struct Suggestion {
    /// The rendering.
    pub text: String,
    /// The rule it follows.
    pub rule: String,
    /// How likely it is to be the form in use, from 0 to 1. An estimate, for putting suggestions in order.
    pub confidence: f32,
}

/// What is likely, best first; or why nothing can be said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Suggestions {
    /// The renderings.
    pub list: Vec<Suggestion>,
    /// Why there are none, or what is missing.
    pub reason: Option<String>,
}

const TRANSCRIPTION: &str = "loanword orthography, table 5 (외래어 표기법 표 5)";
const READING: &str = "Korean reading of the characters";
const PINYIN: &str = "Hanyu Pinyin (GB/T 28039-2011)";
const REVISED: &str = "Revised Romanization, syllable by syllable";
const REVISED_WORD: &str = "Revised Romanization, as it is pronounced";
/// So many suggestions are shown.
const MOST: usize = 8;

/// Returns the likely renderings of a name in a language.
pub fn suggest(name: &str, to: &Lang, subject: Subject) -> Suggestions {
    let name = name.trim();
    let mut suggestions = match WrittenName::new(name) {
        _ if !(matches!(to, Lang::En | Lang::Ko) || to.is_chinese()) => {
            refused("there are rules for en, ko, zh-Hans and zh-Hant only")
        }
        Some(written) => by_writing(name, &written, to, subject),
        None => refused("a rule needs a name in one script: Hangul, Han characters (two at least) or Latin letters"),
    };
    suggestions.list.sort_by(|a, b| b.confidence.total_cmp(&a.confidence));
    let mut seen: Vec<String> = Vec::new();
    suggestions.list.retain(|found| {
        let new = !seen.contains(&found.text);
        seen.push(found.text.clone());
        new
    });
    suggestions.list.truncate(MOST);
    suggestions
}

fn by_writing(name: &str, written: &WrittenName, to: &Lang, subject: Subject) -> Suggestions {
    if let Some(hangul) = written.hangul() {
        return match to {
            Lang::En => hangul_to_latin(hangul, subject),
            _ if to.is_chinese() => hangul_to_han(hangul, subject),
            _ => refused("the name is written in Hangul already"),
        };
    }
    if written.han().is_some() {
        let name: String = name.split_whitespace().collect();
        return match to {
            Lang::En => han_to_latin(&name, subject),
            Lang::Ko => han_to_hangul(&name, subject),
            _ if to.is_chinese() => han_to_han(&name, to, subject),
            _ => refused("there is no rule for this language"),
        };
    }
    match (to, written.latin().first()) {
        (Lang::Ko, Some(latin)) => latin_to_hangul(name, latin, written.latin(), subject),
        (Lang::En, Some(latin)) => latin_to_latin(name, latin),
        _ => refused("Latin letters do not say which characters a name has; ask for its Chinese form, or look it up"),
    }
}

fn refused(reason: impl Into<String>) -> Suggestions {
    Suggestions { list: Vec::new(), reason: Some(reason.into()) }
}

fn suggestion(text: String, rule: impl Into<String>, confidence: f32) -> Suggestion {
    Suggestion { text, rule: rule.into(), confidence }
}

/// Gives the first of several candidates most of a confidence, and the others the rest.
fn weighted(texts: Vec<String>, whole: f32) -> impl Iterator<Item = (String, f32)> {
    let count = texts.len();
    texts.into_iter().enumerate().map(move |(place, text)| {
        let share = match (count, place) {
            (1, _) => 1.0,
            (_, 0) => 0.7,
            _ => 0.3 / (count - 1) as f32,
        };
        (text, whole * share)
    })
}

fn distinct(texts: Vec<String>) -> Vec<String> {
    let mut kept: Vec<String> = Vec::new();
    texts.into_iter().for_each(|text| {
        if !kept.contains(&text) {
            kept.push(text)
        }
    });
    kept
}

/// Returns the readings with the fewest syllables: inside a word, Xiao is one, and Xi'ao has its apostrophe.
fn shortest(mut readings: Vec<Vec<&'static Syllable>>) -> Vec<Vec<&'static Syllable>> {
    let fewest = readings.iter().map(Vec::len).min();
    readings.retain(|syllables| Some(syllables.len()) == fewest);
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(name: &str, to: &Lang, subject: Subject) -> Vec<String> {
        suggest(name, to, subject).list.into_iter().map(|found| found.text).collect()
    }

    #[test]
    fn rules_give_renderings() {
        let plain = Subject::default();
        let old = Subject { before_1911: true, ..plain };
        let korean = Subject { origin: Some(Origin::Korea), ..plain };
        for (name, to, subject, first) in [
            ("赵乐际", Lang::Ko, plain, "자오러지"),
            ("諸葛亮", Lang::Ko, old, "제갈량"),
            ("姜由楨", Lang::Ko, korean, "강유정"),
            ("李洛淵", Lang::Ko, korean, "이낙연"),
            ("赵乐际", Lang::En, plain, "Zhao Leji"),
            ("蓝佛安", Lang::En, plain, "Lan Fo'an"),
            ("赵乐际", Lang::ZhHant, plain, "趙樂際"),
            ("趙樂際", Lang::ZhHans, plain, "赵乐际"),
            ("Zhao Leji", Lang::Ko, plain, "자오러지"),
            ("Liu Shao-ch'i", Lang::Ko, plain, "류사오치"),
            ("Ts'ao K'un", Lang::En, plain, "Cao Kun"),
            ("Park Seo-jun", Lang::Ko, plain, "박서준"),
            ("Gong Yoo", Lang::Ko, plain, "공유"),
            ("왕샤오밍", Lang::En, plain, "Wang Xiaoming"),
            ("안산", Lang::En, Subject { bearer: Some(Bearer::Place), ..plain }, "Ansan"),
            ("경복궁", Lang::En, Subject { bearer: Some(Bearer::Place), ..plain }, "Gyeongbokgung"),
            ("박근혜", Lang::En, plain, "Park Geun-hye"),
        ] {
            let found = texts(name, &to, subject);
            assert_eq!(found.first().map(String::as_str), Some(first), "{name} {found:?}");
        }
        assert!(texts("강유정", &Lang::En, plain).contains(&"Gang Yujeong".to_owned()));
        assert!(texts("자오러지", &Lang::En, plain).contains(&"Zhao Leji".to_owned()));
        assert!(texts("Kim Min-seok", &Lang::Ko, plain).contains(&"김민석".to_owned()));
        assert!(texts("赵乐际", &Lang::Ko, plain).contains(&"조락제".to_owned()));
    }

    #[test]
    fn what_cannot_be_known_is_refused_with_the_reason() {
        for (name, to) in [
            ("강유정", Lang::ZhHans),
            ("자오러지", Lang::ZhHant),
            ("Zhao Leji", Lang::ZhHans),
            ("Xi 2", Lang::Ko),
            ("", Lang::Ko),
        ] {
            let found = suggest(name, &to, Subject::default());
            assert!(found.list.is_empty() && found.reason.is_some(), "{name}");
        }
        let doubtful = suggest("李钟奭", &Lang::ZhHant, Subject::default());
        assert!(doubtful.list.len() > 1 && doubtful.reason.is_some_and(|reason| reason.contains('鍾')));
    }
}
