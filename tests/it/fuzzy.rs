//! Fuzzy matching against its brute-force twin: at or above the score nothing is missed, and nothing else is found.

use proptest::prelude::*;
use tongsa::lang::Lang;
use tongsa::memory::fuzzy;
use tongsa::memory::unit::{Origin, TranslationUnit, Variant};
use tongsa::store::Store;
use tongsa::store::batches::BatchCounts;
use tongsa::store::unit_body::EncodedUnit;
use tongsa::text::folded_text::folded_text;

/// Adds segments from a source, each with its number as the counterpart.
fn add(store: &mut Store, source: &str, first_number: usize, segments: &[String]) {
    let mut batch = store.begin_unit_batch(source, "").unwrap();
    for (number, segment) in segments.iter().enumerate() {
        let other = Variant::new(Lang::Other("qaa".into()), format!("{}", first_number + number));
        let variants = vec![Variant::new(Lang::En, segment.clone()), other];
        let origin = Origin { source: source.to_owned(), ..Origin::default() };
        let unit = TranslationUnit { variants, origin, confidence: None, properties: Vec::new() };
        batch.add(&EncodedUnit::new(unit)).unwrap();
    }
    batch.commit(BatchCounts { added: segments.len(), ..BatchCounts::default() }).unwrap();
}

/// The scores of a full scan, the best first.
fn brute_force(segments: &[String], query: &str, min_score: u8) -> Vec<u8> {
    let query = folded_text(query);
    let mut scores: Vec<u8> = segments
        .iter()
        .map(|segment| {
            let segment = folded_text(segment);
            let longer = segment.chars().count().max(query.chars().count());
            fuzzy::score(strsim::levenshtein(&query, &segment), longer)
        })
        .filter(|score| *score >= min_score)
        .collect();
    scores.sort_unstable_by(|a, b| b.cmp(a));
    scores
}

fn by_index(store: &Store, query: &str, min_score: u8) -> Vec<u8> {
    let near = store.near_units("en", &folded_text(query), min_score).unwrap();
    near.iter().map(|unit| unit.near.score).collect()
}

/// Texts that are like each other by chance, by repetition and at every length.
fn segment() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => "[abc]{0,12}",
        4 => "[ab ]{20,60}",
        2 => "(ab){0,90}a?",
        1 => "[a-c]{200,260}",
        2 => "[가나다]{1,9}",
        1 => "[a가😀]{0,6}",
        1 => "the (old|new) (treaty|talks) (with|of) [a-d]{1,20}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn the_index_finds_what_a_full_scan_finds(
        first in proptest::collection::vec(segment(), 520..700),
        second in proptest::collection::vec(segment(), 1..40),
        queries in proptest::collection::vec(segment(), 8),
        min_score in 1_u8..=100,
    ) {
        let mut store = Store::in_memory().unwrap();
        add(&mut store, "first", 0, &first);
        add(&mut store, "second", first.len(), &second);
        let all: Vec<String> = first.into_iter().chain(second.iter().cloned()).collect();
        for query in queries.iter().chain(&second[..1]) {
            for score in [min_score, 70] {
                prop_assert_eq!(by_index(&store, query, score), brute_force(&all, query, score), "{} at {}", query, score);
            }
        }
    }
}

#[test]
fn many_small_batches_answer_as_one() {
    let segment = |number: usize| format!("Article {} of the treaty, number {}", number % 37, number * 7919 % 1000);
    let segments: Vec<String> = (0..1_200).map(segment).collect();
    let mut store = Store::in_memory().unwrap();
    for (number, batch) in segments.chunks(17).enumerate() {
        add(&mut store, "test", 17 * number, batch);
        let kept = &segments[..17 * number + batch.len()];
        assert_eq!(by_index(&store, &batch[0], 80), brute_force(kept, &batch[0], 80), "{} of {}", batch[0], kept.len());
    }
}

#[test]
fn what_an_undo_takes_away_is_found_no_more() {
    let mut store = Store::in_memory().unwrap();
    add(&mut store, "a", 0, &["The first treaty".to_owned(), "The second treaty".to_owned()]);
    add(&mut store, "b", 0, &["The first treaty".to_owned(), "The third treaty".to_owned()]);
    let batches = store.batches().unwrap();
    let texts = |store: &Store| -> Vec<String> {
        let near = store.near_units("en", "the first treaty", 50).unwrap();
        let mut texts: Vec<String> = near
            .iter()
            .filter_map(|near| store.unit(near.unit).unwrap())
            .map(|unit| unit.unit.variant(&Lang::En).unwrap().text.clone())
            .collect();
        texts.sort();
        texts
    };
    assert_eq!(texts(&store), ["The first treaty", "The second treaty", "The third treaty"]);
    assert!(store.undo(batches[0].id).unwrap());
    assert_eq!(texts(&store), ["The first treaty", "The third treaty"], "the first is of the second batch too");
    assert!(store.undo(batches[1].id).unwrap());
    assert_eq!(texts(&store), Vec::<String>::new());
}
