//! The glossaries that are compiled in.

use std::io::Cursor;

use crate::exchange::csv::{CsvOptions, GlossaryReader};
use crate::glossary::concept::Concept;
use crate::workspace::{Result, WorkspaceError};

macro_rules! glossaries {
    ($($name:literal),+ $(,)?) => {
        /// The shipped files: name and text.
        pub const FILES: &[(&str, &str)] = &[$(($name, include_str!(concat!("../../glossaries/", $name)))),+];
    };
}

glossaries!(
    "china.csv",
    "companies.csv",
    "culture.csv",
    "diplomacy.csv",
    "history.csv",
    "international.csv",
    "korea.csv",
    "media.csv",
    "north-korea.csv",
    "parties.csv",
    "places.csv",
    "taiwan-hong-kong.csv",
);

/// Tells one version of the shipped glossaries from another: the program's version and a hash of the files.
pub const DIGEST: u64 = digest();

/// Reads the shipped glossaries.
pub fn concepts() -> Result<Vec<Concept>> {
    let mut concepts = Vec::new();
    for (name, text) in FILES {
        concepts.extend(read(name, text).map_err(|reason| WorkspaceError::Shipped(name, reason))?);
    }
    Ok(concepts)
}

fn read(name: &str, text: &'static str) -> std::result::Result<Vec<Concept>, String> {
    let options = CsvOptions { glossary: name.trim_end_matches(".csv").to_owned(), ..CsvOptions::default() };
    let mut reader = GlossaryReader::new(Box::new(Cursor::new(text)), &options).map_err(|error| error.to_string())?;
    let mut concepts = Vec::new();
    while let Some(row) = reader.next_row().map_err(|error| error.to_string())? {
        if let Some(concept) = reader.layout().concept(&row) {
            concepts.push(concept.map_err(|reason| format!("line {}: {reason}", row.line))?);
        }
    }
    Ok(concepts)
}

/// An FNV-1a hash of the files.
#[allow(long_running_const_eval)]
const fn digest() -> u64 {
    let mut hash = 0xCBF2_9CE4_8422_2325u64;
    let mut file = 0;
    while file < FILES.len() {
        let bytes = FILES[file].1.as_bytes();
        let mut at = 0;
        while at < bytes.len() {
            hash = (hash ^ bytes[at] as u64).wrapping_mul(0x0000_0100_0000_01B3);
            at += 1;
        }
        file += 1;
    }
    hash
}
