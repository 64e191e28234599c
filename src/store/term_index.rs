//! The index over the terms, as it lies in the store: read a page at a time, written a run at a time.
//!
//! An import adds runs and rewrites none; when there are many, small ones are merged. Entries of replaced or undone concepts
//! stay until then: whoever asks finds their rows gone.

use rustc_hash::FxHashMap as HashMap;
use std::cell::OnceCell;
use std::collections::hash_map::Entry;
use std::sync::Arc;

use rusqlite::{Connection, OptionalExtension, params};

use crate::glossary::index::{ConceptRow, IndexedConcept};
use crate::glossary::key::{ConceptKeys, KeyHash, Lengths};
use crate::glossary::near::Signature;
use crate::store::folded_terms::{self, FoldedWriter};
use crate::store::pages::{self, Entries, IndexUse, Page, Wide};
use crate::store::{Result, Store, body, failure};

/// How many runs of one use are read side by side before small ones are merged.
const MOST_RUNS: usize = 4;
/// Runs with more entries than this together are left as they are: merging them would cost more than it saves.
const LARGEST_MERGE: usize = 6_000_000;
/// How many decoded concepts are kept.
const CACHED_CONCEPTS: usize = 50_000;

/// What has been read of the index so far.
#[derive(Default)]
pub(super) struct IndexReader {
    runs: Option<[Vec<Run>; 4]>,
    concepts: HashMap<ConceptRow, Option<Arc<IndexedConcept>>>,
    folded: HashMap<u32, Box<[u8]>>,
    lengths: Memo,
    /// Keys that no concept has.
    absent: Memo,
    pub(super) has_no_article: Option<bool>,
}

/// A small table of answers by hash: running text asks the same things over and over.
#[derive(Default)]
struct Memo {
    slots: Vec<(u64, u64)>,
}

impl Memo {
    const SLOTS: usize = 1 << 17;
    /// Set in every key that is kept, so that an empty slot answers nothing.
    const KEPT: u64 = 1 << 32;

    fn get(&self, hash: KeyHash) -> Option<u64> {
        let (key, value) = *self.slots.get(hash.0 as usize % Self::SLOTS)?;
        (key == Self::KEPT | u64::from(hash.0)).then_some(value)
    }

    fn put(&mut self, hash: KeyHash, value: u64) {
        if self.slots.is_empty() {
            self.slots = vec![(0, 0); Self::SLOTS];
        }
        self.slots[hash.0 as usize % Self::SLOTS] = (Self::KEPT | u64::from(hash.0), value);
    }
}

pub(super) struct Run {
    id: i64,
    bits: u32,
    entries: usize,
    /// The pages read so far; an empty one where the store has none.
    pages: Vec<OnceCell<Box<[u8]>>>,
}

impl Run {
    fn page(&mut self, connection: &Connection, number: u32) -> rusqlite::Result<&[u8]> {
        if self.pages.is_empty() {
            self.pages.resize_with(1 << self.bits, OnceCell::new);
        }
        let cell = &self.pages[number as usize];
        if cell.get().is_none() {
            let mut statement = connection.prepare_cached("SELECT body FROM index_page WHERE key = ?1")?;
            let body = statement
                .query_row([page_key(self.id, number)], |row| row.get_ref(0)?.as_blob().map(Box::from).map_err(Into::into));
            let _ = cell.set(body.optional()?.unwrap_or_default());
        }
        Ok(cell.get().map_or(&[], |page| page))
    }
}

/// Keeps each row after the first `before` once: a row that a concept has left may have been given to the same concept again,
/// and then stands in an older run as well.
fn keep_once(rows: &mut Vec<ConceptRow>, before: usize) {
    if rows.len() > before + 1 {
        rows[before..].sort_unstable();
        let mut last = None;
        let mut place = 0;
        rows.retain(|row| {
            place += 1;
            place <= before || last.replace(*row) != Some(*row)
        });
    }
}

