//! What a name that nobody has recorded is likely to be in another language, by the official rules, or why that cannot be
//! known.
//!
//! Nothing here is verified: a person's own spelling and the form that a desk has agreed on stand above every rule.

use unicode_normalization::UnicodeNormalization;

use crate::lang::Lang;
use crate::names::han_conversion::{self, Region};
use crate::names::han_name::{self, Bearer, Mandarin};
use crate::names::korean_spelling;
use crate::names::korean_surname::{self, Surname};
use crate::names::latin::LatinName;
use crate::names::pinyin::{self, Syllable, System};
use crate::names::relation::WrittenName;
use crate::names::{initial_sound, romanization, transcription};
use crate::text::han::{self, HanScript};

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

/// Returns what a Han name names: what ends like a place is one.
fn bearer_of(name: &str, subject: Subject) -> Bearer {
    const PLACE_ENDS: &str = "省市县縣区區州岛島山河江湖港湾灣村镇鎮";
    let place = name.chars().count() > 2 && name.ends_with(|c| PLACE_ENDS.contains(c));
    let guess = if place || name.chars().count() > 4 { Bearer::Place } else { Bearer::Person };
    subject.bearer.unwrap_or(guess)
}

fn han_to_hangul(name: &str, subject: Subject) -> Suggestions {
    let bearer = bearer_of(name, subject);
    let korean = han_name::korean(name, bearer);
    let mandarin = han_name::mandarin(name, bearer);
    let reading_first = subject.before_1911 || subject.origin == Some(Origin::Korea) || bearer == Bearer::Other;
    let (reading, transcribed) = match (bearer, reading_first) {
        // Institutions are read, companies are transcribed, and the name does not tell which it is.
        (Bearer::Other, _) if subject.origin.is_none() => (0.5, 0.4),
        (_, true) => (0.9, 0.1),
        (_, false) => (0.2, 0.9),
    };
    let mut list = Vec::new();
    if subject.origin != Some(Origin::Korea) {
        let texts: Vec<String> = mandarin.iter().map(|found| transcription::hangul_of(&found.syllables())).collect();
        list.extend(weighted(distinct(texts), transcribed).map(|(text, share)| suggestion(text, TRANSCRIPTION, share)));
    }
    let rule = match (subject.before_1911, subject.origin) {
        (true, _) => format!("{READING}, which people before 1911 keep"),
        (_, Some(Origin::Korea)) => format!("{READING}, with the initial-sound law"),
        _ if bearer == Bearer::Other => format!("{READING}, as institutions mostly have it"),
        _ => format!("{READING}: only for people before 1911, and where a desk has chosen it"),
    };
    // With and without the law are one reading; the first is what the South writes.
    let most = if subject.origin == Some(Origin::Korea) { 3 } else { 1 };
    let korean = if most > 1 { southern_first(korean) } else { korean };
    let korean: Vec<String> = korean.into_iter().take(most).collect();
    list.extend(weighted(korean, reading).map(|(text, share)| suggestion(text, rule.clone(), share)));
    if list.is_empty() {
        return refused("a character of the name has no reading in the tables");
    }
    Suggestions { list, reason: None }
}

