//! The concepts that a draft names, each with the forms in which the draft writes it.
//!
//! Counts what the matches and the findings of a draft say; how a table of it looks is left to the surfaces.

use rustc_hash::FxHashMap as HashMap;

use crate::check::draft::Draft;
use crate::check::finding::Finding;
use crate::check::rules;
use crate::glossary::concept::{Concept, ConceptId};
use crate::glossary::matcher::TermMatch;
use crate::text::span::Span;

/// A concept that a draft names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedConcept {
    /// The concept.
    pub concept: Concept,
    /// The forms in which the draft writes it, in order of their first place.
    pub forms: Vec<WrittenForm>,
}

/// A form in which a draft writes the name of a concept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenForm {
    /// The form, on one line.
    pub text: String,
    /// Whether the glossary accepts it and no finding speaks of it. A form that is right at one place and reported at another
    /// is listed twice.
    pub accepted: bool,
    /// At how many places it stands so.
    pub count: usize,
}

/// Returns the concepts that a draft names, in order of their first place. `findings` are those of the draft, in order of place.
pub fn named_concepts(draft: &Draft<'_>, findings: &[Finding]) -> Vec<NamedConcept> {
    // A finding about a whole sentence speaks of no name in it.
    let findings: Vec<Finding> = findings.iter().filter(|finding| !rules::marks_sentence(finding)).cloned().collect();
    let findings = findings.as_slice();
    let mut mentions: Vec<(Span, &Concept, bool)> = Vec::new();
    for found in draft.outer_matches() {
        let concept = &found.found.concept;
        let reported = finding_at(findings, found.span);
        // Where a finding sees another name, the words are no name of this one.
        if reported.and_then(|finding| finding.concept.as_ref()).is_none_or(|meant| *meant == concept.id) {
            mentions.push((found.span, concept, found.term().is_accepted() && !found.is_turned() && reported.is_none()));
        }
    }
    mentions.extend(misnamed(draft, findings).map(|(span, concept)| (span, concept, false)));
    mentions.sort_by_key(|(span, ..)| *span);

    let mut named: Vec<NamedConcept> = Vec::new();
    let mut places: HashMap<&ConceptId, usize> = HashMap::default();
    for (span, concept, accepted) in mentions {
        let at = *places.entry(&concept.id).or_insert_with(|| {
            named.push(NamedConcept { concept: concept.clone(), forms: Vec::new() });
            named.len() - 1
        });
        named[at].count(draft.written(span), accepted);
    }
    named
}

impl NamedConcept {
    fn count(&mut self, text: String, accepted: bool) {
        match self.forms.iter_mut().find(|form| form.text == text && form.accepted == accepted) {
            Some(form) => form.count += 1,
            None => self.forms.push(WrittenForm { text, accepted, count: 1 }),
        }
    }
}

/// Returns the finding at a place or across one of its ends, of findings that do not overlap.
fn finding_at(findings: &[Finding], place: Span) -> Option<&Finding> {
    let at = findings.partition_point(|finding| finding.span.end <= place.start);
    findings.get(at).filter(|finding| finding.span.overlaps(place))
}

/// Returns the places where a finding sees a concept of the draft in words that are none of its terms.
fn misnamed<'d>(draft: &'d Draft<'_>, findings: &'d [Finding]) -> impl Iterator<Item = (Span, &'d Concept)> {
    let outer: Vec<&TermMatch> = draft.outer_matches().collect();
    let matched = draft.matches.iter().map(|found| &found.found.concept);
    let suspected = draft.suspects.iter().map(|suspect| &suspect.meant.concept);
    let known: HashMap<&ConceptId, &Concept> = matched.chain(suspected).map(|concept| (&concept.id, concept)).collect();
    findings.iter().filter_map(move |finding| {
        let concept = *known.get(finding.concept.as_ref()?)?;
        let at = outer.partition_point(|found| found.span.end <= finding.span.start);
        let mut here = outer[at..].iter().take_while(|found| found.span.start < finding.span.end);
        let is_term = here.any(|found| found.found.concept.id == concept.id);
        (!is_term).then_some((finding.span, concept))
    })
}
