//! The pre-translation of a draft for other programs: a table with a row a segment, or XLIFF with the matches as alternatives.

use std::io::{self, Write};

use tongsa::exchange::xliff::{Alternative, PretranslatedSegment, XliffWriter};
use tongsa::lang::Lang;
use tongsa::memory::article::one_line;
use tongsa::workspace::fuzzy_match::MatchAnswer;

use crate::cli::fuzzy_match::{origins, rendered};

/// A pre-translation under way.
pub struct Pretranslation<W: Write> {
    sheet: Sheet<W>,
    /// How many segments are written.
    segments: usize,
}

enum Sheet<W: Write> {
    Tsv(W),
    Xliff(XliffWriter<W>),
}

impl<W: Write> Pretranslation<W> {
    /// Begins a table with its header.
    pub fn tsv(mut out: W) -> io::Result<Self> {
        writeln!(out, "segment\tscore\ttext\tmatch\ttarget\torigin\tterms")?;
        Ok(Self { sheet: Sheet::Tsv(out), segments: 0 })
    }

    /// Begins an XLIFF file. `original` is the name of the draft.
    pub fn xliff(out: W, from: Lang, to: Lang, original: &str) -> io::Result<Self> {
        Ok(Self { sheet: Sheet::Xliff(XliffWriter::new(out, from, to, original)?), segments: 0 })
    }

    /// Writes the answer for the next segment.
    pub fn write(&mut self, answer: &MatchAnswer) -> io::Result<()> {
        self.segments += 1;
        let terms: Vec<String> = answer.terms.iter().map(|term| rendered(&answer.query, term)).collect();
        let terms = terms.join("; ");
        match &mut self.sheet {
            Sheet::Tsv(out) => row(out, self.segments, answer, &terms),
            Sheet::Xliff(writer) => trans_unit(writer, self.segments, answer, &terms),
        }
    }

    /// Writes the end.
    pub fn finish(self) -> io::Result<()> {
        match self.sheet {
            Sheet::Tsv(mut out) => out.flush(),
            Sheet::Xliff(writer) => writer.finish(),
        }
    }
}

fn row(out: &mut impl Write, number: usize, answer: &MatchAnswer, terms: &str) -> io::Result<()> {
    let best = answer.matches.first();
    let score = best.map_or(String::new(), |best| best.score.to_string());
    let [source, target, origin] = best.map_or_else(Default::default, |best| {
        [one_line(&best.source.text), one_line(&best.target.text), one_line(&origins(best))]
    });
    writeln!(out, "{number}\t{score}\t{}\t{source}\t{target}\t{origin}\t{}", one_line(&answer.query), one_line(terms))
}

fn trans_unit(writer: &mut XliffWriter<impl Write>, number: usize, answer: &MatchAnswer, terms: &str) -> io::Result<()> {
    let alternatives: Vec<Alternative<'_>> = answer
        .matches
        .iter()
        .map(|found| Alternative {
            source: &found.source.text,
            target: &found.target.text,
            score: found.score,
            origin: found.origins.first().map_or("", |origin| &origin.source),
        })
        .collect();
    let note = (!terms.is_empty()).then_some(terms);
    writer.write(&PretranslatedSegment { id: &number.to_string(), source: &answer.query, alternatives: &alternatives, note })
}
