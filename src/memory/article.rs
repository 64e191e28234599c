//! An article: its segments without the furniture of the page.

use crate::lang::Lang;
use crate::memory::furniture;
use crate::text::script;
use crate::text::sentence;
use crate::text::span::Span;

/// One sentence-like stretch of an article.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Segment {
    /// The place in the text of the article.
    pub span: Span,
}

/// An article cut into segments.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// The language it is written in; `None` where the text tells none.
    pub lang: Option<Lang>,
    /// Its segments in order: the headline, then the sentences.
    pub segments: Vec<Segment>,
}

impl Article {
    /// Cuts a text into segments, leaving out page furniture. `lang` overrides what the letters tell.
    pub fn new(text: &str, lang: Option<Lang>) -> Self {
        let mut segments = Vec::new();
        for paragraph in paragraphs(text, &furniture::lines_to_read(text)) {
            let sentences = sentence::sentences(paragraph.of(text));
            segments.extend(sentences.into_iter().map(|span| Segment { span: span.shifted(paragraph.start) }));
        }
        Self { lang: lang.or_else(|| script::detect_language(text)), segments }
    }
}

/// Joins lines that follow each other into paragraphs.
fn paragraphs(text: &str, lines: &[Span]) -> Vec<Span> {
    let mut paragraphs: Vec<Span> = Vec::new();
    for line in lines {
        match paragraphs.last_mut() {
            Some(last) if text[last.end..line.start].matches('\n').count() <= 1 && !is_headline(last.of(text)) => {
                last.end = line.end
            }
            _ => paragraphs.push(*line),
        }
    }
    paragraphs
}

/// Returns whether a line ends without a full stop, as headlines do: the next line is not its continuation.
fn is_headline(line: &str) -> bool {
    line.chars().count() < 80 && line.trim_end().ends_with(|c: char| c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_its_headline_and_its_sentences() {
        let text = "2026-01-07\nLee meets Li\n\nLee met Li on Jan. 6.\nThey talked. “Yes,” Lee said.\n";
        let article = Article::new(text, None);
        let segments: Vec<&str> = article.segments.iter().map(|segment| segment.span.of(text)).collect();
        assert_eq!(segments, ["Lee meets Li", "Lee met Li on Jan. 6.", "They talked.", "“Yes,” Lee said."]);
        assert_eq!(article.lang, Some(Lang::En));
    }
}
