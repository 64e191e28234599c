//! The match index, as it lies in the store: read a row or a text at a time, written a run at a time.
//!
//! An import adds runs and rewrites none; when there are many of a size they are merged, so that one more article costs the
//! same however large the store is. Lanes of units that an undo took away stay until then: whoever asks finds the unit gone.

use std::cell::{Cell, OnceCell, RefCell};
use std::ops::Range;
use std::path::Path;

use rusqlite::blob::Blob;
use rusqlite::{Connection, OptionalExtension, params};
use rustc_hash::FxHashMap as HashMap;

use crate::memory::fuzzy::{self, NearLane, Runs};
use crate::memory::run::gram_row::{GramRow, Row, UnpackedRow};
use crate::memory::run::lane_directory::LaneDirectory;
use crate::memory::run::shape::RunShape;
use crate::memory::run::{CAPACITY, CONTAINER, PageKey, ROWS, RunBuilder, UnitRow};
use crate::store::{Result, Store, StoreError, failure};
use crate::text::characters::Characters;

/// Runs of about one size that are read side by side before they are merged.
const MOST_RUNS: usize = 8;
/// How much of the index is held in memory before it is forgotten, in bytes: this at least ...
const LEAST_HELD: usize = 64 << 20;
/// ... and so much for each segment that is indexed.
const HELD_OF_SEGMENT: usize = 320;
/// After so many questions what is held is worth more than what is mapped.
const FEW_QUESTIONS: u32 = 8;
/// A page is read as a whole when so many of its texts were asked for one by one.
const FEW_TEXTS: u32 = 128;

/// What has been read of the match index so far.
#[derive(Default)]
pub(super) struct MatchReader {
    families: HashMap<String, Vec<HeldRun>>,
    held: Cell<usize>,
    /// How many questions were asked.
    asked: u32,
}

struct HeldRun {
    id: i64,
    shape: RunShape,
    rows: Vec<HeldRow>,
    pages: Vec<HeldPage>,
}

/// A row: whether anybody has asked for it, and the whole once somebody has asked again; `None` where no lane has its gram.
#[derive(Default)]
struct HeldRow {
    asked: Cell<bool>,
    unpacked: OnceCell<Option<Box<UnpackedRow>>>,
}

#[derive(Default)]
struct HeldPage {
    directory: OnceCell<LaneDirectory>,
    body: OnceCell<Box<[u8]>>,
    asked: Cell<u32>,
}

/// A unit whose segment is like the query.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NearUnit {
    /// The unit; it may have been taken away.
    pub unit: UnitRow,
    /// How like.
    pub near: NearLane,
}

impl Store {
    /// Finds every unit with a segment of a family of languages that is like a folded text, the likeliest first, the latest
    /// first among equals.
    pub fn near_units(&self, family: &str, folded: &str, min_score: u8) -> Result<Vec<NearUnit>> {
        let mut reader = self.matches.borrow_mut();
        reader.make_room();
        reader.asked += 1;
        if reader.asked == FEW_QUESTIONS {
            self.unmap()?;
        }
        self.begin_reading()?;
        if !reader.families.contains_key(family) {
            let runs = read_runs(&self.connection, family).map_err(|error| self.failure(error))?;
            reader.families.insert(family.to_owned(), runs.into_iter().map(RunHead::held).collect());
        }
        let reader = &*reader;
        let runs = reader.families.get(family).map_or(&[][..], |runs| runs);
        let open = OpenRuns { connection: &self.connection, path: &self.path, reader, runs, blob: RefCell::new(None) };
        let near = fuzzy::search(&open, folded, min_score)?;
        let unit = |near: NearLane| Ok(NearUnit { unit: open.unit(near.place.0 as usize, near.place.1 as usize)?, near });
        let mut units = near.into_iter().map(unit).collect::<Result<Vec<_>>>()?;
        units.sort_by(|a, b| {
            let closer = (u64::from(a.near.distance) * u64::from(b.near.longer))
                .cmp(&(u64::from(b.near.distance) * u64::from(a.near.longer)));
            closer.then(b.unit.cmp(&a.unit))
        });
        Ok(units)
    }

