//! Why a request has no answer, as RFC 9457 wants it told.

use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::StoreError;
use crate::workspace::WorkspaceError;

/// A problem: its media type is `application/problem+json`.
#[derive(Debug, Serialize, ToSchema)]
pub struct Problem {
    /// The name of the status.
    title: &'static str,
    /// The status of the response.
    status: u16,
    /// One sentence: what is wrong, and what to do.
    detail: String,
}

impl Problem {
    /// Makes a problem of a sentence.
    pub fn new(status: StatusCode, detail: impl Into<String>) -> Self {
        let title = status.canonical_reason().unwrap_or("Problem");
        Self { title, status: status.as_u16(), detail: detail.into() }
    }

    /// The request is not one that can be answered.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, detail)
    }

    /// The server has failed; what it was asked was not at fault.
    pub fn failed() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "the server has failed at this request; please report it")
    }

    /// Returns the status of the response.
    pub fn status(&self) -> StatusCode {
        StatusCode::from_u16(self.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// Returns the sentence.
    pub fn detail(&self) -> &str {
        &self.detail
    }
}

impl From<WorkspaceError> for Problem {
    fn from(error: WorkspaceError) -> Self {
        let status = match &error {
            WorkspaceError::Store(StoreError::Busy(_) | StoreError::CannotOpen { .. }) => StatusCode::SERVICE_UNAVAILABLE,
            WorkspaceError::Store(StoreError::Full(_)) => StatusCode::INSUFFICIENT_STORAGE,
            WorkspaceError::Store(StoreError::ReadOnly(_)) => StatusCode::FORBIDDEN,
            WorkspaceError::Store(_) | WorkspaceError::Shipped(..) => StatusCode::INTERNAL_SERVER_ERROR,
            WorkspaceError::NoBatch(_) | WorkspaceError::NoArticle(_) => StatusCode::NOT_FOUND,
            WorkspaceError::ArticleElsewhere { .. } => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, error.to_string())
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, Json(self)).into_response();
        response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        response
    }
}
