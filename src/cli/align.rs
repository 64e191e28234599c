//! `tongsa align`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::encoding::TextSource;
use tongsa::lang::Lang;
use tongsa::memory::align::LEAST_PARALLEL;
use tongsa::memory::furniture::Furniture;
use tongsa::memory::unit::TranslationUnit;
use tongsa::wire::units::AlignShape;
use tongsa::workspace::Workspace;
use tongsa::workspace::align::{AlignedVersions, Segmentation, VersionText};
use tongsa::workspace::export_units::write_units;
use unicode_width::UnicodeWidthStr;

use crate::cli::export::MemoryFormat;
use crate::cli::failure::complain;
use crate::cli::{Failure, Outcome, card, check, output_file};

/// Align an article with its versions in other languages, sentence by sentence
///
/// Sentences without a counterpart are left out, and texts that are no versions of each other are not aligned at all. What the
/// glossaries and the memory know of the two languages helps.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The article, then its versions; one of them may be `-`, standard input
    #[arg(required = true, num_args = 2..)]
    files: Vec<PathBuf>,
    /// The languages in the order of the files [default: told by their letters]
    #[arg(long, value_name = "LANG,...", value_delimiter = ',', value_parser = check::parse_lang)]
    langs: Vec<Lang>,
    /// Take each line as one sentence
    #[arg(long)]
    presegmented: bool,
    /// Align the furniture of the page too: headline printed twice, dates of posting, byline
    #[arg(long, conflicts_with = "presegmented")]
    keep_furniture: bool,
    /// Keep the pairs as translation units
    #[arg(long)]
    into_memory: bool,
    /// How the pairs are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Print the numbers of the sentences as JSON
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Write to this file [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// Side by side, for reading
    Text,
    /// A table with tabs, to correct and import with --memory
    Tsv,
    /// TMX 1.4b
    Tmx,
}

/// Aligns the files.
pub fn run(arguments: &Arguments, mut workspace: Workspace) -> Result<Outcome, Failure> {
    if !arguments.langs.is_empty() && arguments.langs.len() != arguments.files.len() {
        return Err(Failure::question("--langs names one language for each file, in their order"));
    }
    let inputs = arguments.files.iter().map(|path| read(path)).collect::<Result<Vec<_>, _>>()?;
    let texts: Vec<VersionText<'_>> = inputs
        .iter()
        .enumerate()
        .map(|(nth, file)| VersionText { name: &file.name, file, lang: arguments.langs.get(nth).cloned() })
        .collect();
    let furniture = if arguments.keep_furniture { Furniture::Kept } else { Furniture::LeftOut };
    let segmentation = if arguments.presegmented { Segmentation::Lines } else { Segmentation::Sentences(furniture) };
    let aligned = workspace.align(&texts, segmentation)?;
    output_file::write_to(arguments.output.as_deref(), |out| write(arguments, &aligned, out))?;
    for (version, parallelism) in aligned.versions[1..].iter().zip(&aligned.parallelism) {
        if *parallelism < LEAST_PARALLEL {
            let source = &aligned.versions[0].name;
            complain(&format!(
                "{source} and {} do not look like versions of one text; nothing of them is aligned",
                version.name
            ));
        }
    }
    if arguments.into_memory && !aligned.groups.is_empty() {
        let kept = workspace.keep_aligned(&aligned)?;
        let undo = kept.batch.map_or(String::new(), |batch| format!(" (import {batch}; `tongsa undo {batch}` takes it back)"));
        let counts = kept.counts;
        writeln!(io::stderr(), "{} units added, {} there already{undo}", counts.added, counts.unchanged + counts.changed)?;
        if counts.rejected > 0 {
            complain(&format!(
                "{} aligned stretches are not kept, since a unit needs two languages, each once, and segments of up to 64 KB",
                counts.rejected
            ));
            return Ok(Outcome::Wanting);
        }
    }
    Ok(if aligned.groups.is_empty() { Outcome::Wanting } else { Outcome::Good })
}

fn read(path: &Path) -> Result<DraftFile, Failure> {
    let stdin = path.as_os_str() == "-";
    let shown = if stdin { "standard input".to_owned() } else { path.display().to_string() };
    let source = if stdin { check::standard_input(&shown)? } else { TextSource::open(path)? };
    let mut file = DraftFile::read(shown, source, None, None)?;
    if let Some(name) = path.file_name().filter(|_| !stdin) {
        file.name = name.to_string_lossy().into_owned();
    }
    Ok(file)
}

fn write(arguments: &Arguments, aligned: &AlignedVersions, mut out: &mut dyn Write) -> Result<(), Failure> {
    if arguments.json {
        serde_json::to_writer(&mut out, &AlignShape::new(aligned))?;
        writeln!(out)?;
        return Ok(());
    }
    let format = match arguments.format {
        Format::Text => return Ok(side_by_side(aligned, out)?),
        Format::Tsv => MemoryFormat::Tsv,
        Format::Tmx => MemoryFormat::Tmx,
    };
    let units: Vec<TranslationUnit> = aligned.units(None).collect();
    write_units(format.output(), out, |visit| -> Result<(), Failure> { Ok(units.iter().try_for_each(visit)?) })?;
    Ok(())
}

/// The narrowest column, in characters; with many versions the lines grow longer than the screen.
const LEAST_WIDTH: usize = 10;

/// Writes each stretch with its versions in columns.
fn side_by_side(aligned: &AlignedVersions, out: &mut dyn Write) -> io::Result<()> {
    let columns = aligned.versions.len();
    let width = (card::width().saturating_sub(5 + 2 * columns) / columns).max(LEAST_WIDTH);
    let mut aligned_sentences = 0;
    for group in &aligned.groups {
        let ranges = std::iter::once(Some(&group.source)).chain(group.targets.iter().map(Option::as_ref));
        let cells: Vec<Vec<String>> = aligned
            .versions
            .iter()
            .zip(ranges)
            .map(|(version, range)| {
                let text = range.map_or(String::new(), |range| version.text(range.clone()));
                textwrap::wrap(&text, width).into_iter().map(|line| line.into_owned()).collect()
            })
            .collect();
        aligned_sentences += group.source.len();
        let percent = format!("{:3} %", (100.0 * group.confidence) as u8);
        for line in 0..cells.iter().map(Vec::len).max().unwrap_or(0) {
            let mut row = if line == 0 { percent.clone() } else { " ".repeat(percent.len()) };
            for cell in &cells {
                let text = cell.get(line).map_or("", |text| text);
                row.push_str(&format!("  {text}{}", " ".repeat(width.saturating_sub(text.width()))));
            }
            writeln!(out, "{}", row.trim_end())?;
        }
    }
    let source = &aligned.versions[0];
    writeln!(out, "{aligned_sentences} of {} sentences of {} aligned", source.sentences.len(), source.name)
}
