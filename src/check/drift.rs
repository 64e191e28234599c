//! Names that drift: spelled one way here and another way there, in one draft or in several, with no glossary to say which
//! is right.
//!
//! A census counts the names of a draft that no glossary knows, spellings that are near meet (`nearness`), and `sameness` says
//! whether a rare one is a slip for a usual one. What is reported, and in which words, is
//! left to the rule.

mod census;
mod group;
mod kinship;
mod nearness;
mod sameness;
mod slip;
mod stops;

use std::collections::{BTreeMap, BTreeSet};

pub use crate::check::drift::census::Census;
use crate::check::drift::census::{Form, MOST_STRAYS};
use crate::check::drift::group::Group;
use crate::check::drift::nearness::Nearness;

use crate::lang::Lang;
use crate::text::span::Span;

/// A spelling that is a slip for another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    /// How the name stands where it is a slip.
    pub written: String,
    /// How it stands elsewhere.
    pub usual: String,
    /// At how many places each of them stands, in all drafts.
    pub written_count: usize,
    /// The same of the other.
    pub usual_count: usize,
    /// The places of the slip: the number of the draft, and the place in it.
    pub places: Vec<(usize, Span)>,
}

/// Returns the slips in drafts that are looked at together, in order of place; each language is a matter of its own.
///
/// In several drafts only whole names are compared: a surname alone may be somebody else's in the next draft.
pub fn drifts(censuses: &[&Census]) -> Vec<Drift> {
    let mut groups: BTreeMap<(&Lang, Form), BTreeMap<&str, Group<'_>>> = BTreeMap::new();
    for (draft, census) in censuses.iter().enumerate() {
        let compared = census.spellings.iter().filter(|spelling| spelling.form == Form::Name || censuses.len() == 1);
        for spelling in compared {
            let of_form = groups.entry((&census.lang, spelling.form)).or_default();
            let group = of_form.entry(&spelling.text).or_insert_with(|| Group { members: Vec::new() });
            group.members.push((draft, spelling));
        }
    }
    let mut drifts = Vec::new();
    for ((lang, _), groups) in groups {
        drifts.extend(drifts_among(lang, &groups.into_values().collect::<Vec<_>>()));
    }
    keep_whole_names(&mut drifts);
    drifts.sort_by(|a, b| a.places.cmp(&b.places));
    drifts
}

/// Drops the places of words within names that are slips as a whole; names stand before words.
fn keep_whole_names(drifts: &mut Vec<Drift>) {
    let mut taken: BTreeMap<(usize, usize), usize> = BTreeMap::new();
    for drift in drifts.iter_mut() {
        drift.places.retain(|(draft, span)| {
            let before = taken.range((*draft, 0)..(*draft, span.end)).next_back();
            let free = before.is_none_or(|(_, end)| *end <= span.start);
            if free {
                taken.insert((*draft, span.start), span.end);
            }
            free
        });
    }
    drifts.retain(|drift| !drift.places.is_empty());
}

/// Finds the usual spelling of each rare one, where it has exactly one.
fn drifts_among(lang: &Lang, groups: &[Group<'_>]) -> Vec<Drift> {
    let mut nearness = Nearness::default();
    for (number, group) in groups.iter().enumerate().filter(|(_, group)| group.count() > 1) {
        sameness::keys(lang, group.text()).iter().for_each(|key| nearness.insert(key, number));
    }
    if nearness.is_empty() {
        return Vec::new();
    }
    let usual_of = |stray: &Group<'_>| {
        let keys = sameness::keys(lang, stray.text());
        let near: BTreeSet<usize> = keys.iter().flat_map(|key| nearness.near(key)).collect();
        let others = near.into_iter().map(|number| &groups[number]).filter(|usual| usual.text() != stray.text());
        let mut meant = others.filter(|usual| sameness::is_one_name(lang, stray, usual));
        meant.next().filter(|_| meant.next().is_none())
    };
    let strays = groups.iter().filter(|group| group.count() <= MOST_STRAYS);
    strays.filter_map(|stray| drift(stray, usual_of(stray)?)).collect()
}

