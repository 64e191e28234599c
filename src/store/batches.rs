//! What comes in together and can be taken back together.

use std::collections::HashMap;

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};

use crate::glossary::concept::{Concept, ConceptId};
use crate::glossary::index::ConceptRow;
use crate::glossary::key::ConceptKeys;
use crate::store::body::{self, Encoded};
use crate::store::folded_terms::FoldedWriter;
use crate::store::pages::{self, Entries};
use crate::store::term_index;
use crate::store::{Result, Store, StoreError, failure, units};

/// One import, as `tongsa batches` lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its number.
    pub id: i64,
    /// The file it came from.
    pub source: String,
    /// When it was made, in RFC 3339.
    pub made_at: String,
    /// How many records did what.
    pub counts: BatchCounts,
}

/// How many records of a batch were taken in which way.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BatchCounts {
    /// Concepts that were not there.
    pub added: usize,
    /// Concepts with a new version.
    pub changed: usize,
    /// Concepts that were there as they are.
    pub unchanged: usize,
    /// Records that were not taken.
    pub rejected: usize,
}

/// What became of a concept that was to be added.
#[derive(Clone, Debug)]
pub enum Added {
    /// It stands in this row.
    Row(ConceptRow),
    /// There is a version already.
    Exists(CurrentVersion),
}

/// The current version of a concept as far as an import needs it.
#[derive(Clone, Debug)]
pub struct CurrentVersion {
    /// Its row.
    pub row: ConceptRow,
    /// Whether it is of the batch being written.
    pub in_this_batch: bool,
    id: String,
    body: String,
}

impl CurrentVersion {
    /// Returns whether the version says the same as `encoded`.
    pub fn is(&self, encoded: &Encoded) -> bool {
        self.body == encoded.body
    }

    /// Decodes the concept; `None` where the row is damaged.
    pub fn concept(&self) -> Option<Concept> {
        body::decode(self.id.clone(), &self.body).ok()
    }
}

/// An import under way: one transaction, rolled back unless it is committed.
pub struct BatchWriter<'store> {
    transaction: Transaction<'store>,
    path: std::path::PathBuf,
    id: i64,
    first_row: u32,
    /// The last run of the index before this batch.
    last_run: i64,
    entries: Entries,
    folded: FoldedWriter,
    /// The terms of every concept of the batch, for the conflicts.
    terms: Vec<u64>,
}

