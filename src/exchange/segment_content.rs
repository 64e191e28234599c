//! The content of a segment as it is read: the text that people read, and the same with its inline codes as TMX.
//!
//! A segment without codes costs one text. Which elements are codes, and what is inside them, the formats say.

use crate::exchange::cell::{is_normalised, normalised};
use crate::exchange::xml_text::{escape_content, legal};
use crate::lang::Lang;
use crate::memory::unit::{LONGEST_SEGMENT, UnitFlaw, Variant};

/// The longest segment with its codes that is kept, in bytes.
const LONGEST_MARKUP: usize = 4 * LONGEST_SEGMENT;

/// Gathers a segment piece by piece.
#[derive(Debug, Default)]
pub(super) struct SegmentContent {
    text: String,
    markup: Option<String>,
    /// The text since the last code, in the segment and in codes, not yet part of the markup.
    run: String,
    too_long: bool,
}

impl SegmentContent {
    /// Takes text that people read.
    pub fn push_text(&mut self, text: &str) {
        let text = legal(text);
        if self.has_room(text.len()) {
            self.text.push_str(&text);
            self.push_run(&text);
        }
    }

    /// Takes the native content of a code, which is no text.
    pub fn push_native(&mut self, text: &str) {
        if self.has_room(text.len()) {
            self.push_run(&legal(text));
        }
    }

    /// Takes the tag of a code as TMX writes it: `<ph x="1">`.
    pub fn push_tag(&mut self, tag: &str) {
        if !self.has_room(tag.len()) {
            return;
        }
        match &self.markup {
            Some(_) => self.end_run(),
            None => {
                let mut markup = String::with_capacity(self.text.len() + 64);
                escape_content(&mut markup, &normalised(&self.text));
                self.markup = Some(markup);
            }
        }
        self.markup.get_or_insert_default().push_str(&legal(tag));
    }

    fn push_run(&mut self, text: &str) {
        if self.markup.is_some() {
            self.run.push_str(text);
        }
    }

    /// Composes the run and adds it to the markup. A letter and its accent on both sides of a code stay apart there.
    fn end_run(&mut self) {
        if let Some(markup) = &mut self.markup {
            escape_content(markup, &normalised(&self.run));
            self.run.clear();
        }
    }

    fn has_room(&mut self, more: usize) -> bool {
        let markup = self.markup.as_ref().map_or(0, String::len) + self.run.len();
        self.too_long |= self.text.len() + more > LONGEST_MARKUP || markup + more > LONGEST_MARKUP;
        !self.too_long
    }

    /// Returns the segment; `None` where it has no text, a flaw where it is too long.
    pub fn finish(mut self, lang: &Lang) -> Result<Option<Variant>, UnitFlaw> {
        self.end_run();
        if self.too_long {
            return Err(UnitFlaw::TooLong(lang.clone()));
        }
        if self.text.trim().is_empty() {
            return Ok(None);
        }
        let text = if is_normalised(&self.text) { self.text } else { normalised(&self.text) };
        Ok(Some(Variant { lang: lang.clone(), text, markup: self.markup }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_and_markup_are_gathered_together() {
        let mut content = SegmentContent::default();
        content.push_text("Q&A \u{1109}\u{1175}");
        content.push_text("\u{110C}\u{1175}\u{11AB}\u{3}");
        content.push_tag("<bpt i=\"1\">");
        content.push_native("<b>");
        content.push_tag("</bpt>");
        content.push_text("e");
        content.push_text("\u{301}");
        let variant = content.finish(&Lang::Ko).unwrap().unwrap();
        assert_eq!(variant.text, "Q&A 시진é");
        assert_eq!(variant.markup.as_deref(), Some("Q&amp;A 시진<bpt i=\"1\">&lt;b&gt;</bpt>é"));
    }

    #[test]
    fn a_segment_has_text_and_an_end() {
        let mut blank = SegmentContent::default();
        blank.push_text(" \n");
        blank.push_tag("<ph/>");
        assert_eq!(blank.finish(&Lang::En), Ok(None));
        let mut long = SegmentContent::default();
        (0..100).for_each(|_| long.push_text(&"a".repeat(100_000)));
        assert!(long.text.len() <= LONGEST_MARKUP);
        assert_eq!(long.finish(&Lang::En), Err(UnitFlaw::TooLong(Lang::En)));
    }
}