    /// Visits the folded texts of a family of languages with their units, in no order.
    pub fn for_each_folded(&self, family: &str, mut visit: impl FnMut(&Characters<'_>, UnitRow)) -> Result<()> {
        self.begin_reading()?;
        for run in read_runs(&self.connection, family).map_err(|error| self.failure(error))? {
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
        *self = Self::default();
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

/// The runs of one family with the connection they are read through.
struct OpenRuns<'a> {
    connection: &'a Connection,
    path: &'a Path,
    reader: &'a MatchReader,
    runs: &'a [HeldRun],
    /// The page that texts were last read from one by one.
    blob: RefCell<Option<(i64, Blob<'a>)>>,
}

impl OpenRuns<'_> {
    fn failed(&self, error: rusqlite::Error) -> StoreError {
        failure(self.path, error)
    }

    fn damaged(&self) -> StoreError {
        StoreError::Damaged { path: self.path.to_owned(), reason: "a part of the match index cannot be read".into() }
    }

    /// Reads some containers of a row; `None` where no lane has its gram.
    fn read_row(&self, run: &HeldRun, number: u16, containers: Range<usize>) -> Result<Option<GramRow>> {
        let read = |body: &[u8]| GramRow::new(body, run.shape.containers(), containers);
        match with_body(self.connection, run.id, PageKey::Row(number), read).map_err(|error| self.failed(error))? {
            Some(row) => Ok(Some(row.ok_or_else(|| self.damaged())?)),
            None => Ok(None),
        }
    }

    /// Returns where the texts of a container stand, and the whole page where it is held.
    fn page(&self, run: usize, container: usize) -> Result<(&LaneDirectory, &HeldPage)> {
        let run = &self.runs[run];
        let page = run.pages.get(container).ok_or_else(|| self.damaged())?;
        if page.directory.get().is_none() {
            let lanes = CONTAINER.min(run.shape.lanes() - container * CONTAINER);
            let mut beginning = vec![0; lanes];
            self.read_part(run.id, container, 0, &mut beginning)?;
            let lengths = run.shape.lane_lengths(container * CONTAINER..container * CONTAINER + lanes);
            let directory = LaneDirectory::new(&beginning, lengths).ok_or_else(|| self.damaged())?;
            self.reader.hold(5 * lanes);
            let _ = page.directory.set(directory);
        }
        let directory = page.directory.get().ok_or_else(|| self.damaged())?;
        page.asked.set(page.asked.get() + 1);
        if page.asked.get() > FEW_TEXTS && page.body.get().is_none() {
            let body =
                read_body(self.connection, run.id, PageKey::Lanes(container as u16)).map_err(|error| self.failed(error))?;
            let body = body.filter(|body| body.len() == directory.page_length()).ok_or_else(|| self.damaged())?;
            self.reader.hold(body.len());
            let _ = page.body.set(body);
        }
        Ok((directory, page))
    }

    /// Reads a part of a page without the rest of it.
    fn read_part(&self, run: i64, container: usize, start: usize, part: &mut [u8]) -> Result<()> {
        let key = page_key(run, PageKey::Lanes(container as u16));
        let mut open = self.blob.borrow_mut();
        let read = match &mut *open {
            Some((other, blob)) if *other == key => blob.read_at_exact(part, start),
            Some((other, blob)) => blob.reopen(key).and_then(|()| {
                *other = key;
                blob.read_at_exact(part, start)
            }),
            none => self.connection.blob_open(c"main", c"match_page", c"body", key, true).and_then(|blob| {
                let (_, blob) = none.insert((key, blob));
                blob.read_at_exact(part, start)
            }),
        };
        read.map_err(|error| self.failed(error))
    }
}

impl Runs for OpenRuns<'_> {
    type Error = StoreError;

    fn shapes(&self) -> impl Iterator<Item = &RunShape> {
        self.runs.iter().map(|run| &run.shape)
    }

    fn row(&self, run: usize, number: u16, containers: &Range<usize>) -> Result<Option<Row<'_>>> {
        let run = &self.runs[run];
        let held = &run.rows[usize::from(number)];
        if let Some(unpacked) = held.unpacked.get() {
            return Ok(unpacked.as_deref().map(Row::Unpacked));
        }
        if !held.asked.replace(true) {
            return Ok(self.read_row(run, number, containers.clone())?.map(Row::Packed));
        }
        // What is asked for again is worth to be held whole.
        let unpacked = self.read_row(run, number, 0..run.shape.containers())?.map(|row| Box::new(row.unpacked()));
        self.reader.hold(unpacked.as_ref().map_or(0, |row| row.size()));
        Ok(held.unpacked.get_or_init(|| unpacked).as_deref().map(Row::Unpacked))
    }

    fn text(&self, run: usize, lane: usize) -> Option<Characters<'_>> {
        let page = self.runs[run].pages.get(lane / CONTAINER)?;
        let (range, width) = page.directory.get()?.text_at(lane % CONTAINER);
        Some(Characters::new(page.body.get()?.get(range)?, width))
    }

