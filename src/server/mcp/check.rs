//! The tool `check`.

use std::fmt::Write;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::check::finding::Finding;
use crate::check::fixing::FixScope;
use crate::exchange::draft_file::DraftFile;
use crate::glossary::day::Day;
use crate::server::mcp::tools::{self, Answer, Question, Refusal, TextFormat};
use crate::server::readers::Readers;
use crate::wire::checking::{CheckedShape, FixedShape};
use crate::workspace::check::{CheckOptions, CheckReport};
use crate::workspace::fix::{self, FixReport};
use crate::workspace::{Result as WorkspaceResult, Workspace};

/// So many findings are said in the text, since an assistant reads all of it; the JSON has every one.
const MOST_LINES: usize = 100;

/// The arguments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Check {
    /// The text to check
    text: String,
    /// The text that it was translated from, where there is one: then every name in that must be rendered
    source: Option<String>,
    /// The language of the text: en, ko, zh-Hans or zh-Hant; told by its letters where it is left out
    lang: Option<String>,
    /// The day of the text, as 2026-01-07, to which names and titles are held; told by the text where it is left out, else today
    date: Option<String>,
    /// How the texts are marked up
    #[serde(default)]
    format: TextFormat,
    /// Which fixes to make, for the fixed text beside the findings
    #[serde(default)]
    fix: FixWanted,
}

/// Which fixes are made.
#[derive(Clone, Copy, Debug, Default, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
enum FixWanted {
    /// None.
    #[default]
    None,
    /// Those that can be made without asking.
    Safe,
    /// Those that are probable too.
    All,
}

/// The findings in the text as it was given, and the fixed text where it was asked for.
#[derive(Debug, Serialize)]
struct CheckAnswer<'a> {
    #[serde(flatten)]
    found: CheckedShape<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixed: Option<FixedShape<'a>>,
}

/// A text that was checked.
struct Checked {
    file: DraftFile,
    report: CheckReport,
    fixed: Option<FixReport>,
}

impl Question for Check {
    const NAME: &'static str = "check";
    const TITLE: &'static str = "Check a text";
    const DESCRIPTION: &'static str = "Check the names in an English, Korean or Chinese text: forms that are deprecated, \
        forbidden or out of date, one name in two forms, slips in known names, wrong titles and institutions, Korean particles \
        that do not agree. Use it on every text before it is handed over; with `source`, it also finds names that the \
        translation lacks or renders wrongly, and numbers that differ. Each finding says what to write. `fix` gives the text \
        with the fixes made and nothing else changed.";

    fn answer(self, readers: &Readers) -> Result<Answer, Refusal> {
        let lang = self.lang.as_deref().map(tools::language).transpose()?;
        let no_day = |date: &str| Refusal(format!("`date` is `{date}`, which is no day; write one like 2026-01-07"));
        let date = self.date.as_deref().map(|date| Day::parse(date).ok_or_else(|| no_day(date))).transpose()?;
        let options = CheckOptions { lang, date, ..CheckOptions::default() };
        let file = tools::draft("the text", self.text, self.format)?;
        let source = self.source.map(|source| tools::draft("the source", source, self.format)).transpose()?;
        let checked = readers.read(|workspace| checked(workspace, file, source.as_ref(), &options, self.fix))?;
        let Checked { file, report, fixed } = &checked;
        let fixed = fixed.as_ref().map(|fixed| (fixed, fix::unified_diff(&file.name, file, &fixed.file)));
        let fixed = fixed.as_ref().map(|(fixed, diff)| FixedShape::new(fixed, diff));
        let found = CheckedShape::new(file, report);
        Answer::new(text(&checked), &CheckAnswer { found, fixed })
    }
}

fn checked(
    workspace: &Workspace,
    file: DraftFile,
    source: Option<&DraftFile>,
    options: &CheckOptions,
    wanted: FixWanted,
) -> WorkspaceResult<Checked> {
    let check = |file: &DraftFile| workspace.check_beside(source, file, options);
    let report = check(&file)?;
    let scope = match wanted {
        FixWanted::None => None,
        FixWanted::Safe => Some(FixScope::Safe),
        FixWanted::All => Some(FixScope::All),
    };
    let fixed = scope.map(|scope| fix::fix(file.clone(), scope, check)).transpose()?;
    Ok(Checked { file, report, fixed })
}

fn text(checked: &Checked) -> String {
    let mut text = match checked.report.findings.len() {
        0 => "Nothing to say about the names in this text.\n".to_owned(),
        1 => "1 finding:\n".to_owned(),
        count => format!("{count} findings:\n"),
    };
    let findings = checked.report.findings.iter();
    findings.take(MOST_LINES).for_each(|finding| text.push_str(&line(&checked.file, finding)));
    if checked.report.findings.len() > MOST_LINES {
        text.push_str(&format!("- and {} more, with these in the JSON\n", checked.report.findings.len() - MOST_LINES));
    }
    if checked.report.aligned == Some(false) {
        text.push_str("The source and the text do not look like versions of one text; the text was checked alone.\n");
    }
    if let Some(fixed) = &checked.fixed {
        // Writing to a String does not fail.
        let fixes = if fixed.fixed == 1 { "fix" } else { "fixes" };
        let _ = write!(text, "The text with {} {fixes} made:\n\n{}", fixed.fixed, fixed.file.source_text());
    }
    text
}

fn line(file: &DraftFile, finding: &Finding) -> String {
    let place = file.place(finding.span).start;
    let (severity, rule, message) = (finding.severity.name(), finding.rule, &finding.message);
    format!("- line {}, column {}, {severity}: {message} [{rule}]\n", place.line, place.column)
}