/// Adds the rows of a hash in runs of `term` or `unit`.
pub(super) fn rows_with(
    connection: &Connection,
    runs: &mut [Run],
    hash: KeyHash,
    rows: &mut Vec<ConceptRow>,
) -> rusqlite::Result<()> {
    for run in runs {
        let number = pages::page_of(hash.0, run.bits);
        pages::rows_in(run.page(connection, number)?, hash, rows);
    }
    Ok(())
}

fn page_key(run: i64, page: u32) -> i64 {
    run << 32 | i64::from(page)
}

impl IndexReader {
    /// Forgets what was read, after the store has changed.
    pub(super) fn forget(&mut self) {
        *self = Self::default();
    }

    fn runs(&mut self, connection: &Connection, index_use: IndexUse) -> rusqlite::Result<&mut [Run]> {
        if self.runs.is_none() {
            let mut runs: [Vec<Run>; 4] = Default::default();
            for (place, index_use) in IndexUse::ALL.into_iter().enumerate() {
                runs[place] = read_runs(connection, index_use)?;
            }
            self.runs = Some(runs);
        }
        let place = index_use as usize;
        Ok(self.runs.as_mut().map_or(&mut [], |runs| &mut runs[place]))
    }
}

pub(super) fn read_runs(connection: &Connection, index_use: IndexUse) -> rusqlite::Result<Vec<Run>> {
    let mut statement = connection.prepare_cached("SELECT id, bits, entries FROM index_run WHERE use = ?1 ORDER BY id")?;
    let runs = statement.query_map([index_use.name()], |row| {
        let bits = row.get::<_, u32>(1)?.min(31);
        Ok(Run { id: row.get(0)?, bits, entries: row.get::<_, i64>(2)? as usize, pages: Vec::new() })
    })?;
    runs.collect()
}

impl Store {
    fn with_pages(&self, index_use: IndexUse, hash: KeyHash, mut visit: impl FnMut(&[u8])) -> Result<()> {
        self.begin_reading()?;
        let mut index = self.index.borrow_mut();
        let runs = index.runs(&self.connection, index_use).map_err(|error| self.failure(error))?;
        for run in runs {
            let number = pages::page_of(hash.0, run.bits);
            visit(run.page(&self.connection, number).map_err(|error| failure(&self.path, error))?);
        }
        Ok(())
    }
}

/// The answers of one store, without what is laid over it (`layer.rs`).
impl Store {
    pub(super) fn own_with_key(&self, key: KeyHash, rows: &mut Vec<ConceptRow>) -> Result<()> {
        if self.index.borrow().absent.get(key).is_some() {
            return Ok(());
        }
        let before = rows.len();
        self.with_pages(IndexUse::Term, key, |page| pages::rows_in(page, key, rows))?;
        keep_once(rows, before);
        if rows.len() == before {
            self.index.borrow_mut().absent.put(key, 0);
        }
        Ok(())
    }

    pub(super) fn own_lengths(&self, start: KeyHash) -> Result<Lengths> {
        if let Some(lengths) = self.index.borrow().lengths.get(start) {
            return Ok(Lengths(lengths));
        }
        let mut lengths = Lengths(0);
        self.with_pages(IndexUse::Start, start, |page| lengths.0 |= pages::lengths_in(page, start).0)?;
        self.index.borrow_mut().lengths.put(start, lengths.0);
        Ok(lengths)
    }

    pub(super) fn own_near(
        &self,
        piece: KeyHash,
        signature: Signature,
        edits: usize,
        rows: &mut Vec<ConceptRow>,
    ) -> Result<()> {
        let passes = |other: Signature| other.may_be_within(signature, edits);
        let before = rows.len();
        self.with_pages(IndexUse::Near, piece, |page| pages::near_rows_in(page, piece, passes, rows))?;
        keep_once(rows, before);
        Ok(())
    }

    pub(super) fn own_folded(&self, row: ConceptRow, visit: &mut dyn FnMut(usize, &[u8])) -> Result<()> {
        self.begin_reading()?;
        let number = folded_terms::page_of(row);
        let mut index = self.index.borrow_mut();
        let page = match index.folded.entry(number) {
            Entry::Occupied(page) => page.into_mut(),
            Entry::Vacant(page) => {
                page.insert(folded_terms::read(&self.connection, number).map_err(|error| self.failure(error))?)
            }
        };
        folded_terms::terms_in(page, row).enumerate().for_each(|(nth, term)| visit(nth, term));
        Ok(())
    }

