//! What forms send, taken in within its size and no slower than is fair to others.

use axum::extract::multipart::MultipartError;
use axum::extract::{Form, FromRequest, Multipart, Request};
use serde::de::DeserializeOwned;

use crate::server::http::incoming;
use crate::server::http::problem::Problem;
use crate::server::http::service::Service;

/// The longest form without files, in bytes.
const LONGEST_FORM: u64 = 1 << 20;

/// Takes in a form with files; `longest` is in bytes.
pub async fn parts(request: Request, longest: u64, service: &Service) -> Result<Multipart, Problem> {
    let request = whole(request, longest, service).await?;
    Multipart::from_request(request, &()).await.map_err(|error| Problem::new(error.status(), error.body_text()))
}

/// Takes in the fields of a form.
pub async fn fields<T: DeserializeOwned>(request: Request, service: &Service) -> Result<T, Problem> {
    let request = whole(request, LONGEST_FORM, service).await?;
    let form = Form::from_request(request, &()).await;
    form.map(|Form(fields)| fields).map_err(|error| Problem::new(error.status(), error.body_text()))
}

async fn whole(request: Request, longest: u64, service: &Service) -> Result<Request, Problem> {
    let (parts, body) = request.into_parts();
    let bytes = incoming::collect(body, longest, service).await?;
    Ok(Request::from_parts(parts, bytes.into()))
}

/// Says what is wrong with a part of a form.
pub fn unreadable(error: MultipartError) -> Problem {
    Problem::new(error.status(), error.body_text())
}
