//! The body of a request as it comes in: within its size, and no slower than is fair to others.

use std::fs::File;
use std::io::Write;
use std::pin::Pin;
use std::task::ready;
use std::time::Duration;

use axum::body::{Body, Bytes, HttpBody};
use axum::http::StatusCode;
use tempfile::NamedTempFile;
use tokio::task;
use tokio::time::{self, Instant};

use crate::server::http::limits::{Limits, SLOWEST_BODY};
use crate::server::http::problem::Problem;
use crate::server::http::service::Service;

/// So many bytes are written to a file at once.
const PORTION: usize = 1 << 20;

/// A body that is read piece by piece.
struct Incoming {
    body: Body,
    received: u64,
    longest: u64,
    /// When a body that has brought nothing would have come too late.
    deadline: Instant,
}

impl Incoming {
    fn new(body: Body, longest: u64, limits: &Limits) -> Result<Self, Problem> {
        if body.size_hint().lower() > longest {
            return Err(too_large(longest));
        }
        Ok(Self { body, received: 0, longest, deadline: time::sleep(limits.patience).deadline() })
    }

    /// Returns the next piece; `None` at the end.
    async fn next(&mut self) -> Result<Option<Bytes>, Problem> {
        let earned = Duration::from_secs(self.received / SLOWEST_BODY);
        let piece = time::timeout_at(self.deadline + earned, data(&mut self.body)).await;
        let Some(piece) = piece.map_err(|_| too_slow())? else { return Ok(None) };
        let piece = piece.map_err(|_| Problem::bad_request("the body of the request has ended early; send it again"))?;
        self.received += piece.len() as u64;
        if self.received > self.longest { Err(too_large(self.longest)) } else { Ok(Some(piece)) }
    }
}

/// Returns the next data of a body; trailers are passed over.
async fn data(body: &mut Body) -> Option<Result<Bytes, axum::Error>> {
    std::future::poll_fn(|context| {
        loop {
            match ready!(Pin::new(&mut *body).poll_frame(context)) {
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(data) => return Some(Ok(data)).into(),
                    Err(_) => continue,
                },
                Some(Err(error)) => return Some(Err(error)).into(),
                None => return None.into(),
            }
        }
    })
    .await
}

/// Reads a body into memory; `longest` is in bytes.
pub async fn collect(body: Body, longest: u64, service: &Service) -> Result<Vec<u8>, Problem> {
    let mut incoming = Incoming::new(body, longest, service.limits())?;
    let mut bytes = Vec::new();
    let mut held = service.hold(0)?;
    while let Some(piece) = incoming.next().await? {
        held.merge(service.hold(piece.len())?);
        bytes.extend_from_slice(&piece);
    }
    Ok(bytes)
}

/// Reads a body into a file that is gone when it is dropped; `longest` is in bytes.
pub async fn save(body: Body, longest: u64, limits: &Limits) -> Result<NamedTempFile, Problem> {
    let mut incoming = Incoming::new(body, longest, limits)?;
    let file = NamedTempFile::new().map_err(|_| no_room())?;
    let mut portion = Vec::new();
    loop {
        let piece = incoming.next().await?;
        portion.extend_from_slice(piece.as_deref().unwrap_or_default());
        if portion.len() >= PORTION || piece.is_none() {
            let out = file.as_file().try_clone().map_err(|_| no_room())?;
            portion = write(out, portion).await?;
        }
        if piece.is_none() {
            return Ok(file);
        }
    }
}

/// Writes what has come in, on a thread that may wait for the disk, and returns the empty room for more.
async fn write(mut file: File, mut portion: Vec<u8>) -> Result<Vec<u8>, Problem> {
    let written = task::spawn_blocking(move || {
        file.write_all(&portion)?;
        portion.clear();
        std::io::Result::Ok(portion)
    });
    written.await.map_err(|_| Problem::failed())?.map_err(|_| no_room())
}

fn too_large(longest: u64) -> Problem {
    let detail =
        format!("the body of the request is longer than {longest} bytes; `tongsa` takes longer files on the command line");
    Problem::new(StatusCode::PAYLOAD_TOO_LARGE, detail)
}

fn too_slow() -> Problem {
    Problem::new(StatusCode::REQUEST_TIMEOUT, "the body of the request comes in too slowly; send it again")
}

fn no_room() -> Problem {
    let detail = "the file cannot be kept while it is read; make room in the folder for temporary files";
    Problem::new(StatusCode::INSUFFICIENT_STORAGE, detail)
}
