//! The text that is read out of markup, as it is put together: paragraphs, and where each stretch of them comes from.

use crate::text::span::Span;

/// A stretch of the text that is read, and where it comes from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    /// The place in the text that is read.
    pub text: Span,
    /// The place in the source.
    pub source: Span,
    /// How it is written there.
    pub kind: StretchKind,
    /// The text node that it is in, by number; 0 where the source has none that matter.
    pub node: usize,
}

/// How a stretch is written in its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum StretchKind {
    /// With the same bytes.
    Verbatim,
    /// Otherwise: a reference, several blanks for one.
    Otherwise,
    /// By markup that is no text, as a line break is.
    Markup,
}

/// The text that is read, paragraph after paragraph with an empty line between.
#[derive(Clone, Debug, Default)]
pub(super) struct Transcript {
    /// The text.
    pub text: String,
    /// Its stretches in order; between paragraphs there is none.
    pub stretches: Vec<Stretch>,
    /// Where its paragraphs begin.
    pub paragraphs: Vec<usize>,
    /// The places of comments in the source, which are not read, in order.
    pub comments: Vec<Span>,
}

impl Transcript {
    /// Adds a paragraph, if it has anything in it.
    pub fn push(&mut self, mut paragraph: Paragraph) {
        paragraph.drop_collapsed();
        if paragraph.text.trim().is_empty() {
            return;
        }
        if !self.text.is_empty() {
            self.text.push_str("\n\n");
        }
        let start = self.text.len();
        self.paragraphs.push(start);
        self.text.push_str(&paragraph.text);
        self.stretches.extend(paragraph.stretches.iter().map(|one| Stretch { text: one.text.shifted(start), ..*one }));
    }
}

/// A paragraph that is being read.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    text: String,
    stretches: Vec<Stretch>,
    /// Whether its last character is a blank that stands for any number of them.
    collapsed: bool,
}

impl Paragraph {
    /// Adds text that stands in the source as it is read.
    pub fn verbatim(&mut self, text: &str, source: usize, node: usize) {
        self.collapsed = false;
        let from = self.text.len();
        self.text.push_str(text);
        let (text, source) = (Span::new(from, self.text.len()), Span::new(source, source + text.len()));
        match self.stretches.last_mut() {
            Some(last) if last.kind == StretchKind::Verbatim && last.node == node && last.source.end == source.start => {
                last.text.end = text.end;
                last.source.end = source.end;
            }
            _ if text.is_empty() => {}
            _ => self.stretches.push(Stretch { text, source, kind: StretchKind::Verbatim, node }),
        }
    }

    /// Adds text that stands in the source otherwise.
    pub fn otherwise(&mut self, text: &str, source: Span, node: usize) {
        self.push(text, source, StretchKind::Otherwise, node);
    }

    /// Adds text that stands for markup.
    pub fn markup(&mut self, text: &str, source: Span, node: usize) {
        self.push(text, source, StretchKind::Markup, node);
    }

    /// Adds text where any number of blanks is one, and none at the beginning and the end of a line.
    pub fn collapsed(&mut self, text: &str, source: usize, node: usize) {
        let mut at = 0;
        while at < text.len() {
            let rest = &text[at..];
            let word = rest.find(is_blank).unwrap_or(rest.len());
            if word > 0 {
                self.verbatim(&rest[..word], source + at, node);
            }
            let blanks = rest[word..].find(|c| !is_blank(c)).unwrap_or(rest.len() - word);
            self.blank(&rest[word..word + blanks], source + at + word, node);
            at += word + blanks;
        }
    }

    /// Adds a blank for some, unless one stands there or a line begins.
    fn blank(&mut self, blanks: &str, source: usize, node: usize) {
        if blanks.is_empty() || self.collapsed || self.text.is_empty() || self.text.ends_with('\n') {
            return;
        }
        match blanks {
            " " => self.verbatim(" ", source, node),
            _ => self.otherwise(" ", Span::new(source, source + blanks.len()), node),
        }
        self.collapsed = true;
    }

    /// Takes out blanks at the end of what has been read of a text node.
    pub fn trim_end(&mut self, node: usize) {
        if let Some(last) = self.stretches.last_mut().filter(|last| last.kind == StretchKind::Verbatim && last.node == node) {
            let text = last.text.of(&self.text);
            let blanks = text.len() - text.trim_end_matches(is_blank).len();
            last.text.end -= blanks;
            last.source.end -= blanks;
            self.text.truncate(last.text.end);
            self.stretches.pop_if(|last| last.text.is_empty());
        }
    }

    /// Takes out the blank at the end that stands for any number of them, where a line ends.
    pub fn drop_collapsed(&mut self) {
        let collapsed = std::mem::take(&mut self.collapsed);
        let Some(last) = self.stretches.last_mut().filter(|_| collapsed) else { return };
        self.text.pop();
        last.text.end -= 1;
        if last.kind == StretchKind::Verbatim {
            last.source.end -= 1;
        }
        self.stretches.pop_if(|last| last.text.is_empty());
    }

    /// Returns whether nothing of a text node has been read yet.
    pub fn is_new(&self, node: usize) -> bool {
        self.stretches.last().is_none_or(|last| last.node != node)
    }

    fn push(&mut self, text: &str, source: Span, kind: StretchKind, node: usize) {
        self.collapsed = false;
        let from = self.text.len();
        self.text.push_str(text);
        let text = Span::new(from, self.text.len());
        if !text.is_empty() {
            self.stretches.push(Stretch { text, source, kind, node });
        }
    }
}

/// White space as HTML and XML have it; a no-break space is none.
pub(super) fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{C}')
}
