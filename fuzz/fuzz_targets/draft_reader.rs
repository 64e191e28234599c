//! Any bytes under any name are read as a draft or refused; what is read keeps its places, and a change of it is read again.
#![no_main]

use libfuzzer_sys::fuzz_target;
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::draft_file::change::Change;
use tongsa::exchange::encoding::TextSource;
use tongsa::text::span::Span;

const NAMES: [&str; 8] = ["a.txt", "a.md", "a.html", "a.docx", "a.hwpx", "a.odt", "a.srt", "a.vtt"];

fuzz_target!(|input: (u8, &[u8])| {
    let (name, bytes) = (NAMES[usize::from(input.0) % NAMES.len()], input.1);
    let Ok(file) = DraftFile::read(name, TextSource::from_bytes(name, bytes.to_vec()), None, None) else { return };
    for piece in file.blocks.iter().flatten() {
        let place = file.place(*piece);
        assert!(place.start.line >= 1 && place.start.column >= 1 && place.bytes.start <= place.bytes.end);
        assert!(!piece.of(&file.text).is_empty());
    }
    let Some(piece) = file.blocks.iter().flatten().next() else { return };
    let end = file.text[piece.start..].chars().next().map_or(piece.start, |c| piece.start + c.len_utf8());
    let change = Change { span: Span::new(piece.start, end), text: "x".into() };
    if file.accepts(&change)
        && let Ok(changed) = file.with_changes(&[change])
    {
        let again = file.reread(changed);
        assert!(again.is_ok_and(|again| again.text.contains('x')), "the change cannot be read");
    }
});
