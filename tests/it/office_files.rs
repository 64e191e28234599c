//! Small office documents, made by hand for the tests.

use std::io::{Cursor, Read, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// Packs entries in order, all with the same odd date; `mimetype` is stored, as the formats want it.
pub fn archive(entries: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        let method = if *name == "mimetype" { CompressionMethod::Stored } else { CompressionMethod::Deflated };
        let date = DateTime::from_date_and_time(2011, 3, 5, 7, 9, 10).unwrap();
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(date);
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// An entry as it lies in an archive.
#[derive(Debug, PartialEq)]
pub struct Entry {
    pub name: String,
    pub date: Option<DateTime>,
    pub method: CompressionMethod,
    pub unix_mode: Option<u32>,
    pub packed: Vec<u8>,
}

/// Returns the entries of an archive in order.
pub fn entries(bytes: &[u8]) -> Vec<Entry> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let entry = |index| {
        let mut entry = archive.by_index_raw(index).unwrap();
        let mut packed = Vec::new();
        entry.read_to_end(&mut packed).unwrap();
        let name = entry.name().unwrap().into_owned();
        Entry { name, date: entry.last_modified(), method: entry.compression(), unix_mode: entry.unix_mode(), packed }
    };
    (0..ZipArchive::new(Cursor::new(bytes)).unwrap().len()).map(entry).collect()
}

/// Returns the text of an entry.
pub fn entry(bytes: &[u8], name: &str) -> String {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut text = String::new();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

/// A document of Word with this body, a footnote and a header beside it.
pub fn docx(body: &str) -> Vec<u8> {
    let part = |kind: &str, inner: &str| {
        let spaces = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
            xmlns:mc=\"http://schemas.openxmlformats.org/markup-compatibility/2006\"";
        format!("<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\r\n<w:{kind} {spaces}>{inner}</w:{kind}>")
    };
    let types = "<?xml version=\"1.0\"?><Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
        <Override PartName=\"/word/footnotes.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml\"/>\
        <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/></Types>";
    let note = "<w:footnote w:id=\"1\"><w:p><w:r><w:t>A note.</w:t></w:r></w:p></w:footnote>";
    archive(&[
        ("[Content_Types].xml", types.as_bytes()),
        ("word/document.xml", part("document", &format!("<w:body>{body}<w:sectPr/></w:body>")).as_bytes()),
        ("word/footnotes.xml", part("footnotes", note).as_bytes()),
        ("word/media/image1.png", b"\x89PNG\r\n\x1a\n\x00\x01\x02"),
        ("../../escape.txt", b"nowhere"),
    ])
}

/// A document of Hangul with these paragraphs in its first section.
pub fn hwpx(body: &str) -> Vec<u8> {
    let section = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\" ?><hs:sec xmlns:hs=\"http://www.hancom.co.kr/hwpml/2011/section\" \
        xmlns:hp=\"http://www.hancom.co.kr/hwpml/2011/paragraph\">{body}</hs:sec>"
    );
    archive(&[
        ("mimetype", b"application/hwp+zip"),
        ("version.xml", b"<v/>"),
        ("Contents/header.xml", b"<h/>"),
        ("Contents/section0.xml", section.as_bytes()),
        ("Preview/PrvText.txt", b"as it was"),
    ])
}

/// A document of LibreOffice with this body.
pub fn odt(body: &str) -> Vec<u8> {
    let space = |name: &str| format!("xmlns:{name}=\"urn:oasis:names:tc:opendocument:xmlns:{name}:1.0\"");
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<office:document-content {} {} {}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
        space("office"),
        space("text"),
        space("draw")
    );
    archive(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
        ("META-INF/manifest.xml", b"<manifest/>"),
    ])
}
