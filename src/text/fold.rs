//! Comparable text: the letters and digits of a text without case, width, marks and script variants, each with the place
//! it came from and with what stood before it.
//!
//! What is folded: case; full and half width and other compatibility forms (NFKC, letter by letter); Latin diacritics;
//! decomposed Hangul; Han characters to the simplified form (`han`). Spaces, hyphens, apostrophes, middle dots and other
//! punctuation are no letters: they are kept as the [`Gap`] before the next letter. What is shown to people is always the
//! original text.

use unicode_normalization::char::{decompose_compatible, is_combining_mark};

use crate::text::span::Span;
use crate::text::{han, hangul};

/// What stands before a letter, from the least to the most separating.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gap {
    /// Nothing, or only invisible characters and the full stops of an acronym.
    None,
    /// Hyphens, apostrophes, middle dots.
    Mark,
    /// White space, perhaps with marks.
    Space,
    /// Other punctuation: a name does not go on across it, unless it is written with it.
    Hard,
}

/// One folded letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Letter {
    /// The letter to compare.
    pub c: char,
    /// What stands before it.
    pub gap: Gap,
    start: u32,
    len: u8,
}

impl Letter {
    /// Returns the first byte of the original character.
    pub fn start(&self) -> usize {
        self.start as usize
    }

    /// Returns the byte after the original character and its combining marks.
    pub fn end(&self) -> usize {
        self.start as usize + usize::from(self.len)
    }
}

/// The folded letters of one block of text. Offsets are bytes of the text that was pushed, below 4 GiB.
#[derive(Clone, Debug)]
pub struct Folded {
    letters: Vec<Letter>,
    pending: Gap,
    /// How many letters the current word has, and whether it is an acronym with full stops.
    word: usize,
    dotted: bool,
}

impl Default for Folded {
    fn default() -> Self {
        Self { letters: Vec::new(), pending: Gap::Hard, word: 0, dotted: false }
    }
}

impl Folded {
    /// Folds one text.
    pub fn new(text: &str) -> Self {
        let mut folded = Self::default();
        folded.push(text, 0);
        folded
    }

    /// Empties the block, keeping its memory.
    pub fn clear(&mut self) {
        self.letters.clear();
        (self.pending, self.word, self.dotted) = (Gap::Hard, 0, false);
    }

    /// Adds a further piece of the block, which begins at byte `offset` of the original.
    pub fn push(&mut self, text: &str, offset: usize) {
        let mut rest = text.char_indices().peekable();
        while let Some((at, c)) = rest.next() {
            let next = rest.peek().map(|(_, next)| *next);
            self.push_char(c, offset + at, next);
        }
    }

    /// Returns the letters.
    pub fn letters(&self) -> &[Letter] {
        &self.letters
    }

    /// Returns the place of the letters `from..to` in the original, from the first to the end of the last.
    pub fn span(&self, from: usize, to: usize) -> Span {
        Span::new(self.letters[from].start(), self.letters[to - 1].end())
    }

    /// Returns the letters `from..to` as a key.
    pub fn key(&self, from: usize, to: usize) -> String {
        self.letters[from..to].iter().map(|letter| letter.c).collect()
    }

    fn push_char(&mut self, c: char, start: usize, next: Option<char>) {
        match c {
            'a'..='z' | '0'..='9' => self.letter(c, start, 1),
            'A'..='Z' => self.letter(c.to_ascii_lowercase(), start, 1),
            '가'..='힣' => self.letter(c, start, 3),
            '\u{3400}'..='\u{9FFF}' => self.letter(han::simplified(c), start, 3),
            '.' => self.full_stop(next),
            _ => match separator(c) {
                Some(gap) => self.separate(gap),
                None => self.push_other(c, start),
            },
        }
    }

    /// Full stops inside an acronym (N.P.C.) vanish, between digits they are marks, elsewhere they end a sentence.
    fn full_stop(&mut self, next: Option<char>) {
        let inside = next.is_some_and(char::is_alphanumeric) && self.pending == Gap::None;
        let last = self.letters.last().map(|letter| letter.c);
        if inside && (self.word == 1 || self.dotted) && last.is_some_and(|c| c.is_ascii_alphabetic()) {
            self.dotted = true;
            self.word = 0;
        } else if inside && last.is_some_and(|c| c.is_ascii_digit()) && next.is_some_and(|c| c.is_ascii_digit()) {
            self.separate(Gap::Mark);
        } else {
            self.separate(Gap::Hard);
        }
    }

    fn separate(&mut self, gap: Gap) {
        self.pending = self.pending.max(gap);
        if gap != Gap::None {
            (self.word, self.dotted) = (0, false);
        }
    }

    fn push_other(&mut self, c: char, start: usize) {
        let len = c.len_utf8() as u8;
        if is_combining_mark(c) {
            return self.lengthen(start, len);
        }
        let mut any = false;
        decompose_compatible(c, |part| {
            if part.is_alphanumeric() && !is_combining_mark(part) {
                any = true;
                han::simplified(part).to_lowercase().for_each(|lower| match letter_without_decomposition(lower) {
                    Some(plain) => plain.chars().for_each(|c| self.letter(c, start, len)),
                    None => self.letter(lower, start, len),
                });
            }
        });
        if !any {
            self.separate(Gap::Hard);
        }
    }

