//! Checking: text → prose → term matches → draft → rules → findings.

use rustc_hash::FxHashSet as HashSet;

use crate::check::dateline::DraftDate;
use crate::check::draft::Draft;
use crate::check::drift::Census;
use crate::check::finding::Finding;
use crate::check::fixing;
use crate::check::house::House;
use crate::check::ignores::{self, Ignores};
use crate::check::levels::Levels;
use crate::check::named_concept::{self, NamedConcept};
use crate::check::rules::{self, CheckedDraft};
use crate::check::suspect::Search;
use crate::exchange::draft_file::DraftFile;
use crate::exchange::draft_file::change::Change;
use crate::exchange::prose::Block;
use crate::glossary::day::Day;
use crate::glossary::matcher::{self, Reading};
use crate::lang::Lang;
use crate::settings::CheckSettings;
use crate::store::Store;
use crate::text::fold::{self, Folded};
use crate::text::script;
use crate::text::span::Span;
use crate::workspace::{Result, Workspace, WorkspaceError};

/// From so many bytes on, a draft is read in two parts beside each other.
const LONG_DRAFT: usize = 1 << 20;

/// What a check has found in one draft.
#[derive(Clone, Debug)]
pub struct CheckReport {
    /// The language of the draft.
    pub lang: Lang,
    /// The findings in order of place.
    pub findings: Vec<Finding>,
    /// The names that no glossary knows, for looking at several drafts together.
    pub census: Option<Census>,
    /// The concepts that the draft names, where they were asked for.
    pub names: Vec<NamedConcept>,
    /// Whether the draft and its source are versions of one text; where they are not, the draft was checked alone. `None`
    /// without a source.
    pub aligned: Option<bool>,
}

/// How drafts are checked.
#[derive(Clone, Debug, Default)]
pub struct CheckOptions {
    /// The language of the drafts; told by their letters where `None`.
    pub lang: Option<Lang>,
    /// Of when the drafts are; told by themselves where `None`, and else taken as of today.
    pub date: Option<Day>,
    /// What the desk has chosen.
    pub house: House,
    /// Which rules look, and how much they matter.
    pub levels: Levels,
    /// Whether the report lists the concepts that the draft names.
    pub names: bool,
    /// Names that are never reported: words as they stand in a draft, or ids of concepts.
    pub ignored_names: Vec<String>,
}

impl CheckOptions {
    /// Takes over what settings say.
    pub fn of_settings(settings: &CheckSettings) -> Self {
        Self {
            lang: settings.lang.clone(),
            house: settings.house(),
            levels: settings.levels.clone(),
            ignored_names: settings.ignored_names.clone(),
            date: settings.date.as_deref().and_then(Day::parse),
            ..Self::default()
        }
    }
}

/// A draft that was checked together with others.
pub struct Together<'a> {
    /// The draft.
    pub file: &'a DraftFile,
    /// The report on it.
    pub report: &'a mut CheckReport,
    /// How it was checked.
    pub options: CheckOptions,
}

