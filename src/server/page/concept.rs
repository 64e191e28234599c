//! One concept: its card, its history, and changing it.

use std::sync::Arc;

use axum::extract::{Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use maud::{Markup, html};
use serde::Deserialize;

use crate::glossary::concept::{Concept, ConceptId};
use crate::glossary::index::Standing;
use crate::server::http::access::Writer;
use crate::server::http::problem::Problem;
use crate::server::http::service::Service;
use crate::server::page::card::{Card, Why};
use crate::server::page::concept_form::{self, ConceptForm, Fields, Flaws};
use crate::server::page::history;
use crate::server::page::interface::Interface;
use crate::server::page::layout::{Page, View};
use crate::server::page::link::link;
use crate::server::page::sent;
use crate::server::page::statement;
use crate::server::page::wording::with;
use crate::store::concepts::{ConceptVersion, StoredConcept};
use crate::text::hash;
use crate::text::legible::legible;
use crate::workspace::concepts::NewVersion;
use crate::workspace::{Result as Answered, Workspace, WorkspaceError};

/// Which concept is wanted.
#[derive(Debug, Deserialize)]
pub struct Question {
    #[serde(default)]
    id: String,
    /// What has just been done to it: `saved`, or `unchanged`.
    #[serde(default)]
    done: String,
}

/// Shows a concept with its history.
pub async fn view(interface: Interface, State(service): State<Arc<Service>>, Query(question): Query<Question>) -> Response {
    let id = ConceptId(question.id.clone());
    let found = service.read(move |workspace| Ok((workspace.concept(&id)?, workspace.history(&id)?))).await;
    let page = found.and_then(|(stored, versions)| {
        let stored = stored.ok_or_else(|| no_concept(&question.id))?;
        let content = content(&interface, &stored, &versions, &question.done);
        Ok(Page::new(View::Glossary, legible(&question.id), content))
    });
    interface.answer(page)
}

fn no_concept(id: &str) -> Problem {
    Problem::new(StatusCode::NOT_FOUND, format!("there is no concept {id} in the glossary"))
}

fn content(interface: &Interface, stored: &StoredConcept, versions: &[ConceptVersion], done: &str) -> Markup {
    let (wording, concept) = (interface.wording(), &stored.concept);
    let own = stored.standing == Standing::Own;
    html! {
        div.concept {
            h1.unseen { (legible(concept.id.as_str())) }
            @match done {
                "saved" => p.alert.good role="status" { (wording.saved) },
                "unchanged" => p.alert.good role="status" { (wording.unchanged) },
                _ => {},
            }
            (Card { concept, own, why: Why::Asked }.render(interface))
            @if interface.may_write {
                p { a.button href=(link("/concept/edit", &[("id", concept.id.as_str())])) { (wording.change) } }
            }
            (history::list(interface, versions))
        }
    }
}

/// Shows the form for a concept, or for a new one, to those who may send it.
pub async fn edit(
    interface: Interface,
    State(service): State<Arc<Service>>,
    writer: Result<Writer, Problem>,
    Query(question): Query<Question>,
) -> Response {
    let id = ConceptId(question.id.clone());
    let found = match writer {
        Ok(_) => service.read(move |workspace| workspace.concept(&id)).await,
        Err(problem) => Err(problem),
    };
    let page = found.and_then(|stored| {
        let concept = stored.map(|stored| stored.concept);
        if concept.is_none() && !question.id.is_empty() {
            return Err(no_concept(&question.id));
        }
        let fields = concept.as_ref().map(concept_form::fields_of).unwrap_or_default();
        let form = Edited { fields, now: concept, flaws: Vec::new(), trouble: Trouble::None };
        Ok(form.page(&interface))
    });
    interface.answer(page)
}

/// What a form has led to, where it cannot be kept as it is.
struct Edited {
    fields: Fields,
    /// The concept as it is kept now.
    now: Option<Concept>,
    flaws: Flaws,
    trouble: Trouble,
}

/// What stands in the way.
enum Trouble {
    None,
    /// This speaks against it.
    Conflicts(Vec<String>),
    /// Somebody else has changed it.
    Outdated,
}

impl Edited {
    fn page(&self, interface: &Interface) -> Page {
        let wording = interface.wording();
        let head = if self.now.is_some() { wording.change } else { wording.new_concept };
        let form = ConceptForm {
            fields: &self.fields,
            before: self.now.as_ref(),
            seen: &self.now.as_ref().map(digest).unwrap_or_default(),
            flaws: &self.flaws,
            warned: matches!(self.trouble, Trouble::Conflicts(_)),
        };
        let content = html! {
            div.concept {
                h1 { (head) @if let Some(now) = &self.now { ": " (legible(now.id.as_str())) } }
                (self.trouble(interface))
                (form.render(interface))
            }
        };
        let status = match self.trouble {
            Trouble::None if self.flaws.is_empty() => StatusCode::OK,
            Trouble::None => StatusCode::UNPROCESSABLE_ENTITY,
            Trouble::Conflicts(_) | Trouble::Outdated => StatusCode::CONFLICT,
        };
        Page { status, ..Page::new(View::Glossary, head, content) }
    }

    fn trouble(&self, interface: &Interface) -> Markup {
        let wording = interface.wording();
        html! {
            @match &self.trouble {
                Trouble::None => {},
                Trouble::Conflicts(conflicts) => div.alert role="alert" {
                    p { b { (with(wording.conflicts, conflicts.len())) } }
                    ul lang="en" { @for conflict in conflicts { li { (legible(conflict)) } } }
                },
                Trouble::Outdated => div.alert role="alert" {
                    p { (wording.changed_by_other) }
                    @if let Some(now) = &self.now {
                        p { b { (wording.kept_now) } }
                        (history::changes(&concept_form::concept_of(&self.fields, self.now.as_ref()), now))
                    }
                },
            }
        }
    }
}

/// What came of a form.
enum Saved {
    Kept { id: ConceptId, changed: bool },
    Refused(Box<Edited>),
}

/// Keeps what the form says, or says why not.
pub async fn save(
    interface: Interface,
    State(service): State<Arc<Service>>,
    writer: Result<Writer, Problem>,
    request: Request,
) -> Response {
    match saved(&interface, &service, writer, request).await {
        Ok(Saved::Kept { id, changed }) => {
            let done = if changed { "saved" } else { "unchanged" };
            Redirect::to(&link("/concept", &[("id", id.as_str()), ("done", done)])).into_response()
        }
        Ok(Saved::Refused(edited)) => interface.answer(Ok(edited.page(&interface))),
        Err(problem) => interface.answer(Err(problem)),
    }
}

async fn saved(
    interface: &Interface,
    service: &Service,
    writer: Result<Writer, Problem>,
    request: Request,
) -> Result<Saved, Problem> {
    let writer = writer?;
    let fields: Fields = sent::fields(request, service).await?;
    let interface = interface.clone();
    service.write(writer, move |workspace| keep(workspace, &interface, fields)).await
}

fn keep(workspace: &mut Workspace, interface: &Interface, fields: Fields) -> Answered<Saved> {
    let field = |name: &str| fields.get(name).map_or("", |value| value.trim());
    let now = match field("change") {
        "" => None,
        id => workspace.concept(&ConceptId(id.to_owned()))?.map(|stored| stored.concept),
    };
    let is_outdated = field("seen") != now.as_ref().map(digest).unwrap_or_default();
    let mut concept = concept_form::concept_of(&fields, now.as_ref());
    if field("change").is_empty() && field("id").is_empty() {
        concept.id = free_id(workspace, concept.id)?;
    }
    let mut flaws = concept_form::flaws_of(interface, &concept);
    if now.is_none() && workspace.concept(&concept.id)?.is_some() {
        flaws.push(("id".to_owned(), interface.wording().id_taken.to_owned()));
    }
    let trouble = if is_outdated { Trouble::Outdated } else { Trouble::None };
    if is_outdated || !flaws.is_empty() {
        let flaws = if is_outdated { Vec::new() } else { flaws };
        return Ok(Saved::Refused(Box::new(Edited { fields, now, flaws, trouble })));
    }
    let warned = !field("warned").is_empty();
    put(workspace, &concept, now, warned).map(|put| match put {
        Put::Kept { changed } => Saved::Kept { id: concept.id, changed },
        Put::Refused(refused) => {
            let (now, trouble) = *refused;
            Saved::Refused(Box::new(Edited { fields, now, flaws, trouble }))
        }
    })
}

/// What came of a concept that is well formed.
enum Put {
    Kept {
        changed: bool,
    },
    /// With the concept as it is kept now.
    Refused(Box<(Option<Concept>, Trouble)>),
}

/// Keeps a concept; where something speaks against it, only if that was seen.
fn put(workspace: &mut Workspace, concept: &Concept, now: Option<Concept>, warned: bool) -> Answered<Put> {
    let source = format!("{SOURCE}: {}", concept.id);
    let new = NewVersion { concept, before: now.as_ref(), source: &source, dry_run: true };
    let conflicts = if warned { Vec::new() } else { workspace.put_concept(new)?.conflicts };
    if !conflicts.is_empty() {
        return Ok(Put::Refused(Box::new((now, Trouble::Conflicts(conflicts)))));
    }
    match workspace.put_concept(NewVersion { dry_run: false, ..new }) {
        Ok(change) => Ok(Put::Kept { changed: change.batch.is_some() }),
        // Another program has been quicker.
        Err(WorkspaceError::ConceptChanged(id)) => {
            let now = workspace.concept(&id)?.map(|stored| stored.concept);
            Ok(Put::Refused(Box::new((now, Trouble::Outdated))))
        }
        Err(error) => Err(error),
    }
}

/// What the list of imports calls a change that was made here, before the id of the concept.
const SOURCE: &str = "page";

/// Returns the id, or the first with a number behind it that no concept has.
fn free_id(workspace: &Workspace, id: ConceptId) -> Answered<ConceptId> {
    let mut free = id.clone();
    let mut number = 1;
    while workspace.concept(&free)?.is_some() {
        number += 1;
        free = ConceptId(format!("{id}-{number}"));
    }
    Ok(free)
}

/// Returns what tells one version of a concept from another.
fn digest(concept: &Concept) -> String {
    let said = statement::statements(concept).into_iter().flat_map(|said| [said.heading, said.text].join("\n").into_bytes());
    format!("{:016x}", hash::fnv1a(said))
}
