//! Suggesting a rendering of a name that nobody has recorded.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::names::han_name::Bearer;
use crate::names::suggestion::{Origin, Subject};
use crate::server::http::api::word::{self, Tag};
use crate::server::http::problem::Problem;
use crate::server::http::question::Asked;
use crate::server::http::service::Service;
use crate::wire::SuggestLine;

/// A longer name is none.
const LONGEST_NAME: usize = 1_000;

/// What is to be rendered.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// The name.
    #[param(max_length = 1_000, example = "王小明")]
    name: String,
    /// The language to render it in.
    #[param(value_type = String, example = "ko")]
    to: Tag,
    /// What bears the name; told by its letters where it is not said.
    #[param(inline)]
    kind: Option<BearerName>,
    /// Where the bearer is from; told by the letters where it is not said.
    #[param(inline)]
    origin: Option<OriginName>,
    /// Whether the person died before 1911, and keeps the Korean reading of the characters.
    #[serde(default)]
    before_1911: bool,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum BearerName {
    Person,
    Place,
    Organization,
}

#[derive(Clone, Copy, Debug, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum OriginName {
    Korea,
    China,
}

impl Question {
    fn subject(&self) -> Subject {
        let bearer = self.kind.map(|kind| match kind {
            BearerName::Person => Bearer::Person,
            BearerName::Place => Bearer::Place,
            BearerName::Organization => Bearer::Other,
        });
        let origin = self.origin.map(|origin| match origin {
            OriginName::Korea => Origin::Korea,
            OriginName::China => Origin::China,
        });
        Subject { bearer, origin, before_1911: self.before_1911 }
    }
}

/// Suggests renderings of a name by the official rules; what a glossary has recorded comes first.
#[utoipa::path(get, path = "/api/suggest", tag = "names", params(Question),
    responses((status = 200, description = "The renderings, or why there are none", body = SuggestLine<'_>)))]
pub(super) async fn suggest(
    State(service): State<Arc<Service>>,
    Asked(question): Asked<Question>,
) -> Result<Response, Problem> {
    let name = word::query(&question.name, LONGEST_NAME)?;
    service.answer(|workspace| {
        let proposal = workspace.suggest(name, &question.to.0, question.subject())?;
        Ok(Json(SuggestLine::new(&proposal)).into_response())
    })
}
