//! The names of a draft, as a report lists them.

use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::prose::DraftFormat;
use tongsa::workspace::Workspace;
use tongsa::workspace::check::CheckOptions;

/// Checks a text and returns its names, a line each: the concept, then each form with its count, `!` where it is not accepted.
fn names(workspace: &Workspace, text: &str) -> Vec<String> {
    let file = DraftFile::of_text("draft.md", text, DraftFormat::Markdown);
    let report = workspace.check(&file, &CheckOptions { names: true, ..CheckOptions::default() }).unwrap();
    let named = report.names.iter().map(|named| {
        let forms = named.forms.iter().map(|form| {
            let sign = if form.accepted { "" } else { "!" };
            format!("{sign}{} ×{}", form.text, form.count)
        });
        format!("{}: {}", named.concept.id, forms.collect::<Vec<_>>().join(", "))
    });
    named.collect()
}

#[test]
fn a_report_lists_the_names_with_their_forms() {
    let workspace = Workspace::in_memory().unwrap();
    for (text, expected) in [
        (
            "Xi Jinping flew to Peking. Xi Jinping then left Beijing, and Jinping Xi spoke in Peking.",
            &["prc.xi-jinping: Xi Jinping ×2, !Jinping Xi ×1", "place.beijing: !Peking ×2, Beijing ×1"][..],
        ),
        // Words that are none of its terms are a form of the concept that the finding sees in them.
        (
            "Xi Jinping and Zhao Leji arrived. President Xi Jingping spoke.",
            &["prc.xi-jinping: Xi Jinping ×1, !Xi Jingping ×1", "npc.zhao-leji: Zhao Leji ×1"],
        ),
        // So is a longer name with a term inside of it.
        (
            "The talks were held at the Diayutai State Guesthouse.",
            &["place.diaoyutai-state-guesthouse: !Diayutai State Guesthouse ×1"],
        ),
        ("The committee met on Monday and nobody spoke.", &[]),
    ] {
        let mut found = names(&workspace, text);
        found.retain(|line| !line.contains(": President ×"));
        assert_eq!(found, expected, "{text}");
    }
    let file = DraftFile::of_text("draft.md", "Xi Jinping spoke.", DraftFormat::Markdown);
    assert!(
        workspace.check(&file, &CheckOptions::default()).unwrap().names.is_empty(),
        "names cost, and are made when asked for"
    );
}
