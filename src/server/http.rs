//! The server: one process that answers a page and other programs over HTTP.

pub mod access;
pub mod api;
mod connections;
mod envelope;
mod etag;
mod headers;
mod health;
pub mod incoming;
pub mod limits;
pub mod metrics;
mod outgoing;
pub mod problem;
pub mod question;
pub mod service;

use std::future::Future;
use std::sync::Arc;

use axum::{Router, middleware};
use tokio::net::TcpListener;

use crate::server::http::access::sign_in;
use crate::server::http::service::Service;

/// Answers requests until `shutdown` is done, then finishes what is under way.
pub async fn serve(listener: TcpListener, service: Arc<Service>, shutdown: impl Future<Output = ()>) {
    let limits = *service.limits();
    connections::accept(listener, router(service), limits, shutdown).await;
}

/// Returns every route.
pub fn router(service: Arc<Service>) -> Router {
    let (api, description) = api::described();
    enveloped(api.merge(api::description_route(&description)).merge(sign_in::router()), service)
}

/// Lays around some routes what belongs around every answer.
fn enveloped(routes: Router<Arc<Service>>, service: Arc<Service>) -> Router {
    // A route for all that has no other, so that nothing is answered without being judged.
    let routes = routes.fallback(|| async { axum::http::StatusCode::NOT_FOUND });
    routes.layer(middleware::from_fn_with_state(Arc::clone(&service), envelope::around)).with_state(service)
}