impl Store {
    /// Begins a batch. Waits for another writer, and fails where it does not finish.
    pub fn begin_batch(&mut self, source: &str, made_at: &str) -> Result<BatchWriter<'_>> {
        self.begin_writing()?;
        let path = self.path.clone();
        let failed = |error| failure(&path, error);
        // The pages of the index over the ids are touched again and again; 32 MiB of cache keeps most of them in memory.
        self.connection.pragma_update(None, "cache_size", -32_768).map_err(failed)?;
        self.connection.pragma_update(None, "mmap_size", 0).map_err(failed)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let id = begin(&transaction, source, made_at).map_err(failed)?;
        let sql = "SELECT coalesce(max(row), 0) + 1 FROM concept";
        let first_row = transaction.query_row(sql, [], |row| row.get(0)).map_err(failed)?;
        let sql = "SELECT coalesce(max(id), 0) FROM index_run";
        let last_run = transaction.query_row(sql, [], |row| row.get(0)).map_err(failed)?;
        let (entries, folded, terms) = (Entries::default(), FoldedWriter::default(), Vec::new());
        Ok(BatchWriter { transaction, path, id, first_row, last_run, entries, folded, terms })
    }

    /// Returns the imports that can be taken back, oldest first.
    pub fn batches(&self) -> Result<Vec<Batch>> {
        let sql =
            "SELECT id, source, made_at, added, changed, unchanged, rejected FROM batch WHERE kind = 'import' ORDER BY id";
        let mut statement = self.connection.prepare(sql).map_err(|error| self.failure(error))?;
        let batches = statement.query_map([], |row| {
            let count = |column| row.get::<_, i64>(column).map(|count| count as usize);
            let counts = BatchCounts { added: count(3)?, changed: count(4)?, unchanged: count(5)?, rejected: count(6)? };
            Ok(Batch { id: row.get(0)?, source: row.get(1)?, made_at: row.get(2)?, counts })
        });
        batches.and_then(Iterator::collect).map_err(|error| self.failure(error))
    }

    /// Takes a batch back: the versions before it become current again, also below later batches. Returns `false` where
    /// there is no such batch.
    pub fn undo(&mut self, batch: i64) -> Result<bool> {
        self.begin_writing()?;
        let path = self.path.clone();
        undo(&mut self.connection, batch).map_err(|error| failure(&path, error))
    }

    /// Replaces the shipped glossaries by `concepts` unless `digest` says that they are the ones in the store. What the
    /// user has imported stays above them.
    pub fn ship<E: From<StoreError>>(
        &mut self,
        digest: u64,
        made_at: &str,
        concepts: impl FnOnce() -> std::result::Result<Vec<Concept>, E>,
    ) -> std::result::Result<(), E> {
        let shipped = shipped_digest(&self.connection).map_err(|error| self.failure(error))?;
        if !self.writable || shipped == Some(digest as i64) {
            return Ok(());
        }
        let encoded: Vec<Encoded> = concepts()?.iter().map(Encoded::new).collect();
        self.begin_writing()?;
        let path = self.path.clone();
        ship(&mut self.connection, digest, made_at, &encoded).map_err(|error| failure(&path, error))?;
        Ok(())
    }
}

