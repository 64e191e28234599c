//! Drafts in every format: what is read of them, where a place lies in the file, and files with other words in them.

use std::io::Write;

use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::draft_file::change::{Change, ChangeError};
use tongsa::exchange::encoding::{ReadError, TextSource};
use tongsa::exchange::prose::DraftFormat;
use tongsa::text::span::Span;

use crate::office_files::{archive, docx, entries, entry, hwpx, odt};

fn read(name: &str, bytes: impl AsRef<[u8]>) -> Result<DraftFile, ReadError> {
    DraftFile::read(name, TextSource::from_bytes(name, bytes.as_ref().to_vec()), None, None)
}

/// Reads a draft and writes it with other words for the first place where `old` stands in its text.
fn changed(name: &str, bytes: impl AsRef<[u8]>, old: &str, new: &str) -> Result<Vec<u8>, ChangeError> {
    let file = read(name, bytes).unwrap();
    let start = file.text.find(old).unwrap();
    file.with_changes(&[Change { span: Span::new(start, start + old.len()), text: new.to_owned() }])
}

#[test]
fn office_documents_are_read_as_they_are_seen() {
    let word = docx(concat!(
        "<w:p><w:pPr><w:rPr><w:vanish/></w:rPr></w:pPr><w:r><w:t>Xi Jin</w:t></w:r><w:r><w:rPr><w:b/></w:rPr>",
        "<w:t xml:space=\"preserve\">ping &amp; </w:t></w:r><w:r><w:t xml:space=\"preserve\"> Lee</w:t><w:tab/><w:t> met </w:t><w:br/></w:r></w:p>",
        "<w:p/><w:tbl><w:tr><w:tc><w:p><w:r><w:t>cell</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
        "<w:p><w:del><w:r><w:delText>Peking</w:delText><w:t>Peking</w:t></w:r></w:del><w:ins><w:r><w:t>new</w:t></w:r></w:ins>",
        "<w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:rPr><w:vanish/></w:rPr><w:t>Peking</w:t></w:r>",
        "<w:r><w:rPr><w:vanish w:val=\"0\"/></w:rPr><w:softHyphen/><w:t>seen</w:t></w:r></w:p>",
        "<w:p><w:r><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Choice>",
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>box</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>",
        "<w:r><w:t>around</w:t></w:r></w:p>",
    ));
    let file = read("a.docx", &word).unwrap();
    assert_eq!(file.format, DraftFormat::Docx);
    let expected = "Xi Jinping &  Lee\tmet\n\n\ncell\n\nnew\u{AD}seen\n\nbox\n\naround\n\nA note.";
    assert_eq!(file.text, expected);
    let place = |text: &str| file.place(Span::new(file.text.find(text).unwrap(), file.text.len()));
    let run = place("ping").run.unwrap();
    assert_eq!((run.part, run.paragraph, run.run), ("word/document.xml", 1, 2));
    assert_eq!((place("ping").start.line, place("ping").start.column), (1, 7));
    let run = place("note").run.unwrap();
    assert_eq!((run.part, run.paragraph, run.run), ("word/footnotes.xml", 1, 1));
    assert_eq!((place("note").start.line, place("note").start.column), (6, 3));

    let hangul = hwpx(concat!(
        "<hp:p id=\"0\"><hp:run charPrIDRef=\"0\"><hp:secPr/><hp:ctrl><hp:hiddenComment><hp:subList><hp:p><hp:run><hp:t>Peking</hp:t></hp:run></hp:p>",
        "</hp:subList></hp:hiddenComment></hp:ctrl><hp:t>시진<hp:markpenBegin/>핑은<hp:nbSpace/>갔다.<hp:lineBreak/>둘<hp:deleteBegin/>셋<hp:deleteEnd/></hp:t></hp:run>",
        "<hp:run><hp:t> 끝</hp:t><hp:tbl><hp:tr><hp:tc><hp:subList><hp:p><hp:run><hp:t>표</hp:t></hp:run></hp:p></hp:subList></hp:tc></hp:tr></hp:tbl></hp:run>",
        "<hp:linesegarray><hp:lineseg/></hp:linesegarray></hp:p>",
    ));
    assert_eq!(read("a.hwpx", hangul).unwrap().text, "표\n\n시진핑은\u{A0}갔다.\n둘 끝");

    let libre = odt(concat!(
        "<office:forms/><text:tracked-changes><text:changed-region><text:deletion><text:p>Peking</text:p></text:deletion></text:changed-region></text:tracked-changes>",
        "<text:h>Head</text:h><text:p>  Xi \n Jin<text:span>ping<text:s text:c=\"2\"/></text:span> and<text:line-break/>",
        "Lee<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>A note.</text:p></text:note-body></text:note>",
        "<office:annotation><text:p>Peking</text:p></office:annotation>. </text:p>",
    ));
    assert_eq!(read("a.odt", libre).unwrap().text, "Head\n\nA note.\n\nXi Jinping   and\nLee.");
}

