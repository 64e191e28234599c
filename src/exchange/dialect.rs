//! Which character separates the cells of a file, from its first lines.

/// The separators that spreadsheets write.
const SEPARATORS: [u8; 4] = [b',', b'\t', b';', b'|'];

/// Returns the separator that gives the first lines the most cells, the same number in each.
pub fn separator(beginning: &str) -> u8 {
    let score = |separator: u8| {
        let mut reader =
            csv::ReaderBuilder::new().delimiter(separator).has_headers(false).flexible(true).from_reader(beginning.as_bytes());
        let widths: Vec<usize> = reader.records().take(50).map_while(Result::ok).map(|record| record.len()).collect();
        let first = widths.first().copied().unwrap_or(0);
        let same = widths.iter().filter(|width| **width == first).count();
        if first < 2 { 0 } else { same * 1000 / widths.len().max(1) * 100 + first.min(99) }
    };
    // The first of equals: a comma where nothing speaks for another.
    let mut best = SEPARATORS[0];
    for separator in &SEPARATORS[1..] {
        if score(*separator) > score(best) {
            best = *separator;
        }
    }
    best
}

/// Reads a separator as people write it, or returns one sentence on how they do.
pub fn parse_separator(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        b"tab" | b"\\t" => Ok(b'\t'),
        [one] if !one.is_ascii_alphanumeric() && *one != b'"' => Ok(*one),
        _ => Err("a separator is one character such as , or ; or the word tab".into()),
    }
}

/// Returns the name of a separator for people.
pub fn name(separator: u8) -> &'static str {
    match separator {
        b',' => "comma",
        b'\t' => "tab",
        b';' => "semicolon",
        b'|' => "bar",
        _ => "other",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_are_told_by_even_rows() {
        for (text, expected) in [
            ("en,ko\na,b\n", b','),
            ("en;ko\n\"a;x\";b\nc, d;e\n", b';'),
            ("en\tko\na, b\tc\n", b'\t'),
            ("en,ko\nMinistry of Trade; Industry,x\n", b','),
            ("only one column\n", b','),
            ("", b','),
            ("en;ko,x\na;b\n", b';'),
        ] {
            assert_eq!(separator(text), expected, "{text:?}");
        }
    }
}
