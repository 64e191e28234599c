//! All documents of a language as one long book, with chapters missing on either side.

use tongsa::lang::Lang;
use tongsa::memory::align::{self, AlignText};
use tongsa::memory::lexicon::Lexicon;

use crate::gold::{Document, GoldBead, Half};
use crate::score::{self, Score};
use crate::side;

/// One chapter in so many is missing in the English text, and another in the translation.
const MISSING: usize = 10;

/// Prints how well and how fast the book is aligned, without a lexicon and with one.
pub fn compare(documents: &[&Document], lexicon: Option<&Lexicon>) {
    let book = book(documents);
    let none = |texts: &[String]| vec![Vec::new(); texts.len()];
    let (english_marks, other_marks) = (none(&book.english), none(&book.other));
    let (english, other) = (side(&book.english, &english_marks), side(&book.other, &other_marks));
    let source = AlignText { lang: &Lang::En, sentences: &english };
    let target = AlignText { lang: &book.lang, sentences: &other };
    for (name, is_own, lexicon) in [("no lexicon", false, None), ("its own lexicon", true, None), ("lexicon", false, lexicon)] {
        let start = score::cpu_seconds();
        let mut alignment = align::align(source, target, lexicon);
        if is_own {
            let own = align::lexicon_of(source, target, &alignment);
            alignment = align::align(source, target, Some(&own));
        }
        let seconds = score::cpu_seconds() - start;
        let score = Score::of(&book, &alignment.beads);
        println!(
            "book of {} and {} sentences, {name}: strict {:.3}/{:.3} {:.3}, parallelism {:.2}, {:.0} sentences a second",
            english.len(),
            other.len(),
            score.precision(),
            score.recall(),
            score.f1(),
            alignment.parallelism,
            book.sentences() as f64 / seconds
        );
    }
}

/// Puts the documents that are not edited one after another.
fn book(documents: &[&Document]) -> Document {
    let mut book = Document {
        lang: documents[0].lang.clone(),
        name: String::new(),
        source: String::new(),
        half: Half::A,
        english: Vec::new(),
        other: Vec::new(),
        beads: Vec::new(),
    };
    for (nth, document) in documents.iter().filter(|document| document.stem() == document.name).enumerate() {
        let (in_english, in_other) = (nth % MISSING != 3, nth % MISSING != 7);
        let moved = |numbers: &[usize], by: usize| numbers.iter().map(|number| number + by).collect();
        if in_english && in_other {
            book.beads.extend(document.beads.iter().map(|bead| GoldBead {
                english: moved(&bead.english, book.english.len()),
                other: moved(&bead.other, book.other.len()),
                is_coarse: bead.is_coarse,
            }));
        }
        book.english.extend(document.english.iter().filter(|_| in_english).cloned());
        book.other.extend(document.other.iter().filter(|_| in_other).cloned());
    }
    book
}
