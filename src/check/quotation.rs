//! Where a draft quotes: words that keep the spelling of somebody else.

use crate::text::span::Span;

/// Quotation marks, and the marks around titles of works.
const PAIRS: [(char, char); 10] = [
    ('\'', '\''),
    ('“', '”'),
    ('「', '」'),
    ('『', '』'),
    ('《', '》'),
    ('〈', '〉'),
    ('«', '»'),
    ('＂', '＂'),
    ('"', '"'),
    ('‘', '’'),
];

/// Returns the inside of each quotation of a paragraph, the outermost where they nest; none that is left open.
pub fn quotations(paragraph: &str, offset: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    let mut before = ' ';
    for (at, c) in paragraph.char_indices() {
        match open {
            Some((start, close)) if c == close && closes(c, before, &paragraph[at + c.len_utf8()..]) => {
                found.push(Span::new(start, at).shifted(offset));
                open = None;
            }
            Some(_) => {}
            None => {
                let apostrophe = c == '\'' && !(before.is_whitespace() || matches!(before, '(' | '（' | '['));
                let pair = PAIRS.iter().find(|(opening, _)| *opening == c && !apostrophe);
                open = pair.map(|(_, close)| (at + c.len_utf8(), *close));
            }
        }
        before = c;
    }
    found
}

/// Returns whether a mark ends a quotation: ’ also is an apostrophe (Lee’s).
fn closes(c: char, before: char, after: &str) -> bool {
    let apostrophe =
        matches!(c, '’' | '\'') && before.is_alphabetic() && after.starts_with(|next: char| next.is_ascii_alphabetic());
    !apostrophe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_found_and_apostrophes_are_not() {
        for (text, expected) in [
            ("He said, \"Peking is far.\" And left.", &["Peking is far."][..]),
            ("그는 “조선반도의 ‘평화’를” 말했다", &["조선반도의 ‘평화’를"]),
            ("《모택동 평전》과 「책」", &["모택동 평전", "책"]),
            ("‘Lee’s plan’ is China’s", &["Lee’s plan"]),
            ("the 'Peking' of China's maps, and Lee's", &["Peking"]),
            ("an open “quotation", &[]),
        ] {
            let found: Vec<&str> = quotations(text, 0).iter().map(|span| span.of(text)).collect();
            assert_eq!(found, expected);
        }
    }
}
