//! Findings in the XML of Checkstyle, which most build servers read.

use std::io::Write;

use tongsa::exchange::xml_text::write_attribute;

use crate::cli::failure::Failure;
use crate::cli::report::CheckedFile;
use crate::cli::report::place::slashed;

/// Writes the report on some drafts. Columns count Unicode scalar values.
pub fn write(out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
    // The version is the one that other linters state; readers look for the elements only.
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"4.3\">")?;
    for draft in checked {
        let mut xml = "  <file".to_owned();
        write_attribute(&mut xml, "name", &slashed(&draft.path));
        xml.push_str(">\n");
        for finding in &draft.report.findings {
            let at = draft.file.place(finding.span).start;
            xml.push_str("    <error");
            for (name, value) in [
                ("line", at.line.to_string().as_str()),
                ("column", &at.column.to_string()),
                ("severity", finding.severity.name()),
                ("message", &finding.message),
                ("source", &format!("tongsa.{}", finding.rule)),
            ] {
                write_attribute(&mut xml, name, value);
            }
            xml.push_str("/>\n");
        }
        writeln!(out, "{xml}  </file>")?;
    }
    writeln!(out, "</checkstyle>")?;
    Ok(())
}
