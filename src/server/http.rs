//! The server: one process that answers a page and other programs over HTTP.

pub mod api;
pub mod problem;
pub mod service;

use std::future::Future;
use std::io;
use std::sync::Arc;

use axum::Router;
use tokio::net::TcpListener;

use crate::server::http::service::Service;
use crate::server::page;

/// Answers requests until `shutdown` is done, then finishes what is under way.
pub async fn serve(
    listener: TcpListener,
    service: Arc<Service>,
    shutdown: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    axum::serve(listener, router(service)).with_graceful_shutdown(shutdown).await
}

/// Returns every route.
pub fn router(service: Arc<Service>) -> Router {
    let (api, description) = api::router().split_for_parts();
    Router::new().merge(api).merge(api::description_route(description)).merge(page::router()).with_state(service)
}
