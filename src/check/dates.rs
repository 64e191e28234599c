//! Dates as running text writes them: 2026-01-07, Jan. 7, 2026, 2025년 9월, 2025年9月, 지난해.

use crate::glossary::day::{Day, Period};
use crate::text::month;
use crate::text::span::Span;

/// Words for the year and for the month before.
const LAST_YEAR: [&str; 6] = ["last year", "지난해", "작년", "전년", "去年", "上一年"];
const LAST_MONTH: [&str; 5] = ["last month", "지난달", "上月", "上个月", "上個月"];

/// Returns the first whole date of a text with its place.
pub(super) fn first_day(text: &str) -> Option<(Span, Day)> {
    years(text).find_map(|(place, year)| day_after(text, place, year).or_else(|| day_before(text, place, year)))
}

/// Returns the years, months and days that a text names; `today` says which year the last one is.
pub(super) fn periods(text: &str, today: Day) -> Vec<Period> {
    let mut periods: Vec<Period> = years(text).filter_map(|(place, year)| period_at(text, place, year)).collect();
    let names = |words: &[&str]| words.iter().any(|word| text.contains(word));
    if names(&LAST_YEAR) {
        periods.extend(Period::year(today.year() - 1));
    }
    if names(&LAST_MONTH) {
        let (year, month) = if today.month() == 1 { (today.year() - 1, 12) } else { (today.year(), today.month() - 1) };
        periods.extend(Period::month(year, month));
    }
    periods
}

/// Returns the years that a text names, those of whole dates too.
pub(super) fn years_of(text: &str) -> impl Iterator<Item = u16> {
    years(text).map(|(_, year)| year)
}

/// Returns the numbers of four digits that may be years, from 1800 to 2100.
fn years(text: &str) -> impl Iterator<Item = (Span, u16)> {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    (0..bytes.len()).filter_map(move |at| {
        let starts = is_digit(at)
            && !at.checked_sub(1).is_some_and(|before| bytes[before].is_ascii_alphanumeric() || b",.".contains(&bytes[before]));
        let four = starts && (at..at + 4).all(is_digit) && !is_digit(at + 4);
        let year: u16 = if four { text[at..at + 4].parse().ok()? } else { return None };
        (1800..=2100).contains(&year).then_some((Span::new(at, at + 4), year))
    })
}

fn period_at(text: &str, place: Span, year: u16) -> Option<Period> {
    if let Some((_, day)) = day_after(text, place, year).or_else(|| day_before(text, place, year)) {
        return Some(Period { first: day, last: day });
    }
    let after = text[place.end..].strip_prefix(['년', '年']).map(str::trim_start);
    let month = after.and_then(|after| {
        let (month, rest) = leading_number(after)?;
        rest.starts_with(['월', '月']).then_some(month)
    });
    match month.or_else(|| month::number(last_word(&text[..place.start]))) {
        Some(month) => Period::month(year, month),
        None => Period::year(year),
    }
}

/// Reads a month and a day behind a year: 2026-01-07, 2026. 1. 7., 2026년 1월 7일.
fn day_after(text: &str, place: Span, year: u16) -> Option<(Span, Day)> {
    let after = text[place.end..].strip_prefix(['-', '.', '/', '년', '年'])?;
    let (month, rest) = leading_number(after.trim_start_matches(' '))?;
    let rest = rest.strip_prefix(['-', '.', '/', '월', '月'])?;
    let (day, rest) = leading_number(rest.trim_start_matches(' '))?;
    let span = Span::new(place.start, text.len() - rest.len());
    Some((span, Day::new(year, month, day)?))
}

/// Reads an English month and a day before a year: January 7, 2026; 7 January 2026.
fn day_before(text: &str, place: Span, year: u16) -> Option<(Span, Day)> {
    let before = &text[..place.start];
    let last = last_word(before);
    let previous = last_word(&before[..offset_of(text, last)]);
    let (month, day, first) = match month::number(last) {
        Some(month) => (month, previous.parse().ok()?, previous),
        None => (month::number(previous)?, last.parse().ok()?, previous),
    };
    Some((Span::new(offset_of(text, first), place.end), Day::new(year, month, day)?))
}

/// Returns the last word of a text, without the commas and full stops behind it.
fn last_word(text: &str) -> &str {
    let text = text.trim_end_matches([' ', ',', '.', '\u{a0}']);
    let start = text
        .rfind(|c: char| !c.is_ascii_alphanumeric())
        .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8));
    &text[start..]
}

fn offset_of(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

/// Returns the number of one or two digits that a text begins with, and the rest.
fn leading_number(text: &str) -> Option<(u8, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (1..=2).contains(&end).then(|| Some((text[..end].parse().ok()?, &text[end..])))?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_every_writing() {
        for text in [
            "2026-01-07",
            "on 2026. 1. 7. 08:58",
            "입력 2026.01.07 08:58",
            "2026년 1월 7일",
            "2026年1月7日 08:58",
            "Posted January. 07, 2026 08:58",
            "Jan. 7, 2026",
            "Wednesday, 7 January 2026",
        ] {
            assert_eq!(first_day(text).map(|(_, day)| day), Day::new(2026, 1, 7), "{text}");
        }
        for text in ["2026", "3,2026-01-07", "January 2026", "2026-13-07", "May 2026 7", "120261"] {
            assert_eq!(first_day(text), None, "{text}");
        }
    }

    #[test]
    fn periods_are_as_long_as_they_are_written() {
        let today = Day::new(2026, 1, 7).unwrap();
        let found = |text: &str| -> Vec<String> {
            periods(text, today).iter().map(|period| format!("{}/{}", period.first, period.last)).collect()
        };
        assert_eq!(found("2019년에, in 2020"), ["2019-01-01/2019-12-31", "2020-01-01/2020-12-31"]);
        assert_eq!(found("2025년 9월; September 2025; 2025年9月"), ["2025-09-01/2025-09-31"; 3]);
        assert_eq!(found("지난달"), ["2025-12-01/2025-12-31"]);
        assert_eq!(found("last year"), ["2025-01-01/2025-12-31"]);
        assert_eq!(found("12,026 of 20190 in 3.1415"), Vec::<String>::new());
    }
}
