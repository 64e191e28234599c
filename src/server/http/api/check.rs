//! Checking a draft, and fixing it.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::check::fixing::FixScope;
use crate::server::http::api::draft::SentDraft;
use crate::server::http::problem::Problem;
use crate::server::http::question::{Asked, Sent};
use crate::server::http::service::Service;
use crate::wire::checking::{CheckedShape, FixedShape};
use crate::workspace::fix;

/// Checks a draft: every name in one agreed form, no deprecated or forbidden one.
///
/// Offsets are bytes of the text in UTF-8; lines and columns count from 1, columns in Unicode scalar values.
#[utoipa::path(post, path = "/api/check", tag = "drafts", request_body = SentDraft,
    responses((status = 200, description = "The findings in order of place", body = CheckedShape<'_>)))]
pub(super) async fn check(State(service): State<Arc<Service>>, Sent(sent): Sent<SentDraft>) -> Result<Response, Problem> {
    let draft = sent.draft()?;
    let answer = service.read(move |workspace| {
        let report = draft.check(workspace, &draft.file)?;
        Ok(Json(CheckedShape::new(&draft.file, &report)).into_response())
    });
    answer.await
}

/// What is fixed.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    /// What is safe to fix, or all that is probable; what is safe where it is not said.
    #[param(inline)]
    #[serde(default)]
    scope: Scope,
}

#[derive(Clone, Copy, Debug, Default, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Scope {
    #[default]
    Safe,
    All,
}

/// Fixes a draft, and checks what has become of it. Nothing is kept.
#[utoipa::path(post, path = "/api/fix", tag = "drafts", params(Wish), request_body = SentDraft,
    responses((status = 200, description = "The fixed text, what has changed, and what is left to say", body = FixedShape<'_>)))]
pub(super) async fn fix(
    State(service): State<Arc<Service>>,
    Asked(wish): Asked<Wish>,
    Sent(sent): Sent<SentDraft>,
) -> Result<Response, Problem> {
    let draft = sent.draft()?;
    let scope = match wish.scope {
        Scope::Safe => FixScope::Safe,
        Scope::All => FixScope::All,
    };
    let answer = service.read(move |workspace| {
        let fixed = fix::fix(draft.file.clone(), scope, |file| draft.check(workspace, file))?;
        let diff = fix::unified_diff(&draft.file.name, &draft.file, &fixed.file);
        Ok(Json(FixedShape::new(&fixed, &diff)).into_response())
    });
    answer.await
}
