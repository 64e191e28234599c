//! Known names written by another rule than the desk's: a Chinese name in its Korean reading, a transcription that the
//! orthography does not give, a Korean name in another romanisation.
//!
//! Two people may share a reading or a spelling. Such a form is reported only where the draft names the person rightly, an
//! office stands beside it, or the orthography never writes it so.

use std::sync::Arc;

use crate::check::eojeol::Eojeol;
use crate::check::suspect::{Cause, Search, Suspect};
use crate::glossary::concept::Kind;
use crate::glossary::index::TermIndex;
use crate::glossary::respelling::{self, Respelling};
use crate::names::korean_spelling;
use crate::names::latin::LatinName;
use crate::names::relation::Way;
use crate::names::{title, transcription};
use crate::text::fold::Folded;
use crate::text::span::Span;

const NAMED: &str = "the right form stands in this draft";
const TITLED: &str = "a title stands beside it";
const BROKEN: &str = "the orthography never writes it so";

impl<I: TermIndex> Search<'_, I> {
    /// Looks for the reading or the mistaken transcription of a Chinese name in an eojeol.
    pub(super) fn korean_respelling(&mut self, block: &Folded, eojeol: &Eojeol<'_>) -> Result<Option<Suspect>, I::Error> {
        let may_be_broken = transcription::breaks_rule(eojeol.key());
        for (stem, joined_title) in eojeol.stems() {
            let length = stem.chars().count();
            let titled = joined_title || eojeol.is_titled();
            let broken = may_be_broken && transcription::breaks_rule(stem);
            if length > 6 || !(titled || broken || self.may_be_named(stem)) {
                continue;
            }
            let found = respelling::misread(self.index, stem)?;
            let [respelling] = found.as_slice() else { continue };
            let evidence = match self.named.contains(&respelling.found.row) {
                true => NAMED,
                false if titled => TITLED,
                false if broken && respelling.way == Way::TranscriptionSlip => BROKEN,
                false => continue,
            };
            let span = block.span(eojeol.start, eojeol.start + length);
            return Ok(Some(suspect(span, respelling, evidence)));
        }
        Ok(None)
    }

    /// Returns whether the draft names a person whose name is read as `stem`.
    fn may_be_named(&self, stem: &str) -> bool {
        self.named_readings.iter().any(|reading| reading == stem)
    }

    /// Looks for a Korean person's name in another romanisation than the person's own.
    pub(super) fn english_respelling(&mut self, block: &Folded, words: &[(usize, usize)]) -> Result<Option<Suspect>, I::Error> {
        let (Some((start, _)), Some((_, end))) = (words.first().copied(), words.last().copied()) else { return Ok(None) };
        let span = block.span(start, end);
        let written = span.of(self.text);
        if words.len() > 4 || !LatinName::parse(written).is_some_and(|name| korean_spelling::is_korean(&name)) {
            return Ok(None);
        }
        let found = respelling::respellings(self.index, written)?;
        let mut people =
            found.iter().filter(|found| found.way == Way::KoreanSpelling && found.found.concept.kind == Kind::Person);
        let (Some(respelling), None) = (people.next(), people.next()) else { return Ok(None) };
        let before = &self.text[self.text.ceil_char_boundary(span.start.saturating_sub(40))..span.start];
        let evidence = if self.named.contains(&respelling.found.row) {
            NAMED
        } else if title::precedes_english_name(before) {
            TITLED
        } else {
            return Ok(None);
        };
        // The term to write is the one in the language of the draft.
        let keyed = (0..respelling.found.keyed.len()).find(|keyed| {
            let (lang, term) = respelling.found.term(*keyed);
            lang == self.lang && term.is_accepted() && !respelling.found.keyed[*keyed].turned
        });
        Ok(keyed.map(|keyed| suspect(span, &Respelling { keyed, ..respelling.clone() }, evidence)))
    }
}

fn suspect(span: Span, respelling: &Respelling, evidence: &'static str) -> Suspect {
    let cause = match respelling.way {
        Way::SinoKorean => Cause::Reading,
        Way::TranscriptionSlip => Cause::Transcription,
        _ => Cause::Romanization,
    };
    Suspect { span, meant: Arc::clone(&respelling.found), keyed: respelling.keyed, cause, evidence }
}
