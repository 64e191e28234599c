//! The workspaces of a program that goes on running: many read one store side by side, and one at a time writes.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use crate::store::StoreError;
use crate::workspace::{Result, Workspace};

/// Tells the time in RFC 3339, for what is written and for drafts that do not say of when they are.
pub type Clock = fn() -> String;

/// The workspaces over one store. A store that is changed by another program, or put in the place of the one before, is seen
/// with the next question.
pub struct Readers {
    path: PathBuf,
    clock: Clock,
    /// How many workspaces are kept open for the next question; more are opened where more are asked for at once. Each holds what
    /// it has read of the index, and more than the processors can use at once would only hold the same again.
    kept: usize,
    idle: Mutex<Idle>,
    writing: Mutex<()>,
    watcher: Mutex<Watcher>,
}

/// One state of the store: what is written, or put in its place, makes another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct State {
    opened: u64,
    version: i64,
}

/// The workspace that only looks whether the store has changed. Its numbers say nothing to another one.
#[derive(Default)]
struct Watcher {
    file: Option<FileIdentity>,
    workspace: Option<Workspace>,
    opened: u64,
}

/// The workspaces that nobody uses, all of one file.
#[derive(Default)]
struct Idle {
    file: Option<FileIdentity>,
    workspaces: Vec<Workspace>,
}

impl Readers {
    /// Opens the store at `path`, making and filling it at first use.
    pub fn open(path: &Path, clock: Clock) -> Result<Self> {
        let kept = std::thread::available_parallelism().map_or(2, |processors| processors.get().max(2));
        let (idle, writing, watcher) = (Mutex::default(), Mutex::new(()), Mutex::default());
        let readers = Self { path: path.to_owned(), clock, kept, idle, writing, watcher };
        drop(Workspace::open(path, clock())?);
        Ok(readers)
    }

    /// Returns where the store is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Answers a question. All of the answer comes from one state of the store.
    pub fn read<T>(&self, job: impl FnOnce(&mut Workspace) -> Result<T>) -> Result<T> {
        let file = self.identity()?;
        let mut workspace = match self.lend(file) {
            Some(workspace) => workspace,
            None => self.open_reader()?,
        };
        workspace.wake((self.clock)())?;
        let answer = job(&mut workspace);
        // One that cannot end its reading is not used again.
        if workspace.rest().is_ok() {
            self.take_back(workspace, file);
        }
        answer
    }

    /// Returns the state of the store as it is now, which costs much less than a question. An answer that was read since is of
    /// this state or a later one.
    pub fn state(&self) -> Result<State> {
        let file = self.identity()?;
        let mut watcher = locked(&self.watcher);
        let workspace = match watcher.workspace.take().filter(|_| watcher.file == Some(file)) {
            Some(workspace) => workspace,
            None => {
                (watcher.file, watcher.opened) = (Some(file), watcher.opened + 1);
                self.open_reader()?
            }
        };
        let version = workspace.version()?;
        watcher.workspace = Some(workspace);
        Ok(State { opened: watcher.opened, version })
    }

    /// Does a job that writes, after those that came before it.
    pub fn write<T, E: From<crate::workspace::WorkspaceError>>(
        &self,
        job: impl FnOnce(&mut Workspace) -> std::result::Result<T, E>,
    ) -> std::result::Result<T, E> {
        let _turn = locked(&self.writing);
        self.identity().map_err(E::from)?;
        let mut workspace = Workspace::open(&self.path, (self.clock)())?;
        let done = job(&mut workspace)?;
        workspace.refresh_articles()?;
        Ok(done)
    }

    fn open_reader(&self) -> Result<Workspace> {
        let workspace = Workspace::open(&self.path, (self.clock)())?;
        Ok(workspace.reader()?.unwrap_or(workspace))
    }

    fn lend(&self, file: FileIdentity) -> Option<Workspace> {
        let mut idle = locked(&self.idle);
        if idle.file != Some(file) {
            *idle = Idle { file: Some(file), workspaces: Vec::new() };
        }
        idle.workspaces.pop()
    }

    fn take_back(&self, workspace: Workspace, file: FileIdentity) {
        let mut idle = locked(&self.idle);
        if idle.file == Some(file) && idle.workspaces.len() < self.kept {
            idle.workspaces.push(workspace);
        }
    }

    fn identity(&self) -> Result<FileIdentity> {
        let gone = |error: io::Error| StoreError::CannotOpen { path: self.path.clone(), reason: error.to_string() };
        Ok(FileIdentity::of(&self.path).map_err(gone)?)
    }
}

/// A job that has panicked has left no workspace behind, so the lock guards nothing that is half-done.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Tells whether a path still leads to the same file. The file is not opened: closing it would let go of SQLite's locks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileIdentity {
    #[cfg(unix)]
    device_and_inode: (u64, u64),
    #[cfg(not(unix))]
    created: Option<std::time::Duration>,
}

