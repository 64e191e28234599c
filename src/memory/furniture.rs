//! What a newspaper's page puts around an article: links, dates of posting, the headline once more, bylines, copyright.
//!
//! A line is furniture only where it can be nothing else: a line too many is read and forgotten, a line of the article
//! that is left out is lost. A dateline (`SEOUL, Jan. 7 —`, `(서울=…) 홍길동 기자 =`) begins a sentence and stays text.

mod byline;
mod stamp;

use crate::text::span::Span;

/// What becomes of page furniture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Furniture {
    /// It is no part of the article.
    LeftOut,
    /// It is read like any other line.
    Kept,
}

/// A headline that is printed twice stands among the first lines.
const HEAD_LINES: usize = 12;

/// Returns the lines of an article that are to be read, trimmed, without blank lines.
pub fn lines_to_read(text: &str, furniture: Furniture) -> Vec<Span> {
    let mut lines: Vec<Span> = Vec::new();
    for line in text.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty()
            || furniture == Furniture::LeftOut && (is_furniture(trimmed) || is_headline_again(trimmed, &lines, text))
        {
            continue;
        }
        let start = trimmed.as_ptr() as usize - text.as_ptr() as usize;
        lines.push(Span::new(start, start + trimmed.len()));
    }
    lines
}

/// Returns whether a line says the headline again, near the head of the article.
fn is_headline_again(line: &str, before: &[Span], text: &str) -> bool {
    before.len() < HEAD_LINES && before.first().is_some_and(|headline| headline.of(text) == line)
}

/// The longest line of furniture in characters.
const LONGEST: usize = 120;

/// Lines that are nothing but a link, a label of the page or the mark of the end.
const LABELS: [&str; 27] = [
    "go to contents",
    "go to list",
    "skip to content",
    "skip to main content",
    "share",
    "share this article",
    "print",
    "listen",
    "read more",
    "advertisement",
    "목록보기",
    "본문 바로가기",
    "본문으로 바로가기",
    "기사 공유",
    "공유하기",
    "글자크기",
    "글자크기 설정",
    "기사 듣기",
    "인쇄",
    "返回列表",
    "返回首页",
    "打印本页",
    "(끝)",
    "<끝>",
    "(end)",
    "（完）",
    "(完)",
];

fn is_furniture(line: &str) -> bool {
    if line.chars().nth(LONGEST).is_some() {
        return false;
    }
    let lower = line.to_lowercase();
    LABELS.contains(&lower.as_str())
        || stamp::is_stamp(line)
        || byline::is_byline(line)
        || is_copyright(&lower)
        || is_credit(line)
}

/// What a notice of copyright begins with.
const COPYRIGHT: [&str; 9] = ["ⓒ", "©", "(c)", "copyright", "저작권자", "<저작권자", "[저작권자", "版权所有", "版權所有"];

/// What stands in a notice of copyright, and in a sentence only where somebody speaks of it.
const RESERVED: [&str; 6] = ["all rights reserved", "무단전재", "무단 전재", "재배포 금지", "재배포금지", "未经授权"];

fn is_copyright(lower: &str) -> bool {
    let is_sentence = lower.ends_with("다.") || lower.ends_with('。');
    let begins = COPYRIGHT.iter().any(|sign| lower.starts_with(sign));
    let signed = lower.contains(['ⓒ', '©']) || lower.contains(|c: char| c.is_ascii_digit()) || !lower.starts_with("copyright");
    let reserved = RESERVED.iter().any(|words| lower.contains(words)) && !lower.contains(['"', '“', '‘']);
    !is_sentence && (begins && signed || reserved)
}

/// What the credit of a picture begins with.
const CREDITS: [&str; 9] =
    ["사진=", "사진 =", "사진제공=", "사진 제공=", "[사진=", "(사진=", "图片来源：", "圖片來源：", "Photo by "];

/// Returns whether a short line says who took a picture, and nothing about what it shows.
fn is_credit(line: &str) -> bool {
    CREDITS.iter().any(|credit| line.starts_with(credit)) && line.chars().count() < 40 && !line.ends_with(['.', '。'])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str, furniture: Furniture) -> Vec<&str> {
        lines_to_read(text, furniture).iter().map(|line| line.of(text)).collect()
    }

    #[test]
    fn furniture_is_left_out() {
        let text = "Go to contents\n\nA headline\n\nPosted January. 07, 2026 08:58,   \n\nUpdated January. 07, 2026 08:58\n\nA headline\n\n  The text.\nHong Gil-dong hong@example.com";
        assert_eq!(read(text, Furniture::LeftOut), ["A headline", "The text."]);
        assert_eq!(read(text, Furniture::Kept).len(), 7);
    }

    #[test]
    fn lines_of_the_page() {
        for line in [
            "ⓒ 가나신문, 무단전재 및 재배포 금지",
            "<저작권자(c) 가나뉴스, 무단 전재-재배포 금지>",
            "Copyright 2026 Example News. All rights reserved.",
            "版权所有 某某报社",
            "사진=가나뉴스",
            "Photo by Kim Min-su",
            "(끝)",
            "（完）",
        ] {
            assert!(is_furniture(line), "{line}");
        }
    }

    #[test]
    fn text_is_no_furniture() {
        for line in [
            "By the time he came, all had left.",
            "7 people came",
            "Copyright law protects songs.",
            "Copyright bill passes",
            "법은 무단전재를 금지한다.",
            "\"All rights reserved\" is an old phrase.",
            "사진은 1950년에 찍었다.",
            "(서울=가나뉴스) 홍길동 기자 = 한글날은 10월 9일이다.",
            "SEOUL, Jan. 7 (Example News) -- The law passed.",
        ] {
            assert!(!is_furniture(line), "{line}");
        }
        assert_eq!(read("A head\nYes.\nYes.", Furniture::LeftOut), ["A head", "Yes.", "Yes."]);
    }
}
