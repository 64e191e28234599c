//! Whether a stop between Latin letters or figures ends a sentence.

use crate::text::sentence::abbreviation::{self, Abbreviation};
use crate::text::sentence::stop::Stop;

/// Words that with a capital begin a sentence, and are no part of a name.
const BEGINNERS: [&str; 45] = [
    "The",
    "He",
    "She",
    "It",
    "They",
    "We",
    "You",
    "This",
    "That",
    "These",
    "Those",
    "In",
    "But",
    "And",
    "However",
    "When",
    "As",
    "At",
    "On",
    "There",
    "Its",
    "His",
    "Her",
    "Their",
    "Our",
    "If",
    "How",
    "What",
    "Why",
    "Who",
    "Where",
    "For",
    "Some",
    "Many",
    "Most",
    "After",
    "Before",
    "While",
    "Then",
    "Today",
    "Did",
    "Was",
    "Were",
    "Both",
    "Meanwhile",
];

/// Of these, those that are surnames too: Y. He, J. An. An initial before them goes on.
const SURNAMES: [&str; 5] = ["He", "She", "In", "On", "You"];

/// Words that name what came before as said: “Are you sure?” Kang asked.
const SAYING: [&str; 12] =
    ["said", "says", "asked", "asks", "added", "replied", "told", "wrote", "shouted", "answered", "wondered", "exclaimed"];

/// What follows an hour rather than beginning a sentence.
const AFTER_HOUR: [&str; 11] =
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Eastern", "Pacific", "Korean", "Beijing"];

pub(super) fn ends_sentence(stop: &Stop) -> bool {
    let Some(next) = stop.next() else { return true };
    if !stop.is_spaced() {
        return stop.is_full_stop() && is_glued(stop);
    }
    // An ellipsis with spaces in it (. . .) goes on to its last full stop.
    if stop.mark() == '.' && next == '.' || next.is_lowercase() || is_dash(stop.after()) {
        return false;
    }
    if let Some(before) = stop.before_quotation() {
        let question = matches!(stop.mark(), '?' | '!');
        // A remark in brackets after quoted words belongs to the sentence that quotes them.
        return !(before.is_empty() && question && is_said(stop.after()) || !before.is_empty() && next == '(');
    }
    !stop.is_full_stop() || ends_word(stop, next)
}

/// Returns whether a full stop ends the sentence, and not only the word before it.
fn ends_word(stop: &Stop, next: char) -> bool {
    let following = first_word(stop.after());
    match abbreviation::of(stop.word()) {
        None => !is_date(stop.word(), following) && !matches!(next, '~' | '∼' | '～'),
        Some(Abbreviation::Title) => false,
        Some(Abbreviation::Number) => !next.is_numeric(),
        Some(Abbreviation::Either) => begins_sentence(following),
        Some(Abbreviation::Initial) => begins_sentence(following) && !SURNAMES.contains(&following),
        Some(Abbreviation::Hour) => ends_hour(following),
    }
}

fn ends_hour(following: &str) -> bool {
    let zone = following.chars().filter(|c| c.is_uppercase()).count() > 1;
    !zone && !AFTER_HOUR.contains(&following) && !matches!(abbreviation::of(following), Some(Abbreviation::Title))
}

/// Returns whether a new sentence follows a full stop without a space: Tuesday.The next.
fn is_glued(stop: &Stop) -> bool {
    let after = stop.after();
    let word = first_word(after);
    let title = after[word.len()..].starts_with(". ") && word.len() > 1 && abbreviation::of(word) == Some(Abbreviation::Title);
    title || after[word.len()..].starts_with(' ') && begins_sentence(word)
}

fn begins_sentence(word: &str) -> bool {
    BEGINNERS.contains(&word)
}

/// Returns the first word of a text, its letters only.
fn first_word(text: &str) -> &str {
    let text = text.trim_start();
    let word = text.char_indices().take(24).take_while(|(_, c)| c.is_alphanumeric()).last();
    &text[..word.map_or(0, |(at, c)| at + c.len_utf8())]
}

/// Returns whether a full stop stands within a date in figures: 2026. 1. 7.
fn is_date(word: &str, following: &str) -> bool {
    let is_figures =
        |word: &str, most: usize| !word.is_empty() && word.len() <= most && word.bytes().all(|b| b.is_ascii_digit());
    let year_or_month = word.len() == 4 || word.len() <= 2;
    year_or_month && is_figures(word, 4) && is_figures(following, 2)
}

/// Returns whether the words after a quotation say who said it, within a name's length.
fn is_said(after: &str) -> bool {
    let end = after.char_indices().nth(60).map_or(after.len(), |(at, _)| at);
    let clause = after[..end].split(['.', ',', '“', '"', '\n']).next().unwrap_or("");
    clause.split_whitespace().take(5).any(|word| SAYING.contains(&word))
}

/// An aside between dashes may have its own mark: and -- voila! -- you have cake.
fn is_dash(after: &str) -> bool {
    let after = after.trim_start();
    after.starts_with("--") || after.starts_with(['–', '—'])
}
