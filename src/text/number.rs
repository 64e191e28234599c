//! Numbers in running text by their value: 2026년 and 2026, 3만 5000 and 35,000, 1.2 billion and 12亿.

use crate::text::span::Span;

/// Names of months and small numbers, with their values. "May" and "one" are mostly other words.
const NUMBER_WORDS: [(&str, u64); 32] = [
    ("january", 1),
    ("february", 2),
    ("march", 3),
    ("april", 4),
    ("june", 6),
    ("july", 7),
    ("august", 8),
    ("september", 9),
    ("october", 10),
    ("november", 11),
    ("december", 12),
    ("jan", 1),
    ("feb", 2),
    ("aug", 8),
    ("sept", 9),
    ("sep", 9),
    ("oct", 10),
    ("nov", 11),
    ("dec", 12),
    ("two", 2),
    ("three", 3),
    ("four", 4),
    ("five", 5),
    ("six", 6),
    ("seven", 7),
    ("eight", 8),
    ("nine", 9),
    ("ten", 10),
    ("eleven", 11),
    ("twelve", 12),
    ("twenty", 20),
    ("thirty", 30),
];

/// Returns the value of an English word in lower case, in thousandths.
pub fn of_word(word: &str) -> Option<u64> {
    let first = word.as_bytes().first()?;
    let is_word = |known: &str| known.as_bytes().first() == Some(first) && known == word;
    NUMBER_WORDS.iter().find(|(known, _)| is_word(known)).map(|(_, value)| value * 1000)
}

/// A number written in digits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Number {
    /// The place of its digits and of the units (만, million) that belong to it.
    pub span: Span,
    /// Its value, in thousandths.
    pub thousandths: u64,
}

/// Returns the numbers that are written in digits, in order.
pub fn numbers(text: &str) -> impl Iterator<Item = Number> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + text.as_bytes()[at..].iter().position(u8::is_ascii_digit)?;
        let (thousandths, after) = number(&text[start..]);
        at = text.len() - after.len();
        Some(Number { span: Span::new(start, at), thousandths })
    })
}

/// Reads a number at the start of a text that begins with a digit, with the units that East Asian numbers are joined by.
fn number(text: &str) -> (u64, &str) {
    let (mut total, mut part, mut rest) = (0_u64, 0_u64, text);
    loop {
        let (mantissa, after) = mantissa(rest);
        let (unit, after) = unit(after);
        let value = mantissa.saturating_mul(unit);
        rest = after;
        if matches!(unit, 100 | 1000)
            && let Some(smaller) = smaller_part(rest)
        {
            part = part.saturating_add(value);
            rest = smaller;
            continue;
        }
        total = total.saturating_add(part.saturating_mul(myriads(unit))).saturating_add(value);
        part = 0;
        let joined = rest.strip_prefix(' ').unwrap_or(rest);
        if unit < 10_000 || !joined.starts_with(|c: char| c.is_ascii_digit()) || !is_joining(unit) {
            return (total, rest);
        }
        rest = joined;
    }
}

/// Returns the smaller part of a number that goes on below 만: 5백만 of 3천5백만, also after a space where it has a unit too.
fn smaller_part(text: &str) -> Option<&str> {
    let joined = text.strip_prefix(' ').unwrap_or(text);
    let digit = joined.starts_with(|c: char| c.is_ascii_digit());
    let has_unit = || unit(mantissa(joined).1).0 >= 100;
    (digit && (joined.len() == text.len() || has_unit())).then_some(joined)
}

/// Returns the power of ten thousand in a unit, which counts for the parts before it too.
fn myriads(unit: u64) -> u64 {
    [1_000_000_000_000, 100_000_000, 10_000].into_iter().find(|power| unit >= *power).unwrap_or(1)
}

/// Returns whether a further number may follow a unit as its smaller part: 1억 2000만.
fn is_joining(unit: u64) -> bool {
    matches!(unit, 10_000 | 100_000_000 | 1_000_000_000_000)
}

