//! What a page can show of a text.

/// Returns a text without the control characters that HTML cannot hold; each has the sign for what cannot be shown in its place.
pub fn legible(text: &str) -> String {
    let is_odd = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    text.chars().map(|c| if is_odd(c) { '\u{FFFD}' } else { c }).collect()
}
