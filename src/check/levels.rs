//! How much each rule matters to a desk, and which rules are off.

use std::collections::BTreeMap;

use crate::check::finding::Severity;
use crate::check::rules::{RULES, Rule};

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

    /// Lays other levels over these.
    pub fn lay(&mut self, above: &Self) {
        self.0.extend(above.0.iter().map(|(rule, level)| (rule.clone(), *level)));
    }

    /// Switches every rule off but these, which keep their level, or are switched on where they have none.
    pub fn keep_only(&mut self, rules: &[String]) {
        for rule in &RULES {
            let kept = rules.iter().any(|kept| kept == rule.name);
            match self.of(rule) {
                Level::Off if kept => self.set(rule.name, Level::On),
                _ if !kept => self.set(rule.name, Level::Off),
                _ => {}
            }
        }
    }

    /// Returns the level of a rule.
    pub fn of(&self, rule: &Rule) -> Level {
        let own = if rule.on { Level::On } else { Level::Off };
        self.0.get(rule.name).copied().unwrap_or(own)
    }
}

/// From which severity on a finding counts in what a command answers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FailOn {
    /// Every finding counts.
    Info,
    /// Warnings and errors count.
    #[default]
    Warning,
    /// Only errors count.
    Error,
    /// None counts.
    Never,
}

impl FailOn {
    /// Every choice by its word in settings and flags.
    pub const NAMES: [(&'static str, Self); 4] =
        [("info", Self::Info), ("warning", Self::Warning), ("error", Self::Error), ("never", Self::Never)];

    /// Returns whether a finding of a severity counts.
    pub fn counts(self, severity: Severity) -> bool {
        match self {
            Self::Info => true,
            Self::Warning => severity >= Severity::Warning,
            Self::Error => severity >= Severity::Error,
            Self::Never => false,
        }
    }
}
