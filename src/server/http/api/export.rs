//! Exporting the glossary or the translation memory.

use std::sync::Arc;

use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::{IntoParams, ToSchema};

use crate::exchange::bitext::TableKind;
use crate::server::http::outgoing;
use crate::server::http::problem::Problem;
use crate::server::http::question::Asked;
use crate::server::http::service::Service;
use crate::workspace::export_units::UnitOutput;

/// What is exported.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
#[serde(deny_unknown_fields)]
pub(super) struct Wish {
    /// Whether it is the translation memory instead of the glossary.
    #[serde(default)]
    memory: bool,
    /// Of the glossary, only what was imported or changed here.
    #[serde(default)]
    own: bool,
    /// The format: the glossary is CSV, the translation memory is TMX where it is not said.
    #[param(inline)]
    format: Option<Format>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Format {
    Csv,
    Tsv,
    Tmx,
}

impl Format {
    fn output(self) -> UnitOutput {
        match self {
            Self::Csv => UnitOutput::Table(TableKind::Csv),
            Self::Tsv => UnitOutput::Table(TableKind::Tsv),
            Self::Tmx => UnitOutput::Tmx,
        }
    }

    /// Returns the ending of a file of this format, and its media type.
    fn names(self) -> (&'static str, &'static str) {
        match self {
            Self::Csv => ("csv", "text/csv; charset=utf-8"),
            Self::Tsv => ("tsv", "text/tab-separated-values; charset=utf-8"),
            Self::Tmx => ("tmx", "application/x-tmx+xml"),
        }
    }
}

/// Exports the glossary as CSV, safe to open in a spreadsheet, or the translation memory. It is sent while it is read.
#[utoipa::path(get, path = "/api/export", tag = "glossary", params(Wish),
    responses((status = 200, description = "The file", content((String = "text/csv"), (String = "text/tab-separated-values"),
        (String = "application/x-tmx+xml")))))]
pub(super) async fn export(State(service): State<Arc<Service>>, Asked(wish): Asked<Wish>) -> Result<Response, Problem> {
    let (name, format) = match (wish.memory, wish.format) {
        (true, format) => ("memory", format.unwrap_or(Format::Tmx)),
        (false, None | Some(Format::Csv)) => ("glossary", Format::Csv),
        (false, Some(_)) => return Err(Problem::bad_request("the glossary is exported as csv; only memory=true has formats")),
    };
    let own = wish.own;
    let body = outgoing::stream(&service, move |workspace, out| {
        match name {
            "memory" => workspace.export_units(out, format.output())?,
            _ => workspace.export(out, own)?,
        };
        Ok(())
    });
    let (ending, media_type) = format.names();
    let disposition = format!("attachment; filename=\"{name}.{ending}\"");
    let headers = [(header::CONTENT_TYPE, media_type.to_owned()), (header::CONTENT_DISPOSITION, disposition)];
    Ok((headers, body.await?).into_response())
}
