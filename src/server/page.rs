//! The page for people: looking up, checking and the glossary in a browser.
//!
//! Every view is made here, whole or the part of it that changes, by the same functions; the browser only puts the parts in their
//! places (htmx) and hears the keys (`page.js`). It works as plain forms where no script runs. What may be read and written is
//! decided before a request comes here.

pub mod tongue;

mod answer;
mod assets;
mod card;
mod check;
mod concept;
mod concept_form;
mod desk;
mod draft_form;
mod finding;
mod glossary;
mod history;
mod import;
mod imports;
mod interface;
mod layout;
mod link;
mod marked_text;
mod preferences;
mod search;
mod sign_in;
mod used;
mod wording;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::server::http::service::Service;

/// The longest draft with its source, in bytes.
const LONGEST_DRAFT: usize = 16 << 20;
/// The longest glossary that is imported here; a longer one is a matter for the command line.
const LONGEST_GLOSSARY: usize = 64 << 20;
/// The longest form of a concept.
const LONGEST_FORM: usize = 1 << 20;

/// Returns the routes of the page.
pub fn router() -> Router<Arc<Service>> {
    let check = get(check::view).post(check::check).layer(DefaultBodyLimit::max(LONGEST_DRAFT));
    Router::new()
        .route("/", get(search::view))
        .route("/used", get(used::view))
        .route("/check", check)
        .route("/preferences", get(preferences::choose))
        .route("/sign-in", get(sign_in::view))
        .route("/glossary", get(glossary::view))
        .route("/concept", get(concept::view).post(concept::save).layer(DefaultBodyLimit::max(LONGEST_FORM)))
        .route("/concept/edit", get(concept::edit))
        .route("/glossary/import", post(import::import).layer(DefaultBodyLimit::max(LONGEST_GLOSSARY)))
        .route("/glossary/undo", post(imports::undo))
        .merge(assets::router())
}
