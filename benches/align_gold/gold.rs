//! The gold documents: an English text, its translation, and which sentences belong together.

use std::fs;
use std::path::{Path, PathBuf};

use tongsa::lang::Lang;

/// One of two halves of the documents; an edited document is in the half of its original.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Half {
    A,
    B,
}

/// Sentences that belong together, by their numbers.
pub struct GoldBead {
    pub english: Vec<usize>,
    pub other: Vec<usize>,
    /// Whether it is a paragraph of several sentences on either side.
    pub is_coarse: bool,
}

pub struct Document {
    pub lang: Lang,
    pub name: String,
    pub source: String,
    pub half: Half,
    pub english: Vec<String>,
    pub other: Vec<String>,
    /// The pairs; sentences without counterpart stand in none.
    pub beads: Vec<GoldBead>,
}

impl Document {
    pub fn sentences(&self) -> usize {
        self.english.len() + self.other.len()
    }

    /// The name without the mark of an edited copy.
    pub fn stem(&self) -> &str {
        self.name.trim_end_matches("+edit")
    }

    fn is_edited(&self) -> bool {
        self.name.ends_with("+edit")
    }

    fn is_news(&self) -> bool {
        self.source == "ntrex"
    }
}

/// A class of documents with its test.
pub type Class = (&'static str, fn(&Document) -> bool);

/// The classes that are reported.
pub const CLASSES: [Class; 5] = [
    ("all", |_| true),
    ("+edit", Document::is_edited),
    ("news", Document::is_news),
    ("news +edit", |document| document.is_news() && document.is_edited()),
    ("manuals", |document| !document.is_edited() && !document.is_news()),
];

/// Returns the packs and the memory that the command line or the environment names.
pub fn arguments() -> (Vec<PathBuf>, Option<PathBuf>) {
    let mut arguments = std::env::args().skip(1).filter(|argument| argument != "--bench");
    let (mut folders, mut memory) = (Vec::new(), None);
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--memory" => memory = arguments.next().map(PathBuf::from),
            _ => folders.push(PathBuf::from(argument)),
        }
    }
    if folders.is_empty() {
        let data = std::env::var_os("TONGSA_BENCH_DATA").map_or_else(|| PathBuf::from("../shared/data"), PathBuf::from);
        folders = fs::read_dir(data).into_iter().flatten().flatten().map(|entry| entry.path()).collect();
        folders.sort();
    }
    folders.retain(|folder| folder.join("align/index.tsv").exists());
    (folders, memory)
}

/// Returns the documents of a pack.
pub fn documents(pack: &Path) -> Vec<Document> {
    let index = fs::read_to_string(pack.join("align/index.tsv")).unwrap();
    let rows = index.lines().skip(1).map(|line| line.split('\t').collect::<Vec<_>>());
    rows.map(|row| document(&pack.join("align").join(row[0]).join(row[1]), row[0], row[1], row[2])).collect()
}

fn document(folder: &Path, lang: &str, name: &str, source: &str) -> Document {
    let lines = |file: &str| -> Vec<String> {
        let text = fs::read_to_string(folder.join(file)).unwrap();
        text.lines().map(str::to_owned).collect()
    };
    let numbers = |cell: &str| -> Vec<usize> { cell.split(',').filter_map(|number| number.parse().ok()).collect() };
    let rows = lines("gold.tsv");
    let beads = rows.iter().filter_map(|line| {
        let cells: Vec<&str> = line.split('\t').collect();
        let bead = GoldBead { english: numbers(cells[0]), other: numbers(cells[1]), is_coarse: cells[2] == "coarse" };
        (!bead.english.is_empty() && !bead.other.is_empty()).then_some(bead)
    });
    let stem = name.trim_end_matches("+edit");
    let sum = stem.bytes().fold(0_u32, |sum, byte| sum.wrapping_mul(31).wrapping_add(u32::from(byte)));
    Document {
        lang: Lang::parse(lang).unwrap(),
        half: if (sum >> 4) & 1 == 0 { Half::A } else { Half::B },
        beads: beads.collect(),
        english: lines("en.txt"),
        other: lines("xx.txt"),
        name: name.to_owned(),
        source: source.to_owned(),
    }
}
