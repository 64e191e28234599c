//! What a name in Han characters is in Hangul, in Latin letters and in the other script.

use crate::lang::Lang;
use crate::names::han_conversion::{self, Region};
use crate::names::han_name::{self, Bearer, Mandarin};
use crate::names::korean_surname;
use crate::names::pinyin;
use crate::names::suggestion::{
    Origin, PINYIN, READING, Subject, Suggestions, TRANSCRIPTION, distinct, hangul::hangul_to_latin, refused, suggestion,
    weighted,
};
use crate::names::{initial_sound, transcription};
use crate::text::han::{self, HanScript};

/// Returns what a Han name names: what ends like a place is one.
fn bearer_of(name: &str, subject: Subject) -> Bearer {
    const PLACE_ENDS: &str = "省市县縣区區州岛島山河江湖港湾灣村镇鎮";
    let place = name.chars().count() > 2 && name.ends_with(|c| PLACE_ENDS.contains(c));
    let guess = if place || name.chars().count() > 4 { Bearer::Place } else { Bearer::Person };
    subject.bearer.unwrap_or(guess)
}

pub(super) fn han_to_hangul(name: &str, subject: Subject) -> Suggestions {
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

pub(super) fn han_to_latin(name: &str, subject: Subject) -> Suggestions {
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

pub(super) fn han_to_han(name: &str, to: &Lang, subject: Subject) -> Suggestions {
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
