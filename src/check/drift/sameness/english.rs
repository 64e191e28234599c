//! Whether two English spellings are one name, as a whole or in one word.

use crate::check::drift::group::{Group, after, before};
use crate::check::drift::sameness::{is_rare_beside, shorter};
use crate::check::drift::slip::{Hand, Slip, Where};
use crate::names::korean_spelling::{self, Relation};
use crate::names::person;
use crate::text::fold;

/// Returns whether a whole name is another spelling of a usual one.
pub(super) fn is_one_name(stray: &Group<'_>, usual: &Group<'_>) -> bool {
    let (written, form) = (stray.text(), usual.text());
    if fold::key(written) == fold::key(form) {
        return is_rare_beside(stray, usual, 2) && is_other_style(written, form);
    }
    if !is_rare_beside(stray, usual, 3) {
        return false;
    }
    match (person::family_and_given(form), person::family_and_given(written)) {
        (Some((family, given)), _) => {
            written.split_once(' ').is_some_and(|(other, slip)| other == family && is_one_asian_given(given, slip))
        }
        (None, Some(_)) => false,
        (None, None) => is_one_western_name(written, form),
    }
}

/// Returns whether the same letters are written in another style that a reader calls inconsistent: another hyphen or space in
/// a Korean or Chinese name, a capital or a mark inside a word.
fn is_other_style(written: &str, form: &str) -> bool {
    let is_person = |name: &str| person::family_and_given(name).is_some();
    let without_case = written.to_lowercase() == form.to_lowercase();
    let pieces = |name: &str| name.split([' ', '-']).filter(|piece| !piece.is_empty()).count();
    let same_words = written.split(' ').count() == form.split(' ').count();
    let same_pieces = pieces(written) == pieces(form) && same_words && !written.contains('-') && !form.contains('-');
    is_person(written) && is_person(form) || without_case && !written.contains('-') || same_pieces && !without_case
}

/// Returns whether two given names after one family name are one: Leji and Leiji, Jae-myung and Jae-myeong, and not Min-seo and
/// Min-seok.
fn is_one_asian_given(usual: &str, stray: &str) -> bool {
    let long = usual.len().min(stray.len()) >= 4 && person::syllables(usual) > 1;
    let relation = korean_spelling::relation(usual, stray);
    let korean = |given: &str| given.contains([' ', '-']);
    match relation {
        Relation::Different => false,
        Relation::Same => long && korean(usual) == korean(stray),
        Relation::Unknown => {
            let slip = Slip::between(usual, stray);
            let inflected = |slip: Slip| slip.place == Where::End && !(slip.hand == Hand::Dropped && slip.letter == 'g');
            long && slip.is_some_and(|slip| slip.place != Where::Start && !inflected(slip))
        }
    }
}

/// Returns whether two names of as many words differ in one word by a slip, and that is the name of one person or body.
fn is_one_western_name(stray: &str, usual: &str) -> bool {
    let (stray, usual): (Vec<&str>, Vec<&str>) = (stray.split(' ').collect(), usual.split(' ').collect());
    let differing: Vec<usize> = (0..stray.len().min(usual.len())).filter(|at| stray[*at] != usual[*at]).collect();
    let [at] = differing.as_slice() else { return false };
    let mut beside = usual.iter().enumerate().filter(|(place, _)| place != at).map(|(_, word)| word);
    let is_telling = stray.len() == usual.len() && beside.any(|word| !is_generic_place(word));
    let is_one = match usual.get(at + 1) {
        Some(next) => is_one_first(stray[*at], usual[*at], next),
        None => is_one_surname(stray[*at], usual[*at]),
    };
    is_telling && is_one
}

/// Words of places that stand before many names.
const PLACE_WORDS: [&str; 22] = [
    "North", "South", "East", "West", "New", "Old", "San", "Santa", "Saint", "St", "Mount", "Lake", "Fort", "Port", "River",
    "El", "La", "Los", "Las", "Great", "Upper", "Lower",
];

fn is_generic_place(word: &str) -> bool {
    PLACE_WORDS.contains(&word)
}

/// Letters that no ending of an English word adds: Merkel for Merke is a slip, Russian for Russia is not.
const NO_ENDING: &str = "bcfghkmptvxz";

