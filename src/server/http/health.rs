//! Whether the server is well, for who watches over it, and its figures.

use std::fs;
use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};

use crate::server::http::metrics::{MEDIA_TYPE, StoreFigures};
use crate::server::http::problem::Problem;
use crate::server::http::service::Service;

/// Tells whether the store can be read.
#[utoipa::path(get, path = "/healthz", tag = "watching",
    responses((status = 200, description = "It can", body = String, content_type = "text/plain")))]
pub(super) async fn healthz(State(service): State<Arc<Service>>) -> Result<&'static str, Problem> {
    service.read(|workspace| workspace.batches()).await?;
    Ok("ok\n")
}

/// Tells how much was asked and how long it took, in the text format of Prometheus.
#[utoipa::path(get, path = "/metrics", tag = "watching",
    responses((status = 200, description = "The figures", body = String, content_type = "text/plain")))]
pub(super) async fn metrics(State(service): State<Arc<Service>>) -> Response {
    let figures = service.read(|workspace| {
        // A store that has just been moved away has no size.
        let bytes = fs::metadata(workspace.path()).map_or(0, |file| file.len());
        Ok(StoreFigures { bytes, concepts: workspace.concept_count()? })
    });
    let figures = figures.await.ok();
    ([(header::CONTENT_TYPE, MEDIA_TYPE)], service.metrics().text(service.uptime(), figures)).into_response()
}
