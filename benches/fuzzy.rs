//! Fuzzy matching against many segments: time by query length, and the answers against a full scan.
//!
//! `cargo bench --bench fuzzy -- SEGMENTS QUERIES [--score 70] [--scan 40] [--store FILE]` reads a segment a line and a query a
//! line (of lines with tabs the second cell), makes a store of them, asks every query, and scans for the first of them.

#![allow(clippy::print_stdout, clippy::unwrap_used, reason = "a benchmark prints and ends at the first failure")]

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use tongsa::lang::Lang;
use tongsa::memory::fuzzy;
use tongsa::memory::unit::{Origin, TranslationUnit, Variant};
use tongsa::store::Store;
use tongsa::store::batches::BatchCounts;
use tongsa::store::unit_body::EncodedUnit;
use tongsa::text::folded_text::folded_text;
use tongsa::text::script;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let option = |name: &str| arguments.iter().position(|argument| argument == name).map(|at| arguments[at + 1].clone());
    let [segments, queries, ..] = arguments.as_slice() else {
        println!("fuzzy: name a file of segments and one of queries to run this benchmark");
        return;
    };
    let score: u8 = option("--score").map_or(70, |score| score.parse().unwrap());
    let scanned: usize = option("--scan").map_or(40, |scan| scan.parse().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = option("--store").map_or_else(|| folder.path().join("store.db"), PathBuf::from);
    let lang = script::detect_language(&std::fs::read_to_string(queries).unwrap()).unwrap_or(Lang::En);
    if !path.exists() {
        build(&path, segments, &lang);
    }
    let queries: Vec<String> = lines(queries);
    let store = Store::open(&path).unwrap();
    for round in ["first round", "second round"] {
        report(round, &ask(&store, &lang, &queries, score));
    }
    if scanned > 0 {
        compare(&store, &lang, &lines(segments), &queries, score, scanned);
    }
}

fn lines(path: &str) -> Vec<String> {
    let text = std::fs::read_to_string(path).unwrap();
    text.lines().map(|line| line.split('\t').nth(1).unwrap_or(line).to_owned()).collect()
}

fn build(path: &Path, segments: &str, lang: &Lang) {
    let started = Instant::now();
    let mut store = Store::open(path).unwrap();
    let mut batch = store.begin_unit_batch("bench", "").unwrap();
    let mut counts = BatchCounts::default();
    for (number, line) in lines(segments).into_iter().enumerate() {
        let variants = vec![Variant::new(lang.clone(), line), Variant::new(Lang::Other("qaa".into()), number.to_string())];
        let unit = TranslationUnit { variants, origin: Origin::default(), confidence: None, properties: Vec::new() };
        batch.add(&EncodedUnit::new(unit)).unwrap();
        counts.added += 1;
    }
    batch.commit(counts).unwrap();
    println!("built in {:.2} s", started.elapsed().as_secs_f64());
}

/// Asks every query three times and takes the shortest, which says most where others share the machine.
fn ask(store: &Store, lang: &Lang, queries: &[String], score: u8) -> Vec<(usize, Duration)> {
    let once = |folded: &str| {
        let started = Instant::now();
        std::hint::black_box(store.near_units(lang.family(), folded, score).unwrap());
        started.elapsed()
    };
    let ask = |query: &String| {
        let folded = folded_text(query);
        let shortest = (0..3).map(|_| once(&folded)).min().unwrap_or_default();
        (folded.chars().count(), shortest)
    };
    queries.iter().map(ask).collect()
}

fn report(what: &str, times: &[(usize, Duration)]) {
    let line = |name: &str, mut times: Vec<f64>| {
        if times.is_empty() {
            return;
        }
        times.sort_by(f64::total_cmp);
        let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
        let mean = times.iter().sum::<f64>() / times.len() as f64;
        println!(
            "{name:14} {:5} p50 {:8.3} p95 {:8.3} p99 {:8.3} mean {mean:8.3} ms",
            times.len(),
            at(0.5),
            at(0.95),
            at(0.99)
        );
    };
    let milliseconds = |time: &Duration| time.as_secs_f64() * 1000.0;
    println!("{what}");
    line("all", times.iter().map(|(_, time)| milliseconds(time)).collect());
    for (from, to) in [(1, 10), (11, 40), (41, 60), (61, 80), (81, 100), (101, 130), (131, 170), (171, 100_000)] {
        let own = times.iter().filter(|(length, _)| (from..=to).contains(length));
        line(&format!("{from} to {to}"), own.map(|(_, time)| milliseconds(time)).collect());
    }
}

/// Compares the answers with those of a full scan.
fn compare(store: &Store, lang: &Lang, segments: &[String], queries: &[String], score: u8, scanned: usize) {
    let folded: Vec<String> = segments.iter().map(|segment| folded_text(segment)).collect();
    let step = (queries.len() / scanned).max(1);
    let (mut wrong, mut found) = (0, 0);
    for query in queries.iter().step_by(step) {
        let query = folded_text(query);
        let length = query.chars().count();
        let mut expected: Vec<u8> = folded
            .iter()
            .filter_map(|segment| {
                let longer = segment.chars().count().max(length);
                let least = segment.chars().count().min(length);
                let possible = fuzzy::score(longer - least, longer) >= score;
                let own = possible.then(|| fuzzy::score(strsim::levenshtein(&query, segment), longer))?;
                (own >= score).then_some(own)
            })
            .collect();
        expected.sort_unstable_by(|a, b| b.cmp(a));
        let near = store.near_units(lang.family(), &query, score).unwrap();
        let scores: Vec<u8> = near.iter().map(|unit| unit.near.score).collect();
        found += scores.len();
        wrong += usize::from(scores != expected);
    }
    println!("full scan: {} queries, {found} matches, {wrong} with other answers", queries.iter().step_by(step).count());
}
