//! Comments in a draft that ask the checker to leave a place alone.
//!
//! `<!-- tongsa-ignore near-miss -->` in Markdown and HTML, `[tongsa-ignore near-miss]` or `// tongsa-ignore near-miss` in any
//! text. Without names all rules are meant, after ` -- ` a reason may stand. A comment between backticks speaks of the comment.

use crate::check::finding::Finding;
use crate::check::silence::{Silence, Starts};
use crate::text::span::Span;

/// What every comment begins with.
pub const WORD: &str = "tongsa-ignore";

/// The rule about the comments themselves, which only its name silences.
pub(super) const ABOUT_COMMENTS: &str = "unknown-ignore";

/// A line is looked at so far in both directions, in bytes.
const LONGEST_LINE: usize = 1 << 16;
/// No comment is longer, in bytes.
const LONGEST_COMMENT: usize = 1 << 10;

/// The endings of the word and what they mean.
const KINDS: [(&str, Kind); 4] =
    [("", Kind::Here), ("-next-line", Kind::NextLine), ("-start", Kind::Start), ("-end", Kind::End)];

/// Which text a comment is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// The line it stands in, or the next one where it stands alone.
    Here,
    /// The next line that has text.
    NextLine,
    /// All that follows, until the end is said.
    Start,
    /// Ends what has been started.
    End,
}

/// A comment that asks for silence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IgnoreComment {
    /// The whole comment.
    pub whole: Words,
    /// The names of the rules it is about; all rules where there is none.
    pub rules: Vec<Words>,
    /// The text it is about; `None` where there is no such text.
    pub reach: Option<Span>,
}

/// Words of a comment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// As they are written.
    pub text: String,
    /// Where they stand. A comment that is not read has an empty place in the text that is read, behind which it goes on.
    pub span: Span,
}

/// The comments of a draft.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ignores {
    /// Those that ask for silence, in order of place.
    pub comments: Vec<IgnoreComment>,
    /// Words that begin as such a comment does and mean nothing, as `tongsa-ignore-nextline`.
    pub strange: Vec<Words>,
}

impl Ignores {
    /// Reads the comments of a text.
    pub fn read(text: &str) -> Self {
        if !text.contains(WORD) {
            return Self::default();
        }
        let fences = fences(text);
        let (mut written, mut strange) = (Vec::new(), Vec::new());
        for (at, _) in text.match_indices(WORD) {
            let Some(span) = comment_around(text, at).filter(|span| !is_code(text, &fences, *span)) else { continue };
            match kind_at(text, at, span) {
                Ok(kind) => written.push(Written { span, kind, rules: rule_names(text, at, span) }),
                Err(word) => strange.push(Words::at(text, word)),
            }
        }
        Self { comments: with_reach(text, &written), strange }
    }

    /// Returns the comments of a source as those of what is read of it; `read_place` says what is read of a place.
    pub fn placed(mut self, read_place: impl Fn(Span) -> Span) -> Self {
        for comment in &mut self.comments {
            comment.reach = comment.reach.map(&read_place);
            for words in comment.rules.iter_mut().chain([&mut comment.whole]) {
                words.span = read_place(words.span);
            }
        }
        self.strange.iter_mut().for_each(|words| words.span = read_place(words.span));
        self
    }

    /// Takes out the findings that a comment covers, and returns the comments that cover none.
    pub fn silence(&self, findings: &mut Vec<Finding>) -> Vec<&IgnoreComment> {
        let starts = Starts::of(findings);
        let silence = Silence::of(&self.comments);
        findings.retain(|finding| !silence.covers(finding));
        self.comments.iter().filter(|comment| !starts.are_covered_by(comment)).collect()
    }
}

impl Words {
    fn at(text: &str, span: Span) -> Self {
        Self { text: span.of(text).to_owned(), span }
    }
}

/// A comment before it is known what it is about.
struct Written {
    span: Span,
    kind: Kind,
    rules: Vec<Words>,
}

