//! Which format a file of units is in, by its name or its beginning, and the reader for it.

use std::path::Path;

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::exchange::bitext::BitextReader;
use crate::exchange::encoding::{FileEncoding, ReadError, TextSource};
use crate::exchange::po::PoReader;
use crate::exchange::tmx::TmxReader;
use crate::exchange::unit_file::{UnitFileError, UnitFileOptions, UnitReader};
use crate::exchange::xliff::XliffReader;

/// A format of translation units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitFormat {
    /// Translation Memory eXchange.
    Tmx,
    /// XML Localization Interchange File Format, 1.2 and 2.x.
    Xliff,
    /// A catalogue of GNU gettext.
    Po,
    /// A table with a language a column.
    Bitext,
}

/// So many bytes of a file tell its format and its declared encoding.
const BEGINNING: usize = 1 << 12;

impl UnitFormat {
    /// Returns the format that the extension of a file names.
    pub fn of(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        Some(match extension.as_str() {
            "tmx" => Self::Tmx,
            "xlf" | "xliff" | "sdlxliff" | "mqxliff" | "mxliff" => Self::Xliff,
            "po" | "pot" => Self::Po,
            "tsv" | "csv" | "tab" | "txt" => Self::Bitext,
            _ => return None,
        })
    }

    /// Returns the format that the name of a file says or, where the name says none, its beginning.
    pub fn detect(path: &Path, source: &mut TextSource) -> Result<Option<Self>, ReadError> {
        Ok(match Self::of(path) {
            Some(format) => Some(format),
            None => Self::sniff(&source.beginning(BEGINNING)?),
        })
    }

    /// Returns the format that the first bytes of a file show.
    pub fn sniff(beginning: &[u8]) -> Option<Self> {
        let text = ascii(beginning);
        let has = |word: &str| text.contains(word);
        if text.trim_start().starts_with('<') {
            let formats = [("<tmx", Self::Tmx), ("<xliff", Self::Xliff)];
            formats.into_iter().find(|(root, _)| has(root)).map(|(_, format)| format)
        } else if text.starts_with("msgid ") || has("\nmsgid ") {
            Some(Self::Po)
        } else {
            has("\t").then_some(Self::Bitext).or_else(|| (has(",") || has(";")).then_some(Self::Bitext))
        }
    }
}

/// Opens a file of units: its text is decoded, its format told where `format` does not, and its beginning read.
pub fn open(
    format: Option<UnitFormat>,
    mut source: TextSource,
    options: &UnitFileOptions,
) -> Result<(Box<dyn UnitReader>, FileEncoding), UnitFileError> {
    let beginning = source.beginning(BEGINNING)?;
    let format = format.or_else(|| UnitFormat::sniff(&beginning));
    let declared = format.and_then(|format| declared_encoding(format, &beginning)).map(Encoding::name);
    let encoding = source.detect(options.encoding.as_deref().or(declared))?;
    let format = format.ok_or(UnitFileError::UnknownFormat)?;
    let text = source.decode(encoding)?;
    let reader: Box<dyn UnitReader> = match format {
        UnitFormat::Tmx => Box::new(TmxReader::new(text, &options.source)?),
        UnitFormat::Xliff => Box::new(XliffReader::new(text, options)?),
        UnitFormat::Po => Box::new(PoReader::new(text, options)?),
        UnitFormat::Bitext => Box::new(BitextReader::new(text, options)?),
    };
    Ok((reader, encoding))
}

/// Returns the encoding that a file declares in its own text, where that can be true: a byte order mark says more, what is
/// declared as UTF-8 is looked at, and what can be read as ASCII is not UTF-16 whatever it says.
fn declared_encoding(format: UnitFormat, beginning: &[u8]) -> Option<&'static Encoding> {
    if Encoding::for_bom(beginning).is_some() {
        return None;
    }
    let text = ascii(beginning);
    let label = match format {
        UnitFormat::Tmx | UnitFormat::Xliff => {
            // XML without a declaration or a mark is UTF-8; with zero bytes between its letters it can only be UTF-16.
            match beginning {
                [b'<', 0, ..] => return Some(UTF_16LE),
                [0, b'<', ..] => return Some(UTF_16BE),
                _ => quoted_after(text.split("?>").next()?, "encoding")?,
            }
        }
        UnitFormat::Po => after(&text, "charset=")?.split(['\\', '"', '\n', ' ']).next()?.to_owned(),
        UnitFormat::Bitext => return None,
    };
    let encoding = Encoding::for_label(label.as_bytes())?;
    (![UTF_8, UTF_16LE, UTF_16BE].contains(&encoding)).then_some(encoding)
}

/// Returns the ASCII characters of a text in any encoding, without the zero bytes that UTF-16 has between them.
fn ascii(bytes: &[u8]) -> String {
    bytes.iter().filter(|byte| byte.is_ascii() && **byte != 0).map(|byte| char::from(*byte)).collect()
}

fn after<'t>(text: &'t str, word: &str) -> Option<&'t str> {
    text.split_once(word).map(|(_, rest)| rest)
}

fn quoted_after(text: &str, name: &str) -> Option<String> {
    let value = after(text, name)?.trim_start().strip_prefix('=')?.trim_start();
    let quote = value.chars().next().filter(|quote| ['"', '\''].contains(quote))?;
    value[1..].split(quote).next().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_by_name_or_beginning() {
        for (name, format) in [
            ("a.TMX", Some(UnitFormat::Tmx)),
            ("a.b.xlf", Some(UnitFormat::Xliff)),
            ("ko.po", Some(UnitFormat::Po)),
            ("a.tsv", Some(UnitFormat::Bitext)),
            ("a.xml", None),
            ("a", None),
        ] {
            assert_eq!(UnitFormat::of(Path::new(name)), format, "{name}");
        }
        let utf16: Vec<u8> = "\u{FEFF}<?xml version=\"1.0\"?><tmx>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        for (beginning, format) in [
            (&utf16[..], Some(UnitFormat::Tmx)),
            (b"<xliff version='1.2'>", Some(UnitFormat::Xliff)),
            (b"# x\nmsgid \"\"\n", Some(UnitFormat::Po)),
            (b"en\tko\n", Some(UnitFormat::Bitext)),
            (b"<html>", None),
            (b"one word", None),
        ] {
            assert_eq!(UnitFormat::sniff(beginning), format);
        }
    }

    #[test]
    fn a_declared_encoding_is_believed_where_it_can_be_true() {
        for (format, beginning, encoding) in [
            (UnitFormat::Tmx, &b"<?xml version='1.0' encoding='euc-kr'?><tmx>"[..], Some(encoding_rs::EUC_KR)),
            (UnitFormat::Tmx, b"<?xml version=\"1.0\" encoding=\"utf-16\"?><tmx>", None),
            (UnitFormat::Tmx, b"<\0?\0", Some(UTF_16LE)),
            (UnitFormat::Tmx, b"<tmx encoding=", None),
            (UnitFormat::Xliff, b"<?xml encoding=\"klingon\"?>", None),
            (UnitFormat::Po, b"msgid \"\"\n\"Content-Type: text/plain; charset=GB2312\\n\"", Some(encoding_rs::GBK)),
            (UnitFormat::Po, b"\"charset=CHARSET\\n\"", None),
            (UnitFormat::Bitext, b"charset=euc-kr", None),
        ] {
            assert_eq!(declared_encoding(format, beginning), encoding, "{}", ascii(beginning));
        }
    }
}
