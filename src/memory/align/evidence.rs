//! What one sentence shows of its content: signs that its counterpart shows as well, and pieces that a lexicon may know.

use crate::memory::align::{Sentence, length};
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
    /// How much it says, in English letters.
    pub extent: f32,
}

impl Evidence {
    /// Reads the sentences of a text.
    pub fn of_each(sentences: &[Sentence<'_>], with_word_pieces: bool) -> Vec<Self> {
        let mut reader = Reader::default();
        sentences.iter().map(|sentence| reader.read(sentence, with_word_pieces)).collect()
    }
}

/// Reads one sentence after another, with room that it uses again.
#[derive(Clone, Debug, Default)]
struct Reader {
    signs: Vec<Sign>,
    word_pieces: Vec<WordPiece>,
    lower: String,
    extent: f32,
}

impl Reader {
    fn read(&mut self, sentence: &Sentence<'_>, with_word_pieces: bool) -> Evidence {
        self.extent = 0.0;
        self.signs.clear();
        self.word_pieces.clear();
        sentence.marks.iter().for_each(|mark| self.push(Kind::Mark, *mark));
        number::numbers(sentence.text).for_each(|number| self.push(Kind::Number, number.thousandths));
        self.push_text(sentence.text);
        if with_word_pieces {
            word_piece::push_word_pieces(sentence.text, &mut self.word_pieces);
        }
        Evidence { signs: each_once(&mut self.signs), word_pieces: each_once(&mut self.word_pieces), extent: self.extent }
    }

    fn push(&mut self, kind: Kind, value: u64) {
        self.signs.push(Sign { kind, value });
    }

    /// Adds the Latin words, the numbers among them, the sounds of names, the forms, and how much all that says.
    fn push_text(&mut self, text: &str) {
        let (mut forms, mut rest) = (0_u8, text);
        while let Some(first) = rest.chars().next() {
            if !word_piece::is_letter(first) {
                forms |= form(first);
                self.extent += if first.is_numeric() { length::extent_of(Script::of(first)) } else { 0.0 };
                rest = &rest[first.len_utf8()..];
                continue;
            }
            let script = Script::of(first);
            let (run, after) = rest.split_at(word_piece::end_of_run(rest, script));
            self.extent += length::extent_of(script) * run.chars().count() as f32;
            match script {
                Script::Alphabetic => self.push_latin(run),
                Script::Hangul => self.push_hangul(run),
                Script::Han => {}
            }
            rest = after;
        }
        (0..u8::BITS).filter(|bit| forms >> bit & 1 == 1).for_each(|bit| self.push(Kind::Form, u64::from(bit)));
    }

    fn push_latin(&mut self, run: &str) {
        self.lower.clear();
        if run.is_ascii() {
            self.lower.push_str(run);
            self.lower.make_ascii_lowercase();
        } else {
            self.lower.extend(run.chars().flat_map(char::to_lowercase));
        }
        self.push(Kind::Latin, hash(&self.lower));
        if let Some(value) = number::of_word(&self.lower) {
            self.push(Kind::Number, value);
        }
        if run.starts_with(char::is_uppercase) && run.chars().nth(1).is_some_and(char::is_lowercase) {
            foreign_name::latin_skeleton(run).into_iter().for_each(|skeleton| self.push(Kind::Sound, skeleton));
        }
    }

    fn push_hangul(&mut self, run: &str) {
        let ends = run.char_indices().map(|(at, _)| at).chain([run.len()]).skip(2).take(LONGEST_NAME);
        for end in ends.filter(|end| particle::is_chain(&run[*end..])) {
            foreign_name::hangul_skeleton(&run[..end]).into_iter().for_each(|skeleton| self.push(Kind::Sound, skeleton));
        }
    }
}

/// Returns the items in order, each once.
fn each_once<T: Copy + Ord>(items: &mut Vec<T>) -> Vec<T> {
    items.sort_unstable();
    items.dedup();
    items.clone()
}

/// The longest name in Hangul whose sound is compared, in syllables.
const LONGEST_NAME: usize = 8;

/// Returns a bit for what a mark of a sentence shows; none for another character.
fn form(c: char) -> u8 {
    match c {
        '?' | '？' => 1,
        '"' | '“' | '”' | '「' | '『' | '《' => 1 << 1,
        '!' | '！' => 1 << 2,
        '(' | '（' => 1 << 3,
        '%' | '％' => 1 << 4,
        ';' | '；' => 1 << 5,
        _ => 0,
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

    fn read(text: &str) -> Evidence {
        Evidence::of_each(&[Sentence { text, marks: &[] }], false).remove(0)
    }

    fn shared(one: &str, other: &str) -> Vec<Kind> {
        let read = |text| read(text).signs;
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

    #[test]
    fn translations_say_as_much() {
        for (english, other) in [
            ("The two leaders met in Beijing on Monday.", "두 정상은 월요일 베이징에서 만났다."),
            ("The two leaders met in Beijing on Monday.", "两国领导人星期一在北京会晤。"),
        ] {
            let ratio = read(other).extent / read(english).extent;
            assert!((0.75..1.33).contains(&ratio), "{other} {ratio}");
        }
        for (text, extent) in [(" -- !?", 0.0), ("Café 12", 6.0), ("Xi는 ½", 5.25), ("习2次", 6.9)] {
            assert!((read(text).extent - extent).abs() < 1e-4, "{text} {}", read(text).extent);
        }
    }
}
