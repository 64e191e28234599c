//! Concepts in the store: reading the current versions.

use rusqlite::{OptionalExtension, Row};

use crate::glossary::concept::{Concept, ConceptId};
use crate::glossary::index::{ConceptRow, IndexedConcept, Standing};
use crate::store::{Result, Store, StoreError, body};

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
        let sql = "SELECT row, concept.id, body, kind FROM concept JOIN batch ON batch.id = concept.batch
                   WHERE replaced_by IS NULL AND (kind = 'import' OR NOT ?1) ORDER BY concept.id";
        let mut statement = self.connection.prepare_cached(sql).map_err(|error| self.failure(error))?;
        let mut rows = statement.query([own_only]).map_err(|error| self.failure(error))?;
        while let Some(row) = rows.next().map_err(|error| self.failure(error))? {
            let raw = raw_concept(row).map_err(|error| self.failure(error))?;
            visit(self.decode(raw)?)?;
        }
        Ok(())
    }

    /// Returns how many concepts there are.
    pub fn concept_count(&self) -> Result<usize> {
        let sql = "SELECT count(*) FROM concept WHERE replaced_by IS NULL";
        let count = self.connection.query_row(sql, [], |row| row.get::<_, i64>(0)).map_err(|error| self.failure(error))?;
        Ok(usize::try_from(count).unwrap_or(0))
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
