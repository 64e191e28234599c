//! Importing a file of any kind: a glossary, or translation units.

use std::path::Path;

use crate::exchange::csv::CsvOptions;
use crate::exchange::encoding::TextSource;
use crate::exchange::unit_file::UnitFileOptions;
use crate::exchange::unit_format::UnitFormat;
use crate::lang::Lang;
use crate::workspace::import::{ImportOptions, ImportReport};
use crate::workspace::import_units::ImportUnitsOptions;
use crate::workspace::{Result, Workspace};

/// What is said about a file beforehand; what is `None` is detected.
#[derive(Clone, Debug, Default)]
pub struct Saying {
    /// The columns, for a file without headings or with others.
    pub columns: Option<String>,
    /// The character between cells.
    pub separator: Option<u8>,
    /// The encoding.
    pub encoding: Option<String>,
    /// What the ids of rows without an id begin with; the file's name where `None`.
    pub glossary: Option<String>,
    /// Whether a table is translation memory.
    pub memory: bool,
    /// The language of the source segments.
    pub from: Option<Lang>,
    /// The language of the target segments.
    pub to: Option<Lang>,
}

/// How an import is to be made.
pub struct ImportFileOptions<'a> {
    /// What is said about the file.
    pub saying: Saying,
    /// Whether to change nothing.
    pub dry_run: bool,
    /// Is told how many bytes of the text have been read.
    pub progress: &'a mut dyn FnMut(u64),
}

impl Workspace {
    /// Imports one file in one transaction: a table is a glossary unless it is said to be translation memory, all other formats
    /// are translation memory. `name` stands for the file in messages.
    pub fn import_file(&mut self, name: &Path, mut source: TextSource, options: ImportFileOptions<'_>) -> Result<ImportReport> {
        let ImportFileOptions { saying, dry_run, progress } = options;
        let format = UnitFormat::detect(name, &mut source)?;
        if saying.memory || format.is_some_and(|format| format != UnitFormat::Bitext) {
            let file_name = name.file_name().unwrap_or(name.as_os_str()).to_string_lossy().into_owned();
            let Saying { columns, separator, encoding, from, to, .. } = saying;
            let file = UnitFileOptions { encoding, separator, columns, from, to, source: file_name };
            return self.import_units(name, source, ImportUnitsOptions { format, file, dry_run, progress });
        }
        let stem = || name.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        let Saying { columns, separator, encoding, glossary, .. } = saying;
        let csv = CsvOptions { separator, columns, glossary: glossary.unwrap_or_else(stem) };
        self.import(name, source, ImportOptions { csv, encoding: encoding.as_deref(), dry_run, progress })
    }
}
