//! Writes a table of pre-translations as XLIFF 1.2: a `trans-unit` a segment, with the best matches as `alt-trans`.

use std::io::{self, Write};

use crate::exchange::xml_text::{escape_content, write_attribute};
use crate::lang::Lang;

/// A segment with what the memory has for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PretranslatedSegment<'s> {
    /// The id of the segment, unique in the file.
    pub id: &'s str,
    /// The segment to be translated.
    pub source: &'s str,
    /// The matches, best first.
    pub alternatives: &'s [Alternative<'s>],
    /// What a translator should know of it.
    pub note: Option<&'s str>,
}

/// One match of the memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Alternative<'s> {
    /// What the memory has as the source.
    pub source: &'s str,
    /// What it has as the target.
    pub target: &'s str,
    /// How near its source is to the segment, 0 to 100.
    pub score: u8,
    /// Where it came from.
    pub origin: &'s str,
}

/// Writes pre-translated segments. Characters that XML cannot hold are left out.
pub struct XliffWriter<W: Write> {
    out: W,
    source_lang: Lang,
    target_lang: Lang,
    text: String,
}

impl<W: Write> XliffWriter<W> {
    /// Begins a file. `original` is the name of the draft.
    pub fn new(mut out: W, source_lang: Lang, target_lang: Lang, original: &str) -> io::Result<Self> {
        let mut text = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xliff version=\"1.2\" xmlns=\"urn:oasis:names:tc:xliff:document:1.2\">\n<file",
        );
        for (name, value) in [
            ("original", original),
            ("source-language", source_lang.tag()),
            ("target-language", target_lang.tag()),
            ("datatype", "plaintext"),
        ] {
            write_attribute(&mut text, name, value);
        }
        text.push_str(">\n<body>\n");
        out.write_all(text.as_bytes())?;
        Ok(Self { out, source_lang, target_lang, text })
    }

    /// Writes one segment. Its target is left for the translator, who finds the matches beside it.
    pub fn write(&mut self, segment: &PretranslatedSegment<'_>) -> io::Result<()> {
        let mut text = std::mem::take(&mut self.text);
        text.clear();
        text.push_str("<trans-unit");
        write_attribute(&mut text, "id", segment.id);
        text.push_str(" xml:space=\"preserve\">\n");
        self.write_element(&mut text, "source", Some(&self.source_lang), segment.source);
        // The schema wants the alternatives and the notes after the target, in either order.
        for alternative in segment.alternatives {
            self.write_alternative(&mut text, alternative);
        }
        if let Some(note) = segment.note {
            self.write_element(&mut text, "note", None, note);
        }
        text.push_str("</trans-unit>\n");
        self.text = text;
        self.out.write_all(self.text.as_bytes())
    }

    /// Writes the end of the file.
    pub fn finish(mut self) -> io::Result<()> {
        self.out.write_all(b"</body>\n</file>\n</xliff>\n")?;
        self.out.flush()
    }

    fn write_alternative(&self, text: &mut String, alternative: &Alternative<'_>) {
        text.push_str("<alt-trans");
        write_attribute(text, "match-quality", &format!("{}%", alternative.score));
        write_attribute(text, "origin", alternative.origin);
        text.push_str(">\n");
        self.write_element(text, "source", Some(&self.source_lang), alternative.source);
        self.write_element(text, "target", Some(&self.target_lang), alternative.target);
        text.push_str("</alt-trans>\n");
    }

    fn write_element(&self, text: &mut String, name: &str, lang: Option<&Lang>, content: &str) {
        text.push('<');
        text.push_str(name);
        if let Some(lang) = lang {
            write_attribute(text, "xml:lang", lang.tag());
        }
        text.push('>');
        escape_content(text, content);
        text.push_str("</");
        text.push_str(name);
        text.push_str(">\n");
    }
}
