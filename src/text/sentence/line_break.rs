//! The ends of lines: which of them end a sentence, and which only wrapped a long one.

use crate::text::script::Script;
use crate::text::sentence::list_mark;
use crate::text::span::Span;

/// How wide in columns the widest line of a text is that was wrapped by a program or by hand.
const WRAPPED: std::ops::RangeInclusive<usize> = 50..=120;

/// Returns the stretches of a text that lines end for good: a blank line ends one, the end of a headline, an item of a
/// list. Spans cover the whole text but for line ends.
pub(super) fn blocks(text: &str) -> Vec<Span> {
    let mut blocks = Vec::new();
    let mut paragraph: Vec<Span> = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        let span = Span::new(start, start + line.len());
        start = span.end;
        if line == "\n" && text[..span.start].ends_with('\r') {
            continue;
        }
        if line.trim().is_empty() {
            close(text, &mut paragraph, &mut blocks);
        } else {
            paragraph.push(span);
        }
    }
    close(text, &mut paragraph, &mut blocks);
    blocks
}

/// Joins the lines of a paragraph that were wrapped.
fn close(text: &str, paragraph: &mut Vec<Span>, blocks: &mut Vec<Span>) {
    let widest = paragraph.iter().map(|line| columns(line.of(text).trim())).max().unwrap_or(0);
    let mut last: Option<Span> = None;
    for line in paragraph.drain(..) {
        match last {
            Some(before) if !ends_block(before.of(text), line.of(text), widest) => {
                if let Some(block) = blocks.last_mut() {
                    block.end = line.end;
                }
            }
            _ => blocks.push(line),
        }
        last = Some(line);
    }
}

/// Returns whether a line ends for good before `next`, in a paragraph whose widest line has `widest` columns.
fn ends_block(line: &str, next: &str, widest: usize) -> bool {
    let (line, next) = (line.trim(), next.trim());
    // A line that begins with a small letter or a stop goes on, however short the one before it.
    if next.starts_with(|c: char| c.is_lowercase() && !list_mark::begins_item(next)) || next.starts_with(['.', ',', ')']) {
        return false;
    }
    let room = columns(line) + 1 + columns(first_word(next)) <= widest;
    room || !WRAPPED.contains(&widest) || list_mark::begins_item(next)
}

/// Returns what a program that wraps lines does not cut: a word, or one Han character.
fn first_word(line: &str) -> &str {
    let mut end = 0;
    for (at, c) in line.char_indices() {
        if c.is_whitespace() {
            break;
        }
        end = at + c.len_utf8();
        if Script::of(c) == Script::Han {
            break;
        }
    }
    &line[..end]
}

/// Returns the columns that a text is wide: two for a syllable of Hangul or a Han character.
fn columns(text: &str) -> usize {
    text.chars().map(|c| if Script::of(c) == Script::Alphabetic { 1 } else { 2 }).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = blocks(text).iter().map(|block| block.of(text).trim()).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn headlines_and_items_end() {
        check(
            "Lee meets Li\nLee met Li in Beijing.\n\nThey talked.",
            &["Lee meets Li", "Lee met Li in Beijing.", "They talked."],
        );
        check("- Talks\n1. The first\n2. The second", &["- Talks", "1. The first", "2. The second"]);
        check("one\r\n\r\ntwo\n \nThree", &["one", "two", "Three"]);
    }

    #[test]
    fn wrapped_lines_go_on() {
        let text = "President Lee Jae-myung met Premier Li Qiang of China in\nBeijing on Tuesday and said that peace on the Korean\nPeninsula helps all.";
        check(text, &[text]);
        let text = "a sentence that is\ncut off in the middle";
        check(text, &[text]);
    }
}
