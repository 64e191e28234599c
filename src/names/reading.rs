//! How Han characters are read in Mandarin (`han_pinyin.txt`) and in Korean (`han_korean.txt`), from the Unicode Han Database
//! (kMandarin, kHangul and others).
//!
//! A line is a reading and the characters whose first reading it is; a line that begins with `+` has those whose further
//! reading it is. Simplified characters have the Korean readings of the traditional ones behind them. Readings of names are in
//! `han_name`.

use std::sync::LazyLock;

use rustc_hash::FxHashMap as HashMap;

const FIRST: u32 = 0x4E00;
const SIZE: usize = 0xA000 - FIRST as usize;

const PINYIN: &str = include_str!("han_pinyin.txt");
const KOREAN: &str = include_str!("han_korean.txt");

static MANDARIN: LazyLock<Table> = LazyLock::new(|| Table::of(PINYIN, &PINYIN_LINES));
static SINO_KOREAN: LazyLock<Table> = LazyLock::new(|| Table::of(KOREAN, &KOREAN_LINES));
static PINYIN_LINES: [u16; SIZE] = lines(PINYIN.as_bytes());
static KOREAN_LINES: [u16; SIZE] = lines(KOREAN.as_bytes());

/// The readings of one language.
struct Table {
    /// By character, the number of the line of its first reading, 0 for none.
    line_of: &'static [u16; SIZE],
    /// The readings by line.
    readings: Vec<&'static str>,
    /// Further readings by character.
    further: HashMap<char, Vec<&'static str>>,
}

impl Table {
    fn of(text: &'static str, line_of: &'static [u16; SIZE]) -> Self {
        let reading = |line: &'static str| line.split_once(' ').map_or("", |(reading, _)| reading);
        let mut further: HashMap<char, Vec<&str>> = HashMap::default();
        for (reading, characters) in text.lines().filter_map(|line| line.strip_prefix('+')?.split_once(' ')) {
            characters.chars().for_each(|c| further.entry(c).or_default().push(reading));
        }
        Self { line_of, readings: text.lines().map(reading).collect(), further }
    }

    fn first(&self, c: char) -> Option<&'static str> {
        let at = (c as u32).checked_sub(FIRST)? as usize;
        let line = *self.line_of.get(at).filter(|line| **line > 0)?;
        self.readings.get(usize::from(line)).copied()
    }

    fn all(&self, c: char) -> impl Iterator<Item = &'static str> + '_ {
        self.first(c).into_iter().chain(self.further.get(&c).into_iter().flatten().copied())
    }
}

/// Returns whether two characters sound alike in Mandarin: one syllable, n and ng at its end not told apart (民 and 明).
pub fn sound_alike(a: char, b: char) -> bool {
    match (pinyin(a), pinyin(b)) {
        (Some(a), Some(b)) => a.trim_end_matches('g') == b.trim_end_matches('g'),
        _ => false,
    }
}

/// Returns the usual Mandarin reading of a character without its tone, `ü` as `v`.
pub fn pinyin(c: char) -> Option<&'static str> {
    MANDARIN.first(c)
}

/// Returns all Mandarin readings of a character that are in use, the usual one first.
pub fn pinyins(c: char) -> impl Iterator<Item = &'static str> {
    MANDARIN.all(c)
}

/// Returns the Korean readings of a character, the usual one first, as they are inside a word (樂 is 락, 이 for 李 is made by
/// the initial-sound law).
pub fn korean(c: char) -> impl Iterator<Item = char> {
    SINO_KOREAN.all(c).filter_map(|reading| reading.chars().next())
}

/// Returns the number of the line that each character stands in as its first reading, 0 for none. The first line is a
/// comment.
#[allow(long_running_const_eval)]
const fn lines(text: &[u8]) -> [u16; SIZE] {
    let mut line_of = [0; SIZE];
    let mut line = 0;
    let mut at = 0;
    let mut further = false;
    let mut start = true;
    while at < text.len() {
        if text[at] < 0x80 {
            further = if start { text[at] == b'+' || text[at] == b'#' } else { further };
            start = text[at] == b'\n';
            line += start as u16;
            at += 1;
            continue;
        }
        // A Hangul reading at the head of its line lies above the range below.
        further = further && !start;
        start = false;
        let code = (text[at] as u32 & 0x0F) << 12 | (text[at + 1] as u32 & 0x3F) << 6 | (text[at + 2] as u32 & 0x3F);
        at += 3;
        if !further && code >= FIRST && code < FIRST + SIZE as u32 {
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

    #[test]
    fn characters_have_several_readings() {
        assert!(pinyins('乐').any(|reading| reading == "yue") && pinyins('重').any(|reading| reading == "chong"));
        for (c, reading) in [('李', '리'), ('樂', '락'), ('樂', '악'), ('乐', '락'), ('习', '습'), ('國', '국'), ('国', '국')]
        {
            assert!(korean(c).any(|found| found == reading), "{c} {reading}");
        }
        assert_eq!(korean('a').count(), 0);
    }
}
