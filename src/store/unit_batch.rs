//! Translation units that come in together and can be taken back together.

use rusqlite::{OptionalExtension, Transaction, TransactionBehavior, params};
use rustc_hash::FxHashMap as HashMap;

use crate::glossary::index::ConceptRow;
use crate::memory::run::UnitRow;
use crate::memory::unit::Origin;
use crate::store::batches::{self, BatchCounts};
use crate::store::match_index::writer::MatchWriter;
use crate::store::new_units::NewUnits;
use crate::store::pages::{self, IndexUse};
use crate::store::term_index::{self, Run};
use crate::store::unit_body::EncodedUnit;
use crate::store::unit_rows::UnitRows;
use crate::store::{Result, Store, failure};

/// What became of a unit that was to be added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitAdded {
    /// It is new.
    New,
    /// It was there, and now has a further origin.
    FurtherOrigin,
    /// It was there from the same origin.
    Unchanged,
}

/// An import of units under way: one transaction, rolled back unless it is committed.
pub struct UnitBatch<'store> {
    transaction: Transaction<'store>,
    path: std::path::PathBuf,
    id: i64,
    segments: MatchWriter,
    new: NewUnits,
    /// The units of this batch by their hash.
    added: UnitRows,
    /// The runs that find units of earlier batches.
    earlier: Vec<Run>,
    origins: HashMap<Origin, i64>,
}

impl Store {
    /// Begins a batch of units. Waits for another writer, and fails where it does not finish.
    pub fn begin_unit_batch(&mut self, source: &str, made_at: &str) -> Result<UnitBatch<'_>> {
        self.begin_writing()?;
        let path = self.path.clone();
        let failed = |error| failure(&path, error);
        self.connection.pragma_update(None, "mmap_size", 0).map_err(failed)?;
        let transaction = self.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let id = batches::begin(&transaction, source, made_at).map_err(failed)?;
        let earlier = term_index::read_runs(&transaction, IndexUse::Unit).map_err(failed)?;
        let new = NewUnits::begin(&transaction).map_err(failed)?;
        let (segments, added, origins) = Default::default();
        Ok(UnitBatch { transaction, path, id, segments, new, added, earlier, origins })
    }
}

impl UnitBatch<'_> {
    /// Returns the number of the batch.
    pub fn id(&self) -> i64 {
        self.id
    }

    /// Adds a unit, or a further origin to the one that is there.
    pub fn add(&mut self, unit: &EncodedUnit) -> Result<UnitAdded> {
        self.try_add(unit).map_err(|error| failure(&self.path, error))
    }

    fn try_add(&mut self, unit: &EncodedUnit) -> rusqlite::Result<UnitAdded> {
        if let Some((row, origin)) = self.same(unit)? {
            return self.add_origin(row, origin, &unit.origin);
        }
        let origin = self.origin(&unit.origin)?;
        let row = self.new.add(&self.transaction, unit, origin)?;
        self.added.insert(unit.hash, row);
        for (lang, folded) in &unit.folded {
            self.segments.add(&self.transaction, lang, folded, row)?;
        }
        Ok(UnitAdded::New)
    }

    /// Returns the row and the origin of the unit that is there already.
    fn same(&mut self, unit: &EncodedUnit) -> rusqlite::Result<Option<(UnitRow, i64)>> {
        let mut rows: Vec<ConceptRow> = self.added.get(unit.hash).map(ConceptRow).into_iter().collect();
        term_index::rows_with(&self.transaction, &mut self.earlier, unit.key(), &mut rows)?;
        if !rows.is_empty() {
            self.new.write(&self.transaction)?;
        }
        for ConceptRow(row) in rows {
            let sql = "SELECT origin FROM unit WHERE id = ?1 AND body = ?2";
            let mut statement = self.transaction.prepare_cached(sql)?;
            let origin = statement.query_row(params![row, unit.body], |row| row.get(0)).optional()?;
            if let Some(origin) = origin {
                return Ok(Some((row, origin)));
            }
        }
        Ok(None)
    }

    fn add_origin(&mut self, row: UnitRow, first: i64, origin: &Origin) -> rusqlite::Result<UnitAdded> {
        let sql = "SELECT EXISTS (SELECT 1 FROM origin
                   WHERE (id = ?1 OR id IN (SELECT origin FROM further_origin WHERE unit = ?2))
                   AND source = ?3 AND document IS ?4 AND domain IS ?5 AND date IS ?6 AND author IS ?7)";
        let Origin { source, document, domain, date, author } = origin;
        let values = params![first, row, source, document, domain, date, author];
        if self.transaction.prepare_cached(sql)?.query_row(values, |row| row.get(0))? {
            return Ok(UnitAdded::Unchanged);
        }
        let origin = self.origin(origin)?;
        let sql = "INSERT INTO further_origin (unit, origin) VALUES (?1, ?2)";
        self.transaction.prepare_cached(sql)?.execute(params![row, origin])?;
        Ok(UnitAdded::FurtherOrigin)
    }

    /// Returns the number of an origin of this batch.
    fn origin(&mut self, origin: &Origin) -> rusqlite::Result<i64> {
        if let Some(known) = self.origins.get(origin) {
            return Ok(*known);
        }
        let sql = "INSERT INTO origin (batch, source, document, domain, date, author) VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
        let Origin { source, document, domain, date, author } = origin;
        let values = params![self.id, source, document, domain, date, author];
        let id = self.transaction.prepare_cached(sql)?.insert(values)?;
        self.origins.insert(origin.clone(), id);
        Ok(id)
    }

    /// Keeps the batch with its index. A batch that has changed nothing leaves no trace.
    pub fn commit(mut self, counts: BatchCounts) -> Result<()> {
        let path = self.path.clone();
        if counts.added + counts.changed == 0 {
            return self.transaction.rollback().map_err(|error| failure(&path, error));
        }
        let written = self.write_index().and_then(|()| batches::close(&self.transaction, self.id, counts));
        written.and_then(|()| self.transaction.commit()).map_err(|error| failure(&path, error))
    }

    fn write_index(&mut self) -> rusqlite::Result<()> {
        self.new.write(&self.transaction)?;
        // Their table makes room for the last runs of the match index.
        let added = std::mem::take(&mut self.added);
        let mut entries: Vec<u64> = added.iter().map(|(hash, row)| hash >> 32 << 32 | u64::from(row)).collect();
        drop(added);
        self.segments.finish(&self.transaction)?;
        pages::sort_dedup(&mut entries);
        term_index::write_term_run(&self.transaction, IndexUse::Unit, &entries)?;
        term_index::merge_runs(&self.transaction)
    }
}
