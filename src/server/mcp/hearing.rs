//! The input of a client, and whether anything came by it.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, ReadBuf};

/// An input that notes whether more than blanks came by it.
pub(super) struct Hearing<R> {
    input: R,
    heard: Arc<AtomicBool>,
}

impl<R> Hearing<R> {
    /// Takes an input; the second value says whether anything was heard so far.
    pub fn new(input: R) -> (Self, Arc<AtomicBool>) {
        let heard = Arc::new(AtomicBool::new(false));
        (Self { input, heard: Arc::clone(&heard) }, heard)
    }
}

impl<R: AsyncRead + Unpin> AsyncRead for Hearing<R> {
    fn poll_read(mut self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        ready!(Pin::new(&mut self.input).poll_read(context, buffer))?;
        if buffer.filled()[before..].iter().any(|byte| !byte.is_ascii_whitespace()) {
            self.heard.store(true, Ordering::Relaxed);
        }
        Poll::Ready(Ok(()))
    }
}
