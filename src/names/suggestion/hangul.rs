//! What a name in Hangul is in Latin letters, and why its characters cannot be known.

use crate::names::han_name::Bearer;
use crate::names::korean_spelling;
use crate::names::korean_surname::{self, Surname};
use crate::names::pinyin::{self, Syllable};
use crate::names::suggestion::{
    Origin, REVISED, REVISED_WORD, Subject, Suggestion, Suggestions, TRANSCRIPTION, refused, shortest, suggestion,
};
use crate::names::{romanization, transcription};

pub(super) fn hangul_to_han(hangul: &str, subject: Subject) -> Suggestions {
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

pub(super) fn hangul_to_latin(hangul: &str, subject: Subject) -> Suggestions {
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
