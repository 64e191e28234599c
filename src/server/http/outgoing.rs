//! A long answer that is sent while it is made, so that it is never held as a whole.

use std::io::{self, Write};
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use hyper::body::Frame;
use tokio::runtime::Handle;
use tokio::sync::mpsc::{self, Receiver, Sender};
use tokio::{task, time};

use crate::server::http::problem::Problem;
use crate::server::http::service::Service;
use crate::workspace::Workspace;
use crate::workspace::export::ExportError;

/// So many bytes are sent together.
const PIECE: usize = 1 << 16;
/// So many pieces wait to be sent.
const WAITING: usize = 4;

/// Begins to send what `job` writes. What fails before the first piece is a problem; what fails later ends the connection, so
/// that nobody takes the half for the whole.
pub async fn stream(
    service: &Service,
    job: impl FnOnce(&mut Workspace, &mut dyn Write) -> Result<(), ExportError> + Send + 'static,
) -> Result<Body, Problem> {
    let (readers, place) = service.readers()?;
    let (sender, mut receiver) = mpsc::channel(WAITING);
    let mut out = Pieces { sender, piece: Vec::new(), patience: service.limits().patience, runtime: Handle::current() };
    task::spawn_blocking(move || {
        let done = readers.read(|workspace| Ok(job(workspace, &mut out)));
        let done = done.map_err(ExportError::from).flatten().and_then(|()| Ok(out.flush()?));
        if let Err(error) = done {
            // Where the client has gone there is nobody to tell.
            let _ = out.send(Err(error.into()));
        }
        drop((Arc::clone(&readers), place));
    });
    let first = receiver.recv().await.transpose()?;
    Ok(Body::new(Outgoing { first, receiver }))
}

/// Where the job writes to.
struct Pieces {
    sender: Sender<Result<Bytes, Problem>>,
    piece: Vec<u8>,
    patience: Duration,
    runtime: Handle,
}

impl Pieces {
    /// Sends a piece, or gives a client up that takes none.
    fn send(&self, piece: Result<Bytes, Problem>) -> io::Result<()> {
        let sent = async { time::timeout(self.patience, self.sender.send(piece)).await };
        let sent = self.runtime.block_on(sent).map_err(|_| io::Error::from(io::ErrorKind::TimedOut))?;
        sent.map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.piece.extend_from_slice(bytes);
        if self.piece.len() >= PIECE {
            self.flush()?;
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.piece.is_empty() {
            return Ok(());
        }
        let piece = std::mem::replace(&mut self.piece, Vec::with_capacity(PIECE));
        self.send(Ok(piece.into()))
    }
}

/// The answer as it comes.
struct Outgoing {
    first: Option<Bytes>,
    receiver: Receiver<Result<Bytes, Problem>>,
}

impl hyper::body::Body for Outgoing {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(first) = self.first.take() {
            return Poll::Ready(Some(Ok(Frame::data(first))));
        }
        let ended = |_: Problem| io::Error::other("the answer cannot be finished");
        self.receiver.poll_recv(context).map(|piece| piece.map(|piece| piece.map(Frame::data).map_err(ended)))
    }
}
