//! A draft beside its source: both texts → sentences with the concepts named in them → pairs.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::check::counterpart::{self, Counterpart, SegmentPair, SourceFile};
use crate::check::draft::Draft;
use crate::exchange::draft_file::{DraftFile, FilePlace};
use crate::exchange::prose::Block;
use crate::glossary::concept::Kind;
use crate::glossary::matcher::TermMatch;
use crate::glossary::mention::{self, Families, Mention};
use crate::memory::align::{self, AlignText, Bead, Sentence};
use crate::text::fold::Folded;
use crate::text::line_index::LineColumn;
use crate::text::sentence;
use crate::text::span::Span;
use crate::workspace::check::fold_block;
use crate::workspace::{Result, Workspace};

/// A text with what the alignment needs of it.
struct Side<'a, 'd> {
    file: &'a DraftFile,
    draft: &'d Draft<'a>,
    sentences: Vec<Span>,
}

impl SourceFile for DraftFile {
    fn bytes_and_place(&self, span: Span) -> (Span, LineColumn) {
        let FilePlace { bytes, start, .. } = self.place(span);
        (bytes, start)
    }
}

impl Workspace {
    /// Lays a draft beside the text that it was translated from; `None` where the two have too little in common to be versions
    /// of one text.
    pub(super) fn counterpart<'a>(
        &self,
        (source_file, source): (&'a DraftFile, &Draft<'a>),
        (file, draft): (&'a DraftFile, &Draft<'a>),
    ) -> Result<Option<Counterpart<'a>>> {
        let here = Side { file: source_file, draft: source, sentences: sentences(source_file) };
        let there = Side { file, draft, sentences: sentences(file) };
        let named: Vec<Mention> = source.outer_matches().map(mentioned).collect();
        let named_again = second_mentions(&here, &Families::named(source.outer_matches(), &source.lang));
        let mut families = Families::named(draft.outer_matches(), &draft.lang);
        for person in named.iter().filter(|mention| mention.found.concept.kind == Kind::Person) {
            families.introduce(&person.found, &draft.lang);
        }
        let draft_named_again = second_mentions(&there, &families);
        let draft_named: Vec<Mention> = draft.outer_matches().map(mentioned).collect();
        let (ours, theirs) = ([&named, &named_again], [&draft_named, &draft_named_again]);
        let beads = self.beads((&here, ours), (&there, theirs))?;
        let gaps = gaps(&beads, here.sentences.len(), there.sentences.len());
        let pairs = beads.iter().chain(&gaps).map(|bead| pair(bead, &here.sentences, &there.sentences));
        let mut pairs: Vec<SegmentPair> = pairs.collect();
        pairs.sort_by_key(|pair| pair.target);
        let (name, text, lang) = (source_file.name.as_str(), source_file.text.as_str(), source.lang.clone());
        let counterpart = Counterpart { name, text, file: source_file, lang, pairs, named, named_again, draft_named_again };
        Ok((!beads.is_empty()).then_some(counterpart))
    }

    /// Aligns the sentences by what the glossary finds in them and what the memory has learned of the two languages.
    fn beads(
        &self,
        (here, ours): (&Side<'_, '_>, [&Vec<Mention>; 2]),
        (there, theirs): (&Side<'_, '_>, [&Vec<Mention>; 2]),
    ) -> Result<Vec<Bead>> {
        let lexicon = self.known_lexicon(&here.draft.lang, &there.draft.lang)?;
        let (our_marks, their_marks) = (marks(&here.sentences, ours), marks(&there.sentences, theirs));
        let (sources, targets) = (here.marked(&our_marks), there.marked(&their_marks));
        let source = AlignText { lang: &here.draft.lang, sentences: &sources };
        let target = AlignText { lang: &there.draft.lang, sentences: &targets };
        Ok(align::align(source, target, lexicon.as_ref()).beads)
    }
}

impl Side<'_, '_> {
    fn marked<'s>(&'s self, marks: &'s [Vec<u64>]) -> Vec<Sentence<'s>> {
        let sentences = self.sentences.iter().zip(marks);
        sentences.map(|(span, marks)| Sentence { text: span.of(&self.file.text), marks }).collect()
    }
}

fn mentioned(found: &TermMatch) -> Mention {
    Mention { span: found.span, found: found.found.clone(), term: found.term().text.clone() }
}

/// Returns the sentences of the prose.
fn sentences(file: &DraftFile) -> Vec<Span> {
    let places = file.blocks.iter().filter_map(extent);
    places
        .flat_map(|block| sentence::sentences(block.of(&file.text)).into_iter().map(move |s| s.shifted(block.start)))
        .collect()
}

fn extent(block: &Block) -> Option<Span> {
    Some(Span::new(block.first()?.start, block.last()?.end))
}

fn second_mentions(side: &Side<'_, '_>, families: &Families) -> Vec<Mention> {
    let (text, matches) = (&side.file.text, &side.draft.matches);
    let mut mentions = Vec::new();
    let mut folded = Folded::default();
    for block in &side.file.blocks {
        let Some(place) = extent(block) else { continue };
        fold_block(text, block, &mut folded);
        let from = matches.partition_point(|found| found.span.start < place.start);
        let to = matches.partition_point(|found| found.span.start < place.end);
        mentions.extend(mention::second_mentions(text, &folded, &matches[from..to], families, &side.draft.lang));
    }
    mentions.sort_by_key(|mention| mention.span);
    mentions
}

/// Returns for each sentence the numbers of the concepts named in it.
fn marks(sentences: &[Span], mentions: [&Vec<Mention>; 2]) -> Vec<Vec<u64>> {
    let number = |mention: &Mention| FxBuildHasher.hash_one(mention.found.concept.id.as_str());
    let of = |sentence: &Span| mentions.iter().flat_map(|list| counterpart::within(list, *sentence)).map(number).collect();
    sentences.iter().map(of).collect()
}

/// What stands between two pairs on both sides is loosely paired where it is so short on either side.
const LONGEST_GAP: usize = 2;
/// How sure such a pair is.
const LOOSE: f32 = 0.5;

/// Returns the loose pairs: sentences that nothing joins but what stands around them.
fn gaps(beads: &[Bead], sources: usize, targets: usize) -> Vec<Bead> {
    let starts = beads.iter().map(|bead| (bead.source.start, bead.target.start)).chain([(sources, targets)]);
    let ends = std::iter::once((0, 0)).chain(beads.iter().map(|bead| (bead.source.end, bead.target.end)));
    let between = ends.zip(starts).map(|((source, target), (source_end, target_end))| Bead {
        source: source..source_end,
        target: target..target_end,
        confidence: LOOSE,
    });
    between.filter(|gap| [&gap.source, &gap.target].iter().all(|side| (1..=LONGEST_GAP).contains(&side.len()))).collect()
}

fn pair(bead: &Bead, sources: &[Span], targets: &[Span]) -> SegmentPair {
    let place = |sentences: &[Span], from: usize, to: usize| {
        Span::new(sentences[from].start, sentences[to.min(sentences.len()) - 1].end)
    };
    SegmentPair {
        source: place(sources, bead.source.start, bead.source.end),
        target: place(targets, bead.target.start, bead.target.end),
        source_around: place(sources, bead.source.start.saturating_sub(1), bead.source.end + 1),
        target_around: place(targets, bead.target.start.saturating_sub(1), bead.target.end + 1),
        confidence: bead.confidence,
    }
}
