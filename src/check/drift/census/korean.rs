//! The unrecorded names of a Korean draft. Letters alone do not tell a name from a word: what stands before a title or a gloss
//! in brackets is one, and what is written like such a name elsewhere.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::check::draft::Draft;
use crate::check::drift::census::{Form, NameSpan, Tally};
use crate::check::drift::nearness::Nearness;
use crate::check::drift::{slip, stops};
use crate::names::{korean_surname, title};
use crate::text::span::Span;
use crate::text::{hangul, particle};

/// A name has so many syllables: fewer say too little, more are several words.
const SYLLABLES: std::ops::RangeInclusive<usize> = 3..=7;

/// A run of Hangul, with what stands beside it.
#[derive(Clone, Copy, Debug)]
struct Word<'t> {
    span: Span,
    sentence: u32,
    before: Option<&'t str>,
}

/// Counts the names that have a title or a gloss, then the other places of the same names and the words that are near them.
pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let draft = tally.draft;
    for_each_word(draft, |word| {
        if let Some((name, title)) = titled(draft, word.span) {
            tally.add(name_span(word, name, Some(title)));
        }
    });
    let known: HashMap<String, usize> =
        tally.spellings.iter().enumerate().map(|(row, spelling)| (spelling.text.clone(), row)).collect();
    if known.is_empty() {
        return;
    }
    let mut nearness = Nearness::default();
    known.iter().for_each(|(text, row)| nearness.insert(text, *row));
    let firsts: HashSet<char> = known.keys().filter_map(|text| text.chars().next()).collect();
    let texts: Vec<String> = tally.spellings.iter().map(|spelling| spelling.text.clone()).collect();
    for_each_word(draft, |word| {
        if word.span.of(draft.text).starts_with(|c| firsts.contains(&c))
            && titled(draft, word.span).is_none()
            && let Some(name) = untitled(draft, word.span, &known, &nearness, &texts)
        {
            tally.add(name_span(word, name, None));
        }
    });
}

fn name_span<'t>(word: Word<'t>, span: Span, title: Option<&'t str>) -> NameSpan<'t> {
    let Word { sentence, before, .. } = word;
    NameSpan { span, form: Form::Name, sentence, opens: false, before, after: None, title }
}

fn for_each_word<'t>(draft: &Draft<'t>, mut visit: impl FnMut(Word<'t>)) {
    let text = draft.text;
    let mut previous = Span::new(0, 0);
    let mut sentence = 0;
    for span in draft.words() {
        let gap = &text[previous.end..span.start];
        sentence += u32::from(stops::ends_sentence(previous.of(text), gap));
        let before = (gap == " ").then(|| previous.of(text)).filter(|before| before.starts_with(hangul::is_syllable));
        if span.of(text).chars().all(hangul::is_syllable) {
            visit(Word { span, sentence, before });
        }
        previous = span;
    }
}

/// Returns the name in a word that has a title or a gloss, and that title or gloss.
fn titled<'t>(draft: &Draft<'t>, word: Span) -> Option<(Span, &'t str)> {
    let text = draft.text;
    let written = word.of(text);
    if let Some((name, title)) = joined_title(written) {
        return Some((Span::new(word.start, word.start + name), title));
    }
    let after = draft.after(word, 60);
    let title = title_after(after).or_else(|| gloss_after(after))?;
    let is_name = SYLLABLES.contains(&written.chars().count()) && !is_office(written);
    is_name.then_some((word, title))
}

/// Returns the length of a name with a title joined to it, and the title: 홍길동씨는, 고이즈미총리가.
fn joined_title(written: &str) -> Option<(usize, &str)> {
    let cuts = written.char_indices().map(|(at, _)| at).enumerate().skip(*SYLLABLES.start()).take(4);
    let mut titled = cuts.filter_map(|(syllables, cut)| {
        let (name, rest) = written.split_at(cut);
        let length = title_length(rest);
        let is_title = length > 0 && particle::is_chain(&rest[length..]) && !is_office(name);
        // 씨 and 기자 alone tell little of a longer word.
        let korean = syllables == 3 && korean_surname::family_and_given(name).is_some();
        (is_title && (korean || length > "씨".len())).then(|| (cut, &rest[..length]))
    });
    titled.next()
}

