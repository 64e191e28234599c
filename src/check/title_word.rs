//! The word for an office beside a person's name (`title_words.tsv`): President Lee Jae-myung, 리창 총리, 国务总理金民锡.

use std::sync::LazyLock;

use crate::check::draft::Draft;
use crate::check::gloss;
use crate::glossary::concept::ConceptId;
use crate::lang::Lang;
use crate::text::span::Span;
use crate::text::{han, particle};

/// How an office is called beside a name.
#[derive(Clone, Debug)]
pub(super) struct TitleWords {
    /// The concept of the title.
    pub office: &'static str,
    /// What kind of office it is: offices of one rank are what two countries call differently.
    pub rank: &'static str,
    /// The words in English, Korean and Chinese, the one to write first; whether people of other offices have them too.
    words: [Vec<(&'static str, bool)>; 3],
}

static TABLE: LazyLock<Vec<TitleWords>> = LazyLock::new(|| {
    let lines = include_str!("title_words.tsv").lines().filter(|line| !line.starts_with('#'));
    let words = |cell: &'static str| {
        cell.split('|').map(|word| word.strip_prefix('~').map_or((word, false), |word| (word, true))).collect()
    };
    let row = |line: &'static str| {
        let mut cells = line.split('\t');
        let (office, rank) = (cells.next()?, cells.next()?);
        Some(TitleWords { office, rank, words: [words(cells.next()?), words(cells.next()?), words(cells.next()?)] })
    };
    lines.filter_map(row).collect()
});

impl TitleWords {
    /// Returns every office.
    pub fn all() -> &'static [Self] {
        &TABLE
    }

    /// Returns the words for an office.
    pub fn of(office: &ConceptId) -> Option<&'static Self> {
        TABLE.iter().find(|row| row.office == office.as_str())
    }

    /// Returns the word to write in a language: of those that tell the office, the first in English, else the one that is about
    /// as long as `like`.
    pub fn word_like(&self, lang: &Lang, like: &str) -> &'static str {
        let words = &self.words[column(lang)];
        let length = |word: &str| word.chars().count();
        let distance = |word: &str| if *lang == Lang::En { 0 } else { length(word).abs_diff(length(like)) };
        let told = words.iter().filter(|(_, vague)| !vague).min_by_key(|(word, _)| distance(word));
        told.or(words.first()).map_or("", |(word, _)| word)
    }

    /// Returns whether an office is called so in a language.
    pub fn has(&self, lang: &Lang, word: &str) -> bool {
        self.words[column(lang)].iter().any(|(own, _)| *own == word)
    }

    /// Returns whether an office is surely meant by a word.
    pub fn is_told_by(&self, lang: &Lang, word: &str) -> bool {
        self.words[column(lang)].contains(&(word, false))
    }
}

fn column(lang: &Lang) -> usize {
    match lang {
        Lang::En => 0,
        Lang::Ko => 1,
        _ => 2,
    }
}

/// A title where it stands beside a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct TitleBeside {
    /// The word, as the table has it.
    pub word: &'static str,
    /// Its place.
    pub span: Span,
    /// How it stands there.
    pub side: Side,
}

/// On which side of a name a title stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// Right before it.
    Before,
    /// Right after it.
    After,
    /// After it and a comma: Li Qiang, China's prime minister.
    Apposition,
}

/// Returns the title beside a name; `None` where it is not wholly one (vice president, 총리실, 总统府), or the text calls it past.
pub(super) fn beside(draft: &Draft<'_>, name: Span) -> Option<TitleBeside> {
    match draft.lang {
        Lang::En => english_before(draft, name).or_else(|| english_apposition(draft, name)),
        Lang::Ko => korean_after(draft, name),
        _ => chinese_after(draft, name).or_else(|| chinese_before(draft, name)),
    }
}

/// Returns the longest word of the table that fits.
fn longest(lang: &Lang, fits: impl Fn(&str) -> bool) -> Option<&'static str> {
    let words = TABLE.iter().flat_map(|row| &row.words[column(lang)]).map(|(word, _)| *word);
    words.filter(|word| fits(word)).max_by_key(|word| word.len())
}

