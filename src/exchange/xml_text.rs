//! Text inside XML: escapes and references in and out, and the characters that XML 1.0 cannot hold.

use std::borrow::Cow;

/// Returns whether XML 1.0 can hold a character (production 2, `Char`).
pub(super) fn is_legal(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{B}' | '\u{C}' | '\u{E}'..='\u{1F}' | '\u{FFFE}' | '\u{FFFF}')
}

/// Returns the text without the characters that XML cannot hold.
pub(super) fn legal(text: &str) -> Cow<'_, str> {
    // All but two of the illegal ones are control characters; most texts have neither.
    let suspicious = text.bytes().fold(false, |before, byte| before | (byte < 0x20) | (byte == 0xEF));
    let clean = !suspicious || text.chars().all(is_legal);
    if clean { Cow::Borrowed(text) } else { text.chars().filter(|c| is_legal(*c)).collect::<String>().into() }
}

/// Appends text as the content of an element. A carriage return is written as a reference, since a reader of XML would make a
/// line feed of it; characters that XML cannot hold are left out.
pub fn escape_content(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '\r' => out.push_str("&#13;"),
            c if is_legal(c) => out.push(c),
            _ => {}
        }
    }
}

/// Appends text as the value of an attribute in double quotes.
pub fn escape_value(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            c => escape_content(out, c.encode_utf8(&mut [0; 4])),
        }
    }
}

/// Appends ` name="value"`, with the value escaped.
pub fn write_attribute(out: &mut String, name: &str, value: &str) {
    out.push(' ');
    out.push_str(name);
    out.push_str("=\"");
    escape_value(out, value);
    out.push('"');
}

/// What a reference stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Referred {
    /// A character.
    Character(char),
    /// A character that XML cannot hold: programs write `&#x1F;` all the same, and nobody misses it.
    Illegal,
    /// Nothing: the entity is not one of the five that XML defines.
    Unknown,
}

/// Resolves what stands between `&` and `;`. Only the predefined entities and numbers are known; no document can define more.
pub(super) fn refer(name: &str) -> Referred {
    let character = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return numbered(name),
    };
    Referred::Character(character)
}

fn numbered(name: &str) -> Referred {
    let Some(digits) = name.strip_prefix('#') else { return Referred::Unknown };
    let (digits, radix) = digits.strip_prefix('x').map_or((digits, 10), |digits| (digits, 16));
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return Referred::Unknown;
    }
    let character = u32::from_str_radix(digits, radix).ok().and_then(char::from_u32);
    character.filter(|c| is_legal(*c)).map_or(Referred::Illegal, Referred::Character)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_resolved() {
        for (name, expected) in [
            ("amp", Referred::Character('&')),
            ("#x1F600", Referred::Character('😀')),
            ("#51088", Referred::Character('자')),
            ("#x1f", Referred::Illegal),
            ("#0", Referred::Illegal),
            ("#xD800", Referred::Illegal),
            ("#99999999999", Referred::Illegal),
            ("#+5", Referred::Unknown),
            ("#x", Referred::Unknown),
            ("nbsp", Referred::Unknown),
            ("", Referred::Unknown),
        ] {
            assert_eq!(refer(name), expected, "{name}");
        }
    }

    #[test]
    fn what_xml_cannot_hold_is_not_written() {
        let mut out = String::new();
        escape_content(&mut out, "a\u{0}\u{1F}<b>&\r\n\t\u{FFFE}\"가");
        assert_eq!(out, "a&lt;b&gt;&amp;&#13;\n\t\"가");
        out.clear();
        write_attribute(&mut out, "x", "\u{7}\"1\"\n");
        assert_eq!(out, " x=\"&quot;1&quot;&#10;\"");
        assert_eq!(legal("\u{1}가\u{FFFF}\u{FEFF}"), "가\u{FEFF}");
    }
}
