//! Importing translation units: bytes → records → encoded → one transaction → report.
//!
//! A worker reads and encodes while this thread writes, a few hundred units at a time, so that memory stays flat.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};

use crate::exchange::encoding::{self, TextSource};
use crate::exchange::unit_file::{UnitFileError, UnitFileOptions, UnitReader, UnitRecord};
use crate::exchange::unit_format::{self, UnitFormat};
use crate::store::batches::BatchCounts;
use crate::store::unit_batch::{UnitAdded, UnitBatch};
use crate::store::unit_body::EncodedUnit;
use crate::workspace::import::{ImportReport, Notice, Notices};
use crate::workspace::{Result, Workspace, WorkspaceError};

/// Units that travel from the worker to the writer together.
const CHUNK: usize = 128;
/// Chunks that may wait.
const WAITING: usize = 3;

/// How an import of units is to be made.
pub struct ImportUnitsOptions<'a> {
    /// The format; told by the beginning of the file where `None`.
    pub format: Option<UnitFormat>,
    /// What is said about the file beforehand.
    pub file: UnitFileOptions,
    /// Whether to change nothing.
    pub dry_run: bool,
    /// Is told how many bytes of the text have been read.
    pub progress: &'a mut dyn FnMut(u64),
}

impl Workspace {
    /// Imports one file of translation units in one transaction. `path` stands for it in messages.
    pub fn import_units(&mut self, path: &Path, source: TextSource, options: ImportUnitsOptions<'_>) -> Result<ImportReport> {
        let failed = |reason: UnitFileError| unit_file_error(path, reason);
        let (reader, encoding) = unit_format::open(options.format, source, &options.file).map_err(failed)?;
        let (layout, mut batch) = (reader.describe(), self.store.begin_unit_batch(&options.file.source, &self.now)?);
        let (mut counts, mut rejected) = (BatchCounts::default(), Notices::default());
        let left_out = std::thread::scope(|scope| {
            let (sender, chunks) = sync_channel(WAITING);
            let (done, taken_chunks) = channel();
            let worker = scope.spawn(move || read_chunks(reader, &sender, &taken_chunks));
            let mut taker = Taker { batch: &mut batch, counts: &mut counts, rejected: &mut rejected, done };
            let taken = taker.take(&chunks, options.progress);
            drop(chunks);
            // The worker has no way to panic; if it did, its units would be missing, and the import must not be kept.
            let stopped = || Err(UnitFileError::Languages("the reader has stopped".into()));
            let read = worker.join().unwrap_or_else(|_| stopped());
            taken.and(read.map_err(failed))
        })?;
        counts.rejected = rejected.count;
        let changed = counts.added + counts.changed > 0;
        let id = (changed && !options.dry_run).then(|| batch.id());
        if options.dry_run {
            drop(batch);
        } else {
            batch.commit(counts)?;
        }
        let layout = if left_out > 0 { format!("{layout}; {left_out} unfinished records left out") } else { layout };
        Ok(ImportReport { batch: id, encoding: encoding.describe(), layout, counts, rejected, conflicts: Notices::default() })
    }
}

fn unit_file_error(path: &Path, reason: UnitFileError) -> WorkspaceError {
    match reason {
        UnitFileError::Read(error) => WorkspaceError::Read(encoding::read_failure(path, error)),
        UnitFileError::Source(error) => WorkspaceError::Read(error),
        reason => WorkspaceError::UnitFile { path: path.to_owned(), reason },
    }
}

/// A record on its way from the worker to the writer: a unit, or the reason why it is none.
#[derive(Default)]
struct Record {
    line: u64,
    unit: EncodedUnit,
    flaw: Option<String>,
}

/// Records that travel together, in the room of others that have been taken.
#[derive(Default)]
struct Chunk {
    records: Vec<Record>,
    length: usize,
    position: u64,
}

impl Chunk {
    fn push(&mut self, UnitRecord { line, unit }: UnitRecord) {
        if self.length == self.records.len() {
            self.records.push(Record::default());
        }
        let record = &mut self.records[self.length];
        self.length += 1;
        (record.line, record.flaw) = (line, None);
        match unit {
            Ok(unit) => record.unit.encode(unit),
            Err(reason) => record.flaw = Some(reason),
        }
    }
}

/// Reads to the end, and returns how many records were left out.
fn read_chunks(
    mut reader: Box<dyn UnitReader>,
    chunks: &SyncSender<Chunk>,
    taken: &Receiver<Chunk>,
) -> std::result::Result<u64, UnitFileError> {
    let mut chunk = Chunk::default();
    while let Some(record) = reader.next_unit()? {
        chunk.push(record);
        if chunk.length == CHUNK {
            let next = Chunk { length: 0, ..taken.try_recv().unwrap_or_default() };
            let full = Chunk { position: reader.position(), ..std::mem::replace(&mut chunk, next) };
            if chunks.send(full).is_err() {
                return Ok(0);
            }
        }
    }
    // Where nobody receives any more, the writer has failed and says so itself.
    let _ = chunks.send(Chunk { position: reader.position(), ..chunk });
    Ok(reader.left_out())
}

/// Takes units into the batch.
struct Taker<'t, 'store> {
    batch: &'t mut UnitBatch<'store>,
    counts: &'t mut BatchCounts,
    rejected: &'t mut Notices,
    /// What has been taken goes back to the worker, which fills it again.
    done: Sender<Chunk>,
}

impl Taker<'_, '_> {
    fn take(&mut self, chunks: &Receiver<Chunk>, progress: &mut dyn FnMut(u64)) -> Result<()> {
        for chunk in chunks {
            for Record { line, unit, flaw } in &chunk.records[..chunk.length] {
                match flaw {
                    None => self.take_unit(unit)?,
                    Some(reason) => {
                        self.rejected.push(Notice { line: *line, concept: String::new(), reason: reason.clone() });
                    }
                }
            }
            progress(chunk.position);
            // A worker that has read everything waits for nothing any more.
            let _ = self.done.send(chunk);
        }
        Ok(())
    }

    fn take_unit(&mut self, unit: &EncodedUnit) -> Result<()> {
        match self.batch.add(unit)? {
            UnitAdded::New => self.counts.added += 1,
            UnitAdded::FurtherOrigin => self.counts.changed += 1,
            UnitAdded::Unchanged => self.counts.unchanged += 1,
        }
        Ok(())
    }
}
