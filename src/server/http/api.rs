//! The interface for other programs: one operation a file, each described by its own code.

mod lookup;

use std::sync::Arc;

use axum::Router;
use axum::routing::get;
use utoipa::openapi::OpenApi;
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::server::http::service::Service;

/// Returns the routes of the interface with their description.
pub fn router() -> OpenApiRouter<Arc<Service>> {
    OpenApiRouter::new().routes(routes!(lookup::lookup))
}

/// Returns the route of the description.
pub fn description_route(description: OpenApi) -> Router<Arc<Service>> {
    let text = description.to_json().unwrap_or_default();
    let headers = [(axum::http::header::CONTENT_TYPE, "application/json")];
    Router::new().route("/openapi.json", get(move || async move { (headers, text) }))
}
