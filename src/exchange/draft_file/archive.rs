//! An office document as an archive: which format it is, the parts that are read, and how a changed part is put back.
//!
//! Nothing is ever unpacked to the disk, so the names of entries lead nowhere. What stands in the parts is left to
//! [`office`](super::office).

use std::io::{Cursor, Read, Write};
use std::sync::Arc;

use quick_xml::Reader;
use quick_xml::events::Event;
use rustc_hash::FxHashSet as HashSet;
use zip::result::ZipError;
use zip::{ZipArchive, ZipWriter};

use crate::exchange::draft_file::unfit::Unfit;
use crate::exchange::prose::DraftFormat;
use crate::exchange::xml_reader::attribute;

/// More entries than this has no document.
const MOST_ENTRIES: usize = 20_000;

/// So much text and markup may be read of one document, in bytes.
const MOST_BYTES: u64 = 256 << 20;

/// A part that is this many times as large as it is packed, and longer than a book, is there to fill the memory.
const LARGEST_RATIO: u64 = 200;
const LONG_PART: u64 = 16 << 20;

/// An office document.
#[derive(Clone)]
pub(super) struct Archive {
    entries: ZipArchive<Cursor<Arc<[u8]>>>,
    /// How many more bytes may be unpacked.
    room: u64,
}

impl std::fmt::Debug for Archive {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list().entries(self.entries.file_names()).finish()
    }
}

/// A part that is read.
#[derive(Clone, Debug)]
pub(super) struct Part {
    /// The name of its entry.
    pub name: String,
    /// Its XML.
    pub text: String,
}

/// Returns whether a file begins as an archive does, an empty one included.
pub(super) fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(b"PK\x05\x06")
}

impl Archive {
    /// Opens an archive.
    pub fn open(bytes: Vec<u8>) -> Result<Self, Unfit> {
        let entries = ZipArchive::new(Cursor::new(bytes.into())).map_err(|error| broken(&error))?;
        if entries.len() > MOST_ENTRIES {
            return Err(Unfit::Bomb("it has more than 20,000 entries"));
        }
        Ok(Self { entries, room: MOST_BYTES })
    }

    /// Tells the format by what is in the archive.
    pub fn format(&mut self) -> Result<DraftFormat, Unfit> {
        if let Some(mimetype) = self.read("mimetype")? {
            return match mimetype.trim() {
                "application/hwp+zip" => Ok(DraftFormat::Hwpx),
                text if text.starts_with("application/vnd.oasis.opendocument.text") => Ok(DraftFormat::Odt),
                text if text.starts_with("application/vnd.oasis.opendocument.spreadsheet") => {
                    Err(Unfit::OtherDocument("a spreadsheet"))
                }
                text if text.starts_with("application/vnd.oasis.opendocument.presentation") => {
                    Err(Unfit::OtherDocument("a presentation"))
                }
                _ => Err(Unfit::OtherArchive),
            };
        }
        let has_folder = |folder: &str| self.entries.file_names().flatten().any(|name| name.starts_with(folder));
        if has_folder("Contents/section") {
            return Ok(DraftFormat::Hwpx);
        }
        if self.entries.index_for_name(CONTENT_TYPES).is_none() {
            return Err(Unfit::OtherArchive);
        }
        match (has_folder("word/"), has_folder("xl/"), has_folder("ppt/")) {
            (true, ..) => Ok(DraftFormat::Docx),
            (_, true, _) => Err(Unfit::OtherDocument("a spreadsheet")),
            (.., true) => Err(Unfit::OtherDocument("a presentation")),
            _ => Err(Unfit::OtherArchive),
        }
    }

    /// Returns the text of an entry; `None` where there is none of this name.
    pub fn read(&mut self, name: &str) -> Result<Option<String>, Unfit> {
        let Some(index) = self.entries.index_for_name(name) else { return Ok(None) };
        let raw = self.entries.by_index_raw(index).map_err(|error| broken(&error))?;
        if raw.encrypted() {
            return Err(Unfit::Password);
        }
        if raw.size() > LONG_PART && raw.size() / raw.compressed_size().max(1) > LARGEST_RATIO {
            return Err(Unfit::Bomb("a part is 200 times as large as it is packed"));
        }
        let rest = self.room.checked_sub(raw.size());
        self.room = rest.ok_or(Unfit::Bomb("more than 256 MB of text and markup"))?;
        drop(raw);
        // The library ends the reading of an entry that has more in it than it says.
        let mut entry = self.entries.by_index(index).map_err(|error| broken(&error))?;
        let mut bytes = Vec::new();
        let read = entry.read_to_end(&mut bytes);
        read.map_err(|error| Unfit::BrokenArchive(error.to_string()))?;
        drop(entry);
        let not_text = |_| Unfit::BrokenPart { part: name.to_owned(), reason: "it is not UTF-8".to_owned() };
        String::from_utf8(bytes).map(Some).map_err(not_text)
    }

