//! The tokens of HTML with their places: text, tags, and what is passed over.
//!
//! Follows the tokenization of the HTML standard (13.2.5) as far as places need it; any bytes are some tokens.

use crate::text::span::Span;

/// A token of HTML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Token<'s> {
    /// Text with references.
    Text(Span),
    /// `<name ...>` or `</name>`.
    Tag(Tag<'s>),
    /// `<!-- ... -->`.
    Comment(Span),
    /// A doctype, a processing instruction, a tag that is broken off.
    Other,
}

/// A tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Tag<'s> {
    /// Its name in small letters.
    pub name: String,
    /// Whether it closes an element.
    pub closing: bool,
    /// Whether it ends with `/>`.
    pub empty: bool,
    /// Its attributes by name as written, with their raw values.
    pub attributes: Vec<(&'s str, &'s str)>,
    /// Where it stands.
    pub source: Span,
}

/// Elements whose content is text and no markup, up to the tag that closes them.
const RAW: [&str; 8] = ["script", "style", "xmp", "iframe", "noembed", "noframes", "textarea", "title"];

/// The tokens of a source, one after another.
pub(super) struct Tokens<'s> {
    source: &'s str,
    at: usize,
    /// The element of raw text that is open.
    raw: Option<&'static str>,
}

impl<'s> Tokens<'s> {
    pub fn new(source: &'s str) -> Self {
        Self { source, at: 0, raw: None }
    }

    fn raw_text(&mut self, name: &str) -> Token<'s> {
        let start = self.at;
        let rest = &self.source[start..];
        let closes = |at: &usize| {
            let after = &rest[at + 2..];
            let named = after.get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(name));
            named && after[name.len()..].chars().next().is_none_or(|c| c.is_ascii_whitespace() || c == '/' || c == '>')
        };
        let end = rest.match_indices("</").map(|(at, _)| at).find(closes);
        self.at = end.map_or(self.source.len(), |end| start + end);
        Token::Text(Span::new(start, self.at))
    }

    /// Reads what begins with `<`; `None` where that is text.
    fn markup(&mut self) -> Option<Token<'s>> {
        let start = self.at;
        let rest = &self.source[start..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            self.at += 4 + comment_length(comment);
            return Some(Token::Comment(Span::new(start, self.at)));
        }
        let mut after = rest[1..].chars();
        match (after.next()?, after.next()) {
            (c, _) if c.is_ascii_alphabetic() => Some(self.tag(start + 1, false)),
            ('/', Some(c)) if c.is_ascii_alphabetic() => Some(self.tag(start + 2, true)),
            ('!' | '?' | '/', _) => {
                self.at = rest.find('>').map_or(self.source.len(), |end| start + end + 1);
                Some(Token::Other)
            }
            _ => None,
        }
    }

    /// Reads a tag whose name begins at `from`. One that the file breaks off is none.
    fn tag(&mut self, from: usize, closing: bool) -> Token<'s> {
        let start = self.at;
        let bytes = self.source.as_bytes();
        self.at = from;
        let name = self.run(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>')).to_ascii_lowercase();
        let mut attributes = Vec::new();
        let empty = loop {
            self.run(|byte| byte.is_ascii_whitespace());
            match bytes.get(self.at) {
                None => return Token::Other,
                Some(b'>') => break bytes[self.at - 1] == b'/',
                Some(b'/') => self.at += 1,
                Some(_) => attributes.push(self.attribute()),
            }
        };
        self.at += 1;
        self.raw = RAW.into_iter().find(|raw| !closing && !empty && *raw == name);
        Token::Tag(Tag { name, closing, empty, attributes, source: Span::new(start, self.at) })
    }

    fn attribute(&mut self) -> (&'s str, &'s str) {
        let start = self.at;
        // An equals sign where a name is due begins the name.
        self.at += usize::from(self.source.as_bytes()[start] == b'=');
        self.run(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'>' | b'='));
        let name = &self.source[start..self.at];
        let after_name = self.at;
        self.run(|byte| byte.is_ascii_whitespace());
        if self.source.as_bytes().get(self.at) != Some(&b'=') {
            self.at = after_name;
            return (name, "");
        }
        self.at += 1;
        self.run(|byte| byte.is_ascii_whitespace());
        let value = match self.source.as_bytes().get(self.at) {
            Some(quote @ (b'"' | b'\'')) => {
                self.at += 1;
                let value = self.run(|byte| byte != *quote);
                self.at = (self.at + 1).min(self.source.len());
                value
            }
            _ => self.run(|byte| !byte.is_ascii_whitespace() && byte != b'>'),
        };
        (name, value)
    }

    /// Passes over bytes while they are wanted; the wanted ones end where a character does.
    fn run(&mut self, wanted: impl Fn(u8) -> bool) -> &'s str {
        let start = self.at;
        let length = self.source.as_bytes()[start..].iter().position(|byte| !wanted(*byte));
        self.at = length.map_or(self.source.len(), |length| start + length);
        &self.source[start..self.at]
    }
}

