//! A designation of a concept in one language.

use std::fmt;

use crate::lang::Lang;

/// How a term may be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermStatus {
    /// The form to write.
    Preferred,
    /// Right as well.
    Admitted,
    /// No longer written, or a slip: reported, with the preferred form.
    Deprecated,
    /// Never to be written: reported as an error.
    Forbidden,
}

/// What kind of designation a term is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum TermForm {
    /// The whole name.
    Full,
    /// A shortened name (전인대, Xinhua).
    Short,
    /// Initials (NPC).
    Acronym,
    /// Another spelling of the same name (Lee Jae Myung).
    Variant,
}

/// The days between which something held, as ISO 8601 dates (`2025`, `2025-10`, `2025-10-01`); an open end is `None`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub struct Validity {
    /// The first day.
    pub from: Option<String>,
    /// The last day.
    pub to: Option<String>,
}

/// A designation of a concept in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// The term as it is written.
    pub text: String,
    /// How it may be used.
    pub status: TermStatus,
    /// What kind of designation it is.
    pub form: TermForm,
    /// When it was in use.
    pub validity: Validity,
    /// A remark for people.
    pub note: Option<String>,
    /// Who says so.
    pub source: Option<String>,
}

impl Term {
    /// Returns a full term with nothing but its text and status.
    pub fn new(text: impl Into<String>, status: TermStatus) -> Self {
        Self { text: text.into(), status, form: TermForm::Full, validity: Validity::default(), note: None, source: None }
    }

    /// Returns whether the term may be written in a text.
    pub fn is_accepted(&self) -> bool {
        matches!(self.status, TermStatus::Preferred | TermStatus::Admitted)
    }

    /// Returns whether the term is written with letters that have case, and begins with a capital.
    pub fn is_capitalised(&self) -> bool {
        self.text.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase)
    }
}

/// The terms of one concept in one language, the preferred one first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LanguageSection {
    /// The language.
    pub lang: Lang,
    /// Its terms, in order of status and form, then as given.
    pub terms: Vec<Term>,
}

impl LanguageSection {
    /// Returns the preferred term.
    pub fn preferred(&self) -> Option<&Term> {
        self.terms.iter().find(|term| term.status == TermStatus::Preferred)
    }
}

macro_rules! named {
    ($type:ty { $($variant:ident => $name:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the word for it in files, flags and messages.
            pub fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }

            /// Returns the value that a word names.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|value| value.name() == name)
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.name())
            }
        }
    };
}

named!(TermStatus { Preferred => "preferred", Admitted => "admitted", Deprecated => "deprecated", Forbidden => "forbidden" });
named!(TermForm { Full => "full", Short => "short", Acronym => "acronym", Variant => "variant" });