/// Returns whether two words after the same given name are one surname.
fn is_one_surname(stray: &str, usual: &str) -> bool {
    let Some(slip) = Slip::between(stray, usual) else { return is_other_mark(stray, usual) };
    let length = shorter(stray, usual);
    match slip.place {
        Where::Start => false,
        Where::Inside => length >= 4,
        Where::End => length >= 5 && slip.hand == Hand::Dropped && NO_ENDING.contains(slip.letter),
    }
}

/// Words that follow the name of a body or a place, and no given name.
const BODIES: &str = "Academy Agency Airlines Airport Association Authority Bank Bridge Castle Center Centre College Company \
    Corporation County Festival Foundation Fund Group Hospital Hotel Institute Island Islands Laboratory Museum Observatory \
    School Stadium Theatre University Valley";

/// Returns whether two words before the same word are one: a word of a body's name, or the given name of one person, which
/// brothers and sisters may share but for a letter.
fn is_one_first(stray: &str, usual: &str, next: &str) -> bool {
    let Some(slip) = Slip::between(stray, usual) else { return is_other_mark(stray, usual) };
    let length = shorter(stray, usual);
    let least = match slip.hand {
        _ if BODIES.split_whitespace().any(|body| body == next) => 5,
        Hand::Swapped | Hand::Doubled => 5,
        Hand::Dropped => 6,
        Hand::Changed => return false,
    };
    slip.place == Where::Inside && length >= least
}

/// Returns whether two words have the same letters but for marks and inner capitals: Mbappé, McDonald.
fn is_other_mark(a: &str, b: &str) -> bool {
    fold::key(a) == fold::key(b) && !a.contains('-') && !b.contains('-') && a.chars().count() >= 5
}

/// One word of a name, in whatever names it stands.
pub(super) fn is_one_word(stray: &Group<'_>, usual: &Group<'_>) -> bool {
    if stray.any(|spelling| spelling.is_everyday) || usual.any(|spelling| spelling.is_everyday) {
        return false;
    }
    let (written, form) = (stray.text(), usual.text());
    if korean_spelling::relation(written, form) == Relation::Different {
        return false;
    }
    // CPython and Cython are two names, whatever the fingers did.
    let inner = |word: &str| word.chars().skip(1).filter(|c| c.is_uppercase()).count();
    if inner(written) != inner(form) && fold::key(written) != fold::key(form) {
        return false;
    }
    let alone = !stray.any(|spelling| !spelling.before.is_empty() || !spelling.after.is_empty());
    if alone {
        return is_one_lone_word(written, form, usual);
    }
    let given = stray.shared(usual, before);
    let next = stray.shared(usual, after);
    let typed = Slip::between(written, form).is_some_and(|slip| slip.is_of_the_fingers() && slip.is_inside());
    if given.is_empty() && next.is_empty() {
        return typed && shorter(written, form) >= 8;
    }
    given.iter().any(|given| is_one_after(given, written, form)) || next.iter().any(|next| is_one_before(next, written, form))
}

fn is_one_after(before: &str, stray: &str, usual: &str) -> bool {
    match person::family_and_given(&format!("{before} {usual}")) {
        Some((_, usual)) => is_one_asian_given(usual, stray),
        None if is_generic_place(before) => is_one_long_word(stray, usual),
        None => is_one_surname(stray, usual),
    }
}

fn is_one_before(after: &str, stray: &str, usual: &str) -> bool {
    let asian = person::family_and_given(&format!("{usual} {after}")).is_some();
    !asian && is_one_first(stray, usual, after)
}

/// A word that stands alone is a slip where the other is the surname of somebody whom the draft names in full, or long.
fn is_one_lone_word(stray: &str, usual: &str, group: &Group<'_>) -> bool {
    let introduced = group.any(|spelling| !spelling.before.is_empty() && spelling.after.is_empty());
    match Slip::between(stray, usual) {
        None => is_other_mark(stray, usual),
        Some(slip) => slip.place == Where::Inside && introduced && shorter(stray, usual) >= 5 || is_one_long_word(stray, usual),
    }
}

/// Returns whether two words are so long that a slip inside makes no other name of one of them.
fn is_one_long_word(stray: &str, usual: &str) -> bool {
    let slip = Slip::between(stray, usual).filter(|slip| slip.is_inside());
    let least = |hand: Hand| match hand {
        Hand::Swapped | Hand::Doubled => 5,
        Hand::Dropped => 6,
        Hand::Changed => 7,
    };
    slip.is_some_and(|slip| shorter(stray, usual) >= least(slip.hand))
}
