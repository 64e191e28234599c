//! Lines that say when an article was posted or changed, and nothing else.

use crate::text::month;

/// What such a line may begin with, and hold once more before a second time.
const STAMPS: [&str; 22] = [
    "posted",
    "updated",
    "published",
    "modified",
    "last",
    "기사입력",
    "최종수정",
    "입력",
    "수정",
    "업데이트",
    "등록",
    "승인",
    "송고",
    "发布时间",
    "更新时间",
    "發布時間",
    "更新時間",
    "發佈時間",
    "发表时间",
    "发布于",
    "更新于",
    "on",
];

/// Words that stand in a date or a time of day beside the names of months.
const DATE_WORDS: [&str; 12] = ["am", "pm", "a.m", "p.m", "at", "kst", "gmt", "utc", "est", "et", "오전", "오후"];

/// Returns whether a line is a date, with or without what was done on it: `2026. 1. 7. 08:58`, `입력 2026-01-07`,
/// `Posted January. 07, 2026 08:58`.
pub(super) fn is_stamp(line: &str) -> bool {
    let figures = line.chars().filter(char::is_ascii_digit).count();
    figures > 4 && has_year(line) && line.split([' ', '\u{a0}', '|', '\t']).all(is_part)
}

/// Returns whether a word belongs to a stamp: what was done, a figure or the name of a month.
fn is_part(word: &str) -> bool {
    let lower = word.to_lowercase();
    let stamped = STAMPS.iter().find_map(|stamp| lower.strip_prefix(stamp));
    let rest = stamped.unwrap_or(&lower).trim_matches(|c: char| ".,:：()[]-".contains(c));
    rest.is_empty() || DATE_WORDS.contains(&rest) || month::number(rest).is_some() || is_figure(rest)
}

/// Returns whether a word is figures, with the signs and the counters of dates and times between them.
fn is_figure(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_digit())
        && word.chars().all(|c| c.is_ascii_digit() || ".-/:,年月日时時分년월일시분()월화수목금토".contains(c))
}

fn has_year(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_digit())
        .any(|figures| figures.len() == 4 && (figures.starts_with("19") || figures.starts_with("20")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_stand_alone() {
        for line in [
            "2026-01-07",
            "2026. 1. 7. 08:58",
            "Posted January. 07, 2026 08:58,",
            "Last updated: Jan. 7, 2026 at 8:58 a.m. KST",
            "입력 2026.01.07 08:58 | 수정 2026.01.07 09:10",
            "입력2026-01-07(수) 오전 8:58",
            "2026年1月7日 08:58",
            "发布时间：2026-01-07",
        ] {
            assert!(is_stamp(line), "{line}");
        }
        for line in [
            "Updated rules were posted in March 2026.",
            "Published 2 books in 1999",
            "2026년 예산 통과",
            "Posted by the door",
            "May 2026",
            "02-123-4567",
            "3.5",
        ] {
            assert!(!is_stamp(line), "{line}");
        }
    }
}