#[test]
fn the_body_is_found_however_the_list_of_types_is_written() {
    let word = docx("<w:p><w:r><w:t>Xi Jinping</w:t></w:r></w:p>");
    let (document, footnotes) = (entry(&word, "word/document.xml"), entry(&word, "word/footnotes.xml"));
    let kind = |kind: &str| format!("application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml");
    let (main, notes) = (kind("document.main"), kind("footnotes"));
    let note = format!("<Override PartName=\"/word/footnotes.xml\" ContentType=\"{notes}\"/>");
    for types in [
        format!("<Types><Default Extension='xml' ContentType='{main}'/>{note}</Types>"),
        format!("<Types>{note}<Override\nContentType = '{main}' PartName='/word/document.xml' />{note}</Types>"),
        format!(
            "<t:Types xmlns:t='x'><!-- <Override/> --><t:Override PartName='/word/&#100;ocument.xml' ContentType='{main}'/>{note}{note}</t:Types>"
        ),
    ] {
        let parts = [("[Content_Types].xml", &types), ("word/document.xml", &document), ("word/footnotes.xml", &footnotes)];
        let bytes = archive(&parts.map(|(name, text)| (name, text.as_bytes())));
        assert_eq!(read("a.docx", bytes).unwrap().text, "Xi Jinping\n\nA note.", "{types}");
    }
}

#[test]
fn only_the_runs_concerned_change() {
    let body = "<w:p><w:r><w:rPr><w:i/></w:rPr><w:t>Zhao </w:t></w:r><w:r><w:t xml:space=\"preserve\">Lei</w:t></w:r><w:r><w:t>ji &lt; Lee</w:t></w:r></w:p>";
    let before = docx(body);
    for (old, new, expected) in [
        ("Leiji", "Leji", "<w:t>Zhao </w:t></w:r><w:r><w:t xml:space=\"preserve\">Le</w:t></w:r><w:r><w:t>ji &lt; Lee</w:t>"),
        (
            "Leiji",
            "A&B",
            "<w:t>Zhao </w:t></w:r><w:r><w:t xml:space=\"preserve\">A&amp;B</w:t></w:r><w:r><w:t xml:space=\"preserve\"> &lt; Lee</w:t>",
        ),
        ("ji < ", "", ">Lei</w:t></w:r><w:r><w:t>Lee</w:t>"),
        ("Lee", " ", "<w:t xml:space=\"preserve\">ji &lt;  </w:t>"),
        ("<", ">", "<w:t>ji &gt; Lee</w:t>"),
    ] {
        let after = changed("a.docx", &before, old, new).unwrap();
        let document = entry(&after, "word/document.xml");
        assert!(document.contains(expected), "{old} → {new}: {document}");
        let (before, after) = (entries(&before), entries(&after));
        assert_eq!(before.len(), after.len());
        for (before, after) in before.iter().zip(&after) {
            assert_eq!((&before.name, before.date, before.method), (&after.name, after.date, after.method));
            assert_eq!(before == after, before.name != "word/document.xml", "{}", before.name);
        }
    }
    let after = changed("a.odt", odt("<text:p>Xi <text:span>Jin</text:span>ping</text:p>"), "Jinping", "Xi  Ping ").unwrap();
    assert!(
        entry(&after, "content.xml").contains("<text:span>Xi <text:s/>Ping<text:s/></text:span></text:p>"),
        "{}",
        entry(&after, "content.xml")
    );
    assert_eq!((entries(&after)[0].name.as_str(), entries(&after)[0].packed.len()), ("mimetype", 39));
}

