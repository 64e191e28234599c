//! The files of the page that the program carries: a style, two scripts.
//!
//! Each has the digest of its content in its address, so that a browser keeps it until a newer program has another one.

use std::sync::{Arc, LazyLock};

use axum::Router;
use axum::extract::Path;
use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::IntoResponse;
use axum::routing::get;

use crate::server::http::problem::Problem;
use crate::server::http::service::Service;
use crate::text::hash;

/// A file.
#[derive(Debug)]
pub struct Asset {
    /// Where it is served.
    pub address: String,
    name: &'static str,
    media_type: &'static str,
    content: &'static str,
}

const CSS: &str = "text/css; charset=utf-8";
const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

/// How everything looks.
pub static STYLE: LazyLock<Asset> = LazyLock::new(|| Asset::new("style.css", CSS, include_str!("assets/style.css")));
/// Keys, copying, dropping.
pub static SCRIPT: LazyLock<Asset> = LazyLock::new(|| Asset::new("page.js", JAVASCRIPT, include_str!("assets/page.js")));
/// htmx, of which `assets/htmx.LICENCE.txt` tells the licence.
pub static HTMX: LazyLock<Asset> = LazyLock::new(|| Asset::new("htmx.js", JAVASCRIPT, include_str!("assets/htmx.min.js")));

impl Asset {
    fn new(name: &'static str, media_type: &'static str, content: &'static str) -> Self {
        let digest = hash::fnv1a(content.bytes());
        Self { address: format!("/assets/{name}?{digest:016x}"), name, media_type, content }
    }
}

/// Returns the route of the files.
pub fn router() -> Router<Arc<Service>> {
    Router::new().route("/assets/{name}", get(file))
}

async fn file(Path(name): Path<String>) -> Result<impl IntoResponse, Problem> {
    let asset = [&STYLE, &SCRIPT, &HTMX].into_iter().find(|asset| asset.name == name);
    let asset = asset.ok_or_else(|| Problem::new(StatusCode::NOT_FOUND, "the page has no such file"))?;
    Ok(([(CONTENT_TYPE, asset.media_type), (CACHE_CONTROL, "public, max-age=31536000, immutable")], asset.content))
}