impl BatchWriter<'_> {
    /// Returns the number of the batch.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Returns the first row that this batch writes.
    pub fn first_row(&self) -> ConceptRow {
        ConceptRow(self.first_row)
    }

    /// Adds a concept, or returns the version that is there already.
    pub fn add(&mut self, encoded: &Encoded) -> Result<Added> {
        let sql = "INSERT INTO concept (id, batch, body) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING";
        let mut statement = self.transaction.prepare_cached(sql).map_err(|error| failure(&self.path, error))?;
        let values = params![encoded.id.as_str(), self.id, encoded.body];
        let inserted = statement.execute(values).map_err(|error| failure(&self.path, error))?;
        drop(statement);
        if inserted == 0
            && let Some(current) = self.current(&encoded.id)?
        {
            return Ok(Added::Exists(current));
        }
        let row = ConceptRow(self.transaction.last_insert_rowid() as u32);
        self.index(&encoded.keys, row)?;
        Ok(Added::Row(row))
    }

    /// Adds a new version in place of `current`.
    pub fn replace(&mut self, current: &CurrentVersion, encoded: &Encoded) -> Result<Added> {
        let sql = "UPDATE concept SET replaced_by = ?1 WHERE row = ?2";
        let mut statement = self.transaction.prepare_cached(sql).map_err(|error| failure(&self.path, error))?;
        statement.execute(params![self.id, current.row.0]).map_err(|error| failure(&self.path, error))?;
        drop(statement);
        self.add(encoded)
    }

    /// Returns the current version of a concept.
    pub fn current(&self, id: &ConceptId) -> Result<Option<CurrentVersion>> {
        let sql = "SELECT row, batch, id, body FROM concept WHERE id = ?1 AND replaced_by IS NULL";
        let mut statement = self.transaction.prepare_cached(sql).map_err(|error| failure(&self.path, error))?;
        let found = statement.query_row([id.as_str()], |row| {
            let in_this_batch = row.get::<_, i64>(1)? == self.id;
            Ok(CurrentVersion { row: ConceptRow(row.get(0)?), in_this_batch, id: row.get(2)?, body: row.get(3)? })
        });
        found.optional().map_err(|error| failure(&self.path, error))
    }

    /// Returns the current concept in a row; `None` where there is none.
    pub fn concept(&self, row: ConceptRow) -> Result<Option<Concept>> {
        let sql = "SELECT id, body FROM concept WHERE row = ?1 AND replaced_by IS NULL";
        let mut statement = self.transaction.prepare_cached(sql).map_err(|error| failure(&self.path, error))?;
        let found = statement.query_row([row.0], |row| Ok((row.get(0)?, row.get::<_, String>(1)?)));
        let found = found.optional().map_err(|error| failure(&self.path, error))?;
        Ok(found.and_then(|(id, body)| body::decode(id, &body).ok()))
    }

    /// Writes the rest of the index, and returns the pairs of a new and an older concept that may share a term; no more than
    /// about `limit`.
    pub fn write_index(&mut self, limit: usize) -> Result<Vec<(ConceptRow, ConceptRow)>> {
        pages::sort_dedup(&mut self.terms);
        let shared = term_index::shared_terms(&self.transaction, &self.terms, self.last_run, limit)
            .map_err(|error| failure(&self.path, error))?;
        self.terms = Vec::new();
        self.flush()?;
        self.folded.finish(&self.transaction).map_err(|error| failure(&self.path, error))?;
        term_index::merge_runs(&self.transaction).map_err(|error| failure(&self.path, error))?;
        Ok(shared)
    }

    /// Keeps the batch. A batch that has changed nothing leaves no trace.
    pub fn commit(self, counts: BatchCounts) -> Result<()> {
        let failed = |error| failure(&self.path, error);
        if counts.added + counts.changed == 0 {
            return self.transaction.rollback().map_err(failed);
        }
        close(&self.transaction, self.id, counts).map_err(failed)?;
        let sql = "UPDATE batch SET first_row = ?2, last_row = (SELECT coalesce(max(row), 0) FROM concept) WHERE id = ?1";
        self.transaction.execute(sql, params![self.id, self.first_row]).map_err(failed)?;
        next_generation(&self.transaction).map_err(failed)?;
        self.transaction.commit().map_err(failed)
    }

    fn index(&mut self, keys: &ConceptKeys, row: ConceptRow) -> Result<()> {
        self.entries.add(keys, row);
        self.folded.add(&self.transaction, row, &keys.folded).map_err(|error| failure(&self.path, error))?;
        self.terms.extend(keys.terms.iter().map(|hash| pages::entry(*hash, row)));
        if self.entries.is_full() {
            self.flush()?;
        }
        Ok(())
    }

    fn flush(&mut self) -> Result<()> {
        self.entries.sort();
        term_index::write_runs(&self.transaction, &self.entries).map_err(|error| failure(&self.path, error))?;
        self.entries.clear();
        Ok(())
    }
}

/// Opens a batch and returns its number.
pub(super) fn begin(transaction: &Transaction<'_>, source: &str, made_at: &str) -> rusqlite::Result<i64> {
    let sql = "INSERT INTO batch (kind, source, made_at) VALUES ('import', ?1, ?2)";
    transaction.execute(sql, [source, made_at])?;
    Ok(transaction.last_insert_rowid())
}

/// Writes what became of the records of a batch.
pub(super) fn close(transaction: &Transaction<'_>, batch: i64, counts: BatchCounts) -> rusqlite::Result<()> {
    let sql = "UPDATE batch SET added = ?2, changed = ?3, unchanged = ?4, rejected = ?5 WHERE id = ?1";
    let numbers = [counts.added, counts.changed, counts.unchanged, counts.rejected].map(|count| count as i64);
    let [added, changed, unchanged, rejected] = numbers;
    transaction.execute(sql, params![batch, added, changed, unchanged, rejected]).map(drop)
}

