//! Whether two spellings of a draft are one name, and one of them a slip or another style: what speaks for it and against it.
//!
//! Two people may have names that differ in a letter; in doubt they are two.

mod chinese;
mod english;
mod korean;

use rustc_hash::FxHashSet as HashSet;

use crate::check::drift::census::Form;
use crate::check::drift::group::{Group, titles};
use crate::check::drift::slip::Slip;
use crate::lang::Lang;
use crate::names::korean_skeleton;
use crate::names::korean_spelling;
use crate::names::latin::LatinName;
use crate::text::fold;

/// Returns whether `stray` is a slip for `usual`.
pub(super) fn is_one_name(lang: &Lang, stray: &Group<'_>, usual: &Group<'_>) -> bool {
    if contradict(stray, usual) || !is_too_long_for_two(lang, stray.text(), usual.text()) && stand_in_one_sentence(stray, usual)
    {
        return false;
    }
    let form = stray.members.first().map(|(_, spelling)| spelling.form);
    match (lang, form) {
        (Lang::En, Some(Form::Name)) => english::is_one_name(stray, usual),
        (Lang::En, Some(Form::Word)) => is_rare_beside(stray, usual, 3) && english::is_one_word(stray, usual),
        (Lang::Ko, _) => is_rare_beside(stray, usual, 3) && korean::is_one_name(stray, usual),
        _ => is_rare_beside(stray, usual, 3) && chinese::is_one_name(stray, usual),
    }
}

/// Returns whether two spellings are so long that two people cannot be meant, even side by side.
fn is_too_long_for_two(lang: &Lang, stray: &str, usual: &str) -> bool {
    let length = shorter(stray, usual);
    match lang {
        Lang::En => length >= 8 && Slip::between(stray, usual).is_some_and(|slip| slip.is_of_the_fingers() && slip.is_inside()),
        Lang::Ko => length >= 5,
        _ => length >= 4,
    }
}

/// Returns the letters of the shorter of two words.
fn shorter(a: &str, b: &str) -> usize {
    fold::key(a).chars().count().min(fold::key(b).chars().count())
}

/// Returns whether the usual spelling stands at `least` places, and three times as often as the stray one.
fn is_rare_beside(stray: &Group<'_>, usual: &Group<'_>, least: usize) -> bool {
    usual.count() >= least && (usual.count() >= 3 * stray.count() || stray.count() == 1)
}

fn stand_in_one_sentence(a: &Group<'_>, b: &Group<'_>) -> bool {
    let sentences = |group: &Group<'_>| -> HashSet<(usize, u32)> {
        let places =
            group.members.iter().flat_map(|(draft, spelling)| spelling.places.iter().map(move |place| (*draft, place)));
        places.map(|(draft, place)| (draft, place.sentence)).collect()
    };
    let a = sentences(a);
    sentences(b).iter().any(|sentence| a.contains(sentence))
}

/// Titles that go with any office, by whom they are said of.
const OF_MEN: [&str; 3] = ["mr", "sir", "king"];
const OF_WOMEN: [&str; 5] = ["mrs", "ms", "miss", "lady", "queen"];
const OF_ANYBODY: [&str; 4] = ["dr", "leader", "씨", "기자"];

/// Returns whether the titles beside two spellings tell two people.
fn contradict(stray: &Group<'_>, usual: &Group<'_>) -> bool {
    let lower =
        |group: &Group<'_>| -> HashSet<String> { group.beside(titles).iter().map(|title| title.to_lowercase()).collect() };
    let (stray, usual) = (lower(stray), lower(usual));
    let is_of = |titles: &HashSet<String>, list: &[&str]| titles.iter().any(|title| list.contains(&title.as_str()));
    let offices = |titles: &HashSet<String>| -> HashSet<String> {
        let plain = |title: &&String| [&OF_MEN[..], &OF_WOMEN, &OF_ANYBODY].iter().all(|list| !list.contains(&title.as_str()));
        titles.iter().filter(plain).cloned().collect()
    };
    let gender = is_of(&stray, &OF_MEN) && is_of(&usual, &OF_WOMEN) || is_of(&stray, &OF_WOMEN) && is_of(&usual, &OF_MEN);
    let (stray, usual) = (offices(&stray), offices(&usual));
    gender || !stray.is_empty() && !usual.is_empty() && stray.is_disjoint(&usual)
}

/// Returns the key under which a spelling is near others, and the one of its sound where it has one.
pub(super) fn keys(lang: &Lang, text: &str) -> Vec<String> {
    let mut keys = vec![fold::key(text)];
    let korean = *lang == Lang::En && text.split(' ').next().is_some_and(korean_spelling::is_family);
    if korean && let Some(name) = LatinName::parse(text).filter(korean_spelling::is_korean) {
        keys.push(format!("\u{1}{}", korean_skeleton::skeleton(name.letters())));
    }
    keys.retain(|key| !key.is_empty());
    keys
}
