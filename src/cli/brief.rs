//! `tongsa brief`.

mod table;

use std::io::Write;
use std::path::{Path, PathBuf};

use anstream::adapter::strip_bytes;
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::encoding::TextSource;
use tongsa::exchange::prose::DraftFormat;
use tongsa::exchange::term_list::TermListFormat;
use tongsa::lang::Lang;
use tongsa::wire::brief::BriefShape;
use tongsa::workspace::Workspace;
use tongsa::workspace::brief::{Brief, BriefOptions};

use crate::cli::desk::{self, Desk};
use crate::cli::drafts::{self, DraftPath};
use crate::cli::failure::{Failure, complain};
use crate::cli::shelf::Shelf;
use crate::cli::{Outcome, check, output_file};

/// List the names in a draft with what to write for each in another language, for a translator or a translating machine
///
/// Several drafts in one language are one brief. Only names that a glossary has are in it. Glossaries for machines hold only what
/// is certain; what is left out is said on standard error. The exit code is 1 where something has no rendering.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The drafts, as for `tongsa check`; `-` is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The language to render the names in: en, ko, zh-Hans, zh-Hant
    #[arg(long, value_name = "LANG", value_parser = check::parse_lang)]
    to: Lang,
    /// The language of the drafts [default: told by their letters]
    #[arg(long, value_name = "LANG", value_parser = check::parse_lang)]
    lang: Option<Lang>,
    /// Where nothing is recorded, say what the rules would make of the name, as unverified
    #[arg(long)]
    suggest: bool,
    /// The name that standard input would have as a file, for its format: draft.html
    #[arg(long, value_name = "NAME")]
    stdin_name: Option<String>,
    /// How the brief is written
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Write to this file [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How a brief is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For reading
    Table,
    /// A table to paste into a chat
    Markdown,
    /// Lines for the system prompt of a language model
    #[value(alias = "openai")]
    Prompt,
    /// The CSV of a DeepL glossary
    Deepl,
    /// The CSV of a glossary for Google Cloud Translation
    Google,
    /// A row for each written form
    Csv,
    /// One JSON object
    Json,
}

/// Writes the brief.
pub fn run(arguments: &Arguments, workspace: Workspace) -> Result<Outcome, Failure> {
    let brief = read(arguments, workspace)?;
    match arguments.format {
        Format::Table => table_to(arguments.output.as_deref(), &brief)?,
        Format::Json => output_file::write_to(arguments.output.as_deref(), |mut out| {
            serde_json::to_writer(&mut out, &BriefShape::new(&brief))?;
            Ok(writeln!(out)?)
        })?,
        Format::Markdown => write(arguments, &brief, TermListFormat::Markdown)?,
        Format::Prompt => write(arguments, &brief, TermListFormat::Prompt)?,
        Format::Csv => write(arguments, &brief, TermListFormat::Csv)?,
        Format::Deepl => write(arguments, &brief, TermListFormat::Deepl)?,
        Format::Google => write(arguments, &brief, TermListFormat::Google)?,
    }
    let list = brief.term_list();
    let (missing, unclear) = (list.missing(), list.unclear());
    if matches!(arguments.format, Format::Deepl | Format::Google) {
        say_left_out("no rendering is recorded", &missing);
        say_left_out("more than one may be meant", &unclear);
    }
    Ok(if brief.names.is_empty() || !missing.is_empty() { Outcome::Wanting } else { Outcome::Good })
}

fn say_left_out(why: &str, forms: &[&str]) {
    if !forms.is_empty() {
        complain(&format!("left out, since {why}: {}", forms.join(", ")));
    }
}

fn write(arguments: &Arguments, brief: &Brief, format: TermListFormat) -> Result<(), Failure> {
    output_file::write_to(arguments.output.as_deref(), |out| Ok(brief.term_list().write(format, out)?))
}

fn table_to(path: Option<&Path>, brief: &Brief) -> Result<(), Failure> {
    let mut coloured = Vec::new();
    table::write(&mut coloured, brief)?;
    match path {
        None => Ok(anstream::stdout().lock().write_all(&coloured)?),
        // Colours are for terminals.
        Some(_) => output_file::write_to(path, |out| Ok(out.write_all(&strip_bytes(&coloured).into_vec())?)),
    }
}

/// Reads the drafts, each with the further glossaries that its settings name.
fn read(arguments: &Arguments, workspace: Workspace) -> Result<Brief, Failure> {
    let flags = desk::Arguments::default();
    let mut desk = Desk::new(&flags);
    let found = drafts::find(&arguments.files, &mut |path| desk.excludes(path))?;
    if let Some(sentence) = found.failures.into_iter().next() {
        return Err(Failure::question(sentence));
    }
    let settings: Vec<_> = found.paths.iter().map(|draft| desk.settings(&draft.path)).collect::<Result<_, _>>()?;
    let shelf = Shelf::new(workspace, settings.iter().map(|settings| settings.glossaries.as_slice()))?;
    let mut whole: Option<(String, Brief)> = None;
    for (path, settings) in found.paths.iter().zip(&settings) {
        let file = draft(arguments, path)?;
        let lang = arguments.lang.clone().or_else(|| settings.lang.clone());
        let options = BriefOptions { to: arguments.to.clone(), lang, derive: arguments.suggest };
        let brief = shelf.workspace(&settings.glossaries).brief(&file, &options)?;
        match &mut whole {
            None => whole = Some((file.name, brief)),
            Some((_, first)) if first.lang == brief.lang => first.join(brief),
            Some((name, first)) => {
                let (other, here, there) = (&file.name, &brief.lang, &first.lang);
                let sentence = format!("{other} is in {here} and {name} in {there}; a brief is of drafts in one language");
                return Err(Failure::question(sentence));
            }
        }
    }
    whole.map(|(_, brief)| brief).ok_or_else(|| Failure::question("there is no draft to read; name one, or `-`"))
}

fn draft(arguments: &Arguments, path: &DraftPath) -> Result<DraftFile, Failure> {
    if !path.is_stdin() {
        return Ok(DraftFile::read(path.path.display().to_string(), TextSource::open(&path.path)?, None, None)?);
    }
    let format = arguments.stdin_name.as_deref().and_then(DraftFormat::known_by_name);
    Ok(DraftFile::read("standard input", check::standard_input("standard input")?, format, None)?)
}
