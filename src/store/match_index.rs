//! The match index, as it lies in the store: read a row or a text at a time, written a run at a time.
//!
//! An import adds runs and rewrites none; when there are many of a size they are merged, so that one more article costs the
//! same however large the store is. Lanes of units that an undo took away stay until then: whoever asks finds the unit gone.

mod held_page;
mod open_runs;
mod packing;
pub(super) mod writer;

use std::cell::{Cell, OnceCell, RefCell};
use std::thread;

use rusqlite::{Connection, OptionalExtension};
use rustc_hash::FxHashMap as HashMap;

use crate::memory::fuzzy::{self, NearLane, Room, Runs};
use crate::memory::run::gram_row::UnpackedRow;
use crate::memory::run::lane_directory::LaneDirectory;
use crate::memory::run::row_directory::RowDirectory;
use crate::memory::run::shape::RunShape;
use crate::memory::run::{PageKey, UnitRow};
use crate::store::match_index::held_page::HeldPage;
use crate::store::match_index::open_runs::OpenRuns;
use crate::store::{Result, Store, StoreError, schema};
use crate::text::characters::Characters;

/// How much of the index is held in memory before it is forgotten, in bytes: this at least ...
const LEAST_HELD: usize = 64 << 20;
/// ... and so much for each segment that is indexed.
const HELD_OF_SEGMENT: usize = 320;
/// After so many questions what is held is worth more than what is mapped.
const FEW_QUESTIONS: u32 = 8;
/// After so many questions more are to come, and what is asked for once is held at once.
const MANY_QUESTIONS: u32 = 64;

/// What has been read of the match index so far.
#[derive(Default)]
pub(super) struct MatchReader {
    families: HashMap<String, Vec<HeldRun>>,
    held: Cell<usize>,
    /// How many questions were asked since it knew nothing.
    asked: u32,
    /// Whether a question has been answered ever.
    has_answered: bool,
    /// What the searches of this reader work in.
    room: RefCell<Room>,
}

struct HeldRun {
    id: i64,
    shape: RunShape,
    rows: OnceCell<HeldRows>,
    pages: Vec<HeldPage>,
}

/// The rows of a run in the order in which they are kept.
struct HeldRows {
    directory: RowDirectory,
    rows: Vec<HeldRow>,
}

/// A row: whether anybody has asked for it, and the whole once somebody has asked again.
#[derive(Default)]
struct HeldRow {
    asked: Cell<bool>,
    unpacked: OnceCell<Box<UnpackedRow>>,
}

/// A unit whose segment is like the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearUnit {
    /// The unit; it may have been taken away.
    pub unit: UnitRow,
    /// How like.
    pub near: NearLane,
}

/// What is asked of the index.
#[derive(Clone, Copy)]
struct Question<'a> {
    family: &'a str,
    folded: &'a str,
    min_score: u8,
}

impl Question<'_> {
    fn search(self, runs: &OpenRuns<'_>) -> Result<Vec<NearLane>> {
        fuzzy::search(runs, self.folded, self.min_score, &mut runs.reader.room.borrow_mut())
    }
}

impl Store {
    /// Finds every unit with a segment of a family of languages that is like a folded text, the likeliest first, the latest
    /// first among equals.
    pub fn near_units(&self, family: &str, folded: &str, min_score: u8) -> Result<Vec<NearUnit>> {
        let mut reader = self.matches.borrow_mut();
        reader.make_room();
        reader.asked += 1;
        let is_first = !std::mem::replace(&mut reader.has_answered, true);
        if reader.asked == FEW_QUESTIONS {
            self.unmap()?;
        }
        self.begin_reading()?;
        if !reader.families.contains_key(family) {
            let runs = self.read_runs(family)?;
            reader.families.insert(family.to_owned(), runs);
        }
        let open = self.open_runs(&reader, family);
        // A first question has everything to read.
        let half = if is_first { open.half() } else { 0 };
        let near = self.near_lanes(&open, half, Question { family, folded, min_score })?;
        let unit = |near: NearLane| Ok(NearUnit { unit: open.unit(near.place.0 as usize, near.place.1 as usize)?, near });
        let mut units = near.into_iter().map(unit).collect::<Result<Vec<_>>>()?;
        units.sort_by(|a, b| {
            let closer = (u64::from(a.near.distance) * u64::from(b.near.longer))
                .cmp(&(u64::from(b.near.distance) * u64::from(a.near.longer)));
            closer.then(b.unit.cmp(&a.unit))
        });
        Ok(units)
    }

    fn open_runs<'a>(&'a self, reader: &'a MatchReader, family: &str) -> OpenRuns<'a> {
        let runs = reader.families.get(family).map_or(&[][..], |runs| runs);
        OpenRuns::new(&self.connection, &self.path, reader, runs)
    }

