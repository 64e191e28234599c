//! `tongsa serve`.

use std::io::Write;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::Arc;

use tongsa::server::http;
use tongsa::server::http::service::Service;
use tongsa::server::readers::{Clock, Readers};

use crate::cli::Outcome;
use crate::cli::failure::Failure;

/// Serve the page and the interface for other programs on this machine
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The address to listen on
    #[arg(long, default_value = "127.0.0.1:8765", value_name = "ADDRESS:PORT")]
    listen: SocketAddr,
}

/// Serves until it is told to end.
pub fn run(arguments: &Arguments, store: &Path, clock: Clock) -> Result<Outcome, Failure> {
    let service = Arc::new(Service::new(Readers::open(store, clock)?));
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        let taken = |error| Failure::question(format!("{} cannot be listened on: {error}", arguments.listen));
        let listener = tokio::net::TcpListener::bind(arguments.listen).await.map_err(taken)?;
        writeln!(anstream::stdout(), "http://{}/", listener.local_addr()?)?;
        http::serve(listener, service, interrupted()).await?;
        Ok(Outcome::Good)
    })
}

async fn interrupted() {
    // Where no signal can be listened for, the process is ended from outside.
    let _ = tokio::signal::ctrl_c().await;
}
