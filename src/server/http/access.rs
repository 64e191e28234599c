//! Who may ask, from where, and who may write.
//!
//! On this machine whoever can reach the port may read and write, unless the server is read-only. With tokens, each request
//! carries one, or the cookie of a page that was signed in with one. A page of another site is refused either way: it neither
//! reads, nor writes, nor takes the name of this server for its own.

pub mod hosts;
pub mod origin;
pub mod sessions;
pub mod sign_in;
pub mod tokens;

use std::sync::Arc;
use std::time::Duration;

use axum::extract::{FromRequestParts, Request};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};

use crate::server::http::access::hosts::Hosts;
use crate::server::http::access::sessions::Sessions;
use crate::server::http::access::tokens::Tokens;
use crate::server::http::problem::Problem;
use crate::server::http::service::Service;

/// What somebody may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Right {
    /// Ask.
    Read,
    /// Ask and change.
    Write,
}

/// The addresses that anybody may ask for: they tell nothing of the store, and let people in.
const OPEN: [&str; 6] = ["/healthz", "/sign-in", "/sign-out", "/preferences", "/assets/{name}", "/favicon.ico"];

/// Whom the server answers.
pub struct Access {
    tokens: Option<Tokens>,
    read_only: bool,
    hosts: Hosts,
    sessions: Sessions,
}

impl Access {
    /// Answers everybody who reaches the port on one of the hosts.
    pub fn for_all(hosts: Hosts) -> Self {
        Self { tokens: None, read_only: false, hosts, sessions: Sessions::default() }
    }

    /// Answers only who has a token.
    pub fn with_tokens(self, tokens: Tokens) -> Self {
        Self { tokens: Some(tokens), ..self }
    }

    /// Lets nobody write.
    pub fn read_only(self) -> Self {
        Self { read_only: true, ..self }
    }

    /// Returns what a request may do: `None` where it has to show a token first. `path` is the pattern of its address.
    pub fn judge(&self, request: &Request, path: &str, now: Duration) -> Result<Option<Right>, Problem> {
        self.hosts.check(request.uri(), request.headers())?;
        origin::check(request.method(), request.headers(), &self.hosts)?;
        let right = self.right(request.headers(), now)?;
        if right.is_none() && !OPEN.contains(&path) {
            return Err(Problem::new(
                StatusCode::UNAUTHORIZED,
                "this server asks for a token; send it as Authorization: Bearer TOKEN",
            ));
        }
        Ok(right)
    }

    fn right(&self, headers: &HeaderMap, now: Duration) -> Result<Option<Right>, Problem> {
        let right = match &self.tokens {
            None => Some(Right::Write),
            Some(tokens) => match headers.get(header::AUTHORIZATION) {
                Some(value) => Some(tokens.right_of_header(value).ok_or_else(wrong_token)?),
                None => self.sessions.right(headers, now),
            },
        };
        Ok(right.map(|right| if self.read_only { Right::Read } else { right }))
    }
}

fn wrong_token() -> Problem {
    Problem::new(StatusCode::UNAUTHORIZED, "the token is not one of this server; ask who runs it for another")
}

/// Shows that who asks may write. Only the reading of a request makes one, so that no route can forget to look.
#[derive(Clone, Copy, Debug)]
pub struct Writer(());

impl FromRequestParts<Arc<Service>> for Writer {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, service: &Arc<Service>) -> Result<Self, Problem> {
        if parts.extensions.get::<Right>() == Some(&Right::Write) {
            return Ok(Self(()));
        }
        Err(Problem::forbidden(match service.access().read_only {
            true => "this server is read-only; nothing can be changed through it",
            false => "this token may only read; ask who runs the server for one that may write",
        }))
    }
}
