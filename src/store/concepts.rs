//! Concepts in the store: reading the current versions.

use std::ops::ControlFlow;

use rusqlite::{OptionalExtension, Row, params};

use crate::glossary::concept::{Concept, ConceptId};
use crate::glossary::index::{ConceptRow, IndexedConcept, Standing};
use crate::store::{Result, Store, StoreError, body};

/// Selects versions of the concept `?1` with the batch that they came in.
macro_rules! version_sql {
    () => {
        "SELECT row, concept.id, body, kind, batch, source, made_at FROM concept JOIN batch ON batch.id = batch
         WHERE concept.id = ?1 AND "
    };
}

/// A concept with its place in the store.
#[derive(Clone, Debug)]
pub struct StoredConcept {
    /// The row of this version.
    pub row: ConceptRow,
    /// Whose it is.
    pub standing: Standing,
    /// The concept.
    pub concept: Concept,
}

/// A concept as it was from one import to the next.
#[derive(Clone, Debug)]
pub struct ConceptVersion {
    /// The import that it came with, by which it can be taken back; `None` for what came with tongsa.
    pub import: Option<i64>,
    /// The file of the import.
    pub source: String,
    /// When, in RFC 3339.
    pub made_at: String,
    /// The concept.
    pub concept: Concept,
}

impl Store {
    /// Returns the current version of a concept.
    pub fn current(&self, id: &ConceptId) -> Result<Option<StoredConcept>> {
        let sql = "SELECT row, id, body, (SELECT kind FROM batch WHERE batch.id = concept.batch)
                   FROM concept WHERE id = ?1 AND replaced_by IS NULL";
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.failure(error))?;
        let found = statement.query_row([id.as_str()], raw_concept).optional().map_err(|error| self.failure(error))?;
        found.map(|raw| self.decode(raw)).transpose()
    }

    /// Visits every current concept in order of its id.
    pub fn for_each_concept<E: From<StoreError>>(
        &self,
        own_only: bool,
        mut visit: impl FnMut(StoredConcept) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.concepts_after("", own_only, |stored| visit(stored).map(ControlFlow::Continue))
    }

    /// Visits the current concepts behind an id, in order of their ids, until the visitor has enough.
    pub fn concepts_after<E: From<StoreError>>(
        &self,
        after: &str,
        own_only: bool,
        mut visit: impl FnMut(StoredConcept) -> std::result::Result<ControlFlow<()>, E>,
    ) -> std::result::Result<(), E> {
        let sql = "SELECT row, concept.id, body, kind FROM concept JOIN batch ON batch.id = concept.batch
                   WHERE replaced_by IS NULL AND concept.id > ?2 AND (kind = 'import' OR NOT ?1) ORDER BY concept.id";
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.failure(error))?;
        let mut rows = statement.query(params![own_only, after]).map_err(|error| self.failure(error))?;
        while let Some(row) = rows.next().map_err(|error| self.failure(error))? {
            let raw = raw_concept(row).map_err(|error| self.failure(error))?;
            if visit(self.decode(raw)?)?.is_break() {
                break;
            }
        }
        Ok(())
    }

    /// Returns how many concepts there are.
    pub fn concept_count(&self) -> Result<usize> {
        let sql = "SELECT count(*) FROM concept WHERE replaced_by IS NULL";
        let count = self.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(|error| self.failure(error))?;
        Ok(usize::try_from(count).unwrap_or(0))
    }

    /// Returns the versions of a concept, the current one first. Those of imports that were taken back are gone.
    pub fn versions(&self, id: &ConceptId) -> Result<Vec<ConceptVersion>> {
        let mut versions = Vec::new();
        let mut newer: Option<i64> = None;
        while let Some((batch, version)) = self.version_below(id, newer)? {
            // A batch replaces older ones; anything else is a damaged store, and has no end.
            if newer.is_some_and(|newer| newer <= batch) {
                break;
            }
            versions.push(version);
            newer = Some(batch);
        }
        Ok(versions)
    }

    /// Returns the version that a batch has replaced, or the current one, with the batch that it came in.
    fn version_below(&self, id: &ConceptId, newer: Option<i64>) -> Result<Option<(i64, ConceptVersion)>> {
        // Each of the two has an index of its own.
        let sql = match newer {
            None => concat!(version_sql!(), "replaced_by IS NULL AND ?2 IS NULL"),
            Some(_) => concat!(version_sql!(), "replaced_by = ?2 ORDER BY row DESC LIMIT 1"),
        };
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.failure(error))?;
        let read = |row: &Row<'_>| Ok((raw_concept(row)?, row.get(4)?, row.get(5)?, row.get(6)?));
        let found = statement.query_row(params![id.as_str(), newer], read).optional().map_err(|error| self.failure(error))?;
        let Some((raw, batch, source, made_at)) = found else { return Ok(None) };
        let StoredConcept { standing, concept, .. } = self.decode(raw)?;
        let import = (standing == Standing::Own).then_some(batch);
        Ok(Some((batch, ConceptVersion { import, source, made_at, concept })))
    }

    /// Returns the version in a row where it is the current one.
    pub(super) fn read_concept(&self, row: ConceptRow) -> Result<Option<IndexedConcept>> {
        let sql = "SELECT row, id, body, (SELECT kind FROM batch WHERE batch.id = concept.batch)
                   FROM concept WHERE row = ?1 AND replaced_by IS NULL";
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.failure(error))?;
        let found = statement.query_row([row.0], raw_concept).optional().map_err(|error| self.failure(error))?;
        let stored = found.map(|raw| self.decode(raw)).transpose()?;
        Ok(stored.map(|stored| IndexedConcept::new(stored.row, stored.standing, stored.concept)))
    }

    fn decode(&self, raw: RawConcept) -> Result<StoredConcept> {
        let RawConcept { row, id, body, kind } = raw;
        let concept = body::decode(id, &body).map_err(|reason| StoreError::Damaged { path: self.path.clone(), reason })?;
        let standing = if kind == "shipped" { Standing::Shipped } else { Standing::Own };
        Ok(StoredConcept { row: ConceptRow(row), standing, concept })
    }
}

struct RawConcept {
    row: u32,
    id: String,
    body: String,
    kind: String,
}

fn raw_concept(row: &Row<'_>) -> rusqlite::Result<RawConcept> {
    Ok(RawConcept { row: row.get(0)?, id: row.get(1)?, body: row.get(2)?, kind: row.get(3)? })
}
