//! Each rule by its fixtures: `tests/rules/RULE.txt`, a draft a paragraph, `en: text`, or `en@2026-01-07: text` for a draft of
//! that day. A finding of the rule is marked `⟦written→form⟧`, with what it is fixed to between `⇒` and `⟧` where that is more
//! than the form, and with no form where nobody knows it; whatever is not marked must not be found. A draft beside its source is
//! `en>ko: source ‖ draft`.

use std::collections::BTreeSet;
use std::fs;

use tongsa::check::house::{CountryOrder, House, KoreanReading};
use tongsa::check::levels::Level;
use tongsa::check::rules::{RULES, Rule};
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::prose::DraftFormat;
use tongsa::glossary::day::Day;
use tongsa::lang::Lang;
use tongsa::workspace::Workspace;
use tongsa::workspace::check::CheckOptions;

#[test]
fn every_rule_finds_its_fixtures_and_nothing_else() {
    let workspace = Workspace::in_memory().unwrap();
    let mut wrong = Vec::new();
    for rule in RULES {
        let fixtures = fs::read_to_string(format!("tests/rules/{}.txt", rule.name)).unwrap();
        let (mut with, mut without) = (0, 0);
        for fixture in fixtures.split("\n\n").filter(|fixture| !fixture.trim().is_empty()) {
            let (lang, marked) = fixture.trim().split_once(": ").unwrap();
            let (source, marked) = marked.split_once(" ‖ ").map_or((None, marked), |(source, draft)| (Some(source), draft));
            let (text, expected) = unmarked(marked);
            let draft = DraftFile::of_text("fixture", &text, DraftFormat::Plain);
            let lang = lang.split_once('>').map_or(lang, |(_, lang)| lang);
            let source = source.map(|source| DraftFile::of_text("source", source, DraftFormat::Plain));
            let report = workspace.check_beside(source.as_ref(), &draft, &options(lang, &rule)).unwrap();
            assert_eq!(report.aligned, source.map(|_| true), "{marked}");
            let found: Vec<String> = report
                .findings
                .iter()
                .filter(|finding| finding.rule == rule.name)
                .map(|finding| {
                    // What is only to be taken away has no form to write.
                    let form = finding.suggestions.first().map_or("", String::as_str);
                    let fixed = finding.fix.as_ref().map_or(form, |fix| &fix.text);
                    format!("{}→{form}⇒{fixed}", finding.span.of(&text))
                })
                .collect();
            if found != expected {
                wrong.push(format!("{}: {marked}\n   found {found:?}", rule.name));
            }
            if expected.is_empty() { without += 1 } else { with += 1 }
        }
        assert!(with > 0 && without > 0, "{} needs fixtures that it finds and fixtures that it leaves alone", rule.name);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_rule_has_a_file_and_a_manual_page() {
    let files = |folder: &str, ending: &str| -> BTreeSet<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.map(|name| name.trim_end_matches(ending).replace('_', "-")).collect()
    };
    let registered: BTreeSet<String> = RULES.iter().map(|rule| rule.name.to_owned()).collect();
    assert_eq!(files("src/check/rules", ".rs"), registered);
    assert_eq!(files("tests/rules", ".txt"), registered);
    let readme = fs::read_to_string("README.md").unwrap();
    for rule in RULES {
        assert!(rule.manual.len() > 80 && rule.summary().len() < 160, "{}: {}", rule.name, rule.summary());
        assert!(readme.contains(&format!("\n| `{}` | ", rule.name)), "{} is not in the README", rule.name);
    }
}

/// Switches the rule on and reads `ko`, `ko@2026-01-07`, `ko+characters` for a desk that writes the Korean reading of Chinese
/// characters, or `ko+china-first` for one that puts China first.
fn options(lang: &str, rule: &Rule) -> CheckOptions {
    let (lang, date) = lang.split_once('@').unwrap_or((lang, ""));
    let (lang, choice) = lang.split_once('+').unwrap_or((lang, ""));
    let korean_reading = if choice == "characters" { KoreanReading::Characters } else { KoreanReading::Original };
    let country_order = if choice == "china-first" { CountryOrder::China } else { CountryOrder::Edition };
    let house = House { korean_reading, country_order, ..House::default() };
    let lang = Some(Lang::parse(lang).unwrap());
    let mut options = CheckOptions { lang, date: Day::parse(date), house, ..CheckOptions::default() };
    options.levels.set(rule.name, Level::On);
    options
}

/// Takes the marks out of a fixture.
fn unmarked(marked: &str) -> (String, Vec<String>) {
    let mut text = String::new();
    let mut expected = Vec::new();
    let mut rest = marked;
    while let Some((before, after)) = rest.split_once('⟦') {
        let (mark, after) = after.split_once('⟧').unwrap();
        let (written, forms) = mark.split_once('→').unwrap();
        let (form, fixed) = forms.split_once('⇒').unwrap_or((forms, forms));
        text.push_str(before);
        text.push_str(written);
        expected.push(format!("{written}→{form}⇒{fixed}"));
        rest = after;
    }
    text.push_str(rest);
    (text, expected)
}