    fn with_text<T>(&self, run: usize, lane: usize, visit: impl FnOnce(&Characters<'_>) -> T) -> Result<T> {
        let (container, lane) = (lane / CONTAINER, lane % CONTAINER);
        let (directory, page) = self.page(run, container)?;
        let (range, width) = directory.text_at(lane);
        if let Some(body) = page.body.get() {
            return Ok(visit(&Characters::new(&body[range], width)));
        }
        let mut part = vec![0; range.len()];
        self.read_part(self.runs[run].id, container, range.start, &mut part)?;
        Ok(visit(&Characters::new(&part, width)))
    }

    fn unit(&self, run: usize, lane: usize) -> Result<UnitRow> {
        let (container, lane) = (lane / CONTAINER, lane % CONTAINER);
        let (directory, page) = self.page(run, container)?;
        if let Some(body) = page.body.get() {
            return Ok(unit_in(body, directory, lane));
        }
        let mut part = [0; 4];
        self.read_part(self.runs[run].id, container, directory.unit_at(lane).start, &mut part)?;
        Ok(UnitRow::from_le_bytes(part))
    }
}

/// A run with nothing of it read but its shape.
struct RunHead {
    id: i64,
    shape: RunShape,
}

impl RunHead {
    fn held(self) -> HeldRun {
        let rows = if self.shape.has_rows() { ROWS } else { 0 };
        let pages = self.shape.containers();
        let mut held = HeldRun { id: self.id, shape: self.shape, rows: Vec::new(), pages: Vec::new() };
        held.rows.resize_with(rows, HeldRow::default);
        held.pages.resize_with(pages, HeldPage::default);
        held
    }
}

fn page_key(run: i64, page: PageKey) -> i64 {
    let number = match page {
        PageKey::Row(row) => i64::from(row),
        PageKey::Lanes(container) => 1 << 16 | i64::from(container),
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
    let first = container * CONTAINER;
    let lanes = CONTAINER.min(run.shape.lanes() - first);
    let directory = LaneDirectory::new(&page[..lanes.min(page.len())], run.shape.lane_lengths(first..first + lanes));
    Ok((page, directory.unwrap_or_default()))
}

/// Writes the segments of a builder as a run, and empties it.
pub(super) fn write_run(connection: &Connection, family: &str, builder: &mut RunBuilder) -> rusqlite::Result<()> {
    if builder.is_empty() {
        return Ok(());
    }
    let (first, last) = builder.units();
    let sql = "INSERT INTO match_run (lang, lanes, first_unit, last_unit, shape) VALUES (?1, ?2, ?3, ?4, x'')";
    let run = connection.prepare_cached(sql)?.insert(params![family, builder.len() as i64, first, last])?;
    let mut page = connection.prepare_cached("INSERT INTO match_page (key, body) VALUES (?1, ?2)")?;
    let shape = builder.build(|key, body| page.execute(params![page_key(run, key), body]).map(drop))?;
    connection.execute("UPDATE match_run SET shape = ?2 WHERE id = ?1", params![run, shape.to_bytes()])?;
    Ok(())
}

/// Merges runs of about one size while there are many of them.
pub(super) fn merge_runs(connection: &Connection, family: &str) -> rusqlite::Result<()> {
    loop {
        let mut tiers: std::collections::BTreeMap<u32, Vec<RunHead>> = Default::default();
        for run in read_runs(connection, family)? {
            tiers.entry(run.shape.lanes().max(1).ilog2() / 3).or_default().push(run);
        }
        let fits = |runs: &Vec<RunHead>| runs.iter().map(|run| run.shape.lanes()).sum::<usize>() <= CAPACITY;
        let Some((_, runs)) = tiers.into_iter().find(|(_, runs)| runs.len() >= MOST_RUNS && fits(runs)) else {
            return Ok(());
        };
        merge(connection, family, &runs)?;
    }
}

fn merge(connection: &Connection, family: &str, runs: &[RunHead]) -> rusqlite::Result<()> {
    let mut exists = connection.prepare_cached("SELECT EXISTS (SELECT 1 FROM unit WHERE id = ?1)")?;
    let mut builder = RunBuilder::default();
    for run in runs {
        for container in 0..run.shape.containers() {
            let (page, directory) = read_page(connection, run, container)?;
            for lane in 0..directory.len() {
                let unit = unit_in(&page, &directory, lane);
                if exists.query_row([unit], |row| row.get(0))? {
                    let (range, width) = directory.text_at(lane);
                    builder.add_lane(&Characters::new(page.get(range).unwrap_or_default(), width), unit);
                }
            }
        }
        delete_run(connection, run.id)?;
    }
    write_run(connection, family, &mut builder)
}

fn delete_run(connection: &Connection, run: i64) -> rusqlite::Result<()> {
    let (first, last) = (page_key(run, PageKey::Row(0)), page_key(run, PageKey::Lanes(u16::MAX)));
    connection.execute("DELETE FROM match_page WHERE key BETWEEN ?1 AND ?2", [first, last])?;
    connection.execute("DELETE FROM match_run WHERE id = ?1", [run])?;
    Ok(())
}

/// Drops the runs none of whose units is there any more.
pub(super) fn drop_empty_runs(connection: &Connection) -> rusqlite::Result<()> {
    let sql = "SELECT id FROM match_run WHERE NOT EXISTS (SELECT 1 FROM unit WHERE unit.id BETWEEN first_unit AND last_unit)";
    let mut statement = connection.prepare(sql)?;
    let empty: Vec<i64> = statement.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    empty.into_iter().try_for_each(|run| delete_run(connection, run))
}