/// Returns how far a comment goes behind its `<!--`.
fn comment_length(comment: &str) -> usize {
    if let Some(empty) = [">", "->"].into_iter().find(|empty| comment.starts_with(empty)) {
        return empty.len();
    }
    // One pass: a search for each of the two endings would read the rest of the page for every comment.
    let ends = |at: &usize| comment[..*at].ends_with("--") || comment[..*at].ends_with("--!");
    comment.match_indices('>').map(|(at, _)| at).find(ends).map_or(comment.len(), |at| at + 1)
}

impl<'s> Iterator for Tokens<'s> {
    type Item = Token<'s>;

    fn next(&mut self) -> Option<Token<'s>> {
        let start = self.at;
        if start >= self.source.len() {
            return None;
        }
        if let Some(name) = self.raw.take() {
            return Some(self.raw_text(name));
        }
        if self.source[start..].starts_with('<')
            && let Some(token) = self.markup()
        {
            return Some(token);
        }
        let next = self.source.as_bytes()[start + 1..].iter().position(|byte| *byte == b'<');
        self.at = next.map_or(self.source.len(), |next| start + 1 + next);
        Some(Token::Text(Span::new(start, self.at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn shown(source: &str) -> Vec<String> {
        let show = |token| match token {
            Token::Text(span) => format!("text {}", span.of(source)),
            Token::Tag(tag) => format!("{}{} {:?}", if tag.closing { "/" } else { "" }, tag.name, tag.attributes),
            Token::Comment(_) => "comment".to_owned(),
            Token::Other => "other".to_owned(),
        };
        Tokens::new(source).map(show).collect()
    }

    #[test]
    fn tags_text_and_the_rest_are_told_apart() {
        for (source, expected) in [
            (
                "a<B id='x>y' Q=1 hidden>b</b >",
                vec!["text a", r#"b [("id", "x>y"), ("Q", "1"), ("hidden", "")]"#, "text b", "/b []"],
            ),
            ("1 < 2 <3", vec!["text 1 ", "text < 2 ", "text <3"]),
            (
                "<!-- <p> --><!doctype html><?xml?></ x><!-->가",
                vec!["comment", "other", "other", "other", "comment", "text 가"],
            ),
            ("<script>if (a<b) '</p>'</SCRIPT\n>c", vec!["script []", "text if (a<b) '</p>'", "/script []", "text c"]),
            ("<title>a<b>&amp;</title>", vec!["title []", "text a<b>&amp;", "/title []"]),
            ("<p class=가나 =x>다<p", vec![r#"p [("class", "가나"), ("=x", "")]"#, "text 다", "other"]),
            ("a<!-- x --- ->y--->b<!-- x --!>c", vec!["text a", "comment", "text b", "comment", "text c"]),
            ("<p a = \"b\"/>", vec![r#"p [("a", "b")]"#]),
        ] {
            assert_eq!(shown(source), expected, "{source}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_some_tokens(source in "([<>/!='\"& a-d가-나-]|<!--|-->|script|title){0,40}") {
            for token in Tokens::new(&source) {
                if let Token::Text(span) = token {
                    prop_assert!(!span.of(&source).contains('가') || span.len() >= 3);
                }
            }
        }
    }
}
