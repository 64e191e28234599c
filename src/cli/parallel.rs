//! One job for many drafts, on all processors at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::cli::failure::Failure;
use crate::cli::shelf::Shelf;

/// Does a job on each task and returns the answers in the order of the tasks. Each thread reads the store for itself; which
/// thread takes a task depends on the moment, its answer does not.
pub fn map<T: Sync, A: Send>(tasks: &[T], shelf: &Shelf, job: impl Fn(&Shelf, &T) -> A + Sync) -> Result<Vec<A>, Failure> {
    let processors = thread::available_parallelism().map_or(1, usize::from);
    let mut readers = Vec::new();
    for _ in 1..processors.min(tasks.len()) {
        readers.extend(shelf.reader()?);
    }
    let next = AtomicUsize::new(0);
    let work = |shelf: &Shelf| {
        let mut answers = Vec::new();
        while let Some((at, task)) = take(&next, tasks) {
            answers.push((at, job(shelf, task)));
        }
        answers
    };
    let mut answers = thread::scope(|scope| {
        let threads: Vec<_> = readers.into_iter().map(|reader| scope.spawn(|| work(&{ reader }))).collect();
        let mut answers = work(shelf);
        for thread in threads {
            // A job has no way to panic; if it did, this thread would go on with the panic.
            answers.extend(thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        }
        answers
    });
    answers.sort_by_key(|(at, _)| *at);
    Ok(answers.into_iter().map(|(_, answer)| answer).collect())
}

fn take<'t, T>(next: &AtomicUsize, tasks: &'t [T]) -> Option<(usize, &'t T)> {
    let at = next.fetch_add(1, Ordering::Relaxed);
    tasks.get(at).map(|task| (at, task))
}
