//! What is usual in the region that a Chinese edition is written for: 南韓 in Taiwan, 特朗普 in Hong Kong.

use crate::check::draft::Draft;
use crate::check::finding::Finding;
use crate::check::house::ChineseRegion;
use crate::glossary::term::Term;

/// Returns whether the words of a finding are what the region of the edition writes: one of its well-known words, or a term
/// that the glossary accepts under the tag of the region.
pub fn is_usual(draft: &Draft<'_>, finding: &Finding) -> bool {
    let Some(region) = draft.house.chinese.filter(|_| draft.lang.is_chinese()) else { return false };
    let written = finding.span.of(draft.text);
    let is_written = |term: &Term| term.is_accepted() && term.text == written;
    words(region).any(|word| word == written)
        || draft.concepts_at(finding.span).any(|(_, found)| {
            let mut sections = found.concept.sections.iter().filter(|section| section.lang.tag() == tag(region));
            sections.any(|section| section.terms.iter().any(is_written))
        })
}

/// Returns the language tag under which glossaries have the terms of a region.
fn tag(region: ChineseRegion) -> &'static str {
    match region {
        ChineseRegion::Mainland => "zh-Hans",
        ChineseRegion::Taiwan => "zh-Hant",
        ChineseRegion::HongKong => "zh-Hant-HK",
    }
}

fn words(region: ChineseRegion) -> impl Iterator<Item = &'static str> {
    let lines = include_str!("region_words.tsv").lines().filter_map(|line| line.split_once('\t'));
    lines.filter(move |(name, _)| *name == region.name()).flat_map(|(_, words)| words.split(' '))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_region_has_words() {
        for (_, region) in ChineseRegion::NAMES {
            assert!(words(region).count() >= 7, "{region:?}");
        }
        assert!(words(ChineseRegion::Taiwan).any(|word| word == "南韓"));
    }
}
