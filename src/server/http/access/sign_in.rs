//! Signing in: the form of the page brings a token, and gets a cookie for it.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{FromRequest, Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::post;
use axum::{Form, Router};
use serde::Deserialize;

use crate::server::http::access::sessions::COOKIE;
use crate::server::http::access::{Access, Right};
use crate::server::http::incoming;
use crate::server::http::problem::Problem;
use crate::server::http::service::Service;

/// A form with a token has at most so many bytes.
const LONGEST_FORM: u64 = 1 << 13;
/// Who has guessed wrong waits so long.
const PENANCE: Duration = Duration::from_secs(1);

/// The form.
#[derive(Deserialize)]
struct Credentials {
    token: String,
}

/// Returns the routes that sign a browser in and out: they take forms, and lead back to the page.
pub fn router() -> Router<Arc<Service>> {
    Router::new().route("/sign-in", post(sign_in)).route("/sign-out", post(sign_out))
}

async fn sign_in(State(service): State<Arc<Service>>, request: Request) -> Result<Response, Problem> {
    let is_secure = request.headers().get("x-forwarded-proto").is_some_and(|scheme| scheme == "https");
    let (parts, body) = request.into_parts();
    let form = incoming::collect(body, LONGEST_FORM, &service).await?;
    let form = Form::<Credentials>::from_request(Request::from_parts(parts, form.into()), &()).await;
    let Form(credentials) = form.map_err(|error| Problem::new(error.status(), "the form has no token; send token=TOKEN"))?;
    let Some(right) = service.access().right_of(credentials.token.trim()) else {
        tokio::time::sleep(PENANCE).await;
        return Ok(Redirect::to("/sign-in?refused=1").into_response());
    };
    let id = service.access().sessions.begin(right, service.uptime()).ok_or_else(Problem::failed)?;
    Ok(back_to_the_page(&id, is_secure))
}

async fn sign_out(State(service): State<Arc<Service>>, headers: HeaderMap) -> Response {
    service.access().sessions.end(&headers, service.uptime());
    back_to_the_page("; Max-Age=0", false)
}

/// Leads to the page with a cookie that no script can read and no other site can send.
fn back_to_the_page(id: &str, is_secure: bool) -> Response {
    let secure = if is_secure { "; Secure" } else { "" };
    let cookie = format!("{COOKIE}={id}; Path=/; HttpOnly; SameSite=Strict{secure}");
    match HeaderValue::from_str(&cookie) {
        Ok(cookie) => (StatusCode::SEE_OTHER, [(header::SET_COOKIE, cookie)], [(header::LOCATION, "/")]).into_response(),
        Err(_) => Problem::failed().into_response(),
    }
}

impl Access {
    /// Returns what a token allows that was typed.
    fn right_of(&self, token: &str) -> Option<Right> {
        self.tokens.as_ref()?.right_of(token.as_bytes())
    }
}
