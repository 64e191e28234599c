//! The files in folders that are no drafts, counted for one sentence.

/// Why a file in a folder is no draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Its name has another ending.
    OtherKind,
    /// It is no text.
    Binary,
    /// There is nothing in it.
    Empty,
    /// Its letters tell no language.
    NoLanguage,
    /// No rule reads its language.
    NoRule,
}

impl Reason {
    const ALL: [(Self, &'static str); 5] = [
        (Self::OtherKind, "of another kind"),
        (Self::Binary, "binary"),
        (Self::Empty, "empty"),
        (Self::NoLanguage, "in no language that can be told"),
        (Self::NoRule, "in a language without rules"),
    ];
}

/// How many files were passed over, and why.
#[derive(Debug, Default)]
pub struct PassedOver([usize; Reason::ALL.len()]);

impl PassedOver {
    /// Begins with the files of other kinds.
    pub fn new(others: usize) -> Self {
        let mut counts = Self::default();
        counts.0[Reason::OtherKind as usize] = others;
        counts
    }

    /// Counts a file.
    pub fn count(&mut self, reason: Reason) {
        self.0[reason as usize] += 1;
    }

    /// Says it; `None` where nothing was passed over.
    pub fn sentence(&self) -> Option<String> {
        let total: usize = self.0.iter().sum();
        let count = |(count, (_, what)): (&usize, (Reason, &str))| (*count > 0).then(|| format!("{count} {what}"));
        let counts: Vec<String> = self.0.iter().zip(Reason::ALL).filter_map(count).collect();
        let files = if total == 1 { "1 file in folders is".to_owned() } else { format!("{total} files in folders are") };
        (total > 0).then(|| format!("{files} passed over: {}", counts.join(", ")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sentence_has_every_reason_that_occurred() {
        assert_eq!(PassedOver::new(0).sentence(), None);
        assert_eq!(PassedOver::new(1).sentence().as_deref(), Some("1 file in folders is passed over: 1 of another kind"));
        let mut counts = PassedOver::new(2);
        counts.count(Reason::Binary);
        counts.count(Reason::NoLanguage);
        let expected = "4 files in folders are passed over: 2 of another kind, 1 binary, 1 in no language that can be told";
        assert_eq!(counts.sentence().as_deref(), Some(expected));
        assert!(Reason::ALL.iter().enumerate().all(|(at, (reason, _))| *reason as usize == at));
    }
}
