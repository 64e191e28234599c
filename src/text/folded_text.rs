//! The comparable form of a whole segment, in which the translation memory measures likeness.
//!
//! Unlike the key of a name ([`crate::text::fold`]) it keeps words apart and punctuation in place. Folded are: case; width and
//! other compatibility forms (NFKC, letter by letter); Latin diacritics; decomposed Hangul; Han variants to the simplified
//! form; quotes, apostrophes, hyphens and dashes to those of ASCII; white space to one space. Invisible characters vanish.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::text::fold::letter_without_decomposition;
use crate::text::span::Span;
use crate::text::{han, hangul};

/// Returns the folded text of a segment, trimmed.
pub fn folded_text(text: &str) -> String {
    let mut folded = String::new();
    fold_into(text, &mut folded);
    folded
}

/// Makes `folded` the folded text of a segment, in the room that it has.
pub fn fold_into(text: &str, folded: &mut String) {
    let mut out = std::mem::take(folded);
    out.clear();
    out.reserve(text.len());
    if text.is_ascii() {
        *folded = folded_ascii(text, out.into_bytes());
        return;
    }
    let mut folding = Folding { out, space: false };
    for c in text.chars() {
        folding.push(c);
    }
    *folded = folding.out;
}

/// Folds a text of ASCII, as most of English is, byte by byte.
fn folded_ascii(text: &str, mut out: Vec<u8>) -> String {
    let mut before = b' ';
    for byte in text.bytes() {
        let folded = FOLDED_ASCII[usize::from(byte)];
        if folded != b' ' || before != b' ' {
            out.push(folded);
        }
        before = folded;
    }
    out.pop_if(|last| *last == b' ');
    // ASCII has no way not to be UTF-8.
    String::from_utf8(out).unwrap_or_default()
}

/// What each byte of ASCII folds to; white space and controls to a blank.
static FOLDED_ASCII: [u8; 256] = {
    let mut folded = [b' '; 256];
    let mut byte = 0x21;
    while byte < 0x7F {
        folded[byte as usize] = if byte == b'`' { b'\'' } else { byte.to_ascii_lowercase() };
        byte += 1;
    }
    folded
};

/// A folded text that knows where each of its characters came from.
#[derive(Clone, Debug)]
pub struct FoldedPlaces {
    text: String,
    /// For each byte of the folded text, the original characters that it came from.
    places: Vec<Span>,
}

impl FoldedPlaces {
    /// Folds a text.
    pub fn new(text: &str) -> Self {
        let mut folding = Folding { out: String::with_capacity(text.len()), space: false };
        let mut places: Vec<Span> = Vec::with_capacity(text.len());
        for (start, c) in text.char_indices() {
            let end = start + c.len_utf8();
            let before = folding.out.len();
            folding.push(c);
            if folding.out.len() <= before && is_mark_or_jamo(c) {
                // A mark, or a jamo that has joined the syllable before it, widens the place of that.
                let last = folding.out.chars().next_back().map_or(0, char::len_utf8);
                let first = folding.out.len() - last;
                places.truncate(folding.out.len());
                places[first..].iter_mut().for_each(|place| place.end = end);
            }
            places.resize(folding.out.len(), Span::new(start, end));
        }
        Self { text: folding.out, places }
    }

    /// Returns the folded text.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Returns the place in the original of the bytes `start..end` of the folded text, which are not none.
    pub fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.places[start].start, self.places[end - 1].end)
    }
}

fn is_mark_or_jamo(c: char) -> bool {
    is_combining_mark(c) || ('\u{1100}'..='\u{11FF}').contains(&c)
}

struct Folding {
    out: String,
    /// Whether white space is waiting for the next character.
    space: bool,
}

impl Folding {
    fn push(&mut self, c: char) {
        match c {
            '!'..='@' | '['..='_' | 'a'..='z' | '{'..='~' | '가'..='힣' => self.put(c),
            'A'..='Z' => self.put(c.to_ascii_lowercase()),
            '\u{3400}'..='\u{9FFF}' => self.put(han::simplified(c)),
            _ if c.is_whitespace() || c.is_control() => self.space = !self.out.is_empty(),
            _ => self.push_other(c),
        }
    }