/// Returns the comment that opens right before byte `at`.
fn comment_around(text: &str, at: usize) -> Option<Span> {
    let before = text[..at].trim_end_matches([' ', '\t']);
    let line_end = line_around(text, at, LONGEST_COMMENT).end;
    let end = |mark: &str| text[at..line_end].find(mark).map(|end| at + end + mark.len());
    if before.ends_with("<!--") {
        return Some(Span::new(before.len() - 4, end("-->")?));
    }
    if before.len() == at && before.ends_with('[') {
        return Some(Span::new(at - 1, end("]")?));
    }
    // The two strokes of an address are no comment.
    let strokes = before.strip_suffix("//")?;
    let alone = strokes.is_empty() || strokes.ends_with(char::is_whitespace);
    alone.then(|| Span::new(strokes.len(), at + text[at..line_end].trim_end().len()))
}

/// Returns what is left of a comment after its word begins, without its closing mark.
fn inside(text: &str, at: usize, comment: Span) -> &str {
    let inside = &text[at..comment.end];
    inside.strip_suffix("-->").or_else(|| inside.strip_suffix(']')).unwrap_or(inside)
}

/// Tells a comment by its first word; the error is the place of a word that means nothing.
fn kind_at(text: &str, at: usize, comment: Span) -> Result<Kind, Span> {
    let word = inside(text, at, comment).split(|c: char| c.is_whitespace() || c == ',' || c == ':').next().unwrap_or_default();
    let found = KINDS.iter().find(|(ending, _)| word.strip_prefix(WORD) == Some(ending));
    found.map(|(_, kind)| *kind).ok_or(Span::new(at, at + word.len()))
}

/// Returns the places of the words between the first one and the reason.
fn rule_names(text: &str, at: usize, comment: Span) -> Vec<Words> {
    let inside = inside(text, at, comment);
    let names = inside.split([' ', '\t', ',', ':']).skip(1).take_while(|word| *word != "--").filter(|word| !word.is_empty());
    let place = |word: &str| at + (word.as_ptr() as usize - inside.as_ptr() as usize);
    names.map(|word| Words::at(text, Span::new(place(word), place(word) + word.len()))).collect()
}

fn with_reach(text: &str, written: &[Written]) -> Vec<IgnoreComment> {
    let mut comments: Vec<IgnoreComment> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut lines = NextLines { text, written, from: 0, found: Some(Span::new(0, 0)) };
    let mut line = Span::new(0, 0);
    let mut line_has_text = false;
    for Written { span, kind, rules } in written {
        if !line.contains(*span) {
            line = line_around(text, span.start, LONGEST_LINE);
            line_has_text = has_text(text, line, written);
        }
        let reach = match kind {
            Kind::Here if line_has_text => Some(line),
            Kind::Here | Kind::NextLine => lines.after(line.end),
            Kind::Start => Some(Span::new(span.end, text.len())),
            Kind::End if !open.is_empty() => {
                for started in open.drain(..) {
                    comments[started].reach = Some(Span::new(comments[started].whole.span.end, span.start));
                }
                continue;
            }
            Kind::End => None,
        };
        if *kind == Kind::Start {
            open.push(comments.len());
        }
        comments.push(IgnoreComment { whole: Words::at(text, *span), rules: rules.clone(), reach });
    }
    comments
}

/// The lines that hold more than comments, asked for in order of place.
struct NextLines<'t> {
    text: &'t str,
    written: &'t [Written],
    /// From where on the last one was searched, and which was found.
    from: usize,
    found: Option<Span>,
}

impl NextLines<'_> {
    /// Returns the next such line behind the line that ends at `end`.
    fn after(&mut self, end: usize) -> Option<Span> {
        let known = self.from <= end && self.found.is_none_or(|found| found.start > end);
        if !known {
            (self.from, self.found) = (end, self.search(end));
        }
        self.found
    }

    fn search(&self, mut end: usize) -> Option<Span> {
        loop {
            let rest = self.text[end..].trim_start();
            if rest.is_empty() {
                return None;
            }
            let line = line_around(self.text, self.text.len() - rest.len(), LONGEST_LINE);
            if has_text(self.text, line, self.written) {
                return Some(line);
            }
            end = line.end;
        }
    }
}

/// Returns whether a line holds more than blanks and comments.
fn has_text(text: &str, line: Span, written: &[Written]) -> bool {
    let mut at = line.start;
    let first = written.partition_point(|comment| comment.span.start < line.start);
    for comment in written[first..].iter().take_while(|comment| comment.span.start < line.end) {
        if comment.span.start > at && !text[at..comment.span.start].trim().is_empty() {
            return true;
        }
        at = comment.span.end.max(at);
    }
    at < line.end && !text[at..line.end].trim().is_empty()
}

