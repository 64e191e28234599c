//! What is to be read of a draft: its prose, without code, addresses, markup and front matter.

use std::borrow::Cow;
use std::path::Path;
use std::sync::LazyLock;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use crate::text::span::Span;

/// How a draft is marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DraftFormat {
    /// Paragraphs with blank lines between them.
    #[default]
    Plain,
    /// CommonMark with front matter.
    Markdown,
    /// A page.
    Html,
    /// Word since 2007 (Office Open XML).
    Docx,
    /// Hangul (OWPML).
    Hwpx,
    /// OpenDocument text.
    Odt,
    /// SubRip subtitles.
    Srt,
    /// WebVTT subtitles.
    Vtt,
}

/// What the ending of a file name tells.
const ENDINGS: [(&str, DraftFormat); 16] = [
    ("txt", DraftFormat::Plain),
    ("text", DraftFormat::Plain),
    ("md", DraftFormat::Markdown),
    ("markdown", DraftFormat::Markdown),
    ("mdx", DraftFormat::Markdown),
    ("html", DraftFormat::Html),
    ("htm", DraftFormat::Html),
    ("xhtml", DraftFormat::Html),
    ("docx", DraftFormat::Docx),
    ("docm", DraftFormat::Docx),
    ("dotx", DraftFormat::Docx),
    ("hwpx", DraftFormat::Hwpx),
    ("odt", DraftFormat::Odt),
    ("ott", DraftFormat::Odt),
    ("srt", DraftFormat::Srt),
    ("vtt", DraftFormat::Vtt),
];

impl DraftFormat {
    /// Returns the endings of the names of drafts: what else lies in a folder is none.
    pub fn endings() -> impl Iterator<Item = &'static str> {
        ENDINGS.iter().map(|(ending, _)| *ending)
    }

    /// Returns whether a file in a folder is a draft, by its name.
    pub fn is_draft(path: &Path) -> bool {
        let extension = path.extension().unwrap_or_default();
        Self::endings().any(|known| extension.eq_ignore_ascii_case(known))
    }

    /// Returns the format that a file name tells, where it tells one.
    pub fn known_by_name(name: &str) -> Option<Self> {
        let (_, ending) = name.rsplit_once('.')?;
        ENDINGS.iter().find(|(known, _)| known.eq_ignore_ascii_case(ending)).map(|(_, format)| *format)
    }

    /// Returns the format of a text that its beginning tells; plain text where it tells nothing.
    pub fn of_content(beginning: &[u8]) -> Self {
        let beginning = String::from_utf8_lossy(beginning).to_ascii_lowercase();
        let beginning = beginning.trim_start_matches('\u{FEFF}').trim_start();
        let mut lines = beginning.lines();
        let (first, second) = (lines.next().unwrap_or_default(), lines.next().unwrap_or_default());
        if first.starts_with("webvtt") {
            Self::Vtt
        } else if first.starts_with("<!doctype html") || first.starts_with("<html") {
            Self::Html
        } else if first.trim().bytes().all(|byte| byte.is_ascii_digit()) && second.contains("-->") {
            Self::Srt
        } else {
            Self::Plain
        }
    }

    /// Returns whether a file of this format is an archive, and no text.
    pub fn is_archive(self) -> bool {
        matches!(self, Self::Docx | Self::Hwpx | Self::Odt)
    }

    /// Returns what it is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Plain => "plain text",
            Self::Markdown => "Markdown",
            Self::Html => "HTML",
            Self::Docx => "DOCX",
            Self::Hwpx => "HWPX",
            Self::Odt => "ODT",
            Self::Srt => "SRT",
            Self::Vtt => "WebVTT",
        }
    }
}

/// A paragraph, a heading, a table cell: pieces of the draft that are read on without a break.
pub type Block = Vec<Span>;

/// The longest piece that is read at once, in bytes.
const LONGEST_PIECE: usize = 1 << 20;

/// Returns the blocks of prose of a draft's text, in order. Text that was read out of markup is plain text.
pub fn blocks(text: &str, format: DraftFormat) -> Vec<Block> {
    let blocks = match format {
        DraftFormat::Markdown => markdown_blocks(text),
        _ => plain_blocks(text),
    };
    let readable = blocks.into_iter().map(|block| block.into_iter().flat_map(|piece| without_addresses(text, piece)).collect());
    readable.filter(|block: &Block| !block.is_empty()).flat_map(|block| short_blocks(text, block)).collect()
}

