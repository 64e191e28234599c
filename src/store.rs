//! The store: one SQLite file with the concepts, their index, the articles and the batches they came in.
//!
//! The only rooms that know SQL. Knows nothing of file formats, nor of what a check or a look-up makes of a concept.
//! Concepts are kept in versions: an import adds a version and marks the one before as replaced, so that undoing it is exact.

pub mod articles;
pub mod batches;
mod beginnings;
pub mod body;
pub mod concepts;
pub mod folded_terms;
pub mod layer;
pub mod lexicons;
pub mod match_index;
mod new_units;
pub mod pages;
pub mod schema;
pub mod term_index;
pub mod unit_batch;
pub mod unit_body;
mod unit_rows;
pub mod units;

use std::cell::{Cell, RefCell};
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::store::match_index::MatchReader;
use crate::store::term_index::IndexReader;

/// What a store in memory is called.
const IN_MEMORY: &str = ":memory:";

/// How long a process waits for another that is writing.
const PATIENCE: Duration = Duration::from_secs(20);

/// How many bytes of the file are mapped into memory at most.
const MAPPED: i64 = 1 << 31;

/// How many of them stay mapped for who asks on and on.
const STILL_MAPPED: i64 = 1 << 26;

/// Why the store cannot answer.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The file is something else.
    #[error("{0} is not a tongsa store; name another file, or move this one away")]
    NotAStore(PathBuf),
    /// The file was made by a newer version.
    #[error("{path} was made by a newer tongsa (schema {found}, this program knows {known}); install the newer tongsa")]
    Newer {
        /// The store.
        path: PathBuf,
        /// Its schema.
        found: i64,
        /// The newest schema of this program.
        known: i64,
    },
    /// Another process is writing.
    #[error("{0} is being written by another tongsa; try again when it has finished")]
    Busy(PathBuf),
    /// No right to write.
    #[error("{0} cannot be written; make the file and its folder writable, or name another store")]
    ReadOnly(PathBuf),
    /// The file cannot be opened or made.
    #[error("{path} cannot be opened: {reason}; see to it, or name another store")]
    CannotOpen {
        /// The store.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// No room.
    #[error("the disk with {0} is full; nothing was changed; make room and try again")]
    Full(PathBuf),
    /// The system cannot read or write the file.
    #[error(
        "the disk with {0} refuses to read or write; nothing was changed; see whether it is full or failing, and try again"
    )]
    Disk(PathBuf),
    /// The file is damaged.
    #[error("{path} is damaged ({reason}); restore it from a backup, or move it away and import your glossaries again")]
    Damaged {
        /// The store.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
    },
    /// Anything else that SQLite says.
    #[error("{path} cannot be used: {reason}")]
    Other {
        /// The store.
        path: PathBuf,
        /// What SQLite says.
        reason: String,
    },
}

/// A result of the store.
pub type Result<T> = std::result::Result<T, StoreError>;

/// An open store. One thread uses it; open another for another thread.
pub struct Store {
    path: PathBuf,
    connection: Connection,
    writable: bool,
    /// Whether nobody can write the file through this path, so that it is read without a lock and without a log.
    immutable: bool,
    index: RefCell<IndexReader>,
    matches: RefCell<MatchReader>,
    /// The store that is laid over this one (`layer.rs`).
    above: Option<Box<Store>>,
    /// Whether a read transaction is open: all answers of one command come from one state of the store, and cost one lock.
    reading: Cell<bool>,
    /// The state of the file that was read last (`wake`).
    version: Cell<i64>,
}