fn undo(connection: &mut rusqlite::Connection, batch: i64) -> rusqlite::Result<bool> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let sql = "SELECT first_row, last_row FROM batch WHERE id = ?1 AND kind = 'import'";
    let range: Option<(i64, i64)> = transaction.query_row(sql, [batch], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    let Some((first, last)) = range else { return Ok(false) };
    let sql = "SELECT older.row, newer.replaced_by FROM concept AS older
               JOIN concept AS newer ON newer.id = older.id AND newer.row BETWEEN ?2 AND ?3 AND newer.batch = ?1
               WHERE older.replaced_by = ?1";
    let mut statement = transaction.prepare(sql)?;
    let heirs = statement.query_map([batch, first, last], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let heirs: Vec<(i64, Option<i64>)> = heirs.collect::<rusqlite::Result<_>>()?;
    drop(statement);
    transaction.execute("DELETE FROM concept WHERE row BETWEEN ?2 AND ?3 AND batch = ?1", [batch, first, last])?;
    for (row, replaced_by) in heirs {
        transaction.execute("UPDATE concept SET replaced_by = ?2 WHERE row = ?1", params![row, replaced_by])?;
    }
    units::undo(&transaction, batch)?;
    transaction.execute("DELETE FROM batch WHERE id = ?1", [batch])?;
    next_generation(&transaction)?;
    transaction.commit()?;
    Ok(true)
}

/// Counts the states of the glossaries, so that what was found with an older one is known to be stale.
fn next_generation(transaction: &Transaction<'_>) -> rusqlite::Result<()> {
    transaction.execute("UPDATE setting SET value = value + 1 WHERE name = 'generation'", []).map(drop)
}

/// Returns which version of the shipped glossaries a store has.
fn shipped_digest(connection: &rusqlite::Connection) -> rusqlite::Result<Option<i64>> {
    let sql = "SELECT value FROM setting WHERE name = 'shipped'";
    connection.query_row(sql, [], |row| row.get(0)).optional()
}

/// Puts the shipped glossaries in place of those of another version.
fn ship(connection: &mut rusqlite::Connection, digest: u64, made_at: &str, concepts: &[Encoded]) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have been faster.
    if shipped_digest(&transaction)? == Some(digest as i64) {
        return Ok(());
    }
    let sql = "SELECT id FROM batch WHERE kind = 'shipped'";
    let batch: Option<i64> = transaction.query_row(sql, [], |row| row.get(0)).optional()?;
    let batch = match batch {
        Some(batch) => batch,
        None => {
            let sql = "INSERT INTO batch (kind, source, made_at) VALUES ('shipped', 'tongsa', ?1)";
            transaction.execute(sql, [made_at])?;
            transaction.last_insert_rowid()
        }
    };
    let sql = "SELECT id, min(batch) FROM concept WHERE batch <> ?1 GROUP BY id";
    let mut statement = transaction.prepare(sql)?;
    let own: HashMap<String, i64> =
        statement.query_map([batch], |row| Ok((row.get(0)?, row.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
    drop(statement);
    transaction.execute("DELETE FROM concept WHERE batch = ?1", [batch])?;
    let (mut entries, mut folded) = (Entries::default(), FoldedWriter::default());
    for concept in concepts {
        let sql = "INSERT INTO concept (id, batch, replaced_by, body) VALUES (?1, ?2, ?3, ?4)";
        let replaced_by = own.get(concept.id.as_str());
        transaction.prepare_cached(sql)?.execute(params![concept.id.as_str(), batch, replaced_by, concept.body])?;
        let row = ConceptRow(transaction.last_insert_rowid() as u32);
        entries.add(&concept.keys, row);
        folded.add(&transaction, row, &concept.keys.folded)?;
    }
    entries.sort();
    term_index::write_runs(&transaction, &entries)?;
    folded.finish(&transaction)?;
    term_index::merge_runs(&transaction)?;
    let sql = "INSERT INTO setting (name, value) VALUES ('shipped', ?1) ON CONFLICT DO UPDATE SET value = excluded.value";
    transaction.execute(sql, [digest as i64])?;
    next_generation(&transaction)?;
    transaction.commit()
}
