//! Importing a glossary or a translation memory.

use std::path::Path;
use std::sync::Arc;

use axum::Json;
use axum::body::Body;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use tempfile::NamedTempFile;
use utoipa::IntoParams;

use crate::exchange::dialect;
use crate::exchange::encoding::TextSource;
use crate::server::http::access::Writer;
use crate::server::http::api::word::{self, Tag};
use crate::server::http::incoming;
use crate::server::http::limits::LONGEST_IMPORT;
use crate::server::http::problem::Problem;
use crate::server::http::question::{Asked, expect_media_type};
use crate::server::http::service::Service;
use crate::wire::ImportLine;
use crate::workspace::import_file::{ImportFileOptions, Saying};
use crate::workspace::{Result as Answered, Workspace, WorkspaceError};

/// What a file can be called by its type. Which it is, its name and its content tell.
const MEDIA_TYPES: [&str; 8] = [
    "application/octet-stream",
    "text/csv",
    "text/tab-separated-values",
    "application/xml",
    "text/xml",
    "application/x-tmx+xml",
    "application/xliff+xml",
    "text/x-gettext-translation",
];

/// How a file is to be imported.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    /// The name of the file, which tells its format.
    #[param(min_length = 1, max_length = 255, example = "desk.csv")]
    name: String,
    /// Whether to change nothing, and only to report what would be done.
    #[serde(default)]
    dry_run: bool,
    /// The columns, for a file without headings or with others.
    columns: Option<String>,
    /// The character between cells: a single one, or `tab`.
    separator: Option<String>,
    /// The encoding; detected where it is not said.
    encoding: Option<String>,
    /// What the ids of rows without an id begin with; the file's name where it is not said.
    glossary: Option<String>,
    /// Whether a table is translation memory: a segment a row, a language a column.
    #[serde(default)]
    memory: bool,
    /// The language of the source segments, where the file does not say it.
    #[param(value_type = Option<String>)]
    from: Option<Tag>,
    /// The language of the target segments, where the file does not say it.
    #[param(value_type = Option<String>)]
    to: Option<Tag>,
}

/// Imports a file as it is, in any usual encoding and dialect, whole or not at all. Needs the right to write.
#[utoipa::path(post, path = "/api/import", tag = "glossary", params(Wish),
    request_body(description = "The bytes of the file: CSV is a glossary; TMX, XLIFF and gettext PO are translation memory",
        content((String = "text/csv"), (String = "text/tab-separated-values"), (String = "application/octet-stream"),
            (String = "application/xml"), (String = "text/xml"), (String = "application/x-tmx+xml"),
            (String = "application/xliff+xml"), (String = "text/x-gettext-translation"))),
    responses((status = 200, description = "What was done, or would be done", body = ImportLine<'_>)))]
pub(super) async fn import(
    State(service): State<Arc<Service>>,
    writer: Writer,
    Asked(wish): Asked<Wish>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    expect_media_type(&headers, &MEDIA_TYPES)?;
    let saying = wish.saying()?;
    let file = incoming::save(body, LONGEST_IMPORT, service.limits()).await?;
    let job = move |workspace: &mut Workspace| import_saved(workspace, &file, &wish, saying);
    service.write::<_, WorkspaceError>(writer, job).await
}

impl Wish {
    fn saying(&self) -> Result<Saying, Problem> {
        if self.name.trim().is_empty() || self.name.len() > 255 {
            return Err(Problem::bad_request("`name` is the name of the file, of 1 to 255 bytes"));
        }
        let separator = self.separator.as_deref().map(dialect::parse_separator).transpose();
        Ok(Saying {
            columns: self.columns.clone(),
            separator: separator.map_err(Problem::bad_request)?,
            encoding: self.encoding.clone(),
            glossary: self.glossary.clone(),
            memory: self.memory,
            from: word::lang(self.from.clone()),
            to: word::lang(self.to.clone()),
        })
    }
}

fn import_saved(workspace: &mut Workspace, file: &NamedTempFile, wish: &Wish, saying: Saying) -> Answered<Response> {
    let source = TextSource::of_file(&wish.name, file.as_file())?;
    let options = ImportFileOptions { saying, dry_run: wish.dry_run, progress: &mut |_| {} };
    let report = workspace.import_file(Path::new(&wish.name), source, options)?;
    Ok(Json(ImportLine::new(&wish.name, &report, wish.dry_run)).into_response())
}
