//! The tools: what an assistant may ask, one a file, and their register.

use std::ops::RangeInclusive;

use rmcp::handler::server::tool::schema_for_input;
use rmcp::model::{JsonObject, Tool, ToolAnnotations};
use schemars::JsonSchema;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::exchange::draft_file::DraftFile;
use crate::exchange::prose::DraftFormat;
use crate::lang::Lang;
use crate::server::mcp::add_term::AddTerm;
use crate::server::mcp::brief::BriefOf;
use crate::server::mcp::check::Check;
use crate::server::mcp::fuzzy_match::Match;
use crate::server::mcp::lookup::Lookup;
use crate::server::mcp::suggest::Suggest;
use crate::server::readers::Readers;
use crate::workspace::WorkspaceError;

/// The longest text that is read, in bytes.
const LONGEST_TEXT: usize = 1_000_000;

/// A question with its arguments.
pub(super) trait Question: DeserializeOwned + JsonSchema + 'static {
    /// The name of the tool.
    const NAME: &'static str;
    /// What people see.
    const TITLE: &'static str;
    /// What it does, and when an assistant should use it.
    const DESCRIPTION: &'static str;
    /// Whether it changes the store.
    const WRITES: bool = false;

    /// Answers it.
    fn answer(self, readers: &Readers) -> Result<Answer, Refusal>;
}

/// An answer: the shape of the contract, and the same for reading.
pub(super) struct Answer {
    pub text: String,
    pub json: Value,
}

/// Why a question is not answered, in one sentence that says what to do.
pub(super) struct Refusal(pub String);

impl From<WorkspaceError> for Refusal {
    fn from(error: WorkspaceError) -> Self {
        Self(error.to_string())
    }
}

/// A tool of the register.
pub(super) struct ToolEntry {
    pub name: &'static str,
    pub writes: bool,
    pub describe: fn() -> Tool,
    pub answer: fn(&Readers, JsonObject) -> Result<Answer, Refusal>,
}

/// Every tool, in the order in which an assistant needs them.
pub(super) static TOOLS: [ToolEntry; 6] =
    [entry::<BriefOf>(), entry::<Lookup>(), entry::<Suggest>(), entry::<Check>(), entry::<Match>(), entry::<AddTerm>()];

const fn entry<Q: Question>() -> ToolEntry {
    ToolEntry { name: Q::NAME, writes: Q::WRITES, describe: describe::<Q>, answer: answer::<Q> }
}

fn describe<Q: Question>() -> Tool {
    let hints = ToolAnnotations::with_title(Q::TITLE).read_only(!Q::WRITES).open_world(false);
    // What adds changes nothing that is there, and adds the same only once.
    let hints = if Q::WRITES { hints.destructive(false).idempotent(true) } else { hints };
    let schema = schema_for_input::<Q>().unwrap_or_default();
    Tool::new(Q::NAME, Q::DESCRIPTION, schema).with_title(Q::TITLE).with_annotations(hints)
}

fn answer<Q: Question>(readers: &Readers, arguments: JsonObject) -> Result<Answer, Refusal> {
    let question: Q = serde_json::from_value(Value::Object(arguments))
        .map_err(|error| Refusal(format!("the arguments of {} cannot be read: {error}", Q::NAME)))?;
    question.answer(readers)
}

impl Answer {
    /// Takes a shape of the contract with its text.
    pub fn new(text: String, shape: &impl Serialize) -> Result<Self, Refusal> {
        let json = serde_json::to_value(shape).map_err(|error| Refusal(format!("the answer cannot be written: {error}")))?;
        Ok(Self { text: text.trim_end().to_owned(), json })
    }
}

/// Reads a language tag.
pub(super) fn language(tag: &str) -> Result<Lang, Refusal> {
    Lang::of_people(tag).map_err(Refusal)
}

/// Reads a number, where one is given.
pub(super) fn number(name: &str, given: Option<u32>, default: u32, range: RangeInclusive<u32>) -> Result<u32, Refusal> {
    let number = given.unwrap_or(default);
    let (least, most) = (range.start(), range.end());
    let right = range.contains(&number);
    right.then_some(number).ok_or_else(|| Refusal(format!("`{name}` is {number}; it can be from {least} to {most}")))
}

/// Refuses a question that asks nothing, or too much at once.
pub(super) fn query<'q>(name: &str, text: &'q str, longest: usize) -> Result<&'q str, Refusal> {
    if !text.contains(char::is_alphanumeric) {
        return Err(Refusal(format!("there is no letter in `{name}`; give it a name or a sentence")));
    }
    if text.len() > longest {
        return Err(Refusal(format!("`{name}` is longer than {longest} bytes; give it in parts, or a whole text to `check`")));
    }
    Ok(text)
}

/// Reads a text that lies in no file; `name` stands for it in messages.
pub(super) fn draft(name: &str, text: String, format: TextFormat) -> Result<DraftFile, Refusal> {
    if text.len() > LONGEST_TEXT {
        return Err(Refusal(format!("{name} is longer than {LONGEST_TEXT} bytes; give it in parts")));
    }
    let format = match format {
        TextFormat::Plain => DraftFormat::Plain,
        TextFormat::Markdown => DraftFormat::Markdown,
        TextFormat::Html => DraftFormat::Html,
    };
    Ok(DraftFile::of_text(name, text, format))
}

/// How a text is marked up.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub(super) enum TextFormat {
    /// Paragraphs with blank lines between them.
    #[default]
    Plain,
    /// Markdown; code is not read.
    Markdown,
    /// A page.
    Html,
}
