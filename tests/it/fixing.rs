//! Fixing the development drafts in every format: a second time changes nothing, and what could be fixed safely is gone.

use tongsa::check::fixing::FixScope;
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::encoding::TextSource;
use tongsa::workspace::check::CheckOptions;
use tongsa::workspace::fix::{self, FixReport};
use tongsa::workspace::{Workspace, WorkspaceError};

use crate::office_files::docx;

fn drafts() -> Vec<String> {
    let files = std::fs::read_dir("tests/gold/check").unwrap().map(|entry| entry.unwrap().path());
    let drafts = files.filter(|path| path.extension().is_some_and(|extension| extension == "txt"));
    drafts.map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

fn fixed(workspace: &Workspace, name: &str, bytes: Vec<u8>, scope: FixScope) -> FixReport {
    let file = DraftFile::read(name, TextSource::from_bytes(name, bytes), None, None).unwrap();
    fix::fix(file, scope, |file| -> Result<_, WorkspaceError> { workspace.check(file, &CheckOptions::default()) }).unwrap()
}

#[test]
fn fixing_twice_changes_nothing_more() {
    let workspace = Workspace::in_memory().unwrap();
    let mut made = 0;
    for text in drafts() {
        let paragraphs = |open: &str, close: &str| -> String {
            let lines = text.lines().filter(|line| !line.trim().is_empty());
            lines.map(|line| format!("{open}{}{close}", line.replace('&', "&amp;").replace('<', "&lt;"))).collect()
        };
        let page = paragraphs("<p>", "</p>\n").into_bytes();
        let word = docx(&paragraphs("<w:p><w:r><w:t xml:space=\"preserve\">", "</w:t></w:r></w:p>"));
        for (name, bytes) in [("a.txt", text.clone().into_bytes()), ("a.html", page), ("a.docx", word)] {
            for scope in [FixScope::Safe, FixScope::All] {
                let once = fixed(&workspace, name, bytes.clone(), scope);
                assert_eq!(once.bytes.is_some(), once.fixed > 0, "{name}");
                made += once.fixed;
                let fixable = |safe: bool| safe || scope == FixScope::All;
                let left = once.left.findings.iter().find(|finding| finding.fix.as_ref().is_some_and(|fix| fixable(fix.safe)));
                assert_eq!(left, None, "{name}");
                let Some(after) = once.bytes else { continue };
                let twice = fixed(&workspace, name, after, scope);
                assert_eq!((twice.bytes, twice.fixed), (None, 0), "{name}");
            }
        }
    }
    assert!(made > 100, "{made} fixes made");
}
