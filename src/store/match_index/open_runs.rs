//! Runs that are open for a question: what is held of them, and what has to be read.

use std::cell::RefCell;
use std::ops::Range;
use std::path::Path;

use rusqlite::blob::Blob;
use rusqlite::{Connection, ErrorCode};

use crate::memory::fuzzy::Runs;
use crate::memory::run::gram_row::{GramRow, Row};
use crate::memory::run::row_directory::RowDirectory;
use crate::memory::run::shape::RunShape;
use crate::memory::run::{CONTAINER, PageKey, UnitRow};
use crate::store::match_index::{HeldPage, HeldRow, HeldRows, HeldRun, MatchReader, page_key, read_body, unit_in, with_body};
use crate::store::{Result, StoreError, failure};
use crate::text::characters::Characters;

/// So many lanes are worth a thread that reads them.
const LEAST_HALF: usize = 1 << 16;
/// A page is read as a whole when so many of its texts were asked for one by one.
const FEW_TEXTS: u32 = 128;

/// The runs of one family with the connection they are read through.
pub(super) struct OpenRuns<'a> {
    connection: &'a Connection,
    path: &'a Path,
    reader: &'a MatchReader,
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
    fn read_row(&self, run: &HeldRun, place: u16, containers: Range<usize>) -> Result<GramRow> {
        let read =
            |blob: &Blob<'_>| GramRow::read(blob.len(), run.shape.containers(), containers, |part| self.read_range(blob, part));
        self.with_blob(run.id, PageKey::Row(place), read)?.ok_or_else(|| self.damaged())
    }

    /// Returns the page of a container, the whole of it where enough of its texts were asked for.
    fn page(&self, run: usize, container: usize) -> Result<&HeldPage> {
        let run = &self.runs[run];
        let page = run.pages.get(container).ok_or_else(|| self.damaged())?;
        page.asked.set(page.asked.get() + 1);
        if page.asked.get() > FEW_TEXTS && page.body.get().is_none() {
            let body =
                read_body(self.connection, run.id, PageKey::Lanes(container as u16)).map_err(|error| self.failed(error))?;
            let body = body.filter(|body| body.len() == page.directory.page_length()).ok_or_else(|| self.damaged())?;
            self.reader.hold(body.len());
            let _ = page.body.set(body);
        }
        Ok(page)
    }

    /// Reads a part of a page of lanes without the rest of it.
    fn read_part(&self, run: i64, container: usize, part: Range<usize>) -> Result<Box<[u8]>> {
        self.with_blob(run, PageKey::Lanes(container as u16), |blob| self.read_range(blob, part))
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

    fn read_range(&self, blob: &Blob<'_>, range: Range<usize>) -> Result<Box<[u8]>> {
        if range.end > blob.len() {
            return Err(self.damaged());
        }
        let mut bytes = vec![0; range.len()].into_boxed_slice();
        blob.read_at_exact(&mut bytes, range.start).map_err(|error| self.failed(error))?;
        Ok(bytes)
    }
}

impl Runs for OpenRuns<'_> {
    type Error = StoreError;

    fn shapes(&self) -> impl Iterator<Item = &RunShape> {
        self.runs.iter().map(|run| &run.shape)
    }

    fn row(&self, run: usize, number: u16, containers: &Range<usize>) -> Result<Option<Row<'_>>> {
        let run = &self.runs[run];
        let rows = self.rows(run)?;
        let Some(place) = rows.directory.place(number) else { return Ok(None) };
        let held = &rows.rows[usize::from(place)];
        if let Some(unpacked) = held.unpacked.get() {
            return Ok(Some(Row::Unpacked(unpacked)));
        }
        if !held.asked.replace(true) {
            return Ok(Some(Row::Packed(self.read_row(run, place, containers.clone())?)));
        }
        // What is asked for again is worth to be held whole.
        let unpacked = self.read_row(run, place, 0..run.shape.containers())?.unpacked();
        self.reader.hold(unpacked.size());
        Ok(Some(Row::Unpacked(held.unpacked.get_or_init(|| Box::new(unpacked)))))
    }

    fn text(&self, run: usize, lane: usize) -> Option<Characters<'_>> {
        let page = self.runs[run].pages.get(lane / CONTAINER)?;
        let (range, width) = page.directory.text_at(lane % CONTAINER);
        Some(Characters::new(page.body.get()?.get(range)?, width))
    }

    fn with_text<T>(&self, run: usize, lane: usize, visit: impl FnOnce(&Characters<'_>) -> T) -> Result<T> {
        let (container, lane) = (lane / CONTAINER, lane % CONTAINER);
        let page = self.page(run, container)?;
        let (range, width) = page.directory.text_at(lane);
        if let Some(body) = page.body.get() {
            return Ok(visit(&Characters::new(&body[range], width)));
        }
        Ok(visit(&Characters::new(&self.read_part(self.runs[run].id, container, range)?, width)))
    }

    fn unit(&self, run: usize, lane: usize) -> Result<UnitRow> {
        let (container, lane) = (lane / CONTAINER, lane % CONTAINER);
        let page = self.page(run, container)?;
        if let Some(body) = page.body.get() {
            return Ok(unit_in(body, &page.directory, lane));
        }
        let unit = self.read_part(self.runs[run].id, container, page.directory.unit_at(lane))?;
        unit.as_ref().try_into().map(UnitRow::from_le_bytes).map_err(|_| self.damaged())
    }
}
