//! Checking the development drafts (`tests/gold/check`), measured as they are.
//!
//! A finding is right where it overlaps an expected one of the same line, wrong where it overlaps none and no neutral place.

use std::collections::BTreeMap;
use std::path::Path;

use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::prose::DraftFormat;
use tongsa::lang::Lang;
use tongsa::text::line_index::{LineColumn, LineIndex};
use tongsa::text::span::Span;
use tongsa::workspace::Workspace;
use tongsa::workspace::check::CheckOptions;

struct Place {
    file: String,
    line: usize,
    column: usize,
    text: String,
    difficulty: String,
    kind: String,
}

fn rows(name: &str) -> Vec<Vec<String>> {
    let text = std::fs::read_to_string(Path::new("tests/gold/check").join(name)).unwrap();
    text.lines().skip(1).map(|line| line.split('\t').map(str::to_owned).collect()).collect()
}

fn places(name: &str) -> Vec<Place> {
    let place = |row: Vec<String>| Place {
        file: row[0].clone(),
        line: row[1].parse().unwrap(),
        column: row[2].parse().unwrap(),
        text: row[3].clone(),
        kind: row[4].clone(),
        difficulty: row.get(6).cloned().unwrap_or_default(),
    };
    rows(name).into_iter().map(place).collect()
}

impl Place {
    fn span(&self, text: &str) -> Span {
        let start = LineIndex::new(text).offset(text, LineColumn { line: self.line, column: self.column }).unwrap();
        assert!(text[start..].starts_with(&self.text), "{} {} {}", self.file, self.line, self.text);
        Span::new(start, start + self.text.len())
    }
}

#[test]
fn drafts_are_checked_as_the_gold_set_expects() {
    let workspace = Workspace::in_memory().unwrap();
    let (expected, traps, neutral) = (places("findings.tsv"), places("traps.tsv"), places("neutral.tsv"));
    let (mut right, mut wrong) = (0, Vec::new());
    let mut found_by_kind: BTreeMap<(String, &str), (usize, usize)> = BTreeMap::new();
    let mut recall = (0, 0);
    for row in rows("manifest.tsv") {
        let (file, lang, clean) = (&row[0], &row[1], row[2] == "yes");
        let text = std::fs::read_to_string(Path::new("tests/gold/check").join(file)).unwrap();
        let lang = Lang::parse(lang).unwrap();
        let draft = DraftFile::of_text(file, &text, DraftFormat::Plain);
        let report = match row.get(6).filter(|source| !source.is_empty()) {
            None => workspace.check(&draft, &CheckOptions::default()).unwrap(),
            Some(source) => {
                let written = std::fs::read_to_string(Path::new("tests/gold/check").join(source)).unwrap();
                let source = DraftFile::of_text(source, written, DraftFormat::Plain);
                let beside = workspace.check_beside(&source, &draft, &CheckOptions::default()).unwrap();
                assert!(beside.aligned, "{file}");
                beside.report
            }
        };
        assert_eq!(report.lang, lang, "{file}");
        let in_file = |places: &[Place]| -> Vec<Span> {
            places.iter().filter(|place| place.file == *file).map(|place| place.span(&text)).collect()
        };
        let (gold, traps, neutral) = (in_file(&expected), in_file(&traps), in_file(&neutral));
        for finding in &report.findings {
            let overlaps = |spans: &[Span]| spans.iter().any(|span| span.overlaps(finding.span));
            assert!(!overlaps(&traps), "trap in {file}: {}", finding.message);
            assert!(!clean, "alarm in the clean draft {file}: {}", finding.message);
            if overlaps(&gold) {
                right += 1;
            } else if !overlaps(&neutral) {
                wrong.push(format!("{file}: {}", finding.message));
            }
        }
        for place in expected.iter().filter(|place| place.file == *file) {
            let hit = report.findings.iter().any(|finding| finding.span.overlaps(place.span(&text)));
            let counts =
                found_by_kind.entry((place.kind.clone(), lang.tag().split('-').next().unwrap().to_owned().leak())).or_default();
            counts.0 += usize::from(hit);
            counts.1 += 1;
            if matches!(place.difficulty.as_str(), "easy" | "medium") {
                recall.0 += usize::from(hit);
                recall.1 += 1;
                if !hit {
                    println!("  missed {file}:{} {} ({})", place.line, place.text, place.kind);
                }
            }
        }
    }
    let precision = 100.0 * right as f64 / (right + wrong.len()).max(1) as f64;
    println!("check: precision {precision:.1} % ({right} right, {} wrong)", wrong.len());
    println!(
        "check: recall of easy and medium findings {} of {} ({:.1} %)",
        recall.0,
        recall.1,
        100.0 * recall.0 as f64 / recall.1 as f64
    );
    found_by_kind.iter().for_each(|((kind, lang), (hit, all))| println!("  {kind} {lang}: {hit} of {all}"));
    wrong.iter().for_each(|message| println!("  wrong {message}"));
    assert!(precision >= 95.0);
    assert!(recall.0 * 100 >= recall.1 * 85);
}
