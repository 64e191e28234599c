//! The findings that a desk knows of and lives with: a check beside them reports only what is new.
//!
//! A finding is known by what it says and by the line around it, not by its place, so that text may move about it.

use std::collections::BTreeMap;

use crate::check::finding::Finding;
use crate::text::hash::fnv1a;
use crate::text::span::Span;

/// A finding without its place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Fingerprint {
    /// The rule.
    pub rule: String,
    /// The words there, or the id of the concept where the glossary has it.
    pub about: String,
    /// A hash of the line around it, without the blanks.
    pub line: u64,
}

impl Fingerprint {
    /// Takes the fingerprint of a finding in a text.
    fn of(finding: &Finding, lines: &mut HashedLines<'_>) -> Self {
        let about = finding.concept.as_ref().map_or_else(|| finding.span.of(lines.text), |concept| concept.as_str());
        Self { rule: finding.rule.to_owned(), about: about.to_owned(), line: lines.hash_around(finding.span) }
    }
}

/// How often each finding is known in one draft.
pub type KnownFindings = BTreeMap<Fingerprint, usize>;

/// The known findings of all drafts, by the names of the drafts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Baseline {
    /// A draft without known findings is not in it.
    pub drafts: BTreeMap<String, KnownFindings>,
}

impl Baseline {
    /// Adds the findings in a draft.
    pub fn add(&mut self, draft: &str, text: &str, findings: &[Finding]) {
        let mut lines = HashedLines::new(text);
        for finding in findings {
            let known = self.drafts.entry(draft.to_owned()).or_default();
            *known.entry(Fingerprint::of(finding, &mut lines)).or_default() += 1;
        }
    }

    /// Takes the known ones out of the findings in a draft. Of a finding that is known twice and found three times, the third
    /// is new.
    pub fn take_known(&self, draft: &str, text: &str, findings: &mut Vec<Finding>) {
        let Some(mut known) = self.drafts.get(draft).cloned() else { return };
        let mut lines = HashedLines::new(text);
        findings.retain(|finding| match known.get_mut(&Fingerprint::of(finding, &mut lines)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
    }
}

/// The hashes of the lines of a text, asked for in order of place: a line may be as long as the text.
struct HashedLines<'t> {
    text: &'t str,
    /// The line that was asked for last, and its hash.
    last: Option<(Span, u64)>,
}

/// What ends a line.
const BREAKS: [char; 2] = ['\n', '\r'];

impl<'t> HashedLines<'t> {
    fn new(text: &'t str) -> Self {
        Self { text, last: None }
    }

    /// Returns a hash of the line around a place without its blanks, or of the lines.
    fn hash_around(&mut self, place: Span) -> u64 {
        if let Some((_, hash)) = self.last.filter(|(line, _)| line.contains(place)) {
            return hash;
        }
        let start = self.text[..place.start].rfind(BREAKS).map_or(0, |at| at + 1);
        let end = self.text[place.end..].find(BREAKS).map_or(self.text.len(), |at| place.end + at);
        let line = Span::new(start, end);
        let hash = hash(line.of(self.text));
        self.last = (!line.of(self.text).contains(BREAKS)).then_some((line, hash));
        hash
    }
}

/// Hashes the words of a line.
fn hash(line: &str) -> u64 {
    fnv1a(line.split_whitespace().flat_map(str::bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::finding::Severity;
    use proptest::prelude::*;

    /// Finds every `Peking` in a text.
    fn found(text: &str) -> Vec<Finding> {
        let finding = |start: usize| Finding {
            rule: "deprecated-term",
            severity: Severity::Warning,
            span: Span::new(start, start + 6),
            message: String::new(),
            concept: None,
            source: None,
            suggestions: Vec::new(),
            fix: None,
        };
        text.match_indices("Peking").map(|(at, _)| finding(at)).collect()
    }

    fn new_ones(before: &str, after: &str) -> usize {
        let mut baseline = Baseline::default();
        baseline.add("a.md", before, &found(before));
        let mut findings = found(after);
        baseline.take_known("a.md", after, &mut findings);
        findings.len()
    }

    #[test]
    fn only_what_is_new_is_left() {
        for (before, after, expected) in [
            ("in Peking", "in Peking", 0),
            ("in Peking", "a new line\n\n  in  Peking\r\n", 0),
            ("in Peking", "in Peking\nPeking again", 1),
            ("in Peking", "in Peking\nin Peking", 1),
            ("in Peking", "near Peking", 1),
            ("a\nPeking\nb\nPeking", "Peking\nPeking\nPeking", 1),
            ("", "Peking", 1),
            ("Peking", "", 0),
        ] {
            assert_eq!(new_ones(before, after), expected, "{before:?} {after:?}");
        }
        let mut findings = found("Peking");
        Baseline::default().take_known("a.md", "Peking", &mut findings);
        assert_eq!(findings.len(), 1);
    }

    #[test]
    fn the_hash_of_a_line_is_kept_for_good() {
        assert_eq!(HashedLines::new("in Peking").hash_around(Span::new(3, 9)), 0x366a_9730_b027_e97e);
    }

    proptest! {
        #[test]
        fn lines_may_move(mut lines in proptest::collection::vec("(Peking|가 | ){1,4}", 0..8)) {
            let before = lines.join("\n");
            lines.reverse();
            prop_assert_eq!(new_ones(&before, &format!("x\n{}", lines.join("\r\n"))), 0);
        }
    }
}