/// Adds to the reports on drafts that are checked together what only shows between them.
pub fn check_across(drafts: &mut [Together<'_>]) {
    let Some(levels) = drafts.first().map(|draft| draft.options.levels.clone()) else { return };
    let checked = drafts.iter_mut().map(|draft| {
        let CheckReport { lang, findings, census, .. } = &mut *draft.report;
        CheckedDraft { text: &draft.file.text, lang, census: census.as_ref(), findings }
    });
    rules::check_across(&mut checked.collect::<Vec<_>>(), &levels);
    for Together { file, report, options } in drafts {
        let ignored: HashSet<String> = options.ignored_names.iter().map(|name| fold::key(name)).collect();
        report.findings.retain(|finding| !ignored.contains(&fold::key(finding.span.of(&file.text))));
        ignores(file).silence(&mut report.findings);
        drop_unwritable_fixes(file, report);
    }
}

impl Workspace {
    /// Checks one draft. Fails where its language cannot be told, or is one without rules.
    pub fn check(&self, file: &DraftFile, options: &CheckOptions) -> Result<CheckReport> {
        let mut draft = self.draft(file, options)?;
        self.search_suspects(&mut draft, &file.blocks)?;
        Ok(report(file, draft, options))
    }

    /// Checks a draft beside the text that it was translated from, alone where there is none.
    pub fn check_beside(&self, source: Option<&DraftFile>, file: &DraftFile, options: &CheckOptions) -> Result<CheckReport> {
        let Some(source) = source else { return self.check(file, options) };
        let source_options = CheckOptions { lang: None, ..options.clone() };
        let mut read_source = self.draft(source, &source_options)?;
        self.search_suspects(&mut read_source, &source.blocks)?;
        // What the source has wrong is no measure for its translation.
        let doubted = rules::check(&read_source, &source_options.levels);
        let mut draft = self.draft(file, options)?;
        self.search_suspects(&mut draft, &file.blocks)?;
        draft.counterpart = self.counterpart((source, &read_source), (file, &draft))?;
        if let Some(counterpart) = &mut draft.counterpart {
            counterpart.named.retain(|name| doubted.iter().all(|finding| !finding.span.overlaps(name.span)));
        }
        let aligned = draft.counterpart.is_some();
        Ok(CheckReport { aligned: Some(aligned), ..report(file, draft, options) })
    }

    /// Reads a draft with the terms in it.
    fn draft<'t>(&self, file: &'t DraftFile, options: &CheckOptions) -> Result<Draft<'t>> {
        let lang = options.lang.clone().or_else(|| script::detect_language(&file.text));
        let lang = lang.ok_or_else(|| WorkspaceError::no_language(file))?;
        if !matches!(lang.family(), "en" | "ko" | "zh") {
            // A report without findings would say that all is well.
            return Err(WorkspaceError::NoRule(file.name.clone(), lang));
        }
        let mut draft = self.read_draft(&file.text, lang, &file.blocks)?;
        draft.ignores = ignores(file);
        draft.house = options.house;
        draft.ignored_names = options.ignored_names.iter().map(|name| fold::key(name)).collect();
        draft.date = self.draft_date(options.date.or_else(|| DraftDate::of_text(&file.text)));
        draft.related = self.related(&draft.matches, draft.date.day)?;
        Ok(draft)
    }

    /// Returns of when a draft is: of today where nobody has told.
    fn draft_date(&self, told: Option<Day>) -> DraftDate {
        let today = Day::parse(&self.now).map_or_else(DraftDate::default, |day| DraftDate { day, told: false });
        told.map_or(today, |day| DraftDate { day, told: true })
    }

    pub(super) fn read_draft<'t>(&self, text: &'t str, lang: Lang, blocks: &'t [Block]) -> Result<Draft<'t>> {
        let reading = Reading { lang: Some(&lang), any_case: false };
        let mut matches = self.in_parts(blocks, |store, blocks| {
            let mut matches = Vec::new();
            let mut folded = Folded::default();
            for block in blocks {
                fold_block(text, block, &mut folded);
                matches.extend(matcher::find_terms(store, text, &folded, reading)?);
            }
            Ok(matches)
        })?;
        matcher::drop_uncued_homographs(text, &mut matches);
        Ok(Draft::new(text, lang, blocks, matches))
    }

    fn search_suspects(&self, draft: &mut Draft<'_>, blocks: &[Block]) -> Result<()> {
        let (named, lang, text, matches) = (draft.named(), &draft.lang, draft.text, &draft.matches);
        draft.suspects = self.in_parts(blocks, |store, blocks| {
            let mut search = Search::new(store, lang, text, matches, named.clone());
            let mut suspects = Vec::new();
            let mut folded = Folded::default();
            for block in blocks {
                fold_block(text, block, &mut folded);
                suspects.extend(search.block(&folded)?);
            }
            Ok(suspects)
        })?;
        Ok(())
    }

    /// Does a job on all blocks in order: at once for a draft of usual length, in two parts beside each other for a long one.
    fn in_parts<T: Send>(&self, blocks: &[Block], job: impl Fn(&Store, &[Block]) -> Result<Vec<T>> + Sync) -> Result<Vec<T>> {
        let size: usize = blocks.iter().flatten().map(|piece| piece.len()).sum();
        let other = if size < LONG_DRAFT { None } else { self.store.reader()? };
        let Some(other) = other else { return job(&self.store, blocks) };
        let mut before = 0;
        let beyond_half = |block: &Block| {
            before += block.iter().map(|piece| piece.len()).sum::<usize>();
            before >= size / 2
        };
        let (first, second) = blocks.split_at(blocks.iter().position(beyond_half).unwrap_or(0));
        std::thread::scope(|scope| {
            let second = scope.spawn(|| job(&{ other }, second));
            let mut results = job(&self.store, first)?;
            // The job has no way to panic; if it did, this thread would go on with the panic.
            results.extend(second.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
            Ok(results)
        })
    }
}

fn report(file: &DraftFile, draft: Draft<'_>, options: &CheckOptions) -> CheckReport {
    let findings = rules::check(&draft, &options.levels);
    let names = if options.names { named_concept::named_concepts(&draft, &findings) } else { Vec::new() };
    let mut report = CheckReport { lang: draft.lang.clone(), findings, names, census: draft.into_census(), aligned: None };
    drop_unwritable_fixes(file, &mut report);
    report
}

/// Takes back the fixes that cannot be written into the file, as those over the end of a line that markup makes.
fn drop_unwritable_fixes(file: &DraftFile, report: &mut CheckReport) {
    for finding in &mut report.findings {
        let made = finding.fix.as_ref().and_then(|fix| fixing::fix_made(&file.text, &file.blocks, &report.lang, fix));
        if made.is_some_and(|fix| !file.accepts(&Change { span: fix.span, text: fix.text })) {
            finding.fix = None;
        }
    }
}

/// Reads the comments to the checker, of markup those that nobody sees, too.
fn ignores(file: &DraftFile) -> Ignores {
    if !file.source_text().contains(ignores::WORD) {
        return Ignores::default();
    }
    Ignores::read(&file.commented_text()).placed(|place| file.read_place(place))
}

/// Folds the pieces of a block, read on without a break.
pub(super) fn fold_block(text: &str, block: &[Span], folded: &mut Folded) {
    folded.clear();
    for piece in block {
        folded.push(piece.of(text), piece.start);
    }
}
