//! Names found by their sound alone: of the shipped people and places only the preferred terms are kept, and every other
//! writing that the glossaries record is looked up.

use std::collections::BTreeMap;

use tongsa::glossary::concept::{Concept, Kind};
use tongsa::glossary::rank;
use tongsa::glossary::term::TermStatus;
use tongsa::store::Store;
use tongsa::store::batches::BatchCounts;
use tongsa::store::body::Encoded;
use tongsa::workspace::shipped;

/// Returns a store of the concepts with nothing but their preferred terms.
fn store_of_preferred(concepts: &[Concept]) -> Store {
    let mut store = Store::in_memory().unwrap();
    let mut batch = store.begin_batch("preferred", "").unwrap();
    for concept in concepts {
        let mut bare = Concept::new(concept.id.clone(), concept.kind.clone());
        let preferred = concept.terms().filter(|(lang, term)| term.status == TermStatus::Preferred && lang.is_written_in(lang));
        preferred.for_each(|(lang, term)| bare.add_term(lang.clone(), term.clone()));
        batch.add(&Encoded::new(&bare)).unwrap();
    }
    batch.write_index(1000).unwrap();
    batch.commit(BatchCounts { added: concepts.len(), ..BatchCounts::default() }).unwrap();
    store
}

#[test]
fn recorded_spellings_and_readings_are_found_without_their_record() {
    let concepts = shipped::concepts().unwrap();
    let store = store_of_preferred(&concepts);
    let mut by_section: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    let mut missed = Vec::new();
    for concept in concepts.iter().filter(|concept| concept.kind == Kind::Person) {
        let sections = ["ko-Latn", "zh-Latn-wadegile", "zh-Latn-pinyin", "ko-x-reading", "ko-Hani"];
        for (lang, term) in concept.terms().filter(|(lang, _)| sections.contains(&lang.tag())) {
            let found = rank::lookup(&store, &term.text, 3, 75).unwrap();
            let right = found.matches.iter().any(|found| found.found.concept.id == concept.id);
            let counts = by_section.entry(lang.tag().to_owned()).or_default();
            counts.1 += 1;
            counts.0 += usize::from(right);
            if !right {
                missed.push(format!("{} ({})", term.text, concept.id.as_str()));
            }
        }
    }
    by_section.iter().for_each(|(section, (right, all))| println!("{section}: {right} of {all} found by sound"));
    println!("missed: {}", missed.join(", "));
    for (section, (right, all)) in by_section {
        assert!(right * 100 >= all * 85, "{section}: {right} of {all}");
    }
}

#[test]
fn names_of_other_people_find_nobody() {
    let concepts = shipped::concepts().unwrap();
    let store = store_of_preferred(&concepts);
    for other in [
        "이재형",
        "김종은",
        "이강인",
        "조현아",
        "Lee Chang",
        "Lee Jae-hyung",
        "Kim Jong-in",
        "Park Joon-hee",
        "한정애",
        "조현우",
    ] {
        let found = rank::lookup(&store, other, 3, 75).unwrap();
        let names: Vec<&str> = found.matches.iter().map(|found| found.found.concept.id.as_str()).collect();
        assert!(names.is_empty(), "{other} {names:?}");
    }
    for (query, right, wrong) in
        [("Li Keqiang", "prc.li-keqiang", "prc.li-qiang"), ("Li Qiang", "prc.li-qiang", "prc.li-keqiang")]
    {
        let found = rank::lookup(&store, query, 3, 75).unwrap();
        let names: Vec<&str> = found.matches.iter().map(|found| found.found.concept.id.as_str()).collect();
        assert!(names.contains(&right) && !names.contains(&wrong), "{query} {names:?}");
    }
}
