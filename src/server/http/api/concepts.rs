//! The concepts one by one: reading, changing, and what they were before.

use std::sync::Arc;

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::IntoParams;

use crate::glossary::concept::{Concept, ConceptId, Kind};
use crate::glossary::term::TermStatus;
use crate::server::http::access::Writer;
use crate::server::http::api::word::{self, Tag};
use crate::server::http::etag;
use crate::server::http::limits::LONGEST_PAGE;
use crate::server::http::problem::Problem;
use crate::server::http::question::{Asked, Sent};
use crate::server::http::service::Service;
use crate::store::concepts::StoredConcept;
use crate::wire::concept::{ConceptChangeShape, ConceptPageShape, ConceptShape, VersionShape};
use crate::workspace::Workspace;
use crate::workspace::concepts::{ConceptFilter, NewVersion};

/// What the list of imports says of a change that came this way.
const SOURCE: &str = "HTTP";

/// Which concepts are wanted.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Question {
    /// Words that a term or the id has in it.
    #[param(max_length = 1_000)]
    text: Option<String>,
    /// The kind, such as person.
    kind: Option<String>,
    /// A status that a term has: preferred, admitted, deprecated or forbidden.
    status: Option<String>,
    /// The domain.
    domain: Option<String>,
    /// A language that has a term.
    #[param(value_type = Option<String>)]
    has: Option<Tag>,
    /// A language that has none.
    #[param(value_type = Option<String>)]
    misses: Option<Tag>,
    /// Whether only what was imported or changed here is wanted.
    #[serde(default)]
    own: bool,
    /// Where the page begins: `next` of the page before.
    after: Option<String>,
    /// At most so many concepts; 50 where it is not said.
    #[param(minimum = 1, maximum = 1_000)]
    limit: Option<usize>,
}

impl Question {
    fn filter(&self) -> Result<ConceptFilter, Problem> {
        let statuses: Vec<_> = TermStatus::ALL.iter().map(|status| (status.name(), *status)).collect();
        let status = self.status.as_deref().map(|status| word::choice("status", status, &statuses)).transpose()?;
        Ok(ConceptFilter {
            text: self.text.clone(),
            kind: self.kind.as_deref().map(Kind::from_name),
            status,
            domain: self.domain.clone(),
            has: word::lang(self.has.clone()),
            misses: word::lang(self.misses.clone()),
            own_only: self.own,
        })
    }
}

