//! Sentences on the golden rules of pragmatic_segmenter for English and Chinese (`tests/gold/segmentation_golden.jsonl`) and
//! on our own cases for Korean (`tests/gold/segmentation_korean.jsonl`).
//!
//! A row counts where every sentence is the expected one but for white space, which a place in the original cannot change.
//! Rows of the golden rules that do not pass stand in `tests/gold/segmentation_exceptions.tsv`, each with its reason.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;
use tongsa::text::sentence;

#[test]
fn english_and_chinese_follow_the_golden_rules() {
    let table = include_str!("../gold/segmentation_exceptions.tsv");
    let mut exceptions: BTreeSet<(&str, &str)> = BTreeSet::new();
    for row in table.lines().skip(1) {
        let [lang, rule, reason] = row.split('\t').collect::<Vec<_>>()[..] else { panic!("{row}") };
        assert!(!reason.is_empty(), "{rule} has no reason");
        assert!(exceptions.insert((lang, rule)), "{rule} stands twice");
    }
    let rows = rows(include_str!("../gold/segmentation_golden.jsonl"));
    report("golden rules", &rows);
    let failing: BTreeSet<(&str, &str)> =
        rows.iter().filter(|row| !row.passes()).map(|row| (row.lang.as_str(), row.rule.as_str())).collect();
    assert_eq!(failing, exceptions, "rows that fail, and rows that are listed");
}

#[test]
fn korean_cases_pass() {
    let rows = rows(include_str!("../gold/segmentation_korean.jsonl"));
    report("Korean cases", &rows);
    assert!(rows.len() >= 60, "{} cases", rows.len());
    for row in &rows {
        assert_eq!(row.found(), row.sentences, "{}", row.rule);
    }
}

/// One text with the sentences that it has.
struct Row {
    lang: String,
    rule: String,
    text: String,
    sentences: Vec<String>,
}

impl Row {
    fn found(&self) -> Vec<&str> {
        sentence::sentences(&self.text).into_iter().map(|span| span.of(&self.text)).collect()
    }

    fn passes(&self) -> bool {
        let letters = |text: &str| text.split_whitespace().collect::<String>();
        self.found().into_iter().map(letters).eq(self.sentences.iter().map(|sentence| letters(sentence)))
    }
}

fn rows(lines: &str) -> Vec<Row> {
    let text = |row: &Value, key: &str| row[key].as_str().unwrap().to_owned();
    let rows = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    let sentences = |row: &Value| row["sentences"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().into()).collect();
    rows.map(|row| Row {
        lang: text(&row, "lang"),
        rule: text(&row, "rule"),
        text: text(&row, "text"),
        sentences: sentences(&row),
    })
    .collect()
}

fn report(set: &str, rows: &[Row]) {
    let mut counts: BTreeMap<&str, (usize, usize)> = BTreeMap::new();
    for row in rows {
        let (right, all) = counts.entry(&row.lang).or_default();
        *right += usize::from(row.passes());
        *all += 1;
    }
    counts.iter().for_each(|(lang, (right, all))| println!("{set}, {lang}: {right} of {all} rows"));
}
