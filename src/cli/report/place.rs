//! Places as other programs count them: lines from 1, columns in UTF-8 bytes or UTF-16 code units, paths as URIs.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use tongsa::exchange::draft_file::DraftFile;
use tongsa::text::line_index::{ColumnUnit, LineColumn};
use tongsa::text::span::Span;

/// What a path has no right to in an address: all but letters, digits, `/`, `-`, `.`, `_` and `~`.
const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// Returns where a place of a draft begins and ends, both from 1, the end one column behind its last character.
pub fn range(file: &DraftFile, span: Span, unit: ColumnUnit) -> (LineColumn, LineColumn) {
    let place = file.place_in(span, unit);
    (place.start, place.end)
}

/// Returns a path with `/` between its parts, as programs on all systems read it.
pub fn slashed(path: &str) -> String {
    if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() }
}

/// Returns a path as a URI reference (RFC 3986): relative as given, absolute with the scheme `file`.
pub fn uri(path: &str) -> String {
    let path = slashed(path);
    let mut uri = String::with_capacity(path.len() + 8);
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if path.as_bytes().get(1) == Some(&b':') && cfg!(windows) {
        uri.push_str("file:///");
    }
    uri.extend(utf8_percent_encode(&path, RESERVED));
    uri
}

#[cfg(test)]
mod tests {
    use super::*;
    use tongsa::exchange::prose::DraftFormat;

    #[test]
    fn columns_are_counted_in_each_unit() {
        let text = "첫 줄\n漢𠮷😀 Peking\r\n끝";
        let file = DraftFile::of_text("draft.txt", text, DraftFormat::Plain);
        let start = text.find("Peking").unwrap();
        let span = Span::new(start, start + "Peking".len());
        for (unit, from, to) in [(ColumnUnit::Utf8, 13, 19), (ColumnUnit::Utf16, 7, 13)] {
            let (start, end) = range(&file, span, unit);
            assert_eq!((start.line, start.column, end.line, end.column), (2, from, 2, to), "{unit:?}");
        }
        let first = range(&file, Span::new(0, 3), ColumnUnit::Utf8);
        assert_eq!((first.0.column, first.1.column), (1, 4));
    }

    #[test]
    fn a_place_ends_before_the_markup_behind_it() {
        let page = "<p>이재명이 <b>습근평</b>을 &amp; 습<i>근평</i>을";
        let file = DraftFile::of_text("draft.html", page, DraftFormat::Html);
        for ((start, _), expected) in file.text.match_indices("습근평").zip([("습근평", 20, 29), ("습<i>근평", 43, 55)])
        {
            let span = Span::new(start, start + "습근평".len());
            let (start, end) = range(&file, span, ColumnUnit::Utf8);
            assert_eq!((&page[start.column - 1..end.column - 1], start.column, end.column), expected);
            let (start, end) = range(&file, span, ColumnUnit::Utf16);
            let place = file.place(span);
            assert_eq!((start, end), (place.start, place.end));
        }
    }

    #[test]
    fn paths_are_uris() {
        for (path, expected) in [
            ("stories/visit.md", "stories/visit.md"),
            ("기사 1.md", "%EA%B8%B0%EC%82%AC%201.md"),
            ("a:b%?#.md", "a%3Ab%25%3F%23.md"),
            ("/tmp/x.md", "file:///tmp/x.md"),
            ("-", "-"),
        ] {
            assert_eq!(uri(path), expected);
        }
    }
}
