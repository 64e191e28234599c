//! A draft as it is sent to be checked, with what the desk has chosen.

use serde::Deserialize;
use utoipa::ToSchema;

use crate::check::house::{ChineseRegion, CountryOrder, KoreanReading};
use crate::check::levels::{Level, Levels};
use crate::check::rules;
use crate::exchange::draft_file::DraftFile;
use crate::exchange::prose::DraftFormat;
use crate::glossary::day::Day;
use crate::server::http::api::word::{self, SentLevels, Tag};
use crate::server::http::problem::Problem;
use crate::settings::CheckSettings;
use crate::workspace::check::{CheckOptions, CheckReport};
use crate::workspace::{Result as Answered, Workspace};

/// The endings of documents that are no text, and that no draft is read from.
const UNREAD: [&str; 5] = ["pdf", "rtf", "doc", "hwp", "pages"];

/// A text with the name that it would have as a file.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SentText {
    /// The text.
    pub text: String,
    /// The name that it would have as a file, which tells its format: plain text, `.md`, `.html`, `.srt` or `.vtt`.
    pub name: Option<String>,
}

/// A draft that is to be checked, and how.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SentDraft {
    /// The text.
    #[schema(example = "습근평(習近平)는 베이징에 있다.")]
    text: String,
    /// The name that it would have as a file, which tells its format: plain text, `.md`, `.html`, `.srt` or `.vtt`.
    name: Option<String>,
    /// The language; told by the letters where it is not said.
    #[schema(value_type = Option<String>)]
    lang: Option<Tag>,
    /// The day of the draft, as 2026-01-07; told by itself where it is not said, and else today.
    date: Option<String>,
    /// The text that it was translated from.
    source: Option<SentText>,
    /// Levels by rule: off, on, info, warning or error.
    #[serde(default)]
    rules: SentLevels,
    /// Only these rules, where there are any.
    #[serde(default)]
    only: Vec<String>,
    /// Names that are never reported, as they are written or by the ids of their concepts.
    #[serde(default)]
    ignore_names: Vec<String>,
    /// How Chinese names stand in Korean: original or characters.
    korean_reading: Option<String>,
    /// The region that Chinese drafts are for: mainland, taiwan or hong-kong.
    chinese: Option<String>,
    /// Which country stands first in compounds: edition, korea, china or written.
    country_order: Option<String>,
}

/// A draft with all that its check needs.
pub(super) struct Draft {
    pub file: DraftFile,
    source: Option<DraftFile>,
    options: CheckOptions,
}

impl SentText {
    /// Returns the draft; `usual` is what messages call it where it has no name.
    pub fn file(self, usual: &str) -> Result<DraftFile, Problem> {
        file(self.name.unwrap_or_else(|| usual.to_owned()), self.text)
    }
}

/// Makes a draft of a text and the name that it would have as a file.
pub(super) fn file(name: String, text: String) -> Result<DraftFile, Problem> {
    if let Some(ending) = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase())
        && UNREAD.contains(&ending.as_str())
    {
        let detail =
            format!("{name} would be no text, and .{ending} is not read; send the text in it, under a name such as a.txt");
        return Err(Problem::unprocessable(detail));
    }
    let format = DraftFormat::known_by_name(&name).unwrap_or_else(|| DraftFormat::of_content(text.as_bytes()));
    if format.is_archive() {
        let detail = format!("{name} would be an archive, and what was sent is a text; check the file with `tongsa check`");
        return Err(Problem::unprocessable(detail));
    }
    Ok(DraftFile::of_text(name, text, format))
}

impl SentDraft {
    /// Returns the draft, or what about it cannot be.
    pub fn draft(self) -> Result<Draft, Problem> {
        let settings = CheckSettings {
            levels: self.levels()?,
            korean_reading: chosen("korean_reading", self.korean_reading, &KoreanReading::NAMES)?,
            chinese: chosen("chinese", self.chinese, &ChineseRegion::NAMES)?,
            country_order: chosen("country_order", self.country_order, &CountryOrder::NAMES)?,
            ignored_names: self.ignore_names,
            lang: word::lang(self.lang),
            date: self.date.map(day).transpose()?,
            ..CheckSettings::default()
        };
        let source = self.source.map(|source| source.file("the source")).transpose()?;
        let file = file(self.name.unwrap_or_else(|| "draft".to_owned()), self.text)?;
        Ok(Draft { file, source, options: CheckOptions::of_settings(&settings) })
    }

    fn levels(&self) -> Result<Levels, Problem> {
        let known = |rule: &str| rules::named(rule).map(drop).ok_or_else(|| Problem::unprocessable(rules::no_rule(rule)));
        let mut levels = Levels::default();
        for (rule, level) in &self.rules {
            known(rule)?;
            levels.set(rule, word::choice(rule, level, &Level::NAMES)?);
        }
        self.only.iter().try_for_each(|rule| known(rule))?;
        if !self.only.is_empty() {
            levels.keep_only(&self.only);
        }
        Ok(levels)
    }
}

fn chosen<T: Copy>(what: &str, word: Option<String>, names: &[(&str, T)]) -> Result<Option<T>, Problem> {
    word.map(|word| word::choice(what, &word, names)).transpose()
}

fn day(text: String) -> Result<String, Problem> {
    if text.len() == 10 && Day::parse(&text).is_some() {
        return Ok(text);
    }
    Err(Problem::unprocessable(format!("`date` is `{text}`, which is no day; write one as 2026-01-07")))
}

impl Draft {
    /// Checks the draft, or a later version of it: beside its source where there is one.
    pub fn check(&self, workspace: &Workspace, file: &DraftFile) -> Answered<CheckReport> {
        workspace.check_beside(self.source.as_ref(), file, &self.options)
    }
}
