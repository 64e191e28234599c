//! What every request is answered from.

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, SemaphorePermit};
use tokio::task::{self, JoinError};
use tokio::time;

use crate::server::http::access::{Access, Writer};
use crate::server::http::answers::Answers;
use crate::server::http::limits::Limits;
use crate::server::http::metrics::Metrics;
use crate::server::http::problem::Problem;
use crate::server::readers::Readers;
use crate::workspace::{Result, Workspace, WorkspaceError};

/// Tells how long the program has been running.
pub type Uptime = fn() -> Duration;

/// The store, whom it is served to, and how much at once.
pub struct Service {
    readers: Arc<Readers>,
    access: Access,
    limits: Limits,
    uptime: Uptime,
    metrics: Metrics,
    answers: Answers,
    reading: Arc<Semaphore>,
    waiting: Arc<Semaphore>,
    writing: Arc<Semaphore>,
    sending: Arc<Semaphore>,
    held: Semaphore,
}

impl Service {
    /// Serves a store.
    pub fn new(readers: Readers, access: Access, limits: Limits, uptime: Uptime) -> Self {
        Self {
            readers: Arc::new(readers),
            access,
            limits,
            uptime,
            metrics: Metrics::default(),
            answers: Answers::default(),
            reading: Arc::new(Semaphore::new(limits.readers)),
            waiting: Arc::new(Semaphore::new(limits.waiting)),
            writing: Arc::new(Semaphore::new(limits.writers)),
            sending: Arc::new(Semaphore::new(limits.senders)),
            held: Semaphore::new(limits.held),
        }
    }

    /// Returns whom the store is served to.
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Returns how much and how long.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }

    /// Returns how long the program has been running.
    pub fn uptime(&self) -> Duration {
        (self.uptime)()
    }

    /// Returns what has been counted.
    pub fn metrics(&self) -> &Metrics {
        &self.metrics
    }

    /// Answers a question that is quick, where it was asked: handing it on would cost more.
    pub fn answer<T>(&self, job: impl FnOnce(&mut Workspace) -> Result<T>) -> std::result::Result<T, Problem> {
        Ok(self.readers.read(job)?)
    }

    /// Answers a question that is quick, and that many ask again: the answer is kept until the store changes. `question` tells it
    /// from all others.
    pub fn remember(
        &self,
        question: String,
        job: impl FnOnce(&mut Workspace) -> Result<Vec<u8>>,
    ) -> std::result::Result<Bytes, Problem> {
        let state = self.readers.state()?;
        if let Some(known) = self.answers.get(state, &question) {
            return Ok(known);
        }
        let answer = Bytes::from(self.readers.read(job)?);
        self.answers.keep(state, question, answer.clone());
        Ok(answer)
    }

    /// Answers a question that may take longer, on a thread that nobody else waits for. Where it has begun and takes too long,
    /// it is read to its end all the same, and keeps its place among those that are read for at once.
    pub async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Workspace) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let place = place(&self.waiting)?;
        let (readers, reading) = (Arc::clone(&self.readers), Arc::clone(&self.reading));
        let answer = async move {
            // Nobody closes the turns, so that one comes.
            let turn = reading.acquire_owned().await.ok();
            task::spawn_blocking(move || (readers.read(job), place, turn).0).await
        };
        Ok(finished(answer, self.limits.reading).await??)
    }

    /// Does a job that writes, after those that came before it. Where that takes too long, the job is done all the same.
    pub async fn write<T: Send + 'static, E: From<WorkspaceError> + Into<Problem> + Send + 'static>(
        &self,
        _: Writer,
        job: impl FnOnce(&mut Workspace) -> std::result::Result<T, E> + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let place = place(&self.writing)?;
        let readers = Arc::clone(&self.readers);
        let job = task::spawn_blocking(move || (readers.write(job), place).0);
        finished(job, self.limits.writing).await?.map_err(E::into)
    }

    /// Returns the workspaces, for an answer that is sent while it is read, with a place among those.
    pub(super) fn readers(&self) -> std::result::Result<(Arc<Readers>, OwnedSemaphorePermit), Problem> {
        Ok((Arc::clone(&self.readers), place(&self.sending)?))
    }

    /// Makes room for a part of a body; it is free again when what is returned is dropped.
    pub(super) fn hold(&self, bytes: usize) -> std::result::Result<SemaphorePermit<'_>, Problem> {
        let kilobytes = u32::try_from(bytes.div_ceil(1 << 10)).unwrap_or(u32::MAX);
        self.held.try_acquire_many(kilobytes).map_err(|_| too_much())
    }
}

fn place(places: &Arc<Semaphore>) -> std::result::Result<OwnedSemaphorePermit, Problem> {
    Arc::clone(places).try_acquire_owned().map_err(|_| too_much())
}

fn too_much() -> Problem {
    Problem::busy("the server has too much to do; try again in a moment")
}

async fn finished<T>(
    job: impl Future<Output = std::result::Result<T, JoinError>>,
    patience: Duration,
) -> std::result::Result<T, Problem> {
    let slow = |_| Problem::busy("the answer takes too long; ask for less, or try again when less is going on");
    time::timeout(patience, job).await.map_err(slow)?.map_err(|_| Problem::failed())
}
