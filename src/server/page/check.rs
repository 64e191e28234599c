//! Checking: the draft with its findings marked, and the fixes that are taken.

use std::sync::Arc;

use axum::extract::{Multipart, Request, State};
use axum::http::StatusCode;
use axum::response::Response;

use crate::check::finding::Finding;
use crate::check::fixing::FixScope;
use crate::exchange::draft_file::DraftFile;
use crate::server::http::problem::Problem;
use crate::server::http::service::Service;
use crate::server::page::desk;
use crate::server::page::draft_form::{Action, Choice, DraftForm};
use crate::server::page::interface::Interface;
use crate::server::page::layout::{Page, View};
use crate::server::page::sent;
use crate::server::page::wording::Wording;
use crate::text::script;
use crate::workspace::check::{CheckOptions, CheckReport};
use crate::workspace::fix::{self, Choices};
use crate::workspace::{Result, Workspace};

/// The longest draft with its source, in bytes.
const LONGEST_DRAFT: u64 = 16 << 20;

/// What a check has come to.
#[derive(Clone, Debug)]
pub struct Checked {
    /// The draft as it is now.
    pub file: DraftFile,
    /// What is to be said about it.
    pub report: CheckReport,
    /// What was done before.
    pub done: Done,
    /// What is left alone in it.
    pub left: Vec<Finding>,
}

/// What was done before a check.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Done {
    /// Nothing was asked for.
    Nothing,
    /// So many fixes were taken, the last of them before this byte.
    Taken {
        /// How many.
        count: usize,
        /// Where one goes on.
        until: usize,
    },
    /// The fix that was asked for is none of this text.
    Outdated,
}

/// Shows an empty desk.
pub async fn view(interface: Interface) -> Response {
    let content = desk::view(&interface, &DraftForm::default(), None, None);
    interface.answer(Ok(Page::new(View::Check, interface.wording().check, content)))
}

/// Checks what was sent, after what is to be done with it.
pub async fn check(interface: Interface, State(service): State<Arc<Service>>, request: Request) -> Response {
    let page = match sent::parts(request, LONGEST_DRAFT, &service).await {
        Ok(fields) => checked_page(&interface, &service, fields).await,
        Err(problem) => Err(problem),
    };
    interface.answer(page)
}

async fn checked_page(interface: &Interface, service: &Service, fields: Multipart) -> std::result::Result<Page, Problem> {
    let wording = interface.wording();
    let mut form = DraftForm::read(fields).await?;
    let page = |content| Page::new(View::Check, wording.check, content);
    if let Some(lack) = lack(wording, &form) {
        let content = desk::view(interface, &form, None, Some(lack));
        return Ok(Page { status: StatusCode::UNPROCESSABLE_ENTITY, ..page(content) });
    }
    let asked = form.clone();
    let checked = service.read(move |workspace| run(workspace, &asked)).await?;
    form.draft.clone_from(&checked.file.text);
    Ok(page(desk::view(interface, &form, Some(&checked), None)))
}

/// Returns why a form cannot be checked.
fn lack<'a>(wording: &'static Wording, form: &'a DraftForm) -> Option<&'a str> {
    if form.refused.is_some() {
        form.refused.as_deref()
    } else if form.draft.trim().is_empty() {
        Some(wording.no_draft)
    } else if form.lang.is_none() && script::detect_language(&form.draft).is_none() {
        Some(wording.no_lang)
    } else {
        None
    }
}

/// Does what is asked for, and checks the draft.
fn run(workspace: &mut Workspace, form: &DraftForm) -> Result<Checked> {
    let file = form.draft_file();
    let checker = Checker { workspace, form, source: form.source_file() };
    let (file, done) = match &form.action {
        Action::Check => (file, Done::Nothing),
        Action::Take(choice) => checker.take(file, choice)?,
        Action::TakeSafe => {
            let fixed = fix::fix(file, FixScope::Safe, |file| checker.check(file).map(|checked| checked.report))?;
            (fixed.file, Done::Taken { count: fixed.fixed, until: 0 })
        }
    };
    Ok(Checked { done, ..checker.check(&file)? })
}

/// Checks one draft as its form wants it.
struct Checker<'a> {
    workspace: &'a Workspace,
    form: &'a DraftForm,
    source: Option<DraftFile>,
}

impl Checker<'_> {
    fn check(&self, file: &DraftFile) -> Result<Checked> {
        let options = CheckOptions { lang: self.form.lang.clone(), ..CheckOptions::default() };
        let mut report = self.workspace.check_beside(self.source.as_ref(), file, &options)?;
        let is_left = |finding: &Finding| self.form.left.iter().any(|left| left.is(&file.text, finding));
        let (left, findings) = report.findings.into_iter().partition(is_left);
        report.findings = findings;
        Ok(Checked { file: file.clone(), report, done: Done::Nothing, left })
    }

    /// Takes one fix, if the draft still has the finding.
    fn take(&self, file: DraftFile, choice: &Choice) -> Result<(DraftFile, Done)> {
        let report = self.check(&file)?.report;
        let found = report.findings.iter().find(|finding| choice.is(&file.text, finding));
        let change = found.and_then(|finding| Choices::new(&file, &report.lang).change(finding, choice.suggestion));
        let Some(change) = change else { return Ok((file, Done::Outdated)) };
        let until = change.span.start + change.text.len();
        let bytes = file.with_changes(&[change])?;
        Ok((file.reread(bytes)?, Done::Taken { count: 1, until }))
    }
}
