//! Whether two Chinese spellings are one name.

use crate::check::drift::group::{Group, before, titles};
use crate::check::drift::slip::{self, Sound};

/// Returns whether two Chinese spellings are one name: one character apart, which sounds alike or is one of many, and with the
/// same title or given name beside them where there is one.
pub(super) fn is_one_name(stray: &Group<'_>, usual: &Group<'_>) -> bool {
    let Some(sound) = slip::between_han(stray.text(), usual.text()) else { return false };
    let alike = sound == Sound::Same;
    let long = usual.text().chars().count() >= 4;
    let named_alike = !stray.shared(usual, before).is_empty();
    let titled_alike = !stray.shared(usual, titles).is_empty();
    let bare = !stray.any(|spelling| !spelling.titles.is_empty() || !spelling.before.is_empty());
    named_alike && (alike || long) || alike && (titled_alike || bare) && (long || stray.meets(usual))
}
