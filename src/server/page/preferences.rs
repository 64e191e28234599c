//! Choosing the language and the colours of the page; both are kept in cookies.

use axum::extract::Query;
use axum::http::HeaderValue;
use axum::http::header::SET_COOKIE;
use axum::response::{IntoResponse, Redirect, Response};
use serde::Deserialize;

use crate::server::page::interface::{LANG_COOKIE, THEME_COOKIE, Theme};
use crate::server::page::link;
use crate::server::page::tongue::Tongue;

/// What is chosen.
#[derive(Debug, Deserialize)]
pub struct Choice {
    lang: Option<String>,
    theme: Option<String>,
    #[serde(default)]
    back: String,
}

/// Keeps a choice, and goes back to where it was made.
pub async fn choose(Query(choice): Query<Choice>) -> Response {
    let lang = choice.lang.as_deref().and_then(Tongue::of_tag).map(|tongue| cookie(LANG_COOKIE, tongue.lang().tag()));
    let theme = choice.theme.as_deref().and_then(Theme::from_name).map(|theme| cookie(THEME_COOKIE, theme.name()));
    let back = if link::is_local(&choice.back) { &choice.back } else { "/" };
    let mut response = Redirect::to(back).into_response();
    for cookie in [lang, theme].into_iter().flatten() {
        response.headers_mut().append(SET_COOKIE, cookie);
    }
    response
}

fn cookie(name: &str, value: &str) -> HeaderValue {
    let cookie = format!("{name}={value}; Path=/; Max-Age=31536000; SameSite=Strict; HttpOnly");
    // Tags and the names of the colours are ASCII letters and hyphens.
    HeaderValue::from_str(&cookie).unwrap_or_else(|_| HeaderValue::from_static(""))
}
