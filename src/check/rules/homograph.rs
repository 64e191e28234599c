//! A name that is taken for another like it.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::lookalike::{self, MixedName, Province};
use crate::check::rules::Rule;
use crate::lang::Lang;
use crate::names::han_conversion;
use crate::text::han;
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "homograph",
    severity: Severity::Warning,
    on: true,
    manual: "A name that is taken for another like it, where the words beside it tell which is meant: the Diaoyu Islands State \
             Guesthouse, 댜오위다오 국빈관, 钓鱼岛国宾馆; a province beside a city of the one of a like name: Xi’an, Shanxi; 河北武汉; \
             and in Korean the two provinces 산시성 in one draft without the characters that tell them apart. Write the name \
             that the finding gives. Silent in quotations, and where a mark or a word for both stands between or behind.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    for row in lookalike::mixed_names(&draft.lang) {
        mixed_name(draft, row, findings);
    }
    let provinces = lookalike::provinces(&draft.lang);
    if draft.lang == Lang::Ko {
        unglossed(draft, provinces, findings);
    }
    for province in provinces {
        for other in provinces.iter().filter(|other| other.group == province.group && other.name != province.name) {
            misplaced_cities(draft, province, other, findings);
        }
    }
}

/// Finds a name right before the word for what the other one is.
fn mixed_name(draft: &Draft<'_>, row: &MixedName, findings: &mut Vec<Finding>) {
    let (name, word) = (in_script(&draft.lang, row.name), in_script(&draft.lang, row.word));
    for (at, _) in draft.text.match_indices(name.as_str()) {
        let after = &draft.text[at + name.len()..];
        let gap = usize::from(after.starts_with(' '));
        let whole = !draft.text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        if whole && after[gap..].starts_with(word.as_str()) {
            let span = Span::new(at, at + name.len() + gap + word.len());
            let form = in_script(&draft.lang, row.form);
            report(draft, span, &form, format!("{} is {form}; the islands are elsewhere", span.of(draft.text)), findings);
        }
    }
}

/// Finds the cities of `province` that stand beside the name of `other`.
fn misplaced_cities(draft: &Draft<'_>, province: &Province, other: &Province, findings: &mut Vec<Finding>) {
    let (right, wrong) = (in_script(&draft.lang, province.name), in_script(&draft.lang, other.name));
    let places: Vec<usize> = draft.text.match_indices(wrong.as_str()).map(|(at, _)| at).collect();
    for at in places {
        let span = Span::new(at, at + wrong.len());
        let city = province.cities.iter().find(|city| is_beside(draft, span, &in_script(&draft.lang, city)));
        if let Some(city) = city.filter(|_| is_whole(draft, span)) {
            let message = format!("{} lies in {right}, not in {wrong}", in_script(&draft.lang, city));
            report(draft, span, &right, message, findings);
        }
    }
}

fn is_whole(draft: &Draft<'_>, span: Span) -> bool {
    let letter = |c: char| c.is_ascii_alphanumeric();
    draft.lang != Lang::En || !draft.text[..span.start].ends_with(letter) && !draft.text[span.end..].starts_with(letter)
}

/// Returns whether a city stands beside a province as one that lies in it.
fn is_beside(draft: &Draft<'_>, province: Span, city: &str) -> bool {
    let (before, after) = (draft.before(province, 60), draft.after(province, 60));
    match draft.lang {
        Lang::En => is_english_beside(before, after, city),
        Lang::Ko => {
            let rest = after.strip_prefix("의").unwrap_or(after);
            let rest = rest.strip_prefix(" 성도인").or_else(|| rest.strip_prefix(" 성도")).unwrap_or(rest);
            rest.strip_prefix(' ').is_some_and(|rest| rest.starts_with(city))
        }
        _ => {
            let rest = after.strip_prefix('省').unwrap_or(after);
            let rest = rest.strip_prefix("省会").or_else(|| rest.strip_prefix("的")).unwrap_or(rest);
            let both = ["两", "兩", "等", "、", "二"];
            rest.strip_prefix(city).is_some_and(|behind| !both.iter().any(|both| behind.starts_with(both)))
        }
    }
}

fn is_english_beside(before: &str, after: &str, city: &str) -> bool {
    let joints = [", ", " in ", ", in ", ", capital of ", ", the capital of ", ", the provincial capital of ", " of "];
    let city_first = joints.iter().any(|joint| {
        before
            .strip_suffix(joint)
            .is_some_and(|before| before.strip_suffix(city).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric())))
    });
    let links = ["’s capital, ", "'s capital, ", "’s capital ", "'s capital ", "’s ", "'s ", " Province’s ", " Province's "];
    let province_first = links.iter().any(|link| {
        let rest = after.strip_prefix(link).and_then(|rest| rest.strip_prefix(city));
        rest.is_some_and(|rest| !rest.starts_with(|c: char| c.is_alphanumeric()))
    });
    // Xi’an, Shanxi and Henan: a list of places.
    let list = after.starts_with(" and ")
        || after.starts_with(", ")
            && before.ends_with(", ")
            && after[2..].starts_with(char::is_uppercase)
            && !after.starts_with(", China");
    (city_first && !list) || province_first
}

/// Finds 산시성 without characters in a Korean draft that speaks of both provinces of that name.
fn unglossed(draft: &Draft<'_>, provinces: &[Province], findings: &mut Vec<Finding>) {
    let twins: Vec<&Province> = provinces.iter().filter(|province| province.name.contains('(')).collect();
    let bare = |province: &Province| province.name.split('(').next().unwrap_or("").to_owned();
    let mut named: Vec<(Span, &Province)> = Vec::new();
    for province in &twins {
        let hangul = bare(province);
        for (at, _) in draft.text.match_indices(hangul.as_str()) {
            let span = Span::new(at, at + hangul.len());
            if province.cities.iter().any(|city| is_beside(draft, span, city)) {
                named.push((span, province));
            }
        }
    }
    let both = twins.iter().all(|twin| named.iter().any(|(_, province)| province.name == twin.name));
    for (span, province) in named.into_iter().filter(|_| both && twins.len() == 2) {
        let message = format!("two provinces are called {}; write {}", bare(province), province.name);
        report(draft, span, province.name, message, findings);
    }
}

fn report(draft: &Draft<'_>, span: Span, form: &str, message: String, findings: &mut Vec<Finding>) {
    if draft.quotation(span).is_some() {
        return;
    }
    findings.push(Finding {
        rule: RULE.name,
        severity: RULE.severity,
        span,
        message,
        concept: None,
        source: None,
        fix: Some(draft.fix(span, form, false)),
        suggestions: vec![form.to_owned()],
    });
}

/// Returns a word of the tables in the characters of the draft.
fn in_script(lang: &Lang, word: &str) -> String {
    if *lang == Lang::ZhHant && word.chars().any(|c| han::script(c) == han::HanScript::Simplified) {
        return han_conversion::to_traditional(word);
    }
    word.to_owned()
}
