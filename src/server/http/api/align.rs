//! Aligning versions of a text.

use std::sync::Arc;

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use utoipa::ToSchema;

use crate::exchange::draft_file::DraftFile;
use crate::lang::Lang;
use crate::memory::furniture::Furniture;
use crate::server::http::access::Writer;
use crate::server::http::api::draft;
use crate::server::http::api::word::{self, Tag};
use crate::server::http::problem::Problem;
use crate::server::http::question::Sent;
use crate::server::http::service::Service;
use crate::wire::units::AlignedShape;
use crate::workspace::align::{AlignedVersions, KeptUnits, Segmentation, VersionText};
use crate::workspace::{Result as Answered, Workspace, WorkspaceError};

/// More versions of one text are a mistake.
const MOST_VERSIONS: usize = 8;

/// Versions of one text.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct SentVersions {
    /// The text, then its versions in other languages.
    #[schema(min_items = 2, max_items = 8)]
    texts: Vec<SentVersion>,
    /// Whether each line is one sentence.
    #[serde(default)]
    presegmented: bool,
    /// Whether the furniture of the page is aligned too: headline printed twice, dates of posting, byline.
    #[serde(default)]
    keep_furniture: bool,
    /// Whether the pairs are kept as translation units; needs the right to write.
    #[serde(default)]
    into_memory: bool,
}

/// One version.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SentVersion {
    /// The text.
    text: String,
    /// What it is called: the origin of the units that are kept of it.
    name: String,
    /// The language; told by the letters where it is not said.
    #[schema(value_type = Option<String>)]
    lang: Option<Tag>,
}

/// Versions that are ready to be aligned.
struct Versions {
    files: Vec<(DraftFile, Option<Lang>)>,
    segmentation: Segmentation,
}

/// Aligns versions of a text with the first of them, sentence by sentence.
#[utoipa::path(post, path = "/api/align", tag = "memory", request_body = SentVersions,
    responses((status = 200, description = "The sentences that say the same", body = AlignedShape<'_>)))]
pub(super) async fn align(
    State(service): State<Arc<Service>>,
    writer: Result<Writer, Problem>,
    Sent(sent): Sent<SentVersions>,
) -> Result<Response, Problem> {
    let into_memory = sent.into_memory;
    let versions = versions(sent)?;
    if into_memory {
        let keep = move |workspace: &mut Workspace| -> Answered<Response> {
            let aligned = versions.align(workspace)?;
            let kept = if aligned.groups.is_empty() { None } else { Some(workspace.keep_aligned(&aligned)?) };
            Ok(shaped(&aligned, kept))
        };
        return service.write::<_, WorkspaceError>(writer?, keep).await;
    }
    service.read(move |workspace| Ok(shaped(&versions.align(workspace)?, None))).await
}

fn versions(sent: SentVersions) -> Result<Versions, Problem> {
    if !(2..=MOST_VERSIONS).contains(&sent.texts.len()) {
        return Err(Problem::unprocessable(format!(
            "`texts` has {} versions, and can have 2 to {MOST_VERSIONS}",
            sent.texts.len()
        )));
    }
    let furniture = if sent.keep_furniture { Furniture::Kept } else { Furniture::LeftOut };
    let segmentation = if sent.presegmented { Segmentation::Lines } else { Segmentation::Sentences(furniture) };
    let file = |SentVersion { text, name, lang }| Ok((draft::file(name, text)?, word::lang(lang)));
    Ok(Versions { files: sent.texts.into_iter().map(file).collect::<Result<_, Problem>>()?, segmentation })
}

impl Versions {
    fn align(&self, workspace: &mut Workspace) -> Answered<AlignedVersions> {
        let texts = self.files.iter().map(|(file, lang)| VersionText { name: &file.name, file, lang: lang.clone() });
        workspace.align(&texts.collect::<Vec<_>>(), self.segmentation)
    }
}

fn shaped(aligned: &AlignedVersions, kept: Option<KeptUnits>) -> Response {
    Json(AlignedShape::new(aligned, kept)).into_response()
}
