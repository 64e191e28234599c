//! Where a draft has headlines: lines that name people and offices without introducing them.

use crate::text::span::Span;

/// A longer paragraph, in bytes, is prose even where its last full stop is missing.
const LONGEST: usize = 300;

/// What stands before the words of a heading is shorter, in bytes.
const LONGEST_MARK: usize = 64;

/// How many lines of a headline may stand above the text without a blank line: a date and a title.
const MOST_LINES: usize = 2;

/// Returns whether a place stands in a headline: a Markdown heading, a short paragraph without a full stop (a list item or a
/// caption is like one), or the first lines of the draft where they have none. `first` says that the paragraph is the first.
pub fn is_headline(text: &str, paragraph: Span, first: bool, place: Span) -> bool {
    let written = paragraph.of(text);
    is_after_heading_mark(&text[..paragraph.start])
        || is_line_of_one(written)
        || first && is_in_first_lines(written, place.start.saturating_sub(paragraph.start))
}

/// Returns whether the line begins with the mark of a heading; where a paragraph is cut out of a long line, it does not begin it.
fn is_after_heading_mark(before: &str) -> bool {
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(LONGEST_MARK))..];
    let line = match near.rfind('\n') {
        Some(end) => &near[end + 1..],
        None if near.len() == before.len() => near,
        None => return false,
    };
    line.trim_start().starts_with('#')
}

fn is_in_first_lines(paragraph: &str, place: usize) -> bool {
    if place >= MOST_LINES * LONGEST {
        return false;
    }
    let mut start = 0;
    for line in paragraph.split_inclusive('\n').take(MOST_LINES).take_while(|line| is_line_of_one(line)) {
        start += line.len();
        if place < start {
            return true;
        }
    }
    false
}

fn is_line_of_one(text: &str) -> bool {
    text.len() <= LONGEST && !ends_with_stop(text)
}

/// Headlines may ask and exclaim, but have no full stop.
fn ends_with_stop(text: &str) -> bool {
    let text = text.trim_end().trim_end_matches(['"', '\'', '”', '’', ')', ']', '」', '』', '）']);
    text.ends_with(['.', '。', '…', ':', '：', '．'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, word: &str, expected: bool) {
        let start = text.find(word).unwrap();
        let before = text[..start].rfind("\n\n").map_or(0, |end| end + 2);
        let end = text[start..].find("\n\n").map_or(text.len(), |end| start + end);
        let marks = text[before..end].len() - text[before..end].trim_start_matches(['#', ' ']).len();
        let paragraph = Span::new(before + marks, end);
        let place = Span::new(start, start + word.len());
        assert_eq!(is_headline(text, paragraph, before == 0, place), expected, "{word} in {text}");
    }

    #[test]
    fn headlines_have_no_full_stop() {
        check("2026-01-07\nLee meets Li\n\nLi said so.", "meets", true);
        check("2026-01-07\nLee meets Li\n\nLi said so.", "said", false);
        check("Lee meets Li\nLee spoke.\nLi left.", "meets", true);
        check("Lee meets Li\nLee spoke.\nLi left.", "spoke", false);
        check("One.\n\nWhat next?\n\nTwo", "next", true);
        check("He said, “Lee left.”", "left", false);
        check("One.\n\n## Mr. Lee left.\n\nTwo.", "left", true);
        check(&format!("{} end", "word ".repeat(80)), "end", false);
    }
}
