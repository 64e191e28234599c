//! What the lexicons of the benchmark are learned from: everything but the gold documents.

use std::collections::HashSet;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};

use tongsa::lang::Lang;
use tongsa::memory::lexicon::{Lexicon, LexiconLearner};

use crate::gold::Document;
use crate::score;

/// Learns English-Korean and English-Chinese lexicons, and says how much from what and how long it took.
pub fn learn(packs: &[PathBuf], memory: Option<&Path>, gold: &[Document]) -> Vec<Lexicon> {
    let kept_out = KeptOut::new(gold);
    let mut learners = [LexiconLearner::new(&Lang::En, &Lang::Ko), LexiconLearner::new(&Lang::En, &Lang::ZhHans)];
    let (mut counts, mut held) = ([0, 0], 0);
    let start = score::cpu_seconds();
    let mut add = |lang: &Lang, english: &str, other: &str| {
        let place = usize::from(lang.is_chinese());
        counts[place] += 1;
        learners[place].add(english, other);
    };
    for pack in packs {
        for tag in ["ko", "zh-Hans", "zh-Hant"] {
            let lang = Lang::parse(tag).unwrap();
            let path = pack.join(format!("bitext.en-{tag}.tsv"));
            for line in lines(&path) {
                let cells: Vec<&str> = line.split('\t').collect();
                let [source, document, english, other] = cells[..] else { continue };
                let source = source.trim_end_matches(".zh-Hans").trim_end_matches(".zh-Hant");
                if kept_out.has_document(source, document) || kept_out.has(english) {
                    held += 1;
                } else {
                    add(&lang, english, other);
                }
            }
        }
    }
    for line in memory.into_iter().flat_map(lines) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [source, tag, english, other] = cells[..] else { continue };
        if kept_out.has_source(source) || kept_out.has(english) {
            held += 1;
        } else {
            add(&Lang::parse(tag).unwrap(), english, other);
        }
    }
    let added = score::cpu_seconds();
    let lexicons = learners.map(LexiconLearner::finish).to_vec();
    println!(
        "lexicons learned from {} Korean and {} Chinese units, {held} kept out; {:.1} s to read and add, {:.1} s to finish",
        counts[0],
        counts[1],
        added - start,
        score::cpu_seconds() - added
    );
    for lexicon in &lexicons {
        println!("{}-{}: {} links, {} bytes", lexicon.source(), lexicon.target(), lexicon.len(), lexicon.to_bytes().len());
    }
    lexicons
}

fn lines(path: &Path) -> impl Iterator<Item = String> + use<> {
    File::open(path).into_iter().flat_map(|file| BufReader::new(file).lines().map_while(Result::ok))
}

/// What no lexicon may be learned from.
struct KeptOut {
    sentences: HashSet<String>,
    documents: HashSet<String>,
    sources: HashSet<String>,
}

impl KeptOut {
    fn new(gold: &[Document]) -> Self {
        Self {
            sentences: gold.iter().flat_map(|document| document.english.iter().cloned()).collect(),
            documents: gold.iter().map(|document| document.stem().to_owned()).collect(),
            sources: gold.iter().map(|document| document.source.clone()).collect(),
        }
    }

    fn has(&self, english: &str) -> bool {
        self.sentences.contains(english)
    }

    /// Gold documents are named by their source and their place in it.
    fn has_document(&self, source: &str, document: &str) -> bool {
        self.documents.contains(&format!("{source}-{}", document.replace('/', "_")))
    }

    /// The memory does not name documents: a source with a gold document is kept out in whole, with its older editions.
    fn has_source(&self, source: &str) -> bool {
        self.sources.contains(source) || self.sources.iter().any(|gold| source.starts_with(&format!("{gold}-3")))
    }
}
