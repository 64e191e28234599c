//! The near search against its brute-force twin: within reach nothing is missed, and nothing else is found.

use proptest::prelude::*;
use tongsa::exchange::csv::CsvOptions;
use tongsa::exchange::encoding::TextSource;
use tongsa::glossary::near;
use tongsa::store::Store;
use tongsa::store::batches::BatchCounts;
use tongsa::store::body::Encoded;
use tongsa::text::{distance, fold};
use tongsa::workspace::Workspace;
use tongsa::workspace::import::ImportOptions;

use tongsa::glossary::concept::{Concept, ConceptId, Kind};
use tongsa::glossary::term::{Term, TermStatus};
use tongsa::lang::Lang;

fn store_of(terms: &[String]) -> Store {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin_batch("test", "").unwrap();
    for (number, term) in terms.iter().enumerate() {
        let mut concept = Concept::new(ConceptId(format!("t.{number}")), Kind::Term);
        concept.add_term(Lang::En, Term::new(term.clone(), TermStatus::Preferred));
        batch.add(&Encoded::new(&concept)).unwrap();
    }
    batch.write_index(1000).unwrap();
    batch.commit(BatchCounts { added: terms.len(), ..BatchCounts::default() }).unwrap();
    store
}

fn is_short_han(key: &str) -> bool {
    (3..=5).contains(&key.chars().count()) && key.chars().all(|c| ('\u{4E00}'..'\u{A000}').contains(&c))
}

fn brute_force(terms: &[String], query: &str, most: usize) -> Vec<String> {
    let spelled = distance::spelled(&fold::key(query));
    let reach = near::reach(&spelled).min(most);
    let mut found: Vec<String> = terms
        .iter()
        .filter(|term| {
            let key = fold::key(term);
            let other = distance::spelled(&key);
            let reach = if is_short_han(&key) { reach.min(1) } else { reach };
            let indexed = is_short_han(&key) || other.chars().count() >= 4;
            reach > 0 && indexed && distance::edits(&spelled, &other) <= reach
        })
        .cloned()
        .collect();
    found.sort();
    found.dedup();
    found
}

fn by_index(store: &Store, query: &str, most: usize) -> Vec<String> {
    let near = near::near_terms(store, &fold::key(query), most).unwrap();
    let text = |near: &near::NearTerm| {
        let (found, keyed) = near.concept(store).unwrap().unwrap();
        found.term(keyed).1.text.clone()
    };
    let mut found: Vec<String> = near.iter().map(text).collect();
    found.sort();
    found.dedup();
    found
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]
    #[test]
    fn the_index_finds_what_a_full_scan_finds(
        latin in proptest::collection::vec("[abc]{3,9}", 1..60),
        hangul in proptest::collection::vec("[가각나낙]{1,4}", 1..40),
        han in proptest::collection::vec("[王李张]{2,7}", 1..40),
        queries in proptest::collection::vec("[abc]{3,10}|[가각나낙]{1,4}|[王李张]{2,7}", 1..12),
    ) {
        let terms: Vec<String> = latin.into_iter().chain(hangul).chain(han).collect();
        let store = store_of(&terms);
        for query in queries {
            for most in [1, 2] {
                prop_assert_eq!(by_index(&store, &query, most), brute_force(&terms, &query, most), "{} within {}", query, most);
            }
        }
    }
}

#[test]
fn what_is_exported_is_imported_unchanged() {
    let workspace = Workspace::in_memory().unwrap();
    let mut out = Vec::new();
    let count = workspace.export(&mut out, false).unwrap();
    let mut other = Workspace::in_memory().unwrap();
    let options = ImportOptions { csv: CsvOptions::default(), encoding: None, dry_run: false, progress: &mut |_| {} };
    let source = TextSource::from_bytes("export.csv", out);
    let report = other.import("export.csv".as_ref(), source, options).unwrap();
    assert_eq!((report.counts.unchanged, report.counts.added, report.counts.changed), (count, 0, 0));
    assert_eq!(report.rejected.kept, []);
}
