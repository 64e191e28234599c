//! Importing: bytes → records → well formed? → one transaction → report.
//!
//! A worker reads and encodes while this thread writes; both work on a few hundred rows at a time, so that memory stays flat.

use std::hash::BuildHasher;
use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};

use rustc_hash::{FxBuildHasher, FxHashMap as HashMap, FxHashSet as HashSet};

use crate::exchange::csv::{CsvError, CsvOptions, GlossaryReader, Layout};
use crate::exchange::encoding::{self, TextSource};
use crate::exchange::header::Column;
use crate::glossary::concept::{Concept, ConceptId};
use crate::glossary::flaw::{self, Reason};
use crate::glossary::index::ConceptRow;
use crate::glossary::term::Term;
use crate::lang::Lang;
use crate::store::batches::{Added, BatchCounts, BatchWriter, CurrentVersion};
use crate::store::body::Encoded;
use crate::text::fold;
use crate::workspace::{Result, Workspace, WorkspaceError};

/// Rows that travel from the worker to the writer together.
const CHUNK: usize = 512;
/// Chunks that may wait.
const WAITING: usize = 8;
/// How many notices of each kind the report holds; the rest is counted.
pub const NOTICES_KEPT: usize = 1_000;
/// About how many pairs of concepts are compared for conflicts; a file with more is not a glossary of its own.
const MOST_PAIRS: usize = 20_000;

/// What is said about a row of the file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its line in the file.
    pub line: u64,
    /// The concept, where the row has come so far.
    pub concept: String,
    /// What is the matter.
    pub reason: String,
}

/// Notices, the first of them in full.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Notices {
    /// The first [`NOTICES_KEPT`].
    pub kept: Vec<Notice>,
    /// How many there are.
    pub count: usize,
}

impl Notices {
    pub(super) fn push(&mut self, notice: Notice) {
        self.count += 1;
        if self.kept.len() < NOTICES_KEPT {
            self.kept.push(notice);
        }
    }
}

/// What an import did, or would do.
#[derive(Clone, Debug)]
pub struct ImportReport {
    /// The number to take it back by; `None` where nothing was changed.
    pub batch: Option<i64>,
    /// The encoding of the file.
    pub encoding: String,
    /// How its rows were read.
    pub layout: String,
    /// How many rows did what.
    pub counts: BatchCounts,
    /// The rows that were not taken.
    pub rejected: Notices,
    /// The rows that were taken although something speaks against them.
    pub conflicts: Notices,
}

/// How an import is to be made.
pub struct ImportOptions<'a> {
    /// What is said about the file beforehand.
    pub csv: CsvOptions,
    /// The encoding, where it is not to be detected.
    pub encoding: Option<&'a str>,
    /// Whether to change nothing.
    pub dry_run: bool,
    /// Is told how many bytes of the text have been read.
    pub progress: &'a mut dyn FnMut(u64),
}

impl Workspace {
    /// Imports one glossary file in one transaction. `path` stands for it in messages.
    pub fn import(&mut self, path: &Path, mut source: TextSource, options: ImportOptions<'_>) -> Result<ImportReport> {
        let encoding = source.detect(options.encoding)?;
        let failed = |reason: CsvError| glossary_error(path, reason);
        let reader = GlossaryReader::new(source.decode(encoding)?, &options.csv).map_err(failed)?;
        let layout = reader.layout().clone();
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let mut writer = self.store.begin_batch(&name, &self.now)?;
        let mut taker = Taker::new(&mut writer, &layout);
        std::thread::scope(|scope| {
            let (sender, chunks) = sync_channel(WAITING);
            let worker = scope.spawn(move || read_chunks(reader, &sender));
            let taken = taker.take(&chunks, options.progress);
            drop(chunks);
            // The worker has no way to panic; if it did, its rows would be missing, and the import must not be kept.
            let read = worker.join().unwrap_or_else(|_| Err(CsvError::Malformed("the reader has stopped".into())));
            taken.and(read.map_err(failed))
        })?;
        let (mut counts, rejected, mut conflicts, lines) = taker.finish();
        counts.rejected = rejected.count;
        find_conflicts(&mut writer, &lines, &mut conflicts)?;
        let changed = counts.added + counts.changed > 0;
        let batch = (changed && !options.dry_run).then(|| writer.id());
        if options.dry_run {
            drop(writer)
        } else {
            writer.commit(counts)?
        };
        let (encoding, layout) = (encoding.describe(), layout.describe());
        Ok(ImportReport { batch, encoding, layout, counts, rejected, conflicts })
    }
}

pub(super) fn glossary_error(path: &Path, reason: CsvError) -> WorkspaceError {
    match reason {
        CsvError::Read(error) => WorkspaceError::Read(encoding::read_failure(path, error)),
        reason => WorkspaceError::Glossary { path: path.to_owned(), reason },
    }
}

