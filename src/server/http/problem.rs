//! Why a request has no answer, as RFC 9457 wants it told.

use axum::Json;
use axum::body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use utoipa::ToSchema;

use crate::store::StoreError;
use crate::workspace::WorkspaceError;
use crate::workspace::export::ExportError;

/// The media type of a problem.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// After so many seconds a request that found the server busy may be sent again.
const RETRY_AFTER: HeaderValue = HeaderValue::from_static("2");

/// A sentence of the framework is no longer than this.
const LONGEST_SENTENCE: usize = 1 << 12;

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

    /// The request is well formed, and asks for what there is not.
    pub fn unprocessable(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::UNPROCESSABLE_ENTITY, detail)
    }

    /// Who asks may not do this.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::FORBIDDEN, detail)
    }

    /// The server has failed; what it was asked was not at fault.
    pub fn failed() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "the server has failed at this request; please report it")
    }

    /// The server has too much to do.
    pub fn busy(detail: impl Into<String>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, detail)
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
            WorkspaceError::ConceptChanged(_) => StatusCode::PRECONDITION_FAILED,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self::new(status, error.to_string())
    }
}

impl From<ExportError> for Problem {
    fn from(error: ExportError) -> Self {
        match error {
            ExportError::Workspace(error) => error.into(),
            ExportError::Write(_) => Self::failed(),
        }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let status = self.status();
        let mut response = (status, Json(self)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        match status {
            StatusCode::UNAUTHORIZED => drop(headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"))),
            StatusCode::SERVICE_UNAVAILABLE => drop(headers.insert(header::RETRY_AFTER, RETRY_AFTER)),
            _ => {}
        }
        response
    }
}

/// Makes a problem of an error that the framework has told in its own way, and keeps its headers.
pub async fn dressed(response: Response) -> Response {
    let status = response.status();
    let (mut parts, content) = response.into_parts();
    let told = parts.headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    if !(status.is_client_error() || status.is_server_error()) || !(told.is_empty() || told.starts_with("text/plain")) {
        return Response::from_parts(parts, content);
    }
    let detail = match status {
        StatusCode::NOT_FOUND => "there is nothing at this address; /openapi.json lists what there is".to_owned(),
        StatusCode::METHOD_NOT_ALLOWED => "this address takes other methods; the header Allow names them".to_owned(),
        _ => {
            body::to_bytes(content, LONGEST_SENTENCE).await.map_or(String::new(), |text| String::from_utf8_lossy(&text).into())
        }
    };
    let (problem, content) = Problem::new(status, detail).into_response().into_parts();
    parts.headers.remove(header::CONTENT_LENGTH);
    parts.headers.extend(problem.headers);
    Response::from_parts(parts, content)
}
