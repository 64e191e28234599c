//! Names of the source text that no glossary has, rendered in two ways.

use rustc_hash::FxHashMap as HashMap;

use crate::check::counterpart::{Counterpart, SegmentPair, is_mentioned};
use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::rules::Rule;
use crate::lang::Lang;
use crate::names::foreign_name;
use crate::text::distance;
use crate::text::fold;
use crate::text::han;
use crate::text::hangul;
use crate::text::particle;
use crate::text::script::Script;
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "inconsistent-rendering",
    severity: Severity::Warning,
    on: true,
    manual: "A name of an English source text that no glossary has, rendered in two ways: one form in most sentences, and in \
             another sentence a form that is nearly, but not quite, the same. The usual form is what stands in sentences with the name \
             and in no other. Recorded names in two forms are `mixed-forms`.",
    check,
};

/// A name says something from so many sentences on ...
const LEAST_SENTENCES: usize = 3;
/// ... and a shorter word may be no name.
const SHORTEST_NAME: usize = 4;
/// Forms of one name have so much in common, in per cent of the letters.
const LEAST_LIKENESS: u8 = 60;

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let Some(counterpart) = draft.counterpart.as_ref().filter(|counterpart| counterpart.lang == Lang::En) else { return };
    let names = names(counterpart);
    if names.is_empty() {
        return;
    }
    let forms: Vec<Forms<'_>> = counterpart.pairs.iter().map(|pair| Forms::of(draft, pair.target)).collect();
    let mut spread: HashMap<&str, usize> = HashMap::default();
    forms.iter().flat_map(|forms| forms.0.keys()).for_each(|form| *spread.entry(*form).or_default() += 1);
    let mut names: Vec<_> = names.into_iter().filter(|(_, places)| places.len() >= LEAST_SENTENCES).collect();
    names.sort_unstable_by_key(|(name, _)| *name);
    for (name, places) in names {
        let here: Vec<(&SegmentPair, &Forms<'_>)> = places.keys().map(|at| (&counterpart.pairs[*at], &forms[*at])).collect();
        let Some(usual) = usual_form(name, &here, &spread) else { continue };
        for (at, source) in &places {
            if let Some(span) = other_form(draft, &counterpart.pairs[*at], &forms[*at], usual, &spread, places.len()) {
                findings.push(finding(draft, counterpart, (name, *source), usual, span));
            }
        }
    }
}

type Places = std::collections::BTreeMap<usize, Span>;

/// Returns the capitalised words of the source that no recorded name has, each with the pairs in which it stands and its first
/// place there.
fn names<'c>(counterpart: &Counterpart<'c>) -> HashMap<&'c str, Places> {
    let mut names: HashMap<&'c str, Places> = HashMap::default();
    for (at, pair) in counterpart.pairs.iter().enumerate() {
        let text = pair.source.of(counterpart.text);
        let mut end = 0;
        for word in text.split(|c: char| !(c.is_alphanumeric() || c == '-')) {
            let start = end;
            end = start + word.len();
            let span = Span::new(start, end).shifted(pair.source.start);
            end += text[end..].chars().next().map_or(0, char::len_utf8);
            let capital = word.starts_with(char::is_uppercase) && word.chars().any(char::is_lowercase);
            // The first word of a sentence has a capital whatever it is.
            let recorded = [&counterpart.named, &counterpart.named_again].iter().any(|named| is_mentioned(named, span));
            if capital && start > 0 && word.len() >= SHORTEST_NAME && !recorded {
                names.entry(word).or_default().entry(at).or_insert(span);
            }
        }
    }
    names
}

/// What a name may be called in some sentences of the draft, with the first place of each form.
struct Forms<'t>(HashMap<&'t str, Span>);

impl<'t> Forms<'t> {
    fn of(draft: &Draft<'t>, place: Span) -> Self {
        let mut forms = HashMap::default();
        let spans =
            if draft.lang == Lang::Ko { eojeols(draft.text, place) } else { han::windows(draft.text, place, &HAN_LENGTHS) };
        for span in spans.into_iter().filter(|span| !draft.is_matched(*span)) {
            forms.entry(span.of(draft.text)).or_insert(span);
        }
        Self(forms)
    }
}

/// Returns the eojeols of a place, each also without the particles that it may end in.
fn eojeols(text: &str, place: Span) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut at = place.start;
    for part in place.of(text).split_inclusive(|c| !hangul::is_syllable(c)) {
        let word = part.trim_end_matches(|c| !hangul::is_syllable(c));
        let stems = particle::chains_at_end(word).into_iter().map(|chain| Span::new(at, at + word.len() - chain));
        spans.extend(stems.filter(|stem| stem.of(text).chars().nth(1).is_some()));
        at += part.len();
    }
    spans
}

