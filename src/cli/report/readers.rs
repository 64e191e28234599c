//! Every style, read back by a reader of it: whatever stands in a path, a message or a draft, nothing is broken or lost.
#![cfg(test)]

mod drafts;
mod html;
mod xml;

use std::sync::LazyLock;

use boon::{Compiler, SchemaIndex, Schemas};
use proptest::prelude::*;
use serde_json::Value;
use unicode_width::UnicodeWidthStr;

use crate::cli::card;
use crate::cli::report::{CheckedFile, Style};
use drafts::{SHOWN, any_drafts, plain_drafts, shown};

fn written(style: Style, checked: &[CheckedFile]) -> String {
    let mut out = Vec::new();
    style.write(&mut out, checked).unwrap();
    String::from_utf8(out).unwrap()
}

fn count(checked: &[CheckedFile]) -> usize {
    checked.iter().map(|draft| draft.report.findings.len()).sum()
}

/// A schema that is kept with the tests.
struct Schema {
    schemas: Schemas,
    index: SchemaIndex,
}

impl Schema {
    fn new(text: &str) -> Self {
        let (mut schemas, mut compiler) = (Schemas::new(), Compiler::new());
        compiler.enable_format_assertions();
        compiler.add_resource("https://example.org/schema.json", serde_json::from_str(text).unwrap()).unwrap();
        let index = compiler.compile("https://example.org/schema.json", &mut schemas).unwrap();
        Self { schemas, index }
    }

    fn read(&self, report: &str) -> Value {
        let value: Value = serde_json::from_str(report).unwrap();
        if let Err(error) = self.schemas.validate(&value, self.index) {
            panic!("{error:#}");
        }
        value
    }
}

static SARIF: LazyLock<Schema> = LazyLock::new(|| Schema::new(include_str!("../../../tests/schemas/sarif-schema-2.1.0.json")));
static RDJSON: LazyLock<Schema> =
    LazyLock::new(|| Schema::new(include_str!("../../../tests/schemas/reviewdog-DiagnosticResult.json")));