fn drift(stray: &Group<'_>, usual: &Group<'_>) -> Option<Drift> {
    let places = stray.members.iter().flat_map(|(draft, spelling)| {
        spelling.places.iter().filter(|place| !place.excused).map(move |place| (*draft, place.span))
    });
    let places: Vec<(usize, Span)> = places.collect();
    (!places.is_empty()).then(|| Drift {
        written: stray.text().to_owned(),
        usual: usual.text().to_owned(),
        written_count: stray.count(),
        usual_count: usual.count(),
        places,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::draft::Draft;
    use proptest::prelude::*;

    /// Returns the census of a text whose lines are its paragraphs.
    fn census(text: &str, lang: Lang) -> Census {
        let mut start = 0;
        let mut prose = Vec::new();
        for line in text.split_inclusive('\n') {
            prose.push(vec![Span::new(start, start + line.trim_end().len())]);
            start += line.len();
        }
        Census::of(&Draft::new(text, lang, &prose, Vec::new()))
    }

    /// Returns each slip with the spelling that is meant, and how often the two stand.
    fn found(text: &str) -> Vec<(String, String, usize, usize)> {
        let mut found: Vec<_> = drifts(&[&census(text, Lang::En)])
            .into_iter()
            .map(|drift| (drift.written, drift.usual, drift.written_count, drift.usual_count))
            .collect();
        found.sort_unstable();
        found
    }

    /// Paragraphs of our own, each with a place for a name.
    const PARAGRAPHS: [&str; 6] = [
        "The harbour was bought by Mirko {}, who lives abroad.",
        "In the evening a spokesman for {} said nothing.",
        "Nobody doubts that {} will sell it again.",
        "A court in the north heard {} on Friday.",
        "The lawyers of Mirko {} were late.",
        "It is not known where {} went.",
    ];

    fn written(paragraphs: &[usize], names: &[&str]) -> String {
        let lines = paragraphs.iter().map(|number| PARAGRAPHS[*number].replace("{}", names[*number % names.len()]));
        lines.collect::<Vec<_>>().join("\n\n")
    }

    const NAME: &str = "[BDKLT][aou]nd[aeo]v[iou]l[aeo]r";

    proptest! {
        #[test]
        fn one_spelling_never_drifts(name in NAME, order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
            prop_assert_eq!(found(&written(&order, &[&name])), []);
        }

        #[test]
        fn any_name_drifts_in_any_order(name in NAME, at in 2_usize..7, order in Just((0..6).collect::<Vec<usize>>()).prop_shuffle()) {
            let slip = format!("{}{}", &name[..=at], &name[at..]);
            let names = [&name, &name, &name, &name, &name, slip.as_str()];
            prop_assert_eq!(found(&written(&order, &names)), [(slip.clone(), name.clone(), 1, 5)]);
        }

        #[test]
        fn no_text_is_too_odd(text in "[A-Ca-c가-다王李 ·()'\n.-]{0,60}", lang in prop::sample::select(vec![Lang::En, Lang::Ko, Lang::ZhHans])) {
            let census = census(&text, lang);
            for (draft, span) in drifts(&[&census, &census]).into_iter().flat_map(|drift| drift.places) {
                prop_assert!(draft < 2 && !span.of(&text).is_empty());
            }
        }
    }

    #[test]
    fn drafts_are_looked_at_together() {
        let first = census("Sculptures by Mirko Tavendahl are rare.\n\nBuyers trust Mirko Tavendahl blindly.", Lang::En);
        let second = census("A lawyer of Mirko Tavendhal called. He likes fish.", Lang::En);
        let third = census("Critics praised Mirko Tavendahl again.", Lang::En);
        let korean = census("미르코 타벤달 총리가 왔다.", Lang::Ko);
        let found = drifts(&[&first, &second, &korean, &third]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].written.as_str(), found[0].usual.as_str()), ("Mirko Tavendhal", "Mirko Tavendahl"));
        assert_eq!((found[0].written_count, found[0].usual_count), (1, 3));
        assert_eq!(found[0].places, [(1, Span::new(12, 27))]);
        assert!(drifts(&[&first, &second]).is_empty(), "twice is not usual");
    }
}
