//! Marks for the benchmark: names of the packs' `names.tsv`, found in running text in the simplest way.

use std::collections::HashMap;
use std::fs;
use std::path::PathBuf;

use tongsa::lang::Lang;

use crate::Engine;
use crate::gold::Document;

/// The names of each language with their concepts.
pub struct Marker {
    english: HashMap<String, u64>,
    korean: HashMap<String, u64>,
    chinese: HashMap<String, u64>,
}

/// The longest name, in words of English and in characters of the others.
const MOST_WORDS: usize = 5;
const MOST_CHARACTERS: usize = 10;

impl Marker {
    pub fn read(packs: &[PathBuf]) -> Self {
        let mut marker = Self { english: HashMap::new(), korean: HashMap::new(), chinese: HashMap::new() };
        let texts = packs.iter().filter_map(|pack| fs::read_to_string(pack.join("names.tsv")).ok());
        for text in texts {
            for line in text.lines().skip(1) {
                let cells: Vec<&str> = line.split('\t').collect();
                marker.add(cells[1], cells[2], &cells[3..5]);
            }
        }
        marker
    }

    /// Adds a name; one that is known under an English name already joins its concept.
    fn add(&mut self, english: &str, korean: &str, chinese: &[&str]) {
        let next = self.english.len() as u64;
        let concept = *self.english.entry(words(english).join(" ")).or_insert(next);
        let long = |name: &&str| name.chars().count() > 1;
        self.korean.extend([korean].into_iter().filter(long).map(|name| (name.to_owned(), concept)));
        self.chinese.extend(chinese.iter().filter(|name| long(name)).map(|name| ((*name).to_owned(), concept)));
    }

    /// Returns the marks of each sentence, English and then the other; none where the engine takes none.
    pub fn marks(&self, document: &Document, engine: Engine) -> [Vec<Vec<u64>>; 2] {
        if !matches!(engine, Engine::Tongsa { marks: true, .. }) {
            return [vec![Vec::new(); document.english.len()], vec![Vec::new(); document.other.len()]];
        }
        let other = |text: &String| match document.lang {
            Lang::Ko => starts_of_words(text).flat_map(|rest| prefixes(rest, &self.korean)).collect(),
            _ => text.char_indices().flat_map(|(at, _)| prefixes(&text[at..], &self.chinese)).collect(),
        };
        [document.english.iter().map(|text| self.in_english(text)).collect(), document.other.iter().map(other).collect()]
    }

    fn in_english(&self, text: &str) -> Vec<u64> {
        let words = words(text);
        let runs =
            (0..words.len()).flat_map(|start| (start + 1..=(start + MOST_WORDS).min(words.len())).map(move |end| start..end));
        runs.filter(|run| words[run.start].starts_with(char::is_uppercase))
            .filter_map(|run| self.english.get(&words[run].join(" ")).copied())
            .collect()
    }
}

fn words(text: &str) -> Vec<&str> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "s").collect()
}

fn starts_of_words(text: &str) -> impl Iterator<Item = &str> {
    let starts = text.char_indices().scan(' ', |before, (at, c)| Some((std::mem::replace(before, c), at, c)));
    starts.filter(|(before, _, c)| !before.is_alphanumeric() && c.is_alphanumeric()).map(|(_, at, _)| &text[at..])
}

fn prefixes<'a>(rest: &'a str, names: &'a HashMap<String, u64>) -> impl Iterator<Item = u64> + 'a {
    let ends = rest.char_indices().skip(1).take(MOST_CHARACTERS).map(|(at, c)| at + c.len_utf8());
    ends.filter_map(|end| names.get(&rest[..end]).copied())
}
