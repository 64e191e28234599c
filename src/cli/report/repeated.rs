//! Findings of one draft that say the same, so that people read them once.

use std::collections::HashMap;

use tongsa::check::finding::Finding;
use tongsa::exchange::draft_file::DraftFile;

/// A finding with every place at which a draft has it.
pub struct Repeated<'a> {
    /// The finding at the first place.
    pub first: &'a Finding,
    /// The same finding at the places after it, in order.
    pub again: Vec<&'a Finding>,
}

impl Repeated<'_> {
    /// Returns the findings at all places, in order.
    pub fn all(&self) -> impl Iterator<Item = &Finding> {
        std::iter::once(self.first).chain(self.again.iter().copied())
    }
}

/// Puts together the findings of the same rule, concept, words and message; in order of first place.
pub fn repeated<'a>(file: &DraftFile, findings: &'a [Finding]) -> Vec<Repeated<'a>> {
    let mut together: Vec<Repeated<'a>> = Vec::new();
    let mut places = HashMap::new();
    for finding in findings {
        let said = (finding.rule, finding.severity.name(), &finding.concept, finding.span.of(&file.text), &finding.message);
        match places.get(&said) {
            Some(at) => {
                let before: &mut Repeated<'a> = &mut together[*at];
                before.again.push(finding);
            }
            None => {
                places.insert(said, together.len());
                together.push(Repeated { first: finding, again: Vec::new() });
            }
        }
    }
    together
}