impl FileIdentity {
    #[cfg(unix)]
    fn of(path: &Path) -> io::Result<Self> {
        use std::os::unix::fs::MetadataExt;
        let metadata = std::fs::metadata(path)?;
        Ok(Self { device_and_inode: (metadata.dev(), metadata.ino()) })
    }

    #[cfg(not(unix))]
    fn of(path: &Path) -> io::Result<Self> {
        let created = std::fs::metadata(path)?.created().ok();
        Ok(Self { created: created.and_then(|time| time.duration_since(std::time::UNIX_EPOCH).ok()) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::csv::CsvOptions;
    use crate::exchange::encoding::TextSource;
    use crate::workspace::import::ImportOptions;
    use crate::workspace::lookup::LookupOptions;

    fn clock() -> String {
        "2026-01-07T00:00:00Z".to_owned()
    }

    fn first(readers: &Readers, name: &str) -> Option<String> {
        let options = LookupOptions { limit: 1, min_score: 90, sightings: 0 };
        let answer = readers.read(|workspace| workspace.lookup(name, options)).unwrap();
        answer.lookup.matches.first().map(|found| found.found.concept.id.to_string())
    }

    fn import(workspace: &mut Workspace, rows: &str) -> Result<Option<i64>> {
        let source = TextSource::from_bytes("desk.csv", rows.as_bytes().to_vec());
        let csv = CsvOptions { glossary: "desk".into(), ..CsvOptions::default() };
        let options = ImportOptions { csv, encoding: None, dry_run: false, progress: &mut |_| {} };
        Ok(workspace.import(Path::new("desk.csv"), source, options)?.batch)
    }

    #[test]
    fn what_is_written_is_read_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let readers = Readers::open(&folder.path().join("store.db"), clock).unwrap();
        assert_eq!(first(&readers, "Boseong tea"), None);
        let batch = readers.write(|workspace| import(workspace, "en,ko\nBoseong tea,보성 차\n")).unwrap();
        assert_eq!(first(&readers, "보성 차").as_deref(), Some("desk.boseong-tea"));
        // Another program takes it back.
        Workspace::open(readers.path(), clock()).unwrap().undo(batch).unwrap();
        assert_eq!(first(&readers, "보성 차"), None);
        assert_eq!(first(&readers, "이재명").as_deref(), Some("rok.lee-jae-myung"));
    }

    #[test]
    fn a_state_lasts_until_something_is_written() {
        let folder = tempfile::tempdir().unwrap();
        let readers = Readers::open(&folder.path().join("store.db"), clock).unwrap();
        let first = readers.state().unwrap();
        assert_eq!(readers.read(|workspace| workspace.batches()).unwrap(), []);
        assert_eq!(readers.state().unwrap(), first);
        readers.write(|workspace| import(workspace, "en,ko\nBoseong tea,보성 차\n")).unwrap();
        let second = readers.state().unwrap();
        assert_ne!(second, first);
        Workspace::open(readers.path(), clock()).unwrap().undo(None).unwrap();
        let third = readers.state().unwrap();
        assert!(third != second && third != first);
        std::fs::copy(readers.path(), folder.path().join("copy.db")).unwrap();
        std::fs::rename(folder.path().join("copy.db"), readers.path()).unwrap();
        assert!(![first, second, third].contains(&readers.state().unwrap()));
    }

    #[test]
    fn many_read_while_one_writes() {
        let folder = tempfile::tempdir().unwrap();
        let readers = Readers::open(&folder.path().join("store.db"), clock).unwrap();
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..50 {
                        assert_eq!(first(&readers, "시진핑").as_deref(), Some("prc.xi-jinping"));
                    }
                });
            }
            for round in 0..10 {
                let rows = format!("id,en\ndesk.tea-{round},Boseong tea {round}\n");
                readers.write(|workspace| import(workspace, &rows)).unwrap();
                assert_eq!(first(&readers, &format!("Boseong tea {round}")), Some(format!("desk.tea-{round}")));
            }
        });
    }

    #[test]
    fn a_store_in_the_place_of_another_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let (path, other) = (folder.path().join("store.db"), folder.path().join("other.db"));
        let readers = Readers::open(&path, clock).unwrap();
        assert_eq!(first(&readers, "Boseong tea"), None);
        import(&mut Workspace::open(&other, clock()).unwrap(), "en,ko\nBoseong tea,보성 차\n").unwrap();
        for ending in ["", "-wal", "-shm"] {
            let _ = std::fs::remove_file(folder.path().join(format!("store.db{ending}")));
        }
        let question = readers.read(|workspace| workspace.batches());
        assert!(question.unwrap_err().to_string().contains("cannot be opened"));
        std::fs::rename(&other, &path).unwrap();
        assert_eq!(first(&readers, "보성 차").as_deref(), Some("desk.boseong-tea"));
    }
}
