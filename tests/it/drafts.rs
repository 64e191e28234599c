//! Drafts as they lie in folders: which of them are found, in which order, and what stands in their way.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::desk::{Answer, Desk};

/// A desk with a folder of drafts, in which the program is run.
struct Drafts(Desk);

impl Drafts {
    fn new(files: &[(&str, &str)]) -> Self {
        let drafts = Self(Desk::new());
        fs::create_dir(drafts.0.path("drafts")).unwrap();
        files.iter().for_each(|(path, text)| drafts.write(path, text));
        drafts
    }

    fn write(&self, path: impl AsRef<Path>, text: impl AsRef<[u8]>) {
        let path = self.0.path("drafts").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn check(&self, arguments: &[&str]) -> Answer {
        let arguments = [&["check", "--format", "json"][..], arguments].concat();
        self.0.command(&arguments).current_dir(self.0.path("drafts")).output().unwrap().into()
    }

    /// The paths in the report, in its order.
    fn checked(&self, arguments: &[&str]) -> Vec<String> {
        paths(&self.check(arguments))
    }

    fn git(&self, arguments: &[&str]) {
        let who = ["-c", "user.name=Desk", "-c", "user.email=desk@example.org"];
        let output = Command::new("git").current_dir(self.0.path("drafts")).args(who).args(arguments).output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

fn report(answer: &Answer) -> serde_json::Value {
    serde_json::from_str(&answer.output).unwrap()
}

fn paths(answer: &Answer) -> Vec<String> {
    let report = report(answer);
    report["files"].as_array().unwrap().iter().map(|file| file["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn folders_and_patterns_give_their_drafts_in_order_of_path() {
    let desk = Drafts::new(&[
        ("b.md", "Lee met Li."),
        ("a/z.txt", "Lee met Li."),
        ("a/deep/y.markdown", "Lee met Li."),
        ("a/Makefile", "all:"),
        (".hidden/x.md", "Peking"),
        ("old/x.md", "Peking"),
        ("a/skip.md", "Peking"),
        (".gitignore", "old/\n"),
        ("a/.gitignore", "skip.*\n"),
    ]);
    assert_eq!(desk.checked(&["."]), ["a/deep/y.markdown", "a/z.txt", "b.md"]);
    assert_eq!(desk.checked(&["b.md", "a", "./b.md"]), ["b.md", "a/deep/y.markdown", "a/z.txt"]);
    assert_eq!(desk.checked(&["*.md"]), ["b.md"]);
    assert_eq!(desk.checked(&["b.md", "*.md"]), ["b.md"]);
    assert_eq!(desk.checked(&["**/*.{txt,md}"]), ["a/z.txt", "b.md"]);
    assert_eq!(desk.checked(&["a/*/?.markdown"]), ["a/deep/y.markdown"]);
    // What is named itself is read, wherever it lies.
    assert_eq!(desk.checked(&["old/x.md", ".hidden/x.md"]), ["old/x.md", ".hidden/x.md"]);
    assert_eq!(desk.check(&["a"]).complaint, "tongsa: 1 file in folders is passed over: 1 of another kind.\n");
}

#[test]
fn many_drafts_are_reported_as_each_is_alone() {
    let texts = ["Lee left Peking for Bosong tea.", "습근평과 조락제가 왔다.", "李強在北京會見李在明。", "Jinping Xi spoke."];
    // The further glossary has to be there for every thread.
    let desk = Drafts::new(&[
        ("tongsa.toml", "[check]\nglossaries = [\"terms/desk.csv\"]\n"),
        ("terms/desk.csv", "en,en:deprecated\nBoseong tea,Bosong tea\n"),
    ]);
    let names: Vec<String> = (0..60).map(|number| format!("{number:03}.md")).collect();
    for (number, name) in names.iter().enumerate() {
        desk.write(name, texts[number % texts.len()].repeat(1 + number % 7));
    }
    let together = report(&desk.check(&["."]));
    assert_eq!(desk.checked(&["."]), names);
    for (number, name) in names.iter().enumerate().step_by(7) {
        assert_eq!(together["files"][number], report(&desk.check(&[name]))["files"][0], "{name}");
    }
}

#[test]
fn what_cannot_be_read_keeps_no_other_from_being_checked() {
    let desk = Drafts::new(&[("a.md", "Lee left Peking."), ("scan.md", "a\0b"), ("nothing.txt", ""), ("broken.md", "x")]);
    desk.write("broken.md", b"Lee met Li \xff\xfe in \xe1\x80 Peking and said so. \xe2\x82");
    let output = desk.check(&[".", "missing.md"]);
    assert_eq!(paths(&output), ["a.md"]);
    assert_eq!(output.status, Some(2));
    let said = &output.complaint;
    assert!(said.contains("missing.md cannot be read: there is no such file"), "{said}");
    assert!(said.contains("broken.md") && said.contains("1 binary, 1 empty"), "{said}");
}

#[cfg(unix)]
#[test]
fn odd_names_and_links_in_a_circle_are_lived_with() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    let desk = Drafts::new(&[("line\nend.md", "Lee left Peking."), ("a/b.md", "Lee met Li.")]);
    desk.write(Path::new(OsStr::from_bytes(b"\xb1\xe8.md")), "Lee met Li.");
    let drafts = desk.0.path("drafts");
    symlink(&drafts, drafts.join("a/circle")).unwrap();
    symlink("two.md", drafts.join("one.md")).unwrap();
    symlink("one.md", drafts.join("two.md")).unwrap();
    assert_eq!(desk.checked(&["."]), ["a/b.md", "line\nend.md", "\u{fffd}\u{fffd}.md"]);
    let output = desk.check(&["one.md", "none\n.md"]);
    assert_eq!(output.status, Some(2));
    assert_eq!(output.complaint.lines().count(), 2, "{}", output.complaint);
}

#[test]
fn settings_hold_below_their_file_and_end_at_a_repository() {
    let desk = Drafts::new(&[
        ("tongsa.toml", "[check]\nrules = { deprecated-term = \"off\" }\n"),
        ("a.md", "Peking"),
        ("news/tongsa.toml", "[check]\nlang = \"en\"\n"),
        ("news/b.md", "Lee left Peking."),
        ("clone/.git/HEAD", ""),
        ("clone/c.md", "Lee left Peking."),
    ]);
    let found = |path: &str| report(&desk.check(&[path]))["files"][0]["findings"].as_array().unwrap().len();
    assert_eq!([found("a.md"), found("news/b.md"), found("clone/c.md"), found("news/../a.md")], [0, 1, 1, 0]);
    desk.write("news/tongsa.toml", "[check]\nrules = []\n");
    let output = desk.check(&["a.md", "news/b.md"]);
    assert_eq!(output.complaint, "tongsa: news/tongsa.toml:2: `rules` is an array, and has to be a table.\n");
    assert_eq!(output.status, Some(2));
}

#[test]
fn only_lines_that_changed_since_a_revision_are_reported() {
    let desk = Drafts::new(&[("한국.md", "Lee left Peking.\nLi stayed.\n"), ("same.md", "Lee left Peking.\n")]);
    desk.git(&["init", "--quiet"]);
    desk.git(&["add", "."]);
    desk.git(&["commit", "--quiet", "--message", "Begin"]);
    desk.write("한국.md", "A new line.\nLee left Peking.\nLi left Nanking.\n");
    desk.write("new.md", "Lee left Peking.\n");
    let output = desk.check(&[".", "--since", "HEAD"]);
    let report = report(&output);
    let found = |file: &serde_json::Value| -> Vec<String> {
        file["findings"].as_array().unwrap().iter().map(|finding| finding["text"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(paths(&output), ["new.md", "same.md", "한국.md"]);
    assert_eq!([0, 1, 2].map(|at| found(&report["files"][at])), [vec!["Peking"], vec![], vec!["Nanking"]]);
    for (revision, sentence) in [("nowhere", "there is no revision nowhere in"), ("--output=x", "`--output=x` is no revision")]
    {
        let output = desk.check(&["same.md", &format!("--since={revision}")]);
        assert_eq!(output.status, Some(2));
        assert!(output.complaint.contains(sentence), "{}", output.complaint);
    }
}

/// Returns the lines of the findings of the only draft in a report, with their rules.
fn lines(answer: &Answer) -> Vec<String> {
    let report = report(answer);
    let findings = report["files"][0]["findings"].as_array().unwrap();
    findings.iter().map(|finding| format!("{} {}", finding["line"], finding["rule"].as_str().unwrap())).collect()
}

#[test]
fn comments_that_nobody_sees_silence_what_is_read() {
    let desk = Drafts::new(&[
        (
            "a.html",
            "<p>습근평을 <!-- tongsa-ignore -->\n<p>습<b>근평</b>을\n<!-- tongsa-ignore-next-line wrong-reading -->\n<p>\n습근평을\n\
             <!-- tongsa-ignore-start --><p>습근평을\n<p>습근평을<!-- tongsa-ignore-end --><p>습근평이\n\
             <p>갔다.<!-- tongsa-ignore wrong-readin --> <!-- tongsa-ignore acronym -->",
        ),
        (
            "a.vtt",
            "WEBVTT\n\nNOTE <!-- tongsa-ignore-next-line -->\n\n00:01.000 --> 00:02.000\n습근평을\n\n00:03.000 --> 00:04.000\n습근평을\n",
        ),
    ]);
    assert_eq!(lines(&desk.check(&["a.html"])), ["2 wrong-reading", "7 wrong-reading", "8 unknown-ignore"]);
    let idle = ["2 wrong-reading", "7 wrong-reading", "8 unknown-ignore", "8 unused-ignore"];
    assert_eq!(lines(&desk.check(&["a.html", "--unused-ignores"])), idle);
    assert_eq!(lines(&desk.check(&["a.vtt"])), ["9 wrong-reading"]);
}

#[test]
fn a_source_is_quoted_where_it_stands_in_its_file() {
    let page = "\u{FEFF}<html><body>\n\n<p>Lee met <b>Li Qiang</b> in Seoul.\n<p>They spoke about trade on Monday.";
    let desk = Drafts::new(&[
        ("en.html", page),
        ("ko.txt", "이재명은 서울에서 리커창을 만났다.\n그들은 월요일에 무역에 대해 이야기했다.\n"),
    ]);
    let report = report(&desk.check(&["--source", "en.html", "ko.txt"]));
    let source = &report["files"][0]["findings"][0]["source"];
    let at = page.find("Li Qiang").unwrap();
    let expected =
        serde_json::json!({"path": "en.html", "start": at, "end": at + 8, "line": 3, "column": 15, "text": "Li Qiang"});
    assert_eq!(source, &expected);
}
