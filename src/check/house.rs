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

/// The choices of a desk.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct House {
    /// How Korean writes Chinese names of today.
    pub korean_reading: KoreanReading,
}
