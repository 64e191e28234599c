//! The marks before the items of a list: `1.`, `2)`, `(3)`, `b.`, `①`, `•`.

use crate::text::span::Span;

/// Signs that stand before an item. `▲` is none of them: Korean news lists things within a sentence by it.
const BULLETS: [char; 11] = ['•', '⁃', '●', '○', '■', '□', '◆', '◇', '▶', '◦', '∙'];

/// Returns the items of a list that is written on one line, `text` as a whole where it is none. A list begins with its
/// first mark, and the marks follow each other: `1. The one 2. The other`.
pub(super) fn items(text: &str) -> Vec<Span> {
    let Some(mut mark) = Mark::read(text) else { return vec![Span::new(0, text.len())] };
    let mut items = Vec::new();
    let (mut start, mut words) = (0, 0);
    let first = text.as_ptr() as usize;
    for word in text.split_whitespace() {
        let at = word.as_ptr() as usize - first;
        let next = (words > 0).then(|| Mark::read(&text[at..])).flatten();
        if let Some(next) = next.filter(|next| next.follows(&mark)) {
            items.push(Span::new(start, at));
            (start, words, mark) = (at, 0, next);
        } else {
            words += usize::from(word.chars().filter(|c| c.is_alphabetic()).count() > 1);
        }
    }
    items.push(Span::new(start, text.len()));
    items
}

/// Returns whether a text is the mark of an item and nothing else.
pub(super) fn is_mark(text: &str) -> bool {
    text.len() < 16 && Mark::of(text.trim()).is_some()
}

/// Returns whether a line begins with the mark of an item.
pub(super) fn begins_item(line: &str) -> bool {
    line.starts_with(BULLETS) || Mark::read(line).is_some()
}

/// The mark of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Mark {
    bullet: Option<char>,
    /// The number of a figure or a letter; none after a bullet alone.
    number: Option<u32>,
    /// What stands in the place of the number: `1`, `a`, `A`, `가`, `①`.
    class: char,
    /// What closes the number: `.`, `)`, `.)`, `()`.
    style: &'static str,
}

impl Mark {
    /// Reads the mark at the beginning of a text, where words follow it.
    fn read(text: &str) -> Option<Self> {
        let bullet = text.starts_with(BULLETS);
        let mut words = text.char_indices().take(16).filter(|(_, c)| c.is_whitespace()).map(|(at, _)| at);
        let end = words.next()?;
        let alone = bullet && text[..end].chars().count() == 1;
        let longer = words.next().filter(|_| alone).and_then(|end| Self::of(&text[..end]).map(|mark| (mark, end)));
        let (mark, end) = longer.or_else(|| Self::of(&text[..end]).map(|mark| (mark, end)))?;
        let following = text[end..].trim_start().chars().next()?;
        // A figure after the mark is a date (1. 7.), a small letter the rest of a sentence (payment for 1. above).
        (!following.is_numeric() && (mark.bullet.is_some() || !following.is_lowercase())).then_some(mark)
    }

    /// Reads a text that is a mark and nothing else.
    fn of(text: &str) -> Option<Self> {
        let bullet = text.chars().next().filter(|c| BULLETS.contains(c));
        let rest = bullet.map_or(text, |bullet| text[bullet.len_utf8()..].trim_start());
        if bullet.is_some() && rest.is_empty() {
            return Some(Self { bullet, number: None, class: ' ', style: "" });
        }
        let (inner, style) = if let Some(inner) = rest.strip_prefix('(') {
            (inner.strip_suffix(')')?, "()")
        } else if let Some(inner) = rest.strip_suffix(".)") {
            (inner, ".)")
        } else if let Some(inner) = rest.strip_suffix(')') {
            (inner, ")")
        } else if let Some(inner) = rest.strip_suffix('.') {
            (inner, ".")
        } else {
            (rest, "")
        };
        let (number, class) = number(inner)?;
        // A capital letter with a full stop is an initial (J. Lee); only an encircled figure needs nothing to close it.
        if (class, style) == ('A', ".") {
            return None;
        }
        ((class == '①') == style.is_empty()).then_some(Self { bullet, number: Some(number), class, style })
    }

    fn follows(&self, before: &Mark) -> bool {
        let (mark, last) = (Self { number: None, ..*self }, Self { number: None, ..*before });
        mark == last && self.number == before.number.map(|number| number + 1)
    }
}

/// Returns the number that an item has, and its class.
fn number(text: &str) -> Option<(u32, char)> {
    if (1..4).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some((text.parse().ok()?, '1'));
    }
    let mut chars = text.chars();
    let (Some(letter), None) = (chars.next(), chars.next()) else { return roman(text) };
    let class = match letter {
        'a'..='z' => 'a',
        'A'..='Z' => 'A',
        '①'..='⑳' => '①',
        _ => {
            let place = "가나다라마바사아자차카타파하".chars().position(|syllable| syllable == letter)?;
            return Some((place as u32, '가'));
        }
    };
    Some((letter as u32 - class as u32, class))
}

/// Returns the number of a small Roman figure of more than one letter.
fn roman(text: &str) -> Option<(u32, char)> {
    let place = ["ii", "iii", "iv", "vi", "vii", "viii", "ix", "xi", "xii"].iter().position(|figure| *figure == text)?;
    Some((place as u32, 'i'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_on_one_line() {
        for (text, expected) in [
            ("1.) The one 2.) The other", vec!["1.) The one ", "2.) The other"]),
            ("a. The one b. The other", vec!["a. The one ", "b. The other"]),
            ("• 9. The one • 10. The other", vec!["• 9. The one ", "• 10. The other"]),
            ("① 안보 협력 ② 경제 협력", vec!["① 안보 협력 ", "② 경제 협력"]),
            ("2026. 1. 7. 회의", vec!["2026. 1. 7. 회의"]),
            ("1. 2. 회의", vec!["1. 2. 회의"]),
            ("He chose 1. The one", vec!["He chose 1. The one"]),
            ("J. Lee met K. Park", vec!["J. Lee met K. Park"]),
            ("A) Kim B) Lee", vec!["A) Kim ", "B) Lee"]),
        ] {
            let found: Vec<&str> = items(text).iter().map(|item| item.of(text)).collect();
            assert_eq!(found, expected, "{text}");
        }
    }

    #[test]
    fn marks_are_known() {
        for mark in ["1.", "12)", "(3)", "b.", "iv)", "①", "•", "• 9.", "1.)", "나."] {
            assert!(is_mark(mark), "{mark}");
        }
        for word in ["2026.", "No.", "", "(the)", "1", "a", "그."] {
            assert!(!is_mark(word), "{word}");
        }
    }
}
