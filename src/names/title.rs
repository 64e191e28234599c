//! Titles and honorifics beside a name (`titles.tsv`).

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};
use std::sync::LazyLock;

use crate::text::particle;
use crate::text::script::Script;
use crate::text::{han, hangul};

struct Titles {
    /// By first syllable, the longest first.
    korean: HashMap<char, Vec<&'static str>>,
    korean_links: HashSet<&'static str>,
    english: HashSet<&'static str>,
    chinese: Vec<&'static str>,
}

static TITLES: LazyLock<Titles> = LazyLock::new(|| {
    let words = |language: &str| -> Vec<&'static str> {
        let lines = include_str!("titles.tsv").lines().filter_map(|line| line.split_once('\t'));
        let mut words: Vec<_> = lines.filter(|(key, _)| *key == language).flat_map(|(_, list)| list.split(' ')).collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        words
    };
    Titles {
        korean: by_first(words("ko")),
        korean_links: words("ko-link").into_iter().collect(),
        english: words("en").into_iter().collect(),
        chinese: words("zh"),
    }
});

fn by_first(words: Vec<&'static str>) -> HashMap<char, Vec<&'static str>> {
    let mut by_first: HashMap<char, Vec<&'static str>> = HashMap::default();
    for word in words {
        word.chars().next().into_iter().for_each(|first| by_first.entry(first).or_default().push(word));
    }
    by_first
}

/// Returns the length in bytes of the Korean title that `text` begins with, 0 where there is none.
pub fn korean_at_start(text: &str) -> usize {
    let titles = text.chars().next().and_then(|first| TITLES.korean.get(&first));
    titles.and_then(|titles| titles.iter().find(|title| text.starts_with(**title))).map_or(0, |title| title.len())
}

/// Returns the length in bytes of the Chinese title that `text` begins with, 0 where there is none.
pub fn chinese_at_start(text: &str) -> usize {
    let folded: String = text.chars().take(8).map(han::simplified).collect();
    TITLES.chinese.iter().find(|title| folded.starts_with(**title)).map_or(0, |title| title.len())
}

/// Returns the length in bytes of the Chinese title that `text` ends with, 0 where there is none.
pub fn chinese_at_end(text: &str) -> usize {
    let start = text.char_indices().rev().nth(7).map_or(0, |(at, _)| at);
    let folded: String = text[start..].chars().map(han::simplified).collect();
    TITLES.chinese.iter().find(|title| folded.ends_with(**title)).map_or(0, |title| title.len())
}

/// Titles that anybody may have: they do not tell a known person from another of a similar name.
const EVERYDAY: [&str; 12] = ["씨", "여사", "선생", "기자", "교수", "작가", "감독", "선수", "의원", "대표", "회장", "위원"];

/// Returns whether a Korean title is one that anybody may have (씨, 의원).
pub fn is_everyday(title: &str) -> bool {
    EVERYDAY.contains(&title)
}

/// Returns whether the words after a Korean name begin with an office that few people hold (대통령, 장관, 대사).
pub fn office_follows_korean_name(after: &str) -> bool {
    let everyday = after.split_whitespace().take(1).any(|word| EVERYDAY.iter().any(|title| word.starts_with(title)));
    !everyday && follows_korean_name(after)
}

/// Returns whether the words after a Korean name begin with a title, perhaps with an office before it: `국가주석은`,
/// `전 대통령`, `중국 국무원 총리`, `외교부 장관`. Looks at three words.
pub fn follows_korean_name(after: &str) -> bool {
    for word in after.split_whitespace().take(3) {
        if is_korean_title_word(word) {
            return true;
        }
        if !is_korean_office(word) {
            return false;
        }
    }
    false
}

/// Returns the length in bytes of the offices and the title that stand after a Korean name, up to the end of the title and
/// without its particles: ` 중국 국가주석` of ` 중국 국가주석이`. 0 where there is none within three words.
pub fn korean_length_after_name(after: &str) -> usize {
    let mut at = 0;
    for word in after.split(' ').skip(1).take(3) {
        let start = at + 1;
        let title = korean_at_start(word);
        if title > 0 {
            return start + title;
        }
        if !is_korean_office(word) {
            return 0;
        }
        at = start + word.len();
    }
    0
}

fn is_korean_office(word: &str) -> bool {
    word.ends_with(|c| "부원회당청실국군시성대".contains(c)) || TITLES.korean_links.contains(word)
}

/// Returns whether a word is a Korean title with nothing but particles after it, perhaps with an office joined before it
/// (중국대사는).
fn is_korean_title_word(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !(hangul::is_syllable(c) || c.is_alphanumeric()));
    let rest_is_chain = |start: usize| {
        let length = korean_at_start(&word[start..]);
        length > 0 && particle::is_chain(&word[start + length..])
    };
    word.char_indices().any(|(at, _)| rest_is_chain(at))
}

/// Returns whether `text` is made of titles, offices and what joins them: what may stand beside a name without changing whom
/// it names. An empty text is none.
pub fn is_nothing_else(text: &str) -> bool {
    let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    words.peek().is_some() && words.all(is_title_word)
}

/// Returns whether the word right before an English name is a title.
pub fn precedes_english_name(before: &str) -> bool {
    let word = before.trim_end().rsplit(|c: char| !c.is_alphanumeric() && c != '.').next().unwrap_or("");
    let word = word.trim_end_matches('.').to_lowercase();
    !matches!(word.as_str(), "the" | "of" | "s" | "" | "first" | "then" | "north" | "south" | "china" | "korea")
        && TITLES.english.contains(word.as_str())
}

fn is_title_word(word: &str) -> bool {
    match word.chars().next().map(Script::of) {
        Some(Script::Alphabetic) => TITLES.english.contains(word.to_lowercase().as_str()),
        Some(Script::Hangul) => TITLES.korean_links.contains(word) || is_korean_title_word(word),
        Some(Script::Han) => is_chinese_titles(&word.chars().map(han::simplified).collect::<String>()),
        None => false,
    }
}

fn is_chinese_titles(word: &str) -> bool {
    word.is_empty() || TITLES.chinese.iter().any(|title| word.strip_prefix(title).is_some_and(is_chinese_titles))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_leave_nothing_over() {
        for titles in ["President", "South Korean President", "presidential spokesperson", "Gov.", "국가주석은", "전 대통령"]
        {
            assert!(is_nothing_else(titles), "{titles}");
        }
        for titles in ["国家主席", "国务院总理", "总理"] {
            assert!(is_nothing_else(titles), "{titles}");
        }
        for other in ["", "met", "President met", "은행", "会见"] {
            assert!(!is_nothing_else(other), "{other}");
        }
    }

    #[test]
    fn a_title_follows_or_does_not() {
        for after in [" 대통령이 7일", " 국가주석과", " 주한 중국대사도", " 외교부 대변인은", " 전 대통령", " 특사가"]
        {
            assert!(follows_korean_name(after), "{after}");
        }
        for after in [" 7일 대통령이", " 말했다. 대통령은", ""] {
            assert!(!follows_korean_name(after), "{after}");
        }
        assert!(precedes_english_name("told Chinese Premier "));
        assert!(precedes_english_name("said Gov. "));
        assert!(!precedes_english_name("in the "));
    }
}
