//! Whatever a draft says, its report is JSON, and its places are those of the draft.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::prose::DraftFormat;
use tongsa::lang::Lang;
use tongsa::wire::{CheckShape, FileShape};
use tongsa::workspace::Workspace;
use tongsa::workspace::check::CheckOptions;

thread_local! {
    static WORKSPACE: LazyLock<Option<Workspace>> = const { LazyLock::new(|| Workspace::in_memory().ok()) };
}

fuzz_target!(|input: (u8, &str)| {
    let lang = [Lang::En, Lang::Ko, Lang::ZhHans, Lang::ZhHant][usize::from(input.0) % 4].clone();
    let format = if input.0 & 4 == 0 { DraftFormat::Plain } else { DraftFormat::Html };
    let file = DraftFile::of_text("draft", input.1, format);
    WORKSPACE.with(|workspace| {
        let Some(workspace) = workspace.as_ref() else { return };
        let options = CheckOptions { lang: Some(lang), ..CheckOptions::default() };
        let Ok(report) = workspace.check(&file, &options) else { return };
        let shape = CheckShape { files: vec![FileShape::new("draft", &file, &report)] };
        let json = serde_json::to_string(&shape).expect("a report is JSON");
        let read: serde_json::Value = serde_json::from_str(&json).expect("and is read again");
        for (found, finding) in read["files"][0]["findings"].as_array().into_iter().flatten().zip(&report.findings) {
            assert_eq!(found["text"].as_str(), Some(finding.span.of(&file.text)));
        }
    });
});