    /// Returns the parts that hold text, in the order in which they are read.
    pub fn parts(&mut self, format: DraftFormat) -> Result<Vec<Part>, Unfit> {
        let names = match format {
            DraftFormat::Docx => self.docx_names()?,
            DraftFormat::Hwpx => self.hwpx_names()?,
            _ => self.odt_names()?,
        };
        let mut parts = Vec::new();
        for name in names {
            if let Some(text) = self.read(&name)? {
                parts.push(Part { name, text });
            }
        }
        Ok(parts)
    }

    /// The document, then notes, headers and footers, as the list of content types names them.
    fn docx_names(&mut self) -> Result<Vec<String>, Unfit> {
        let types = self.read(CONTENT_TYPES)?.unwrap_or_default();
        let broken = |reason| Unfit::BrokenPart { part: CONTENT_TYPES.to_owned(), reason };
        let declared = declared_parts(&types).map_err(broken)?;
        let of_kind = |kind: &'static str| declared.iter().filter(move |part| part.is_of(kind)).map(|part| part.name.clone());
        let mut names: Vec<String> = of_kind("main+xml").collect();
        if names.is_empty() {
            // It has the type that all parts of its ending have.
            names.push("word/document.xml".to_owned());
        }
        names.extend(["footnotes+xml", "endnotes+xml", "header+xml", "footer+xml"].into_iter().flat_map(of_kind));
        let mut seen = HashSet::default();
        names.retain(|name| seen.insert(name.clone()));
        Ok(names)
    }

    fn hwpx_names(&mut self) -> Result<Vec<String>, Unfit> {
        self.refuse_encrypted()?;
        let number = |name: &str| name.strip_prefix("Contents/section")?.strip_suffix(".xml")?.parse::<u32>().ok();
        let mut sections: Vec<(u32, String)> =
            self.entries.file_names().flatten().filter_map(|name| Some((number(&name)?, name.into_owned()))).collect();
        sections.sort();
        Ok(sections.into_iter().map(|(_, name)| name).collect())
    }

    /// The body, then the headers and footers, which are kept with the styles.
    fn odt_names(&mut self) -> Result<Vec<String>, Unfit> {
        self.refuse_encrypted()?;
        Ok(vec!["content.xml".to_owned(), "styles.xml".to_owned()])
    }

    fn refuse_encrypted(&mut self) -> Result<(), Unfit> {
        let manifest = self.read("META-INF/manifest.xml")?.unwrap_or_default();
        if manifest.contains("encryption-data") { Err(Unfit::Password) } else { Ok(()) }
    }

    /// Returns the archive with other texts for some entries. All others stay as they are: packed bytes, order, dates, flags.
    pub fn with_texts(&self, texts: &[(&str, String)]) -> Result<Vec<u8>, ZipError> {
        let mut entries = self.entries.clone();
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        writer.set_raw_comment(entries.comment().into())?;
        for index in 0..entries.len() {
            let entry = entries.by_index_raw(index)?;
            let name = entry.name()?.into_owned();
            match texts.iter().find(|(changed, _)| *changed == name) {
                None => writer.raw_copy_file(entry)?,
                Some((name, text)) => {
                    writer.start_file(*name, entry.options())?;
                    writer.write_all(text.as_bytes())?;
                }
            }
        }
        Ok(writer.finish()?.into_inner())
    }
}

const CONTENT_TYPES: &str = "[Content_Types].xml";

/// A part that the list of content types names.
struct DeclaredPart {
    /// The name of its entry.
    name: String,
    /// Its content type.
    content_type: String,
}

impl DeclaredPart {
    /// Returns whether it is a part of a text document, and of a kind. What a document keeps for later use is none.
    fn is_of(&self, kind: &str) -> bool {
        let of_word = self.content_type.contains("wordprocessingml") || self.content_type.contains("ms-word");
        of_word && self.content_type.ends_with(kind) && !self.content_type.contains("glossary")
    }
}

/// Reads the list of content types (ECMA-376-2, 10.1.2.2); an error says what is wrong with the XML.
fn declared_parts(types: &str) -> Result<Vec<DeclaredPart>, String> {
    let mut reader = Reader::from_str(types.trim_start_matches('\u{FEFF}'));
    let mut parts = Vec::new();
    loop {
        match reader.read_event().map_err(|error| error.to_string())? {
            Event::Eof => return Ok(parts),
            Event::Start(element) | Event::Empty(element) if element.local_name().as_ref() == "Override" => {
                let named = (attribute(&element, "PartName")?, attribute(&element, "ContentType")?);
                let (Some(name), Some(content_type)) = named else { continue };
                let name = name.trim_start_matches('/').to_owned();
                parts.push(DeclaredPart { name, content_type: content_type.into_owned() });
            }
            _ => {}
        }
    }
}

fn broken(error: &ZipError) -> Unfit {
    match error {
        ZipError::UnsupportedArchive(reason) if *reason == ZipError::PASSWORD_REQUIRED => Unfit::Password,
        error => Unfit::BrokenArchive(error.to_string()),
    }
}
