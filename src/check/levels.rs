//! How much each rule matters to a desk, and which rules are off.

use std::collections::BTreeMap;

use crate::check::finding::Severity;
use crate::check::rules::Rule;

/// What a desk says of a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It finds nothing.
    Off,
    /// It finds what it finds, as its own page says how much that matters.
    On,
    /// All that it finds matters so much.
    As(Severity),
}

impl Level {
    /// Every level by its word in settings and flags.
    pub const NAMES: [(&'static str, Self); 5] = [
        ("off", Self::Off),
        ("on", Self::On),
        ("info", Self::As(Severity::Info)),
        ("warning", Self::As(Severity::Warning)),
        ("error", Self::As(Severity::Error)),
    ];

    /// Returns the level that a word names.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(known, _)| *known == name).map(|(_, level)| *level)
    }
}

/// The levels of the rules that a desk has spoken of; the others keep their own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Levels(BTreeMap<String, Level>);

impl Levels {
    /// Sets the level of a rule by its name.
    pub fn set(&mut self, rule: &str, level: Level) {
        self.0.insert(rule.to_owned(), level);
    }

    /// Returns the level of a rule.
    pub fn of(&self, rule: &Rule) -> Level {
        let own = if rule.on { Level::On } else { Level::Off };
        self.0.get(rule.name).copied().unwrap_or(own)
    }
}