/// Returns the line around a byte, without its end; not more than so many bytes to either side.
fn line_around(text: &str, at: usize, bytes: usize) -> Span {
    let window = text.ceil_char_boundary(at.saturating_sub(bytes))..text.floor_char_boundary(at + bytes);
    let start = text[window.start..at].rfind(['\n', '\r']).map_or(window.start, |before| window.start + before + 1);
    Span::new(start, text[at..window.end].find(['\n', '\r']).map_or(window.end, |after| at + after))
}

/// Returns the places between lines of three backticks or tildes.
fn fences(text: &str) -> Vec<Span> {
    let mut fences = Vec::new();
    let (mut open, mut at) = (None, 0);
    for line in text.split_inclusive('\n') {
        let mark = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|fence| mark.starts_with(fence));
        match (open, mark) {
            (None, Some(mark)) => open = Some((at, mark)),
            (Some((start, opened)), Some(mark)) if opened == mark => {
                fences.push(Span::new(start, at + line.len()));
                open = None;
            }
            _ => {}
        }
        at += line.len();
    }
    fences.extend(open.map(|(start, _)| Span::new(start, text.len())));
    fences
}

/// Returns whether a comment stands in a fenced block or between backticks.
fn is_code(text: &str, fences: &[Span], comment: Span) -> bool {
    let line = line_around(text, comment.start, 2 * LONGEST_COMMENT);
    let before = text[line.start..comment.start].matches('`').count();
    let closed = comment.end < line.end && text[comment.end..line.end].contains('`');
    let fence = fences.partition_point(|fence| fence.end < comment.end);
    before % 2 == 1 && closed || fences.get(fence).is_some_and(|fence| fence.contains(comment))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::finding::Severity;
    use proptest::prelude::*;

    #[test]
    fn any_number_of_comments_silences_any_number_of_findings() {
        let line = "Peking [tongsa-ignore acronym] [tongsa-ignore-start near-miss]\n";
        let text = line.repeat(4_000) + &"[tongsa-ignore]".repeat(4_000);
        let ignores = Ignores::read(&text);
        assert_eq!(ignores.comments.len(), 12_000);
        let mut findings: Vec<Finding> = text
            .match_indices("Peking")
            .enumerate()
            .map(|(number, (at, _))| finding(at, if number % 2 == 0 { "acronym" } else { "near-miss" }))
            .collect();
        let idle = ignores.silence(&mut findings);
        // The first near-miss stands behind the first comment that opens a stretch; every second acronym is not there.
        assert_eq!(findings, []);
        assert_eq!(idle.len(), 2_000 + 1 + 4_000);
    }

    /// Marks the text that each comment is about: its rules, then what it covers.
    fn reaches(text: &str) -> Vec<String> {
        let comments = Ignores::read(text).comments;
        let shown = |comment: &IgnoreComment| {
            let rules: Vec<&str> = comment.rules.iter().map(|rule| rule.text.as_str()).collect();
            format!("{}|{}", rules.join("+"), comment.reach.map_or("", |reach| reach.of(text)))
        };
        comments.iter().map(shown).collect()
    }

    #[test]
    fn comments_reach_their_line_the_next_or_a_stretch() {
        for (text, expected) in [
            ("a\nPeking <!-- tongsa-ignore -->\nb", &["|Peking <!-- tongsa-ignore -->"][..]),
            ("<!-- tongsa-ignore near-miss -->\n\nPeking\nb", &["near-miss|Peking"]),
            ("[tongsa-ignore a, b]\r\nPeking\r\nb", &["a+b|Peking"]),
            ("// tongsa-ignore a -- a title\nPeking", &["a|Peking"]),
            ("Peking // tongsa-ignore\nb", &["|Peking // tongsa-ignore"]),
            ("x <!--tongsa-ignore-next-line a-->\ny", &["a|y"]),
            ("<!-- tongsa-ignore a -->\n<!-- tongsa-ignore b -->\nPeking", &["a|Peking", "b|Peking"]),
            ("<!-- tongsa-ignore-start -->\na\nb\n<!-- tongsa-ignore-end -->\nc", &["|\na\nb\n"]),
            ("[tongsa-ignore-start a]x[tongsa-ignore-start]y[tongsa-ignore-end]z", &["a|x[tongsa-ignore-start]y", "|y"]),
            ("[tongsa-ignore-start]\nto the end", &["|\nto the end"]),
            ("a [tongsa-ignore-end]", &["|"]),
            ("a\n[tongsa-ignore-next-line]", &["|"]),
            ("Write `<!-- tongsa-ignore -->` there.\n```\n[tongsa-ignore]\n```\n~~~\n// tongsa-ignore", &[]),
            ("tongsa-ignore, https://tongsa-ignore, <!-- tongsa-ignore", &[]),
        ] {
            assert_eq!(reaches(text), expected, "{text}");
        }
    }

    #[test]
    fn a_strange_word_is_no_comment() {
        let text = "a <!-- tongsa-ignore-nextline --> b";
        let ignores = Ignores::read(text);
        assert_eq!(ignores.strange.iter().map(|word| word.text.as_str()).collect::<Vec<_>>(), ["tongsa-ignore-nextline"]);
        assert_eq!(ignores.comments, []);
    }

    /// Says by itself whether a comment covers a finding.
    fn covers(comment: &IgnoreComment, finding: &Finding) -> bool {
        let near = comment.reach.is_some_and(|reach| (reach.start..reach.end).contains(&finding.span.start));
        let all = comment.rules.is_empty() && finding.rule != ABOUT_COMMENTS;
        near && (all || comment.rules.iter().any(|name| name.text == finding.rule))
    }

    fn finding(start: usize, rule: &'static str) -> Finding {
        Finding {
            rule,
            severity: Severity::Warning,
            span: Span::new(start, start + 1),
            message: String::new(),
            concept: None,
            source: None,
            suggestions: Vec::new(),
            fix: None,
        }
    }

    #[test]
    fn findings_are_silenced_and_idle_comments_returned() {
        let text = "Peking [tongsa-ignore acronym]\nPeking [tongsa-ignore near-miss]";
        let mut findings = vec![finding(0, "acronym"), finding(31, "acronym")];
        let ignores = Ignores::read(text);
        let idle = ignores.silence(&mut findings);
        assert_eq!(findings, [finding(31, "acronym")]);
        assert_eq!(idle.iter().map(|comment| comment.whole.text.as_str()).collect::<Vec<_>>(), ["[tongsa-ignore near-miss]"]);
    }

    proptest! {
        #[test]
        fn places_lie_in_the_text_and_apart_from_silence_nothing_changes(
            scraps in proptest::collection::vec(prop_oneof![
                Just("<!-- ".to_owned()), Just(" -->".to_owned()), Just("[".to_owned()), Just("]".to_owned()),
                Just("// ".to_owned()), Just("tongsa-ignore".to_owned()), Just("-start".to_owned()), Just("-end".to_owned()),
                Just(" acronym".to_owned()), Just("\n".to_owned()), Just("\r\n".to_owned()), Just("`".to_owned()), "[가-깋a漢 ]{0,4}",
            ], 0..16)
        ) {
            let text = scraps.concat();
            let ignores = Ignores::read(&text);
            for comment in &ignores.comments {
                prop_assert!(comment.whole.span.of(&text).contains(WORD));
                prop_assert!(comment.rules.iter().all(|rule| comment.whole.span.contains(rule.span)));
                prop_assert!(comment.reach.is_none_or(|reach| text.get(reach.start..reach.end).is_some()));
            }
            let rule = |at: usize| ["acronym", "near-miss", ABOUT_COMMENTS][at % 3];
            let before: Vec<Finding> = text.char_indices().map(|(at, _)| finding(at, rule(at))).collect();
            let mut after = before.clone();
            let idle = ignores.silence(&mut after);
            let kept = before.iter().filter(|finding| !ignores.comments.iter().any(|comment| covers(comment, finding)));
            prop_assert_eq!(after, kept.cloned().collect::<Vec<_>>());
            let unused = ignores.comments.iter().filter(|comment| !before.iter().any(|finding| covers(comment, finding)));
            prop_assert_eq!(idle, unused.collect::<Vec<_>>());
        }
    }
}
