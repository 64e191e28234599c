//! A day of the calendar, and the periods that dates like `2025` and `2025-10` stand for.

use std::fmt;

use crate::glossary::term::Validity;

/// A day of the Gregorian calendar. Days compare in the order of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day {
    year: u16,
    month: u8,
    day: u8,
}

impl Day {
    /// A day after all that is recorded: where nothing says of when a text is, the newest names hold.
    pub const LAST: Self = Self { year: 9999, month: 12, day: 31 };

    /// Returns a day, `None` where the calendar has no such month or day of a month.
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let valid = (1..=9999).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
        valid.then_some(Self { year, month, day })
    }

    /// Reads `2026-01-07`; a time of day after it is passed over.
    pub fn parse(text: &str) -> Option<Self> {
        let (date, rest) = text.split_at_checked(10)?;
        let at_end = !rest.starts_with(|c: char| c.is_ascii_digit());
        let whole = at_end && date.matches('-').count() == 2;
        Period::parse(date).filter(|_| whole).map(|period| period.first)
    }

    /// Returns the year.
    pub fn year(self) -> u16 {
        self.year
    }

    /// Returns the month, from 1.
    pub fn month(self) -> u8 {
        self.month
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A year, a month or a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Period {
    /// Its first day.
    pub first: Day,
    /// Its last day; every month counts 31 of them, which compares as well.
    pub last: Day,
}

impl Period {
    /// Returns a whole year; `None` for the year 0.
    pub fn year(year: u16) -> Option<Self> {
        Some(Self { first: Day::new(year, 1, 1)?, last: Day::new(year, 12, 31)? })
    }

    /// Returns a whole month.
    pub fn month(year: u16, month: u8) -> Option<Self> {
        Some(Self { first: Day::new(year, month, 1)?, last: Day::new(year, month, 31)? })
    }

    /// Reads a year, a month or a day in ISO 8601: `2025`, `2025-10`, `2025-10-01`.
    pub fn parse(text: &str) -> Option<Self> {
        let mut parts = text.split('-');
        let year = number(parts.next()?, 4)?;
        let month = parts.next().map(|part| number(part, 2));
        let day = parts.next().map(|part| number(part, 2));
        match (month, day, parts.next()) {
            (None, ..) => Self::year(year),
            (Some(month), None, _) => Self::month(year, u8::try_from(month?).ok()?),
            (Some(month), Some(day), None) => {
                let day = Day::new(year, u8::try_from(month?).ok()?, u8::try_from(day?).ok()?)?;
                Some(Self { first: day, last: day })
            }
            _ => None,
        }
    }
}

fn number(part: &str, digits: usize) -> Option<u16> {
    (part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.parse().ok())?
}

impl Validity {
    /// Returns the first day; `None` where the beginning is open or cannot be read.
    pub fn first_day(&self) -> Option<Day> {
        Some(Period::parse(self.from.as_deref()?)?.first)
    }

    /// Returns the last day; `None` where the end is open or cannot be read.
    pub fn last_day(&self) -> Option<Day> {
        Some(Period::parse(self.to.as_deref()?)?.last)
    }

    /// Returns whether something that held for this long held on a day.
    pub fn holds_on(&self, day: Day) -> bool {
        self.first_day().is_none_or(|first| first <= day) && !self.has_ended_by(day)
    }

    /// Returns whether it had ended before a day.
    pub fn has_ended_by(&self, day: Day) -> bool {
        self.last_day().is_some_and(|last| last < day)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_are_iso_dates() {
        for right in ["2025", "2025-10", "2025-10-01"] {
            assert!(Period::parse(right).is_some(), "{right}");
        }
        for wrong in ["", "25", "0000", "2025-13", "2025-1", "2025-10-1", "2025-10-01-01", "+202", "soon"] {
            assert_eq!(Period::parse(wrong), None, "{wrong}");
        }
        assert_eq!(Day::parse("2026-01-07T08:58:00Z"), Day::new(2026, 1, 7));
        assert_eq!(Day::parse("2026-01-077"), None);
        assert_eq!(Day::parse("2026-01"), None);
    }

    #[test]
    fn what_holds_begins_and_ends_with_its_days() {
        let validity = Validity { from: Some("2022-05-10".into()), to: Some("2025-12".into()) };
        for (day, holds) in [((2022, 5, 9), false), ((2022, 5, 10), true), ((2025, 12, 31), true), ((2026, 1, 1), false)] {
            let day = Day::new(day.0, day.1, day.2).unwrap();
            assert_eq!(validity.holds_on(day), holds, "{day}");
        }
        assert!(Validity::default().holds_on(Day::LAST));
    }
}
