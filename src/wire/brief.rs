//! The shape of a brief: the names of a draft with what to write for each.

use serde::Serialize;

use crate::glossary::term::Term;
use crate::wire::SuggestionShape;
use crate::wire::concept::TermShape;
use crate::workspace::brief::{Brief, BriefForm, BriefName};

/// What `tongsa brief --format json` prints.
#[derive(Debug, Serialize)]
pub struct BriefShape<'a> {
    lang: &'a str,
    to: &'a str,
    names: Vec<BriefNameShape<'a>>,
}

#[derive(Debug, Serialize)]
struct BriefNameShape<'a> {
    concept: &'a str,
    kind: &'a str,
    forms: Vec<FormShape<'a>>,
    /// What to write for every form in the text where that is one term, else the preferred term; `null` where none is recorded.
    rendering: Option<&'a str>,
    admitted: Vec<TermShape<'a>>,
    avoid: Vec<TermShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<&'a str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suggestions: Vec<SuggestionShape<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<&'a str>,
}

#[derive(Debug, Serialize)]
struct FormShape<'a> {
    text: &'a str,
    count: usize,
    rendering: Option<&'a str>,
}

impl<'a> BriefShape<'a> {
    /// Shapes a brief.
    pub fn new(brief: &'a Brief) -> Self {
        let names = brief.names.iter().map(|name| name_shape(name, brief)).collect();
        Self { lang: brief.lang.tag(), to: brief.to.tag(), names }
    }
}

fn name_shape<'a>(name: &'a BriefName, brief: &'a Brief) -> BriefNameShape<'a> {
    let terms = name.concept.section(&brief.to).map_or(&[][..], |section| &section.terms);
    let preferred = name.concept.preferred(&brief.to);
    let rendering = name.rendering().or(preferred.map(|term| term.text.as_str()));
    let is_other = |term: &&Term| term.is_accepted() && rendering != Some(term.text.as_str());
    BriefNameShape {
        concept: name.concept.id.as_str(),
        kind: name.concept.kind.name(),
        forms: name.forms.iter().map(form_shape).collect(),
        rendering,
        admitted: terms.iter().filter(is_other).map(TermShape::new).collect(),
        avoid: name.avoided(&brief.to).map(TermShape::new).collect(),
        note: name.concept.note.as_deref(),
        suggestions: name.derived.list.iter().map(|suggestion| SuggestionShape::new(suggestion, false)).collect(),
        reason: name.derived.reason.as_deref(),
    }
}

fn form_shape(form: &BriefForm) -> FormShape<'_> {
    FormShape { text: &form.text, count: form.count, rendering: form.rendering.as_deref() }
}
