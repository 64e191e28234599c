//! A name that is taken for another like it.

use crate::check::draft::Draft;
use crate::check::finding::{Finding, Severity};
use crate::check::namesake::{self, MixedName, Province};
use crate::check::rules::Rule;
use crate::lang::Lang;
use crate::names::han_conversion;
use crate::text::han;
use crate::text::span::Span;

pub(super) const RULE: Rule = Rule {
    name: "homograph",
    severity: Severity::Warning,
    on: true,
    manual: "A name that is taken for another like it, where the words beside it tell which is meant: the Diaoyu Islands \
             State Guesthouse, 댜오위다오 국빈관, 钓鱼岛国宾馆; a province beside a city of the one of a like name: Xi’an, \
             Shanxi; 河北武汉; and in Korean the two provinces 산시성 in one draft without the characters that tell them \
             apart. Write the name that the finding gives. Silent in quotations, and where a mark or a word for both stands \
             between or behind.",
    check,
};

fn check(draft: &Draft<'_>, findings: &mut Vec<Finding>) {
    for row in namesake::mixed_names(&draft.lang) {
        mixed_name(draft, row, findings);
    }
    let provinces = namesake::provinces(&draft.lang);
    if draft.lang == Lang::Ko {
        unglossed(draft, provinces, findings);
    }
    for province in provinces {
        for other in provinces.iter().filter(|other| other.group == province.group && other.name != province.name) {
            misplaced_cities(draft, province, other, findings);
        }
    }
}

/// Finds a name beside the word that tells the other one.
fn mixed_name(draft: &Draft<'_>, row: &MixedName, findings: &mut Vec<Finding>) {
    let (name, word) = (in_script(&draft.lang, row.name), in_script(&draft.lang, row.word));
    for (at, _) in draft.text.match_indices(name.as_str()) {
        let span = Span::new(at, at + name.len());
        let whole = !draft.text[..at].ends_with(|c: char| c.is_ascii_alphanumeric());
        let told = told_by(draft, span, &word).filter(|_| whole);
        if let Some(place) = told {
            let form = in_script(&draft.lang, row.form);
            report(draft, place, &form, format!("{} here is {form}", draft.written(place)), findings);
        }
    }
}

/// How far behind a name the word that tells it may stand, in bytes.
const REACH: usize = 60;

/// Returns the place to change where a word tells that a name is another's: the name with the word behind it, or the name alone
/// where the word is only near it.
fn told_by(draft: &Draft<'_>, name: Span, word: &str) -> Option<Span> {
    let after = draft.after(name, REACH);
    let Some(near) = word.strip_prefix('…') else {
        let gap = usize::from(after.starts_with(' '));
        return after[gap..].starts_with(word).then(|| Span::new(name.start, name.end + gap + word.len()));
    };
    let sentence = draft.sentence(name);
    let taiwan = ["Taiwan", "Taipei", "대만", "타이완", "台湾", "台灣", "臺灣"];
    let of_taiwan = taiwan.iter().any(|taiwan| sentence.of(draft.text).contains(taiwan));
    let behind = &after[..after.len().min(sentence.end.saturating_sub(name.end))];
    let guesthouse = ["State Guesthouse", "국빈관", "国宾馆", "國賓館"].iter().any(|guesthouse| behind.contains(guesthouse));
    (behind.contains(near) && !of_taiwan && !guesthouse).then_some(name)
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

/// What may stand between an English province and its city.
const CAPITALS: [&str; 10] = [
    "’s ",
    "'s ",
    "’s capital ",
    "'s capital ",
    "’s capital, ",
    "'s capital, ",
    " Province’s ",
    " Province's ",
    ", whose capital is ",
    " Province, whose capital is ",
];

fn is_english_beside(before: &str, after: &str, city: &str) -> bool {
    let joints = [", ", " in ", ", in ", ", capital of ", ", the capital of ", ", the provincial capital of ", " of "];
    let city_first = joints.iter().any(|joint| {
        before
            .strip_suffix(joint)
            .is_some_and(|before| before.strip_suffix(city).is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric())))
    });
    let province_first = CAPITALS.iter().any(|link| {
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
            if draft.is_prose(span) && province.cities.iter().any(|city| is_beside(draft, span, city)) {
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
    if draft.quotation(span).is_some() || !draft.is_prose(span) {
        return;
    }
    findings.push(RULE.finding(span, message).fixed_by(draft.fix(span, form, false)).suggesting(vec![form.to_owned()]));
}

/// Returns a word of the tables in the characters of the draft.
fn in_script(lang: &Lang, word: &str) -> String {
    if *lang == Lang::ZhHant && word.chars().any(|c| han::script(c) == han::HanScript::Simplified) {
        return han_conversion::to_traditional(word);
    }
    word.to_owned()
}
