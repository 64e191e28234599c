//! Aligns the sentences of two versions of one text.
//!
//! A pure function of the sentences, the marks that the caller gives them, and a lexicon where one was learned. It weighs
//! for each pair of stretches how much likelier they are as translations than by chance: by their lengths, by the signs that
//! both show (numbers, words in Latin letters, sounds of names, marks), and by the pieces that the lexicon knows to stand for
//! one another. What nothing speaks for stays out.

mod anchor;
mod corridor;
mod evidence;
mod field;
pub mod group;
mod length;
mod odds;
mod path;
mod pieces;
mod powers;
mod rows;

use std::ops::Range;

use crate::lang::Lang;
use crate::memory::lexicon::{Lexicon, LexiconLearner};
use evidence::{Evidence, Kind, Sign};
use field::Field;
use length::Extents;

/// A sentence to align.
#[derive(Clone, Copy, Debug)]
pub struct Sentence<'a> {
    /// The sentence.
    pub text: &'a str,
    /// Numbers of what it names, the same in every language: equal marks on both sides are shared evidence.
    pub marks: &'a [u64],
}

/// One version of a text.
#[derive(Clone, Copy, Debug)]
pub struct AlignText<'a> {
    /// Its language.
    pub lang: &'a Lang,
    /// Its sentences in order.
    pub sentences: &'a [Sentence<'a>],
}

/// Sentences of both sides that say the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Bead {
    /// The numbers of the source sentences, one to three.
    pub source: Range<usize>,
    /// The numbers of the target sentences, one to three.
    pub target: Range<usize>,
    /// How likely it is that exactly these belong together, 0 to 1.
    pub confidence: f32,
}

/// What two versions of a text have in common.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Alignment {
    /// The pairs in order; sentences that stand in none have no counterpart.
    pub beads: Vec<Bead>,
    /// How much of the two texts is surely each other's translation, 0 to 1. Below [`LEAST_PARALLEL`] they are no versions
    /// of one text, and `beads` is empty.
    pub parallelism: f32,
}

/// The least share of common text of two versions of one text. Of the pairs of unrelated texts in the benchmark, 97 of 100 stay
/// below it where there is a lexicon, and 93 where there is none.
pub const LEAST_PARALLEL: f32 = 0.2;

/// Aligns two texts. A lexicon of other languages than theirs is not used.
pub fn align(source: AlignText<'_>, target: AlignText<'_>, lexicon: Option<&Lexicon>) -> Alignment {
    let lexicon = lexicon.filter(|lexicon| lexicon.is_of(source.lang, target.lang));
    let turned = lexicon.is_some_and(|lexicon| !source.lang.is_written_in(lexicon.source()));
    let (here, there) = if turned { (target, source) } else { (source, target) };
    let mut alignment = align_forward(here, there, lexicon);
    if turned {
        alignment.beads.iter_mut().for_each(|bead| std::mem::swap(&mut bead.source, &mut bead.target));
    }
    alignment
}

/// Learns from sure pairs which pieces of the two texts stand for one another: long texts that are aligned a second time with
/// this lexicon, where there is none of the store, are aligned much better.
pub fn lexicon_of(source: AlignText<'_>, target: AlignText<'_>, alignment: &Alignment) -> Lexicon {
    let mut learner = LexiconLearner::new(source.lang, target.lang);
    let text = |text: AlignText<'_>, range: &Range<usize>| -> String {
        let texts: Vec<&str> = text.sentences[range.clone()].iter().map(|sentence| sentence.text).collect();
        texts.join(" ")
    };
    for bead in alignment.beads.iter().filter(|bead| bead.confidence >= SURE) {
        learner.add(&text(source, &bead.source), &text(target, &bead.target));
    }
    learner.finish()
}

/// From this confidence on, a pair teaches.
const SURE: f32 = 0.9;

