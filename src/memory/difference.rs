//! What must change in one segment to make it another, word by word; character by character in Chinese.

use std::iter;

use gix_imara_diff::{Algorithm, Diff, InternedInput, Token};

use crate::lang::Lang;

/// A stretch of the two segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// Where it stands.
    pub kind: ChangeKind,
    /// The text.
    pub text: String,
}

/// Which of the two segments has a stretch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChangeKind {
    /// Both.
    Equal,
    /// Only the one that is kept.
    Deleted,
    /// Only the new one.
    Inserted,
}

/// Longer segments are shown whole, as two.
const LONGEST: usize = 4_000;

/// Returns a short way from a kept segment to a new one, which need not be the shortest.
pub fn difference(kept: &str, new: &str, lang: &Lang) -> Vec<Change> {
    let change = |kind, text: String| Change { kind, text };
    if kept.len() > LONGEST || new.len() > LONGEST {
        return vec![change(ChangeKind::Deleted, kept.to_owned()), change(ChangeKind::Inserted, new.to_owned())];
    }
    let mut input = InternedInput::default();
    input.update_before(pieces(kept, lang));
    input.update_after(pieces(new, lang));
    let mut diff = Diff::compute(Algorithm::Myers, &input);
    diff.postprocess_no_heuristic(&input);
    let text = |tokens: &[Token]| tokens.iter().map(|&token| input.interner[token]).collect();
    let mut changes = Vec::new();
    let mut equal = 0;
    for hunk in diff.hunks() {
        let [before, after] = [hunk.before, hunk.after].map(|part| part.start as usize..part.end as usize);
        changes.push(change(ChangeKind::Equal, text(&input.before[equal..before.start])));
        equal = before.end;
        changes.push(change(ChangeKind::Deleted, text(&input.before[before])));
        changes.push(change(ChangeKind::Inserted, text(&input.after[after])));
    }
    changes.push(change(ChangeKind::Equal, text(&input.before[equal..])));
    changes.retain(|change| !change.text.is_empty());
    changes
}

/// Returns the words of a text and the blanks between them; of a Chinese one the characters.
fn pieces<'t>(text: &'t str, lang: &Lang) -> impl Iterator<Item = &'t str> {
    let by_character = lang.is_chinese();
    let mut rest = text;
    iter::from_fn(move || {
        let first = rest.chars().next()?;
        let other = |character: char| character.is_whitespace() != first.is_whitespace();
        let end = if by_character { first.len_utf8() } else { rest.find(other).unwrap_or(rest.len()) };
        let (piece, after) = rest.split_at(end);
        rest = after;
        Some(piece)
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(changes: &[Change]) -> String {
        let part = |change: &Change| match change.kind {
            ChangeKind::Equal => change.text.clone(),
            ChangeKind::Deleted => format!("[-{}-]", change.text),
            ChangeKind::Inserted => format!("{{+{}+}}", change.text),
        };
        changes.iter().map(part).collect()
    }

    #[test]
    fn differences_are_of_words_and_of_han_characters() {
        let english = difference("Lee met Li in Seoul.", "Lee met Xi in Seoul.", &Lang::En);
        assert_eq!(written(&english), "Lee met [-Li-]{+Xi+} in Seoul.");
        let chinese = difference("李强会见李在明", "李强会见赵乐际", &Lang::ZhHans);
        assert_eq!(written(&chinese), "李强会见[-李在明-]{+赵乐际+}");
    }

    proptest! {
        #[test]
        fn both_segments_can_be_read_off(kept in "[ab가 ]{0,20}", new in "[ab가 ]{0,20}") {
            let changes = difference(&kept, &new, &Lang::Ko);
            let without = |kind: ChangeKind| -> String {
                changes.iter().filter(|change| change.kind != kind).map(|change| change.text.as_str()).collect()
            };
            prop_assert_eq!(without(ChangeKind::Inserted), kept);
            prop_assert_eq!(without(ChangeKind::Deleted), new);
        }
    }
}