    fn letter(&mut self, c: char, start: usize, len: u8) {
        let gap = std::mem::replace(&mut self.pending, Gap::None);
        if gap == Gap::None && ('\u{1161}'..='\u{11C2}').contains(&c) && self.join_jamo(c, start, len) {
            return;
        }
        self.word += 1;
        self.letters.push(Letter { c, gap, start: start as u32, len });
    }

    /// Joins a vowel or a final to the Hangul before it, which is how macOS spells Hangul in file names and copied text.
    fn join_jamo(&mut self, jamo: char, start: usize, len: u8) -> bool {
        let Some(last) = self.letters.last_mut() else { return false };
        let Some(joined) = hangul::join(last.c, jamo) else { return false };
        last.c = joined;
        self.lengthen(start, len);
        true
    }

    /// Counts a combining mark to the letter before it.
    fn lengthen(&mut self, start: usize, len: u8) {
        if let Some(last) = self.letters.last_mut()
            && last.end() == start
        {
            last.len = last.len.saturating_add(len);
        }
    }
}

/// Returns the folded letters of `text` without anything between them: the form in which names are compared.
pub fn key(text: &str) -> String {
    Folded::new(text).letters.iter().map(|letter| letter.c).collect()
}

/// Returns what a character separates, or `None` for a letter, a digit or a mark upon one.
fn separator(c: char) -> Option<Gap> {
    Some(match c {
        '\u{AD}' | '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FEFF}' | '\u{FE00}'..='\u{FE0F}' => Gap::None,
        '-' | '\u{2010}'..='\u{2013}' | '\u{2212}' | '\u{FE63}' | '\u{FF0D}' => Gap::Mark,
        '\'' | '’' | '‘' | 'ʼ' | '′' | '`' | '´' | '＇' => Gap::Mark,
        '·' | 'ㆍ' | '・' | '‧' | '•' | '･' => Gap::Mark,
        c if c.is_whitespace() => Gap::Space,
        c if c.is_ascii() || ('\u{2014}'..='\u{206F}').contains(&c) || ('\u{3001}'..='\u{3004}').contains(&c) => Gap::Hard,
        _ => return None,
    })
}

/// Small Latin letters that stand for others without decomposing in Unicode.
pub(super) fn letter_without_decomposition(c: char) -> Option<&'static str> {
    Some(match c {
        'đ' | 'ð' => "d",
        'ø' => "o",
        'ł' => "l",
        'ı' => "i",
        'ß' => "ss",
        'æ' => "ae",
        'œ' => "oe",
        'þ' => "th",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        for (expected, spellings) in [
            (
                "leejaemyung",
                &[
                    "Lee Jae-myung",
                    "Lee Jae Myung",
                    "LEE JaeMyung",
                    "Lee Jae\u{2011}myung",
                    "Lee Jae\u{2013}myung",
                    "Lee\u{A0}Jae-\nmyung",
                    "Lee Jae\u{AD}myung",
                    "Ｌｅｅ Ｊａｅ－ｍｙｕｎｇ",
                ][..],
            ),
            ("시진핑", &["시진핑", "시진 핑", "\u{1109}\u{1175}\u{110C}\u{1175}\u{11AB}\u{1111}\u{1175}\u{11BC}"]),
            ("xijinping", &["Xi Jinping", "Xí Jìnpíng", "Xi\u{301} Ji\u{300}npi\u{301}ng"]),
            ("赵乐际", &["赵乐际", "趙樂際", "赵樂际", "趙\u{F914}際"]),
            ("钓鱼台", &["钓鱼台", "釣魚臺", "釣魚台"]),
            ("npc", &["NPC", "N.P.C.", "ＮＰＣ"]),
            ("한중정상회담", &["한중 정상회담", "한·중 정상회담", "한ㆍ중 정상회담", "한-중 정상회담"]),
            ("919군사합의", &["9·19 군사합의", "9.19 군사합의"]),
            ("lanfoan", &["Lan Fo'an", "Lan Fo’an", "Lan Foan"]),
            ("urumqi", &["Ürümqi", "Urumqi"]),
        ] {
            for spelling in spellings {
                assert_eq!(key(spelling), expected, "{spelling}");
            }
        }
        assert_eq!(key(" .,;!?「」 "), "");
    }

    #[test]
    fn gaps_tell_what_stood_between() {
        let gaps = |text: &str| Folded::new(text).letters().iter().map(|letter| letter.gap).collect::<Vec<_>>();
        use Gap::{Hard, Mark, None, Space};
        assert_eq!(gaps("a-b c"), [Hard, Mark, Space]);
        assert_eq!(gaps("a, b. c"), [Hard, Hard, Hard]);
        assert_eq!(gaps("U.S. x"), [Hard, None, Hard]);
        assert_eq!(gaps("3.5"), [Hard, Mark]);
        assert_eq!(gaps("가\u{AD}나"), [Hard, None]);
    }

    proptest! {
        #[test]
        fn every_letter_knows_its_place(text in "\\PC{0,30}") {
            let folded = Folded::new(&text);
            for letter in folded.letters() {
                prop_assert!(text.is_char_boundary(letter.start()) && text.is_char_boundary(letter.end()));
            }
            prop_assert!(folded.letters().is_sorted_by_key(|letter| letter.start()));
        }

        #[test]
        fn folding_a_key_changes_nothing(text in "\\PC{0,30}") {
            let once = key(&text);
            prop_assert_eq!(key(&once), once);
        }
    }
}
