//! Whether a sentence, a line of a list or a paragraph ends between two words: enough to tell that two names stand in one.
//!
//! In doubt the sentence goes on, and two names in it are two people.

/// Returns whether a sentence ends in `gap`, which follows the word `before`.
pub(super) fn ends_sentence(before: &str, gap: &str) -> bool {
    // Most words have a blank between them.
    if gap == " " {
        return false;
    }
    if gap.contains(['。', '！', '？', '!', '?']) || gap.matches('\n').count() > 1 {
        return true;
    }
    let is_short = before.chars().count() <= 3 && before.starts_with(char::is_uppercase);
    gap.find('.').is_some_and(|at| !is_short && !gap[at + 1..].is_empty())
}
