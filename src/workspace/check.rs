//! Checking: text → prose → term matches → draft → rules → findings.

use crate::check::draft::Draft;
use crate::check::finding::Finding;
use crate::check::rules;
use crate::check::suspect::Search;
use crate::exchange::prose::{self, DraftFormat};
use crate::glossary::matcher::{self, Reading};
use crate::lang::Lang;
use crate::text::fold::Folded;
use crate::text::script;
use crate::text::span::Span;
use crate::workspace::{Result, Workspace, WorkspaceError};

/// What a check has found in one draft.
#[derive(Clone, Debug)]
pub struct CheckReport {
    /// The language of the draft.
    pub lang: Lang,
    /// The findings in order of place.
    pub findings: Vec<Finding>,
}

impl Workspace {
    /// Checks one text. `name` stands for it in messages; `lang` overrides what its letters tell.
    pub fn check(&self, name: &str, text: &str, format: DraftFormat, lang: Option<Lang>) -> Result<CheckReport> {
        let lang = lang.or_else(|| script::detect_language(text));
        let lang = lang.ok_or_else(|| WorkspaceError::NoLanguage(name.to_owned()))?;
        let blocks = prose::blocks(text, format);
        let mut draft = self.read_draft(text, lang, &blocks)?;
        self.search_suspects(&mut draft, &blocks)?;
        let findings = rules::check(&draft);
        Ok(CheckReport { lang: draft.lang, findings })
    }

    fn read_draft<'t>(&self, text: &'t str, lang: Lang, blocks: &[Vec<Span>]) -> Result<Draft<'t>> {
        let mut matches = Vec::new();
        let mut folded = Folded::default();
        let reading = Reading { lang: Some(&lang), any_case: false };
        for block in blocks {
            fold_block(text, block, &mut folded);
            matches.extend(matcher::find_terms(&self.store, text, &folded, reading)?);
        }
        matcher::drop_uncued_homographs(text, &mut matches);
        Ok(Draft::new(text, lang, blocks, matches))
    }

    fn search_suspects(&self, draft: &mut Draft<'_>, blocks: &[Vec<Span>]) -> Result<()> {
        let named = draft.named();
        let mut search = Search::new(&self.store, &draft.lang, draft.text, &draft.matches, named);
        let mut folded = Folded::default();
        let mut suspects = Vec::new();
        for block in blocks {
            fold_block(draft.text, block, &mut folded);
            suspects.extend(search.block(&folded)?);
        }
        draft.suspects = suspects;
        Ok(())
    }
}

fn fold_block(text: &str, block: &[Span], folded: &mut Folded) {
    folded.clear();
    for piece in block {
        folded.push(piece.of(text), piece.start);
    }
}
