//! What one sentence shows of its content: signs that its counterpart shows as well, and pieces that a lexicon may know.

use crate::memory::align::Sentence;
use crate::memory::word_piece::{self, WordPiece};
use crate::names::foreign_name;
use crate::text::script::Script;
use crate::text::{number, particle};

/// What kind of sign it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// What the caller has marked, such as a concept of the glossary.
    Mark,
    /// A number by its value.
    Number,
    /// A word in Latin letters.
    Latin,
    /// The consonants of a capitalised word or of an eojeol.
    Sound,
    /// A question, a quotation, a list mark.
    Form,
}

impl Kind {
    /// Returns in what share of translations the sign of one side stands on the other, where it stands anywhere there.
    pub fn kept(self) -> f32 {
        match self {
            Self::Mark => 0.85,
            Self::Number => 0.95,
            Self::Latin => 0.85,
            Self::Sound => 0.45,
            Self::Form => 0.96,
        }
    }
}

/// A sign: equal signs on both sides speak for a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Sign {
    /// Its kind.
    pub kind: Kind,
    /// Its value.
    pub value: u64,
}

/// What one sentence shows, each sign once.
#[derive(Clone, Debug, Default)]
pub struct Evidence {
    /// The signs, in order.
    pub signs: Vec<Sign>,
    /// The pieces, in order, each once; empty where nobody asks for them.
    pub word_pieces: Vec<WordPiece>,
}

impl Evidence {
    /// Reads a sentence.
    pub fn of(sentence: &Sentence<'_>, with_word_pieces: bool) -> Self {
        let mut evidence = Self::default();
        let mut push = |kind: Kind, value: u64| evidence.signs.push(Sign { kind, value });
        sentence.marks.iter().for_each(|mark| push(Kind::Mark, *mark));
        number::numbers(sentence.text).for_each(|number| push(Kind::Number, number.thousandths));
        push_words(sentence.text, &mut push);
        push_forms(sentence.text, &mut push);
        evidence.signs.sort_unstable();
        evidence.signs.dedup();
        if with_word_pieces {
            word_piece::push_word_pieces(sentence.text, &mut evidence.word_pieces);
            evidence.word_pieces.sort_unstable();
            evidence.word_pieces.dedup();
        }
        evidence
    }
}

/// Adds the Latin words, the numbers among them, and the sounds of names.
fn push_words(text: &str, push: &mut impl FnMut(Kind, u64)) {
    let mut lower = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(word_piece::is_letter) {
        rest = &rest[start..];
        let script = rest.chars().next().map(Script::of);
        let end = rest.find(|c: char| !word_piece::is_letter(c) || Some(Script::of(c)) != script).unwrap_or(rest.len());
        let (run, after) = rest.split_at(end);
        match script {
            Some(Script::Alphabetic) => push_latin(run, &mut lower, push),
            Some(Script::Hangul) => push_hangul(run, push),
            _ => {}
        }
        rest = after;
    }
}

fn push_latin(run: &str, lower: &mut String, push: &mut impl FnMut(Kind, u64)) {
    lower.clear();
    lower.extend(run.chars().flat_map(char::to_lowercase));
    push(Kind::Latin, hash(lower));
    if let Some(value) = number::of_word(lower) {
        push(Kind::Number, value);
    }
    if run.starts_with(char::is_uppercase) && run.chars().nth(1).is_some_and(char::is_lowercase) {
        foreign_name::latin_skeleton(run).into_iter().for_each(|skeleton| push(Kind::Sound, skeleton));
    }
}

/// The longest name in Hangul whose sound is compared, in syllables.
const LONGEST_NAME: usize = 8;

fn push_hangul(run: &str, push: &mut impl FnMut(Kind, u64)) {
    let ends = run.char_indices().map(|(at, _)| at).chain([run.len()]).skip(2).take(LONGEST_NAME);
    for end in ends.filter(|end| particle::is_chain(&run[*end..])) {
        foreign_name::hangul_skeleton(&run[..end]).into_iter().for_each(|skeleton| push(Kind::Sound, skeleton));
    }
}

/// Adds what the marks of a sentence show.
fn push_forms(text: &str, push: &mut impl FnMut(Kind, u64)) {
    const FORMS: [(u64, &[char]); 6] = [
        (1, &['?', '？']),
        (2, &['"', '“', '”', '「', '『', '《']),
        (3, &['!', '！']),
        (4, &['(', '（']),
        (5, &['%', '％']),
        (6, &[';', '；']),
    ];
    for (form, characters) in FORMS {
        if text.contains(characters) {
            push(Kind::Form, form);
        }
    }
}

/// Returns a number for a word; it lives no longer than the alignment.
fn hash(word: &str) -> u64 {
    use std::hash::Hasher;
    let mut hasher = rustc_hash::FxHasher::default();
    hasher.write(word.as_bytes());
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(one: &str, other: &str) -> Vec<Kind> {
        let read = |text| Evidence::of(&Sentence { text, marks: &[] }, false).signs;
        let other = read(other);
        let mut kinds: Vec<Kind> = read(one).into_iter().filter(|sign| other.contains(sign)).map(|sign| sign.kind).collect();
        kinds.dedup();
        kinds
    }

    #[test]
    fn translations_share_signs() {
        for (one, other, kinds) in [
            ("Lee left in October 2025.", "이 대통령은 2025년 10월에 떠났다.", &[Kind::Number][..]),
            ("The APEC summit begins.", "APEC 정상회의가 시작된다.", &[Kind::Latin]),
            ("Merkel met Obama.", "오바마는 기뻐했다.", &[Kind::Sound]),
            ("Who was it?", "谁？", &[Kind::Form]),
            ("It rained.", "비가 왔다.", &[]),
        ] {
            assert_eq!(shared(one, other), kinds, "{one} {other}");
        }
    }
}
