//! Reads a catalogue line by line, one entry at a time.

use std::collections::VecDeque;
use std::io::{BufRead, Read};

use crate::exchange::metered_text::{MeteredText, Place};
use crate::exchange::po::entry::{Catalogue, Entry};
use crate::exchange::po::line::Line;
use crate::exchange::unit_file::{UnitFileError, UnitFileOptions, UnitReader, UnitRecord};
use crate::lang::Lang;
use crate::memory::unit::Origin;

/// Reads units from a catalogue.
pub struct PoReader {
    text: MeteredText,
    /// The line that has been read last, and its number.
    line: Vec<u8>,
    number: u64,
    /// Whether that line has been read to end an entry, and belongs to the next.
    kept: bool,
    /// The first entry, where it is no header.
    first: Option<Entry>,
    /// `None` where nobody says in which language the translations are.
    catalogue: Option<Catalogue>,
    ready: VecDeque<UnitRecord>,
    left_out: u64,
}

impl PoReader {
    /// Reads the header of a catalogue.
    pub fn new(text: Box<dyn Read + Send>, options: &UnitFileOptions) -> Result<Self, UnitFileError> {
        let (text, line) = (MeteredText::new(text), Vec::new());
        let (ready, catalogue) = (VecDeque::new(), None);
        let mut reader = Self { text, line, number: 0, kept: false, first: None, catalogue, ready, left_out: 0 };
        let first = reader.next_entry()?;
        let is_header = first.as_ref().is_some_and(Entry::is_header);
        let header = first.as_ref().filter(|_| is_header).map_or("", |entry| entry.translations[0].as_str());
        reader.catalogue = catalogue_of(header, options)?;
        reader.first = first.filter(|_| !is_header);
        Ok(reader)
    }

    /// Reads the next entry; obsolete ones are counted on the way.
    fn next_entry(&mut self) -> Result<Option<Entry>, UnitFileError> {
        let mut entry = Entry::default();
        loop {
            if !std::mem::take(&mut self.kept) && !self.read_line()? {
                return self.last_entry(entry);
            }
            let text = without_end(&self.line);
            let place = |column| Place { line: self.number, column };
            let text = std::str::from_utf8(text).map_err(|_| UnitFileError::malformed(place(1), "the line is not UTF-8"))?;
            let line = Line::parse(text).map_err(|fault| {
                let at_end = fault.cut_off && !self.line.ends_with(b"\n");
                let place = place(fault.column);
                if at_end { UnitFileError::cut_off(place) } else { UnitFileError::malformed(place, fault.reason) }
            })?;
            if entry.ends_before(&line) {
                self.kept = true;
                return Ok(Some(entry));
            }
            match &line {
                Line::Blank => continue,
                Line::Obsolete(rest) => self.left_out += u64::from(rest.starts_with("msgid ")),
                _ if entry.line == 0 => entry.line = self.number,
                _ => {}
            }
            entry.take(line).map_err(|reason| UnitFileError::malformed(place(1), reason))?;
        }
    }

    /// Returns the entry at the end of the file, where it is one.
    fn last_entry(&self, entry: Entry) -> Result<Option<Entry>, UnitFileError> {
        match (entry.id.is_some(), entry.translations.is_empty()) {
            (_, false) => Ok(Some(entry)),
            (true, true) => Err(UnitFileError::cut_off(Place { line: self.number, column: 1 })),
            // Comments may stand at the end.
            (false, true) => Ok(None),
        }
    }

    fn read_line(&mut self) -> Result<bool, UnitFileError> {
        self.line.clear();
        self.text.begin_piece();
        let read = self.text.read_until(b'\n', &mut self.line)?;
        self.number += u64::from(read > 0);
        Ok(read > 0)
    }

    fn take_entry(&mut self, entry: &Entry) -> Result<(), UnitFileError> {
        let untranslated = entry.translations.iter().all(|text| text.trim().is_empty());
        if entry.fuzzy || untranslated {
            self.left_out += 1;
            return Ok(());
        }
        let Some(catalogue) = &self.catalogue else {
            let reason = "the header does not name the language of the translations; name it, as in --to ko";
            return Err(UnitFileError::Languages(reason.to_owned()));
        };
        self.ready.extend(entry.units(catalogue));
        Ok(())
    }
}

impl UnitReader for PoReader {
    fn next_unit(&mut self) -> Result<Option<UnitRecord>, UnitFileError> {
        loop {
            if let Some(record) = self.ready.pop_front() {
                return Ok(Some(record));
            }
            let entry = match self.first.take() {
                Some(first) => Some(first),
                None => self.next_entry()?,
            };
            let Some(entry) = entry else { return Ok(None) };
            self.take_entry(&entry)?;
        }
    }

    fn position(&self) -> u64 {
        self.text.position()
    }

