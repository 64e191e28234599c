//! A change of a draft's text that is to be written back into its file, and why it cannot be.

use crate::exchange::encoding::FileEncoding;
use crate::text::span::Span;

/// Other words for a place of the text that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// What is replaced; an empty place is one where something is put in.
    pub span: Span,
    /// What stands there instead.
    pub text: String,
}

/// Why changes cannot be written into a file.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError {
    /// They overlap, do not stand in order, or lie outside of the text or within a character.
    #[error("the changes of {name} overlap or lie outside of its text; nothing of it is changed")]
    Misplaced {
        /// The draft.
        name: String,
    },
    /// A place goes over the end of a paragraph or a break in it, which are not for changes to take out.
    #[error("a change of {name} goes over the end of a paragraph or line; make it by hand")]
    OverBreak {
        /// The draft.
        name: String,
    },
    /// The encoding of the file lacks a character.
    #[error("{name} is in {}, which cannot hold `{text}`; save it as UTF-8 and try again", encoding.encoding.name())]
    NotInEncoding {
        /// The draft.
        name: String,
        /// The encoding.
        encoding: FileEncoding,
        /// The new text.
        text: String,
    },
    /// The file cannot be written as it was: its encoding has more than one way to write a text.
    #[error("{name} is in {}, and cannot be changed without changing more of it; save it as UTF-8 and try again", encoding.encoding.name())]
    NotReproducible {
        /// The draft.
        name: String,
        /// The encoding.
        encoding: FileEncoding,
    },
    /// The archive cannot be written.
    #[error("{name} cannot be put together again: {reason}")]
    Archive {
        /// The draft.
        name: String,
        /// What the library says.
        reason: String,
    },
}

/// Returns whether changes stand in order within a text, share no place, and cut no character.
pub(super) fn are_placed(changes: &[Change], text: &str) -> bool {
    let inside = |span: Span| {
        span.start <= span.end && span.end <= text.len() && text.is_char_boundary(span.start) && text.is_char_boundary(span.end)
    };
    changes.iter().all(|change| inside(change.span)) && changes.windows(2).all(|two| two[0].span.end <= two[1].span.start)
}

/// Returns a text with changes that are [placed in it](are_placed).
pub(super) fn changed_text(text: &str, changes: &[Change]) -> String {
    let mut changed = String::with_capacity(text.len());
    let mut from = 0;
    for change in changes {
        changed.push_str(&text[from..change.span.start]);
        changed.push_str(&change.text);
        from = change.span.end;
    }
    changed.push_str(&text[from..]);
    changed
}