/// A row on its way from the worker to the writer.
struct Taken {
    line: u64,
    outcome: std::result::Result<(Encoded, Vec<Reason>), String>,
}

struct Chunk {
    rows: Vec<Taken>,
    position: u64,
}

fn read_chunks(mut reader: GlossaryReader, chunks: &SyncSender<Chunk>) -> std::result::Result<(), CsvError> {
    let mut rows = Vec::with_capacity(CHUNK);
    while let Some(row) = reader.next_row()? {
        let Some(concept) = reader.layout().concept(&row) else { continue };
        rows.push(Taken { line: row.line, outcome: concept.and_then(prepared) });
        if rows.len() == CHUNK {
            let position = reader.position();
            if chunks.send(Chunk { rows: std::mem::replace(&mut rows, Vec::with_capacity(CHUNK)), position }).is_err() {
                return Ok(());
            }
        }
    }
    // Where nobody receives any more, the writer has failed and says so itself.
    let _ = chunks.send(Chunk { rows, position: reader.position() });
    Ok(())
}

fn prepared(concept: Concept) -> std::result::Result<(Encoded, Vec<Reason>), String> {
    let (odd, wrong): (Vec<_>, Vec<_>) = flaw::flaws(&concept).into_iter().partition(|flaw| flaw.reason.is_only_odd());
    if let Some(flaw) = wrong.first() {
        return Err(flaw.reason.to_string());
    }
    Ok((Encoded::new(&concept), odd.into_iter().map(|flaw| flaw.reason).collect()))
}

/// Takes rows into the batch.
struct Taker<'w, 'store> {
    writer: &'w mut BatchWriter<'store>,
    columns: &'w [Column],
    has_ids: bool,
    counts: BatchCounts,
    rejected: Notices,
    conflicts: Notices,
    /// The ids of this file that were in the store already, hashed, with their lines.
    unchanged: HashMap<u64, u32>,
    /// The rows that were written, in order, with their lines.
    lines: Vec<(ConceptRow, u32)>,
}

impl<'w, 'store> Taker<'w, 'store> {
    fn new(writer: &'w mut BatchWriter<'store>, layout: &'w Layout) -> Self {
        Self {
            writer,
            columns: &layout.columns,
            has_ids: layout.columns.contains(&Column::Id),
            counts: BatchCounts::default(),
            rejected: Notices::default(),
            conflicts: Notices::default(),
            unchanged: HashMap::default(),
            lines: Vec::new(),
        }
    }

    fn finish(self) -> (BatchCounts, Notices, Notices, Vec<(ConceptRow, u32)>) {
        (self.counts, self.rejected, self.conflicts, self.lines)
    }

    fn take(&mut self, chunks: &Receiver<Chunk>, progress: &mut dyn FnMut(u64)) -> Result<()> {
        for chunk in chunks {
            for row in chunk.rows {
                match row.outcome {
                    Ok((encoded, odd)) => self.take_concept(row.line, encoded, odd)?,
                    Err(reason) => self.rejected.push(Notice { line: row.line, concept: String::new(), reason }),
                }
            }
            progress(chunk.position);
        }
        Ok(())
    }

    fn take_concept(&mut self, line: u64, mut encoded: Encoded, odd: Vec<Reason>) -> Result<()> {
        let id = encoded.id().as_str().to_owned();
        let mut number = 1;
        loop {
            let added = self.writer.add(&encoded)?;
            let current = match added {
                Added::Row(row) => {
                    self.counts.added += 1;
                    self.lines.push((row, line as u32));
                    break;
                }
                Added::Exists(current) => current,
            };
            let first = self.line_before(&current, encoded.id());
            if current.is(&encoded) {
                self.unchanged.entry(hash(encoded.id())).or_insert(line as u32);
                self.counts.unchanged += 1;
                break;
            }
            let Some(first) = first else {
                self.change(line, &current, &encoded)?;
                break;
            };
            let Some(mut concept) = encoded.concept().filter(|_| !self.has_ids) else {
                let reason = format!("the id {id} is in line {first} already; give this row another one");
                self.rejected.push(Notice { line, concept: id, reason });
                return Ok(());
            };
            number += 1;
            concept.id = ConceptId(format!("{id}-{number}"));
            encoded = Encoded::new(&concept);
        }
        for reason in odd {
            self.conflicts.push(Notice { line, concept: encoded.id().as_str().to_owned(), reason: reason.to_string() });
        }
        Ok(())
    }

    /// Returns the line in which this file has had a concept before.
    fn line_before(&self, current: &CurrentVersion, id: &ConceptId) -> Option<u32> {
        if current.in_this_batch {
            return Some(line_of(&self.lines, current.row));
        }
        self.unchanged.get(&hash(id)).copied()
    }