#[test]
fn text_formats_change_at_the_place_only() {
    for (name, source, old, new, expected) in [
        ("a.html", "\u{FEFF}<p>Xi <b>Jin</b>ping\r\n&amp; Lee", "Xi Jinping & L", "Mao < R", "\u{FEFF}<p>Mao &lt; R<b></b>ee"),
        ("a.html", "<p>Zhao <b>Lei</b>ji &amp; Lee", "Leiji", "Leji", "<p>Zhao <b>Le</b>ji &amp; Lee"),
        (
            "a.srt",
            "1\r\n00:01 --> 00:02\r\n<i>습근</i>평은\r\n",
            "습근평은",
            "시진핑은",
            "1\r\n00:01 --> 00:02\r\n<i>시진핑</i>은\r\n",
        ),
        ("a.vtt", "WEBVTT\n\n00:01 --> 00:02\nR&amp;D", "R&D", "D&R", "WEBVTT\n\n00:01 --> 00:02\nD&amp;R"),
        ("a.md", "---\r\nx: 1\r\n---\r\n**Peking**\r\n", "Peking", "Beijing", "---\r\nx: 1\r\n---\r\n**Beijing**\r\n"),
    ] {
        let found = changed(name, source, old, new).unwrap();
        assert_eq!(String::from_utf8(found).unwrap(), expected, "{name}");
    }
}

#[test]
fn a_page_in_an_old_encoding_keeps_it() {
    let (page, ..) = encoding_rs::EUC_KR.encode("<meta charset=euc-kr><p>이재명 대통령이 습근평을 만났다.");
    let after = changed("a.html", &page, "습근평", "시진핑").unwrap();
    assert_eq!(encoding_rs::EUC_KR.decode(&after).0, "<meta charset=euc-kr><p>이재명 대통령이 시진핑을 만났다.");
    // A page can name a character that its encoding lacks.
    let after = changed("a.html", &page, "습근평", "习近平").unwrap();
    assert_eq!(encoding_rs::EUC_KR.decode(&after).0, "<meta charset=euc-kr><p>이재명 대통령이 &#20064;近平을 만났다.");
    // Japanese text in ISO-2022-JP is one state of the decoder, in which nothing can be put in its own bytes.
    let (japanese, ..) = encoding_rs::ISO_2022_JP.encode("<meta charset=iso-2022-jp><p>今日，小公園在北京市。");
    let source = TextSource::from_bytes("b.html", japanese.into_owned());
    let file = DraftFile::read("b.html", source, None, Some("iso-2022-jp")).unwrap();
    let start = file.text.find("小公園").unwrap();
    let change = Change { span: Span::new(start, start + "小公園".len()), text: "大公園".into() };
    assert!(matches!(file.with_changes(&[change]), Err(ChangeError::NotReproducible { .. })));
    let file = read("a.html", &page).unwrap();
    let at = file.text.find("습근평").unwrap();
    assert_eq!(file.place(Span::new(at, at + 9)).start.column, 34);
}

#[test]
fn what_others_write_at_one_place_is_escaped_and_over_markup_is_nothing() {
    for (name, source, old, expected) in [
        ("a.html", "<p>습근평은 A", "습근평은", Some("<p>R&amp;D A")),
        ("a.html", "<p>Xi\r\n Jinping&nbsp;met", "Xi Jinping\u{A0}", Some("<p>R&amp;Dmet")),
        ("a.html", "<p>습<b>근평</b>은", "습근평", None),
        ("a.html", "<p>Xi<br>Jinping", "Xi\nJinping", None),
        ("a.html", "<p>Xi<!-- -->Jinping", "XiJinping", None),
        ("a.srt", "1\n00:01 --> 00:02\n<i>습근평</i>은\n", "습근평", Some("1\n00:01 --> 00:02\n<i>R&D</i>은\n")),
        ("a.md", "습**근평**은", "습**근평", None),
        ("a.md", "**습근평**은\n갔다", "은\n갔다", Some("**습근평**R&D")),
        ("a.txt", "\u{FEFF}Xi Jinping", "Xi", Some("\u{FEFF}R&D Jinping")),
    ] {
        let file = read(name, source).unwrap();
        let start = file.text.find(old).unwrap();
        let span = Span::new(start, start + old.len());
        let written = file.replacement(span, "R&D").map(|new| {
            let bytes = file.place(span).bytes;
            format!("{}{new}{}", &source[..bytes.start], &source[bytes.end..])
        });
        assert_eq!(written.as_deref(), expected, "{source}");
    }
}

