//! What every request is answered from.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::task::{self, JoinHandle};
use tokio::time;

use crate::server::http::access::{Access, Writer};
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
    reading: Arc<Semaphore>,
    writing: Arc<Semaphore>,
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
            reading: Arc::new(Semaphore::new(limits.readers)),
            writing: Arc::new(Semaphore::new(limits.writers)),
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

    /// Answers a question that may take longer, on a thread that nobody else waits for. Where it takes too long, it is read to
    /// its end all the same, and keeps its place among those that are read for at once.
    pub async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Workspace) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let place = place(&self.reading)?;
        let readers = Arc::clone(&self.readers);
        let job = task::spawn_blocking(move || (readers.read(job), place).0);
        Ok(finished(job, self.limits.reading).await??)
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

    /// Returns the workspaces, for an answer that is sent while it is read, with a place among the readers.
    pub fn readers(&self) -> std::result::Result<(Arc<Readers>, OwnedSemaphorePermit), Problem> {
        Ok((Arc::clone(&self.readers), place(&self.reading)?))
    }
}

fn place(places: &Arc<Semaphore>) -> std::result::Result<OwnedSemaphorePermit, Problem> {
    Arc::clone(places).try_acquire_owned().map_err(|_| Problem::busy("the server has too much to do; try again in a moment"))
}

async fn finished<T>(job: JoinHandle<T>, patience: Duration) -> std::result::Result<T, Problem> {
    let slow = |_| Problem::busy("the answer takes too long; ask for less, or try again when less is going on");
    time::timeout(patience, job).await.map_err(slow)?.map_err(|_| Problem::failed())
}
