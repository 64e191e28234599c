//! Whether a stop beside Hangul ends a sentence.

use crate::text::sentence::abbreviation;
use crate::text::sentence::stop::{self, Stop};

/// The last syllables of a finished sentence: 했다, 해요, 하죠, 할까.
const ENDINGS: [char; 4] = ['다', '요', '죠', '까'];

/// What the words after a quotation begin with where they carry the sentence on, although a space stands before them.
const QUOTING: [&str; 17] = [
    "라고",
    "라는",
    "라며",
    "라면",
    "라던",
    "라고는",
    "이라고",
    "이라는",
    "이라며",
    "이라면",
    "이라던",
    "이란",
    "란 ",
    "하고 ",
    "하며",
    "하는",
    "싶",
];

pub(super) fn ends_sentence(stop: &Stop) -> bool {
    if is_quoted_inside(stop) {
        return false;
    }
    let finished = stop.before().ends_with(ENDINGS);
    if !stop.is_spaced() {
        return finished && stop.is_full_stop() && begins_glued(stop.after());
    }
    let asked = stop.closes_quote() || matches!(stop.mark(), '?' | '!');
    if asked && carries_on(stop.after()) {
        return false;
    }
    if stop.is_ellipsis() {
        return finished;
    }
    // 2026. 1. 7. 회의, J. 리: a Korean sentence hardly ends with a figure or an initial.
    let figure = stop.word().starts_with(|c: char| c.is_ascii_digit());
    !stop.is_full_stop() || !figure && abbreviation::of(stop.word()).is_none()
}

/// Returns whether the stop belongs to quoted words within a sentence: the verb comes last in Korean, so that a sentence
/// which began before the quotation goes on after it. After a colon (질문: “왜?”) there is no verb to come.
fn is_quoted_inside(stop: &Stop) -> bool {
    stop.before_quotation().is_some_and(|before| !before.is_empty() && !before.ends_with([':', '：']))
}

/// Returns whether a new sentence follows without a space: 왔다.시 주석도. An address (…다.com) goes on.
fn begins_glued(after: &str) -> bool {
    after.starts_with(|c: char| stop::is_hangul(c) || stop::is_han(c) || c.is_uppercase() || "\"“‘'(<《「[▲△■".contains(c))
        || after.starts_with(|c: char| c.is_ascii_digit()) && !after[1..].starts_with('%')
}

/// Returns whether what follows is the particle or the verb of quoting.
fn carries_on(after: &str) -> bool {
    let after = after.trim_start();
    let said = ["고 말", "고 밝", "고 했", "고 전", "고 덧", "고 강조", "고 설명", "고 물", "고 답", "며 "];
    QUOTING.iter().chain(&said).any(|beginning| after.starts_with(beginning))
}