fn align_forward(source: AlignText<'_>, target: AlignText<'_>, lexicon: Option<&Lexicon>) -> Alignment {
    let read = |text: AlignText<'_>| Evidence::of_each(text.sentences, lexicon.is_some());
    let measured = |side: &[Evidence]| Extents::new(&side.iter().map(|evidence| evidence.extent).collect::<Vec<_>>());
    let (sources, targets) = (read(source), read(target));
    let field = Field::new(&sources, &targets, lexicon);
    let extents = (measured(&sources), measured(&targets));
    let corridor = corridor::Corridor::new(&field, source.sentences.len(), target.sentences.len());
    let beads = path::likeliest_beads(&field, (&extents.0, &extents.1), &corridor);
    if lexicon.is_none() && !are_witnessed(&beads, &sources, &targets) {
        return Alignment::default();
    }
    judged(beads, &extents)
}

/// One pair in so many has to show more than a like length ...
const PAIRS_OF_WITNESS: usize = 12;
/// ... in texts of so few pairs; in longer ones the lengths alone do not agree by chance.
const FEW_PAIRS: usize = 24;

/// Returns whether more than their lengths speaks for the pairs: numbers, names or Latin words that stand on both sides. Two that
/// only sound alike are as much as one of the others, since that happens by chance too.
fn are_witnessed(beads: &[Bead], sources: &[Evidence], targets: &[Evidence]) -> bool {
    let signs = |side: &[Evidence], range: &Range<usize>| -> Vec<Sign> {
        side[range.clone()].iter().flat_map(|evidence| evidence.signs.iter().copied()).collect()
    };
    let halves = |bead: &Bead| {
        let there = signs(targets, &bead.target);
        let here = signs(sources, &bead.source);
        let shared = here.iter().filter(|sign| there.contains(sign));
        let halves = shared.map(|sign| match sign.kind {
            Kind::Mark | Kind::Number | Kind::Latin => 2,
            Kind::Sound => 1,
            Kind::Form => 0,
        });
        halves.max().unwrap_or(0)
    };
    beads.len() > FEW_PAIRS || 2 * beads.len() <= PAIRS_OF_WITNESS * beads.iter().map(halves).sum::<usize>()
}

