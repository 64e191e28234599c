//! Numbers with what they count: 12.5 %, 3조 5000억 원, 2026년, the 21st. Numbers of one class may be compared across languages.

use crate::text::month;
use crate::text::number::{self, Number};
use crate::text::span::Span;

/// What a number counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Hundredths.
    Percent,
    /// Money of one currency, by its place in the table of currencies.
    Money(usize),
    /// A year.
    Year,
    /// A day of a month, or a month.
    Date,
    /// A time of the day, which a translation may move to another zone.
    Time,
    /// A place in an order: the 21st, 제21차, 第21届.
    Ordinal,
    /// A measure that a translation may convert: miles, 평.
    Measure,
    /// Anything else.
    Count,
}

/// A number in running text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quantity {
    /// The place of the number.
    pub span: Span,
    /// Its value, in thousandths.
    pub thousandths: u64,
    /// What it counts.
    pub class: Class,
    /// Whether the text says that it is not exact: about, 약, 여.
    pub is_rough: bool,
}

/// The currencies by what stands before and after an amount.
const CURRENCIES: [(&[&str], &[&str]); 6] = [
    (&["$"], &["dollar", "달러", "美元", "usd"]),
    (&["₩"], &["won", "원", "韩元", "韓元", "韩圆", "krw"]),
    (&["CN¥", "RMB"], &["yuan", "위안", "元", "人民币", "人民幣"]),
    (&["€"], &["euro", "유로", "欧元", "歐元"]),
    (&["£"], &["pound", "파운드", "英镑", "英鎊"]),
    (&["¥"], &["yen", "엔", "日元", "日圆", "日圓"]),
];

const PERCENT: [&str; 9] = ["%", "％", "percent", "per cent", "퍼센트", "프로", "个百分点", "個百分點", "포인트"];
const MEASURES: [&str; 34] = [
    "mile",
    "mph",
    "feet",
    "foot",
    "ft",
    "inch",
    "yard",
    "acre",
    "pound",
    "lb",
    "ounce",
    "gallon",
    "°",
    "degrees",
    "도",
    "度",
    "평",
    "km",
    "㎞",
    "㎝",
    "㎡",
    "㎏",
    "kilometer",
    "kilometre",
    "meter",
    "metre",
    "킬로",
    "미터",
    "公里",
    "英里",
    "英尺",
    "英寸",
    "磅",
    "华氏",
];
const ROUGH_BEFORE: [&str; 14] =
    ["about", "around", "nearly", "almost", "some", "roughly", "over", "약", "거의", "近", "约", "約", "超过", "超過"];
const ROUGH_AFTER: [&str; 8] = ["여", "餘", "余", "多", "남짓", "가량", "左右", "안팎"];

/// Returns the quantities of a place in a text, in order.
pub fn quantities(text: &str, place: Span) -> Vec<Quantity> {
    let numbers = number::numbers(place.of(text)).map(|number| quantity(text, number, place.start));
    // &#8212; is a character of a page that was not read as HTML.
    numbers.filter(|quantity| !text[..quantity.span.start].ends_with("&#")).collect()
}

fn quantity(text: &str, number: Number, start: usize) -> Quantity {
    let span = number.span.shifted(start);
    let (before, after) = (text[..span.start].trim_end(), text[span.end..].trim_start_matches([' ', '\u{a0}']));
    // The unit, and what is counted, stand behind 여 and its like: 650여만 명.
    let behind = ROUGH_AFTER.iter().find_map(|word| after.strip_prefix(word));
    let (unit, counted) = behind.map_or((1, after), number::unit);
    let class = class(span.of(text), number, before, &text[span.end..], counted.trim_start());
    let is_rough = behind.is_some() || ROUGH_BEFORE.iter().any(|word| before.ends_with(word));
    Quantity { span, thousandths: number.thousandths.saturating_mul(unit), class, is_rough }
}

