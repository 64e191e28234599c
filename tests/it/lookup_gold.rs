//! Look-up on the development set (`tests/gold/lookup.tsv`), measured as it is.
//!
//! A row counts where the first match is the expected concept; where several are expected, all within the first three; where
//! none is (`-`), nothing at all.

use std::collections::BTreeMap;

use tongsa::lang::Lang;
use tongsa::workspace::Workspace;
use tongsa::workspace::lookup::LookupOptions;

const OPTIONS: LookupOptions = LookupOptions { limit: 5, min_score: 0, sightings: 0 };

/// Variations that need no knowledge of romanisation or readings: every row must be right.
const WHOLE: [&str; 5] = ["hangul", "simplified", "traditional", "spacing", "acronym"];

#[test]
fn lookup_finds_what_the_gold_set_expects() {
    let mut workspace = Workspace::in_memory().unwrap();
    let mut by_variation: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for row in include_str!("../gold/lookup.tsv").lines().skip(1) {
        let [query, _, expected, variation] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        let found = names(&mut workspace, query);
        let right = is_right(&found, expected);
        let counts = by_variation.entry(variation).or_default();
        counts.1 += 1;
        counts.0 += usize::from(right);
        if !right {
            missed.push(format!("{variation}: {query} → {:?}, not {expected}", found.first()));
        }
    }
    let (right, all) = by_variation.values().fold((0, 0), |sum, counts| (sum.0 + counts.0, sum.1 + counts.1));
    println!("look-up, first match: {right} of {all} rows ({:.1} %)", 100.0 * right as f64 / all as f64);
    by_variation.iter().for_each(|(variation, (right, all))| println!("  {variation}: {right} of {all}"));
    missed.iter().for_each(|row| println!("  missed {row}"));
    for variation in WHOLE.iter().chain(&["negative", "ambiguous"]) {
        let (right, all) = by_variation[variation];
        assert_eq!(right, all, "{variation}");
    }
    assert!(right * 100 >= all * 97, "{right} of {all}");
}

fn names(workspace: &mut Workspace, query: &str) -> Vec<String> {
    let answer = workspace.lookup(query, OPTIONS).unwrap();
    let english =
        answer.lookup.matches.iter().map(|found| found.found.concept.preferred(&Lang::En).map(|term| term.text.clone()));
    english.map(Option::unwrap_or_default).collect()
}

fn is_right(found: &[String], expected: &str) -> bool {
    match expected.split(';').collect::<Vec<_>>()[..] {
        ["-"] => found.is_empty(),
        [one] => found.first().is_some_and(|first| first == one),
        ref several => several.iter().all(|one| found.iter().take(3).any(|name| name == one)),
    }
}
