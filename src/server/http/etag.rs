//! Tags of what was answered: who has it already is told so instead of being sent it again.

use axum::body::{self, Body, Bytes, HttpBody};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::text::hash;

/// Returns the tag of some bytes, in its quotes.
pub fn of(bytes: &[u8]) -> String {
    format!("\"{:016x}\"", hash::fnv1a(bytes.iter().copied()))
}

/// Returns whether a tag is among those of a header `If-Match` or `If-None-Match`.
pub fn is_named(header: &HeaderValue, tag: &str) -> bool {
    let named = header.to_str().unwrap_or_default();
    named.trim() == "*" || named.split(',').any(|other| other.trim().trim_start_matches("W/") == tag)
}

/// Tags an answer that is whole, and leaves its content out where `known` has the tag. What is sent while it is made has none.
pub async fn tagged(response: Response, known: Option<&HeaderValue>) -> Response {
    let Some(size) = response.body().size_hint().exact().filter(|_| response.status() == StatusCode::OK) else {
        return response;
    };
    let (mut parts, content) = response.into_parts();
    let Ok(bytes) = body::to_bytes(content, usize::try_from(size).unwrap_or(usize::MAX)).await else {
        return Response::from_parts(parts, Body::empty());
    };
    let tag = tag_of(&bytes);
    let is_known = known.is_some_and(|known| is_named(known, tag.to_str().unwrap_or_default()));
    parts.headers.insert(header::ETAG, tag);
    if is_known {
        parts.headers.remove(header::CONTENT_TYPE);
        parts.headers.remove(header::CONTENT_LENGTH);
        return (StatusCode::NOT_MODIFIED, parts.headers).into_response();
    }
    Response::from_parts(parts, Body::from(bytes))
}

fn tag_of(bytes: &Bytes) -> HeaderValue {
    // A tag has digits in quotes, which every header may have.
    HeaderValue::from_str(&of(bytes)).unwrap_or(HeaderValue::from_static("\"\""))
}