#[test]
fn schemas_refuse_what_is_wrong() {
    let refused =
        |schema: &Schema, text: &str| schema.schemas.validate(&serde_json::from_str(text).unwrap(), schema.index).is_err();
    assert!(refused(&SARIF, r#"{"version":"2.1.0","runs":[{"tool":{"driver":{"name":"x"}},"columnKind":"bytes"}]}"#));
    assert!(refused(&RDJSON, r#"{"diagnostics":[{"message":1}]}"#));
}

#[test]
fn sarif_points_into_the_file() {
    let report = SARIF.read(&written(Style::Sarif, &[shown()]));
    let run = &report["runs"][0];
    let result = &run["results"][1];
    let region = &result["locations"][0]["physicalLocation"]["region"];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    // 漢 is one unit of UTF-16 and three bytes, 𠮷 and 😀 are two units and four bytes each.
    assert_eq!(
        *region,
        serde_json::json!({"startLine": 3, "startColumn": 7, "endLine": 3, "endColumn": 10, "byteOffset": 35, "byteLength": 9,
            "snippet": {"text": "습근평"}})
    );
    // The byte order mark counts in the bytes of the file, and in no column.
    assert_eq!(SHOWN[35 - 3..44 - 3], *"습근평");
    assert_eq!(run["tool"]["driver"]["rules"][result["ruleIndex"].as_u64().unwrap() as usize]["id"], "wrong-reading");
    let change = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(change["insertedContent"]["text"], "시진핑은");
    assert_eq!(change["deletedRegion"]["endColumn"], 11);
    assert_eq!(result["relatedLocations"][0]["message"]["text"], "Xi Jinping");
    assert_eq!(run["results"][0]["level"], "note");
    let prints: Vec<&Value> = (0..3).map(|at| &run["results"][at]["partialFingerprints"]["tongsaFinding/v1"]).collect();
    assert_ne!(prints[1], prints[2], "the same finding at a second place is another result");
}

#[test]
fn rdjson_counts_bytes_from_one() {
    let report = RDJSON.read(&written(Style::Rdjson, &[shown()]));
    let diagnostic = &report["diagnostics"][1];
    let range =
        |from: usize, to: usize| serde_json::json!({"start": {"line": 3, "column": from}, "end": {"line": 3, "column": to}});
    assert_eq!(diagnostic["location"], serde_json::json!({"path": "기사 1.md", "range": range(13, 22)}));
    assert_eq!(diagnostic["suggestions"][0], serde_json::json!({"range": range(13, 25), "text": "시진핑은"}));
}

#[test]
fn github_counts_characters_within_one_line() {
    let report = written(Style::Github, &[shown()]);
    let lines: Vec<&str> = report.lines().collect();
    assert_eq!(
        lines,
        [
            "::notice file=기사 1.md,line=1,endLine=2,title=second-mention::first",
            "::warning file=기사 1.md,line=3,endLine=3,col=5,endColumn=8,title=wrong-reading::습근평%0A100%25",
            "::warning file=기사 1.md,line=3,endLine=3,col=10,endColumn=13,title=wrong-reading::습근평%0A100%25",
        ]
    );
}

#[test]
fn people_read_a_repeated_finding_once() {
    let report = anstream::adapter::strip_str(&written(Style::Human, &[shown()])).to_string();
    assert_eq!(report.matches("warning: 습근평 100%").count(), 1, "{report}");
    for part in [
        "also at 3:10\n",
        "en.md:3:14 has Xi Jinping\n",
        "1 draft checked: 2 warnings, 1 remark; 2 can be fixed with `--fix`\n",
    ] {
        assert!(report.contains(part), "{part}\n{report}");
    }
}

/// Reads a workflow command as the runner does (actions/runner, `ActionCommand.TryParseV2`).
fn command(line: &str) -> (String, Vec<(String, String)>, String) {
    let unescaped = |text: &str| {
        let text = text.replace("%0D", "\r").replace("%0A", "\n").replace("%3A", ":").replace("%2C", ",");
        text.replace("%25", "%")
    };
    let (head, message) = line.strip_prefix("::").unwrap().split_once("::").unwrap();
    let (name, properties) = head.split_once(' ').unwrap();
    let properties = properties.split(',').map(|property| property.split_once('=').unwrap());
    let properties = properties.map(|(key, value)| (key.to_owned(), unescaped(value))).collect();
    (name.to_owned(), properties, unescaped(message))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn json_keeps_every_word(checked in any_drafts()) {
        let sarif = SARIF.read(&written(Style::Sarif, &checked));
        let rdjson = RDJSON.read(&written(Style::Rdjson, &checked));
        let lines = written(Style::Jsonl, &checked);
        let whole: Value = serde_json::from_str(&written(Style::Json, &checked)).unwrap();
        prop_assert_eq!(whole["files"].as_array().unwrap().len(), checked.len());
        prop_assert_eq!(lines.lines().count(), count(&checked));
        let findings = checked.iter().flat_map(|draft| draft.report.findings.iter().map(move |finding| (draft, finding)));
        for ((at, (draft, finding)), line) in findings.enumerate().zip(lines.lines()) {
            let line: Value = serde_json::from_str(line).unwrap();
            prop_assert_eq!(line["message"].as_str(), Some(finding.message.as_str()));
            prop_assert_eq!(line["path"].as_str(), Some(draft.path.as_str()));
            prop_assert_eq!(sarif["runs"][0]["results"][at]["message"]["text"].as_str(), Some(finding.message.as_str()));
            let diagnostic = &rdjson["diagnostics"][at];
            prop_assert_eq!(diagnostic["message"].as_str(), Some(finding.message.as_str()));
            prop_assert_eq!(diagnostic["location"]["path"].as_str(), Some(draft.path.as_str()));
        }
    }

    #[test]
    fn lines_are_never_broken(checked in any_drafts()) {
        let short = written(Style::Short, &checked);
        prop_assert_eq!(short.split_terminator('\n').count(), count(&checked));
        prop_assert!(!short.contains(|c: char| c.is_control() && c != '\n'));
        let github = written(Style::Github, &checked);
        prop_assert_eq!(github.split_terminator('\n').count(), count(&checked));
        let findings = checked.iter().flat_map(|draft| draft.report.findings.iter().map(move |finding| (draft, finding)));
        for ((draft, finding), line) in findings.zip(github.split_terminator('\n')) {
            let (_, properties, message) = command(line);
            prop_assert_eq!(&message, &finding.message);
            prop_assert_eq!(&properties[0], &("file".to_owned(), draft.path.clone()));
        }
    }

    #[test]
    fn tables_have_a_row_a_finding(checked in any_drafts()) {
        let table = written(Style::Csv, &checked);
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let rows: Vec<_> = reader.records().map(Result::unwrap).collect();
        prop_assert_eq!(rows.len(), count(&checked));
        let findings = checked.iter().flat_map(|draft| &draft.report.findings);
        for (row, finding) in rows.iter().zip(findings) {
            prop_assert_eq!(row[6].strip_prefix('\'').unwrap_or(&row[6]), finding.message.strip_prefix('\'').unwrap_or(&finding.message));
            prop_assert!(!row.iter().any(|cell| cell.starts_with(['=', '+', '-', '@', '\t', '\r'])), "{:?}", row);
        }
    }

    #[test]
    fn xml_is_well_formed_and_keeps_every_word(checked in any_drafts()) {
        let checkstyle = xml::read(&written(Style::Checkstyle, &checked));
        xml::check_shape(&checkstyle, &xml::CHECKSTYLE);
        let junit = xml::read(&written(Style::Junit, &checked));
        xml::check_shape(&junit, &xml::JUNIT);
        for (file, draft) in checkstyle.children.iter().zip(&checked) {
            let messages: Vec<&str> = file.children.iter().map(|error| error.attribute("message")).collect();
            let expected: Vec<String> = draft.report.findings.iter().map(|finding| xml::legal(&finding.message)).collect();
            prop_assert_eq!(messages, expected);
            prop_assert_eq!(file.attribute("name"), xml::legal(&draft.path));
        }
        let failed = junit.descendants().iter().filter(|element| element.name == "failure").count();
        prop_assert_eq!(junit.attribute("failures"), failed.to_string());
    }

    #[test]
    fn pages_show_the_draft_and_ask_for_nothing(checked in any_drafts()) {
        let page = html::read(&written(Style::Html, &checked));
        let expected: Vec<String> = checked.iter().map(|draft| format!("\n{}", html::legible(&draft.file.text))).collect();
        prop_assert_eq!(page.drafts, expected);
        prop_assert_eq!(page.missing_ids, Vec::<String>::new());
    }

    #[test]
    fn people_read_within_the_terminal(checked in plain_drafts()) {
        let report = anstream::adapter::strip_str(&written(Style::Human, &checked)).to_string();
        for line in report.lines() {
            prop_assert!(line.width() <= card::width(), "{} columns: {line}", line.width());
        }
    }

    #[test]
    fn people_are_shown_no_control_characters(checked in any_drafts()) {
        let report = written(Style::Human, &checked);
        let stripped = anstream::adapter::strip_str(&report).to_string();
        prop_assert!(!stripped.contains(|c: char| c.is_control() && c != '\n'), "{stripped:?}");
    }
}
