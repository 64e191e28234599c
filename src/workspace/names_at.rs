//! Pointing: a place in a draft → the names that stand there.

use crate::exchange::draft_file::DraftFile;
use crate::glossary::matcher::{self, Reading, TermMatch};
use crate::lang::Lang;
use crate::text::fold::Folded;
use crate::workspace::check::fold_block;
use crate::workspace::{Result, Workspace};

impl Workspace {
    /// Returns the names at byte `offset` of the text of a draft: all concepts of one place, the one that begins there where two
    /// names meet. Without `lang` terms of any language are taken.
    pub fn names_at(&self, file: &DraftFile, lang: Option<&Lang>, offset: usize) -> Result<Vec<TermMatch>> {
        let at = file.blocks.partition_point(|block| block.last().is_some_and(|last| last.end < offset));
        let Some(block) = file.blocks.get(at) else { return Ok(Vec::new()) };
        let mut folded = Folded::default();
        fold_block(&file.text, block, &mut folded);
        let mut names = matcher::find_terms(&self.store, &file.text, &folded, Reading { lang, any_case: false })?;
        names.retain(|name| name.outer && name.span.start <= offset && offset <= name.span.end);
        let place = names.iter().map(|name| name.span).max();
        names.retain(|name| Some(name.span) == place);
        Ok(names)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::prose::DraftFormat;

    #[test]
    fn names_are_pointed_at_inside_and_at_their_ends() {
        let workspace = Workspace::in_memory().unwrap();
        let text = "첫 문단.\n\n이재명 대통령은 **시진핑**과 만났다. `시진핑` 赵乐际李强";
        let file = DraftFile::of_text("a.md", text, DraftFormat::Markdown);
        let at = |word: &str, inside: usize| {
            let offset = text.find(word).unwrap() + inside;
            let names = workspace.names_at(&file, None, offset).unwrap();
            names.iter().map(|name| name.found.concept.id.to_string()).collect::<Vec<_>>()
        };
        assert_eq!(at("이재명", 0), ["rok.lee-jae-myung"]);
        assert_eq!(at("시진핑**과", 3), ["prc.xi-jinping"]);
        assert_eq!(at("시진핑**과", 9), ["prc.xi-jinping"]);
        assert_eq!(at("만났다", 3), [""; 0]);
        assert_eq!(at("시진핑`", 3), [""; 0]);
        assert_eq!(at("첫", 0), [""; 0]);
        assert!(at("李强", 0).iter().all(|id| id.contains("li-qiang")));
        assert_eq!(workspace.names_at(&file, None, 10_000).unwrap().len(), 0);
    }
}
