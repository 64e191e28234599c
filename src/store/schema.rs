//! The tables, as an append-only list of migrations counted by `user_version`.

use std::path::Path;
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use crate::store::{Result, StoreError, failure, match_index, term_index};

/// Marks a SQLite file as a tongsa store: "tong" in ASCII.
const APPLICATION_ID: i64 = 0x746F_6E67;

/// Every step from an empty file to the newest schema.
const MIGRATIONS: [&str; 4] = [
    "
CREATE TABLE setting (name TEXT PRIMARY KEY, value ANY NOT NULL) STRICT, WITHOUT ROWID;
INSERT INTO setting (name, value) VALUES ('generation', 0);

-- What came in at one time and can be taken back at one time. Its concepts are the rows first_row to last_row.
CREATE TABLE batch (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL CHECK (kind IN ('shipped', 'import')),
    source TEXT NOT NULL,
    made_at TEXT NOT NULL,
    added INTEGER NOT NULL DEFAULT 0,
    changed INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    rejected INTEGER NOT NULL DEFAULT 0,
    first_row INTEGER NOT NULL DEFAULT 0,
    last_row INTEGER NOT NULL DEFAULT 0
) STRICT;

-- One version of a concept; the body is JSON (body.rs). A row number may be used again after an undo: what the index says of
-- it is compared with the concept in any case.
CREATE TABLE concept (
    row INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    batch INTEGER NOT NULL REFERENCES batch (id),
    replaced_by INTEGER REFERENCES batch (id),
    body TEXT NOT NULL
) STRICT;
CREATE UNIQUE INDEX concept_current ON concept (id) WHERE replaced_by IS NULL;
CREATE INDEX concept_replaced ON concept (replaced_by) WHERE replaced_by IS NOT NULL;

-- The index over the terms, in sorted runs cut into pages (pages.rs). key is run << 32 | page.
CREATE TABLE index_run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    use TEXT NOT NULL CHECK (use IN ('term', 'start', 'near')),
    bits INTEGER NOT NULL,
    entries INTEGER NOT NULL
) STRICT;
CREATE TABLE index_page (key INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;

-- Articles as segments, and the places in them where a concept is named.
CREATE TABLE article (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL UNIQUE,
    origin TEXT NOT NULL,
    lang TEXT NOT NULL,
    digest TEXT NOT NULL,
    added_at TEXT NOT NULL,
    -- The state of the glossaries (setting 'generation') that its mentions were found with.
    aligned INTEGER NOT NULL
) STRICT;
CREATE TABLE segment (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES article (id) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    text TEXT NOT NULL,
    UNIQUE (article, ordinal)
) STRICT;
CREATE TABLE mention (
    segment INTEGER NOT NULL REFERENCES segment (id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    end INTEGER NOT NULL,
    concept TEXT NOT NULL,
    term TEXT NOT NULL,
    PRIMARY KEY (segment, start, end, concept)
) STRICT, WITHOUT ROWID;
CREATE INDEX mention_concept ON mention (concept, segment);
",
    "
-- The sounds of names came into the index, which is made anew (term_index::rebuild), and the folded terms beside it
-- (folded_terms.rs).
DELETE FROM index_run;
DELETE FROM index_page;
CREATE TABLE folded_page (page INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;
",
    "
-- Translation units. The body is JSON (unit_body.rs); runs of the use 'unit' find equal ones by their hash.
CREATE TABLE unit (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    origin INTEGER NOT NULL,
    confidence INTEGER,
    body TEXT NOT NULL,
    properties TEXT
) STRICT;
-- Where units come from; a unit that comes again from somewhere else has a further origin.
CREATE TABLE origin (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    batch INTEGER NOT NULL REFERENCES batch (id),
    source TEXT NOT NULL,
    document TEXT,
    domain TEXT,
    date TEXT,
    author TEXT
) STRICT;
CREATE INDEX origin_batch ON origin (batch);
CREATE TABLE further_origin (
    unit INTEGER NOT NULL,
    origin INTEGER NOT NULL,
    PRIMARY KEY (unit, origin)
) STRICT, WITHOUT ROWID;

CREATE TABLE index_run_with_units (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    use TEXT NOT NULL CHECK (use IN ('term', 'start', 'near', 'unit')),
    bits INTEGER NOT NULL,
    entries INTEGER NOT NULL
) STRICT;
INSERT INTO index_run_with_units SELECT id, use, bits, entries FROM index_run;
DROP TABLE index_run;
ALTER TABLE index_run_with_units RENAME TO index_run;

-- The match index over the segments of the units, in runs cut into pages (memory/run.rs). The key of a page is the run above
-- the number of the page (match_index.rs). The units of a run are among first_unit to last_unit.
CREATE TABLE match_run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    lang TEXT NOT NULL,
    lanes INTEGER NOT NULL,
    first_unit INTEGER NOT NULL,
    last_unit INTEGER NOT NULL,
    shape BLOB NOT NULL
) STRICT;
CREATE TABLE match_page (key INTEGER PRIMARY KEY, body BLOB NOT NULL) STRICT;

-- What the units teach about two languages (memory/lexicon.rs), and how many units there were.
CREATE TABLE lexicon (
    source TEXT NOT NULL,
    target TEXT NOT NULL,
    units INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (source, target)
) STRICT;
",
    "
-- The match index wastes less room and is read with less work: it is made anew (match_index/writer.rs).
DELETE FROM match_run;
DELETE FROM match_page;
",
];

/// The schema with which the index last changed what it holds. Which keys a name has is a part of that: a change of the rules or
/// tables of `names` that old stores should profit from needs a new schema.
const INDEX_VERSION: i64 = 2;
/// The schema with which the match index last changed what it holds. How a segment is folded is a part of that.
pub(super) const MATCH_INDEX_VERSION: i64 = 4;

/// Brings a store up to date, making its tables where there are none.
pub(super) fn prepare(connection: &mut Connection, path: &Path) -> Result<()> {
    let failed = |error| failure(path, error);
    connection.pragma_update(None, "foreign_keys", true).map_err(failed)?;
    connection.pragma_update(None, "trusted_schema", false).map_err(failed)?;
    let known = MIGRATIONS.len() as i64;
    // In one read transaction, since another process may be making the tables.
    let reading = connection.transaction().map_err(failed)?;
    let version = check(&reading, path)?;
    drop(reading);
    if version == known {
        return Ok(());
    }
    if version == 0 {
        connection.pragma_update(None, "page_size", 16384).map_err(failed)?;
        keep_a_log(connection).map_err(failed)?;
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
    // Another process may have been faster.
    let version = check(&transaction, path)?;
    for migration in &MIGRATIONS[version.clamp(0, known) as usize..] {
        transaction.execute_batch(migration).map_err(failed)?;
    }
    if (1..INDEX_VERSION).contains(&version) {
        term_index::rebuild(&transaction).map_err(failed)?;
    }
    if (1..MATCH_INDEX_VERSION).contains(&version) {
        match_index::writer::rebuild(&transaction).map_err(failed)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(failed)?;
    transaction.pragma_update(None, "user_version", known).map_err(failed)?;
    transaction.commit().map_err(failed)
}

/// How often, every ten milliseconds, a new store is asked to keep a write-ahead log.
const ATTEMPTS: usize = 500;

/// Switches a new store to a write-ahead log. SQLite does not wait where another process is about the same.
fn keep_a_log(connection: &Connection) -> rusqlite::Result<()> {
    let switch = || connection.pragma_update(None, "journal_mode", "wal");
    for _ in 1..ATTEMPTS {
        match switch() {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                std::thread::sleep(Duration::from_millis(10));
            }
            done => return done,
        }
    }
    switch()
}

/// Returns the schema version of a store, 0 for an empty file.
pub(super) fn check(connection: &Connection, path: &Path) -> Result<i64> {
    let pragma = |name: &str| {
        connection.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).map_err(|error| failure(path, error))
    };
    let version = pragma("user_version")?;
    let application = pragma("application_id")?;
    let tables = "SELECT count(*) FROM sqlite_schema";
    let tables: i64 = connection.query_row(tables, [], |row| row.get(0)).map_err(|error| failure(path, error))?;
    if application != APPLICATION_ID && (tables > 0 || version != 0 || application != 0) {
        return Err(StoreError::NotAStore(path.to_owned()));
    }
    let known = MIGRATIONS.len() as i64;
    if version > known {
        return Err(StoreError::Newer { path: path.to_owned(), found: version, known });
    }
    Ok(version)
}
