//! Checking the development drafts (`tests/gold/check`), measured as they are.
//!
//! A finding is right where it overlaps an expected one of the same line, wrong where it overlaps none and no neutral place.

use std::collections::BTreeMap;
use std::path::Path;

use tongsa::check::finding::Finding;
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

/// How many of the expected findings were found, of how many.
#[derive(Clone, Copy, Default)]
struct Recall {
    found: usize,
    all: usize,
}

impl Recall {
    fn count(&mut self, hit: bool) {
        self.found += usize::from(hit);
        self.all += 1;
    }

    fn percent(self) -> f64 {
        100.0 * self.found as f64 / self.all.max(1) as f64
    }
}

/// What the findings in all drafts come to.
#[derive(Default)]
struct Score {
    right: usize,
    wrong: Vec<String>,
    missed: Vec<String>,
    /// By difficulty: easy and medium count as one.
    by_difficulty: BTreeMap<&'static str, Recall>,
    by_kind: BTreeMap<(String, String), Recall>,
}

impl Score {
    fn count_findings(&mut self, file: &str, findings: &[Finding], gold: &[Span], neutral: &[Span]) {
        for finding in findings {
            let overlaps = |spans: &[Span]| spans.iter().any(|span| span.overlaps(finding.span));
            if overlaps(gold) {
                self.right += 1;
            } else if !overlaps(neutral) {
                self.wrong.push(format!("{file}: {}", finding.message));
            }
        }
    }

    fn count_expected(&mut self, lang: &Lang, place: &Place, hit: bool) {
        let difficulty = match place.difficulty.as_str() {
            "easy" | "medium" => "easy and medium",
            "hard" => "hard",
            _ => "pair",
        };
        self.by_difficulty.entry(difficulty).or_default().count(hit);
        let lang = lang.tag().split('-').next().unwrap().to_owned();
        self.by_kind.entry((place.kind.clone(), lang)).or_default().count(hit);
        // What needs the source text is not looked for in one text alone.
        if !hit && difficulty != "pair" {
            self.missed.push(format!("{}:{} {} ({})", place.file, place.line, place.text, place.kind));
        }
    }

    fn precision(&self) -> f64 {
        100.0 * self.right as f64 / (self.right + self.wrong.len()).max(1) as f64
    }

    fn recall(&self, difficulty: &str) -> f64 {
        self.by_difficulty.get(difficulty).map_or(0.0, |recall| recall.percent())
    }

    fn print(&self) {
        println!("check: precision {:.1} % ({} right, {} wrong)", self.precision(), self.right, self.wrong.len());
        for (difficulty, recall) in &self.by_difficulty {
            println!("check: recall of {difficulty} findings {} of {} ({:.1} %)", recall.found, recall.all, recall.percent());
        }
        self.by_kind.iter().for_each(|((kind, lang), recall)| println!("  {kind} {lang}: {} of {}", recall.found, recall.all));
        self.missed.iter().for_each(|missed| println!("  missed {missed}"));
        self.wrong.iter().for_each(|message| println!("  wrong {message}"));
    }
}

#[test]
fn drafts_are_checked_as_the_gold_set_expects() {
    let workspace = Workspace::in_memory().unwrap();
    let (expected, traps, neutral) = (places("findings.tsv"), places("traps.tsv"), places("neutral.tsv"));
    let mut score = Score::default();
    for row in rows("manifest.tsv") {
        let (file, lang, clean) = (&row[0], &row[1], row[2] == "yes");
        let text = std::fs::read_to_string(Path::new("tests/gold/check").join(file)).unwrap();
        let lang = Lang::parse(lang).unwrap();
        let draft = DraftFile::of_text(file, &text, DraftFormat::Plain);
        let source = row.get(6).filter(|source| !source.is_empty()).map(|source| {
            let written = std::fs::read_to_string(Path::new("tests/gold/check").join(source)).unwrap();
            DraftFile::of_text(source, written, DraftFormat::Plain)
        });
        let report = workspace.check_beside(source.as_ref(), &draft, &CheckOptions::default()).unwrap();
        assert_eq!(report.aligned, source.map(|_| true), "{file}");
        assert_eq!(report.lang, lang, "{file}");
        let in_file = |places: &[Place]| -> Vec<Span> {
            places.iter().filter(|place| place.file == *file).map(|place| place.span(&text)).collect()
        };
        for finding in &report.findings {
            let trap = in_file(&traps).iter().any(|span| span.overlaps(finding.span));
            assert!(!trap && !clean, "alarm in {file}: {}", finding.message);
        }
        score.count_findings(file, &report.findings, &in_file(&expected), &in_file(&neutral));
        for place in expected.iter().filter(|place| place.file == *file) {
            let hit = report.findings.iter().any(|finding| finding.span.overlaps(place.span(&text)));
            score.count_expected(&lang, place, hit);
        }
    }
    score.print();
    assert!(score.precision() >= 97.0);
    assert!(score.recall("easy and medium") >= 90.0);
    assert!(score.recall("hard") >= 60.0);
}
