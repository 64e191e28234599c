//! Han characters in brackets after a Korean name: 시진핑(習近平).

use crate::check::draft::Draft;
use crate::check::finding::Finding;
use crate::check::rules::Rule;
use crate::glossary::concept::Kind;
use crate::glossary::matcher::TermMatch;
use crate::lang::Lang;
use crate::text::fold;
use crate::text::han::{self, HanScript};
use crate::text::script::Script;
use crate::text::span::Span;

/// What is wrong with a gloss.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum GlossFlaw {
    /// Simplified characters, where Korean writes traditional ones.
    Script,
    /// A character that is not of the name.
    Character,
}

/// Characters that Korean prints as simplified Chinese does, and Taiwan otherwise.
const KOREAN_PRINT: [char; 4] = ['强', '彦', '内', '温'];

/// Returns the length in bytes of the words in brackets, brackets included, that `after` begins with; 0 where there are none.
pub(super) fn length_at_start(after: &str) -> usize {
    let Some(inside) = after.strip_prefix(['(', '（']) else { return 0 };
    let near = &inside[..inside.floor_char_boundary(60)];
    let close = near.find([')', '）']).and_then(|close| Some(close + near[close..].chars().next()?.len_utf8()));
    close.map_or(0, |close| after.len() - inside.len() + close)
}

/// Returns a finding for every gloss of a person's name with this flaw; `message` says it of the gloss and the form.
pub(super) fn flawed(draft: &Draft<'_>, flaw: GlossFlaw, rule: &Rule, message: impl Fn(&str, &str) -> String) -> Vec<Finding> {
    if draft.lang != Lang::Ko {
        return Vec::new();
    }
    let people = draft.outer_matches().filter(|found| found.found.concept.kind == Kind::Person);
    let glossed = people.filter(|found| draft.concepts_at(found.span).count() == 1);
    let found = glossed.filter_map(|found| Some((found, gloss_after(draft, found.span)?)));
    let wrong = found.filter_map(|(found, gloss)| Some((found, gloss, form_of(found, gloss.of(draft.text), flaw)?)));
    wrong
        .map(|(found, gloss, form)| {
            rule.finding(gloss, message(gloss.of(draft.text), &form))
                .about(&found.found.concept.id)
                .fixed_by(draft.fix(gloss, &form, flaw == GlossFlaw::Script))
                .suggesting(vec![form])
        })
        .collect()
}

/// Returns the place of two to five Han characters that stand alone in brackets right after a name.
fn gloss_after(draft: &Draft<'_>, name: Span) -> Option<Span> {
    let after = draft.after(name, 40);
    let inside = after.strip_prefix(['(', '（'])?;
    let gloss = inside.split([')', '）']).next()?;
    let length = gloss.chars().count();
    let han = (2..=5).contains(&length) && gloss.chars().all(|c| Script::of(c) == Script::Han);
    let start = name.end + (after.len() - inside.len());
    han.then(|| Span::new(start, start + gloss.len()))
}

/// Returns whether a character is the simplified form of the one in its place; some of those are traditional characters of
/// another meaning too (云 for 雲).
fn is_simplified(c: char, own: char) -> bool {
    let simplified = han::script(c) == HanScript::Simplified || c != own && han::simplified(own) == c;
    simplified && !KOREAN_PRINT.contains(&c)
}

/// Returns the form to write in the place of a gloss with this flaw; `None` where it has not.
fn form_of(found: &TermMatch, gloss: &str, flaw: GlossFlaw) -> Option<String> {
    let concept = &found.found.concept;
    let mut han = concept.terms().filter(|(lang, _)| lang.is_chinese() || lang.tag() == "ko-Hani").map(|(_, term)| term);
    let same = han.any(|term| fold::key(&term.text) == fold::key(gloss));
    let traditional = concept.preferred(&Lang::ZhHant).map(|term| term.text.clone())?;
    let of_one_length = traditional.chars().count() == gloss.chars().count();
    let recorded = concept.terms().any(|(lang, term)| !matches!(lang, Lang::ZhHans) && term.text == gloss);
    let mut letters = gloss.chars().zip(traditional.chars());
    let other_script = !recorded && letters.any(|(c, own)| is_simplified(c, own));
    let has = match flaw {
        GlossFlaw::Script => same && other_script,
        GlossFlaw::Character => {
            !same
                && of_one_length
                && traditional.chars().next().map(han::simplified) == gloss.chars().next().map(han::simplified)
        }
    };
    has.then_some(traditional)
}
