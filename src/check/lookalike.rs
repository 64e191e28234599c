//! Words of a draft that look or sound like the rendering of a name, where the rendering itself should stand.

use crate::check::draft::Draft;
use crate::glossary::concept::Kind;
use crate::glossary::index::IndexedConcept;
use crate::glossary::term::TermForm;
use crate::lang::Lang;
use crate::names::han_name::Bearer;
use crate::names::relation::{WrittenName, relation};
use crate::text::script::Script;
use crate::text::span::Span;
use crate::text::{distance, fold, han, particle};

/// From this likeness on, in per cent, words stand for a name that must be there.
const LEAST_LIKENESS: u8 = 72;
/// A name of fewer letters is like too many words; one of a person stands where only a person's can.
const FEWEST_LETTERS: usize = 4;
const FEWEST_OF_PERSON: usize = 3;
/// A name has at most so many words.
const MOST_WORDS: usize = 7;

/// Returns the place of the words within `place` that are most like a rendering of a concept; `None` where nothing is.
pub fn find(draft: &Draft<'_>, meant: &IndexedConcept, place: Span) -> Option<Span> {
    let name = Name::new(meant, &draft.lang);
    let candidates = match draft.lang {
        Lang::En => english(draft, place),
        Lang::Ko => korean(draft, place),
        _ => name.han_windows(draft.text, place),
    };
    let free: Vec<Span> = candidates.into_iter().filter(|span| !draft.is_matched(*span)).collect();
    if free.iter().any(|span| name.is_cut_short(span.of(draft.text))) {
        return None;
    }
    let rated = free.into_iter().map(|span| (name.likeness(span.of(draft.text)), span));
    let best = rated.filter(|(likeness, _)| *likeness >= LEAST_LIKENESS).max_by_key(|(likeness, span)| (*likeness, span.len()));
    best.map(|(_, span)| span)
}

/// What a concept may be called.
struct Name {
    /// The accepted renderings in the language of the draft, folded and spelled.
    renderings: Vec<String>,
    /// All names of a person or a place, to be compared by sound.
    sounds: Vec<WrittenName>,
    bearer: Bearer,
    is_person: bool,
}

impl Name {
    fn new(meant: &IndexedConcept, lang: &Lang) -> Self {
        let accepted = || meant.concept.terms().filter(|(_, term)| term.is_accepted() && term.form != TermForm::Acronym);
        let own = accepted().filter(|(written, _)| written.is_written_in(lang)).map(|(_, term)| fold::key(&term.text));
        let is_person = meant.concept.kind == Kind::Person;
        let fewest = if is_person { FEWEST_OF_PERSON } else { FEWEST_LETTERS };
        let sounds = accepted().filter(|_| is_person || meant.concept.kind == Kind::Place);
        Self {
            renderings: own.filter(|key| key.chars().count() >= fewest).map(|key| distance::spelled(&key)).collect(),
            sounds: sounds.filter_map(|(_, term)| WrittenName::new(&term.text)).collect(),
            bearer: if is_person { Bearer::Person } else { Bearer::Place },
            is_person,
        }
    }

    /// Returns whether some words are most of a rendering, which is no other name: 아시아태평양경제협력.
    fn is_cut_short(&self, words: &str) -> bool {
        let key = distance::spelled(&fold::key(words));
        let letters = key.chars().count();
        self.renderings.iter().any(|known| letters * 3 >= known.chars().count() * 2 && known.contains(&key))
    }

    /// Returns how like some words are to a rendering, in per cent.
    fn likeness(&self, words: &str) -> u8 {
        let key = distance::spelled(&fold::key(words));
        let same_start = |known: &&String| !self.is_person || known.chars().next() == key.chars().next();
        let by_letters = self.renderings.iter().filter(same_start).map(|known| distance::similarity(known, &key)).max();
        by_letters.unwrap_or(0).max(self.likeness_by_sound(words))
    }

    fn likeness_by_sound(&self, words: &str) -> u8 {
        let Some(written) = WrittenName::new(words).filter(|_| !self.sounds.is_empty()) else { return 0 };
        let ways = self.sounds.iter().filter_map(|name| relation(&written, name, self.bearer));
        ways.map(|way| way.sureness()).max().unwrap_or(0)
    }

    /// Returns the runs of Han characters of the lengths that the renderings have, or one more or less.
    fn han_windows(&self, text: &str, place: Span) -> Vec<Span> {
        let lengths = self.renderings.iter().map(|known| known.chars().count());
        let mut lengths: Vec<usize> = lengths.flat_map(|length| length.saturating_sub(1).max(2)..=length + 1).collect();
        lengths.sort_unstable();
        lengths.dedup();
        han::windows(text, place, &lengths)
    }
}

/// Returns the capitalised words and their runs, with small words between them.
fn english(draft: &Draft<'_>, place: Span) -> Vec<Span> {
    let words: Vec<Span> = words(draft.text, place, |c| c.is_alphanumeric() || matches!(c, '-' | '\'' | '’')).collect();
    let capital = |word: &Span| word.of(draft.text).starts_with(char::is_uppercase);
    let small = |word: &Span| matches!(word.of(draft.text), "of" | "the" | "and" | "for" | "on" | "in");
    runs(draft.text, &words, |word| capital(word) || small(word), |run| capital(&run[0]) && capital(&run[run.len() - 1]))
}

/// Returns the eojeols and their runs, each also without the particles that it may end in.
fn korean(draft: &Draft<'_>, place: Span) -> Vec<Span> {
    let hangul = |c: char| Script::of(c) == Script::Hangul;
    let words: Vec<Span> = words(draft.text, place, hangul).collect();
    let whole = runs(draft.text, &words, |_| true, |_| true);
    let cut = |span: Span| {
        let text = span.of(draft.text);
        let last = text.rfind(' ').map_or(0, |space| space + 1);
        let chains = particle::chains_at_end(&text[last..]);
        chains.into_iter().map(move |chain| Span::new(span.start, span.end - chain)).collect::<Vec<_>>()
    };
    whole.into_iter().flat_map(cut).filter(|span| !span.is_empty()).collect()
}

/// Returns the words of a place.
fn words(text: &str, place: Span, is_letter: impl Fn(char) -> bool) -> impl Iterator<Item = Span> {
    let mut at = place.start;
    std::iter::from_fn(move || {
        let rest = &text[at..place.end];
        let start = at + rest.find(&is_letter)?;
        let end = text[start..place.end].find(|c| !is_letter(c)).map_or(place.end, |length| start + length);
        at = end;
        Some(Span::new(start, end))
    })
}

/// Returns the runs of up to [`MOST_WORDS`] words with a space between them that all `fit` and as a whole are `good`.
fn runs(text: &str, words: &[Span], fits: impl Fn(&Span) -> bool, good: impl Fn(&[Span]) -> bool) -> Vec<Span> {
    let mut runs = Vec::new();
    for first in 0..words.len() {
        for last in first..words.len().min(first + MOST_WORDS) {
            let joined = last == first || text[words[last - 1].end..words[last].start] == *" ";
            if !joined || !fits(&words[last]) {
                break;
            }
            if good(&words[first..=last]) {
                runs.push(Span::new(words[first].start, words[last].end));
            }
        }
    }
    runs
}
