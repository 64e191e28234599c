//! The shipped glossaries are code: read, well formed, in canonical order, free of contradictions.

use tongsa::exchange::csv::{ColumnSurvey, CsvOptions, GlossaryReader, GlossaryWriter};
use tongsa::glossary::concept::{Concept, ConceptId, Kind};
use tongsa::glossary::day::Day;
use tongsa::glossary::flaw;
use tongsa::glossary::office::Office;
use tongsa::workspace::shipped;

fn read(name: &str, text: &'static str) -> Vec<Concept> {
    let options = CsvOptions { glossary: name.to_owned(), ..CsvOptions::default() };
    let mut reader = GlossaryReader::new(Box::new(std::io::Cursor::new(text)), &options).unwrap();
    let mut concepts = Vec::new();
    while let Some(row) = reader.next_row().unwrap() {
        concepts.push(reader.layout().concept(&row).unwrap().unwrap());
    }
    concepts
}

#[test]
fn every_file_is_in_canonical_form() {
    for (name, text) in shipped::FILES {
        let concepts = read(name, text);
        let mut survey = ColumnSurvey::default();
        concepts.iter().for_each(|concept| survey.see(concept));
        let mut sorted = concepts.clone();
        sorted.sort_by(|a, b| a.id.cmp(&b.id));
        let mut out = Vec::new();
        let mut writer = GlossaryWriter::new(&mut out, survey.columns()).unwrap();
        sorted.iter().for_each(|concept| writer.write(concept).unwrap());
        writer.finish().unwrap();
        assert_eq!(&String::from_utf8(out).unwrap(), text, "{name}");
    }
}

#[test]
fn every_concept_is_well_formed() {
    let concepts = shipped::concepts().unwrap();
    let flaws: Vec<String> = concepts.iter().flat_map(flaw::flaws).map(|flaw| flaw.to_string()).collect();
    assert_eq!(flaws, Vec::<String>::new());
    assert!(concepts.len() >= 450, "{}", concepts.len());
    let mut ids: Vec<_> = concepts.iter().map(|concept| &concept.id).collect();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), concepts.len());
}

#[test]
fn no_term_is_right_here_and_wrong_there() {
    let concepts = shipped::concepts().unwrap();
    let contradictions: Vec<String> = flaw::contradictions(&concepts).iter().map(ToString::to_string).collect();
    assert_eq!(contradictions, Vec::<String>::new());
}

#[test]
fn every_concept_says_who_says_so() {
    for concept in shipped::concepts().unwrap() {
        assert!(concept.source.is_some(), "{}", concept.id);
        assert!(concept.properties.iter().any(|(name, _)| name == "confidence"), "{}", concept.id);
    }
}

#[test]
fn offices_and_pointers_name_concepts_that_there_are() {
    let concepts = shipped::concepts().unwrap();
    let find = |id: &ConceptId| concepts.iter().find(|concept| concept.id == *id);
    for concept in &concepts {
        for office in concept.offices() {
            assert_eq!(find(&office.title).map(|title| &title.kind), Some(&Kind::Title), "{}", office.title);
        }
        for pointer in ["holder", "successor"].iter().filter_map(|name| concept.pointer(name)) {
            assert!(find(&pointer).is_some(), "{pointer}");
        }
        if let Some(holder) = concept.pointer("holder").and_then(|id| find(&id)) {
            let holds = |office: &Office| office.title == concept.id && office.term.holds_on(Day::LAST);
            assert!(holder.offices().iter().any(holds), "{} is not held by {}", concept.id, holder.id);
        }
    }
}