    fn push_other(&mut self, c: char) {
        match c {
            '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' => {}
            _ => match plain_mark(c) {
                Some(mark) => self.put(mark),
                None => decompose_compatible(c, |part| self.push_part(part)),
            },
        }
    }

    fn push_part(&mut self, part: char) {
        if is_combining_mark(part) || self.join_jamo(part) {
            return;
        }
        if part == ' ' {
            self.space = !self.out.is_empty();
            return;
        }
        if let Some(mark) = plain_mark(part) {
            return self.put(mark);
        }
        for lower in han::simplified(part).to_lowercase().filter(|c| !is_combining_mark(*c)) {
            match letter_without_decomposition(lower) {
                Some(plain) => plain.chars().for_each(|c| self.put(c)),
                None => self.put(lower),
            }
        }
    }

    /// Joins a vowel or a final to the Hangul before it, which is how macOS spells Hangul.
    fn join_jamo(&mut self, jamo: char) -> bool {
        let joined = self.out.chars().next_back().filter(|_| !self.space).and_then(|last| hangul::join(last, jamo));
        if let Some(joined) = joined {
            self.out.pop();
            self.out.push(joined);
        }
        joined.is_some()
    }

    fn put(&mut self, c: char) {
        if std::mem::take(&mut self.space) {
            self.out.push(' ');
        }
        self.out.push(c);
    }
}

/// Returns the mark that stands for a quote, an apostrophe, a dash or a middle dot of any shape.
fn plain_mark(c: char) -> Option<char> {
    Some(match c {
        '‘' | '’' | '‛' | 'ʼ' | '′' | '`' | '´' => '\'',
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' => '"',
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        'ㆍ' | '・' | '‧' | '•' | '･' => '·',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn writings_of_one_segment_fold_to_one_text() {
        for (written, folded) in [
            ("  Lee\u{A0}met\n Li. ", "lee met li."),
            ("“Don’t”—he said…", "\"don't\"-he said..."),
            ("Ｌｅｅ　２０２６", "lee 2026"),
            ("Café Lü Łódź", "cafe lu lodz"),
            ("\u{1109}\u{1175}\u{110C}\u{1175}\u{11AB}핑", "시진핑"),
            ("趙樂際，赵乐际", "赵乐际,赵乐际"),
            ("한ㆍ중\u{200B}", "한·중"),
            ("\u{200B} \u{FEFF}", ""),
            ("‴", "'''"),
        ] {
            assert_eq!(folded_text(written), folded, "{written}");
        }
    }

    proptest! {
        #[test]
        fn folding_twice_changes_nothing(text in "\\PC{0,30}|[가-힣\u{1100}-\u{11FF} ]{0,12}") {
            let once = folded_text(&text);
            prop_assert_eq!(folded_text(&once), once);
        }

        #[test]
        fn ascii_folds_as_other_texts_do(text in "[\0-\x7F]{0,30}") {
            let folded = folded_text(&text);
            let places = FoldedPlaces::new(&text);
            prop_assert_eq!(places.text(), &folded);
            let beside_other = folded_text(&format!("{text}가"));
            prop_assert_eq!(beside_other.trim_end_matches('가').trim_end(), folded);
        }

        #[test]
        fn every_place_is_of_characters_that_fold_to_it(text in "\\PC{0,20}|[가-힣a-zÀ-ÿ\u{300}\u{1100}-\u{11FF}  ]{0,12}") {
            let places = FoldedPlaces::new(&text);
            prop_assert_eq!(places.text(), folded_text(&text));
            for (at, c) in places.text().char_indices() {
                let own = places.span(at, at + c.len_utf8()).of(&text);
                prop_assert!(folded_text(own).contains(c) || c == ' ', "{} from {}", c, own);
            }
        }
    }
}
