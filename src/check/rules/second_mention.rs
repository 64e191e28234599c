//! People named again by the given name alone.

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::naming::{self, Beside, Introduction};
use crate::check::rules::Rule;
use crate::lang::Lang;
use crate::names::{korean_spelling, korean_surname, person, title};
use crate::text::particle;
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "second-mention",
    severity: Severity::Warning,
    on: true,
    manual: "A known person whom the draft has introduced in full, named again by the given name alone: Jae-myung said, 재명 \
             대통령. Write the family name (Lee, 이 대통령), or the full name where two people in the draft have the same family \
             name. In Korean only before an office. Silent in quotations and headlines, beside other names, for given names \
             of one syllable, for those that are everyday words, and where two people may be meant.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    let introductions = naming::introductions(draft);
    let mut by_start = by_start(draft, &introductions);
    if by_start.is_empty() {
        return;
    }
    drop_namesakes(draft, &mut by_start);
    let shared = naming::shared_families(&introductions);
    for word in draft.words() {
        let Some(bearers) = by_start.get(start_of_given(draft, word.of(draft.text))) else { continue };
        let again = bearers.iter().filter_map(|person| Some((*person, second_mention(draft, person, word)?)));
        let again: Vec<(&Introduction<'_>, Place)> = again.collect();
        if let [(person, place)] = again.as_slice()
            && draft.quotation(place.span).is_none()
            && !draft.is_headline(place.span)
            && !draft.is_matched(place.given)
        {
            findings.push(finding(draft, &shared, person, place));
        }
    }
}

/// Where a given name stands alone.
struct Place {
    /// The given name, in Korean with the title after it.
    span: Span,
    /// The given name.
    given: Span,
}

/// People by what their given name starts with.
type ByStart<'i, 'd> = HashMap<&'i str, Vec<&'i Introduction<'d>>>;

/// Returns the people whose given name alone means nobody and nothing else.
fn by_start<'i, 'd>(draft: &Draft<'_>, introductions: &'i [Introduction<'d>]) -> ByStart<'i, 'd> {
    let mut by_start: ByStart<'i, 'd> = HashMap::default();
    for person in introductions {
        let syllables = if draft.lang == Lang::Ko { person.given.chars().count() } else { person::syllables(&person.given) };
        if syllables < 2 || person::is_everyday_word(&person.given) {
            continue;
        }
        let bearers = by_start.entry(start_of_given(draft, &person.given)).or_default();
        if !bearers.iter().any(|other| other.known.row == person.known.row && other.given == person.given) {
            bearers.push(person);
        }
    }
    by_start
}

/// Returns the first word of an English name, the first two syllables of a Korean one.
fn start_of_given<'t>(draft: &Draft<'_>, text: &'t str) -> &'t str {
    if draft.lang == Lang::Ko {
        return &text[..text.char_indices().nth(2).map_or(text.len(), |(at, _)| at)];
    }
    text.split(' ').next().unwrap_or(text)
}

/// Returns where a person is named by the given name that begins at `word`.
fn second_mention(draft: &Draft<'_>, person: &Introduction<'_>, word: Span) -> Option<Place> {
    if word.start < person.span.end || !draft.text[word.start..].starts_with(&person.given) {
        return None;
    }
    let given = Span::new(word.start, word.start + person.given.len());
    match draft.lang {
        Lang::Ko => {
            let title = korean_title_end(draft.after(given, 60))?;
            let spaced = follows_surname(draft.before(given, 24));
            (!spaced).then(|| Place { span: Span::new(given.start, given.end + title), given })
        }
        _ => {
            let whole = !draft.text[given.end..].starts_with(char::is_alphanumeric);
            let place = !person.given.contains(['-', ' ']) && is_place(draft, given);
            let alone = whole && naming::beside(draft, given) != Beside::Name && !place;
            alone.then_some(Place { span: given, given })
        }
    }
}

/// Drops the people whose given name somebody of another family has in this draft: Lee Jae-myung and Park Jae-myung.
fn drop_namesakes(draft: &Draft<'_>, by_start: &mut ByStart<'_, '_>) {
    for word in draft.words() {
        let syllables = word.of(draft.text).char_indices().skip(1).map(|(at, _)| word.start + at);
        let starts: Vec<usize> = if draft.lang == Lang::Ko { syllables.collect() } else { vec![word.start] };
        for at in starts {
            let given = Span::new(at, word.end);
            if let Some(bearers) = by_start.get_mut(start_of_given(draft, given.of(draft.text))) {
                let family = family_before(draft, given);
                bearers
                    .retain(|person| !draft.text[at..].starts_with(&person.given) || !is_another_family(draft, person, family));
            }
        }
    }
}

/// Returns what stands where a family name stands: the syllable before a Korean given name, the word before an English one.
fn family_before<'t>(draft: &Draft<'t>, given: Span) -> &'t str {
    let before = draft.before(given, 60);
    match draft.lang {
        Lang::Ko => before.char_indices().next_back().map_or("", |(start, _)| &before[start..]),
        _ => before.strip_suffix(' ').and_then(|before| before.rsplit([' ', '\n']).next()).unwrap_or(""),
    }
}

