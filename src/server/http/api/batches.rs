//! The imports, and taking one back.

use std::sync::Arc;

use axum::Json;
use axum::extract::rejection::PathRejection;
use axum::extract::{Path, State};
use axum::response::{IntoResponse, Response};

use crate::server::http::access::Writer;
use crate::server::http::problem::Problem;
use crate::server::http::service::Service;
use crate::wire::batches::BatchShape;
use crate::workspace::WorkspaceError;

/// Lists the imports that can be taken back, oldest first.
#[utoipa::path(get, path = "/api/batches", tag = "glossary",
    responses((status = 200, description = "The imports", body = Vec<BatchShape<'_>>)))]
pub(super) async fn batches(State(service): State<Arc<Service>>) -> Result<Response, Problem> {
    let answer = service.read(|workspace| {
        let batches = workspace.batches()?;
        Ok(Json(batches.iter().map(BatchShape::new).collect::<Vec<_>>()).into_response())
    });
    answer.await
}

/// Takes an import back. Needs the right to write.
#[utoipa::path(delete, path = "/api/batches/{id}", tag = "glossary", params(("id" = i64, Path, description = "Its number")),
    responses((status = 200, description = "The import that was taken back", body = BatchShape<'_>)))]
pub(super) async fn undo(
    State(service): State<Arc<Service>>,
    writer: Writer,
    id: Result<Path<i64>, PathRejection>,
) -> Result<Response, Problem> {
    let no_number = |_| Problem::bad_request("an import is named by its number; /api/batches lists them");
    let Path(id) = id.map_err(no_number)?;
    let job = service.write::<_, WorkspaceError>(writer, move |workspace| {
        let batch = workspace.undo(Some(id))?;
        Ok(Json(BatchShape::new(&batch)).into_response())
    });
    job.await
}