fn plain_blocks(text: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut start = 0;
    let mut line_start = 0;
    let mut push = |span: Span| {
        if !span.of(text).trim().is_empty() {
            blocks.push(without_code(text, span));
        }
    };
    for line in text.split_inclusive('\n') {
        if line.trim().is_empty() {
            push(Span::new(start, line_start));
            start = line_start + line.len();
        }
        line_start += line.len();
    }
    push(Span::new(start, text.len()));
    blocks
}

/// Cuts out what stands between backticks.
fn without_code(text: &str, span: Span) -> Block {
    let mut pieces = Vec::new();
    let mut start = span.start;
    while let Some(open) = text[start..span.end].find('`') {
        let Some(close) = text[start + open + 1..span.end].find('`') else { break };
        pieces.push(Span::new(start, start + open));
        start += open + close + 2;
    }
    pieces.push(Span::new(start, span.end));
    pieces
}

fn markdown_blocks(text: &str) -> Vec<Block> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS
        | Options::ENABLE_PLUSES_DELIMITED_METADATA_BLOCKS;
    let mut blocks: Vec<Block> = Vec::new();
    let mut block: Block = Vec::new();
    let mut skipped = 0;
    for (event, range) in Parser::new_ext(text, options).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(_) | Tag::MetadataBlock(_) | Tag::HtmlBlock) => skipped += 1,
            Event::End(TagEnd::CodeBlock | TagEnd::MetadataBlock(_) | TagEnd::HtmlBlock) => skipped -= 1,
            Event::Text(_) if skipped == 0 => block.push(range.into()),
            Event::SoftBreak | Event::HardBreak if skipped == 0 => block.push(range.into()),
            Event::Start(tag) if !is_inline(&tag) => blocks.push(std::mem::take(&mut block)),
            Event::End(tag) if !is_inline_end(tag) => blocks.push(std::mem::take(&mut block)),
            _ => {}
        }
    }
    blocks.push(block);
    blocks.retain(|block| !block.is_empty());
    blocks
}

fn is_inline(tag: &Tag<'_>) -> bool {
    matches!(tag, Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } | Tag::Image { .. })
}

fn is_inline_end(tag: TagEnd) -> bool {
    matches!(tag, TagEnd::Emphasis | TagEnd::Strong | TagEnd::Strikethrough | TagEnd::Link | TagEnd::Image)
}

