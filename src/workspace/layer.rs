//! Further glossaries for some drafts: read over what the store has, and kept nowhere.

use std::path::{Path, PathBuf};

use crate::exchange::csv::{CsvError, CsvOptions, GlossaryReader};
use crate::exchange::encoding::TextSource;
use crate::store::Store;
use crate::store::batches::BatchCounts;
use crate::store::body::Encoded;
use crate::workspace::import::{ImportOptions, glossary_error};
use crate::workspace::{Result, Workspace, WorkspaceError};

/// A workspace with further glossaries over it.
pub struct Layered {
    /// The workspace. What is written through it is lost.
    pub workspace: Workspace,
    /// How many rows of each glossary were not taken, where there are such.
    pub rejected: Vec<(PathBuf, usize)>,
}

impl Layered {
    /// Says of each glossary how many of its rows were not taken.
    pub fn notices(&self) -> impl Iterator<Item = String> + '_ {
        self.rejected.iter().map(|(path, count)| {
            let rows = if *count == 1 { "1 row of it is" } else { &format!("{count} rows of it are") };
            format!("{}: {rows} not taken; `tongsa import --dry-run` lists them", path.display())
        })
    }
}

impl Workspace {
    /// Opens the same workspace once more for reading on another thread; `None` for one in memory.
    pub fn reader(&self) -> Result<Option<Self>> {
        Ok(self.store.reader()?.map(|store| Self { store, now: self.now.clone() }))
    }

    /// Reads glossaries over what the store has, as an import would: a row with the id of a known concept changes what its
    /// columns speak of. Nothing is written to the store.
    pub fn with_glossaries(&self, paths: &[PathBuf]) -> Result<Layered> {
        let mut layer = Self { store: Store::new_layer()?, now: self.now.clone() };
        let mut rejected = Vec::new();
        for path in paths {
            let name = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            let csv = CsvOptions { glossary: name, ..CsvOptions::default() };
            self.copy_known(&mut layer, path, &csv)?;
            let options = ImportOptions { csv, encoding: None, dry_run: false, progress: &mut |_| {} };
            let report = layer.import(path, TextSource::open(path)?, options)?;
            if report.rejected.count > 0 {
                rejected.push((path.clone(), report.rejected.count));
            }
        }
        let mut store = self.store.reader()?.ok_or(WorkspaceError::InMemory)?;
        store.lay(layer.store);
        Ok(Layered { workspace: Self { store, now: self.now.clone() }, rejected })
    }

    /// Copies the concepts that a glossary speaks of, and that only the store has, into the layer.
    fn copy_known(&self, layer: &mut Self, path: &Path, csv: &CsvOptions) -> Result<()> {
        let mut source = TextSource::open(path)?;
        let encoding = source.detect(None)?;
        let failed = |reason: CsvError| glossary_error(path, reason);
        let mut reader = GlossaryReader::new(source.decode(encoding)?, csv).map_err(failed)?;
        let mut known = Vec::new();
        while let Some(row) = reader.next_row().map_err(failed)? {
            let Some(Ok(concept)) = reader.layout().concept(&row) else { continue };
            if layer.store.current(&concept.id)?.is_none() {
                known.extend(self.store.current(&concept.id)?.map(|stored| Encoded::new(&stored.concept)));
            }
        }
        let mut writer = layer.store.begin_batch("", &self.now)?;
        for concept in &known {
            writer.add(concept)?;
        }
        writer.write_index(0)?;
        Ok(writer.commit(BatchCounts { added: known.len(), ..BatchCounts::default() })?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::finding::Finding;
    use crate::exchange::draft_file::DraftFile;
    use crate::exchange::prose::DraftFormat;
    use crate::workspace::check::CheckOptions;

    fn written(workspace: &Workspace, text: &str) -> Vec<String> {
        let file = DraftFile::of_text("a", text, DraftFormat::Plain);
        let report = workspace.check(&file, &CheckOptions::default()).unwrap();
        let shown = |finding: &Finding| format!("{}→{}", finding.span.of(text), finding.suggestions.join("|"));
        report.findings.iter().map(shown).collect()
    }

    #[test]
    fn a_layer_adds_and_changes_and_keeps_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::open(&folder.path().join("store.db"), String::new()).unwrap();
        let glossary = folder.path().join("desk.csv");
        let rows = "id,en,en:deprecated\nplace.beijing,Peking,Beijing\ndesk.tea,Boseong tea,Bosong tea\nx,y\n";
        std::fs::write(&glossary, rows).unwrap();
        let text = "Beijing sells Bosong tea. Nanking does not.";
        let layered = workspace.with_glossaries(std::slice::from_ref(&glossary)).unwrap();
        let expected = ["Beijing→Peking", "Bosong tea→Boseong tea", "Nanking→Nanjing"];
        assert_eq!(layered.rejected, [(glossary, 1)]);
        assert_eq!(written(&layered.workspace, text), expected);
        // A reader of a reader sees the same, also what no checkpoint has moved into the file yet.
        let reader = layered.workspace.reader().unwrap().unwrap().reader().unwrap().unwrap();
        assert_eq!(std::thread::spawn(move || written(&reader, text)).join().unwrap(), expected);
        assert_eq!(written(&workspace, text), ["Nanking→Nanjing"]);
        // What the columns do not speak of stays as the store has it.
        assert_eq!(written(&layered.workspace, "그는 북경에 갔다."), written(&workspace, "그는 북경에 갔다."));
        assert!(workspace.batches().unwrap().is_empty());
    }

    #[test]
    fn readers_on_other_threads_see_the_layer_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::open(&folder.path().join("store.db"), String::new()).unwrap();
        let glossary = folder.path().join("desk.csv");
        std::fs::write(&glossary, "id,en,en:deprecated\ndesk.tea,Boseong tea,Bosong tea\n").unwrap();
        for _ in 0..20 {
            let layered = workspace.with_glossaries(std::slice::from_ref(&glossary)).unwrap().workspace;
            let reader = layered.reader().unwrap().unwrap();
            let there = std::thread::spawn(move || written(&reader, "Bosong tea"));
            assert_eq!(written(&layered, "Bosong tea"), ["Bosong tea→Boseong tea"]);
            assert_eq!(there.join().unwrap(), ["Bosong tea→Boseong tea"]);
        }
    }

    #[test]
    fn two_layers_do_not_meet() {
        let folder = tempfile::tempdir().unwrap();
        let workspace = Workspace::open(&folder.path().join("store.db"), String::new()).unwrap();
        let layered = ["Boseong", "Bosung"].map(|form| {
            let glossary = folder.path().join(format!("{form}.csv"));
            std::fs::write(&glossary, format!("id,en,en:deprecated\ndesk.tea,{form} tea,Bosong tea\n")).unwrap();
            workspace.with_glossaries(&[glossary]).unwrap().workspace
        });
        assert_eq!(written(&layered[0], "Bosong tea"), ["Bosong tea→Boseong tea"]);
        assert_eq!(written(&layered[1], "Bosong tea"), ["Bosong tea→Bosung tea"]);
    }
}
