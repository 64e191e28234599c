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

/// The choices of a desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct House {
    /// How Korean writes Chinese names of today.
    pub korean_reading: KoreanReading,
    /// Which country stands first in compounds of countries.
    pub country_order: CountryOrder,
}
