//! Names that are none: whatever is typed gets an answer or an abstention, and no place lies inside a character.

use proptest::prelude::*;
use tongsa::lang::Lang;
use tongsa::names::comparison;
use tongsa::names::han_name::Bearer;
use tongsa::names::latin::LatinName;
use tongsa::names::pinyin::{self, System};
use tongsa::names::relation::{WrittenName, relation};
use tongsa::names::sound::{Name, keys_of_query};
use tongsa::names::suggestion::{self, Subject};
use tongsa::names::{korean_skeleton, korean_spelling, romanization, transcription};
use tongsa::text::fold::{self, Folded};
use tongsa::text::sentence;
use tongsa::workspace::Workspace;
use tongsa::workspace::lookup::LookupOptions;

/// What people and programs send by mistake or malice.
fn odd() -> impl Strategy<Value = String> {
    let scraps = prop_oneof![
        Just("시진핑".to_owned()),
        Just("习近平".to_owned()),
        Just("Hsi Chin-p'ing".to_owned()),
        Just("\u{301}\u{308}\u{323}".to_owned()),
        Just("👩‍👩‍👧‍👦🇰🇷".to_owned()),
        Just("\u{202E}שלום\u{202C}".to_owned()),
        Just("\\ud800\\udfff".to_owned()),
        Just("은는이가을를과와".to_owned()),
        Just("\u{1112}\u{1161}\u{11ab}ﾡￂ".to_owned()),
        Just("\u{F9E1}\u{20BB7}㐀".to_owned()),
        Just("--''..··,,((".to_owned()),
        "\\PC{0,12}",
        "[a-zü:' -]{0,24}",
        "[가-힣]{0,8}",
        "[一-龥]{0,8}",
    ];
    proptest::collection::vec(scraps, 0..6).prop_map(|scraps| scraps.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn readers_of_names_take_anything(a in odd(), b in odd()) {
        let writings: Vec<WrittenName> = [&a, &b].into_iter().filter_map(|text| WrittenName::new(text)).collect();
        for bearer in [Bearer::Person, Bearer::Place, Bearer::Other] {
            if let [first, second] = writings.as_slice() {
                prop_assert_eq!(relation(first, second, bearer), relation(second, first, bearer), "{} {}", a, b);
            }
            let keys = Name::new(writings.clone(), bearer).keys();
            prop_assert!(keys.len() < 200, "{} keys of {} {}", keys.len(), a, b);
            let (there, back) = (comparison::compare(&a, &b, bearer), comparison::compare(&b, &a, bearer));
            prop_assert_eq!(there.score, back.score, "{} {}", a, b);
            prop_assert!(there.score <= 100);
        }
        for written in &writings {
            let asked = keys_of_query(written);
            prop_assert!(asked.sounds.len() + asked.terms.len() < 300);
        }
        for to in [Lang::En, Lang::Ko, Lang::ZhHans, Lang::ZhHant] {
            let found = suggestion::suggest(&a, &to, Subject::default());
            prop_assert!(!found.list.is_empty() || found.reason.is_some(), "neither a suggestion nor a reason for {}", a);
            prop_assert!(found.list.iter().all(|one| (0.0..=1.0).contains(&one.confidence) && !one.text.is_empty()));
        }
    }

    #[test]
    fn romanisations_take_anything(text in odd()) {
        if let Some(name) = LatinName::parse(&text) {
            prop_assert!(name.letters().is_ascii());
            for order in name.orders() {
                prop_assert_eq!(order.letters().len(), name.letters().len());
                prop_assert!(pinyin::readings(&order, System::Pinyin).len() <= 24);
                prop_assert!(korean_spelling::candidates(&order).len() <= 12);
            }
        }
        prop_assert!(transcription::candidates(&text).len() <= 32);
        prop_assert!(korean_skeleton::skeletons(&text).len() <= 24);
        prop_assert!(romanization::revised_word(&text).is_none_or(|word| word.is_ascii()));
    }

    #[test]
    fn folding_is_stable_and_leads_back(text in odd()) {
        let folded = Folded::new(&text);
        for (at, letter) in folded.letters().iter().enumerate() {
            prop_assert!(text.is_char_boundary(letter.start()) && text.is_char_boundary(letter.end()), "letter {} of {:?}", at, text);
            prop_assert!(letter.start() <= letter.end());
        }
        let key = fold::key(&text);
        prop_assert_eq!(fold::key(&key), key.clone(), "{:?}", text);
    }

    #[test]
    fn sentences_lie_on_characters(text in odd()) {
        for span in sentence::sentences(&text) {
            prop_assert!(text.is_char_boundary(span.start) && text.is_char_boundary(span.end));
        }
    }
}

#[test]
fn odd_queries_are_answered_or_not() {
    let mut workspace = Workspace::in_memory().unwrap();
    let options = LookupOptions { limit: 5, min_score: 0, sightings: 0 };
    let long = ["시진핑", "习近平", "Lee Jae-myung ", "\u{301}", "👩‍👩‍👧‍👦", "xian"]
        .map(|scrap| scrap.repeat(10_000 / scrap.chars().count()));
    let odd = [
        "",
        " ",
        "\u{301}\u{308}",
        "👩‍👩‍👧‍👦",
        "은는이가",
        "\u{202E}gnipniJ iX",
        "\\ud83d",
        "習近平Xi시진핑",
        "\u{FEFF}",
        "'s",
        "the ",
    ];
    for query in odd.into_iter().chain(long.iter().map(String::as_str)) {
        let answer = workspace.lookup(query, options).unwrap();
        assert!(answer.lookup.matches.iter().all(|found| found.score <= 100), "{query:?}");
    }
}
