//! What must change in one segment to make it another, word by word; character by character in Chinese.

use similar::{ChangeTag, TextDiff};

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

/// Returns the way from a kept segment to a new one.
pub fn difference(kept: &str, new: &str, lang: &Lang) -> Vec<Change> {
    if kept.len() > LONGEST || new.len() > LONGEST {
        let one = |kind, text: &str| Change { kind, text: text.to_owned() };
        return vec![one(ChangeKind::Deleted, kept), one(ChangeKind::Inserted, new)];
    }
    let diff = if lang.is_chinese() { TextDiff::from_chars(kept, new) } else { TextDiff::from_words(kept, new) };
    let mut changes: Vec<Change> = Vec::new();
    for change in diff.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => ChangeKind::Equal,
            ChangeTag::Delete => ChangeKind::Deleted,
            ChangeTag::Insert => ChangeKind::Inserted,
        };
        match changes.last_mut() {
            Some(last) if last.kind == kind => last.text.push_str(change.value()),
            _ => changes.push(Change { kind, text: change.value().to_owned() }),
        }
    }
    changes
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