/// The lengths of names in Han characters.
const HAN_LENGTHS: [usize; 4] = [3, 4, 5, 6];

/// Returns the form that stands in most sentences with a name, and in no other, and that may be its sounds: the longest of the
/// commonest.
fn usual_form<'t>(name: &str, here: &[(&SegmentPair, &Forms<'t>)], spread: &HashMap<&str, usize>) -> Option<&'t str> {
    let mut counts: HashMap<&'t str, usize> = HashMap::default();
    here.iter().flat_map(|(_, forms)| forms.0.keys()).for_each(|form| *counts.entry(*form).or_default() += 1);
    let only_here = counts.into_iter().filter(|(form, count)| spread.get(form) == Some(count));
    let usual = only_here.filter(|(form, count)| *count >= 2 && *count * 2 > here.len() && may_sound_like(form, name));
    usual.max_by_key(|(form, count)| (*count, form.len(), *form)).map(|(form, _)| form)
}

fn may_sound_like(form: &str, name: &str) -> bool {
    let skeleton = foreign_name::latin_skeleton(name);
    let same_skeleton = skeleton.is_some() && skeleton == foreign_name::hangul_skeleton(form);
    same_skeleton && without_particles(form) == form || is_han_sounds(form)
}

fn is_han_sounds(form: &str) -> bool {
    form.chars().all(|c| Script::of(c) == Script::Han) && foreign_name::may_be_sounds(&fold::key(form))
}

/// Returns an eojeol without the longest particles that leave two syllables.
fn without_particles(eojeol: &str) -> &str {
    let chains = particle::chains_at_end(eojeol).into_iter().map(|chain| &eojeol[..eojeol.len() - chain]);
    chains.filter(|stem| stem.chars().nth(1).is_some()).min_by_key(|stem| stem.len()).unwrap_or(eojeol)
}

/// Returns the place of another form of the same name in a sentence that does not have the usual one.
fn other_form(
    draft: &Draft<'_>,
    pair: &SegmentPair,
    forms: &Forms<'_>,
    usual: &str,
    spread: &HashMap<&str, usize>,
    sentences: usize,
) -> Option<Span> {
    if pair.target.of(draft.text).contains(usual) {
        return None;
    }
    let spelled = distance::spelled(usual);
    let length = usual.chars().count();
    let alike = forms.0.iter().filter_map(|(form, span)| {
        let fits = form.chars().count() == length && spread.get(form).is_some_and(|count| count * 2 < sentences);
        let likeness = distance::similarity(&spelled, &distance::spelled(form));
        let sounds = hangul::is_syllable(form.chars().next()?) && without_particles(form) == *form || is_han_sounds(form);
        let other = !differ_in_particles(usual, form);
        (fits && sounds && other && likeness >= LEAST_LIKENESS).then_some((likeness, *span))
    });
    alike.max_by_key(|(likeness, span)| (*likeness, std::cmp::Reverse(span.start))).map(|(_, span)| span)
}

/// Returns whether two eojeols are one short word with two particles: 칸은 and 칸이.
fn differ_in_particles(a: &str, b: &str) -> bool {
    let stems = |word: &'_ str| particle::chains_at_end(word).into_iter().map(|chain| word.len() - chain).collect::<Vec<_>>();
    let ends = stems(b);
    stems(a).into_iter().any(|end| end > 0 && ends.contains(&end) && a[..end] == b[..end])
}

fn finding(draft: &Draft<'_>, counterpart: &Counterpart<'_>, (name, source): (&str, Span), usual: &str, span: Span) -> Finding {
    RULE.finding(span, format!("{} stands here for {name}, which is {usual} elsewhere; write {usual}", draft.written(span)))
        .quoting(counterpart.quote(source))
        .fixed_by(draft.fix(span, usual, false))
        .suggesting(vec![usual.to_owned()])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_word_with_two_particles_is_one_form() {
        assert!(differ_in_particles("칸은", "칸이") && differ_in_particles("핼든은", "핼든에"));
        assert!(!differ_in_particles("캐버노", "카바노") && !differ_in_particles("은", "이"));
    }

    #[test]
    fn eojeols_come_with_and_without_their_particles() {
        let text = "핼든은 핼든에서 말했다.";
        let forms: std::collections::BTreeSet<&str> =
            eojeols(text, Span::new(0, text.len())).iter().map(|span| span.of(text)).collect();
        assert!(forms.contains("핼든") && forms.contains("핼든에서") && forms.contains("말했다"));
        assert_eq!(han::windows("哈尔登说。", Span::new(0, "哈尔登说。".len()), &HAN_LENGTHS).len(), 3);
    }
}
