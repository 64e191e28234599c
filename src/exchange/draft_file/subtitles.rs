//! Subtitles as a draft, SRT and WebVTT: the text of each cue, without numbers, times, notes and tags.

use crate::exchange::draft_file::reference::push_text;
use crate::exchange::draft_file::transcript::{Paragraph, Transcript};
use crate::text::span::Span;

/// The two formats of subtitles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SubtitleFormat {
    /// SubRip: `&` means itself.
    Srt,
    /// WebVTT: references are those of HTML.
    Vtt,
}

/// Reads the cues; the lines of one stay lines of one paragraph.
pub(super) fn read(source: &str, format: SubtitleFormat) -> Transcript {
    let mut transcript = Transcript::default();
    for block in blocks(source) {
        transcript.comments.extend(note(&block, format));
        let mut paragraph = Paragraph::default();
        for (nth, (at, line)) in cue_text(&block, format).iter().enumerate() {
            if nth > 0 {
                // The end of the line before: one character as it is read, one or two as it is written.
                let end = block_line_end(source, *at);
                match end.len() {
                    1 => paragraph.verbatim(end, at - 1, 0),
                    length => paragraph.otherwise("\n", (at - length..*at).into(), 0),
                }
            }
            push_line(&mut paragraph, line, *at, format);
        }
        transcript.push(paragraph);
    }
    transcript
}

type Line<'s> = (usize, &'s str);

/// Returns the stretches of lines that are not empty, each line with its offset.
fn blocks(source: &str) -> Vec<Vec<Line<'_>>> {
    let mut blocks = vec![Vec::new()];
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_end_matches(['\n', '\r']);
        if !text.trim().is_empty() {
            blocks.last_mut().into_iter().for_each(|block| block.push((at, text)));
        } else if blocks.last().is_some_and(|block| !block.is_empty()) {
            blocks.push(Vec::new());
        }
        at += line.len();
    }
    blocks
}

/// Returns the lines of a block that are read.
fn cue_text<'b, 's>(block: &'b [Line<'s>], format: SubtitleFormat) -> &'b [Line<'s>] {
    match block.iter().take(2).position(|(_, line)| line.contains("-->")) {
        Some(times) => &block[times + 1..],
        // An empty line within a cue of SRT: many programs write one and read on.
        None if format == SubtitleFormat::Srt => block,
        // The header, a note, a style.
        None => &[],
    }
}

/// Returns what a note of WebVTT says.
fn note(block: &[Line<'_>], format: SubtitleFormat) -> Option<Span> {
    const NOTE: &str = "NOTE";
    let (&(start, first), &(last_start, last)) = (block.first()?, block.last()?);
    let said = first.strip_prefix(NOTE).filter(|_| format == SubtitleFormat::Vtt)?;
    let is_note = said.is_empty() || said.starts_with([' ', '\t']);
    is_note.then(|| Span::new(start + NOTE.len(), last_start + last.len()))
}

fn block_line_end(source: &str, line_start: usize) -> &str {
    let before = &source[..line_start];
    &before[before.trim_end_matches(['\n', '\r']).len()..]
}

/// Adds a line without its tags: `<i>`, `<00:01.000>`, `{\an8}`.
fn push_line(paragraph: &mut Paragraph, line: &str, offset: usize, format: SubtitleFormat) {
    let mut push = |from: usize, to: usize| match format {
        SubtitleFormat::Srt => paragraph.verbatim(&line[from..to], offset + from, 0),
        SubtitleFormat::Vtt => push_text(paragraph, &line[from..to], offset + from),
    };
    let (mut from, mut at) = (0, 0);
    while let Some(found) = line[at..].find(['<', '{']).map(|found| at + found) {
        at = found + 1;
        if let Some(length) = tag_length(&line[found..], format) {
            push(from, found);
            at = found + length;
            from = at;
        }
    }
    push(from, line.len());
}

/// No tag is longer, in bytes; without an end to the search, a line full of `<` would be read to its end for each.
const LONGEST_TAG: usize = 400;

/// Returns the length of the tag that a text begins with.
fn tag_length(text: &str, format: SubtitleFormat) -> Option<usize> {
    let text = &text[..text.floor_char_boundary(LONGEST_TAG)];
    let second = text[1..].chars().next()?;
    if text.starts_with('{') {
        return if format == SubtitleFormat::Srt && second == '\\' { text.find('}').map(|end| end + 1) } else { None };
    }
    let is_tag = second.is_ascii_alphabetic() || second == '/' || second.is_ascii_digit() && format == SubtitleFormat::Vtt;
    if is_tag { text.find('>').map(|end| end + 1) } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cues_are_read_without_times_and_tags() {
        let srt = "1\r\n00:00:01,000 --> 00:00:02,000\r\n{\\an8}<i>Xi Jin</i>ping met\r\nLee & Co. < 3\r\n\r\n2\r\n00:00:03,000 --> 00:00:04,000\r\n시진핑\r\n";
        assert_eq!(read(srt, SubtitleFormat::Srt).text, "Xi Jinping met\nLee & Co. < 3\n\n시진핑");
        let vtt = "WEBVTT Peking\n\nNOTE Peking\n\nSTYLE\n::cue { color: red }\n\nintro\n00:01.000 --> 00:02.000 line:0\n<v Peking>Li <00:01.500>Qiang</v> &amp; Lee\n- in {Seoul}\n";
        assert_eq!(read(vtt, SubtitleFormat::Vtt).text, "Li Qiang & Lee\n- in {Seoul}");
    }
}
