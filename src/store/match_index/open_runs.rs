//! Runs that are open for a question: what is held of them, and what has to be read.

use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;

use bumpalo::Bump;
use rusqlite::blob::Blob;
use rusqlite::{Connection, ErrorCode};

use crate::memory::fuzzy::Runs;
use crate::memory::run::gram_row::{GramRow, Row};
use crate::memory::run::row_directory::RowDirectory;
use crate::memory::run::shape::RunShape;
use crate::memory::run::{CONTAINER, PageKey, UnitRow};
use crate::store::match_index::{HeldPage, HeldRow, HeldRows, HeldRun, MANY_QUESTIONS, MatchReader, page_key, with_body};
use crate::store::{Result, StoreError, failure};
use crate::text::characters::Characters;

/// So many lanes are worth a thread that reads them.
const LEAST_HALF: usize = 1 << 16;

/// The runs of one family with the connection they are read through.
pub(super) struct OpenRuns<'a> {
    connection: &'a Connection,
    path: &'a Path,
    pub(super) reader: &'a MatchReader,
    pub(super) runs: &'a [HeldRun],
    /// The page that was last read in parts.
    blob: RefCell<Option<(i64, Blob<'a>)>>,
}

impl<'a> OpenRuns<'a> {
    /// Opens runs for one question.
    pub(super) fn new(connection: &'a Connection, path: &'a Path, reader: &'a MatchReader, runs: &'a [HeldRun]) -> Self {
        Self { connection, path, reader, runs, blob: RefCell::new(None) }
    }

    /// Returns some of the runs.
    pub(super) fn part(&self, runs: Range<usize>) -> Self {
        Self { runs: &self.runs[runs], blob: RefCell::new(None), ..*self }
    }

    /// Returns how many of the first runs have half of the lanes; none where a thread would be more work than it takes over.
    pub(super) fn half(&self) -> usize {
        let lanes: usize = self.runs.iter().map(|run| run.shape.lanes()).sum();
        let (mut half, mut rest) = (0, lanes);
        while 2 * rest > lanes {
            rest -= self.runs[half].shape.lanes();
            half += 1;
        }
        if rest < LEAST_HALF { 0 } else { half }
    }

    fn failed(&self, error: rusqlite::Error) -> StoreError {
        failure(self.path, error)
    }

    fn damaged(&self) -> StoreError {
        StoreError::Damaged { path: self.path.to_owned(), reason: "a part of the match index cannot be read".into() }
    }

