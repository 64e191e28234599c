//! What the rules give for the names that come with tongsa, and for the transcriptions of the development set: every exception
//! is recorded as one, with its reason (`tests/gold/exceptions.tsv`).

use std::collections::BTreeMap;

use tongsa::glossary::concept::{Concept, Kind};
use tongsa::lang::Lang;
use tongsa::names::han_name::{self, Bearer};
use tongsa::names::{han_conversion, pinyin, reading, relation, transcription};
use tongsa::text::{fold, hangul};
use tongsa::workspace::shipped;

#[test]
fn the_rule_gives_the_transcriptions_of_the_gold_set() {
    let mut slips = Vec::new();
    for row in include_str!("../gold/transcription.tsv").lines().skip(1) {
        let cells: Vec<&str> = row.split('\t').collect();
        let [han, spelled, attested, derived, result] = cells[..5] else { panic!("{row}") };
        let syllables: Vec<_> = spelled
            .split(' ')
            .map(|syllable| pinyin::syllable(&syllable.replace('ü', "v")).unwrap_or_else(|| panic!("{row}")))
            .collect();
        assert_eq!(transcription::hangul_of(&syllables), derived, "{row}");
        let readings = [Bearer::Person, Bearer::Place].map(|bearer| han_name::mandarin(han, bearer)).concat();
        let one =
            reading::pinyins(han.chars().next().unwrap()).any(|found| found == syllables[0].pinyin) && syllables.len() == 1;
        assert!(one || readings.iter().any(|reading| reading.syllables() == syllables), "{han} is not read {spelled}");
        match result {
            "match" => assert_eq!(attested, derived, "{row}"),
            _ => {
                assert_ne!(attested, derived, "{row}");
                slips.push(format!("{han} {attested}, by the rule {derived}"));
            }
        }
    }
    println!("transcriptions that do not follow the rule: {slips:?}");
}

fn preferred(concept: &Concept, lang: &Lang) -> Option<String> {
    concept.preferred(lang).map(|term| term.text.clone())
}

/// Returns what a person's or a place's name breaks: the Korean reading of a Korean name, the transcription of a Mandarin one,
/// the way to simplified characters and back.
fn broken_rules(concept: &Concept) -> Vec<&'static str> {
    let bearer = match concept.kind {
        Kind::Person => Bearer::Person,
        Kind::Place => Bearer::Place,
        _ => return Vec::new(),
    };
    let mut broken = Vec::new();
    let (ko, hans, hant) =
        (preferred(concept, &Lang::Ko), preferred(concept, &Lang::ZhHans), preferred(concept, &Lang::ZhHant));
    let is_korean = concept.id.as_str().starts_with("rok.") || concept.id.as_str().starts_with("dprk.");
    if let (Some(ko), Some(hant)) = (&ko, &hant)
        && is_korean
        && bearer == Bearer::Person
        && !han_name::reads_back(&fold_spaces(hant), ko, bearer)
    {
        broken.push("reading");
    }
    if let (Some(ko), Some(en), Some(hans)) = (&ko, preferred(concept, &Lang::En), &hans)
        && is_plain_pinyin(&en, hans, bearer)
    {
        let rule = han_name::mandarin(hans, bearer).iter().any(|reading| transcription::hangul_of(&reading.syllables()) == *ko);
        if !rule {
            broken.push("transcription");
        }
    }
    if let (Some(hans), Some(hant)) = (&hans, &hant) {
        let there = han_conversion::to_simplified(hant);
        let back = han_conversion::name_to_traditional_for(hans, han_conversion::Region::Taiwan);
        let same = fold::key(&there) == fold::key(hans) && there == *hans;
        if bearer == Bearer::Person && !(same && back.spellings().contains(hant)) {
            broken.push("script");
        }
    }
    broken
}

fn fold_spaces(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Returns whether the English name is the pinyin of the Han name.
fn is_plain_pinyin(en: &str, hans: &str, bearer: Bearer) -> bool {
    let letters = fold::key(en);
    letters.is_ascii() && relation::mandarin_letters(&han_name::mandarin(hans, bearer)).contains(&letters)
}

#[test]
fn shipped_names_follow_the_rules_but_for_the_recorded_exceptions() {
    let mut found: BTreeMap<String, String> = BTreeMap::new();
    for concept in shipped::concepts().unwrap() {
        for rule in broken_rules(&concept) {
            found.insert(format!("{}\t{rule}", concept.id.as_str()), format!("{:?}", preferred(&concept, &Lang::Ko)));
        }
    }
    let recorded: Vec<&str> = include_str!("../gold/exceptions.tsv").lines().filter(|line| !line.starts_with('#')).collect();
    let keys: Vec<String> = recorded.iter().map(|line| line.split('\t').take(2).collect::<Vec<_>>().join("\t")).collect();
    let new: Vec<_> = found.iter().filter(|(key, _)| !keys.contains(key)).collect();
    assert!(new.is_empty(), "not recorded as exceptions: {new:#?}");
    let gone: Vec<_> = keys.iter().filter(|key| !found.contains_key(*key)).collect();
    assert!(gone.is_empty(), "no exceptions any more: {gone:?}");
    assert!(recorded.iter().all(|line| line.split('\t').nth(2).is_some_and(|reason| reason.len() > 10)), "a reason each");
}

#[test]
fn every_hangul_syllable_of_the_table_is_a_syllable() {
    assert!(pinyin::syllables().iter().all(|syllable| syllable.hangul.chars().all(hangul::is_syllable)));
}
