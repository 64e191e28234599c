//! The shipped glossaries are code: read, well formed, in canonical order, free of contradictions.

use tongsa::exchange::csv::{ColumnSurvey, CsvOptions, GlossaryReader, GlossaryWriter};
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::prose::DraftFormat;
use tongsa::glossary::concept::{Concept, ConceptId, Kind};
use tongsa::glossary::day::Day;
use tongsa::glossary::flaw;
use tongsa::glossary::index::TermIndex;
use tongsa::glossary::key::{KeyHasher, KeyUse};
use tongsa::glossary::office::Office;
use tongsa::store::Store;
use tongsa::workspace::check::CheckOptions;
use tongsa::workspace::{Workspace, shipped};

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

#[test]
fn glossaries_that_come_again_are_found_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let draft = DraftFile::of_text("draft", "Prime Minister Li Qiang left.", DraftFormat::Plain);
    let found = |workspace: &Workspace| {
        let report = workspace.check(&draft, &CheckOptions::default()).unwrap();
        report.findings.iter().map(|finding| (finding.rule, finding.span)).collect::<Vec<_>>()
    };
    let first = found(&Workspace::open(&path, String::new()).unwrap());
    assert_eq!(first.len(), 1);
    // Another version of the program ships the same rows, then this one does again.
    let mut store = Store::open(&path).unwrap();
    store.ship(shipped::DIGEST + 1, "", shipped::concepts).unwrap();
    drop(store);
    assert_eq!(found(&Workspace::open(&path, String::new()).unwrap()), first);
}

#[test]
fn two_first_uses_at_once_make_one_store() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("store.db");
    let (mut one, mut other) = (Store::open(&path).unwrap(), Store::open(&path).unwrap());
    let read_late = || {
        // While the second reads its glossaries the first has written them.
        one.ship(shipped::DIGEST, "", shipped::concepts).unwrap();
        shipped::concepts()
    };
    other.ship(shipped::DIGEST, "", read_late).unwrap();
    let key = KeyHasher::hash(KeyUse::Term, "liqiang".chars());
    let mut rows = Vec::new();
    other.with_key(key, &mut rows).unwrap();
    let once: std::collections::BTreeSet<_> = rows.iter().collect();
    assert_eq!((rows.len(), once.len()), (1, 1), "{rows:?}");
}
