//! The Mandarin reading of Han characters, without tones, from the Unicode Han Database (`han_pinyin.txt`).
//!
//! One usual reading a character: enough to see that two characters sound alike, not to romanise a name.

use std::sync::LazyLock;

const FIRST: u32 = 0x4E00;
const SIZE: usize = 0xA000 - FIRST as usize;

static LINE_OF: [u16; SIZE] = lines(TABLE.as_bytes());
static SYLLABLES: LazyLock<Vec<&str>> =
    LazyLock::new(|| TABLE.lines().map(|line| line.split_once(' ').map_or("", |(syllable, _)| syllable)).collect());
const TABLE: &str = include_str!("han_pinyin.txt");

/// Returns whether two characters sound alike: one syllable, n and ng at its end not told apart (民 and 明).
pub fn sound_alike(a: char, b: char) -> bool {
    match (pinyin(a), pinyin(b)) {
        (Some(a), Some(b)) => a.trim_end_matches('g') == b.trim_end_matches('g'),
        _ => false,
    }
}

/// Returns the toneless reading of a character, `ü` as `v`.
pub fn pinyin(c: char) -> Option<&'static str> {
    let at = (c as u32).checked_sub(FIRST)? as usize;
    let line = *LINE_OF.get(at).filter(|line| **line > 0)?;
    SYLLABLES.get(usize::from(line)).copied()
}

/// Returns the number of the line that each character stands in, 0 for none.
#[allow(long_running_const_eval)]
const fn lines(text: &[u8]) -> [u16; SIZE] {
    let mut line_of = [0; SIZE];
    let mut line = 0;
    let mut at = 0;
    while at < text.len() {
        if text[at] < 0x80 {
            if text[at] == b'\n' {
                line += 1;
            }
            at += 1;
            continue;
        }
        let code = (text[at] as u32 & 0x0F) << 12 | (text[at + 1] as u32 & 0x3F) << 6 | (text[at + 2] as u32 & 0x3F);
        at += 3;
        if code >= FIRST {
            line_of[(code - FIRST) as usize] = line;
        }
    }
    line_of
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_sound_alike() {
        assert_eq!(pinyin('际'), Some("ji"));
        assert_eq!(pinyin('吕'), Some("lv"));
        assert_eq!(pinyin('a'), None);
        for (a, b) in [('际', '计'), ('桢', '贞'), ('民', '明'), ('勋', '薰')] {
            assert!(sound_alike(a, b), "{a} {b}");
        }
        assert!(!sound_alike('凤', '鹏'));
    }
}