fn is_another_family(draft: &Draft<'_>, person: &Introduction<'_>, family: &str) -> bool {
    let is_family = match draft.lang {
        Lang::Ko => korean_surname::surname(family).is_some(),
        _ => korean_spelling::is_family(family),
    };
    is_family && !person.span.of(draft.text).contains(family)
}

/// Returns where the office ends that `after` begins with, with a blank or without, perhaps with 전 or 현 before it.
fn korean_title_end(after: &str) -> Option<usize> {
    let rest = after.strip_prefix(' ').unwrap_or(after);
    let link = ["전 ", "현 ", "당시 ", "신임 "].into_iter().find(|link| rest.starts_with(*link) && rest.len() < after.len());
    let rest = &rest[link.map_or(0, str::len)..];
    let length = title::korean_at_start(rest);
    let (office, tail) = rest.split_at(length);
    let eojeol_end = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
    let is_office = length > 0 && !title::is_everyday(office) && particle::is_chain(&tail[..eojeol_end]);
    is_office.then(|| after.len() - tail.len())
}

/// Returns whether a family name stands before a given name, written apart (이 재명 대통령).
fn follows_surname(before: &str) -> bool {
    let joined = before.ends_with(char::is_alphanumeric);
    let previous = before.trim_end().rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    joined || previous.chars().count() <= 2 && korean_surname::surname(previous).is_some()
}

/// A given name in one word may also be a city or a people (Jining, Changsha): words beside it that speak for that.
fn is_place(draft: &Draft<'_>, given: Span) -> bool {
    let words_before = ["in", "at", "to", "from", "near", "of", "around", "outside", "the", "a", "an", "via", "for", "between"];
    let words_after = ["city", "county", "province", "people", "river", "airport", "district", "port", "prefecture"];
    let before = draft.before(given, 16).trim_end();
    let previous = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let next = draft.after(given, 16).trim_start().split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    before.ends_with(previous) && words_before.contains(&previous.to_lowercase().as_str()) || words_after.contains(&next)
}

fn finding(draft: &Draft<'_>, shared: &HashSet<&str>, person: &Introduction<'_>, place: &Place) -> Finding {
    let rest = &place.span.of(draft.text)[person.given.len()..];
    let with_title = |name: &str| if rest.is_empty() { name.to_owned() } else { format!("{name} {}", rest.trim_start()) };
    let full = with_title(&person.name);
    let mut suggestions = vec![full];
    if !shared.contains(person.family.as_str()) {
        suggestions.insert(0, with_title(&person.family));
    }
    let form = &suggestions[0];
    RULE.finding(place.span, format!("{} is the given name of {}; write {form}", person.given, person.name))
        .about(&person.known.concept.id)
        .fixed_by(draft.fix(place.span, form, false))
        .suggesting(suggestions)
}
