//! The form for those who need a token.

use axum::extract::Query;
use axum::http::StatusCode;
use axum::response::Response;
use maud::html;
use serde::Deserialize;

use crate::server::page::interface::Interface;
use crate::server::page::layout::Page;

/// Whether a token was refused.
#[derive(Debug, Default, Deserialize)]
pub struct Question {
    refused: Option<String>,
}

/// Shows the form; what is typed goes to `POST /sign-in` as `token`.
pub async fn view(interface: Interface, Query(question): Query<Question>) -> Response {
    let wording = interface.wording();
    let wrong = question.refused.is_some();
    let content = html! {
        form.sign-in method="post" action="/sign-in" {
            h1 { (wording.sign_in) }
            label for="token" { (wording.token) }
            input #token type="password" name="token" autocomplete="current-password" required autofocus
                aria-describedby="token-hint" aria-invalid=[wrong.then_some("true")];
            p #token-hint.hint { @if wrong { strong.error { (wording.token_wrong) } " " } (wording.token_hint) }
            button.main { (wording.sign_in) }
        }
    };
    interface.answer(Ok(Page { title: wording.sign_in.to_owned(), view: None, status: StatusCode::OK, content }))
}
