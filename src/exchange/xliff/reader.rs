//! Reads the elements of XLIFF in order, one `trans-unit` or `segment` at a time.

use std::io::Read;

use quick_xml::events::Event;

use crate::exchange::unit_file::{UnitFileError, UnitFileOptions, UnitReader, UnitRecord};
use crate::exchange::xliff::document::{Document, Side, Step};
use crate::exchange::xml_reader::XmlReader;

/// Reads units from XLIFF.
pub struct XliffReader {
    xml: XmlReader,
    document: Document,
    left_out: u64,
}

impl XliffReader {
    /// Reads the beginning of a file up to its first `file` element, which names the languages in 1.2.
    pub fn new(text: Box<dyn Read + Send>, options: &UnitFileOptions) -> Result<Self, UnitFileError> {
        let mut xml = XmlReader::new(text);
        let mut document = Document::new(options);
        loop {
            let step = match xml.next_event()? {
                Event::Start(root) if document.version().is_none() && root.name().0 != "xliff" => {
                    let root = root.name().0.to_owned();
                    return Err(UnitFileError::OtherRoot { format: "XLIFF", root });
                }
                Event::Eof => break,
                event => document.take(&event),
            };
            if matches!(step.map_err(|reason| xml.malformed(reason))?, Step::FileBegun) {
                break;
            }
        }
        Ok(Self { xml, document, left_out: 0 })
    }
}

impl UnitReader for XliffReader {
    fn next_unit(&mut self) -> Result<Option<UnitRecord>, UnitFileError> {
        let mut line = 0;
        loop {
            let step = match self.xml.next_event()? {
                Event::Eof => return Ok(None),
                event => self.document.take(&event),
            };
            match step.map_err(|reason| self.xml.malformed(reason))? {
                Step::Further | Step::FileBegun => {}
                Step::UnitBegun { lines } => line = self.xml.line() - lines,
                Step::UnitEnded => match self.document.finish_unit(line)? {
                    Some(record) => return Ok(Some(record)),
                    None => self.left_out += 1,
                },
            }
        }
    }

    fn position(&self) -> u64 {
        self.xml.position()
    }

    fn describe(&self) -> String {
        let version = self.document.version().unwrap_or("without version");
        let side = |side| self.document.tag(side).unwrap_or("a language that each segment names");
        format!("XLIFF {version}; {} to {}", side(Side::Source), side(Side::Target))
    }

    fn left_out(&self) -> u64 {
        self.left_out
    }
}
