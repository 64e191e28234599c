//! The characters of a text at one width each, for comparing texts without decoding them.

use std::ops::Range;

/// How many bytes each character of a text takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Width {
    /// Characters up to U+00FF.
    One,
    /// Characters up to U+FFFF.
    Two,
    /// Any character.
    Four,
}

impl Width {
    /// Returns the number of bytes.
    pub fn bytes(self) -> usize {
        match self {
            Self::One => 1,
            Self::Two => 2,
            Self::Four => 4,
        }
    }
}

/// The characters of a text as numbers in little-endian bytes.
#[derive(Clone, Copy, Debug)]
pub enum Characters<'a> {
    /// One byte each.
    One(&'a [u8]),
    /// Two bytes each.
    Two(&'a [[u8; 2]]),
    /// Four bytes each.
    Four(&'a [[u8; 4]]),
}

impl<'a> Characters<'a> {
    /// Reads encoded characters; bytes at the end that make no whole character are left out.
    pub fn new(bytes: &'a [u8], width: Width) -> Self {
        match width {
            Width::One => Self::One(bytes),
            Width::Two => Self::Two(bytes.as_chunks().0),
            Width::Four => Self::Four(bytes.as_chunks().0),
        }
    }

    /// Returns some of the characters, which are there.
    pub fn slice(&self, range: Range<usize>) -> Self {
        match self {
            Self::One(text) => Self::One(&text[range]),
            Self::Two(text) => Self::Two(&text[range]),
            Self::Four(text) => Self::Four(&text[range]),
        }
    }

    /// Returns the number of characters.
    pub fn len(&self) -> usize {
        match self {
            Self::One(text) => text.len(),
            Self::Two(text) => text.len(),
            Self::Four(text) => text.len(),
        }
    }

    /// Returns whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Visits the characters in order.
    pub fn for_each(&self, mut visit: impl FnMut(u32)) {
        match self {
            Self::One(text) => text.iter().for_each(|c| visit(u32::from(*c))),
            Self::Two(text) => text.iter().for_each(|c| visit(u32::from(u16::from_le_bytes(*c)))),
            Self::Four(text) => text.iter().for_each(|c| visit(u32::from_le_bytes(*c))),
        }
    }

    /// Returns the text; characters that are none are left out.
    pub fn to_text(&self) -> String {
        let mut text = String::with_capacity(self.len());
        self.for_each(|c| text.extend(char::from_u32(c)));
        text
    }
}

/// Appends the characters of a text at the least width that holds them all, and returns the width.
pub fn encode(text: &str, out: &mut Vec<u8>) -> Width {
    if text.is_ascii() {
        out.extend_from_slice(text.as_bytes());
        return Width::One;
    }
    match text.chars().max().map_or(0, u32::from) {
        0..=0xFF => {
            out.extend(text.chars().map(|c| c as u8));
            Width::One
        }
        0x100..=0xFFFF => {
            out.extend(text.chars().flat_map(|c| (c as u16).to_le_bytes()));
            Width::Two
        }
        _ => {
            out.extend(text.chars().flat_map(|c| u32::from(c).to_le_bytes()));
            Width::Four
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn characters_come_back(text in "[a-z]{0,9}|[a-zé가]{0,9}|\\PC{0,9}") {
            let mut bytes = Vec::new();
            let width = encode(&text, &mut bytes);
            let characters = Characters::new(&bytes, width);
            prop_assert_eq!(characters.len(), text.chars().count());
            prop_assert_eq!(characters.to_text(), text);
        }
    }
}