/// Nations that stand between such a word and a title.
const ENGLISH_NATIONS: &str = "chinese south north korean japanese american russian us u s taiwanese";

/// Words before an English title that make another one of it.
const ENGLISH_OTHERS: &str = "former then ex late vice deputy acting first assistant incoming outgoing elect ousted impeached \
    interim executive under company past";

fn english_before(draft: &Draft<'_>, name: Span) -> Option<TitleBeside> {
    let before = draft.before(name, 60).trim_end();
    let end = draft.text[..name.start].trim_end().len();
    let lower = before.to_ascii_lowercase();
    let word = longest(&draft.lang, |word| lower.ends_with(word))?;
    let rest = &before[..before.len() - word.len()];
    let whole = !rest.ends_with(|c: char| c.is_alphanumeric() || matches!(c, '-' | '–' | '/'));
    let span = Span::new(end - word.len(), end);
    let stands = whole && end < name.start && !is_of_another(rest);
    stands.then_some(TitleBeside { word, span, side: Side::Before })
}

/// What befell somebody in office, and is told of them by that office: the impeachment of President Park Geun-hye.
const ENGLISH_EVENTS: &str = "impeachment removal ouster inauguration assassination death election arrest overthrow";

/// Returns whether the words before an English title make another one of it, a nation between them or not: former South Korean.
fn is_of_another(before: &str) -> bool {
    if ENGLISH_EVENTS.split(' ').any(|event| before.trim_end().ends_with(&format!("{event} of"))) {
        return true;
    }
    let words = before.rsplit(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_ascii_lowercase);
    let nearest = words.take(4).find(|word| !has(ENGLISH_NATIONS, word));
    nearest.is_some_and(|word| has(ENGLISH_OTHERS, &word))
}

/// Returns whether a list of words has a word.
fn has(list: &str, word: &str) -> bool {
    list.split(' ').any(|listed| listed == word)
}

/// What may stand between a comma and a title.
const ENGLISH_OWNERS: &str = "the China’s China's Chinese South Korea’s Korea's Korean North Japan’s Japan's Japanese";

fn english_apposition(draft: &Draft<'_>, name: Span) -> Option<TitleBeside> {
    let after = draft.after(name, 80);
    let mut rest = after.strip_prefix(", ")?;
    while let Some((_, title)) = rest.split_once(' ').filter(|(owner, _)| has(ENGLISH_OWNERS, owner)) {
        rest = title;
    }
    let lower = rest.to_ascii_lowercase();
    let word = longest(&draft.lang, |word| lower.starts_with(word))?;
    let start = name.end + after.len() - rest.len();
    let behind = &rest[word.len()..];
    // The man who speaks for the office, or its years, is another matter.
    let whole = [",", ".", ";", " of China", " of South Korea", ")"].iter().any(|end| behind.starts_with(end));
    let span = Span::new(start, start + word.len());
    whole.then_some(TitleBeside { word, span, side: Side::Apposition })
}

/// Words between a Korean name and its title that change nothing.
const KOREAN_LINKS: &str = "중국 한국 대한민국 북한 일본 미국 러시아 현";

/// Words after a Korean title that make another one of it, or put it into a time of its own.
const KOREAN_OTHERS: &str = "후보 권한대행 직무대행 대행 당선 부인 특사 경호 시절 때 정부 정권 재임 \
    당시 탄핵 파면 하야 퇴진 계엄 취임 임기 집권 비서 정책 기념 지명 예정 명의 내정 측 서거 \
    생가 묘 특별";

fn korean_after(draft: &Draft<'_>, name: Span) -> Option<TitleBeside> {
    let after = draft.after(name, 90);
    let mut rest = &after[gloss::length_at_start(after)..];
    rest = rest.strip_prefix(' ').unwrap_or(rest);
    if let Some((_, title)) = rest.split_once(' ').filter(|(link, _)| has(KOREAN_LINKS, link)) {
        rest = title;
    }
    let word = longest(&draft.lang, |word| rest.starts_with(word))?;
    let start = name.end + after.len() - rest.len();
    let tail = &rest[word.len()..];
    let eojeol = tail.find(|c: char| !c.is_alphanumeric()).unwrap_or(tail.len());
    let next = tail[eojeol..].trim_start_matches(' ');
    let other = eojeol == 0 && KOREAN_OTHERS.split(' ').any(|other| next.starts_with(other));
    let whole = particle::is_chain(&tail[..eojeol]) && !other;
    whole.then_some(TitleBeside { word, span: Span::new(start, start + word.len()), side: Side::After })
}

