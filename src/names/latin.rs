//! A name in Latin letters, as its letters and the places where it is written apart.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// No name is longer, in letters.
const LONGEST: usize = 64;

/// The lower-case letters of a name without marks (`ü` as `v`), with the places where a space or a hyphen stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LatinName {
    letters: String,
    /// Places in `letters` before which a hyphen or a space stands, in order.
    breaks: Vec<usize>,
    /// Places in `letters` where a word begins, without the first.
    words: Vec<usize>,
    family_first: bool,
}

impl LatinName {
    /// Reads a name; `None` where it holds other letters or digits, none, or more than 64.
    ///
    /// A comma after the first word says that the family name stands first. Apostrophes and breves are dropped: Ch'oe is
    /// written like Choe, and Xi'an like Xian.
    pub fn parse(text: &str) -> Option<Self> {
        let mut name = Self::default();
        let mut after_u = false;
        for c in text.nfkd() {
            match c {
                '\u{308}' | ':' | '\u{A8}' if after_u => {
                    name.letters.pop();
                    name.letters.push('v');
                }
                'a'..='z' | 'A'..='Z' => name.letters.push(c.to_ascii_lowercase()),
                _ if is_combining_mark(c) => continue,
                _ if c.is_alphanumeric() => return None,
                ',' if name.words.is_empty() => name.family_first = !name.letters.is_empty(),
                _ if c.is_whitespace() => name.add_break(true),
                '-' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{B7}' | '_' => name.add_break(false),
                _ => {}
            }
            after_u = matches!(c, 'u' | 'U');
            if name.letters.len() > LONGEST {
                return None;
            }
        }
        name.breaks.retain(|at| *at < name.letters.len());
        name.words.retain(|at| *at < name.letters.len());
        (!name.letters.is_empty()).then_some(name)
    }

    fn add_break(&mut self, word: bool) {
        let at = self.letters.len();
        if at == 0 {
            return;
        }
        if self.breaks.last() != Some(&at) {
            self.breaks.push(at);
        }
        if word && self.words.last() != Some(&at) {
            self.words.push(at);
        }
    }

    /// Returns the letters.
    pub fn letters(&self) -> &str {
        &self.letters
    }

    /// Returns whether a space or a hyphen stands before the letter at `at`.
    pub fn breaks_at(&self, at: usize) -> bool {
        self.breaks.binary_search(&at).is_ok()
    }

    /// Returns whether a space or a hyphen stands inside the letters from `start` to `end`.
    pub fn breaks_within(&self, start: usize, end: usize) -> bool {
        let next = self.breaks.partition_point(|at| *at <= start);
        self.breaks.get(next).is_some_and(|at| *at < end)
    }

    /// Returns how many pieces the name is written in.
    pub fn pieces(&self) -> usize {
        self.breaks.len() + 1
    }

    /// Returns the words.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        let starts = std::iter::once(0).chain(self.words.iter().copied());
        let ends = self.words.iter().copied().chain(std::iter::once(self.letters.len()));
        starts.zip(ends).map(|(start, end)| &self.letters[start..end])
    }

    /// Returns the name in the orders in which it may be meant, the family name first: as it is written, and, where it has
    /// more than one word and no comma, with the last word first.
    pub fn orders(&self) -> Vec<Self> {
        let mut orders = vec![self.clone()];
        if let Some(last) = self.words.last().copied().filter(|_| !self.family_first) {
            orders.push(self.turned(last));
        }
        orders
    }

    /// Returns the name with the letters from `last` on put first.
    fn turned(&self, last: usize) -> Self {
        let length = self.letters.len();
        let letters = format!("{}{}", &self.letters[last..], &self.letters[..last]);
        let turn = |places: &[usize]| -> Vec<usize> {
            let moved =
                places.iter().filter(|at| **at != last).map(|at| if *at > last { at - last } else { at + length - last });
            let mut turned: Vec<usize> = moved.chain(std::iter::once(length - last)).collect();
            turned.sort_unstable();
            turned
        };
        Self { letters, breaks: turn(&self.breaks), words: turn(&self.words), family_first: true }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_is_letters_and_breaks() {
        for (text, letters, pieces) in [
            ("Lee Jae-myung", "leejaemyung", 3),
            ("LEE, Jae\u{2011}Myung", "leejaemyung", 3),
            ("Hsi Chin-p'ing", "hsichinping", 3),
            ("Chŏng Tong-yŏng", "chongtongyong", 3),
            ("Lü Xiulian", "lvxiulian", 2),
            ("Lu: Xiulian", "lvxiulian", 2),
            ("Zhào Lèjì", "zhaoleji", 2),
            ("-Xi-", "xi", 1),
        ] {
            let name = LatinName::parse(text).unwrap();
            assert_eq!((name.letters(), name.pieces()), (letters, pieces), "{text}");
        }
        for text in ["", "…", "시진핑", "Xi 2", &"x".repeat(65)] {
            assert_eq!(LatinName::parse(text), None, "{text}");
        }
    }

    #[test]
    fn orders_put_either_end_first() {
        let orders = |text: &str| -> Vec<String> {
            let orders = LatinName::parse(text).unwrap().orders();
            orders.iter().map(|name| name.words().collect::<Vec<_>>().join(" ")).collect()
        };
        assert_eq!(orders("Jae-myung Lee"), ["jaemyung lee", "lee jaemyung"]);
        assert_eq!(orders("Lee, Jae-myung"), ["lee jaemyung"]);
        assert_eq!(orders("Suk Yeol Yoon"), ["suk yeol yoon", "yoon suk yeol"]);
        assert_eq!(orders("Pele"), ["pele"]);
        let turned = &LatinName::parse("Jae-myung Lee").unwrap().orders()[1];
        assert!(turned.breaks_at(3) && turned.breaks_at(6) && !turned.breaks_at(5) && turned.breaks_within(2, 4));
    }
}
