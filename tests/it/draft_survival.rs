//! Drafts of any content in any format: what is written is read, a change is that change, and broken files break nothing.

use proptest::prelude::*;
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::draft_file::change::Change;
use tongsa::exchange::encoding::TextSource;
use tongsa::exchange::prose::DraftFormat;
use tongsa::text::span::Span;

use crate::office_files::{docx, hwpx, odt};

/// A paragraph: words with single blanks between them, some cut into runs. The signs are those that markup escapes.
fn paragraph() -> impl Strategy<Value = Vec<String>> {
    proptest::collection::vec("[가-갛a-c&<>習近]{1,3}( [가-갛a-c&;]{1,3})?", 1..4)
}

fn paragraphs() -> impl Strategy<Value = Vec<Vec<String>>> {
    proptest::collection::vec(paragraph(), 1..4)
}

/// The formats that are written here, with what stands in them for `<` and `&`, and how runs and paragraphs are marked.
fn written(format: DraftFormat, paragraphs: &[Vec<String>]) -> Vec<u8> {
    let escape = |run: &String| run.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
    let marked = |paragraph: (&str, &str), run: (&str, &str)| -> String {
        let paragraphs = paragraphs.iter().map(|runs| {
            let runs: String = runs.iter().map(|text| format!("{}{}{}", run.0, escape(text), run.1)).collect();
            format!("{}{runs}{}", paragraph.0, paragraph.1)
        });
        paragraphs.collect()
    };
    match format {
        DraftFormat::Docx => docx(&marked(("<w:p>", "</w:p>"), ("<w:r><w:t>", "</w:t></w:r>"))),
        DraftFormat::Hwpx => hwpx(&marked(("<hp:p>", "</hp:p>"), ("<hp:run><hp:t>", "</hp:t></hp:run>"))),
        DraftFormat::Odt => odt(&marked(("<text:p>", "</text:p>"), ("<text:span>", "</text:span>"))),
        DraftFormat::Vtt => {
            format!("WEBVTT\n\n{}", marked(("00:01.000 --> 00:02.000\n", "\n\n"), ("<i>", "</i>"))).into_bytes()
        }
        DraftFormat::Html => marked(("<p>", "</p>\r\n "), ("<b>", "</b>")).into_bytes(),
        DraftFormat::Srt => {
            let cues = paragraphs.iter().map(|runs| format!("1\r\n00:00:01,000 --> 00:00:02,000\r\n{}\r\n\r\n", runs.concat()));
            cues.collect::<String>().into_bytes()
        }
        _ => paragraphs.iter().map(|runs| runs.concat()).collect::<Vec<_>>().join("\n\n").into_bytes(),
    }
}

const FORMATS: [(&str, DraftFormat); 8] = [
    ("a.txt", DraftFormat::Plain),
    ("a.md", DraftFormat::Markdown),
    ("a.html", DraftFormat::Html),
    ("a.docx", DraftFormat::Docx),
    ("a.hwpx", DraftFormat::Hwpx),
    ("a.odt", DraftFormat::Odt),
    ("a.srt", DraftFormat::Srt),
    ("a.vtt", DraftFormat::Vtt),
];

fn read(name: &str, bytes: Vec<u8>) -> Option<DraftFile> {
    DraftFile::read(name, TextSource::from_bytes(name, bytes), None, None).ok()
}