/// Lists concepts in order of their ids.
#[utoipa::path(get, path = "/api/concepts", tag = "glossary", params(Question),
    responses((status = 200, description = "A page of concepts", body = ConceptPageShape<'_>)))]
pub(super) async fn concepts(
    State(service): State<Arc<Service>>,
    Asked(question): Asked<Question>,
) -> Result<Response, Problem> {
    let (filter, limit) = (question.filter()?, word::limit(question.limit, 50, LONGEST_PAGE)?);
    let after = question.after.map(ConceptId);
    let answer = service.read(move |workspace| {
        let page = workspace.concepts(&filter, after.as_ref(), limit)?;
        Ok(Json(ConceptPageShape::new(&page)).into_response())
    });
    answer.await
}

/// Returns a concept, with the tag of its version in the header ETag.
#[utoipa::path(get, path = "/api/concepts/{id}", tag = "glossary", params(("id" = String, Path, description = "Its id")),
    responses((status = 200, description = "The concept", body = ConceptShape<'_>)))]
pub(super) async fn concept(State(service): State<Arc<Service>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = ConceptId(id);
    let found = service.read(move |workspace| {
        let stored = workspace.concept(&id)?;
        Ok(stored.map(|stored| Json(ConceptShape::new(&stored)).into_response()).ok_or_else(|| unknown(&id)))
    });
    found.await?
}

/// Lists what a concept was from one import to the next, the current version first.
#[utoipa::path(get, path = "/api/concepts/{id}/history", tag = "glossary",
    params(("id" = String, Path, description = "Its id")),
    responses((status = 200, description = "The versions", body = Vec<VersionShape<'_>>)))]
pub(super) async fn history(State(service): State<Arc<Service>>, Path(id): Path<String>) -> Result<Response, Problem> {
    let id = ConceptId(id);
    let found = service.read(move |workspace| {
        let versions = workspace.history(&id)?;
        let shapes: Vec<VersionShape<'_>> = versions.iter().map(VersionShape::new).collect();
        Ok(if shapes.is_empty() { Err(unknown(&id)) } else { Ok(Json(shapes).into_response()) })
    });
    found.await?
}

fn unknown(id: &ConceptId) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("there is no concept {id}; /api/lookup finds one by its names"))
}

/// How a concept is to be kept.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    /// Whether to change nothing, and only to say what speaks against it.
    #[serde(default)]
    dry_run: bool,
}

/// Keeps a concept in the place of its version before, as an import of one. Needs the right to write.
///
/// `If-Match` has the tag of the version that is changed, as it was read; `If-None-Match: *` stands for a new concept.
#[utoipa::path(put, path = "/api/concepts/{id}", tag = "glossary", request_body = ConceptShape<'_>,
    params(Wish, ("id" = String, Path, description = "Its id"),
        ("If-Match" = Option<String>, Header, description = "The tag of the version that is changed"),
        ("If-None-Match" = Option<String>, Header, description = "`*` for a new concept")),
    responses((status = 200, description = "It is changed, or is as it was", body = ConceptChangeShape<'_>),
        (status = 201, description = "It is new", body = ConceptChangeShape<'_>)))]
pub(super) async fn put_concept(
    State(service): State<Arc<Service>>,
    writer: Writer,
    Path(id): Path<String>,
    Asked(wish): Asked<Wish>,
    headers: HeaderMap,
    Sent(sent): Sent<ConceptShape<'static>>,
) -> Result<Response, Problem> {
    let precondition = Precondition::of(&headers)?;
    let concept = sent_concept(sent, &id)?;
    service.write(writer, move |workspace| put(workspace, &concept, &precondition, wish.dry_run)).await
}

/// Returns the concept that was sent; its id is that of the address.
fn sent_concept(sent: ConceptShape<'static>, id: &str) -> Result<Concept, Problem> {
    let mut concept = sent.concept().map_err(Problem::unprocessable)?;
    if concept.id.as_str().is_empty() {
        concept.id = ConceptId(id.to_owned());
    }
    if concept.id.as_str() != id {
        let detail = format!("the address says {id}, and the concept {}; a concept keeps its id", concept.id);
        return Err(Problem::unprocessable(detail));
    }
    Ok(concept)
}

/// What somebody who writes takes for granted.
enum Precondition {
    /// The concept is not there.
    New,
    /// It is as it was when it was read.
    Unchanged(HeaderValue),
}

impl Precondition {
    fn of(headers: &HeaderMap) -> Result<Self, Problem> {
        match (headers.get(header::IF_MATCH), headers.get(header::IF_NONE_MATCH)) {
            (Some(tag), None) => Ok(Self::Unchanged(tag.clone())),
            (None, Some(all)) if all == "*" => Ok(Self::New),
            _ => Err(Problem::new(
                StatusCode::PRECONDITION_REQUIRED,
                "say what is changed: If-Match with the tag of the version that was read, or If-None-Match: * for a new concept",
            )),
        }
    }

    fn check(&self, id: &ConceptId, current: Option<&StoredConcept>) -> Result<(), Problem> {
        let detail = match (self, current) {
            (Self::New, None) => return Ok(()),
            (Self::Unchanged(tag), Some(stored)) if etag::is_named(tag, &tag_of(stored)?) => return Ok(()),
            (Self::New, Some(_)) => format!("there is a concept {id} already; change it with If-Match"),
            (Self::Unchanged(_), Some(_)) => format!("{id} has been changed since it was read; read it, and change it again"),
            (Self::Unchanged(_), None) => format!("there is no concept {id} any more; make it anew with If-None-Match: *"),
        };
        Err(Problem::new(StatusCode::PRECONDITION_FAILED, detail))
    }
}

fn put(workspace: &mut Workspace, concept: &Concept, taken: &Precondition, dry_run: bool) -> Result<Response, Problem> {
    let current = workspace.concept(&concept.id)?;
    taken.check(&concept.id, current.as_ref())?;
    let before = current.as_ref().map(|stored| &stored.concept);
    let change = workspace.put_concept(NewVersion { concept, before, source: SOURCE, dry_run })?;
    let status = if current.is_none() && change.batch.is_some() { StatusCode::CREATED } else { StatusCode::OK };
    let mut response = (status, Json(ConceptChangeShape::new(&change))).into_response();
    if let Some(kept) = workspace.concept(&concept.id)?.filter(|_| !dry_run) {
        let tag = HeaderValue::from_str(&tag_of(&kept)?).map_err(|_| Problem::failed())?;
        response.headers_mut().insert(header::ETAG, tag);
    }
    Ok(response)
}

/// Returns the tag that a concept is sent with.
fn tag_of(stored: &StoredConcept) -> Result<String, Problem> {
    Ok(etag::of(&serde_json::to_vec(&ConceptShape::new(stored)).map_err(|_| Problem::failed())?))
}
