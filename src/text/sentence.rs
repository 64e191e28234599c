//! Where a sentence ends, in English, Korean and Chinese news.
//!
//! A sentence ends at `.`, `!`, `?`, `…`, `。`, `！`, `？` with the closing quotes and brackets after it, at the end of a line
//! that was not wrapped, and before the next item of a list. Whether one stop ends a sentence is decided by the language of
//! the letters on either side of it (`english`, `korean`, `chinese`), so that a mixed text needs no language told; lines,
//! lists, quotes with brackets, and abbreviations have a file each.
//!
//! The rules are our own: those of UAX #29 cut at `Mr. Kim`, and SRX rules bring twenty crates for what stands here. Where
//! a rule is in doubt the sentence goes on: two sentences in one segment do less harm than half a sentence.

mod abbreviation;
mod chinese;
mod enclosure;
mod english;
mod korean;
mod line_break;
mod list_mark;
mod stop;

use crate::text::sentence::enclosure::Enclosure;
use crate::text::sentence::stop::Stop;
use crate::text::span::Span;

/// Returns the sentences of a text, in order and without the white space around them: every other character stands in
/// exactly one of them. The time is linear in the length of the text.
pub fn sentences(text: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    for block in line_break::blocks(text) {
        for item in list_mark::items(block.of(text)) {
            let item = item.shifted(block.start);
            let cut = cut(item.of(text)).into_iter();
            spans.extend(cut.map(|span| span.shifted(item.start)));
        }
    }
    spans
}

/// Cuts a stretch of text without line ends and list items of its own at its stops.
fn cut(text: &str) -> Vec<Span> {
    let enclosures = enclosure::enclosures(text);
    let mut walk = Walk { text, enclosures: &enclosures, place: 0 };
    let mut spans = Vec::new();
    let mut start = skip_space(text, 0);
    while let Some(stop) = walk.next_stop(start) {
        if stop.ends_sentence() {
            spans.push(Span::new(start, stop.end));
            start = skip_space(text, stop.end);
        }
    }
    let end = start + text[start..].trim_end().len();
    if start < end {
        spans.push(Span::new(start, end));
    }
    spans
}

fn skip_space(text: &str, from: usize) -> usize {
    text.len() - text[from..].trim_start().len()
}

/// A walk through a text from stop to stop.
struct Walk<'a> {
    text: &'a str,
    /// The quotations and asides that are still ahead.
    enclosures: &'a [Enclosure],
    place: usize,
}

impl<'a> Walk<'a> {
    /// Returns the next stop with the marks that close behind it, in the sentence that begins at `start`. A quotation or an
    /// aside is passed over as a whole; its own last stop counts at its end.
    fn next_stop(&mut self, start: usize) -> Option<Stop<'a>> {
        while let Some(c) = self.text[self.place..].chars().next() {
            if let Some(enclosure) = self.enclosure_here() {
                self.place = enclosure.end;
                if let Some(stop) = Stop::in_enclosure(self.text, start, enclosure) {
                    self.place = stop.end;
                    return Some(stop);
                }
            } else if stop::is_stop(c) {
                let limit = self.enclosures.first().map_or(self.text.len(), |next| next.open);
                let stop = Stop::at(self.text, start, self.place, limit);
                self.place = stop.end;
                return Some(stop);
            } else {
                self.place += c.len_utf8();
            }
        }
        None
    }

    /// Returns what opens at this place.
    fn enclosure_here(&mut self) -> Option<Enclosure> {
        while let Some((first, rest)) = self.enclosures.split_first() {
            if first.open > self.place {
                return None;
            }
            self.enclosures = rest;
            if first.open == self.place {
                return Some(*first);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(paragraph: &str, expected: &[&str]) {
        let found: Vec<&str> = sentences(paragraph).into_iter().map(|span| span.of(paragraph)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn english() {
        check("Lee met Li on Jan. 6. He said so.", &["Lee met Li on Jan. 6.", "He said so."]);
        check("China’s No. 2 leader spoke. “Yes.” Kang agreed!", &["China’s No. 2 leader spoke.", "“Yes.”", "Kang agreed!"]);
        check("The U.S. Senate and J. Lee paid 3.5 million.", &["The U.S. Senate and J. Lee paid 3.5 million."]);
        check("He left . . . what he could. . . . Next one.", &["He left . . . what he could. . . .", "Next one."]);
        check(
            "It was in the U.S. The U.S. Senate met ABC Corp. She agreed.",
            &["It was in the U.S.", "The U.S. Senate met ABC Corp.", "She agreed."],
        );
        check("See p. 55, e.g. Mr. Smith -- voila! -- there.", &["See p. 55, e.g. Mr. Smith -- voila! -- there."]);
        check("“Really?” he asked. (So it is.) End", &["“Really?” he asked.", "(So it is.)", "End"]);
        check(
            "“Are you sure?” Kang Yu-jung asked. No. They left.",
            &["“Are you sure?” Kang Yu-jung asked.", "No.", "They left."],
        );
        check(
            "It opens at 9 a.m. Monday. Y. He met Plan B. The end.",
            &["It opens at 9 a.m. Monday.", "Y. He met Plan B.", "The end."],
        );
    }

    #[test]
    fn korean() {
        check("그는 말했다. 리 총리는 답했다.\"네\"라고 했다.", &["그는 말했다.", "리 총리는 답했다.", "\"네\"라고 했다."]);
        check("이 대통령은 7일 왔다.시 주석도 왔다.", &["이 대통령은 7일 왔다.", "시 주석도 왔다."]);
        check("\"정말?\" 이라고 물었다. 3.5%다.", &["\"정말?\" 이라고 물었다.", "3.5%다."]);
    }

    #[test]
    fn chinese() {
        check("去看《摔跤吧！爸爸》好吗？好！", &["去看《摔跤吧！爸爸》好吗？", "好！"]);
        check("李强说：“中方重视。”毛宁表示同意！好。", &["李强说：“中方重视。”", "毛宁表示同意！", "好。"]);
        check("“好。”他说。“再见！”", &["“好。”他说。", "“再见！”"]);
        check("人们高喊“加油！”的口号。「我不知道……」他說。", &["人们高喊“加油！”的口号。", "「我不知道……」他說。"]);
    }

    proptest! {
        #[test]
        fn sentences_hold_every_letter_once_and_in_order(text in "[a-c A-C1-3가-나다我。.!?…“”\"'’()《》「」\\[\\]\n]{0,80}") {
            let found = sentences(&text);
            prop_assert!(found.windows(2).all(|pair| pair[0].end <= pair[1].start), "not in order");
            let letters = |part: &str| part.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            let joined: String = found.iter().map(|span| letters(span.of(&text))).collect();
            prop_assert_eq!(joined, letters(&text));
            prop_assert!(found.iter().all(|span| !span.is_empty() && span.of(&text).trim() == span.of(&text)));
        }
    }
}
