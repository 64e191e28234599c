//! The day of a draft: told by whoever has it checked, by its front matter, or by its first lines.

use crate::check::dates;
use crate::glossary::day::Day;

/// Of when a draft is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DraftDate {
    /// The day.
    pub day: Day,
    /// Whether the draft or its editor says so; else it is the day on which the draft is checked.
    pub told: bool,
}

impl Default for DraftDate {
    /// After all that is recorded, and told by nobody.
    fn default() -> Self {
        Self { day: Day::LAST, told: false }
    }
}

/// How many lines at the top may hold a date, and how long such a line may be in bytes.
const TOP_LINES: usize = 8;
const LONGEST_LINE: usize = 120;

/// How many letters beside a date may say what was done on it: `Last updated Wednesday`.
const MOST_LETTERS: usize = 24;

impl DraftDate {
    /// Returns the day that the draft tells: `date:` in its front matter, a line at the top that is nothing but a date, or the
    /// place and date before the first sentence (SEOUL, Jan. 7, 2026 —).
    pub fn of_text(text: &str) -> Option<Day> {
        let (front_matter, body) = parts(text.trim_start_matches('\u{FEFF}'));
        dated_field(front_matter).or_else(|| {
            let lines = body.lines().map(str::trim).filter(|line| !line.is_empty());
            lines.take(TOP_LINES).find_map(dated_line)
        })
    }
}

/// Parts a text into its front matter, which may be none, and what comes after it.
fn parts(text: &str) -> (&str, &str) {
    let fences = ["---\n", "+++\n", "---\r\n", "+++\r\n"];
    let fence = fences.into_iter().find(|fence| text.starts_with(*fence));
    let end = fence.and_then(|fence| Some((fence, text.find(&format!("\n{fence}"))?)));
    end.map_or(("", text), |(fence, end)| (&text[fence.len()..end.max(fence.len())], &text[end + 1 + fence.len()..]))
}

/// Returns the day of the field for it in front matter.
fn dated_field(front_matter: &str) -> Option<Day> {
    let mut dates = front_matter.lines().filter_map(|line| {
        let (name, value) = line.split_once([':', '='])?;
        let is_date = ["date", "pubdate", "published", "날짜", "日期"].contains(&name.trim().to_lowercase().as_str());
        dates::first_day(value).filter(|_| is_date)
    });
    dates.next().map(|(_, day)| day)
}

fn dated_line(line: &str) -> Option<Day> {
    let head = &line[..line.floor_char_boundary(LONGEST_LINE)];
    let (place, day) = dates::first_day(head)?;
    let letters = |text: &str| text.chars().filter(|c| c.is_alphabetic()).count();
    let (before, after) = (&head[..place.start], &head[place.end..]);
    let alone = head.len() == line.len() && letters(before) + letters(after) <= MOST_LETTERS && !has_sentence(line);
    let dateline = letters(before) <= MOST_LETTERS && is_dateline_end(after);
    (alone || dateline).then_some(day)
}

/// A sentence with a date in it is no dateline.
fn has_sentence(line: &str) -> bool {
    line.ends_with(['。', '다', '?', '!'])
        || line.ends_with("다.")
        || line.split(' ').filter(|word| is_small_word(word)).count() > 2
}

fn is_small_word(word: &str) -> bool {
    word.len() > 1 && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

/// Returns whether the words after a date begin as they do after a dateline: (Yonhap) —, --, 电.
fn is_dateline_end(after: &str) -> bool {
    let after = after.trim_start();
    [" —", "—", "–", "--", "(", "电", "電", "讯", "訊", "= ", "/"].iter().any(|end| after.starts_with(end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_stands_at_the_top() {
        for text in [
            "2026-01-07\nLee meets Li\n\nText.",
            "Lee meets Li\n\nPosted January. 07, 2026 08:58\n\nText.",
            "한중 회담\n입력 2026-01-07 08:58\n\n본문",
            "标题\n2026年1月7日\n\n正文",
            "---\ntitle: x\ndate: 2026-01-07T08:58:00+09:00\n---\nText.",
            "Lee meets Li\n\nSEOUL, Jan. 7, 2026 (Yonhap) -- President Lee left for Beijing.",
        ] {
            assert_eq!(DraftDate::of_text(text), Day::new(2026, 1, 7), "{text}");
        }
    }

    #[test]
    fn a_date_in_a_sentence_is_not_the_draft_s() {
        for text in [
            "The ministry was renamed on October 1, 2025, and then moved to another city.",
            "외교부는 2026년 1월 7일 회담을 열었다.",
            "---\ntitle: 2026-01-07\n---\nText.",
            "韩中两国于1992年8月24日建立外交关系。",
            "No date.",
        ] {
            assert_eq!(DraftDate::of_text(text), None, "{text}");
        }
    }
}
