//! The names and terms of a text with what to write for each in another language, as lists for others to read: a table, a block
//! for a prompt, the glossaries of DeepL and Google.
//!
//! What a list holds is the workspace's to say; this is how it is written.

mod machine;
mod reading;

use std::collections::BTreeMap;
use std::io::{self, Write};

use crate::exchange::csv::{guarded, write_error};
use crate::glossary::concept::{ConceptId, Kind};
use crate::lang::Lang;

/// The names and terms of a text in one language, in order of their first place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermList {
    /// The language of the text.
    pub from: Lang,
    /// The language of the renderings.
    pub to: Lang,
    /// A row for each concept, or several where its forms are rendered differently.
    pub rows: Vec<TermRow>,
}

/// The forms of a concept that have one rendering.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TermRow {
    /// The concept.
    pub concept: ConceptId,
    /// What it is.
    pub kind: Kind,
    /// How the text writes it, in order of first place.
    pub written: Vec<String>,
    /// What to write; `None` where no glossary says.
    pub rendering: Option<String>,
    /// What not to write.
    pub avoid: Vec<String>,
    /// What the rules would make of it, unverified; only where nothing is recorded.
    pub guesses: Vec<String>,
}

/// How a list is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TermListFormat {
    /// A Markdown table under one line that says what to do with it.
    Markdown,
    /// Lines of plain text for the system prompt of a language model.
    Prompt,
    /// A glossary for DeepL.
    Deepl,
    /// A unidirectional glossary for Google's Cloud Translation.
    Google,
    /// A table with a row for each written form.
    Csv,
}

impl TermList {
    /// Writes the list.
    pub fn write(&self, format: TermListFormat, out: &mut dyn Write) -> io::Result<()> {
        match format {
            TermListFormat::Markdown => reading::markdown(self, out),
            TermListFormat::Prompt => reading::prompt(self, out),
            TermListFormat::Deepl => machine::deepl(self, out),
            TermListFormat::Google => machine::google(self, out),
            TermListFormat::Csv => self.csv(out),
        }
    }

    /// Returns every written form that has one rendering and no other, with that rendering.
    pub fn pairs(&self) -> Vec<(&str, &str)> {
        let renderings = self.renderings();
        let is_first = |written: &str, row: &TermRow| {
            renderings.get(written).is_some_and(|all| all.as_slice() == [row.rendering.as_deref()])
        };
        let mut pairs: Vec<(&str, &str)> = Vec::new();
        for row in &self.rows {
            let Some(rendering) = &row.rendering else { continue };
            let forms = row.written.iter().filter(|written| is_first(written, row));
            for written in forms {
                if !pairs.iter().any(|(known, _)| known == written) {
                    pairs.push((written, rendering));
                }
            }
        }
        pairs
    }

    /// Returns the written forms that may mean several concepts with different renderings.
    pub fn unclear(&self) -> Vec<&str> {
        let unclear = self.renderings().into_iter().filter(|(_, renderings)| renderings.len() > 1);
        unclear.map(|(written, _)| written).collect()
    }

    /// Returns the written forms for which no rendering is recorded.
    pub fn missing(&self) -> Vec<&str> {
        let missing = self.rows.iter().filter(|row| row.rendering.is_none());
        missing.filter_map(|row| row.written.first().map(String::as_str)).collect()
    }

    /// Returns the different renderings of each written form.
    fn renderings(&self) -> BTreeMap<&str, Vec<Option<&str>>> {
        let mut renderings: BTreeMap<&str, Vec<Option<&str>>> = BTreeMap::new();
        for row in &self.rows {
            for written in &row.written {
                let known = renderings.entry(written).or_default();
                if !known.contains(&row.rendering.as_deref()) {
                    known.push(row.rendering.as_deref());
                }
            }
        }
        renderings
    }

    fn csv(&self, out: &mut dyn Write) -> io::Result<()> {
        let mut writer = ::csv::Writer::from_writer(out);
        writer.write_record([self.from.tag(), self.to.tag(), "not", "unverified", "kind", "id"]).map_err(write_error)?;
        for row in &self.rows {
            for written in &row.written {
                let rendering = row.rendering.clone().unwrap_or_default();
                let (avoid, guesses) = (row.avoid.join("|"), row.guesses.join("|"));
                let kind = row.kind.name().to_owned();
                let cells = [written.clone(), rendering, avoid, guesses, kind, row.concept.as_str().to_owned()];
                writer.write_record(cells.map(guarded)).map_err(write_error)?;
            }
        }
        writer.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(concept: &str, written: &[&str], rendering: Option<&str>, avoid: &[&str]) -> TermRow {
        let owned = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
        TermRow {
            concept: ConceptId(concept.into()),
            kind: Kind::Place,
            written: owned(written),
            rendering: rendering.map(str::to_owned),
            avoid: owned(avoid),
            guesses: Vec::new(),
        }
    }

    fn list(rows: Vec<TermRow>) -> TermList {
        TermList { from: Lang::En, to: Lang::ZhHans, rows }
    }

    fn written(list: &TermList, format: TermListFormat) -> String {
        let mut out = Vec::new();
        list.write(format, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn a_machine_is_told_only_what_is_certain() {
        let list = list(vec![
            row("a", &["Diaoyutai"], Some("钓鱼台"), &[]),
            row("b", &["Diaoyutai", "Diaoyu, the"], Some("钓鱼岛"), &[]),
            row("c", &["Seoul"], Some("首尔"), &["汉城"]),
            row("d", &["Seoul"], Some("首尔"), &[]),
            row("e", &["Bukchon"], None, &[]),
            row("f", &["A \"Hall\""], Some("堂"), &[]),
        ]);
        assert_eq!(list.unclear(), ["Diaoyutai"]);
        assert_eq!(list.missing(), ["Bukchon"]);
        let google = "\"Diaoyu, the\",钓鱼岛\nSeoul,首尔\n\"A \"\"Hall\"\"\",堂\n";
        assert_eq!(written(&list, TermListFormat::Google), google);
        let deepl = "\"Diaoyu, the\",钓鱼岛,en,zh\nSeoul,首尔,en,zh\n\"A \"\"Hall\"\"\",堂,en,zh\n";
        assert_eq!(written(&list, TermListFormat::Deepl), deepl);
    }

    #[test]
    fn a_table_keeps_its_columns() {
        let list = list(vec![row("a", &["A|B", "C\nD"], Some("甲"), &["乙"]), row("b", &["E"], None, &[])]);
        let table = written(&list, TermListFormat::Markdown);
        assert!(table.contains("| A\\|B, C D | 甲 | 乙 |"), "{table}");
        assert!(table.contains("| E | — |"), "{table}");
    }

    #[test]
    fn a_cell_is_no_formula() {
        let list = list(vec![row("a", &["=1+1"], Some("@x"), &[])]);
        assert!(written(&list, TermListFormat::Csv).contains("'=1+1,'@x,"));
    }
}