#[test]
fn comments_stand_where_they_stand_in_the_file() {
    for (name, source, expected) in [
        (
            "a.html",
            "<p>가 <!-- x -->\r\n<b>&lt;</b><script>// y</script>",
            "   가 <!-- x -->\r\n   &lt;                         ",
        ),
        (
            "a.vtt",
            "WEBVTT y\n\nNOTE x\nz\n\n00:01.000 --> 00:02.000\n<i>a</i>\n",
            "        \n\n     x\nz\n\n                       \n   a    \n",
        ),
        ("a.md", "a <!-- x -->", "a <!-- x -->"),
    ] {
        let file = read(name, source).unwrap();
        let seen = file.commented_text().replace("NOTE", "    ");
        assert_eq!(seen, expected);
        assert_eq!(seen.len(), source.len());
        for (at, c) in file.text.char_indices().filter(|(_, c)| !matches!(c, '\n' | ' ')) {
            let span = Span::new(at, at + c.len_utf8());
            assert_eq!(file.read_place(file.place(span).bytes), span, "{c}");
        }
        let end = Span::new(source.len(), source.len());
        assert!(file.read_place(end).is_empty());
        assert_eq!(file.place(Span::new(file.text.len(), file.text.len())).start.line > 1, name != "a.md");
    }
}

#[test]
fn a_change_over_a_break_is_refused() {
    for (name, bytes, old) in [
        ("a.html", b"<p>a<p>b".to_vec(), "a\n\nb"),
        ("a.html", b"a<br>b".to_vec(), "a\nb"),
        ("a.docx", docx("<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t></w:r></w:p>"), "a\nb"),
    ] {
        let error = changed(name, bytes, old, "c").unwrap_err();
        assert_eq!(error.to_string(), format!("a change of {name} goes over the end of a paragraph or line; make it by hand"));
    }
    let file = read("a.txt", "시진핑").unwrap();
    let change = |start, end| Change { span: Span::new(start, end), text: String::new() };
    for changes in [vec![change(1, 3)], vec![change(0, 30)], vec![change(3, 6), change(0, 3)], vec![change(6, 3)]] {
        assert!(matches!(file.with_changes(&changes), Err(ChangeError::Misplaced { .. })), "{changes:?}");
    }
}

#[test]
fn the_format_is_told_by_name_or_content() {
    for (name, bytes, expected) in [
        ("a.MD", b"x".to_vec(), DraftFormat::Markdown),
        ("standard input", b"\xEF\xBB\xBF\n<!DOCTYPE html>x".to_vec(), DraftFormat::Html),
        ("standard input", b"1\n00:01 --> 00:02\nx".to_vec(), DraftFormat::Srt),
        ("standard input", b"WEBVTT\n\nx".to_vec(), DraftFormat::Vtt),
        ("standard input", b"1\n2\n".to_vec(), DraftFormat::Plain),
        ("a.txt", b"<html>".to_vec(), DraftFormat::Plain),
        ("a.docx", hwpx("<hp:p/>"), DraftFormat::Hwpx),
        ("standard input", odt("<text:p>x</text:p>"), DraftFormat::Odt),
    ] {
        assert_eq!(read(name, bytes).unwrap().format, expected, "{name}");
    }
}

