//! What a name in Latin letters is in Hangul, and in the spelling of today.

use unicode_normalization::UnicodeNormalization;

use crate::names::korean_spelling;
use crate::names::latin::LatinName;
use crate::names::pinyin::{self, Syllable, System};
use crate::names::suggestion::{
    Origin, PINYIN, Subject, Suggestion, Suggestions, TRANSCRIPTION, distinct, refused, shortest, suggestion, weighted,
};
use crate::names::transcription;

pub(super) fn latin_to_hangul(name: &str, latin: &LatinName, orders: &[LatinName], subject: Subject) -> Suggestions {
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

pub(super) fn latin_to_latin(name: &str, latin: &LatinName) -> Suggestions {
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
