//! What every request is answered from.

use std::sync::Arc;

use tokio::task;

use crate::server::http::problem::Problem;
use crate::server::readers::Readers;
use crate::workspace::{Result, Workspace, WorkspaceError};

/// The store, and what the user has allowed.
pub struct Service {
    readers: Arc<Readers>,
}

impl Service {
    /// Serves a store.
    pub fn new(readers: Readers) -> Self {
        Self { readers: Arc::new(readers) }
    }

    /// Answers a question that is quick, where it was asked: handing it on would cost more.
    pub fn answer<T>(&self, job: impl FnOnce(&mut Workspace) -> Result<T>) -> std::result::Result<T, Problem> {
        Ok(self.readers.read(job)?)
    }

    /// Answers a question that may take longer, on a thread that nobody else waits for.
    pub async fn read<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Workspace) -> Result<T> + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let readers = Arc::clone(&self.readers);
        let done = task::spawn_blocking(move || readers.read(job)).await;
        Ok(done.map_err(|_| Problem::failed())??)
    }

    /// Does a job that writes, after those that came before it.
    pub async fn write<T: Send + 'static>(
        &self,
        job: impl FnOnce(&mut Workspace) -> std::result::Result<T, WorkspaceError> + Send + 'static,
    ) -> std::result::Result<T, Problem> {
        let readers = Arc::clone(&self.readers);
        let done = task::spawn_blocking(move || readers.write(job)).await;
        Ok(done.map_err(|_| Problem::failed())??)
    }
}
