//! Texts as parts of addresses (RFC 3986): what is no letter, digit, `-`, `.`, `_` or `~` of ASCII is `%` and two digits.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

const RESERVED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// Returns a text as a part of an address.
pub fn encoded(text: &str) -> String {
    utf8_percent_encode(text, RESERVED).to_string()
}

/// Returns the text of a part of an address; `None` where a `%` has no two digits behind it, or it is not UTF-8.
pub fn decoded(part: &str) -> Option<String> {
    let digits = |rest: &str| rest.bytes().take(2).filter(u8::is_ascii_hexdigit).count() == 2;
    let whole = part.split('%').skip(1).all(digits);
    whole.then(|| percent_decode_str(part).decode_utf8().ok().map(Into::into))?
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_comes_back(text in ".*") {
            let part = encoded(&text);
            prop_assert!(part.is_ascii() && !part.contains(['/', '?', '#', '&', ' ']));
            prop_assert_eq!(decoded(&part), Some(text));
        }
    }

    #[test]
    fn what_is_no_part_of_an_address_has_no_text() {
        for part in ["%", "%4", "%zz", "%FF", "a%4", "%%41"] {
            assert_eq!(decoded(part), None, "{part}");
        }
        assert_eq!(decoded("조%EB%9D%BD"), Some("조락".to_owned()));
    }
}