/// Titles of the news that stand beside a name, beyond those that the names know.
const FURTHER: [&str; 14] = [
    "상원의원",
    "하원의원",
    "최고경영자",
    "변호사",
    "대법관",
    "후보",
    "판사",
    "검사",
    "박사",
    "코치",
    "국왕",
    "왕자",
    "추기경",
    "교황",
];

/// Returns the length in bytes of the title that `text` begins with, 0 where there is none.
fn title_length(text: &str) -> usize {
    match title::korean_at_start(text) {
        0 => further_title_length(text),
        length => length,
    }
}

fn further_title_length(text: &str) -> usize {
    static FIRSTS: LazyLock<HashSet<char>> =
        LazyLock::new(|| FURTHER.iter().filter_map(|title| title.chars().next()).collect());
    // Nearly no word begins like one of them.
    let may_be = text.chars().next().is_some_and(|first| FIRSTS.contains(&first));
    let title = FURTHER.iter().find(|title| may_be && text.starts_with(**title));
    title.map_or(0, |title| title.len())
}

/// Returns the title that stands after a name, perhaps with what links it: ` 전 대통령`.
fn title_after(after: &str) -> Option<&str> {
    let rest = after.strip_prefix(' ').filter(|rest| rest.starts_with(hangul::is_syllable) || rest.starts_with('前'))?;
    let rest = ["전 ", "현 ", "前 ", "당시 ", "신임 "].iter().find_map(|link| rest.strip_prefix(link)).unwrap_or(rest);
    let length = title_length(rest);
    let tail = &rest[length..];
    let end = tail.find(|c: char| !hangul::is_syllable(c)).unwrap_or(tail.len());
    (length > 0 && particle::is_chain(&tail[..end])).then(|| &rest[..length])
}

/// Returns the words in brackets right after a name, where they are a name in other letters.
fn gloss_after(after: &str) -> Option<&str> {
    let inside = after.strip_prefix(['(', '（'])?;
    let gloss = inside.split([')', '）']).next().filter(|gloss| gloss.len() < inside.len())?;
    let capital = gloss.starts_with(|c: char| c.is_uppercase()) && gloss.chars().any(|c| c.is_lowercase());
    let han = gloss.chars().all(|c| crate::text::script::Script::of(c) == crate::text::script::Script::Han);
    (gloss.len() > 3 && (capital || han)).then_some(gloss)
}

/// Returns whether a word is an office, or what belongs to one (미국의, 승리한), rather than a name.
fn is_office(written: &str) -> bool {
    let person = written.chars().count() == 3 && korean_surname::family_and_given(written).is_some();
    let belongs = written.ends_with(|c| "의과와는을를에".contains(c) || !person && "은한된할".contains(c));
    belongs || title::is_nothing_else(written) || title_length(written) > 0
}

/// Returns a known name that a word begins with, or what is a slip away from exactly one; nothing but particles stands behind.
fn untitled(
    draft: &Draft<'_>,
    word: Span,
    known: &HashMap<String, usize>,
    nearness: &Nearness,
    texts: &[String],
) -> Option<Span> {
    let written = word.of(draft.text);
    let ends = written.char_indices().map(|(at, c)| at + c.len_utf8()).enumerate();
    let ends: Vec<usize> = ends.filter(|(count, _)| SYLLABLES.contains(&(count + 1))).map(|(_, end)| end).collect();
    let stems = || ends.iter().rev().filter(|end| particle::is_chain(&written[**end..]));
    let span = |end: &usize| Span::new(word.start, word.start + end);
    let same = stems().find(|end| known.contains_key(&written[..**end])).map(span);
    same.or_else(|| {
        let near = |stem: &str| nearness.near(stem).iter().any(|row| slip::between_hangul(stem, &texts[*row]).is_some());
        stems().find(|end| near(&written[..**end])).map(span)
    })
}