/// Returns what is read of the paragraphs; the document of Word has a note of its own.
fn expected(format: DraftFormat, paragraphs: &[Vec<String>]) -> String {
    let mut texts: Vec<String> = paragraphs.iter().map(|runs| runs.concat()).collect();
    if format == DraftFormat::Docx {
        texts.push("A note.".into());
    }
    texts.join("\n\n")
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn what_is_written_is_read_and_a_change_is_that_change(
        paragraphs in paragraphs(), nth in 0usize..4, from in 0.0..1.0, to in 0.0..1.0, new in "[가-갛a-c&<>近]{1,4}",
    ) {
        for (name, format) in FORMATS {
            // SRT has no way to write a `<` before a letter.
            let plain = |text: &str| if format == DraftFormat::Srt { text.replace(['<', '>'], "b") } else { text.to_owned() };
            let paragraphs: Vec<Vec<String>> = paragraphs.iter().map(|runs| runs.iter().map(|run| plain(run)).collect()).collect();
            let new = plain(&new);
            let file = read(name, written(format, &paragraphs)).unwrap();
            prop_assert_eq!(&file.text, &expected(format, &paragraphs), "{}", name);

            let chosen = nth % paragraphs.len();
            let start: usize = paragraphs[..chosen].iter().map(|runs| runs.concat().len() + 2).sum();
            let text = paragraphs[chosen].concat();
            let offset = |share: f64| start + text.floor_char_boundary((share * text.len() as f64) as usize);
            let span = Span::new(offset(from).min(offset(to)), offset(from).max(offset(to)));
            let changed = file.with_changes(&[Change { span, text: new.clone() }]).unwrap();
            let again = read(name, changed).unwrap();
            let wanted = format!("{}{new}{}", &file.text[..span.start], &file.text[span.end..]);
            prop_assert_eq!(&again.text, &wanted, "{}", name);
        }
    }

    #[test]
    fn places_lie_where_the_words_are(paragraphs in paragraphs(), from in 0.0..1.0) {
        for (name, format) in FORMATS {
            let bytes = written(format, &paragraphs);
            let source = String::from_utf8_lossy(&bytes).into_owned();
            let file = read(name, bytes).unwrap();
            let start = file.text.floor_char_boundary((from * file.text.len() as f64) as usize);
            let Some(c) = file.text[start..].chars().next().filter(|c| c.is_alphanumeric()) else { continue };
            let place = file.place(Span::new(start, start + c.len_utf8()));
            prop_assert!(place.start.line >= 1 && place.start.column >= 1 && place.end.line == place.start.line);
            prop_assert_eq!(place.run.is_some(), format.is_archive());
            if !format.is_archive() {
                prop_assert!(source[place.bytes.start..place.bytes.end].starts_with(c), "{}", name);
            }
        }
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in proptest::collection::vec(any::<u8>(), 0..200), markup in "([<>&;!/='\"{}a-c가0-9 \r\n-]|<!--|-->|&#|&lt;|<p|</p>|<pre>|hidden|<script>){0,60}") {
        for (name, _) in FORMATS {
            for bytes in [bytes.clone(), markup.clone().into_bytes(), [b"PK\x03\x04", bytes.as_slice()].concat()] {
                let Some(file) = read(name, bytes) else { continue };
                for block in &file.blocks {
                    for piece in block {
                        file.place(*piece);
                    }
                }
                let whole = file.blocks.iter().flatten().map(|piece| Change { span: *piece, text: "가&<".into() }).collect::<Vec<_>>();
                if let Ok(changed) = file.with_changes(&whole) {
                    prop_assert!(!changed.is_empty());
                }
            }
        }
    }

    #[test]
    fn a_damaged_archive_is_read_or_refused(
        paragraphs in paragraphs(), damage in proptest::collection::vec((0.0..1.0, any::<u8>()), 1..6), cut in 0.0..2.0,
    ) {
        for (name, format) in FORMATS.into_iter().filter(|(_, format)| format.is_archive()) {
            let mut bytes = written(format, &paragraphs);
            let length = bytes.len();
            for (at, byte) in &damage {
                bytes[(at * length as f64) as usize] = *byte;
            }
            bytes.truncate((cut * length as f64) as usize);
            let Some(file) = read(name, bytes) else { continue };
            let change = Change { span: Span::new(0, 0), text: "가".into() };
            if let Ok(changed) = file.with_changes(&[change]) {
                prop_assert!(!changed.is_empty());
            }
        }
    }
}
