//! The checker: a thread that checks what has changed, when nobody has typed for a moment.
//!
//! The board knows the newest state of each document. What was found in an older one is thrown away, and never shown.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, RecvTimeoutError, TryRecvError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use crate::server::lsp::checked::Checked;
use crate::server::lsp::desk::Desk;
use crate::server::lsp::document::Document;

/// The newest states of the open documents, and what was found in them so far.
#[derive(Default)]
pub struct Board(Mutex<HashMap<String, Entry>>);

struct Entry {
    turn: u64,
    checked: Option<Arc<Checked>>,
}

impl Board {
    /// Writes down that a document has a new state.
    pub fn renew(&self, document: &Document) {
        let mut entries = self.entries();
        match entries.get_mut(&document.uri) {
            Some(entry) => entry.turn = document.turn,
            None => drop(entries.insert(document.uri.clone(), Entry { turn: document.turn, checked: None })),
        }
    }

    /// Forgets a document that is closed.
    pub fn forget(&self, uri: &str) {
        self.entries().remove(uri);
    }

    /// Returns what was found in a document last, perhaps in an older state.
    pub fn last(&self, uri: &str) -> Option<Arc<Checked>> {
        self.entries().get(uri).and_then(|entry| entry.checked.clone())
    }

    /// Returns what was found in this state of a document.
    pub fn fresh(&self, document: &Document) -> Option<Arc<Checked>> {
        self.last(&document.uri).filter(|checked| checked.turn == document.turn)
    }

    fn is_newest(&self, document: &Document) -> bool {
        self.entries().get(&document.uri).is_some_and(|entry| entry.turn == document.turn)
    }

    /// Keeps what was found where it is of the newest state, and shows it before the state can change.
    pub fn keep(&self, uri: &str, checked: Arc<Checked>, show: impl FnOnce(&Checked)) {
        let mut entries = self.entries();
        if let Some(entry) = entries.get_mut(uri)
            && entry.turn == checked.turn
        {
            show(&checked);
            entry.checked = Some(checked);
        }
    }

    /// Keeps what was found in answer to a question; the checker will show it.
    pub fn put(&self, uri: &str, checked: Arc<Checked>) {
        self.keep(uri, checked, |_| {});
    }

    /// A thread that has panicked has left no entry half-written.
    fn entries(&self) -> MutexGuard<'_, HashMap<String, Entry>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A document that is to be checked.
pub struct Job {
    /// The document as it is.
    pub document: Document,
    /// Whether to check it at once, as one that was just opened.
    pub at_once: bool,
}

/// The thread.
pub struct Checker<'a, Show> {
    /// The newest states.
    pub board: &'a Board,
    /// What documents are checked with.
    pub desk: Desk<'a>,
    /// How long nothing may have changed before a check begins.
    pub pause: Duration,
    /// Shows what was found, and what is to be said besides.
    pub show: Show,
}

impl<Show: FnMut(&str, &Checked, Vec<String>)> Checker<'_, Show> {
    /// Checks until nobody sends documents any more.
    pub fn run(mut self, jobs: &Receiver<Job>) {
        let mut waiting: Vec<Job> = Vec::new();
        loop {
            match self.next(jobs, &waiting) {
                Ok(Some(job)) => {
                    waiting.retain(|other| other.document.uri != job.document.uri);
                    waiting.push(job);
                }
                Ok(None) => {
                    let at_once = waiting.iter().position(|job| job.at_once);
                    let job = waiting.remove(at_once.unwrap_or(0));
                    self.check(&job.document);
                }
                Err(Ended) => return,
            }
        }
    }

    /// Waits for the next document; `None` when it is time to check one of those that wait.
    fn next(&self, jobs: &Receiver<Job>, waiting: &[Job]) -> Result<Option<Job>, Ended> {
        if waiting.is_empty() {
            return jobs.recv().map(Some).map_err(|_| Ended);
        }
        if waiting.iter().any(|job| job.at_once) {
            return match jobs.try_recv() {
                Ok(job) => Ok(Some(job)),
                Err(TryRecvError::Empty) => Ok(None),
                Err(TryRecvError::Disconnected) => Err(Ended),
            };
        }
        match jobs.recv_timeout(self.pause) {
            Ok(job) => Ok(Some(job)),
            Err(RecvTimeoutError::Timeout) => Ok(None),
            Err(RecvTimeoutError::Disconnected) => Err(Ended),
        }
    }

    fn check(&mut self, document: &Document) {
        if !self.board.is_newest(document) {
            return;
        }
        // Somebody may have asked for it already.
        let known = self.board.fresh(document);
        let checked = known.unwrap_or_else(|| Arc::new(Checked::of(document, &mut self.desk)));
        let notices = std::mem::take(&mut self.desk.notices);
        self.board.keep(&document.uri, checked, |checked| (self.show)(&document.uri, checked, notices));
    }
}

/// Nobody sends documents any more.
struct Ended;