    fn change(&mut self, line: u64, current: &CurrentVersion, encoded: &Encoded) -> Result<()> {
        let Some(new) = encoded.concept() else { return Ok(()) };
        let merged = current.concept().map_or_else(|| new.clone(), |before| merged(before, &new, self.columns));
        let wrong = flaw::flaws(&merged).into_iter().find(|flaw| !flaw.reason.is_only_odd());
        if let Some(flaw) = wrong {
            let reason = format!("together with what the store has: {}", flaw.reason);
            self.rejected.push(Notice { line, concept: merged.id.as_str().to_owned(), reason });
            return Ok(());
        }
        let encoded = Encoded::new(&merged);
        if current.is(&encoded) {
            self.counts.unchanged += 1;
            return Ok(());
        }
        if let Added::Row(row) = self.writer.replace(current, &encoded)? {
            self.lines.push((row, line as u32));
        }
        self.counts.changed += 1;
        Ok(())
    }
}

fn hash(id: &ConceptId) -> u64 {
    FxBuildHasher.hash_one(id)
}

fn line_of(lines: &[(ConceptRow, u32)], row: ConceptRow) -> u32 {
    lines.binary_search_by_key(&row, |(row, _)| *row).map_or(0, |at| lines[at].1)
}

/// Returns the concept as it is, but for what the columns of the file speak of.
fn merged(mut before: Concept, new: &Concept, columns: &[Column]) -> Concept {
    for column in columns {
        match column {
            Column::Id | Column::Nothing => {}
            Column::Kind => before.kind = new.kind.clone(),
            Column::Domain => before.domain = new.domain.clone(),
            Column::Note => before.note = new.note.clone(),
            Column::Source => before.source = new.source.clone(),
            Column::ValidFrom => before.validity.from = new.validity.from.clone(),
            Column::ValidTo => before.validity.to = new.validity.to.clone(),
            Column::Property(name) => {
                before.properties.retain(|(key, _)| key != name);
                before.properties.extend(new.properties.iter().filter(|(key, _)| key == name).cloned());
            }
            Column::Terms(lang, status, form) => {
                let kept = |term: &Term| (term.status, term.form) != (*status, *form);
                before
                    .sections
                    .iter_mut()
                    .filter(|section| section.lang == *lang)
                    .for_each(|section| section.terms.retain(kept));
            }
        }
    }
    for (lang, term) in new.terms() {
        let section = before.sections.iter_mut().find(|section| section.lang == *lang);
        section.into_iter().for_each(|section| section.terms.retain(|kept| kept.text != term.text));
        before.add_term(lang.clone(), term.clone());
    }
    before.sections.retain(|section| !section.terms.is_empty());
    before
}

/// Finds the terms of the batch that another concept has too.
pub(super) fn find_conflicts(writer: &mut BatchWriter<'_>, lines: &[(ConceptRow, u32)], conflicts: &mut Notices) -> Result<()> {
    let pairs = writer.write_index(MOST_PAIRS)?;
    let mut notices = Vec::new();
    let mut said = HashSet::default();
    for same in pairs.chunk_by(|a, b| a.0 == b.0) {
        let newer = same[0].0;
        let Some(new) = writer.concept(newer)? else { continue };
        let line = u64::from(line_of(lines, newer));
        said.clear();
        for (_, older) in same {
            let Some(old) = writer.concept(*older)? else { continue };
            for reason in shared_terms(&new, &old) {
                if said.insert(reason.clone()) {
                    notices.push(Notice { line, concept: new.id.as_str().to_owned(), reason });
                }
            }
        }
    }
    notices.sort_by_key(|notice: &Notice| notice.line);
    notices.into_iter().for_each(|notice| conflicts.push(notice));
    if pairs.len() > MOST_PAIRS {
        let reason = format!("after {MOST_PAIRS} terms shared with other concepts the comparing was ended; there are more");
        conflicts.push(Notice { line: 0, concept: String::new(), reason });
    }
    Ok(())
}

/// Says which terms two concepts share, and which of them contradict each other.
fn shared_terms(new: &Concept, old: &Concept) -> Vec<String> {
    let keyed = |concept: &Concept| -> Vec<(Lang, String, Term)> {
        concept.terms().map(|(lang, term)| (lang.clone(), fold::key(&term.text), term.clone())).collect()
    };
    let others = keyed(old);
    let (mut shared, mut reasons) = (Vec::new(), Vec::new());
    for (lang, key, term) in keyed(new) {
        let Some((.., other)) = others.iter().find(|(other, other_key, _)| *other == lang && *other_key == key) else {
            continue;
        };
        if term.is_accepted() == other.is_accepted() {
            shared.push(format!("{} ({lang})", term.text));
        } else {
            reasons.push(format!("{} ({lang}) is {} here and {} in {}", term.text, term.status, other.status, old.id));
        }
    }
    if !shared.is_empty() {
        reasons.push(format!("{} also of {}", shared.join(", "), old.id));
    }
    reasons
}