    fn describe(&self) -> String {
        let languages = self.catalogue.as_ref().map(|catalogue| format!("; {} to {}", catalogue.from, catalogue.to));
        format!("gettext PO{}", languages.unwrap_or_default())
    }

    fn left_out(&self) -> u64 {
        self.left_out
    }
}

/// Returns the line without its end; a byte order mark has been taken away by the decoder.
fn without_end(line: &[u8]) -> &[u8] {
    let line = line.strip_suffix(b"\n").unwrap_or(line);
    line.strip_suffix(b"\r").unwrap_or(line)
}

/// Reads the header; the options come before what it says.
fn catalogue_of(header: &str, options: &UnitFileOptions) -> Result<Option<Catalogue>, UnitFileError> {
    let field = |name: &str| {
        let value = header.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'))?.trim();
        (!value.is_empty()).then_some(value)
    };
    let lang = |named: &Option<Lang>, name: &str| match (named, field(name)) {
        (Some(lang), _) => Ok(Some(lang.clone())),
        (None, Some(tag)) => language(tag).map(Some),
        (None, None) => Ok(None),
    };
    let Some(to) = lang(&options.to, "Language")? else { return Ok(None) };
    let from = lang(&options.from, "X-Source-Language")?.unwrap_or(Lang::En);
    // The template of gettext begins with this name; who leaves it has not named a project.
    let document = field("Project-Id-Version").filter(|project| !project.starts_with("PACKAGE")).map(str::to_owned);
    Ok(Some(Catalogue { from, to, origin: Origin { source: options.source.clone(), document, ..Origin::default() } }))
}

/// Reads a locale: `ko`, `zh_TW`, `ko_KR.UTF-8`, `sr@latin`.
fn language(locale: &str) -> Result<Lang, UnitFileError> {
    let tag = locale.split(['.', '@']).next().unwrap_or_default();
    Lang::parse(tag).map_err(|error| UnitFileError::Languages(format!("{error}; or name it, as in --to ko")))
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEADER: &str = "# Korean\nmsgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: desk 1\\n\"\n\"Language: ko\\n\"\n\n";

    fn read(text: &str) -> Result<(Vec<String>, u64), String> {
        let options = UnitFileOptions::default();
        let mut reader =
            PoReader::new(Box::new(std::io::Cursor::new(text.to_owned())), &options).map_err(|error| error.to_string())?;
        let mut shown = Vec::new();
        while let Some(UnitRecord { line, unit }) = reader.next_unit().map_err(|error| error.to_string())? {
            shown.push(match unit {
                Ok(unit) => {
                    let texts: Vec<&str> = unit.variants.iter().map(|variant| variant.text.as_str()).collect();
                    let named = unit.properties.iter().map(|(name, value)| format!(" {name}={value}"));
                    format!("{line} {}{}", texts.join(" = "), named.collect::<String>())
                }
                Err(reason) => format!("{line} {reason}"),
            });
        }
        Ok((shown, reader.left_out()))
    }

    #[test]
    fn entries_become_units() {
        let entries = "#. a button\n#: a.c:1\nmsgctxt \"menu\"\nmsgid \"\"\n\"Open \"\n\"file\"\nmsgstr \"파일 열기\"\n\
            #, fuzzy\nmsgid \"Save\"\nmsgstr \"저장\"\n\nmsgid \"Close\"\nmsgstr \"\"\n\n\
            msgid \"%d file\"\nmsgid_plural \"%d files\"\nmsgstr[0] \"파일 %d개\"\n\n#~ msgid \"Old\"\n#~ msgstr \"옛것\"\n";
        let (units, left_out) = read(&format!("{HEADER}{entries}")).unwrap();
        assert_eq!(
            units,
            [
                "7 Open file = 파일 열기 msgctxt=menu note=a button reference=a.c:1",
                "21 %d file = 파일 %d개",
                "21 %d files = 파일 %d개",
            ]
        );
        assert_eq!(left_out, 3);
    }

    #[test]
    fn faults_are_told_with_their_place() {
        for (text, expected) in [
            ("msgid \"a\"\nmsgid \"b\"\n", "line 2, column 1: the keyword stands in a wrong place; "),
            ("msgid \"a\"\n", "the file ends in line 1, column 1, before it is complete; "),
            ("msgid \"a\"\nmsgstr \"가", "the file ends in line 2, column 10, before it is complete; "),
            ("msgid \"a\"\nmsgstr \"가\n\n", "line 2, column 10: the string is not closed; "),
            ("\"a\"\n", "line 1, column 1: a string stands here without a keyword; "),
            ("msgid \"a\"\nmsgstr \"b\"\n", "the header does not name the language of the translations; "),
            ("msgid \"\"\nmsgstr \"Language: !\\n\"\n", "`!` is not a language tag; "),
        ] {
            let said = read(text).unwrap_err();
            assert!(said.starts_with(expected), "{text}: {said}");
        }
    }
}
