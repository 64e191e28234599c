//! The connections: each is accepted, answered on, and ended when its client is too slow or the server is told to end.

mod patient_stream;

use std::convert::Infallible;
use std::future::Future;
use std::io;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time;

use crate::server::http::connections::patient_stream::PatientStream;
use crate::server::http::limits::{LONGEST_HEAD, Limits};

/// Where the system has no room for another connection, it may have some after so long.
const BREATH: Duration = Duration::from_millis(50);

/// Answers on every connection until `shutdown` is done, then finishes what is under way, as far as the limits allow it.
pub async fn accept(listener: TcpListener, routes: Router, limits: Limits, shutdown: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(limits.connections));
    let mut shutdown = pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            (stream, place) = next(&listener, &places) => {
                let connection = answer_on(stream, routes.clone(), limits, graceful.watcher());
                tokio::spawn(async move { (connection.await, place).0 });
            }
        }
    }
    drop(listener);
    // What is not finished then is given up: a job that writes has changed nothing.
    let _ = time::timeout(limits.ending, graceful.shutdown()).await;
}

/// Waits for a place and for somebody to take it.
async fn next(listener: &TcpListener, places: &Arc<Semaphore>) -> (TcpStream, Option<OwnedSemaphorePermit>) {
    // Nobody closes the places, so that one comes free.
    let place = Arc::clone(places).acquire_owned().await.ok();
    loop {
        match listener.accept().await {
            Ok((stream, _)) => return (stream, place),
            // The client has gone, or there are too many open files: others will come and go.
            Err(error) if error.kind() == io::ErrorKind::ConnectionAborted => {}
            Err(_) => time::sleep(BREATH).await,
        }
    }
}

async fn answer_on(stream: TcpStream, routes: Router, limits: Limits, watcher: Watcher) -> Result<(), Infallible> {
    // An answer is written at once, so that there is nothing to wait for; a system that cannot do it waits.
    let _ = stream.set_nodelay(true);
    let stream = TokioIo::new(PatientStream::new(stream, limits.patience));
    let mut protocol = http1::Builder::new();
    protocol.timer(TokioTimer::new()).header_read_timeout(limits.patience).max_header_size(LONGEST_HEAD);
    let connection = protocol.serve_connection(stream, TowerToHyperService::new(routes));
    // Whatever ends a connection early is the client's own doing, who knows it.
    let _ = watcher.watch(connection).await;
    Ok(())
}
