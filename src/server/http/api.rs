//! The interface for other programs: one operation a file, each described by its own code.

mod align;
mod batches;
mod check;
mod concepts;
mod concordance;
mod description;
mod draft;
mod export;
mod import;
mod lookup;
mod matches;
mod rules;
mod suggest;
mod word;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::server::http::health;
use crate::server::http::service::Service;

/// Returns the routes of the interface with their description.
pub fn described() -> (Router<Arc<Service>>, OpenApi) {
    let routes = OpenApiRouter::new()
        .routes(routes!(lookup::lookup))
        .routes(routes!(suggest::suggest))
        .routes(routes!(concepts::concepts))
        .routes(routes!(concepts::concept, concepts::put_concept))
        .routes(routes!(concepts::history))
        .routes(routes!(check::check))
        .routes(routes!(check::fix))
        .routes(routes!(rules::rules))
        .routes(routes!(matches::match_one, matches::match_many))
        .routes(routes!(concordance::concordance))
        .routes(routes!(align::align))
        .routes(routes!(import::import))
        .routes(routes!(export::export))
        .routes(routes!(batches::batches))
        .routes(routes!(batches::undo))
        .routes(routes!(health::healthz))
        .routes(routes!(health::metrics));
    let (routes, mut description) = routes.split_for_parts();
    description::complete(&mut description);
    (routes, description)
}

/// Returns the description as JSON.
pub fn description() -> String {
    text(&described().1)
}

/// Returns the route of the description.
pub fn description_route(description: &OpenApi) -> Router<Arc<Service>> {
    let text = text(description);
    let headers = [(axum::http::header::CONTENT_TYPE, "application/json")];
    Router::new().route("/openapi.json", get(move || async move { (headers, text) }))
}

fn text(description: &OpenApi) -> String {
    // It has nothing in it that could not be JSON; a test reads it.
    description.to_pretty_json().unwrap_or_default()
}
