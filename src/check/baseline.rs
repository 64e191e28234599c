//! The findings that a desk knows of and lives with: a check beside them reports only what is new.
//!
//! A finding is known by what it says and by the line around it, not by its place, so that text may move about it.

use std::collections::BTreeMap;

use crate::check::finding::Finding;

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
    pub fn of(finding: &Finding, text: &str) -> Self {
        let about = finding.concept.as_ref().map_or_else(|| finding.span.of(text), |concept| concept.as_str());
        Self { rule: finding.rule.to_owned(), about: about.to_owned(), line: line_hash(finding, text) }
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
        for finding in findings {
            let known = self.drafts.entry(draft.to_owned()).or_default();
            *known.entry(Fingerprint::of(finding, text)).or_default() += 1;
        }
    }

    /// Takes the known ones out of the findings in a draft. Of a finding that is known twice and found three times, the third
    /// is new.
    pub fn take_known(&self, draft: &str, text: &str, findings: &mut Vec<Finding>) {
        let Some(mut known) = self.drafts.get(draft).cloned() else { return };
        findings.retain(|finding| match known.get_mut(&Fingerprint::of(finding, text)) {
            Some(count) if *count > 0 => {
                *count -= 1;
                false
            }
            _ => true,
        });
    }
}

/// Hashes the line around a finding: FNV-1a, whose values stay the same in every version and on every machine.
fn line_hash(finding: &Finding, text: &str) -> u64 {
    let start = text[..finding.span.start].rfind(['\n', '\r']).map_or(0, |at| at + 1);
    let end = text[finding.span.end..].find(['\n', '\r']).map_or(text.len(), |at| finding.span.end + at);
    let words = text[start..end].split_whitespace().flat_map(str::bytes);
    words.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::finding::Severity;
    use crate::text::span::Span;
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
        assert_eq!(Fingerprint::of(&found("in Peking")[0], "in Peking").line, 0x366a_9730_b027_e97e);
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