fn class(written: &str, number: Number, before: &str, after_number: &str, after: &str) -> Class {
    let lower: String = after.chars().take(12).flat_map(char::to_lowercase).collect();
    let follows = |words: &[&str]| words.iter().any(|word| lower.starts_with(word));
    if follows(&PERCENT) || before.ends_with("百分之") {
        return Class::Percent;
    }
    let currency =
        CURRENCIES.iter().position(|(marks, words)| marks.iter().any(|mark| before.ends_with(mark)) || follows(words));
    if let Some(currency) = currency {
        return Class::Money(currency);
    }
    let whole = number.thousandths / 1000;
    let is_plain = written.bytes().all(|byte| byte.is_ascii_digit());
    if follows(&["년", "年"]) && whole >= 100 || is_plain && written.len() == 4 && (1800..2100).contains(&whole) {
        return Class::Year;
    }
    if follows(&["월", "일", "月", "日", "号", "號"]) || is_beside_month(before, after) || is_month_of_year(written) {
        return Class::Date;
    }
    if follows(&[":", "a.m", "p.m", "am", "pm", "o'clock", "시", "분", "초", "点", "點", "时", "時", "分", "秒"])
        || before.ends_with(':')
    {
        return Class::Time;
    }
    if is_english_ordinal(after_number) || before.ends_with(['제', '第']) || follows(&["번째", "차", "届", "屆", "次", "회"])
    {
        return Class::Ordinal;
    }
    if follows(&MEASURES) || lower.starts_with('-') && MEASURES.iter().any(|word| lower[1..].starts_with(word)) {
        return Class::Measure;
    }
    Class::Count
}

