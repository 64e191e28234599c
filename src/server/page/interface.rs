//! How a person wants the page, as it is told by the request.

use std::convert::Infallible;

use axum::extract::FromRequestParts;
use axum::http::header::{ACCEPT_LANGUAGE, CACHE_CONTROL, COOKIE, REFERRER_POLICY, VARY};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderName, HeaderValue};
use axum::response::{Html, IntoResponse, Response};

use crate::server::http::access::Right;
use crate::server::http::access::sessions::COOKIE as SESSION;
use crate::server::http::problem::Problem;
use crate::server::page::layout::{self, Page};
use crate::server::page::tongue::Tongue;
use crate::server::page::wording::Wording;

/// What htmx sends with each of its requests.
const FROM_SCRIPT: HeaderName = HeaderName::from_static("hx-request");
/// The cookie that keeps the language.
pub const LANG_COOKIE: &str = "tongsa-lang";
/// The cookie that keeps the colours.
pub const THEME_COOKIE: &str = "tongsa-theme";

/// The colours of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Those of the system.
    #[default]
    Auto,
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

impl Theme {
    /// Every choice.
    pub const ALL: [Self; 3] = [Self::Auto, Self::Light, Self::Dark];

    /// Returns the word for it in cookies and addresses.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Light => "light",
            Self::Dark => "dark",
        }
    }

    /// Returns the choice that a word names.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|theme| theme.name() == name)
    }
}

/// How a person wants the page.
#[derive(Clone, Debug)]
pub struct Interface {
    /// Its language.
    pub tongue: Tongue,
    /// Its colours.
    pub theme: Theme,
    /// The path and the query of the request.
    pub here: String,
    /// Whether only the part that changes is wanted.
    pub partial: bool,
    /// Whether who asks may change anything.
    pub may_write: bool,
    /// Whether who asks has signed in with a token.
    pub signed_in: bool,
}

impl<S: Send + Sync> FromRequestParts<S> for Interface {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        let headers = &parts.headers;
        let asked = parts.uri.query().and_then(|query| query.split('&').find_map(|pair| pair.strip_prefix("lang=")));
        let accepted = || headers.get(ACCEPT_LANGUAGE).and_then(|value| Tongue::of_accepted(value.to_str().ok()?));
        let kept = || cookie(headers, LANG_COOKIE).and_then(Tongue::of_tag);
        Ok(Self {
            tongue: asked.and_then(Tongue::of_tag).or_else(kept).or_else(accepted).unwrap_or_default(),
            theme: cookie(headers, THEME_COOKIE).and_then(Theme::from_name).unwrap_or_default(),
            here: parts.uri.path_and_query().map_or_else(|| "/".to_owned(), ToString::to_string),
            partial: headers.contains_key(FROM_SCRIPT),
            may_write: parts.extensions.get::<Right>() == Some(&Right::Write),
            signed_in: cookie(headers, SESSION).is_some(),
        })
    }
}

fn cookie<'h>(headers: &'h HeaderMap, name: &str) -> Option<&'h str> {
    let cookies = headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
    cookies.filter_map(|cookie| cookie.trim().split_once('=')).find(|(key, _)| *key == name).map(|(_, value)| value)
}

impl Interface {
    /// Returns the texts of its language.
    pub fn wording(&self) -> &'static Wording {
        Wording::of(self.tongue)
    }

    /// Answers with a whole page, or with the part alone where that was asked for. What one person sees nobody keeps.
    pub fn answer(&self, page: Result<Page, Problem>) -> Response {
        let mut response = match page {
            Ok(page) if self.partial => (page.status, Html(page.content.into_string())).into_response(),
            Ok(page) => (page.status, Html(layout::whole(self, page).into_string())).into_response(),
            // The script says the sentence, and leaves what is there.
            Err(problem) if self.partial => problem.into_response(),
            Err(problem) => {
                let page = layout::problem(self, &problem);
                (problem.status(), Html(layout::whole(self, page).into_string())).into_response()
            }
        };
        let headers = response.headers_mut();
        headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
        // Without an origin, the forms of the page are those of nobody.
        headers.insert(REFERRER_POLICY, HeaderValue::from_static("same-origin"));
        headers.insert(VARY, HeaderValue::from_static("HX-Request, Cookie, Accept-Language"));
        response
    }
}
