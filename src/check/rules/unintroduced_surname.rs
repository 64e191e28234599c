//! People named by the family name before they are introduced.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::naming::{self, Beside, Introduction};
use crate::check::rules::Rule;
use crate::lang::Lang;
use crate::names::{korean_spelling, person, title};
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "unintroduced-surname",
    severity: Severity::Info,
    on: true,
    manual: "An English draft that names a known person by the family name alone, and in full only later: Wi will brief \
             reporters, before Wi Sung-lac; and one that describes somebody who is never named in full: Wi, the national \
             security adviser, said. Write the full name at the first mention. Silent in quotations and headlines, after \
             titles, for family names that are English words, and where somebody else in the draft may have the same one.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    if draft.lang != Lang::En {
        return;
    }
    never_introduced(draft, findings);
    let introductions = naming::introductions(draft);
    let mut waiting = by_family(&introductions);
    let Some(last) = waiting.values().map(|person| person.span.start).max() else { return };
    for word in draft.words().take_while(|word| word.start < last) {
        let written = word.of(draft.text);
        let Some(person) = waiting.get(written).copied() else { continue };
        match first_mention(draft, person, word) {
            Mention::None => continue,
            Mention::Other => {}
            Mention::Unintroduced => findings.push(finding(draft, person, word)),
        }
        waiting.remove(written);
    }
}

/// Returns the people by family name; nobody where two have the same, or where it is also an English word.
fn by_family<'i, 'd>(introductions: &'i [Introduction<'d>]) -> HashMap<&'i str, &'i Introduction<'d>> {
    let mut by_family = HashMap::default();
    let shared = naming::shared_families(introductions);
    for person in introductions.iter().filter(|person| !person::is_everyday_word(&person.family)) {
        if !shared.contains(person.family.as_str()) {
            by_family.entry(person.family.as_str()).or_insert(person);
        }
    }
    by_family
}

/// What a family name at some place says of a person.
enum Mention {
    /// Nothing: it is quoted, in a headline, or part of a term.
    None,
    /// That the person stands introduced by a title, or that another person may have the name.
    Other,
    /// That the person is named without having been introduced.
    Unintroduced,
}

fn first_mention(draft: &Draft<'_>, person: &Introduction<'_>, word: Span) -> Mention {
    if word.start >= person.span.start || naming::beside(draft, word) != Beside::Nothing {
        return Mention::Other;
    }
    let after_article = draft.before(word, 8).trim_end().to_lowercase().ends_with(" the");
    if draft.is_matched(word) || draft.quotation(word).is_some() || draft.is_headline(word) || after_article {
        return Mention::None;
    }
    Mention::Unintroduced
}

fn finding(draft: &Draft<'_>, person: &Introduction<'_>, word: Span) -> Finding {
    let (family, name) = (&person.family, &person.name);
    RULE.finding(word, format!("{family} stands here before {name} is introduced; write {name}"))
        .about(&person.known.concept.id)
        .fixed_by(draft.fix(word, name, false))
        .suggesting(vec![name.clone()])
}

/// Finds family names that begin a sentence, have a description with nothing but titles behind them, and stand nowhere before:
/// Wi, the national security adviser, said.
fn never_introduced(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let mut seen: HashSet<&str> = HashSet::default();
    for word in draft.words() {
        let family = word.of(draft.text);
        let may_be_family = korean_spelling::is_family(family) && !person::is_everyday_word(family);
        if !may_be_family || draft.is_headline(word) || !seen.insert(family) {
            continue;
        }
        let plain = draft.quotation(word).is_none() && !draft.is_matched(word);
        if plain && is_described(draft.after(word, 80)) && draft.sentence(word).start == word.start {
            findings.push(
                RULE.finding(word, format!("{family} is nowhere named in full; write the full name at the first mention")),
            );
        }
    }
}

/// Returns whether the words after a name are a description between commas that is made of titles.
fn is_described(after: &str) -> bool {
    let description = after.strip_prefix(", the ").and_then(|rest| rest.split_once(','));
    description.is_some_and(|(titles, _)| title::is_nothing_else(titles))
}
