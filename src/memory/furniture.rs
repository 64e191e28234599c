//! What a newspaper's page puts around an article: links, dates of posting, the headline once more, the byline.

use crate::text::span::Span;

/// A headline that is printed twice stands among the first lines.
const HEAD_LINES: usize = 12;

/// Returns the lines of an article that are to be read, trimmed, without blank lines and page furniture.
pub fn lines_to_read(text: &str) -> Vec<Span> {
    let mut lines: Vec<Span> = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() || is_furniture(trimmed) || lines.iter().take(HEAD_LINES).any(|before| before.of(text) == trimmed)
        {
            continue;
        }
        let start = trimmed.as_ptr() as usize - text.as_ptr() as usize;
        lines.push(Span::new(start, start + trimmed.len()));
    }
    lines
}

/// Lines that are nothing but a link or a label of the page.
const LABELS: [&str; 10] = [
    "go to contents",
    "go to list",
    "share",
    "print",
    "listen",
    "목록보기",
    "본문 바로가기",
    "기사 공유",
    "글자크기",
    "返回列表",
];

/// What lines about the time of posting begin with.
const STAMPS: [&str; 9] = ["posted ", "updated ", "published ", "입력 ", "수정 ", "업데이트 ", "등록 ", "发布时间", "更新时间"];

fn is_furniture(line: &str) -> bool {
    let lower = line.to_lowercase();
    let stamp = STAMPS.iter().any(|stamp| lower.starts_with(stamp)) && line.contains(|c: char| c.is_ascii_digit());
    LABELS.contains(&lower.as_str()) || stamp && line.chars().count() < 60 || is_date(line) || is_byline(line)
}

/// Returns whether a line is a date and nothing else: `2026-01-07`, `2026. 1. 7. 08:58`.
fn is_date(line: &str) -> bool {
    let digits = line.chars().filter(char::is_ascii_digit).count();
    (6..=14).contains(&digits) && line.chars().all(|c| c.is_ascii_digit() || " .-/:,年月日년월일".contains(c))
}

/// Returns whether a short line is a name with an e-mail address, or begins with "By" and names somebody.
fn is_byline(line: &str) -> bool {
    let words: Vec<&str> = line.split_whitespace().collect();
    let address = words.iter().any(|word| word.contains('@') && word.contains('.'));
    let by =
        matches!(words.first(), Some(&("By" | "BY"))) && words[1..].iter().all(|word| word.starts_with(char::is_uppercase));
    words.len() <= 8 && (address || by && words.len() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn furniture_is_left_out() {
        let text = "Go to contents\n\nA headline\n\nPosted January. 07, 2026 08:58,   \n\nUpdated January. 07, 2026 08:58\n\nA headline\n\n  The text.\nHong Gil-dong hong@example.com";
        let lines: Vec<&str> = lines_to_read(text).iter().map(|line| line.of(text)).collect();
        assert_eq!(lines, ["A headline", "The text."]);
    }

    #[test]
    fn text_is_no_furniture() {
        for line in
            ["Updated rules were posted in March.", "By the time he came, all had left.", "7 people came", "Posted by the door"]
        {
            assert!(!is_furniture(line), "{line}");
        }
    }
}
