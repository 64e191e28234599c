//! Matching segments with the translation memory.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::server::http::api::word::{self, Tag};
use crate::server::http::limits::MOST_SEGMENTS;
use crate::server::http::problem::Problem;
use crate::server::http::question::{Asked, Sent};
use crate::server::http::service::Service;
use crate::wire::units::{MatchLine, MatchLines};
use crate::workspace::fuzzy_match::{self, MatchOptions, Penalty, UnitFilter};
use crate::workspace::lookup::LONGEST_QUERY;

/// More matches of one segment are no help.
const MOST: usize = 100;

/// A segment that is to be matched.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// The segment.
    #[param(max_length = 20_000)]
    q: String,
    /// The language of the counterparts.
    #[param(value_type = String, example = "ko")]
    to: Tag,
    /// The language of the segment; told by its letters where it is not said.
    #[param(value_type = Option<String>)]
    from: Option<Tag>,
    /// None with a lower score; 70 where it is not said.
    #[param(minimum = 1, maximum = 100)]
    min_score: Option<u8>,
    /// At most so many matches; 5 where it is not said.
    #[param(minimum = 1, maximum = 100)]
    limit: Option<usize>,
}

/// Segments that are to be matched, and how.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SentSegments {
    /// The segments.
    #[schema(max_items = 1_000)]
    segments: Vec<String>,
    /// The language of the counterparts.
    #[schema(value_type = String, example = "ko")]
    to: Tag,
    /// The language of the segments; told by the letters of each where it is not said.
    #[schema(value_type = Option<String>)]
    from: Option<Tag>,
    /// None with a lower score; 70 where it is not said.
    #[schema(minimum = 1, maximum = 100)]
    min_score: Option<u8>,
    /// At most so many matches a segment; 5 where it is not said.
    #[schema(minimum = 1, maximum = 100)]
    limit: Option<usize>,
    /// Only units whose source or document has this in its name.
    origin: Option<String>,
    /// Only units of this domain.
    domain: Option<String>,
    /// Only units of this day or later.
    since: Option<String>,
    /// Only units of this day or earlier.
    until: Option<String>,
    /// Points that are taken from some units: `aligned=5`, `origin:NAME=5`, `domain:NAME=5`, `before:2020-01-01=5`.
    #[serde(default)]
    penalties: Vec<String>,
}

/// Finds kept segments that are like a new one, with their counterparts and the terms in it.
#[utoipa::path(get, path = "/api/match", tag = "memory", params(Question),
    responses((status = 200, description = "The matches, the best first", body = MatchLine<'_>)))]
pub(super) async fn match_one(
    State(service): State<Arc<Service>>,
    Asked(question): Asked<Question>,
) -> Result<Response, Problem> {
    let query = word::query(&question.q, LONGEST_QUERY)?.to_owned();
    let options = MatchOptions {
        from: word::lang(question.from),
        to: question.to.0,
        min_score: word::score(question.min_score, 70, 1)?,
        limit: word::limit(question.limit, 5, MOST)?,
        filter: UnitFilter::default(),
        penalties: Vec::new(),
    };
    let answer = service.read(move |workspace| {
        let answer = workspace.match_segment(&query, &options)?;
        Ok(Json(MatchLine::new(&answer)).into_response())
    });
    answer.await
}

/// Finds kept segments that are like each of several new ones.
#[utoipa::path(post, path = "/api/match", tag = "memory", request_body = SentSegments,
    responses((status = 200, description = "The matches of each segment, in their order", body = MatchLines<'_>)))]
pub(super) async fn match_many(
    State(service): State<Arc<Service>>,
    Sent(sent): Sent<SentSegments>,
) -> Result<Response, Problem> {
    let (options, segments) = (sent.options()?, sent.segments);
    let answer = service.read(move |workspace| {
        let answers = segments.iter().map(|segment| workspace.match_segment(segment, &options));
        let answers = answers.collect::<Result<Vec<_>, _>>()?;
        Ok(Json(MatchLines::new(&answers)).into_response())
    });
    answer.await
}

impl SentSegments {
    fn options(&self) -> Result<MatchOptions, Problem> {
        if self.segments.len() > MOST_SEGMENTS {
            return Err(Problem::unprocessable(format!("there are more than {MOST_SEGMENTS} segments; send them in parts")));
        }
        if let Some(long) = self.segments.iter().position(|segment| segment.len() > LONGEST_QUERY) {
            return Err(Problem::unprocessable(format!(
                "segment {long}, from 0, is longer than {LONGEST_QUERY} bytes; cut it"
            )));
        }
        let date = |date: &Option<String>| date.as_deref().map(fuzzy_match::parse_date).transpose();
        let filter = UnitFilter {
            origin: self.origin.clone(),
            domain: self.domain.clone(),
            since: date(&self.since).map_err(Problem::unprocessable)?,
            until: date(&self.until).map_err(Problem::unprocessable)?,
        };
        let penalties = self.penalties.iter().map(|penalty| Penalty::parse(penalty)).collect::<Result<_, _>>();
        Ok(MatchOptions {
            from: word::lang(self.from.clone()),
            to: self.to.0.clone(),
            min_score: word::score(self.min_score, 70, 1)?,
            limit: word::limit(self.limit, 5, MOST)?,
            filter,
            penalties: penalties.map_err(Problem::unprocessable)?,
        })
    }
}
