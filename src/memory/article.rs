//! An article: its segments in order, without the furniture of the page unless it is asked for.

use crate::lang::Lang;
use crate::memory::furniture::{self, Furniture};
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
    /// Cuts a text into segments. `lang` overrides what the letters tell.
    pub fn new(text: &str, lang: Option<Lang>, furniture: Furniture) -> Self {
        let mut segments = Vec::new();
        for stretch in stretches(text, &furniture::lines_to_read(text, furniture)) {
            let sentences = sentence::sentences(stretch.of(text));
            segments.extend(sentences.into_iter().map(|span| Segment { span: span.shifted(stretch.start) }));
        }
        Self { lang: lang.or_else(|| script::detect_language(text)), segments }
    }

    /// Returns the segments of the text that the article was made of, each on one line.
    pub fn lines(&self, text: &str) -> Vec<String> {
        self.segments.iter().map(|segment| one_line(segment.span.of(text))).collect()
    }
}

/// Returns a text with one space for all white space between two words.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Joins lines that follow each other without a line left out between them. Where one of them ends a sentence is for the
/// segmentation to say.
fn stretches(text: &str, lines: &[Span]) -> Vec<Span> {
    let mut stretches: Vec<Span> = Vec::new();
    for line in lines {
        match stretches.last_mut() {
            Some(last) if text[last.end..line.start].trim().is_empty() => last.end = line.end,
            _ => stretches.push(*line),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_article_is_its_headline_and_its_sentences() {
        let text = "2026-01-07\nLee meets Li\n\nLee met Li on Jan. 6.\nThey talked. “Yes,” Lee said.\n";
        let article = Article::new(text, None, Furniture::LeftOut);
        let segments: Vec<&str> = article.segments.iter().map(|segment| segment.span.of(text)).collect();
        assert_eq!(segments, ["Lee meets Li", "Lee met Li on Jan. 6.", "They talked.", "“Yes,” Lee said."]);
        assert_eq!(article.lang, Some(Lang::En));
    }

    #[test]
    fn wrapped_lines_are_one_sentence_and_furniture_is_kept_on_request() {
        let text = "Talks in Beijing\n\nPresident Lee Jae-myung met the Chinese premier Li Qiang in\nBeijing. They talked of trade.\n\nBy Kim Min-su\n";
        let segments = |furniture| {
            let article = Article::new(text, Some(Lang::En), furniture);
            article.segments.iter().map(|segment| segment.span.of(text)).collect::<Vec<_>>()
        };
        let sentence = "President Lee Jae-myung met the Chinese premier Li Qiang in\nBeijing.";
        assert_eq!(segments(Furniture::LeftOut), ["Talks in Beijing", sentence, "They talked of trade."]);
        assert_eq!(segments(Furniture::Kept), ["Talks in Beijing", sentence, "They talked of trade.", "By Kim Min-su"]);
    }
}
