//! Drafts that are large in one way: many paragraphs on the same people, one line, many comments. Time that grows by the square of
//! the size shows here as a test that does not end.

use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::prose::DraftFormat;
use tongsa::lang::Lang;
use tongsa::workspace::Workspace;
use tongsa::workspace::check::CheckOptions;

/// How often each part of a draft stands in it.
const TIMES: usize = 2_000;

/// Checks a text, and returns how often a rule has found something.
fn count(text: &str, lang: Lang, rule: &str) -> usize {
    let workspace = Workspace::in_memory().unwrap();
    let options = CheckOptions { lang: Some(lang), ..CheckOptions::default() };
    let file = DraftFile::of_text("large.txt", text, DraftFormat::Plain);
    let findings = workspace.check(&file, &options).unwrap().findings;
    let places: Vec<_> = findings.iter().map(|finding| file.place(finding.span).start.column).collect();
    assert!(places.iter().all(|column| *column > 0));
    findings.iter().filter(|finding| finding.rule == rule).count()
}

#[test]
fn many_paragraphs_may_name_the_same_people() {
    let english = "President Lee Jae-myung met Premier Li Qiang in Seoul. Jae-myung spoke first.\n\n";
    assert_eq!(count(&english.repeat(TIMES), Lang::En, "second-mention"), TIMES);
    let korean = "이재명 대통령이 리창 총리를 만났다. 재명 대통령이 먼저 말했다.\n\n";
    assert_eq!(count(&korean.repeat(TIMES), Lang::Ko, "second-mention"), TIMES);
}

#[test]
fn a_draft_may_be_one_line() {
    let sentence = "The train to Peking left at noon, and nobody was on it. ";
    assert_eq!(count(&sentence.repeat(TIMES), Lang::En, "deprecated-term"), TIMES);
}

#[test]
fn every_line_may_have_a_comment() {
    let line = "The train to Peking left at noon. [tongsa-ignore deprecated-term]\n";
    assert_eq!(count(&line.repeat(TIMES), Lang::En, "deprecated-term"), 0);
    let other = "The train to Peking left at noon. [tongsa-ignore near-miss]\n";
    assert_eq!(count(&other.repeat(TIMES), Lang::En, "deprecated-term"), TIMES);
}
