//! How well and how fast `memory::align` aligns the gold documents of the data packs, beside a length-only aligner.
//!
//! `cargo bench --bench align_gold -- [--memory FILE] DIR...` reads unpacked packs (folders with `align/index.tsv` in them); without DIR
//! the folders under `TONGSA_BENCH_DATA`, or `../shared/data`. The lexicon is learned from the `bitext.*.tsv` beside them,
//! and from the sources of FILE (`memory-1m.tsv`) that have no gold document, without the gold documents and without any unit
//! whose English is a sentence of one. Figures are given for two halves of the documents, by a hash of their names: the
//! weights in the library were chosen on half A.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a benchmark prints, and stops at a file that is not there")]

mod book;
mod gale_church;
mod gold;
mod lessons;
mod marks;
mod score;

use gold::{Document, Half};
use marks::Marker;
use score::{Calibration, Score};
use tongsa::lang::Lang;
use tongsa::memory::align::{self, AlignText, Bead, Sentence};
use tongsa::memory::lexicon::Lexicon;

/// An aligner to compare.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Engine {
    GaleChurch,
    Tongsa { marks: bool, lexicon: bool },
}

const ENGINES: [(&str, Engine); 5] = [
    ("Gale-Church", Engine::GaleChurch),
    ("tongsa", Engine::Tongsa { marks: false, lexicon: false }),
    ("tongsa + marks", Engine::Tongsa { marks: true, lexicon: false }),
    ("tongsa + lexicon", Engine::Tongsa { marks: false, lexicon: true }),
    ("tongsa + both", Engine::Tongsa { marks: true, lexicon: true }),
];

fn main() {
    let (packs, memory) = gold::arguments();
    if packs.is_empty() {
        println!("no data pack found; give the folders of the unpacked packs, or set TONGSA_BENCH_DATA");
        return;
    }
    let documents: Vec<Document> = packs.iter().flat_map(|pack| gold::documents(pack)).collect();
    let lexicons = lessons::learn(&packs, memory.as_deref(), &documents);
    let marker = Marker::read(&packs);
    for tag in ["ko", "zh-Hans", "zh-Hant"] {
        let lang = Lang::parse(tag).unwrap();
        let documents: Vec<&Document> = documents.iter().filter(|document| document.lang == lang).collect();
        let lexicon = lexicons.iter().find(|lexicon| lexicon.is_of(&Lang::En, &lang));
        println!("\n{tag}: {} documents", documents.len());
        println!("{:<18} {:<12} {:>13} {:>13} {:>13} {:>9}", "engine", "documents", "strict A", "strict B", "strict", "lax");
        for (name, engine) in ENGINES {
            compare(name, engine, &documents, &marker, lexicon);
        }
        book::compare(&documents, lexicon);
    }
}

/// Prints the lines of one engine.
fn compare(name: &str, engine: Engine, documents: &[&Document], marker: &Marker, lexicon: Option<&Lexicon>) {
    let marked: Vec<[Vec<Vec<u64>>; 2]> = documents.iter().map(|document| marker.marks(document, engine)).collect();
    let start = score::cpu_seconds();
    let found: Vec<Vec<Bead>> =
        documents.iter().zip(&marked).map(|(document, marks)| beads(engine, document, document, marks, lexicon)).collect();
    let seconds = score::cpu_seconds() - start;
    let sentences: usize = documents.iter().map(|document| document.sentences()).sum();
    for (class, wanted) in gold::CLASSES {
        let of = |half: Option<Half>| {
            let chosen = documents.iter().zip(&found).filter(|(document, _)| wanted(document));
            let chosen = chosen.filter(|(document, _)| half.is_none_or(|half| document.half == half));
            chosen.map(|(document, beads)| Score::of(document, beads)).sum::<Score>()
        };
        let (a, b, all) = (of(Some(Half::A)), of(Some(Half::B)), of(None));
        let line = |score: &Score| format!("{:.3}/{:.3} {:.3}", score.precision(), score.recall(), score.f1());
        println!(
            "{name:<18} {class:<12} {:>19} {:>19} {:>19} {:>6.3} coarse {:.3}",
            line(&a),
            line(&b),
            line(&all),
            all.lax_f1(),
            all.coarse_precision()
        );
    }
    println!("{name:<18} {:.0} sentences a second of CPU time", sentences as f64 / seconds);
    if engine == (Engine::Tongsa { marks: true, lexicon: true }) || engine == (Engine::Tongsa { marks: false, lexicon: false })
    {
        let mut calibration = Calibration::default();
        documents.iter().zip(&found).for_each(|(document, beads)| calibration.add(document, beads));
        println!("{calibration}");
        unrelated(engine, documents, &marked, lexicon);
    }
}

/// Prints how many pairs are found between texts that are no translations of each other.
fn unrelated(engine: Engine, documents: &[&Document], marked: &[[Vec<Vec<u64>>; 2]], lexicon: Option<&Lexicon>) {
    let (mut pairs, mut sentences, mut texts, mut silent) = (0, 0, 0, 0);
    for (nth, document) in documents.iter().enumerate() {
        let other = (nth + 7) % documents.len();
        if documents[other].source != document.source || documents[other].stem() == document.stem() {
            continue;
        }
        let marks = [marked[nth][0].clone(), marked[other][1].clone()];
        let found = beads(engine, document, documents[other], &marks, lexicon);
        (pairs, texts) = (pairs + found.len(), texts + 1);
        silent += usize::from(found.is_empty());
        sentences += document.english.len();
    }
    println!("of {texts} pairs of unrelated texts {silent} give no pair; {pairs} pairs for {sentences} English sentences");
}

fn beads(engine: Engine, from: &Document, to: &Document, marks: &[Vec<Vec<u64>>; 2], lexicon: Option<&Lexicon>) -> Vec<Bead> {
    let Engine::Tongsa { lexicon: with_lexicon, .. } = engine else { return gale_church::align(&from.english, &to.other) };
    let (english, other) = (side(&from.english, &marks[0]), side(&to.other, &marks[1]));
    let source = AlignText { lang: &Lang::En, sentences: &english };
    let target = AlignText { lang: &to.lang, sentences: &other };
    align::align(source, target, lexicon.filter(|_| with_lexicon)).beads
}

fn side<'a>(texts: &'a [String], marks: &'a [Vec<u64>]) -> Vec<Sentence<'a>> {
    texts.iter().zip(marks).map(|(text, marks)| Sentence { text, marks }).collect()
}