    pub(super) fn own_concept(&self, row: ConceptRow) -> Result<Option<Arc<IndexedConcept>>> {
        if let Some(found) = self.index.borrow().concepts.get(&row) {
            return Ok(found.clone());
        }
        let found = self.read_concept(row)?;
        let found = if self.is_covered(found.as_ref())? { None } else { found.map(Arc::new) };
        let concepts = &mut self.index.borrow_mut().concepts;
        if concepts.len() >= CACHED_CONCEPTS {
            concepts.clear();
        }
        concepts.insert(row, found.clone());
        Ok(found)
    }
}

/// Writes sorted entries as one run of each use.
pub(super) fn write_runs(connection: &Connection, entries: &Entries) -> rusqlite::Result<()> {
    write_term_run(connection, IndexUse::Term, &entries.terms)?;
    write_wide_run(connection, IndexUse::Near, &entries.near)?;
    write_wide_run(connection, IndexUse::Start, &entries.starts)
}

/// Writes sorted entries of `term` or `unit` as one run.
pub(super) fn write_term_run(connection: &Connection, index_use: IndexUse, entries: &[u64]) -> rusqlite::Result<()> {
    let bits = pages::page_bits(entries.len());
    write_run(connection, index_use, bits, entries.len(), pages::term_pages(entries, bits))
}

fn write_wide_run(connection: &Connection, index_use: IndexUse, entries: &[Wide]) -> rusqlite::Result<()> {
    let bits = pages::page_bits(entries.len());
    write_run(connection, index_use, bits, entries.len(), pages::wide_pages(entries, bits))
}

fn write_run(
    connection: &Connection,
    index_use: IndexUse,
    bits: u32,
    entries: usize,
    pages: impl Iterator<Item = Page>,
) -> rusqlite::Result<()> {
    if entries == 0 {
        return Ok(());
    }
    let mut run = connection.prepare_cached("INSERT INTO index_run (use, bits, entries) VALUES (?1, ?2, ?3)")?;
    let id = run.insert(params![index_use.name(), bits, entries as i64])?;
    let mut page = connection.prepare_cached("INSERT INTO index_page (key, body) VALUES (?1, ?2)")?;
    for (number, body) in pages {
        page.execute(params![page_key(id, number), body])?;
    }
    Ok(())
}

/// Makes the index of all versions of all concepts, where there is none. What cannot be read is left out.
pub(super) fn rebuild(connection: &Connection) -> rusqlite::Result<()> {
    let (mut entries, mut writer) = (Entries::default(), FoldedWriter::default());
    let mut statement = connection.prepare("SELECT row, id, body FROM concept ORDER BY row")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let Ok(concept) = body::decode(row.get(1)?, &row.get::<_, String>(2)?) else { continue };
        let (keys, row) = (ConceptKeys::of(&concept), ConceptRow(row.get(0)?));
        entries.add(&keys, row);
        writer.add(connection, row, &keys.folded)?;
        if entries.is_full() {
            entries.sort();
            write_runs(connection, &entries)?;
            entries.clear();
        }
    }
    entries.sort();
    write_runs(connection, &entries)?;
    writer.finish(connection)?;
    merge_runs(connection)
}

/// Merges the smallest runs of each use until few are left.
pub(super) fn merge_runs(connection: &Connection) -> rusqlite::Result<()> {
    for index_use in IndexUse::ALL {
        loop {
            let mut runs = read_runs(connection, index_use)?;
            runs.sort_by_key(|run| run.entries);
            let mergeable = runs.len() > MOST_RUNS && runs[0].entries + runs[1].entries <= LARGEST_MERGE;
            if !mergeable {
                break;
            }
            merge(connection, index_use, &runs[..2])?;
        }
    }
    Ok(())
}