    /// Returns which rows a run has, and what is held of them.
    fn rows<'r>(&self, run: &'r HeldRun) -> Result<&'r HeldRows> {
        if let Some(rows) = run.rows.get() {
            return Ok(rows);
        }
        let read = with_body(self.connection, run.id, PageKey::Directory, RowDirectory::from_bytes);
        let directory = read.map_err(|error| self.failed(error))?.flatten().ok_or_else(|| self.damaged())?;
        let mut rows = Vec::new();
        rows.resize_with(directory.len(), HeldRow::default);
        Ok(run.rows.get_or_init(|| HeldRows { directory, rows }))
    }

    /// Reads some containers of a row.
    fn read_row<'r>(&self, run: &HeldRun, place: u16, containers: Range<usize>, room: &'r Bump) -> Result<GramRow<'r>> {
        let read = |blob: &Blob<'_>| {
            GramRow::read(blob.len(), run.shape.containers(), containers, room, |start, bytes| {
                self.read_into(blob, start, bytes)
            })
        };
        self.with_blob(run.id, PageKey::Row(place), read)?.ok_or_else(|| self.damaged())
    }

    /// Returns the page of a lane, and the place of the lane in it.
    fn page(&self, run: usize, lane: usize) -> Result<(&HeldPage, usize)> {
        let page = self.runs[run].pages.get(lane / CONTAINER).ok_or_else(|| self.damaged())?;
        Ok((page, lane % CONTAINER))
    }

    /// Reads a part of the page of a lane without the rest of it.
    fn read_part(&self, run: usize, lane: usize, part: Range<usize>) -> Result<Box<[u8]>> {
        let container = PageKey::Lanes((lane / CONTAINER) as u16);
        self.with_blob(self.runs[run].id, container, |blob| {
            if part.end > blob.len() {
                return Err(self.damaged());
            }
            let mut bytes = vec![0; part.len()].into_boxed_slice();
            self.read_into(blob, part.start, &mut bytes)?;
            Ok(bytes)
        })
    }

    /// Opens a page to read parts of it: the handle goes from page to page.
    fn with_blob<T>(&self, run: i64, page: PageKey, read: impl FnOnce(&Blob<'_>) -> Result<T>) -> Result<T> {
        // SQLite says of a page that is not there no more than that something is wrong.
        let failed = |error: rusqlite::Error| match error.sqlite_error_code() {
            Some(ErrorCode::Unknown) => self.damaged(),
            _ => self.failed(error),
        };
        let key = page_key(run, page);
        let mut open = self.blob.borrow_mut();
        let blob = match &mut *open {
            Some((other, blob)) => {
                if std::mem::replace(other, key) != key {
                    blob.reopen(key).map_err(failed)?;
                }
                blob
            }
            none => {
                let blob = self.connection.blob_open(c"main", c"match_page", c"body", key, true);
                &mut none.insert((key, blob.map_err(failed)?)).1
            }
        };
        read(blob)
    }

    fn read_into(&self, blob: &Blob<'_>, start: usize, bytes: &mut [u8]) -> Result<()> {
        blob.read_at_exact(bytes, start).map_err(|error| self.failed(error))
    }
}

impl Runs for OpenRuns<'_> {
    type Error = StoreError;

    fn shapes(&self) -> impl Iterator<Item = &RunShape> {
        self.runs.iter().map(|run| &run.shape)
    }

    fn row<'r>(&'r self, run: usize, number: u16, containers: &Range<usize>, room: &'r Bump) -> Result<Option<Row<'r>>> {
        let run = &self.runs[run];
        let rows = self.rows(run)?;
        let Some(place) = rows.directory.place(number) else { return Ok(None) };
        let held = &rows.rows[usize::from(place)];
        if let Some(unpacked) = held.unpacked.get() {
            return Ok(Some(Row::Unpacked(unpacked)));
        }
        if !held.asked.replace(true) && self.reader.asked < MANY_QUESTIONS {
            return Ok(Some(Row::Packed(self.read_row(run, place, containers.clone(), room)?)));
        }
        // What is asked for again is worth to be held whole.
        let unpacked = self.read_row(run, place, 0..run.shape.containers(), room)?.unpacked();
        self.reader.hold(unpacked.size());
        Ok(Some(Row::Unpacked(held.unpacked.get_or_init(|| Box::new(unpacked)))))
    }

    fn text(&self, run: usize, lane: usize) -> Option<Characters<'_>> {
        self.runs[run].pages.get(lane / CONTAINER)?.text(lane % CONTAINER)
    }

    fn with_text<T>(&self, run: usize, lane: usize, visit: impl FnOnce(&Characters<'_>) -> T) -> Result<T> {
        let (page, place) = self.page(run, lane)?;
        self.reader.hold(page.want(place, self.reader.asked >= MANY_QUESTIONS, |part| self.read_part(run, lane, part))?);
        if let Some(text) = page.text(place) {
            return Ok(visit(&text));
        }
        let (part, width) = page.directory().text_at(place);
        Ok(visit(&Characters::new(&self.read_part(run, lane, part)?, width)))
    }

    fn unit(&self, run: usize, lane: usize) -> Result<UnitRow> {
        let (page, place) = self.page(run, lane)?;
        if let Some(unit) = page.unit(place) {
            return Ok(unit);
        }
        let unit = self.read_part(run, lane, page.directory().unit_at(place))?;
        unit.as_ref().try_into().map(UnitRow::from_le_bytes).map_err(|_| self.damaged())
    }
}
