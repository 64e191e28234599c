//! What a desk has chosen where more than one way is right.

/// How Korean writes Chinese names of today.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KoreanReading {
    /// By the sound of the original, as the loanword orthography has it (시진핑): newspapers of the South.
    #[default]
    Original,
    /// By the Korean reading of the characters (습근평): the North, Yanbian, and some desks.
    Characters,
}

impl KoreanReading {
    /// Every choice by its word in settings and flags.
    pub const NAMES: [(&'static str, Self); 2] = [("original", Self::Original), ("characters", Self::Characters)];
}

/// The region a Chinese edition is written for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChineseRegion {
    /// Mainland China.
    Mainland,
    /// Taiwan.
    Taiwan,
    /// Hong Kong and Macau.
    HongKong,
}

impl ChineseRegion {
    /// Every region by its word in settings and flags.
    pub const NAMES: [(&'static str, Self); 3] =
        [("mainland", Self::Mainland), ("taiwan", Self::Taiwan), ("hong-kong", Self::HongKong)];

    /// Returns the word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Mainland => "mainland",
            Self::Taiwan => "taiwan",
            Self::HongKong => "hong-kong",
        }
    }
}

/// Which country stands first in compounds of countries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CountryOrder {
    /// Korea in Korean drafts (한중일); as written, but in one order, in others.
    #[default]
    Edition,
    /// Korea in every language.
    Korea,
    /// China in every language.
    China,
    /// As written, but in one order.
    Written,
}

impl CountryOrder {
    /// Every choice by its word in settings and flags.
    pub const NAMES: [(&'static str, Self); 4] =
        [("edition", Self::Edition), ("korea", Self::Korea), ("china", Self::China), ("written", Self::Written)];
}

/// The choices of a desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct House {
    /// How Korean writes Chinese names of today.
    pub korean_reading: KoreanReading,
    /// Which country stands first in compounds of countries.
    pub country_order: CountryOrder,
    /// For which region Chinese is written, where the desk has said so.
    pub chinese: Option<ChineseRegion>,
}
