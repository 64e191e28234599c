//! The tool `brief`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::exchange::term_list::TermListFormat;
use crate::server::mcp::tools::{self, Answer, Question, Refusal, TextFormat};
use crate::server::readers::Readers;
use crate::wire::brief::BriefShape;
use crate::workspace::brief::BriefOptions;

/// The arguments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct BriefOf {
    /// The text that is to be translated
    text: String,
    /// The language to translate it into: en, ko, zh-Hans or zh-Hant
    to: String,
    /// The language of the text; told by its letters where it is left out
    lang: Option<String>,
    /// How the text is marked up
    #[serde(default)]
    format: TextFormat,
    /// Whether to say what the rules make of names without a recorded rendering, as unverified
    #[serde(default)]
    suggest: bool,
}

impl Question for BriefOf {
    const NAME: &'static str = "brief";
    const TITLE: &'static str = "List the names a text needs";
    const DESCRIPTION: &'static str = "List every known name and term of a text with what to write for each in another language, \
        and what not to write. Use it once before you translate a text, and keep to it. Names that no glossary has are not in \
        the list.";

    fn answer(self, readers: &Readers) -> Result<Answer, Refusal> {
        let to = tools::language(&self.to)?;
        let lang = self.lang.as_deref().map(tools::language).transpose()?;
        let file = tools::draft("the text", self.text, self.format)?;
        let options = BriefOptions { to, lang, derive: self.suggest };
        let brief = readers.read(|workspace| workspace.brief(&file, &options))?;
        let mut text = Vec::new();
        let written = brief.term_list().write(TermListFormat::Prompt, &mut text);
        written.map_err(|error| Refusal(format!("the brief cannot be written: {error}")))?;
        let mut text = String::from_utf8_lossy(&text).into_owned();
        if brief.names.is_empty() {
            text = "No name or term of this text is recorded.".to_owned();
        }
        Answer::new(text, &BriefShape::new(&brief))
    }
}