/// Characters and words after a Chinese title that make another one of it.
const CHINESE_OTHERS: &str = "府 弹劾 罢免 就任 戒严 候选 當選 当选 时期 时代 任内 办公 代行 代理 特使 夫人 秘书 助理 级 \
    制 团 选举 职 政府";

/// Characters and words before a Chinese title that make another one of it.
const CHINESE_PAST: &str = "副 前 原 代 任 故 旧 准 候任";

fn chinese_after(draft: &Draft<'_>, name: Span) -> Option<TitleBeside> {
    let after = draft.after(name, 60);
    let rest = &after[gloss::length_at_start(after)..];
    let simplified: String = rest.chars().map(han::simplified).collect();
    let word = longest(&draft.lang, |word| simplified.starts_with(word))?;
    let length: usize = rest.chars().take(word.chars().count()).map(char::len_utf8).sum();
    let other = CHINESE_OTHERS.split(' ').any(|other| simplified[word.len()..].starts_with(other));
    let start = name.end + after.len() - rest.len();
    (!other).then_some(TitleBeside { word, span: Span::new(start, start + length), side: Side::After })
}

fn chinese_before(draft: &Draft<'_>, name: Span) -> Option<TitleBeside> {
    let before = draft.before(name, 60);
    let simplified: String = before.chars().map(han::simplified).collect();
    let word = longest(&draft.lang, |word| simplified.ends_with(word))?;
    let length: usize = before.chars().rev().take(word.chars().count()).map(char::len_utf8).sum();
    let rest = &simplified[..simplified.len() - word.len()];
    let past = CHINESE_PAST.split(' ').any(|past| rest.ends_with(past));
    (!past).then_some(TitleBeside { word, span: Span::new(name.start - length, name.start), side: Side::Before })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_office_has_a_word_in_each_language() {
        for row in TitleWords::all() {
            assert!(row.words.iter().all(|words| words.iter().all(|(word, _)| !word.is_empty())), "{}", row.office);
        }
        assert!(TitleWords::of(&ConceptId("prc.premier".into())).is_some_and(|row| row.word_like(&Lang::En, "") == "premier"));
    }

    #[test]
    fn a_title_stands_beside_a_name_or_does_not() {
        for (lang, text, name, word) in [
            (Lang::En, "the Chinese Prime Minister Li Qiang said", "Li Qiang", Some("prime minister")),
            (Lang::En, "then-President Moon Jae-in", "Moon Jae-in", None),
            (Lang::En, "the former South Korean President Moon Jae-in", "Moon Jae-in", None),
            (Lang::En, "Vice Premier He Lifeng", "He Lifeng", None),
            (Lang::En, "Li Qiang, China’s prime minister, said", "Li Qiang", Some("prime minister")),
            (Lang::En, "Li Qiang, premier from 2023", "Li Qiang", None),
            (Lang::Ko, "리커창(李克强) 중국 총리와", "리커창", Some("총리")),
            (Lang::Ko, "김민석 국무원 총리가", "김민석", Some("국무원 총리")),
            (Lang::Ko, "문재인 전 대통령", "문재인", None),
            (Lang::Ko, "문재인 대통령실", "문재인", None),
            (Lang::Ko, "문재인 대통령 시절", "문재인", None),
            (Lang::ZhHans, "国务院总理金民锡", "金民锡", Some("国务院总理")),
            (Lang::ZhHant, "總統李在明", "李在明", Some("总统")),
            (Lang::ZhHans, "前总统文在寅", "文在寅", None),
            (Lang::ZhHans, "李在明总统府", "李在明", None),
        ] {
            let start = text.find(name).unwrap();
            let draft = Draft::new(text, lang, &[], Vec::new());
            let found = beside(&draft, Span::new(start, start + name.len()));
            assert_eq!(found.map(|found| found.word), word, "{text}");
        }
    }
}
