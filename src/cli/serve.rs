//! `tongsa serve`.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};
use std::time::{Duration, Instant};

use tokio::net::TcpListener;
use tongsa::server::http::access::Access;
use tongsa::server::http::access::hosts::Hosts;
use tongsa::server::http::access::tokens::Tokens;
use tongsa::server::http::limits::Limits;
use tongsa::server::http::service::Service;
use tongsa::server::http::{self, api};
use tongsa::server::readers::{Clock, Readers};

use crate::cli::Outcome;
use crate::cli::failure::Failure;

/// Serve the page and the interface for other programs
///
/// Only programs on this machine reach the server, unless --listen names another address; then every request needs a token.
/// Interrupting it, or SIGTERM, lets what is under way finish; a second time ends it at once.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The address to listen on; port 0 takes any that is free
    #[arg(long, default_value = "127.0.0.1:8765", value_name = "ADDRESS:PORT", value_parser = parse_address)]
    listen: SocketAddr,
    /// A file with a line `reader TOKEN` or `writer TOKEN` for each who may ask, or change too
    #[arg(long, value_name = "FILE")]
    token_file: Option<PathBuf>,
    /// Let nobody change anything
    #[arg(long)]
    read_only: bool,
    /// A name under which a proxy passes requests on, with its port where that is not the usual one; several times
    #[arg(long = "host", value_name = "NAME", value_parser = parse_host)]
    hosts: Vec<String>,
    /// How many seconds a client may take to send a request, to begin with its body, and to take the answer
    #[arg(long, value_name = "SECONDS", default_value_t = 30, value_parser = clap::value_parser!(u64).range(1..=3600))]
    patience: u64,
    /// Print the OpenAPI description of the interface, and serve nothing
    #[arg(long)]
    openapi: bool,
}

static START: LazyLock<Instant> = LazyLock::new(Instant::now);

fn uptime() -> Duration {
    START.elapsed()
}

fn parse_address(written: &str) -> Result<SocketAddr, String> {
    written.parse().map_err(|_| match written.rsplit_once(':') {
        Some((_, port)) if port.parse::<u16>().is_ok() => format!("an address is written in numbers, as in 127.0.0.1:{port}"),
        _ => "an address has a port, as in 127.0.0.1:8765".to_owned(),
    })
}

fn parse_host(name: &str) -> Result<String, String> {
    let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._:[]".contains(&byte));
    if is_name { Ok(name.to_owned()) } else { Err("a host is a name such as tongsa.example.org, without https://".into()) }
}

/// Serves until it is told to end.
pub fn run(arguments: &Arguments, store: &Path, clock: Clock) -> Result<Outcome, Failure> {
    if arguments.openapi {
        writeln!(anstream::stdout(), "{}", api::description())?;
        return Ok(Outcome::Good);
    }
    LazyLock::force(&START);
    let tokens = tokens(arguments)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    let limits = Limits { patience: Duration::from_secs(arguments.patience), ..Limits::default() };
    let served = runtime.block_on(async {
        let listener = TcpListener::bind(arguments.listen).await.map_err(|error| taken(arguments.listen, &error))?;
        let address = listener.local_addr()?;
        let mut access = Access::for_all(Hosts::new(address, &arguments.hosts));
        if let Some(tokens) = tokens {
            access = access.with_tokens(tokens);
        }
        if arguments.read_only {
            access = access.read_only();
        }
        let service = Arc::new(Service::new(Readers::open(store, clock)?, access, limits, uptime));
        let told_to_end = ending()?;
        writeln!(anstream::stdout(), "http://{address}/")?;
        http::serve(listener, service, told_to_end).await;
        Ok(Outcome::Good)
    });
    // A job that nobody waits for any more may still be writing; what it has not finished then is not kept.
    runtime.shutdown_timeout(limits.ending);
    served
}

/// Reads the tokens, without which the server is for this machine alone.
fn tokens(arguments: &Arguments) -> Result<Option<Tokens>, Failure> {
    match &arguments.token_file {
        Some(file) => Ok(Some(Tokens::read(file).map_err(|error| Failure::question(error.to_string()))?)),
        None if arguments.listen.ip().is_loopback() => Ok(None),
        None => Err(Failure::question(format!(
            "other machines reach {}, and could read and change everything; name a file of tokens with --token-file, or listen \
             on 127.0.0.1",
            arguments.listen.ip()
        ))),
    }
}

fn taken(address: SocketAddr, error: &io::Error) -> Failure {
    Failure::question(match error.kind() {
        io::ErrorKind::AddrInUse => {
            format!(
                "another program listens on {address} already, perhaps another `tongsa serve`; name another port with --listen"
            )
        }
        _ => format!("{address} cannot be listened on: {error}; name another address with --listen"),
    })
}

/// Waits until the program is told to end. Told so again, it ends at once.
#[cfg(unix)]
fn ending() -> Result<impl Future<Output = ()>, Failure> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
        tokio::spawn(async move {
            tokio::select! { _ = interrupt.recv() => {}, _ = terminate.recv() => {} }
            std::process::exit(INTERRUPTED);
        });
    })
}

#[cfg(not(unix))]
fn ending() -> Result<impl Future<Output = ()>, Failure> {
    Ok(async {
        // Where no signal can be listened for, the process is ended from outside.
        let _ = tokio::signal::ctrl_c().await;
        tokio::spawn(async {
            let _ = tokio::signal::ctrl_c().await;
            std::process::exit(INTERRUPTED);
        });
    })
}

/// The exit code of a program that was interrupted.
const INTERRUPTED: i32 = 130;
