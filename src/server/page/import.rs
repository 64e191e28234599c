//! Importing a glossary: the report of what would be done comes first, and nothing is kept before it was seen.

use std::path::Path;
use std::sync::Arc;

use axum::extract::{Multipart, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use maud::{Markup, html};

use crate::exchange::csv::CsvOptions;
use crate::exchange::encoding::TextSource;
use crate::server::http::access::Writer;
use crate::server::http::problem::Problem;
use crate::server::http::service::Service;
use crate::server::page::interface::Interface;
use crate::server::page::layout::{Page, View};
use crate::server::page::sent::{self, unreadable};
use crate::server::page::wording::{Wording, with};
use crate::text::hash;
use crate::text::legible::legible;
use crate::workspace::import::{ImportOptions, ImportReport, Notices};
use crate::workspace::{Result as Answered, Workspace};

/// The longest glossary that is imported here, in bytes; a longer one is a matter for the command line.
const LONGEST_GLOSSARY: u64 = 64 << 20;
/// So many rows are shown that were not taken, and so many conflicts.
const MOST: usize = 100;

/// A file that was chosen.
#[derive(Debug, Default)]
struct Sent {
    name: String,
    bytes: Vec<u8>,
    /// The digest of the file whose report was seen, where it is to be kept.
    keep: Option<String>,
}

impl Sent {
    async fn read(mut fields: Multipart) -> Result<Self, Problem> {
        let mut sent = Self::default();
        while let Some(field) = fields.next_field().await.map_err(unreadable)? {
            match field.name() {
                Some("file") => {
                    sent.name = legible(field.file_name().unwrap_or_default());
                    sent.bytes = field.bytes().await.map_err(unreadable)?.to_vec();
                }
                Some("keep") => sent.keep = Some(field.text().await.map_err(unreadable)?),
                _ => {}
            }
        }
        Ok(sent)
    }

    fn digest(&self) -> String {
        format!("{:016x}", hash::fnv1a(self.bytes.iter().copied()))
    }
}

/// Reports what an import would do, or does it where its report was seen.
pub async fn import(
    interface: Interface,
    State(service): State<Arc<Service>>,
    writer: Result<Writer, Problem>,
    request: Request,
) -> Response {
    let page = match writer {
        Ok(writer) => imported(&interface, &service, writer, request).await,
        Err(problem) => Err(problem),
    };
    interface.answer(page)
}

async fn imported(interface: &Interface, service: &Service, writer: Writer, request: Request) -> Result<Page, Problem> {
    let wording = interface.wording();
    let sent = Sent::read(sent::parts(request, LONGEST_GLOSSARY, service).await?).await?;
    let page = |content| Page::new(View::Glossary, wording.import, content);
    let refused = |alert| Page { status: StatusCode::UNPROCESSABLE_ENTITY, ..page(form_with(interface, alert)) };
    if sent.bytes.is_empty() {
        return Ok(refused(html! { p.alert role="alert" data-said=(wording.no_file) { (wording.no_file) } }));
    }
    let digest = sent.digest();
    let dry_run = sent.keep.as_ref() != Some(&digest);
    let name = sent.name.clone();
    match service.write(writer, move |workspace| run(workspace, sent, dry_run)).await {
        Ok(report) => Ok(page(form_with(interface, report_view(wording, &name, &report, dry_run.then_some(&digest))))),
        // What is wrong with the file stands where its report would.
        Err(problem) if problem.status() == StatusCode::UNPROCESSABLE_ENTITY => {
            Ok(refused(html! { p.alert role="alert" lang="en" data-said=(problem.detail()) { (legible(problem.detail())) } }))
        }
        Err(problem) => Err(problem),
    }
}

fn run(workspace: &mut Workspace, sent: Sent, dry_run: bool) -> Answered<ImportReport> {
    let path = Path::new(&sent.name);
    let glossary = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let csv = CsvOptions { glossary, ..CsvOptions::default() };
    let options = ImportOptions { csv, encoding: None, dry_run, progress: &mut |_| {} };
    workspace.import(path, TextSource::from_bytes(&sent.name, sent.bytes), options)
}

/// Makes the form, with no report yet.
pub fn form(interface: &Interface) -> Markup {
    form_with(interface, html! {})
}

fn form_with(interface: &Interface, report: Markup) -> Markup {
    let wording = interface.wording();
    html! {
        section {
            h2 { (wording.import) }
            form #import.drop method="post" action="/glossary/import" enctype="multipart/form-data" hx-post="/glossary/import"
              hx-encoding="multipart/form-data" hx-target="#report" hx-select="#report" hx-swap="outerHTML" {
                label for="file" { (wording.import_file) }
                input #file type="file" name="file" accept=".csv,.tsv,.txt,text/csv,text/tab-separated-values" required
                  aria-describedby="import-hint";
                p #import-hint.hint { (wording.import_drop) }
                button { (wording.preview) }
                div #report { (report) }
            }
        }
    }
}

/// Makes the report. `seen` is the digest to send back with the file to keep it; `None` where it was kept.
fn report_view(wording: &Wording, name: &str, report: &ImportReport, seen: Option<&String>) -> Markup {
    let counts = report.counts;
    let said = match (seen, report.batch) {
        (None, Some(batch)) => with(wording.kept, batch),
        (None, None) => wording.unchanged.to_owned(),
        (Some(_), _) => wording.nothing_kept.to_owned(),
    };
    let figures = [
        (counts.added, wording.added),
        (counts.changed, wording.changed),
        (counts.unchanged, wording.same),
        (counts.rejected, wording.rejected),
    ];
    html! {
        h3 { (name) }
        p.alert.good[seen.is_none()] role="status" data-said=(said) { (said) }
        p.figures { @for (count, text) in figures { span { (figure(text, count)) } } }
        dl.remarks {
            div { dt { (wording.encoding) } dd { (report.encoding) } }
            div { dt { (wording.columns) } dd lang="en" { (legible(&report.layout)) } }
        }
        (notices(wording, &with(wording.rejected, report.rejected.count), &report.rejected))
        (notices(wording, &with(wording.conflicts, report.conflicts.count), &report.conflicts))
        @if let Some(digest) = seen { @if counts.added + counts.changed > 0 { button.main name="keep" value=(digest) { (wording.keep) } } }
        @if seen.is_none() { p { a.button href="/glossary?own=1" { (wording.show) } } (renewal()) }
    }
}

/// Makes a text with its number large.
fn figure(text: &str, count: usize) -> Markup {
    let (before, after) = text.split_once("{}").unwrap_or((text, ""));
    html! { (before) b { (count) } (after) }
}

/// Makes what asks for the concepts, filtered as they are, and for the imports anew.
fn renewal() -> Markup {
    html! { div hx-get="/glossary" hx-include=".filters" hx-trigger="load" hx-swap="none" hx-select-oob="#imports,#concepts" {} }
}

fn notices(wording: &Wording, head: &str, notices: &Notices) -> Markup {
    let shown = notices.kept.len().min(MOST);
    html! {
        @if notices.count > 0 {
            h4 { (head) }
            div.scroll tabindex="0" role="region" aria-label=(head) {
                table {
                    thead { tr { th scope="col" { (wording.line) } th scope="col" { (wording.reason) } } }
                    tbody {
                        @for notice in &notices.kept[..shown] {
                            tr {
                                td.number { (notice.line) }
                                td lang="en" { (legible(&notice.reason)) @if !notice.concept.is_empty() { br; small { (legible(&notice.concept)) } } }
                            }
                        }
                    }
                }
            }
            @if notices.count > shown { p.quiet { (with(wording.and_more, notices.count - shown)) } }
        }
    }
}
