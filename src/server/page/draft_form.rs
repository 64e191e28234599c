//! What the form of the check sends: the draft with its source, and what is to be done with a finding.

use axum::extract::Multipart;

use crate::check::finding::Finding;
use crate::exchange::draft_file::DraftFile;
use crate::exchange::encoding::{ReadError, TextSource};
use crate::exchange::prose::DraftFormat;
use crate::lang::Lang;
use crate::server::http::problem::Problem;
use crate::server::page::sent::unreadable;
use crate::text::legible::legible;

/// What is to be done before the check.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Action {
    /// Nothing.
    #[default]
    Check,
    /// One fix is taken.
    Take(Choice),
    /// Every fix is taken that can be made without asking.
    TakeSafe,
}

/// A finding, and which of its suggestions is wanted: enough to see whether a new check finds the same again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Choice {
    rule: String,
    start: usize,
    end: usize,
    /// The place of the suggestion among those of the finding.
    pub suggestion: usize,
    words: String,
}

impl Choice {
    /// Chooses a suggestion of a finding in a text.
    pub fn new(text: &str, finding: &Finding, suggestion: usize) -> Self {
        let (start, end) = (finding.span.start, finding.span.end);
        Self { rule: finding.rule.to_owned(), start, end, suggestion, words: finding.span.of(text).to_owned() }
    }

    /// Writes the choice for the form.
    pub fn value(&self) -> String {
        format!("{} {} {} {} {}", self.rule, self.start, self.end, self.suggestion, self.words)
    }

    fn parse(value: &str) -> Option<Self> {
        let mut parts = value.splitn(5, ' ');
        let rule = parts.next()?.to_owned();
        let mut number = || parts.next()?.parse().ok();
        let (start, end, suggestion) = (number()?, number()?, number()?);
        Some(Self { rule, start, end, suggestion, words: lines(parts.next()?) })
    }

    /// Returns whether a finding of a new check is the one that was chosen.
    pub fn is(&self, text: &str, finding: &Finding) -> bool {
        let place = (finding.span.start, finding.span.end);
        finding.rule == self.rule && place == (self.start, self.end) && finding.span.of(text) == self.words
    }
}

/// Words that a rule is to leave alone in this draft, wherever they stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Left {
    /// The rule.
    pub rule: String,
    /// The words.
    pub words: String,
}

impl Left {
    /// Leaves what a finding is about.
    pub fn new(text: &str, finding: &Finding) -> Self {
        Self { rule: finding.rule.to_owned(), words: finding.span.of(text).to_owned() }
    }

    /// Writes it for the form.
    pub fn value(&self) -> String {
        format!("{} {}", self.rule, self.words)
    }

    fn parse(value: &str) -> Option<Self> {
        let (rule, words) = value.split_once(' ')?;
        Some(Self { rule: rule.to_owned(), words: lines(words) })
    }

    /// Returns whether a finding is left alone.
    pub fn is(&self, text: &str, finding: &Finding) -> bool {
        finding.rule == self.rule && finding.span.of(text) == self.words
    }
}

/// The form as it was sent.
#[derive(Clone, Debug, Default)]
pub struct DraftForm {
    /// The draft: what is read of it, with plain line ends.
    pub draft: String,
    /// What it is called.
    pub name: String,
    /// How it is marked up: Markdown, or not at all.
    pub format: DraftFormat,
    /// Its language, where it was chosen.
    pub lang: Option<Lang>,
    /// The text that it was translated from; empty where there is none.
    pub source: String,
    /// What is left alone.
    pub left: Vec<Left>,
    /// Why a file that was chosen cannot be read; the text beside it stays.
    pub refused: Option<String>,
    /// What is to be done.
    pub action: Action,
}

impl DraftForm {
    /// Reads the form. A file that was chosen takes the place of the text beside it.
    pub async fn read(mut fields: Multipart) -> Result<Self, Problem> {
        let mut form = Self::default();
        let mut brought_back = Vec::new();
        while let Some(field) = fields.next_field().await.map_err(unreadable)? {
            let name = field.name().unwrap_or_default().to_owned();
            if let "draft_file" | "source_file" = name.as_str() {
                let file_name = legible(field.file_name().unwrap_or_default());
                let bytes = field.bytes().await.map_err(unreadable)?;
                if !bytes.is_empty() {
                    let refused = form.take_file(&name, file_name, bytes.to_vec()).err();
                    form.refused = form.refused.or(refused.map(|error| error.to_string()));
                }
                continue;
            }
            let value = field.text().await.map_err(unreadable)?;
            match name.as_str() {
                "draft" => form.draft = lines(&value),
                "name" => form.name = legible(&value),
                "format" if value == "markdown" => form.format = DraftFormat::Markdown,
                "lang" => form.lang = Lang::parse(&value).ok(),
                "source" => form.source = lines(&value),
                "left" | "leave" => form.left.extend(Left::parse(&value)),
                "bring_back" => brought_back.extend(Left::parse(&value)),
                "take" => form.action = Choice::parse(&value).map_or(Action::Check, Action::Take),
                "take_safe" => form.action = Action::TakeSafe,
                _ => {}
            }
        }
        form.left.retain(|left| !brought_back.contains(left));
        Ok(form)
    }

    fn take_file(&mut self, field: &str, name: String, bytes: Vec<u8>) -> Result<(), ReadError> {
        let file = DraftFile::read(&name, TextSource::from_bytes(&name, bytes), None, None)?;
        if field == "source_file" {
            self.source = lines(&file.text);
            return Ok(());
        }
        self.draft = lines(&file.text);
        self.format = if file.format == DraftFormat::Markdown { DraftFormat::Markdown } else { DraftFormat::Plain };
        (self.name, self.left) = (name, Vec::new());
        Ok(())
    }

    /// Returns the draft as the checker reads it.
    pub fn draft_file(&self) -> DraftFile {
        let name = if self.name.is_empty() { "the draft" } else { &self.name };
        DraftFile::of_text(name, &self.draft, self.format)
    }

    /// Returns the source as the checker reads it; `None` where there is none.
    pub fn source_file(&self) -> Option<DraftFile> {
        let has_source = !self.source.trim().is_empty();
        has_source.then(|| DraftFile::of_text("the source text", &self.source, DraftFormat::Plain))
    }
}

/// Returns a text with the line ends and the characters that a form sends back as they are, so that places in it stay.
fn lines(text: &str) -> String {
    let text = text.strip_prefix('\u{FEFF}').unwrap_or(text);
    legible(&text.replace("\r\n", "\n").replace('\r', "\n"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_come_back_as_they_were_sent() {
        for words in ["Peking", "55 Days at\nPeking", "", " "] {
            let choice = Choice { rule: "near-miss".into(), start: 1, end: 7, suggestion: 0, words: words.into() };
            assert_eq!(Choice::parse(&choice.value()), Some(choice));
            let left = Left { rule: "near-miss".into(), words: words.into() };
            assert_eq!(Left::parse(&left.value()), Some(left));
        }
        for odd in ["", "near-miss", "near-miss 1 2", "near-miss one two 3 x", "near-miss 1 -2 3 x"] {
            assert_eq!(Choice::parse(odd), None, "{odd}");
        }
    }

    #[test]
    fn places_stay_what_they_are_through_a_form() {
        assert_eq!(lines("\u{FEFF}a\r\nb\rc\u{0}d"), "a\nb\nc\u{FFFD}d");
        assert_eq!(lines(&lines("a\r\n\r\u{1}b")), lines("a\r\n\r\u{1}b"));
    }
}
