//! The unrecorded names of an English draft: runs of words with capitals, without the titles before them.

use std::sync::LazyLock;

use rustc_hash::{FxHashMap as HashMap, FxHashSet as HashSet};

use crate::check::drift::census::{Form, NameSpan, Tally};
use crate::check::drift::stops;
use crate::names::{korean_spelling, title};
use crate::text::span::Span;

/// Small words inside names.
const INSIDE: [&str; 13] = ["of", "de", "van", "von", "der", "den", "bin", "ibn", "du", "da", "di", "la", "le"];

/// Words with a capital that open a sentence, or a name, and are no part of it.
const OPENERS: &str = "A About According Across After Again Against All Also Although Among An And Another Any As At Back \
    Because Before Behind Beside Between Both But By Can Despite Did Do Does During Each Earlier Even Ever Every Finally First \
    For Former Four From Had Has Have He Her Here His How However I If In Inside Instead Into Is It Its Last Later Like Many \
    May Meanwhile Most My Near Never Next No None Nor Not Now Of Off On Once One Only Or Other Our Out Outside Over \
    Perhaps Since So Some Soon Still Such That The Their Then There These They This Those Though Three Through Today Tomorrow \
    Two Under Unlike Until Up Upon Was We Were What When Where Whether Which While Who Whose Why Will With Within Without \
    Would Yes Yesterday Yet You Your Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February July September \
    October November December";

static OPENING: LazyLock<HashSet<&str>> = LazyLock::new(|| OPENERS.split_whitespace().collect());

/// What a word is in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    /// It begins with a capital and goes on in small letters.
    Capital,
    /// A small word that may stand inside a name.
    Inside,
    /// An initial or an acronym: not a name on its own, but what stands behind it is not alone.
    Letters,
    /// Any other.
    Other,
}

/// The words of a name in the making, and what stood before them.
#[derive(Debug, Default)]
struct Run<'t> {
    words: Vec<Span>,
    opens: bool,
    sentence: u32,
    before: Option<&'t str>,
    title: Option<&'t str>,
}

/// Counts the names of a draft, and every word of them.
pub(super) fn count(tally: &mut Tally<'_, '_>) {
    let (draft, text) = (tally.draft, tally.draft.text);
    let mut run = Run::default();
    let mut sentence = 0;
    let mut previous = Span::new(0, 0);
    for word in draft.words() {
        let gap = &text[previous.end..word.start];
        let opens = previous.is_empty() || stops::ends_sentence(previous.of(text), gap);
        sentence += u32::from(opens);
        let joined = !opens && matches!(gap, " " | "\n");
        let written = word.of(text);
        let class = class(written, run.words.last().map(|last| last.of(text)));
        match class {
            Class::Capital if draft.is_matched(word) => {
                run = restart(tally, run, Some(written), None);
            }
            Class::Capital => {
                if joined_by_apostrophe(text, previous, gap) && !run.words.is_empty() {
                    run.words.last_mut().into_iter().for_each(|last| last.end = word.end);
                } else {
                    let (before, title) = beside(text, previous, gap);
                    if !joined || run.words.is_empty() {
                        let matched = run.words.is_empty().then_some(run.before).flatten().filter(|_| joined);
                        run = restart(tally, run, matched.or(before), title);
                        (run.opens, run.sentence) = (opens, sentence);
                    }
                    run.words.push(word);
                }
            }
            Class::Inside if joined && !run.words.is_empty() => run.words.push(word),
            Class::Letters => run = restart(tally, run, Some(written), None),
            Class::Inside | Class::Other => run = restart(tally, run, None, None),
        }
        previous = word;
    }
    finish(tally, run);
    mark_everyday(tally);
}

/// Ends a run and begins another one.
fn restart<'t>(tally: &mut Tally<'_, 't>, run: Run<'t>, before: Option<&'t str>, title: Option<&'t str>) -> Run<'t> {
    let mut words = finish(tally, run);
    words.clear();
    Run { words, before, title, ..Run::default() }
}