/// Cuts out web and e-mail addresses, file names and hashtags: words that nobody reads as prose.
fn without_addresses(text: &str, span: Span) -> Vec<Span> {
    let piece = span.of(text);
    let may_hold_address =
        |text: &str| text.bytes().any(|byte| matches!(byte, b'@' | b'/' | b'#' | b'\\')) || text.contains("www.");
    if !may_hold_address(piece) {
        return vec![span];
    }
    let mut pieces = Vec::new();
    let mut start = span.start;
    let mut at = span.start;
    for word in piece.split_inclusive(char::is_whitespace) {
        if may_hold_address(word)
            && let Some(address) = address_in(word)
        {
            pieces.push(Span::new(start, at + address.start));
            start = at + address.end;
        }
        at += word.len();
    }
    pieces.push(Span::new(start, span.end));
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

static SCHEMES: LazyLock<[&str; 5]> = LazyLock::new(|| ["http://", "https://", "ftp://", "mailto:", "www."]);

/// Returns the place of an address in a word.
fn address_in(word: &str) -> Option<Span> {
    let word_end = word.trim_end().len();
    let ascii_end = |start: usize| {
        let tail = word[start..word_end].find(|c: char| !c.is_ascii_graphic() || "<>\"()[]{}".contains(c));
        let end = tail.map_or(word_end, |tail| start + tail);
        start + word[start..end].trim_end_matches(['.', ',', ';', ':', '!', '?', '\'']).len()
    };
    if let Some(start) = SCHEMES.iter().filter_map(|scheme| word.find(scheme)).min() {
        return Some(Span::new(start, ascii_end(start)));
    }
    if let Some(at) = word.find('@') {
        let before = word[..at].rfind(|c: char| !c.is_ascii_alphanumeric() && !"._%+-".contains(c));
        let start = before.map_or(0, |before| before + word[before..].chars().next().map_or(1, char::len_utf8));
        let after = word[at + 1..].find(|c: char| !c.is_ascii_alphanumeric() && !".-_".contains(c));
        let end = after.map_or(word_end, |after| at + 1 + after).min(word_end);
        return Some(Span::new(start, at + word[at..end].trim_end_matches(['.', '-']).len()));
    }
    if word.starts_with('#') && word_end > 1 {
        return Some(Span::new(0, word_end));
    }
    // A path or a file name: no white space, a slash or a dot before a short extension, plain letters only.
    let path = word[..word_end].is_ascii() && (word.matches('/').count() >= 2 || word.contains('\\'));
    path.then(|| Span::new(0, word_end))
}

/// Cuts a block that is longer than what is read at once, at white space where there is some.
fn short_blocks(text: &str, block: Block) -> Vec<Block> {
    if block.iter().map(|piece| piece.len()).sum::<usize>() <= LONGEST_PIECE {
        return vec![block];
    }
    let mut blocks = vec![Block::new()];
    let mut size = 0;
    for mut piece in block {
        while size + piece.len() > LONGEST_PIECE {
            let room = text.floor_char_boundary(piece.start + (LONGEST_PIECE - size));
            let blank = text[piece.start..room].rfind(char::is_whitespace);
            // A blank that the piece begins with is where it was cut before.
            let cut = blank.filter(|cut| *cut > 0).map_or(room, |cut| piece.start + cut);
            blocks.last_mut().into_iter().for_each(|block| block.push(Span::new(piece.start, cut)));
            piece.start = cut;
            blocks.push(Block::new());
            size = 0;
        }
        size += piece.len();
        blocks.last_mut().into_iter().for_each(|block| block.push(piece));
    }
    blocks.retain(|block| !block.is_empty());
    blocks
}

/// Returns the paragraphs of a draft's text without markup, an empty line between them.
pub fn plain_text(text: &str, format: DraftFormat) -> Cow<'_, str> {
    if format != DraftFormat::Markdown {
        return Cow::Borrowed(text);
    }
    let blocks = blocks(text, format);
    // A line may end anywhere in a paragraph with markup, and means nothing there.
    let paragraphs = blocks.iter().map(|block| block.iter().map(|piece| piece.of(text)).collect::<String>().replace('\n', " "));
    Cow::Owned(paragraphs.collect::<Vec<_>>().join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str, format: DraftFormat) -> Vec<String> {
        let pieces = |block: &Block| block.iter().map(|piece| piece.of(text)).collect::<Vec<_>>().join("");
        blocks(text, format).iter().map(pieces).collect()
    }

    #[test]
    fn markdown_is_read_without_code_links_and_front_matter() {
        let text = "---\ntitle: Peking\n---\n# Lee in **Bei**jing\n\nSee [Xi Jinping](https://peking.example/x) and `Peking`.\n\n```\nPeking\n```\n<div>Peking</div>\n\n| a | b |\n|---|---|\n| c | d |\n";
        assert_eq!(shown(text, DraftFormat::Markdown), ["Lee in Beijing", "See Xi Jinping and .", "a", "b", "c", "d"]);
    }

    #[test]
    fn plain_text_is_read_without_addresses() {
        let text = "One\ntwo `grep -i peking` three.\n\nfrom https://data.example.org/peking/mao.csv, or peking@example.org.\n#peking www.peking.example a/b/peking 베이징\n";
        assert_eq!(shown(text, DraftFormat::Plain), ["One\ntwo  three.\n", "from , or .\n   베이징\n"].map(String::from));
    }

    #[test]
    fn a_long_line_is_cut_at_white_space() {
        let text = "베이징 ".repeat(200_000);
        let blocks = blocks(&text, DraftFormat::Plain);
        assert!(blocks.len() > 1);
        assert!(blocks.iter().flatten().all(|piece| piece.len() <= LONGEST_PIECE && !piece.of(&text).starts_with("이")));
        assert_eq!(blocks.iter().flatten().map(|piece| piece.len()).sum::<usize>(), text.len());
    }

    #[test]
    fn a_word_that_is_longer_than_a_piece_is_cut() {
        let text = format!("가나 {}", "다".repeat(900_000));
        let blocks = blocks(&text, DraftFormat::Plain);
        let pieces: Vec<usize> = blocks.iter().flatten().map(|piece| piece.len()).collect();
        assert_eq!(pieces.iter().sum::<usize>(), text.len());
        assert!(pieces.len() <= 4 && pieces.iter().all(|length| (1..=LONGEST_PIECE).contains(length)), "{pieces:?}");
    }
}
