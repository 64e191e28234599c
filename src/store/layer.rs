//! A store over a store: glossaries that are read for some drafts and kept nowhere.
//!
//! The upper store lies in memory, where every reader of this process finds it by its name, and numbers its rows from
//! [`FIRST_ROW`] on, so that a row tells whose it is. A concept of the upper store stands in place of the lower one's of the
//! same id.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use rusqlite::{OpenFlags, params};

use crate::glossary::index::{ConceptRow, IndexedConcept, TermIndex};
use crate::glossary::key::{KeyHash, Lengths};
use crate::glossary::near::Signature;
use crate::store::{Result, Store, StoreError};

/// The first row of an upper store. No lower one comes so far: its rows would fill a terabyte.
const FIRST_ROW: u32 = 1 << 31;

/// How an upper store is opened besides.
pub(super) const FLAGS: OpenFlags = OpenFlags::SQLITE_OPEN_URI;

/// What the names of upper stores begin with: a name in SQLite's file system of memory, see <https://sqlite.org/memdb.html>.
const NAME: &str = "file:/tongsa-layer-";

/// The number of the next upper store of this process.
static NEXT: AtomicU64 = AtomicU64::new(0);

/// Returns whether a path is the name of an upper store.
pub(super) fn is_layer(path: &Path) -> bool {
    path.to_str().is_some_and(|path| path.starts_with(NAME))
}

impl Store {
    /// Makes an empty store to be laid over another; it is gone when nobody reads it any more.
    pub fn new_layer() -> Result<Self> {
        let name = PathBuf::from(format!("{NAME}{}?vfs=memdb", NEXT.fetch_add(1, Ordering::Relaxed)));
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE | FLAGS;
        let mut store = Self::connect(&name, flags, true)?;
        store.prepare()?;
        store.number_from_first_row().map_err(|error| store.failure(error))?;
        Ok(store)
    }

    /// The rows of SQLite go on from the greatest one: a version that is replaced from the start stands below the first.
    fn number_from_first_row(&self) -> rusqlite::Result<()> {
        let batch = "INSERT INTO batch (id, kind, source, made_at) VALUES (0, 'shipped', '', '')";
        self.connection.execute(batch, [])?;
        let concept = "INSERT INTO concept (row, id, batch, replaced_by, body) VALUES (?1, '', 0, 0, '')";
        self.connection.execute(concept, params![FIRST_ROW - 1]).map(drop)
    }

    /// Lays another store, which [`Store::new_layer`] has made, over this one.
    pub fn lay(&mut self, above: Self) {
        self.index.get_mut().forget();
        self.above = Some(Box::new(above));
    }

    /// Returns whether the store above has a concept of its own in place of one.
    pub(super) fn is_covered(&self, found: Option<&IndexedConcept>) -> Result<bool> {
        match (&self.above, found) {
            (Some(above), Some(found)) => Ok(above.current(&found.concept.id)?.is_some()),
            _ => Ok(false),
        }
    }

    /// Returns the store that a row belongs to.
    fn with_row(&self, row: ConceptRow) -> &Self {
        self.above.as_deref().filter(|_| row.0 >= FIRST_ROW).unwrap_or(self)
    }
}

impl TermIndex for Store {
    type Error = StoreError;

    fn with_key(&self, key: KeyHash, rows: &mut Vec<ConceptRow>) -> Result<()> {
        self.own_with_key(key, rows)?;
        self.above.as_ref().map_or(Ok(()), |above| above.own_with_key(key, rows))
    }

    fn lengths(&self, start: KeyHash) -> Result<Lengths> {
        let own = self.own_lengths(start)?;
        self.above.as_ref().map_or(Ok(own), |above| Ok(Lengths(own.0 | above.own_lengths(start)?.0)))
    }

    fn near(&self, piece: KeyHash, signature: Signature, edits: usize, rows: &mut Vec<ConceptRow>) -> Result<()> {
        self.own_near(piece, signature, edits, rows)?;
        self.above.as_ref().map_or(Ok(()), |above| above.own_near(piece, signature, edits, rows))
    }

    fn folded(&self, row: ConceptRow, visit: &mut dyn FnMut(usize, &[u8])) -> Result<()> {
        self.with_row(row).own_folded(row, visit)
    }

    fn concept(&self, row: ConceptRow) -> Result<Option<Arc<IndexedConcept>>> {
        self.with_row(row).own_concept(row)
    }
}