    /// Finds every near lane: those of the runs behind the first `half` by another reader at the same time, unless it is 0.
    fn near_lanes(&self, open: &OpenRuns<'_>, half: usize, question: Question<'_>) -> Result<Vec<NearLane>> {
        let other = if half > 0 { self.reader().ok().flatten() } else { None };
        let Some(other) = other else { return question.search(open) };
        let (latter, rest) = (open.part(half..open.runs.len()), open.part(0..half));
        let ids: Vec<i64> = latter.runs.iter().map(|run| run.id).collect();
        thread::scope(|scope| {
            let there = thread::Builder::new().spawn_scoped(scope, move || other.near_lanes_of(&ids, question));
            let mut near = question.search(&rest)?;
            let there = there.ok().and_then(|there| there.join().ok()?.ok()?);
            let found = there.map_or_else(|| question.search(&latter), Ok)?;
            near.extend(found.into_iter().map(|near| {
                let (run, lane) = near.place;
                NearLane { place: (run + half as u32, lane), ..near }
            }));
            Ok(near)
        })
    }

    /// Finds every near lane of some runs; `None` where they are not the last ones any more. A run is never written twice.
    fn near_lanes_of(&self, ids: &[i64], question: Question<'_>) -> Result<Option<Vec<NearLane>>> {
        self.begin_reading()?;
        let runs = self.read_runs(question.family)?;
        let Some(first) = runs.len().checked_sub(ids.len()) else { return Ok(None) };
        if !runs[first..].iter().map(|run| run.id).eq(ids.iter().copied()) {
            return Ok(None);
        }
        let mut reader = MatchReader::default();
        reader.families.insert(question.family.to_owned(), runs);
        let open = self.open_runs(&reader, question.family);
        question.search(&open.part(first..open.runs.len())).map(Some)
    }

    fn read_runs(&self, family: &str) -> Result<Vec<HeldRun>> {
        Ok(self.run_heads(family)?.into_iter().map(RunHead::held).collect())
    }

    fn run_heads(&self, family: &str) -> Result<Vec<RunHead>> {
        // What cannot be written has not been brought up to date.
        if self.immutable && schema::check(&self.connection, &self.path)? < schema::MATCH_INDEX_VERSION {
            return Err(StoreError::ReadOnly(self.path.clone()));
        }
        read_runs(&self.connection, family).map_err(|error| self.failure(error))
    }

    /// Visits the folded texts of a family of languages with their units, in no order.
    pub fn for_each_folded(&self, family: &str, mut visit: impl FnMut(&Characters<'_>, UnitRow)) -> Result<()> {
        self.begin_reading()?;
        for run in self.run_heads(family)? {
            for container in 0..run.shape.containers() {
                let (page, directory) = read_page(&self.connection, &run, container).map_err(|error| self.failure(error))?;
                for lane in 0..directory.len() {
                    let (range, width) = directory.text_at(lane);
                    let text = Characters::new(page.get(range).unwrap_or_default(), width);
                    visit(&text, unit_in(&page, &directory, lane));
                }
            }
        }
        Ok(())
    }
}

fn unit_in(page: &[u8], directory: &LaneDirectory, lane: usize) -> UnitRow {
    page.get(directory.unit_at(lane)).and_then(|bytes| bytes.try_into().ok()).map_or(0, UnitRow::from_le_bytes)
}

impl MatchReader {
    /// Forgets what was read, after the store has changed.
    pub(super) fn forget(&mut self) {
        let room = std::mem::take(&mut self.room);
        *self = Self { has_answered: self.has_answered, room, ..Self::default() };
    }

    fn make_room(&mut self) {
        let segments: usize = self.families.values().flatten().map(|run| run.shape.lanes()).sum();
        if self.held.get() > LEAST_HELD + HELD_OF_SEGMENT * segments {
            self.forget();
        }
    }

