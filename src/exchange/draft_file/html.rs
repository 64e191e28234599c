//! HTML as a draft: what a reader of the page sees, without tags, code, scripts and hidden text.
//!
//! A newsroom's page is read, not validated: elements that nobody closed end where a browser would end them, near enough.

use crate::exchange::draft_file::html_token::{Tag, Token, Tokens};
use crate::exchange::draft_file::reference::{Piece, read_references};
use crate::exchange::draft_file::transcript::{Paragraph, Transcript};
use crate::text::span::Span;

/// Elements that are no prose: code, programs, drawings, what a form holds, what was taken out, and what is shown in place of other things.
const SKIPPED: [&str; 25] = [
    "script", "style", "code", "pre", "kbd", "samp", "var", "template", "noscript", "textarea", "select", "svg", "math",
    "iframe", "object", "canvas", "audio", "video", "xmp", "noembed", "noframes", "rt", "rp", "datalist", "del",
];

/// Elements within a paragraph: their tags vanish, and do not part a word.
const INLINE: [&str; 35] = [
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "data", "dfn", "em", "font", "i", "ins", "label", "mark",
    "meter", "nobr", "output", "picture", "progress", "q", "rb", "ruby", "s", "small", "span", "strike", "strong", "sub",
    "sup", "time", "tt", "u", "wbr",
];

/// Elements that have no content and no closing tag; a picture in a line is no end of it.
const VOID: [&str; 14] =
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Reads a page.
pub(super) fn read(source: &str) -> Transcript {
    let mut page = Page { source, transcript: Transcript::default(), paragraph: Paragraph::default(), skipped: None };
    for token in Tokens::new(source) {
        match token {
            Token::Text(span) if page.skipped.is_none() => page.text(span),
            Token::Tag(tag) => page.tag(&tag),
            Token::Comment(span) => page.transcript.comments.push(span),
            Token::Text(_) | Token::Other => {}
        }
    }
    page.end_paragraph();
    page.transcript
}

struct Page<'s> {
    source: &'s str,
    transcript: Transcript,
    paragraph: Paragraph,
    /// The element that is passed over, and how many of its name are open.
    skipped: Option<(String, usize)>,
}

impl Page<'_> {
    fn text(&mut self, span: Span) {
        let paragraph = &mut self.paragraph;
        read_references(span.of(self.source), |piece| match piece {
            Piece::Verbatim(text, at) => paragraph.collapsed(text, span.start + at, 0),
            Piece::Reference(meant, place) => paragraph.otherwise(meant, place.shifted(span.start), 0),
        });
    }

    fn tag(&mut self, tag: &Tag<'_>) {
        if self.passes_over(tag) {
            return;
        }
        match tag.name.as_str() {
            "br" => {
                self.paragraph.drop_collapsed();
                self.paragraph.markup("\n", tag.source, 0);
            }
            "hr" | "pre" => self.end_paragraph(),
            name if [&INLINE[..], &VOID, &SKIPPED].iter().any(|names| names.contains(&name)) => {}
            _ => self.end_paragraph(),
        }
        let void = tag.empty || VOID.contains(&tag.name.as_str());
        if !tag.closing && !void && (SKIPPED.contains(&tag.name.as_str()) || is_hidden(tag)) {
            self.skipped = Some((tag.name.clone(), 1));
        }
    }

    /// Takes note of a tag inside of an element that is passed over, its own closing tag included.
    fn passes_over(&mut self, tag: &Tag<'_>) -> bool {
        let Some((name, open)) = &mut self.skipped else { return false };
        if *name == tag.name && !tag.empty {
            *open = if tag.closing { *open - 1 } else { *open + 1 };
            // Paragraphs and list items do not lie in each other: the next begins where nobody closed the last.
            if !tag.closing && matches!(name.as_str(), "p" | "li" | "option" | "td" | "tr" | "dd" | "dt") {
                self.skipped = None;
                return false;
            }
        }
        if *open == 0 {
            self.skipped = None;
        }
        true
    }

    fn end_paragraph(&mut self) {
        self.transcript.push(std::mem::take(&mut self.paragraph));
    }
}

/// Returns whether an element is not shown.
fn is_hidden(tag: &Tag<'_>) -> bool {
    tag.attributes.iter().any(|(name, value)| {
        if name.eq_ignore_ascii_case("hidden") {
            return !value.eq_ignore_ascii_case("until-found");
        }
        let style: String = value.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
        name.eq_ignore_ascii_case("style") && (style.contains("display:none") || style.contains("visibility:hidden"))
    })
}

/// Returns the encoding that a page names in its head: `<meta charset=...>` or the older form.
pub(super) fn declared_encoding(beginning: &[u8]) -> Option<String> {
    let beginning = String::from_utf8_lossy(beginning).to_ascii_lowercase();
    let (_, after) = beginning.split_once("charset")?;
    let value = after.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let end = value.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':' | '.')).unwrap_or(value.len());
    (end > 0).then(|| value[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_as_it_is_seen() {
        for (source, expected) in [
            ("<p>Xi  Jin<b>ping</b>\n met <i>Lee</i> </p>\n<p>in Seoul", vec!["Xi Jinping met Lee", "in Seoul"]),
            ("<title>A &amp; B</title><script>Peking</script><style>Peking</style>", vec!["A & B"]),
            ("one <code>Peking</code>two<pre>Peking</pre>", vec!["one two"]),
            ("<p hidden>Peking<p>Seoul<div style='display: none'>a<div>b</div>c</div>d", vec!["Seoul", "d"]),
            ("a<br>b<br/> c<!-- Peking -->d", vec!["a\nb\ncd"]),
            ("李&nbsp;克&#24378; AT&T &#146;s &shy;&unknown;", vec!["李\u{A0}克强 AT&T \u{2019}s \u{AD}&unknown;"]),
            ("<table><tr><td>a<td>b</table>c", vec!["a", "b", "c"]),
            ("<a title='Peking'>Beijing</a> < 1 <", vec!["Beijing < 1 <"]),
            ("<ruby>习<rt>xi</rt></ruby>近平", vec!["习近平"]),
        ] {
            assert_eq!(read(source).text.split("\n\n").collect::<Vec<_>>(), expected, "{source}");
        }
    }

    #[test]
    fn the_encoding_that_a_page_names_is_found() {
        for (head, expected) in [
            ("<meta charset=EUC-KR>", Some("euc-kr")),
            ("<meta http-equiv='Content-Type' content=\"text/html; charset = gb2312\">", Some("gb2312")),
            ("<meta name='x'>", None),
            ("charset=", None),
        ] {
            assert_eq!(declared_encoding(head.as_bytes()).as_deref(), expected, "{head}");
        }
    }
}
