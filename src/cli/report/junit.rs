//! Findings in the XML of JUnit, as build servers show test results: a draft is a suite, a finding a failed test.
//!
//! The shape is that of the schema of Jenkins' xUnit plugin, `junit-10.xsd`. What is information only has not failed; it stands
//! in the output of a passed test. A draft without findings is one passed test.

use std::io::Write;

use tongsa::check::finding::{Finding, Severity};
use tongsa::exchange::xml_text::{escape_content, write_attribute};

use crate::cli::failure::Failure;
use crate::cli::report::CheckedFile;
use crate::cli::report::place::slashed;

/// Writes the report on some drafts.
pub fn write(out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
    let tests = checked.iter().map(tests_of).sum::<usize>().to_string();
    let failures = checked.iter().map(failures_of).sum::<usize>().to_string();
    let mut xml = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<testsuites".to_owned();
    attributes(&mut xml, [("name", "tongsa check"), ("tests", &tests), ("failures", &failures), ("errors", "0")]);
    writeln!(out, "{xml}>")?;
    for draft in checked {
        writeln!(out, "{}", suite(draft))?;
    }
    writeln!(out, "</testsuites>")?;
    Ok(())
}

fn tests_of(draft: &CheckedFile) -> usize {
    draft.report.findings.len().max(1)
}

fn failures_of(draft: &CheckedFile) -> usize {
    draft.report.findings.iter().filter(|finding| is_failure(finding)).count()
}

fn is_failure(finding: &Finding) -> bool {
    finding.severity > Severity::Info
}

fn suite(draft: &CheckedFile) -> String {
    let path = slashed(&draft.path);
    let (tests, failures) = (tests_of(draft).to_string(), failures_of(draft).to_string());
    let mut xml = "  <testsuite".to_owned();
    attributes(&mut xml, [("name", path.as_str()), ("tests", &tests), ("failures", &failures), ("errors", "0")]);
    xml.push_str(">\n");
    if draft.report.findings.is_empty() {
        xml.push_str("    <testcase");
        attributes(&mut xml, [("name", "names"), ("classname", path.as_str())]);
        xml.push_str("/>\n");
    }
    for finding in &draft.report.findings {
        test_case(&mut xml, draft, &path, finding);
    }
    xml.push_str("  </testsuite>");
    xml
}

fn test_case(xml: &mut String, draft: &CheckedFile, path: &str, finding: &Finding) {
    let at = draft.file.place(finding.span).start;
    xml.push_str("    <testcase");
    let name = format!("{}:{}: {}", at.line, at.column, finding.rule);
    attributes(xml, [("name", name.as_str()), ("classname", path)]);
    xml.push_str(">\n      ");
    let place = format!("{path}:{}:{}: {}", at.line, at.column, finding.message);
    if is_failure(finding) {
        xml.push_str("<failure");
        attributes(xml, [("type", finding.severity.name()), ("message", &finding.message)]);
        xml.push('>');
        escape_content(xml, &place);
        xml.push_str("</failure>");
    } else {
        xml.push_str("<system-out>");
        escape_content(xml, &place);
        xml.push_str("</system-out>");
    }
    xml.push_str("\n    </testcase>\n");
}

fn attributes<const N: usize>(xml: &mut String, attributes: [(&str, &str); N]) {
    for (name, value) in attributes {
        write_attribute(xml, name, value);
    }
}