fn merge(connection: &Connection, index_use: IndexUse, runs: &[Run]) -> rusqlite::Result<()> {
    let mut terms = Vec::new();
    let mut wide: Vec<Wide> = Vec::new();
    for run in runs {
        for_each_page(connection, run, |body| match index_use {
            IndexUse::Term | IndexUse::Unit => terms.extend(pages::term_entries(body)),
            IndexUse::Start | IndexUse::Near => wide.extend(pages::wide_entries(body)),
        })?;
        delete_run(connection, run.id)?;
    }
    wide.sort_unstable();
    match index_use {
        IndexUse::Term | IndexUse::Unit => {
            pages::sort_dedup(&mut terms);
            return write_term_run(connection, index_use, &terms);
        }
        IndexUse::Start => pages::merge_lengths(&mut wide),
        IndexUse::Near => wide.dedup(),
    }
    write_wide_run(connection, index_use, &wide)
}

fn delete_run(connection: &Connection, id: i64) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM index_page WHERE key BETWEEN ?1 AND ?2", [page_key(id, 0), page_key(id, u32::MAX)])?;
    connection.execute("DELETE FROM index_run WHERE id = ?1", [id])?;
    Ok(())
}

fn for_each_page(connection: &Connection, run: &Run, mut visit: impl FnMut(&[u8])) -> rusqlite::Result<()> {
    let mut statement = connection.prepare_cached("SELECT body FROM index_page WHERE key BETWEEN ?1 AND ?2 ORDER BY key")?;
    let mut rows = statement.query([page_key(run.id, 0), page_key(run.id, u32::MAX)])?;
    while let Some(row) = rows.next()? {
        visit(row.get_ref(0)?.as_blob()?);
    }
    Ok(())
}

/// A new row and an older one.
pub(super) type Pair = (ConceptRow, ConceptRow);

/// Returns the pairs of a new and an older row that share a term's hash, about `limit` of them at most, in order. `terms` are
/// the sorted entries of the new rows; runs after `last_run` are of the new rows too.
pub(super) fn shared_terms(connection: &Connection, terms: &[u64], last_run: i64, limit: usize) -> rusqlite::Result<Vec<Pair>> {
    let mut shared: Vec<Pair> = Vec::new();
    let hash = |entry: u64| (entry >> 32) as u32;
    for same in terms.chunk_by(|a, b| hash(*a) == hash(*b)).filter(|same| same.len() > 1) {
        shared.extend(same[1..].iter().map(|entry| (ConceptRow(*entry as u32), ConceptRow(same[0] as u32))));
        if shared.len() > limit {
            break;
        }
    }
    for mut run in read_runs(connection, IndexUse::Term)?.into_iter().filter(|run| run.id <= last_run) {
        let mut older = Vec::new();
        if terms.len() < run.entries / 16 {
            let mut rows = Vec::new();
            for entry in terms {
                rows.clear();
                let key = KeyHash(hash(*entry));
                pages::rows_in(run.page(connection, pages::page_of(key.0, run.bits))?, key, &mut rows);
                shared.extend(rows.iter().map(|row| (ConceptRow(*entry as u32), *row)));
            }
        } else {
            for_each_page(connection, &run, |body| older.extend(pages::term_entries(body)))?;
            join(terms, &older, &mut shared);
        }
        if shared.len() > limit {
            break;
        }
    }
    // A row that an undo gave away is used again, and the index has the old terms of it still.
    shared.retain(|(newer, older)| newer != older);
    shared.sort_unstable();
    shared.dedup();
    Ok(shared)
}

/// Adds the pairs of equal hashes of two sorted lists.
fn join(newer: &[u64], older: &[u64], shared: &mut Vec<Pair>) {
    let mut from = 0;
    for entry in newer {
        let hash = entry >> 32;
        from += older[from..].iter().take_while(|old| **old >> 32 < hash).count();
        let same = older[from..].iter().take_while(|old| **old >> 32 == hash);
        shared.extend(same.map(|old| (ConceptRow(*entry as u32), ConceptRow(*old as u32))));
    }
}