impl Store {
    /// Opens the store at `path`, making it and bringing its schema up to date where needed. A store that cannot be written is
    /// opened for reading.
    pub fn open(path: &Path) -> Result<Self> {
        let new = !path.exists();
        if new && let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)
                .map_err(|error| StoreError::CannotOpen { path: path.to_owned(), reason: error.to_string() })?;
        }
        if path.is_dir() {
            return Err(StoreError::CannotOpen { path: path.to_owned(), reason: "it is a folder".into() });
        }
        let mut store = Self::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE, true)?;
        match store.prepare() {
            Err(StoreError::ReadOnly(_) | StoreError::CannotOpen { .. }) if !new => Self::open_read_only(path),
            Err(error) => Err(error),
            Ok(()) => Ok(store),
        }
    }

    /// Opens the same store once more for reading on another thread; `None` for a store in memory.
    pub fn reader(&self) -> Result<Option<Self>> {
        if self.path == Path::new(IN_MEMORY) {
            return Ok(None);
        }
        let mut reader = if self.immutable {
            Self::open_read_only(&self.path)?
        } else {
            let flags = OpenFlags::SQLITE_OPEN_READ_WRITE;
            let layer = layer::is_layer(&self.path);
            Self::connect(&self.path, if layer { flags | layer::FLAGS } else { flags }, false)?
        };
        reader.above = self.above.as_ref().map(|above| above.reader()).transpose()?.flatten().map(Box::new);
        Ok(Some(reader))
    }

    /// Opens a store in memory, for tests and for reading a glossary without keeping it.
    pub fn in_memory() -> Result<Self> {
        let path = PathBuf::from(IN_MEMORY);
        let connection = Connection::open_in_memory().map_err(|error| failure(&path, error))?;
        let mut store = Self {
            path,
            connection,
            writable: true,
            immutable: false,
            index: RefCell::default(),
            matches: RefCell::default(),
            above: None,
            reading: Cell::new(false),
            version: Cell::new(0),
        };
        store.prepare()?;
        Ok(store)
    }

    fn open_read_only(path: &Path) -> Result<Self> {
        let mut uri = String::from("file:");
        for byte in path.to_string_lossy().bytes() {
            match byte {
                b'?' | b'#' | b'%' => uri.push_str(&format!("%{byte:02X}")),
                _ => uri.push(char::from(byte)),
            }
        }
        // Without write access there is no lock to take; nobody else can write it through this path either.
        uri.push_str("?immutable=1");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let mut store = Self::connect(Path::new(&uri), flags, false)?;
        (store.path, store.immutable) = (path.to_owned(), true);
        schema::check(&store.connection, &store.path)?;
        Ok(store)
    }

    fn connect(path: &Path, flags: OpenFlags, writable: bool) -> Result<Self> {
        let flags = flags | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(path, flags).map_err(|error| failure(path, error))?;
        connection.busy_timeout(PATIENCE).map_err(|error| failure(path, error))?;
        // A statement is planned once and not anew for every value that is bound to it.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(|error| failure(path, error))?;
        // Pages are read where the system keeps them instead of being copied.
        connection.pragma_update(None, "mmap_size", MAPPED).map_err(|error| failure(path, error))?;
        Ok(Self {
            path: path.to_owned(),
            connection,
            writable,
            immutable: false,
            index: RefCell::default(),
            matches: RefCell::default(),
            above: None,
            reading: Cell::new(false),
            version: Cell::new(0),
        })
    }

    fn prepare(&mut self) -> Result<()> {
        schema::prepare(&mut self.connection, &self.path)
    }

    /// Returns where the store is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Returns whether the store can be written.
    pub fn is_writable(&self) -> bool {
        self.writable
    }

    /// Begins to answer from one state of the store.
    fn begin_reading(&self) -> Result<()> {
        if !self.reading.replace(true) {
            self.connection.execute_batch("BEGIN").map_err(|error| self.failure(error))?;
        }
        Ok(())
    }

    /// Makes ready for the next question of who asks on and on: what others have written since is seen.
    pub fn wake(&mut self) -> Result<()> {
        let version = self.data_version().map_err(|error| self.failure(error))?;
        if self.version.replace(version) != version {
            self.index.get_mut().forget();
            self.matches.get_mut().forget();
        }
        Ok(())
    }

    /// Returns a number that changes with every commit of another connection, while nothing is being read.
    pub fn version(&self) -> Result<i64> {
        self.data_version().map_err(|error| self.failure(error))
    }

    /// Ends the state that was read, so that it does not hold up who writes; what was read of it is kept.
    pub fn rest(&mut self) -> Result<()> {
        self.end_reading()
    }

    /// Returns a number that changes with every commit of another connection.
    fn data_version(&self) -> rusqlite::Result<i64> {
        self.connection.prepare_cached("PRAGMA data_version")?.query_row([], |row| row.get(0))
    }

    fn end_reading(&self) -> Result<()> {
        if self.reading.replace(false) {
            self.connection.execute_batch("COMMIT").map_err(|error| self.failure(error))?;
        }
        Ok(())
    }

    /// Lets go of most of the mapped file: who asks on and on holds what it needs in memory of its own.
    fn unmap(&self) -> Result<()> {
        self.end_reading()?;
        self.connection.pragma_update(None, "mmap_size", STILL_MAPPED).map_err(|error| self.failure(error))
    }

    /// Makes ready to write: ends the state that was read and forgets it.
    fn begin_writing(&mut self) -> Result<()> {
        if !self.writable {
            return Err(StoreError::ReadOnly(self.path.clone()));
        }
        self.end_reading()?;
        self.index.get_mut().forget();
        self.matches.get_mut().forget();
        Ok(())
    }

    fn failure(&self, error: rusqlite::Error) -> StoreError {
        failure(&self.path, error)
    }
}

/// Says what SQLite's error means to the person at the desk.
fn failure(path: &Path, error: rusqlite::Error) -> StoreError {
    let path = path.to_owned();
    let reason = match &error {
        // The statement would make a page of the sentence.
        rusqlite::Error::SqlInputError { msg, .. } => msg.clone(),
        error => error.to_string(),
    };
    if is_of_another_kind(&error) {
        return StoreError::Damaged { path, reason };
    }
    match error.sqlite_error_code() {
        Some(ErrorCode::NotADatabase) => StoreError::NotAStore(path),
        Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => StoreError::Busy(path),
        Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => StoreError::ReadOnly(path),
        Some(ErrorCode::CannotOpen) => StoreError::CannotOpen { path, reason },
        Some(ErrorCode::DiskFull) => StoreError::Full(path),
        Some(ErrorCode::SystemIoFailure) => StoreError::Disk(path),
        Some(ErrorCode::DatabaseCorrupt) => StoreError::Damaged { path, reason },
        _ => StoreError::Other { path, reason },
    }
}

/// Returns whether a value or a table is not what the program has written, which a sound file does not have.
fn is_of_another_kind(error: &rusqlite::Error) -> bool {
    use rusqlite::Error;
    matches!(
        error,
        Error::FromSqlConversionFailure(..)
            | Error::IntegralValueOutOfRange(..)
            | Error::Utf8Error(..)
            | Error::InvalidColumnType(..)
            | Error::BlobSizeError
            | Error::SqlInputError { .. }
    )
}
