//! A page that an editor can mail: each draft with its findings marked, the names in it, and the totals.
//!
//! One file that asks for nothing and runs nothing; the policy in its head holds a browser to that. Ids are numbered by draft, so
//! that no name of a file can break them.

mod draft;
mod names;

use std::collections::BTreeMap;
use std::io::Write;

use maud::{DOCTYPE, Markup, PreEscaped, html};
use tongsa::check::finding::{Finding, Severity};
use tongsa::text::legible::legible;

use crate::cli::failure::Failure;
use crate::cli::report::CheckedFile;
use crate::cli::report::human::counted;

const STYLE: &str = include_str!("html/page.css");
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'";

/// Writes the report on some drafts.
pub fn write(out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
    writeln!(out, "{}", page(checked).into_string())?;
    Ok(())
}

fn page(checked: &[CheckedFile]) -> Markup {
    let title = match checked {
        [draft] => format!("{} · tongsa check", legible(&draft.path)),
        _ => format!("{} drafts · tongsa check", checked.len()),
    };
    html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta http-equiv="Content-Security-Policy" content=(POLICY);
                title { (title) }
                style { (PreEscaped(STYLE)) }
            }
            body {
                header {
                    h1 { "Names and terms checked" }
                    p { (conclusion(checked)) }
                    @if checked.len() > 1 { (contents(checked)) }
                }
                main {
                    @for (number, draft) in checked.iter().enumerate() { (section(number + 1, draft)) }
                    (totals(checked))
                }
                footer { p { "Made by tongsa " (env!("CARGO_PKG_VERSION")) "." } }
            }
        }
    }
}

fn conclusion(checked: &[CheckedFile]) -> String {
    let drafts = if checked.len() == 1 { "1 draft".to_owned() } else { format!("{} drafts", checked.len()) };
    format!("{drafts}: {}", counts(checked.iter().flat_map(|draft| &draft.report.findings)))
}

fn counts<'a>(findings: impl Iterator<Item = &'a Finding> + Clone) -> String {
    let counts = counted(findings);
    if counts.is_empty() { "nothing to report".to_owned() } else { counts }
}

fn contents(checked: &[CheckedFile]) -> Markup {
    html! {
        nav aria-label="Drafts" {
            ul {
                @for (number, draft) in checked.iter().enumerate() {
                    li { a href={ "#d" (number + 1) } { (legible(&draft.path)) } " · " (counts(draft.report.findings.iter())) }
                }
            }
        }
    }
}

/// Makes the table of the findings by rule and severity.
fn totals(checked: &[CheckedFile]) -> Markup {
    const COLUMNS: [Severity; 3] = [Severity::Error, Severity::Warning, Severity::Info];
    let mut rules: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for finding in checked.iter().flat_map(|draft| &draft.report.findings) {
        let counts = rules.entry(finding.rule).or_default();
        COLUMNS.iter().zip(counts).filter(|(severity, _)| **severity == finding.severity).for_each(|(_, count)| *count += 1);
    }
    html! {
        @if !rules.is_empty() {
            details open {
                summary { h2 { "Totals" } }
                table {
                    caption { "Findings by rule and severity" }
                    thead { tr { th scope="col" { "Rule" } @for severity in COLUMNS { th scope="col" { (severity.name()) } } } }
                    tbody {
                        @for (rule, counts) in &rules {
                            tr { th scope="row" { (rule) } @for count in counts { td.number { (count) } } }
                        }
                    }
                }
            }
        }
    }
}

fn section(number: usize, draft: &CheckedFile) -> Markup {
    html! {
        section id={ "d" (number) } {
            h2 { (legible(&draft.path)) }
            p { (counts(draft.report.findings.iter())) }
            (draft::marked(number, draft))
            (names::table(draft))
        }
    }
}