#[test]
fn what_cannot_be_read_is_told_with_what_to_do() {
    let stream = |name: &str| {
        let name: Vec<u8> = name.encode_utf16().flat_map(u16::to_le_bytes).collect();
        [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", name.as_slice()].concat()
    };
    let document = |xml: &str| docx(xml);
    let types = b"<Types/>".as_slice();
    let mut cut = docx("<w:p/>");
    cut.truncate(cut.len() - 30);
    for (name, bytes, expected) in [
        (
            "a.pdf",
            b"%PDF-1.7\n\x00".to_vec(),
            "is a PDF, which does not say what stands beside what; check the document that it was made from",
        ),
        ("a.txt", b"{\\rtf1 x}".to_vec(), "is RTF; save it as DOCX or as plain text and try again"),
        ("a.docx", stream("EncryptedPackage"), "is closed with a password; save it without one and try again"),
        ("a.doc", stream("WordDocument"), "is a document of Word 97 to 2003; save it as .docx and try again"),
        (
            "a.hwp",
            stream("HwpSummaryInformation"),
            "is a document of Hangul in the binary format; save it as .hwpx and try again",
        ),
        (
            "a.hwp",
            b"HWP Document File V3.00 \x1a\x01".to_vec(),
            "is a document of Hangul in the binary format; save it as .hwpx and try again",
        ),
        ("a.xls", stream("Workbook"), "is in a binary format of Microsoft Office; save it as .docx and try again"),
        (
            "a.docx",
            b"Xi Jinping".to_vec(),
            "is called DOCX, but is no archive as DOCX is one; give it the ending of what it is, such as .txt",
        ),
        ("a.docx", cut, "is a damaged archive ("),
        (
            "a.docx",
            archive(&[("[Content_Types].xml", types), ("xl/workbook.xml", types)]),
            "is a spreadsheet, and no running text",
        ),
        ("a.zip", archive(&[("a.txt", types)]), "is an archive, but no DOCX, HWPX or ODT; unpack it and name the drafts in it"),
        (
            "a.docx",
            archive(&[("[Content_Types].xml", types), ("word/x.xml", types)]),
            "is a damaged archive (the part with the text is not in it)",
        ),
        ("a.docx", document("<w:p><w:r>"), "is damaged in word/document.xml: "),
        (
            "a.docx",
            document("<w:p><w:r><w:t>&lol;</w:t></w:r></w:p>"),
            "is damaged in word/document.xml: the entity `&lol;` is not defined; ",
        ),
        (
            "a.odt",
            archive(&[
                ("mimetype", b"application/vnd.oasis.opendocument.text"),
                ("META-INF/manifest.xml", b"<encryption-data/>"),
            ]),
            "is closed with a password; save it without one and try again",
        ),
        (
            "a.hwpx",
            archive(&[("mimetype", b"application/hwp+zip"), ("META-INF/manifest.xml", b"<odf:encryption-data/>")]),
            "is closed with a password; save it without one and try again",
        ),
        (
            "a.txt",
            b"PNG\x00\x01".to_vec(),
            "is not a text file (it has zero bytes in it); save it as text or CSV and try again",
        ),
        ("a.html", b"".to_vec(), "is empty; there is nothing to read"),
        ("a.docx", b"".to_vec(), "is empty; there is nothing to read"),
    ] {
        let said = read(name, bytes).unwrap_err().to_string();
        assert!(said.starts_with(&format!("{name} {expected}")), "{said}");
    }
}

#[test]
fn archives_that_lie_or_are_locked_are_not_opened() {
    // The sizes of an entry stand twice: at 22 in the header before it, at 24 in the list at the end, as its flags at 6 and 8.
    let patched = |bytes: &[u8], (before, listed): (usize, usize), value: u8| {
        let mut bytes = bytes.to_vec();
        for (signature, offset) in [(b"PK\x03\x04", before), (b"PK\x01\x02", listed)] {
            let headers: Vec<usize> = (0..bytes.len() - 4).filter(|at| bytes[*at..].starts_with(signature)).collect();
            headers.into_iter().for_each(|at| bytes[at + offset] = value);
        }
        bytes
    };
    let document = docx("<w:p><w:r><w:t>Xi Jinping</w:t></w:r></w:p>");
    let said = |bytes| read("a.docx", bytes).unwrap_err().to_string();
    assert_eq!(said(patched(&document, (6, 8), 1)), "a.docx is closed with a password; save it without one and try again");
    let lie = said(patched(&document, (22, 24), 1));
    assert_eq!(
        lie,
        "a.docx is a damaged archive (File is larger than its declared uncompressed size); open it in the program that wrote it, and save it again"
    );
}

#[test]
fn bombs_are_not_opened() {
    let lol =
        "<!DOCTYPE d [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]><office:x xmlns:office=\"x\">&b;</office:x>";
    let entities = archive(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", lol.as_bytes())]);
    let said = read("a.odt", entities).unwrap_err().to_string();
    assert!(said.contains("it has a document type, whose entities are never expanded"), "{said}");

    let types = b"<Types/>".as_slice();
    let blanks = vec![b' '; 40 << 20];
    let said =
        read("a.docx", archive(&[("[Content_Types].xml", types), ("word/document.xml", &blanks)])).unwrap_err().to_string();
    assert_eq!(
        said,
        "a.docx unpacks to more than a document holds (a part is 200 times as large as it is packed); it is not opened"
    );

    let deep = docx(&"<w:x>".repeat(2_000));
    let said = read("a.docx", deep).unwrap_err().to_string();
    assert!(said.contains("its elements lie more than 1,000 deep in each other"), "{said}");

    let mut many = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    for entry in 0..20_001 {
        many.start_file(format!("{entry}"), zip::write::SimpleFileOptions::default()).unwrap();
        many.write_all(b"x").unwrap();
    }
    let said = read("a.docx", many.finish().unwrap().into_inner()).unwrap_err().to_string();
    assert_eq!(said, "a.docx unpacks to more than a document holds (it has more than 20,000 entries); it is not opened");
}