/// Returns the alignment, without beads where the texts have too little in common.
fn judged(beads: Vec<Bead>, (source, target): &(Extents, Extents)) -> Alignment {
    let common = |bead: &Bead| {
        let of = |extents: &Extents, range: &Range<usize>| f64::from(extents.of(range.end, range.len()));
        // A pair that is as likely wrong as right counts for nothing: unrelated texts have some.
        let sureness = f64::from((2.0 * bead.confidence - 1.0).max(0.0));
        sureness * (of(source, &bead.source) + of(target, &bead.target))
    };
    // The geometric mean of the two texts, so that one chapter beside its book is no stranger.
    let all = 2.0 * (source.total() * target.total()).sqrt().max(1.0);
    let parallelism = (beads.iter().map(common).sum::<f64>() / all).min(1.0) as f32;
    let beads = if parallelism < LEAST_PARALLEL { Vec::new() } else { beads };
    Alignment { beads, parallelism }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const MARKS: &[u64] = &[];

    fn sentences<'a>(texts: &[&'a str]) -> Vec<Sentence<'a>> {
        texts.iter().map(|text| Sentence { text, marks: MARKS }).collect()
    }

    fn aligned(source: &[&str], target: (&Lang, &[&str])) -> Alignment {
        let (from, to) = (sentences(source), sentences(target.1));
        let source = AlignText { lang: &Lang::En, sentences: &from };
        align(source, AlignText { lang: target.0, sentences: &to }, None)
    }

    /// Writes the beads as `source-target`.
    fn beads(source: &[&str], target: (&Lang, &[&str])) -> Vec<String> {
        let written = |bead: &Bead| format!("{:?}-{:?}", bead.source, bead.target);
        aligned(source, target).beads.iter().map(written).collect()
    }

    const ENGLISH: [&str; 6] = [
        "The mayor opened the new library on March 3, 2024.",
        "It has 42,000 books and 120 seats.",
        "\"We waited nine years for this day,\" said Anna Becker, who runs it.",
        "The building cost 31 million won.",
        "Who will pay for the second floor?",
        "The NDR and the WMO sent observers to the ceremony, which lasted less than an hour.",
    ];
    const KOREAN: [&str; 6] = [
        "시장은 2024년 3월 3일 새 도서관의 문을 열었다.",
        "이곳에는 책 4만2000권과 좌석 120개가 있다.",
        "\"우리는 이날을 9년 동안 기다렸다\"고 도서관을 운영하는 안나 베커는 말했다.",
        "건물에는 3100만 원이 들었다.",
        "2층 비용은 누가 낼 것인가?",
        "NDR와 WMO는 한 시간도 걸리지 않은 이 기념식에 참관인을 보냈다.",
    ];
    const CHINESE: [&str; 6] = [
        "2024年3月3日，市长为新图书馆揭幕。",
        "馆内有42000册书和120个座位。",
        "“我们为这一天等了九年，”图书馆负责人安娜·贝克尔说。",
        "这座建筑耗资3100万韩元。",
        "谁来支付二楼的费用？",
        "NDR和WMO派观察员出席了不到一小时的仪式。",
    ];

    #[test]
    fn sentences_find_their_translations() {
        let expected: Vec<String> = (0..6).map(|at| format!("{at}..{0}-{at}..{0}", at + 1)).collect();
        assert_eq!(beads(&ENGLISH, (&Lang::Ko, &KOREAN)), expected);
        assert_eq!(beads(&ENGLISH, (&Lang::ZhHans, &CHINESE)), expected);
    }

    #[test]
    fn what_is_joined_or_left_out_is_seen() {
        let joined = format!("{} {}", KOREAN[0], KOREAN[1]);
        let merged = [joined.as_str(), KOREAN[2], KOREAN[3], KOREAN[4], KOREAN[5]];
        assert_eq!(beads(&ENGLISH, (&Lang::Ko, &merged)), ["0..2-0..1", "2..3-1..2", "3..4-2..3", "4..5-3..4", "5..6-4..5"]);
        let dropped = [KOREAN[0], KOREAN[2], KOREAN[3], KOREAN[5]];
        assert_eq!(beads(&ENGLISH, (&Lang::Ko, &dropped)), ["0..1-0..1", "2..3-1..2", "3..4-2..3", "5..6-3..4"]);
        let joined = format!("{} {}", ENGLISH[2], ENGLISH[3]);
        let english = [ENGLISH[0], ENGLISH[1], joined.as_str(), ENGLISH[4], ENGLISH[5]];
        assert_eq!(beads(&english, (&Lang::Ko, &KOREAN)), ["0..1-0..1", "1..2-1..2", "2..3-2..4", "3..4-4..5", "4..5-5..6"]);
    }

    #[test]
    fn texts_that_have_nothing_in_common_give_no_pairs() {
        let other =
            ["고양이는 잠을 잔다.", "비가 온다.", "오늘 저녁에는 아무것도 하고 싶지 않다고 그가 몇 번이나 말했다.", "끝."];
        for target in [&other[..], &[]] {
            let alignment = aligned(&ENGLISH, (&Lang::Ko, target));
            assert!(alignment.beads.is_empty(), "{alignment:?}");
            assert!(alignment.parallelism < LEAST_PARALLEL);
        }
        assert_eq!(aligned(&[], (&Lang::Ko, &[])), Alignment::default());
        assert!(aligned(&[], (&Lang::Ko, &KOREAN)).beads.is_empty());
        assert!(aligned(&["", "-"], (&Lang::Ko, &["", "..."])).parallelism < LEAST_PARALLEL);
    }

    #[test]
    fn a_lexicon_serves_either_way_round() {
        let (english, korean) = (sentences(&ENGLISH), sentences(&KOREAN));
        let source = AlignText { lang: &Lang::En, sentences: &english };
        let target = AlignText { lang: &Lang::Ko, sentences: &korean };
        let lexicon = lexicon_of(source, target, &Alignment { beads: repeated(6), parallelism: 1.0 });
        let there = align(source, target, Some(&lexicon));
        let mut back = align(target, source, Some(&lexicon));
        back.beads.iter_mut().for_each(|bead| std::mem::swap(&mut bead.source, &mut bead.target));
        assert_eq!(there, back);
        assert_eq!(there.beads.len(), 6);
        let chinese = sentences(&CHINESE);
        let other = AlignText { lang: &Lang::ZhHans, sentences: &chinese };
        assert_eq!(align(source, other, Some(&lexicon)), align(source, other, None));
    }

    /// Returns beads of one sentence each.
    fn repeated(count: usize) -> Vec<Bead> {
        (0..count).map(|at| Bead { source: at..at + 1, target: at..at + 1, confidence: 1.0 }).collect()
    }

    #[test]
    fn one_sentence_finds_its_place_in_a_text() {
        assert_eq!(beads(&ENGLISH[..1], (&Lang::Ko, &KOREAN[..1])), ["0..1-0..1"]);
        assert_eq!(beads(&ENGLISH[1..2], (&Lang::Ko, &KOREAN[..3])), ["0..1-1..2"]);
    }

    #[test]
    fn marks_are_shared_evidence() {
        let marks: Vec<[u64; 2]> = (0..20).map(|nth| [nth, 100 + nth]).collect();
        let marked = |text: &'static str, from: usize| -> Vec<Sentence<'_>> {
            marks[from..].iter().map(|marks| Sentence { text, marks }).collect()
        };
        let (from, to) = (marked("The witness agreed.", 0), marked("증인은 동의했다.", 10));
        let source = AlignText { lang: &Lang::En, sentences: &from };
        let found = align(source, AlignText { lang: &Lang::Ko, sentences: &to }, None);
        let pairs: Vec<(usize, usize)> = found.beads.iter().map(|bead| (bead.source.start, bead.target.start)).collect();
        assert!(pairs.len() >= 9 && pairs.iter().all(|(source, target)| *source == target + 10), "{pairs:?}");
    }

    #[test]
    fn a_missing_chapter_does_not_lose_the_way() {
        let english: Vec<String> = (0..1000).map(|nth| format!("Number {} was drawn on day {nth}.", nth * 7 + 100)).collect();
        let korean: Vec<String> = (0..1000).map(|nth| format!("{nth}일째에는 {}번이 뽑혔다.", nth * 7 + 100)).collect();
        let (english, korean): (Vec<&str>, Vec<&str>) =
            (english.iter().map(String::as_str).collect(), korean.iter().map(String::as_str).collect());
        let short = [&korean[..250], &korean[700..]].concat();
        let found = aligned(&english, (&Lang::Ko, &short));
        let right = |bead: &&Bead| {
            let missing = if bead.source.start < 250 { 0 } else { 450 };
            bead.source.start == bead.target.start + missing
        };
        assert!(found.beads.iter().filter(right).count() > 520, "{}", found.beads.iter().filter(right).count());
        assert!(found.beads.iter().all(|bead| right(&bead)));
    }

    #[test]
    fn sentences_that_are_all_alike_are_no_trouble() {
        let (english, korean) = (vec!["Yes."; 2000], vec!["네."; 2000]);
        let found = aligned(&english, (&Lang::Ko, &korean));
        assert!(found.beads.iter().all(|bead| bead.source.start.abs_diff(bead.target.start) < 300));
    }

    fn assert_sound(alignment: &Alignment, sources: usize, targets: usize) {
        let (mut source, mut target) = (0, 0);
        for bead in &alignment.beads {
            assert!(source <= bead.source.start && target <= bead.target.start, "{alignment:?}");
            assert!(!bead.source.is_empty() && !bead.target.is_empty(), "{alignment:?}");
            assert!((0.0..=1.0).contains(&bead.confidence), "{alignment:?}");
            (source, target) = (bead.source.end, bead.target.end);
        }
        assert!(source <= sources && target <= targets && (0.0..=1.0).contains(&alignment.parallelism));
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        #[test]
        fn beads_are_in_order_and_within_the_texts(
            english in prop::collection::vec("(the |2026 |Becker |APEC |\\PC){0,12}", 0..90),
            other in prop::collection::vec("([가-힣]{1,4} |2026년 |国|\\PC){0,12}", 0..90),
        ) {
            let (from, to): (Vec<&str>, Vec<&str>) =
                (english.iter().map(String::as_str).collect(), other.iter().map(String::as_str).collect());
            for lang in [Lang::Ko, Lang::ZhHant] {
                assert_sound(&aligned(&from, (&lang, &to)), from.len(), to.len());
            }
        }
    }
}