    fn hold(&self, bytes: usize) {
        self.held.set(self.held.get() + bytes);
    }
}

/// A run with nothing of it read but its shape.
struct RunHead {
    id: i64,
    shape: RunShape,
}

impl RunHead {
    fn held(self) -> HeldRun {
        let pages = (0..self.shape.containers()).map(|container| HeldPage::new(&self.shape, container)).collect();
        HeldRun { id: self.id, shape: self.shape, rows: OnceCell::new(), pages }
    }
}

/// The key of a page: those of a run are side by side, in the order in which they are written.
fn page_key(run: i64, page: PageKey) -> i64 {
    let number = match page {
        PageKey::Lanes(container) => i64::from(container),
        PageKey::Directory => (1 << 16) - 1,
        PageKey::Row(place) => 1 << 16 | i64::from(place),
    };
    run << 17 | number
}

fn read_body(connection: &Connection, run: i64, page: PageKey) -> rusqlite::Result<Option<Box<[u8]>>> {
    with_body(connection, run, page, |body| Box::from(body))
}

/// Makes something of the bytes of a page without keeping them; `None` where there is none.
fn with_body<T>(
    connection: &Connection,
    run: i64,
    page: PageKey,
    make: impl FnOnce(&[u8]) -> T,
) -> rusqlite::Result<Option<T>> {
    let mut statement = connection.prepare_cached("SELECT body FROM match_page WHERE key = ?1")?;
    statement.query_row([page_key(run, page)], |row| Ok(make(row.get_ref(0)?.as_blob()?))).optional()
}

fn read_runs(connection: &Connection, family: &str) -> rusqlite::Result<Vec<RunHead>> {
    let mut statement = connection.prepare_cached("SELECT id, lanes, shape FROM match_run WHERE lang = ?1 ORDER BY id")?;
    let runs = statement.query_map([family], |row| {
        let shape = RunShape::from_bytes(row.get_ref(2)?.as_blob()?, row.get::<_, i64>(1)? as usize);
        // A shape that cannot be read is one without lanes: the rest of the index still answers.
        Ok(RunHead { id: row.get(0)?, shape: shape.unwrap_or_default() })
    })?;
    runs.collect()
}

/// Reads all texts of a container.
fn read_page(connection: &Connection, run: &RunHead, container: usize) -> rusqlite::Result<(Box<[u8]>, LaneDirectory)> {
    let page = read_body(connection, run.id, PageKey::Lanes(container as u16))?.unwrap_or_default();
    let directory = LaneDirectory::of(&run.shape, container);
    // A damaged page has no lanes.
    let whole = directory.page_length() == page.len();
    Ok((page, if whole { directory } else { LaneDirectory::default() }))
}

#[cfg(test)]
mod tests {
    use std::ops::Range;

    use super::*;
    use crate::lang::Lang;
    use crate::memory::unit::{Origin, TranslationUnit, Variant};
    use crate::store::batches::BatchCounts;
    use crate::store::unit_body::EncodedUnit;

    fn add(store: &mut Store, numbers: Range<usize>) {
        let mut batch = store.begin_unit_batch("test", "2026-01-01").unwrap();
        let added = numbers.len();
        for number in numbers {
            let variants = vec![
                Variant::new(Lang::En, format!("The harbour report {number:04} was filed.")),
                Variant::new(Lang::Ko, format!("보고서 {number}")),
            ];
            let unit = TranslationUnit { variants, origin: Origin::default(), confidence: None, properties: Vec::new() };
            batch.add(&EncodedUnit::new(unit)).unwrap();
        }
        batch.commit(BatchCounts { added, ..BatchCounts::default() }).unwrap();
    }

    #[test]
    fn two_readers_find_what_one_finds() {
        let folder = tempfile::tempdir().unwrap();
        let mut store = Store::open(&folder.path().join("store.db")).unwrap();
        (0..3).for_each(|batch| add(&mut store, 600 * batch..600 * (batch + 1)));
        let mut reader = MatchReader::default();
        store.begin_reading().unwrap();
        reader.families.insert("en".into(), store.read_runs("en").unwrap());
        let open = store.open_runs(&reader, "en");
        assert_eq!(open.runs.len(), 3);
        let question = Question { family: "en", folded: "the harbour report 0711 was filed.", min_score: 93 };
        let near = |half| {
            let mut near = store.near_lanes(&open, half, question).unwrap();
            near.sort_unstable_by_key(|near| near.place);
            near
        };
        let found = near(0);
        assert_eq!(found.iter().filter(|near| near.score == 100).map(|near| near.place.0).collect::<Vec<_>>(), [1]);
        assert!((0..3).all(|run| found.iter().any(|near| near.place.0 == run)), "{found:?}");
        assert_eq!([near(1), near(2)], [found.clone(), found.clone()]);
        // What another program has added meanwhile makes the other reader leave the runs to this one.
        let ids: Vec<i64> = open.runs[1..].iter().map(|run| run.id).collect();
        assert!(store.near_lanes_of(&ids, question).unwrap().is_some());
        add(&mut Store::open(&folder.path().join("store.db")).unwrap(), 1_800..2_400);
        assert!(store.reader().unwrap().unwrap().near_lanes_of(&ids, question).unwrap().is_none());
        assert_eq!([near(1), near(2)], [found.clone(), found.clone()]);
    }

    #[test]
    fn an_index_of_before_that_cannot_be_written_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("store.db");
        let mut store = Store::open(&path).unwrap();
        add(&mut store, 0..2);
        store.connection.pragma_update(None, "user_version", schema::MATCH_INDEX_VERSION - 1).unwrap();
        drop(store);
        let old = Store::open_read_only(&path).unwrap();
        assert!(matches!(old.near_units("en", "the harbour", 70), Err(StoreError::ReadOnly(_))));
        assert!(matches!(old.for_each_folded("en", |_, _| ()), Err(StoreError::ReadOnly(_))));
    }
}
