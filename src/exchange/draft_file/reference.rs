//! Character references of HTML in and out.

use quick_xml::escape::resolve_html5_entity;

use crate::exchange::draft_file::transcript::Paragraph;
use crate::text::span::Span;

/// The longest name of a reference, `CounterClockwiseContourIntegral`, with room to spare.
const LONGEST_NAME: usize = 40;

/// Hands a text over piece by piece: what stands as it is read with its offset, and each reference with what it stands for.
/// What only looks like a reference, as in `AT&T`, is text.
pub(super) fn read_references(text: &str, mut piece: impl FnMut(Piece<'_>)) {
    let (mut from, mut at) = (0, 0);
    while let Some(ampersand) = text[at..].find('&').map(|found| at + found) {
        let name_start = ampersand + 1;
        let within = text.floor_char_boundary(name_start + LONGEST_NAME);
        let end = text[name_start..within].find(';').map(|length| name_start + length);
        let meant = end.and_then(|end| refer(&text[name_start..end]).map(|meant| (end + 1, meant)));
        at = name_start;
        if let Some((end, meant)) = meant {
            piece(Piece::Verbatim(&text[from..ampersand], from));
            piece(Piece::Reference(&meant, Span::new(ampersand, end)));
            (from, at) = (end, end);
        }
    }
    piece(Piece::Verbatim(&text[from..], from));
}

/// A piece of a text with references.
pub(super) enum Piece<'t> {
    /// Text as it is read, and its offset.
    Verbatim(&'t str, usize),
    /// What a reference stands for, and its place.
    Reference(&'t str, Span),
}

/// Adds a text with references that begins at an offset of the source; blanks as they stand.
pub(super) fn push_text(paragraph: &mut Paragraph, text: &str, offset: usize) {
    read_references(text, |piece| match piece {
        Piece::Verbatim(text, at) => paragraph.verbatim(text, offset + at, 0),
        Piece::Reference(meant, span) => paragraph.otherwise(meant, span.shifted(offset), 0),
    });
}

/// Returns what stands between `&` and `;` stands for.
fn refer(name: &str) -> Option<String> {
    match name.strip_prefix('#') {
        Some(number) => numbered(number).map(String::from),
        None => resolve_html5_entity(name).map(str::to_owned),
    }
}

fn numbered(number: &str) -> Option<char> {
    let (digits, radix) = number.strip_prefix(['x', 'X']).map_or((number, 10), |digits| (digits, 16));
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    match u32::from_str_radix(digits, radix).ok()? {
        // Numbers of control characters are read as Windows has them (HTML standard, 13.2.5.80).
        byte @ 0x80..=0x9F => encoding_rs::WINDOWS_1252.decode(&[byte as u8]).0.chars().next(),
        0 => None,
        number => char::from_u32(number),
    }
}

/// Returns the text as HTML has to write it between tags.
pub(super) fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}
