//! Translation units in the store: reading them, and what an undo takes away.

use rusqlite::{Connection, OptionalExtension, Row, params};

use crate::memory::run::UnitRow;
use crate::memory::unit::{Origin, TranslationUnit};
use crate::store::match_index::writer;
use crate::store::{Result, Store, StoreError, unit_body};

/// A unit with everything that is kept of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredUnit {
    /// Its number.
    pub row: UnitRow,
    /// The unit; its origin is the first.
    pub unit: TranslationUnit,
    /// The other places it came from.
    pub further_origins: Vec<Origin>,
}

const COLUMNS: &str = "unit.id, body, confidence, properties, source, document, domain, date, author";

impl Store {
    /// Returns a unit; `None` where there is none in this row.
    pub fn unit(&self, row: UnitRow) -> Result<Option<StoredUnit>> {
        self.begin_reading()?;
        let sql = format!("SELECT {COLUMNS} FROM unit JOIN origin ON origin.id = origin WHERE unit.id = ?1");
        let mut statement = self.connection.prepare_cached(&sql).map_err(|error| self.failure(error))?;
        let found = statement.query_row([row], read_unit).optional().map_err(|error| self.failure(error))?;
        let Some(mut unit) = found.transpose().map_err(|reason| self.damaged(reason))? else { return Ok(None) };
        unit.further_origins = self.further_origins(row).map_err(|error| self.failure(error))?;
        Ok(Some(unit))
    }

    fn further_origins(&self, row: UnitRow) -> rusqlite::Result<Vec<Origin>> {
        let sql = "SELECT source, document, domain, date, author FROM further_origin
                   JOIN origin ON origin.id = origin WHERE unit = ?1 ORDER BY origin.id";
        let mut statement = self.connection.prepare_cached(sql)?;
        statement.query_map([row], |row| read_origin(row, 0))?.collect()
    }

    /// Visits every unit in the order they came in, without further origins.
    pub fn for_each_unit<E: From<StoreError>>(
        &self,
        mut visit: impl FnMut(StoredUnit) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        self.begin_reading()?;
        let sql = format!("SELECT {COLUMNS} FROM unit JOIN origin ON origin.id = origin ORDER BY unit.id");
        let mut statement = self.connection.prepare(&sql).map_err(|error| self.failure(error))?;
        let mut rows = statement.query([]).map_err(|error| self.failure(error))?;
        while let Some(row) = rows.next().map_err(|error| self.failure(error))? {
            let unit = read_unit(row).map_err(|error| self.failure(error))?.map_err(|reason| self.damaged(reason))?;
            visit(unit)?;
        }
        Ok(())
    }

    /// Returns how many units are kept.
    pub fn unit_count(&self) -> Result<usize> {
        self.begin_reading()?;
        let count = self.connection.query_row("SELECT count(*) FROM unit", [], |row| row.get::<_, i64>(0));
        Ok(count.map_err(|error| self.failure(error))? as usize)
    }

    pub(super) fn damaged(&self, reason: String) -> StoreError {
        StoreError::Damaged { path: self.path.clone(), reason }
    }
}

fn read_unit(row: &Row<'_>) -> rusqlite::Result<std::result::Result<StoredUnit, String>> {
    let (number, confidence, origin) = (row.get(0)?, row.get(2)?, read_origin(row, 4)?);
    let variants = unit_body::decode(row.get_ref(1)?.as_str()?);
    let properties = unit_body::decode_properties(row.get_ref(3)?.as_str_or_null()?);
    Ok(variants.and_then(|variants| {
        let unit = TranslationUnit { variants, origin, confidence, properties: properties? };
        Ok(StoredUnit { row: number, unit, further_origins: Vec::new() })
    }))
}

fn read_origin(row: &Row<'_>, first: usize) -> rusqlite::Result<Origin> {
    Ok(Origin {
        source: row.get(first)?,
        document: row.get(first + 1)?,
        domain: row.get(first + 2)?,
        date: row.get(first + 3)?,
        author: row.get(first + 4)?,
    })
}

/// Takes the units of a batch away; those that came from elsewhere too stay.
pub(super) fn undo(connection: &Connection, batch: i64) -> rusqlite::Result<()> {
    let own = "(SELECT id FROM origin WHERE batch = ?1)";
    let has_units: bool =
        connection.query_row("SELECT EXISTS (SELECT 1 FROM origin WHERE batch = ?1)", [batch], |row| row.get(0))?;
    if !has_units {
        return Ok(());
    }
    connection.execute(&format!("DELETE FROM further_origin WHERE origin IN {own}"), [batch])?;
    let heirs = format!(
        "UPDATE unit SET origin = (SELECT min(further.origin) FROM further_origin AS further WHERE further.unit = unit.id)
         WHERE origin IN {own} AND id IN (SELECT unit FROM further_origin)"
    );
    connection.execute(&heirs, [batch])?;
    let inherited =
        "DELETE FROM further_origin WHERE origin = (SELECT unit.origin FROM unit WHERE unit.id = further_origin.unit)";
    connection.execute(inherited, [])?;
    connection.execute(&format!("DELETE FROM unit WHERE origin IN {own}"), [batch])?;
    connection.execute("DELETE FROM origin WHERE batch = ?1", params![batch])?;
    writer::drop_empty_runs(connection)
}