/// Reads digits with commas between thousands and a decimal part, in thousandths.
fn mantissa(text: &str) -> (u64, &str) {
    let bytes = text.as_bytes();
    let is_digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    let (mut value, mut at) = (0_u64, 0);
    while is_digit(at) || bytes.get(at) == Some(&b',') && (1..4).all(|next| is_digit(at + next)) {
        if bytes[at] != b',' {
            value = value.saturating_mul(10).saturating_add(u64::from(bytes[at] - b'0'));
        }
        at += 1;
    }
    value = value.saturating_mul(1000);
    if bytes.get(at) == Some(&b'.') && is_digit(at + 1) {
        let mut worth = 100;
        at += 1;
        while is_digit(at) {
            value = value.saturating_add(u64::from(bytes[at] - b'0') * worth);
            worth /= 10;
            at += 1;
        }
    }
    (value, &text[at..])
}

const UNITS: [(&str, u64); 17] = [
    ("만", 10_000),
    ("억", 100_000_000),
    ("조", 1_000_000_000_000),
    ("천", 1000),
    ("백", 100),
    ("万", 10_000),
    ("萬", 10_000),
    ("亿", 100_000_000),
    ("億", 100_000_000),
    ("千", 1000),
    ("百", 100),
    ("thousand", 1000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
    ("bn", 1_000_000_000),
    ("tn", 1_000_000_000_000),
];

/// Words that begin with a unit of number: 千瓦 is a kilowatt, 만큼 as much as.
const OTHER_WORDS: [&str; 7] = ["千瓦", "千米", "千克", "千卡", "千赫", "千伏", "만큼"];

/// Reads the unit after a number; units of units (千万, 천만) multiply.
pub fn unit(text: &str) -> (u64, &str) {
    let (mut unit, mut rest) = (1_u64, text);
    loop {
        let trimmed = rest.strip_prefix([' ', '-']).unwrap_or(rest);
        let found = UNITS.iter().find(|(name, _)| trimmed.starts_with(name));
        let Some((name, value)) = found.filter(|_| !OTHER_WORDS.iter().any(|name| trimmed.starts_with(name))) else {
            return (unit, rest);
        };
        unit = unit.saturating_mul(*value);
        rest = &trimmed[name.len()..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_number_in_three_languages_has_one_value() {
        for (text, expected) in [
            ("2026년 1월 7일", &[2026.0, 1.0, 7.0][..]),
            ("2026年1月7日", &[2026.0, 1.0, 7.0]),
            ("3만 5000명", &[35_000.0]),
            ("35,000 people", &[35_000.0]),
            ("1억2000만 원", &[120_000_000.0]),
            ("12亿人", &[1_200_000_000.0]),
            ("1.2 billion", &[1_200_000_000.0]),
            ("3千万元", &[30_000_000.0]),
            ("12.5%, 3 of 4", &[12.5, 3.0, 4.0]),
            ("€2.8bn, 3백만 명, 2900千瓦", &[2.8e9, 3.0e6, 2900.0]),
            ("3천5백만 달러, 2천 5백 명, 1억 3천5백만", &[3.5e7, 2500.0, 1.35e8]),
            ("3천 명 5백 명, 3.5만큼", &[3000.0, 500.0, 3.5]),
            ("1,2 and 3", &[1.0, 2.0, 3.0]),
            ("99999999999999999999999억", &[u64::MAX as f64]),
            ("none", &[]),
        ] {
            let values: Vec<f64> = numbers(text).map(|number| number.thousandths as f64 / 1000.0).collect();
            let expected: Vec<f64> = expected.iter().map(|value| value.min(u64::MAX as f64 / 1000.0)).collect();
            assert_eq!(values, expected, "{text}");
        }
        assert_eq!(of_word("october"), Some(10_000));
        assert_eq!(of_word("may"), None);
    }
}
