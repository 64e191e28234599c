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
mod keys;
mod layout;
mod link;
mod marked_text;
mod preferences;
mod search;
mod sent;
mod sign_in;
mod statement;
mod used;
mod wording;

use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::server::http::service::Service;

/// Returns the routes of the page.
pub fn router() -> Router<Arc<Service>> {
    Router::new()
        .route("/", get(search::view))
        .route("/used", get(used::view))
        .route("/check", get(check::view).post(check::check))
        .route("/preferences", get(preferences::choose))
        .route("/sign-in", get(sign_in::view))
        .route("/glossary", get(glossary::view))
        .route("/concept", get(concept::view).post(concept::save))
        .route("/concept/edit", get(concept::edit))
        .route("/glossary/import", post(import::import))
        .route("/glossary/undo", post(imports::undo))
        // What comes in is limited where it is taken in.
        .layer(DefaultBodyLimit::disable())
        .merge(assets::router())
}
