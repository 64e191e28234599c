//! What is asked: the parameters of an address and the JSON of a body, refused with a sentence where they are wrong.

use std::error::Error;
use std::sync::Arc;

use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use percent_encoding::percent_decode_str;
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::server::http::incoming;
use crate::server::http::limits::LONGEST_TEXT;
use crate::server::http::problem::Problem;
use crate::server::http::service::Service;

/// The parameters of the address.
#[derive(Debug)]
pub struct Asked<T>(pub T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequestParts<S> for Asked<T> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Problem> {
        // A name in another encoding would be looked up as something else.
        if percent_decode_str(parts.uri.query().unwrap_or_default()).decode_utf8().is_err() {
            return Err(Problem::bad_request("the parameters of the address are not in UTF-8; encode them in it"));
        }
        let wrong = |error: &dyn Error| {
            let reason = error.source().map_or_else(|| error.to_string(), ToString::to_string);
            let reason = plain(&reason);
            Problem::bad_request(format!("the parameters of the address are wrong: {reason}; /openapi.json lists them"))
        };
        Query::try_from_uri(&parts.uri).map(|Query(asked)| Self(asked)).map_err(|error| wrong(&error))
    }
}

/// Says in words of everybody what is wrong with a number.
fn plain(reason: &str) -> String {
    let said = [
        ("invalid digit found in string", "a whole number is due"),
        ("cannot parse integer from empty string", "a number is due"),
        ("number too large to fit in target type", "the number is too large"),
        ("number too small to fit in target type", "the number is too small"),
    ];
    said.iter().fold(reason.to_owned(), |reason, (theirs, ours)| reason.replace(theirs, ours))
}

/// A body of JSON.
#[derive(Debug)]
pub struct Sent<T>(pub T);

impl<T: DeserializeOwned> FromRequest<Arc<Service>> for Sent<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, service: &Arc<Service>) -> Result<Self, Problem> {
        expect_media_type(request.headers(), &["application/json"])?;
        let bytes = incoming::collect(request.into_body(), LONGEST_TEXT, service).await?;
        // A list would be taken for the fields in their order, which nobody means.
        if bytes.trim_ascii_start().first() == Some(&b'[') {
            return Err(Problem::unprocessable("the body is a list, and has to be one JSON object"));
        }
        serde_json::from_slice(&bytes).map(Self).map_err(|error| match error.classify() {
            Category::Data => Problem::unprocessable(format!("the JSON asks for what there is not: {error}")),
            _ => Problem::bad_request(format!("the body is no JSON that can be read: {error}")),
        })
    }
}

/// Refuses a body of another type. What the form of another site can send is never among the types that are taken.
pub fn expect_media_type(headers: &HeaderMap, taken: &[&str]) -> Result<(), Problem> {
    let sent = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = sent.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if taken.contains(&essence.as_str()) {
        return Ok(());
    }
    let detail = format!("the body is to be {}; say so in the header Content-Type", taken.join(", "));
    Err(Problem::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, detail))
}
