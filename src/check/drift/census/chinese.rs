//! The unrecorded names of a Chinese draft, where nothing but use says where a name ends: three characters that begin with a
//! surname and have a title beside them, and what stands after the dot of a foreign name as often as the draft repeats it.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::check::draft::Draft;
use crate::check::drift::census::{Form, NameSpan, Tally};
use crate::check::drift::nearness::Nearness;
use crate::check::drift::{slip, stops};
use crate::glossary::matcher;
use crate::names::title;
use crate::text::han;
use crate::text::script::Script;
use crate::text::span::Span;

/// The commonest surnames of China (Ministry of Public Security, 2007) and some of Korea, in simplified characters.
const SURNAMES: &str = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏\
    钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文习薄俞华朴安柳裴卞";

static SURNAME: LazyLock<HashSet<char>> = LazyLock::new(|| SURNAMES.chars().collect());

/// The dots between the parts of a foreign name.
const DOTS: [&str; 4] = ["·", "‧", "・", "•"];

/// A name has so many characters.
const SHORTEST: usize = 3;
const LONGEST: usize = 6;

/// Words that stand behind a noun and end no name: 方法是 is no bearer of the name 方.
const FUNCTION_WORDS: &str = "是的了在和与與也就都及之将將向对對被把给給";

/// A foreign name is cut where it is still found so often, in tenths of its beginning.
const MOSTLY: usize = 7;

/// A run of letters, with what stands before it.
struct Run<'t> {
    span: Span,
    sentence: u32,
    /// The part of the same name before the dot.
    before: Option<&'t str>,
}

/// Counts the names that a title or a dot shows, at all places where they stand, and what is near them.
pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let draft = tally.draft;
    let known = known_names(draft);
    if known.is_empty() {
        return;
    }
    let texts: Vec<&str> = known.iter().copied().collect();
    let mut nearness = Nearness::default();
    texts.iter().enumerate().for_each(|(row, text)| nearness.insert(text, row));
    let firsts: HashSet<char> = texts.iter().filter_map(|text| text.chars().next()).collect();
    for_each_run(draft, |run| {
        let mut end = run.span.start;
        for (at, first) in run.span.of(draft.text).char_indices() {
            let start = run.span.start + at;
            if start < end || !firsts.contains(&first) {
                continue;
            }
            let is_near = |text: &str| nearness.near(text).iter().any(|row| slip::between_han(text, texts[*row]).is_some());
            let windows = || windows(draft.text, start, run.span.end).rev();
            let same = windows().find(|span| known.contains(span.of(draft.text)));
            let name = same.or_else(|| windows().find(|span| is_near(span.of(draft.text)) && ends_word(draft.text, *span)));
            if let Some(span) = name {
                let before = run.before.filter(|_| at == 0);
                let title = title_beside(draft.text, span);
                let (form, sentence) = (Form::Name, run.sentence);
                tally.add(NameSpan { span, form, sentence, opens: false, before, after: None, title });
                end = span.end;
            }
        }
    });
}

fn for_each_run<'t>(draft: &Draft<'t>, mut visit: impl FnMut(Run<'t>)) {
    let text = draft.text;
    let mut previous = Span::new(0, 0);
    let mut sentence = 0;
    for span in draft.words() {
        let gap = &text[previous.end..span.start];
        sentence += u32::from(stops::ends_sentence(previous.of(text), gap));
        let before = DOTS.contains(&gap).then(|| last_part(previous.of(text)));
        visit(Run { span, sentence, before });
        previous = span;
    }
}

/// Returns the last two characters before a dot: where the given name begins is not known.
fn last_part(text: &str) -> &str {
    text.char_indices().rev().nth(1).map_or(text, |(at, _)| &text[at..])
}

/// Returns the stretches of three to six Han characters that begin at `start`, the shortest first.
fn windows(text: &str, start: usize, end: usize) -> impl DoubleEndedIterator<Item = Span> {
    let han = text[start..end].char_indices().take(LONGEST).take_while(|(_, c)| Script::of(*c) == Script::Han);
    let ends: Vec<usize> = han.map(|(at, c)| start + at + c.len_utf8()).collect();
    ends.into_iter().skip(SHORTEST - 1).map(move |end| Span::new(start, end))
}

/// Returns the names that a title or a dot shows.
fn known_names<'t>(draft: &Draft<'t>) -> HashSet<&'t str> {
    let text = draft.text;
    let mut titled: HashSet<&str> = HashSet::default();
    let mut dotted: HashSet<&str> = HashSet::default();
    for_each_run(draft, |run| {
        if run.before.is_some() && !draft.is_matched(run.span) {
            dotted.extend(windows(text, run.span.start, run.span.end).map(|span| span.of(text)));
        }
        for (at, c) in run.span.of(text).char_indices().filter(|(_, c)| is_surname(*c)) {
            let start = run.span.start + at;
            let name = windows(text, start, run.span.end).next().filter(|name| !draft.is_matched(*name));
            let name = name.filter(|name| ends_word(text, *name) && title_beside(text, *name).is_some());
            let name = name.filter(|name| !name.of(text).ends_with(|c| FUNCTION_WORDS.contains(c)));
            titled.extend(name.map(|name| name.of(text)).filter(|_| Script::of(c) == Script::Han));
        }
    });
    titled.extend(whole_names(draft, &dotted));
    titled
}

/// Returns of the beginnings of foreign names those that are whole: with one more character they stand less often.
fn whole_names<'t>(draft: &Draft<'t>, dotted: &HashSet<&'t str>) -> Vec<&'t str> {
    let firsts: HashSet<char> = dotted.iter().filter_map(|name| name.chars().next()).collect();
    let mut counts: HashMap<&str, usize> = HashMap::default();
    for_each_run(draft, |run| {
        for (at, _) in run.span.of(draft.text).char_indices().filter(|(_, c)| firsts.contains(c)) {
            let known = windows(draft.text, run.span.start + at, run.span.end).map(|span| span.of(draft.text));
            known.filter(|name| dotted.contains(name)).for_each(|name| *counts.entry(name).or_default() += 1);
        }
    });
    let often = |name: &str| counts.get(name).copied().unwrap_or(0);
    let stays = |name: &str| often(name) >= 3 && often(name) * 10 >= often(shortest(name)) * MOSTLY;
    let mut whole: HashMap<&str, &str> = HashMap::default();
    for name in dotted.iter().copied().filter(|name| stays(name)) {
        let longest = whole.entry(shortest(name)).or_insert(name);
        if (name.len(), name) > (longest.len(), *longest) {
            *longest = name;
        }
    }
    whole.into_values().collect()
}

/// Returns the first characters of a name, as many as the shortest has.
fn shortest(name: &str) -> &str {
    &name[..name.char_indices().nth(SHORTEST).map_or(name.len(), |(at, _)| at)]
}

fn is_surname(c: char) -> bool {
    SURNAME.contains(&han::simplified(c))
}

/// Returns whether a name ends here rather than inside a longer word.
fn ends_word(text: &str, name: Span) -> bool {
    let (last, next) = (name.of(text).chars().next_back(), text[name.end..].chars().next());
    last.zip(next).is_none_or(|(last, next)| !matcher::is_joint(last, next))
}

/// Returns the title right after a name, or right before it.
fn title_beside(text: &str, name: Span) -> Option<&str> {
    let (before, after) = (&text[..name.start], &text[name.end..]);
    let (behind, ahead) = (title::chinese_at_start(after), title::chinese_at_end(before));
    if behind > 0 { Some(&after[..behind]) } else { (ahead > 0).then(|| &before[before.len() - ahead..]) }
}
