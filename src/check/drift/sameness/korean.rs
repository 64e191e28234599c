//! Whether two Korean spellings are one name.

use crate::check::drift::group::{Group, before, titles};
use crate::check::drift::slip::{self, Sound};
use crate::names::{korean_surname, title};
use crate::text::particle;

/// Returns whether two Korean spellings are one name: one jamo apart, and long, or with the same title, gloss or given name
/// beside them.
pub(super) fn is_one_name(stray: &Group<'_>, usual: &Group<'_>) -> bool {
    let Some(sound) = slip::between_hangul(stray.text(), usual.text()) else { return false };
    let length = usual.text().chars().count();
    if length == 3 && korean_surname::family_and_given(usual.text()).is_some() {
        return stray.meets(usual) && is_one_person(stray, usual, sound);
    }
    let named_alike = stray.shared(usual, before).iter().any(|word| is_korean_given(word));
    let titled_alike = !stray.shared(usual, titles).is_empty();
    let is_close = length >= 4 || sound > Sound::Other && stray.meets(usual);
    let often = usual.count() >= if sound > Sound::Other { 3 } else { 5 };
    let lone = !stray.is_titled() && (length >= 4 || usual.has_korean_title() && often && stray.meets(usual));
    named_alike || titled_alike && is_close || lone
}

/// 김민서 and 김민석 may both be lawmakers, and actors; 이재명 and 이제명 are hardly two people in one draft.
fn is_one_person(stray: &Group<'_>, usual: &Group<'_>, sound: Sound) -> bool {
    let shared = stray.shared(usual, titles);
    let office = shared.iter().any(|title| !title::is_everyday(title));
    match sound {
        Sound::Same => !shared.is_empty() || !stray.is_titled() && usual.has_korean_title(),
        Sound::Alike => office,
        Sound::Other => false,
    }
}

/// Returns whether a word before a name may be the given name of its bearer rather than an office or any other word.
fn is_korean_given(word: &str) -> bool {
    let joined = particle::chains_at_end(word).len() > 1;
    word.chars().count() >= 2 && !joined && !title::is_nothing_else(word)
}