fn class(word: &str, previous: Option<&str>) -> Class {
    if INSIDE.contains(&word) {
        return Class::Inside;
    }
    if !word.starts_with(char::is_uppercase) || word.contains(|c: char| c.is_numeric()) {
        return Class::Other;
    }
    if !word.contains(char::is_lowercase) {
        return Class::Letters;
    }
    // Jae-myung goes on in a small letter after the hyphen, and so does London-based.
    let small = word.split('-').skip(1).any(|part| !part.starts_with(char::is_uppercase));
    let given = small && (previous.is_some_and(korean_spelling::is_family) || is_korean_given(word));
    if small && !given { Class::Other } else { Class::Capital }
}

fn is_korean_given(word: &str) -> bool {
    korean_spelling::relation(word, word) == korean_spelling::Relation::Same
}

/// O'Brien and D'Angelo are one word each.
fn joined_by_apostrophe(text: &str, previous: Span, gap: &str) -> bool {
    matches!(gap, "'" | "’") && previous.len() == 1 && previous.of(text).starts_with(char::is_uppercase)
}

/// Returns the initial, and the title in small letters, that stand before a run.
fn beside<'t>(text: &'t str, previous: Span, gap: &str) -> (Option<&'t str>, Option<&'t str>) {
    let word = previous.of(text);
    let is_initial = word.len() == 1 && word.starts_with(char::is_uppercase) && matches!(gap, ". " | "." | " ");
    let is_title = matches!(gap, " " | ". ") && title::precedes_english_name(word);
    (is_initial.then_some(word), is_title.then_some(word))
}

/// Counts the name that a run holds, and gives back its words' memory.
fn finish<'t>(tally: &mut Tally<'_, 't>, mut run: Run<'t>) -> Vec<Span> {
    let text = tally.draft.text;
    while run.words.last().is_some_and(|word| INSIDE.contains(&word.of(text))) {
        run.words.pop();
    }
    let is_opener = |word: &Span| OPENING.contains(word.of(text));
    let openers =
        if run.opens || run.words.len() > 1 { run.words.iter().take_while(|word| is_opener(word)).count() } else { 0 };
    let titled = run.words.iter().rposition(|word| title::precedes_english_name(word.of(text)));
    let titled = titled.filter(|at| *at >= openers && at + 1 < run.words.len());
    if let Some(at) = titled {
        run.title = Some(run.words[at].of(text));
    }
    let start = titled.map_or(openers, |at| at + 1);
    let words: Vec<Span> = run.words[start..].iter().copied().skip_while(|word| INSIDE.contains(&word.of(text))).collect();
    run.opens &= start == 0;
    run.before = run.before.filter(|_| start == 0);
    count_words(tally, &run, &words);
    run.words
}

fn count_words<'t>(tally: &mut Tally<'_, 't>, run: &Run<'t>, words: &[Span]) {
    let text = tally.draft.text;
    let (Some(first), Some(last)) = (words.first(), words.last()) else { return };
    let base = NameSpan {
        span: Span::new(first.start, last.end),
        form: Form::Name,
        sentence: run.sentence,
        opens: run.opens,
        before: run.before,
        after: None,
        title: run.title,
    };
    if (2..=6).contains(&words.len()) {
        tally.add(base);
    }
    for (at, word) in words.iter().enumerate().filter(|(_, word)| !INSIDE.contains(&word.of(text))) {
        let before = if at == 0 { run.before } else { Some(words[at - 1].of(text)) };
        let after = words.get(at + 1).map(|word| word.of(text));
        let (opens, title) = (run.opens && at == 0, run.title.filter(|_| at + 1 == words.len()));
        tally.add(NameSpan { span: *word, form: Form::Word, opens, before, after, title, ..base });
    }
}

/// Marks the words that the draft also has in small letters: they are no names.
fn mark_everyday(tally: &mut Tally<'_, '_>) {
    let words = tally.spellings.iter().enumerate().filter(|(_, spelling)| spelling.form == Form::Word);
    let by_small: HashMap<String, usize> = words.map(|(row, spelling)| (spelling.text.to_lowercase(), row)).collect();
    let text = tally.draft.text;
    for word in tally.draft.words() {
        let written = word.of(text);
        if written.starts_with(|c: char| !c.is_uppercase())
            && let Some(row) = by_small.get(written)
        {
            tally.spellings[*row].is_everyday = true;
        }
    }
}