/// Returns whether the ending of an ordinal stands right behind a number: 21st.
fn is_english_ordinal(after: &str) -> bool {
    let ending = ["st", "nd", "rd", "th"].iter().find_map(|ending| after.strip_prefix(ending));
    ending.is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

/// Returns whether a number is a month as datelines write it: 2006.04.
fn is_month_of_year(written: &str) -> bool {
    let year_and_month = written.split_once('.').filter(|(year, month)| year.len() == 4 && month.len() == 2);
    let parsed = year_and_month.and_then(|(year, month)| Some((year.parse::<u32>().ok()?, month.parse::<u32>().ok()?)));
    parsed.is_some_and(|(year, month)| (1800..2100).contains(&year) && (1..=12).contains(&month))
}

/// Returns whether the name of a month stands before a number or behind it: Jan. 7, 7 January.
fn is_beside_month(before: &str, after: &str) -> bool {
    let other = |c: char| !c.is_ascii_alphabetic();
    let words = [before.trim_end_matches('.').rsplit(other).next(), after.split(other).next()];
    words.into_iter().flatten().any(|word| word.starts_with(char::is_uppercase) && month::number(word).is_some())
}

/// Returns the values that a place in a text gives in other ways than by a whole number in digits, in thousandths: words (three,
/// 세 명, 三), months, numbers whose unit stands behind a second one (10 to 20 million), and the digits of dates.
pub fn implied(text: &str, place: Span) -> Vec<u64> {
    let text = place.of(text);
    let mut values = Vec::new();
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    for word in words {
        values.extend(number::of_word(&word.to_lowercase()));
        if word == "May" {
            values.push(5000);
        }
    }
    values.extend(ENGLISH_ORDINALS.iter().filter(|(word, _)| text.contains(word)).map(|(_, value)| value * 1000));
    values.extend(KOREAN_WORDS.iter().filter(|(word, _)| text.contains(word)).map(|(_, value)| value * 1000));
    values.extend(han_numbers(text));
    let numbers: Vec<Number> = number::numbers(text).collect();
    // A million, where it is no metre: £125m.
    let millions = numbers.iter().filter(|number| text[number.span.end..].starts_with('m'));
    values.extend(millions.map(|number| number.thousandths.saturating_mul(1_000_000)));
    for pair in numbers.windows(2) {
        let between = &text[pair[0].span.end..pair[1].span.start];
        let unit = unit_of(text, pair[1]);
        if between.chars().count() <= 5 && unit > 1 {
            values.push(pair[0].thousandths.saturating_mul(unit));
        }
    }
    values
}

/// Returns what a number is multiplied by: a million in 20 million.
fn unit_of(text: &str, number: Number) -> u64 {
    let digits: String = number.span.of(text).chars().take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
    let bare = number::numbers(&digits).next().map_or(0, |bare| bare.thousandths);
    number.thousandths.checked_div(bare).unwrap_or(1)
}

const ENGLISH_ORDINALS: [(&str, u64); 14] = [
    ("first", 1),
    ("second", 2),
    ("third", 3),
    ("fourth", 4),
    ("fifth", 5),
    ("sixth", 6),
    ("seventh", 7),
    ("eighth", 8),
    ("ninth", 9),
    ("tenth", 10),
    ("half", 50),
    ("dozen", 12),
    ("hundred", 100),
    ("decade", 10),
];

const KOREAN_WORDS: [(&str, u64); 22] = [
    ("한 ", 1),
    ("하나", 1),
    ("첫", 1),
    ("두 ", 2),
    ("둘", 2),
    ("세 ", 3),
    ("셋", 3),
    ("네 ", 4),
    ("넷", 4),
    ("다섯", 5),
    ("여섯", 6),
    ("일곱", 7),
    ("여덟", 8),
    ("아홉", 9),
    ("열 ", 10),
    ("스무", 20),
    ("스물", 20),
    ("서른", 30),
    ("절반", 50),
    ("삼", 3),
    ("사흘", 3),
    ("이틀", 2),
];

/// Returns the values of the runs of Chinese numerals, in thousandths: 三十五, 二〇二六.
fn han_numbers(text: &str) -> Vec<u64> {
    let is_numeral = |c: char| "〇零一二两兩三四五六七八九十百千万萬亿億".contains(c);
    text.split(|c| !is_numeral(c)).filter_map(han_number).map(|value| value.saturating_mul(1000)).collect()
}

fn han_number(numeral: &str) -> Option<u64> {
    let digit = |c: char| "〇一二三四五六七八九".chars().position(|known| known == c).map(|value| value as u64);
    let digit = |c: char| match c {
        '零' => Some(0),
        '两' | '兩' => Some(2),
        c => digit(c),
    };
    if numeral.chars().count() > 1 && numeral.chars().all(|c| digit(c).is_some()) {
        return numeral.chars().try_fold(0u64, |value, c| value.checked_mul(10)?.checked_add(digit(c)?));
    }
    let (mut total, mut section, mut last) = (0u64, 0u64, 0u64);
    for c in numeral.chars() {
        match (digit(c), c) {
            (Some(value), _) => last = value,
            (None, '十' | '百' | '千') => {
                let unit = match c {
                    '十' => 10,
                    '百' => 100,
                    _ => 1000,
                };
                section = section.saturating_add(last.max(1).saturating_mul(unit));
                last = 0;
            }
            (None, _) => {
                let unit = if matches!(c, '万' | '萬') { 10_000 } else { 100_000_000 };
                total = total.saturating_add(section.saturating_add(last)).max(1).saturating_mul(unit);
                (section, last) = (0, 0);
            }
        }
    }
    (!numeral.is_empty()).then(|| total.saturating_add(section).saturating_add(last))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(f64, Class)> {
        let quantities = quantities(text, Span::new(0, text.len()));
        quantities.into_iter().map(|quantity| (quantity.thousandths as f64 / 1000.0, quantity.class)).collect()
    }

    #[test]
    fn a_number_is_read_with_what_it_counts() {
        for (text, expected) in [
            ("12.5 percent", &[(12.5, Class::Percent)][..]),
            ("12.5％로", &[(12.5, Class::Percent)]),
            ("$1.2 billion", &[(1.2e9, Class::Money(0))]),
            ("12억 달러", &[(1.2e9, Class::Money(0))]),
            ("3조 5000억 원", &[(3.5e12, Class::Money(1))]),
            ("30亿元", &[(3e9, Class::Money(2))]),
            ("2026년 1월 7일", &[(2026.0, Class::Year), (1.0, Class::Date), (7.0, Class::Date)]),
            ("Jan. 7, 2026", &[(7.0, Class::Date), (2026.0, Class::Year)]),
            ("판매 2006.04", &[(2006.04, Class::Date)]),
            ("the 21st", &[(21.0, Class::Ordinal)]),
            ("제21차 회의", &[(21.0, Class::Ordinal)]),
            ("30여 명", &[(30.0, Class::Count)]),
            ("650여만 명", &[(6.5e6, Class::Count)]),
            ("10 miles", &[(10.0, Class::Measure)]),
            ("8:30", &[(8.0, Class::Time), (30.0, Class::Time)]),
        ] {
            assert_eq!(read(text), expected, "{text}");
        }
        assert!(quantities("30여", Span::new(0, 5))[0].is_rough);
    }

    #[test]
    fn values_are_implied_by_words() {
        let has = |text: &str, value: f64| implied(text, Span::new(0, text.len())).contains(&((value * 1000.0) as u64));
        for (text, value) in [
            ("three ships", 3.0),
            ("세 척", 3.0),
            ("三十五人", 35.0),
            ("二〇二六年", 2026.0),
            ("三百万", 3_000_000.0),
            ("10 to 20 million people", 10_000_000.0),
            ("1~2만 명", 10_000.0),
            ("in May", 5.0),
        ] {
            assert!(has(text, value), "{text}");
        }
        assert!(!has("세계 35명", 35.0));
    }
}