/// Puts Korean names with the initial-sound law in given names of two syllables first (이낙연 before 이락연).
fn southern_first(mut names: Vec<String>) -> Vec<String> {
    names.sort_by_key(|name| {
        let given = korean_surname::family_and_given(name).map(|(_, given)| given).filter(|given| given.chars().count() > 1);
        given.and_then(|given| given.chars().next()).is_some_and(|first| initial_sound::lawful(first) != first)
    });
    names
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

fn han_to_latin(name: &str, subject: Subject) -> Suggestions {
    let bearer = bearer_of(name, subject);
    if subject.origin == Some(Origin::Korea) {
        let readings = han_name::korean(name, bearer);
        let Some(hangul) = readings.first() else {
            return refused("a character of the name has no Korean reading in the tables");
        };
        let mut suggestions = hangul_to_latin(hangul, subject);
        suggestions.list.iter_mut().for_each(|found| found.rule = format!("{} of {hangul}, the Korean reading", found.rule));
        return suggestions;
    }
    let written = |found: &Mandarin| pinyin::name(&found.family, &found.given);
    let texts = distinct(han_name::mandarin(name, bearer).iter().map(written).collect());
    if texts.is_empty() {
        return refused("a character of the name has no Mandarin reading in the tables");
    }
    let list = weighted(texts, 0.9).map(|(text, share)| suggestion(text, PINYIN, share)).collect();
    let own = "people from Taiwan, Hong Kong and abroad spell their names themselves, which no rule gives";
    Suggestions { list, reason: (bearer == Bearer::Person).then(|| own.to_owned()) }
}

fn han_to_han(name: &str, to: &Lang, subject: Subject) -> Suggestions {
    let traditional = name.chars().any(|c| han::script(c) == HanScript::Traditional);
    let rule = "character and phrase tables of OpenCC 1.4.1";
    if to == &Lang::ZhHans {
        return Suggestions { list: vec![suggestion(han_conversion::to_simplified(name), rule, 0.95)], reason: None };
    }
    if traditional {
        let text = han_conversion::in_region(name, Region::Taiwan);
        return Suggestions {
            list: vec![suggestion(text, "traditional already; characters as Taiwan prints them", 0.9)],
            reason: None,
        };
    }
    if bearer_of(name, subject) != Bearer::Person {
        let text = han_conversion::to_traditional_for(name, Region::Taiwan);
        return Suggestions { list: vec![suggestion(text, rule, 0.85)], reason: None };
    }
    let found = han_conversion::name_to_traditional_for(name, Region::Taiwan);
    let doubts: Vec<String> =
        found.ambiguous.iter().map(|doubt| format!("{} may be {}", doubt.simplified, either(&doubt.candidates))).collect();
    let reason = (!doubts.is_empty()).then(|| format!("{}; only the person knows", doubts.join(", ")));
    let list = weighted(found.spellings(), 0.9).map(|(text, share)| suggestion(text, rule, share)).collect();
    Suggestions { list, reason }
}

fn either(candidates: &[char]) -> String {
    candidates.iter().map(char::to_string).collect::<Vec<_>>().join(" or ")
}

fn hangul_to_han(hangul: &str, subject: Subject) -> Suggestions {
    let mandarin = transcription::candidates(hangul);
    let korean = korean_surname::family_and_given(hangul).filter(|_| subject.origin != Some(Origin::China));
    let reason = match (korean, mandarin.first()) {
        (None, Some(syllables)) => format!(
            "{hangul} may be the transcription of {}; which characters it stands for cannot be known from Hangul",
            pinyin::word(syllables)
        ),
        _ => format!(
            "the characters of a Korean name cannot be known from its Hangul, where each syllable stands for many: ask for the \
             registered hanja, and check that they read {hangul}"
        ),
    };
    refused(reason)
}

fn hangul_to_latin(hangul: &str, subject: Subject) -> Suggestions {
    let mandarin = transcription::candidates(hangul);
    let is_person = matches!(subject.bearer, None | Some(Bearer::Person));
    let family = korean_surname::family_and_given(hangul).filter(|_| is_person);
    let korean = match family {
        Some((family, given)) => korean_person(family, given),
        None => korean_word(hangul),
    };
    let may_be_chinese = mandarin.first().is_some_and(|first| first.len() > 1);
    match subject.origin {
        Some(Origin::China) => mandarin_candidates(hangul, &mandarin),
        Some(Origin::Korea) => korean,
        None if !may_be_chinese || family.is_some_and(|(family, given)| is_southern(family, given)) => korean,
        // What begins with no surname of the South is Chinese, or else nobody can tell.
        None if is_person && family.is_none_or(|(family, _)| !is_surname(family)) => mandarin_candidates(hangul, &mandarin),
        None => either_country(korean, mandarin_candidates(hangul, &mandarin), is_person),
    }
}

/// Puts what is likely of a Korean name and of a Chinese one together: a place is rather Korean, a person with syllables that
/// Korean given names do not have rather Chinese.
fn either_country(korean: Suggestions, chinese: Suggestions, is_person: bool) -> Suggestions {
    let (korean_share, chinese_share) = if is_person { (0.4, 0.8) } else { (1.0, 0.3) };
    let weigh = |suggestions: Suggestions, share: f32| {
        suggestions.list.into_iter().map(move |found| Suggestion { confidence: found.confidence * share, ..found })
    };
    let list = weigh(korean, korean_share).chain(weigh(chinese, chinese_share)).collect();
    Suggestions { list, reason: Some("may be Korean or Chinese; say where it is from (origin)".into()) }
}

fn is_surname(family: &str) -> bool {
    korean_surname::surname(family).is_some_and(|surname| surname.hangul == family)
}

fn is_southern(family: &str, given: &str) -> bool {
    let known = given.chars().all(|syllable| !korean_spelling::given_syllable(syllable).is_empty());
    known && is_surname(family)
}

fn mandarin_candidates(hangul: &str, mandarin: &[Vec<&'static Syllable>]) -> Suggestions {
    if mandarin.is_empty() {
        return refused(format!("the loanword orthography writes no Mandarin syllables as {hangul}"));
    }
    let likely = shortest(mandarin.to_vec());
    let likely: Vec<String> = likely.iter().map(|syllables| pinyin::name(&syllables[..1], &syllables[1..])).collect();
    let share = 0.6 / likely.len() as f32;
    let rule = format!("{TRANSCRIPTION}, read backwards: a candidate");
    let several = (likely.len() > 1).then(|| "several Mandarin syllables share one Hangul form".to_owned());
    let list = likely.into_iter().map(|text| suggestion(text, rule.clone(), share)).collect();
    Suggestions { list, reason: several }
}

/// Returns the readings with the fewest syllables: inside a word, Xiao is one, and Xi'ao has its apostrophe.
fn shortest(mut readings: Vec<Vec<&'static Syllable>>) -> Vec<Vec<&'static Syllable>> {
    let fewest = readings.iter().map(Vec::len).min();
    readings.retain(|syllables| Some(syllables.len()) == fewest);
    readings
}

fn korean_person(family: &str, given: &str) -> Suggestions {
    let mut list = Vec::new();
    if let (Some(family), Some(given)) = (romanization::revised_word(family), romanization::revised_syllables(given)) {
        list.push(suggestion(
            format!("{} {}", pinyin::capitalised(&family), pinyin::capitalised(&given.concat())),
            REVISED,
            0.35,
        ));
    }
    if let Some(surname) = korean_surname::surname(family) {
        list.extend(customary(surname, given));
    }
    if let Some(text) = romanization::mccune_reischauer_name(family, given) {
        list.push(suggestion(text, "McCune-Reischauer", 0.05));
    }
    Suggestions {
        list,
        reason: Some("people spell their own names: the spelling that a person uses stands above every rule".into()),
    }
}

/// Returns the commonest customary spellings: each surname spelling with a known share, or the first.
fn customary(surname: &Surname, given: &str) -> Vec<Suggestion> {
    let spelled: Vec<&str> =
        given.chars().filter_map(|syllable| korean_spelling::given_syllable(syllable).first().copied()).collect();
    if spelled.len() != given.chars().count() {
        return Vec::new();
    }
    let given = pinyin::capitalised(&spelled.join("-"));
    let of = surname.shares_of.unwrap_or_default();
    let shared = surname.shares.iter().filter(|(_, share)| *share >= 5.0).map(|(spelling, share)| {
        let rule = format!("customary spelling; {spelling} is {share} % of {} in passports ({of})", surname.hangul);
        suggestion(format!("{spelling} {given}"), rule, 0.6 * share / 100.0)
    });
    let shared: Vec<Suggestion> = shared.collect();
    let first = surname.common.first().filter(|_| shared.is_empty());
    let unshared =
        first.map(|spelling| suggestion(format!("{spelling} {given}"), "customary spelling, as newspapers have it", 0.45));
    shared.into_iter().chain(unshared).collect()
}

fn korean_word(hangul: &str) -> Suggestions {
    let mut list = Vec::new();
    if let Some(text) = romanization::revised_place(hangul) {
        list.push(suggestion(pinyin::capitalised(&text), format!("{REVISED_WORD}; administrative units after a hyphen"), 0.6));
    }
    if let Some(text) = romanization::revised_word(hangul) {
        list.push(suggestion(pinyin::capitalised(&text), REVISED_WORD, 0.6));
    }
    Suggestions { list, reason: None }
}

fn latin_to_hangul(name: &str, latin: &LatinName, orders: &[LatinName], subject: Subject) -> Suggestions {
    let korean = if subject.origin == Some(Origin::China) { Vec::new() } else { korean_candidates(orders) };
    // Hyphens stand in Korean given names and in Wade-Giles, and pinyin has none.
    let hyphened = name.contains(['-', '\u{2010}', '\u{2011}']);
    let mut list = Vec::new();
    if subject.origin != Some(Origin::Korea) && (korean.is_empty() || !hyphened) {
        list.extend(mandarin_in_hangul(name, latin, hyphened));
    }
    let whole = match (korean.len(), list.is_empty()) {
        (1, true) => 0.7,
        (_, true) => 0.6,
        _ => 0.4,
    };
    let rule = "a Hangul name that is spelled so; others may be";
    list.extend(korean.iter().map(|text| suggestion(text.clone(), rule, whole / korean.len() as f32)));
    if list.is_empty() {
        return refused(
            "the letters are neither Mandarin in pinyin or Wade-Giles nor a Korean name of syllables that the tables have",
        );
    }
    Suggestions { list, reason: None }
}

/// Returns the Hangul names that a Latin name spells in the fewest syllables: seo is 서, and not 세 and 오.
fn korean_candidates(orders: &[LatinName]) -> Vec<String> {
    let mut names = distinct(orders.iter().take(1).flat_map(korean_spelling::candidates).collect());
    if names.is_empty() {
        names = distinct(orders.iter().flat_map(korean_spelling::candidates).collect());
    }
    let fewest = names.iter().map(|name| name.chars().count()).min();
    names.retain(|name| Some(name.chars().count()) == fewest);
    names
}

fn mandarin_in_hangul(name: &str, latin: &LatinName, hyphened: bool) -> Vec<Suggestion> {
    let pinyin = if hyphened || has_aspirate_mark(name) { Vec::new() } else { usual(pinyin::readings(latin, System::Pinyin)) };
    let (readings, whole, system) = match pinyin.is_empty() {
        false => (pinyin, 0.85, "pinyin"),
        true => (wade_giles_readings(name, latin), 0.4, "Wade-Giles"),
    };
    let texts = distinct(readings.iter().map(|found| transcription::hangul_of(found)).collect());
    weighted(texts, whole).map(|(text, share)| suggestion(text, format!("{system} by the {TRANSCRIPTION}"), share)).collect()
}

/// Returns the readings with the fewest syllables and without those that names hardly ever have.
fn usual(mut readings: Vec<Vec<&'static Syllable>>) -> Vec<Vec<&'static Syllable>> {
    readings.retain(|syllables| syllables.iter().all(|syllable| !syllable.is_rare));
    shortest(readings)
}

/// Returns the usual readings in Wade-Giles; where its apostrophes are written, those that have them in these places.
fn wade_giles_readings(name: &str, latin: &LatinName) -> Vec<Vec<&'static Syllable>> {
    let readings = usual(pinyin::readings(latin, System::WadeGiles));
    let marked = |text: &str| -> String {
        let letters = text.nfd().map(|c| if matches!(c, '’' | '‘' | 'ʻ' | 'ʼ') { '\'' } else { c.to_ascii_lowercase() });
        letters.filter(|c| c.is_ascii_alphabetic() || *c == '\'').collect()
    };
    let written = marked(name);
    let as_marked = |syllables: &Vec<&Syllable>| {
        syllables.iter().map(|syllable| marked(syllable.wade_giles)).collect::<String>() == written
    };
    let exact: Vec<_> = readings.iter().filter(|syllables| as_marked(syllables)).cloned().collect();
    if has_aspirate_mark(name) && !exact.is_empty() { exact } else { readings }
}

/// Returns whether a name has the apostrophe that Wade-Giles puts after an aspirate: ch'i, t'ung.
fn has_aspirate_mark(name: &str) -> bool {
    let marks = ['\'', '’', '‘', 'ʻ', 'ʼ'];
    let marked = |at: usize| {
        name[..at].ends_with(['h', 'k', 'p', 's', 't', 'T', 'K', 'P'])
            && name[at..].chars().nth(1).is_some_and(char::is_alphabetic)
    };
    name.match_indices(marks).any(|(at, _)| marked(at))
}

fn latin_to_latin(name: &str, latin: &LatinName) -> Suggestions {
    let wade_giles = wade_giles_readings(name, latin);
    let is_pinyin = !has_aspirate_mark(name) && !pinyin::readings(latin, System::Pinyin).is_empty();
    if is_pinyin || wade_giles.is_empty() || latin.pieces() < 2 {
        return refused("the name is written in Latin letters already");
    }
    let texts = distinct(wade_giles.iter().map(|syllables| pinyin::name(&syllables[..1], &syllables[1..])).collect());
    let list =
        weighted(texts, 0.6).map(|(text, share)| suggestion(text, format!("{PINYIN} for what reads as Wade-Giles"), share));
    Suggestions { list: list.collect(), reason: None }
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
