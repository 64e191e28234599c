//! What happens around every answer: who asks is judged, a panic is caught, what came of it is tagged, dressed and counted.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;

use axum::extract::{MatchedPath, Request, State};
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};

use crate::server::http::problem::{self, Problem};
use crate::server::http::service::Service;
use crate::server::http::{etag, headers};

/// Answers a request with all that belongs around it.
pub async fn around(State(service): State<Arc<Service>>, request: Request, next: Next) -> Response {
    let begun = service.uptime();
    let _under_way = service.metrics().begin();
    let method = request.method().clone();
    let path = request.extensions().get::<MatchedPath>().cloned();
    let path = path.as_ref().map_or("", MatchedPath::as_str);
    let mut response = judged(&service, path, request, next).await;
    headers::complete(response.headers_mut());
    service.metrics().count(&method, path, response.status(), service.uptime().saturating_sub(begun));
    response
}

async fn judged(service: &Service, path: &str, mut request: Request, next: Next) -> Response {
    match service.access().judge(&request, path, service.uptime()) {
        Ok(right) => drop(right.map(|right| request.extensions_mut().insert(right))),
        Err(problem) if problem.status() == StatusCode::UNAUTHORIZED && opens_a_page(&request) => {
            return Redirect::to("/sign-in").into_response();
        }
        Err(problem) => return problem.into_response(),
    }
    let tags = (request.method() == Method::GET).then(|| request.headers().get(header::IF_NONE_MATCH).cloned());
    let response = caught(next.run(request)).await.unwrap_or_else(|_| Problem::failed().into_response());
    let response = problem::dressed(response).await;
    match tags {
        Some(known) => etag::tagged(response, known.as_ref()).await,
        None => response,
    }
}

/// Returns whether a person at a browser is to see the answer.
fn opens_a_page(request: &Request) -> bool {
    let accepted = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    request.method() == Method::GET && accepted.contains("text/html")
}

/// Waits for an answer, or returns with what its making has panicked. What it has borrowed is given up with it.
async fn caught<T>(answer: impl Future<Output = T>) -> Result<T, Box<dyn Any + Send>> {
    let mut answer = pin!(answer);
    std::future::poll_fn(|context| match catch_unwind(AssertUnwindSafe(|| answer.as_mut().poll(context))) {
        Ok(Poll::Pending) => Poll::Pending,
        Ok(Poll::Ready(answer)) => Poll::Ready(Ok(answer)),
        Err(panic) => Poll::Ready(Err(panic)),
    })
    .await
}
