//! Han characters: which are one character in two scripts, and which script a character proves.
//!
//! The table is `han_variants.txt`, which names its sources; it is unfolded into a direct index when the crate is compiled.

use crate::text::script::Script;
use crate::text::span::Span;

/// What one Han character says about the script of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HanScript {
    /// Written only in simplified text (赵).
    Simplified,
    /// Written only in traditional text (趙).
    Traditional,
    /// Written in both, or proving nothing (王, 淸).
    Either,
}

/// Returns the simplified form of a character for comparing: 趙 and 赵 give 赵, 淸 gives 清. Never for display.
pub fn simplified(c: char) -> char {
    index(c).and_then(|at| char::from_u32(u32::from(TABLE.simplified[at]))).filter(|found| *found != '\0').unwrap_or(c)
}

/// Returns what `c` says about the script of its text.
pub fn script(c: char) -> HanScript {
    match index(c).map(|at| TABLE.script[at]) {
        Some(SIMPLIFIED) => HanScript::Simplified,
        Some(TRADITIONAL) => HanScript::Traditional,
        _ => HanScript::Either,
    }
}

const FIRST: u32 = 0x3400;
const SIZE: usize = 0xA000 - FIRST as usize;
const SIMPLIFIED: u8 = 1;
const TRADITIONAL: u8 = 2;

fn index(c: char) -> Option<usize> {
    let at = (c as u32).checked_sub(FIRST)? as usize;
    (at < SIZE).then_some(at)
}

struct Table {
    /// The simplified form by character, 0 where the character is its own.
    simplified: [u16; SIZE],
    script: [u8; SIZE],
}

#[allow(long_running_const_eval)]
static TABLE: Table = unfold(include_bytes!("han_variants.txt"));

const fn unfold(text: &[u8]) -> Table {
    let mut table = Table { simplified: [0; SIZE], script: [0; SIZE] };
    let mut at = 0;
    let mut simplified = 0;
    let mut comment = false;
    let mut line_start = true;
    let mut mark = 0;
    while at < text.len() {
        let byte = text[at];
        if byte < 0x80 {
            at += 1;
            match byte {
                b'\n' => {
                    line_start = true;
                    comment = false;
                }
                b'#' => comment = true,
                b'=' if !comment => {
                    table.script[simplified as usize - FIRST as usize] = SIMPLIFIED;
                    mark = TRADITIONAL;
                }
                b'~' if !comment => mark = TRADITIONAL,
                b'/' if !comment => mark = 0,
                _ => {}
            }
            continue;
        }
        // Every character of the table lies between U+3400 and U+9FFF: three bytes each.
        let c = (text[at] as u16 & 0x0F) << 12 | (text[at + 1] as u16 & 0x3F) << 6 | (text[at + 2] as u16 & 0x3F);
        at += 3;
        if comment {
            continue;
        }
        if line_start {
            simplified = c;
            line_start = false;
        } else {
            table.simplified[c as usize - FIRST as usize] = simplified;
            table.script[c as usize - FIRST as usize] = mark;
        }
    }
    table
}

/// Returns the runs of Han characters of some lengths within a place, in order.
pub fn windows(text: &str, place: Span, lengths: &[usize]) -> Vec<Span> {
    let letters: Vec<(usize, char)> = place.of(text).char_indices().map(|(at, c)| (place.start + at, c)).collect();
    let window = |at: usize, length: usize| {
        let window = letters.get(at..at + length)?;
        let (first, last) = (window.first()?, window.last()?);
        let han = window.iter().all(|(_, c)| Script::of(*c) == Script::Han);
        han.then(|| Span::new(first.0, last.0 + last.1.len_utf8()))
    };
    (0..letters.len()).flat_map(|at| lengths.iter().filter_map(move |length| window(at, *length)).collect::<Vec<_>>()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scripts_and_print_forms_meet_in_the_simplified_form() {
        for (written, expected) in [
            ("趙樂際", "赵乐际"),
            ("釣魚臺國賓館", "钓鱼台国宾馆"),
            ("賴淸德", "赖清德"),
            ("兪正聲", "俞正声"),
            ("樸槿惠", "朴槿惠"),
            ("慄戰書", "栗战书"),
            ("李强", "李强"),
            ("李強", "李强"),
            ("尹錫悅", "尹锡悦"),
            ("王毅", "王毅"),
        ] {
            assert_eq!(written.chars().map(simplified).collect::<String>(), expected);
        }
        assert_eq!(simplified('a'), 'a');
        assert_eq!(simplified('\u{10FFFF}'), '\u{10FFFF}');
    }

    #[test]
    fn a_character_proves_a_script_or_nothing() {
        assert_eq!(script('赵'), HanScript::Simplified);
        assert_eq!(script('趙'), HanScript::Traditional);
        for either in ['王', '台', '后', '淸', 'x'] {
            assert_eq!(script(either), HanScript::Either, "{either}");
        }
    }
}
