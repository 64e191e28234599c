//! Findings for editors and `grep`: one a line, `path:line:column: severity: message [rule]`.

use std::io::Write;

use crate::cli::failure::Failure;
use crate::cli::report::CheckedFile;
use crate::cli::report::place::slashed;

/// Writes the report on some drafts. Columns count Unicode scalar values.
pub fn write(out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
    for draft in checked {
        let path = one_line(&slashed(&draft.path));
        for finding in &draft.report.findings {
            let at = draft.file.place(finding.span).start;
            let (severity, message, rule) = (finding.severity, one_line(&finding.message), finding.rule);
            writeln!(out, "{path}:{}:{}: {severity}: {message} [{rule}]", at.line, at.column)?;
        }
    }
    Ok(())
}

/// Returns a text without what would break its line or command the terminal.
pub fn one_line(text: &str) -> String {
    let shown = |c: char| match c {
        '\n' | '\r' | '\t' => ' ',
        c if c.is_control() => '\u{FFFD}',
        c => c,
    };
    text.chars().map(shown).collect()
}
