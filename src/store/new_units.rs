//! New units on their way into their table: a statement takes many of them, since each one costs as much as several rows.

use std::ops::Range;

use rusqlite::{CachedStatement, Connection};

use crate::memory::run::UnitRow;
use crate::store::unit_body::EncodedUnit;

/// How many rows one statement takes.
const TOGETHER: usize = 64;
/// How many values a row has.
const VALUES: usize = 4;

/// Neither a conflict nor a number given from outside can end this statement half way, for which SQLite would copy each page that
/// it is about to change to a journal first: a batch that fails is rolled back as a whole, and SQLite counts the rows itself.
const INSERT: &str = "INSERT OR FAIL INTO unit (origin, confidence, body, properties) VALUES (?, ?, ?, ?)";
const FURTHER_ROW: &str = ", (?, ?, ?, ?)";

/// Units that wait to be written, and the number that comes next.
pub(super) struct NewUnits {
    next: UnitRow,
    waiting: Vec<NewUnit>,
    /// The bodies of those that wait, one after another.
    bodies: String,
    insert_many: String,
}

struct NewUnit {
    row: UnitRow,
    origin: i64,
    confidence: Option<u8>,
    body: Range<usize>,
    properties: Option<String>,
}

impl NewUnits {
    /// Begins behind every number that a unit has or has had.
    pub fn begin(connection: &Connection) -> rusqlite::Result<Self> {
        let sql = "SELECT max(coalesce((SELECT max(id) FROM unit), 0),
                              coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'unit'), 0))";
        let last: UnitRow = connection.query_row(sql, [], |row| row.get(0))?;
        let insert_many = format!("{INSERT}{}", FURTHER_ROW.repeat(TOGETHER - 1));
        Ok(Self { next: last + 1, waiting: Vec::with_capacity(TOGETHER), bodies: String::new(), insert_many })
    }

    /// Adds a unit and returns its number.
    pub fn add(&mut self, connection: &Connection, unit: &EncodedUnit, origin: i64) -> rusqlite::Result<UnitRow> {
        let row = self.next;
        self.next += 1;
        let start = self.bodies.len();
        self.bodies.push_str(&unit.body);
        let (body, properties) = (start..self.bodies.len(), unit.properties.clone());
        self.waiting.push(NewUnit { row, origin, confidence: unit.confidence, body, properties });
        if self.waiting.len() == TOGETHER {
            self.write(connection)?;
        }
        Ok(row)
    }

    /// Writes what waits.
    pub fn write(&mut self, connection: &Connection) -> rusqlite::Result<()> {
        if self.waiting.len() == TOGETHER {
            self.write_rows(&mut connection.prepare_cached(&self.insert_many)?, &self.waiting)?;
        } else if !self.waiting.is_empty() {
            let mut insert = connection.prepare_cached(INSERT)?;
            self.waiting.chunks(1).try_for_each(|unit| self.write_rows(&mut insert, unit))?;
        }
        let last = connection.last_insert_rowid();
        if self.waiting.last().is_some_and(|unit| i64::from(unit.row) != last) {
            // Another count than that of AUTOINCREMENT: the index would name other units.
            return Err(rusqlite::Error::IntegralValueOutOfRange(0, last));
        }
        self.waiting.clear();
        self.bodies.clear();
        Ok(())
    }

    fn write_rows(&self, insert: &mut CachedStatement<'_>, units: &[NewUnit]) -> rusqlite::Result<()> {
        for (number, unit) in units.iter().enumerate() {
            let first = number * VALUES + 1;
            insert.raw_bind_parameter(first, unit.origin)?;
            insert.raw_bind_parameter(first + 1, unit.confidence)?;
            insert.raw_bind_parameter(first + 2, &self.bodies[unit.body.clone()])?;
            insert.raw_bind_parameter(first + 3, &unit.properties)?;
        }
        insert.raw_execute()?;
        Ok(())
    }
}
