//! `tongsa match`.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use anstyle::{AnsiColor, Style};
use tongsa::exchange::draft_file::DraftFile;
use tongsa::exchange::encoding::TextSource;
use tongsa::lang::Lang;
use tongsa::memory::difference::{self, ChangeKind};
use tongsa::text::script;
use tongsa::wire::units::MatchLine;
use tongsa::workspace::Workspace;
use tongsa::workspace::fuzzy_match::{self, MatchAnswer, MatchOptions, Penalty, QueryTerm, UnitFilter, UnitMatch};

use crate::cli::pretranslation::Pretranslation;
use crate::cli::{Failure, Outcome, card, check, queries};

/// Find kept segments that are like a new one, with their counterparts and the terms in them
///
/// With no SEGMENT, segments are read from standard input, one a line; with --file, every segment of a draft is matched. Every
/// unit at or above the score is found, as a full scan would find it.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The segment
    #[arg(conflicts_with = "file")]
    segment: Vec<String>,
    /// The language of the counterparts: en, ko, zh-Hans, zh-Hant
    #[arg(long, value_name = "LANG", value_parser = check::parse_lang)]
    to: Lang,
    /// The language of the segment [default: told by its letters]
    #[arg(long, value_name = "LANG", value_parser = check::parse_lang)]
    from: Option<Lang>,
    /// Match every segment of a draft; `-` is standard input
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
    /// How the matches of a draft are printed
    #[arg(long, value_enum, default_value_t = Format::Text, requires = "file")]
    format: Format,
    /// Show none with a lower score
    #[arg(long, default_value_t = 70, value_name = "SCORE", value_parser = clap::value_parser!(u8).range(1..=100))]
    min_score: u8,
    /// Show at most this many matches a segment
    #[arg(long, default_value_t = 5, value_name = "N", value_parser = queries::parse_limit)]
    limit: usize,
    /// Only units whose source or document has this in its name
    #[arg(long, value_name = "NAME")]
    origin: Option<String>,
    /// Only units of this domain
    #[arg(long, value_name = "NAME")]
    domain: Option<String>,
    /// Only units of this day or later
    #[arg(long, value_name = "DATE", value_parser = fuzzy_match::parse_date)]
    since: Option<String>,
    /// Only units of this day or earlier
    #[arg(long, value_name = "DATE", value_parser = fuzzy_match::parse_date)]
    until: Option<String>,
    /// Take points from some units: aligned=5 (aligned by the program), origin:NAME=5, domain:NAME=5, before:DATE=5
    #[arg(long, value_name = "WHICH=POINTS", value_parser = Penalty::parse)]
    penalty: Vec<Penalty>,
    /// Print one JSON object a segment, a line each
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For reading
    Text,
    /// A row a segment: number, score, segment, match, counterpart, terms
    Tsv,
    /// XLIFF 1.2 with the matches as alternatives
    Xliff,
}

impl Arguments {
    fn options(&self) -> MatchOptions {
        MatchOptions {
            from: self.from.clone(),
            to: self.to.clone(),
            min_score: self.min_score,
            limit: self.limit,
            filter: UnitFilter {
                origin: self.origin.clone(),
                domain: self.domain.clone(),
                since: self.since.clone(),
                until: self.until.clone(),
            },
            penalties: self.penalty.clone(),
        }
    }
}

/// Matches what was asked for.
pub fn run(arguments: &Arguments, workspace: &Workspace) -> Result<Outcome, Failure> {
    let options = arguments.options();
    if let Some(path) = &arguments.file {
        return draft(arguments, workspace, path, options);
    }
    queries::answer_each(&arguments.segment, |segment, out| {
        let answer = workspace.match_segment(segment, &options)?;
        write_answer(&answer, arguments, out)?;
        Ok(if answer.matches.is_empty() { Outcome::Wanting } else { Outcome::Good })
    })
}

fn write_answer(answer: &MatchAnswer, arguments: &Arguments, out: &mut impl Write) -> Result<(), Failure> {
    if arguments.json {
        serde_json::to_writer(&mut *out, &MatchLine::new(answer))?;
        writeln!(out)?;
    } else {
        human(answer, &arguments.to, out)?;
    }
    Ok(())
}

/// Matches every segment of a draft.
fn draft(arguments: &Arguments, workspace: &Workspace, path: &Path, options: MatchOptions) -> Result<Outcome, Failure> {
    let stdin = path.as_os_str() == "-";
    let name = if stdin { "standard input".to_owned() } else { path.display().to_string() };
    let source = if stdin { check::standard_input(&name)? } else { TextSource::open(path)? };
    let file = DraftFile::read(&name, source, None, None)?;
    let from = options.from.clone().or_else(|| script::detect_language(&file.text)).unwrap_or(Lang::En);
    let options = MatchOptions { from: Some(from.clone()), ..options };
    let segments = fuzzy_match::draft_segments(&file);
    let answers = segments.iter().map(|segment| Ok(workspace.match_segment(segment, &options)?));
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    match arguments.format {
        Format::Text => each(answers, |answer| write_answer(answer, arguments, &mut out)).and_then(|outcome| {
            out.flush()?;
            Ok(outcome)
        }),
        Format::Tsv => pretranslate(Pretranslation::tsv(out)?, answers),
        Format::Xliff => pretranslate(Pretranslation::xliff(out, from, options.to.clone(), &name)?, answers),
    }
}

fn pretranslate(
    mut sheet: Pretranslation<impl Write>,
    answers: impl Iterator<Item = Result<MatchAnswer, Failure>>,
) -> Result<Outcome, Failure> {
    let outcome = each(answers, |answer| Ok(sheet.write(answer)?))?;
    sheet.finish()?;
    Ok(outcome)
}

/// Writes every answer, and says whether each has a match.
fn each(
    mut answers: impl Iterator<Item = Result<MatchAnswer, Failure>>,
    mut write: impl FnMut(&MatchAnswer) -> Result<(), Failure>,
) -> Result<Outcome, Failure> {
    answers.try_fold(Outcome::Good, |outcome, answer| {
        let answer = answer?;
        write(&answer)?;
        Ok(if answer.matches.is_empty() { Outcome::Wanting } else { outcome })
    })
}

/// Returns a term with what to write for it.
pub fn rendered(query: &str, term: &QueryTerm) -> String {
    format!("{} → {}", term.span.of(query), term.rendering.as_deref().unwrap_or("—"))
}

/// Returns where a unit came from, each origin with what is known of it.
pub fn origins(found: &UnitMatch) -> String {
    let described = found.origins.iter().map(|origin| {
        let parts = [Some(&origin.source), origin.document.as_ref(), origin.domain.as_ref(), origin.date.as_ref()];
        parts.into_iter().flatten().map(String::as_str).filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
    });
    described.collect::<Vec<_>>().join("; ")
}

const DELETED: Style = AnsiColor::Red.on_default();
const INSERTED: Style = AnsiColor::Green.on_default();

fn human(answer: &MatchAnswer, to: &Lang, out: &mut impl Write) -> io::Result<()> {
    let bold = card::BOLD;
    writeln!(out, "{bold}{}{bold:#}", answer.query)?;
    for term in &answer.terms {
        card::line(out, "term", &rendered(&answer.query, term), Style::new())?;
    }
    if answer.matches.is_empty() {
        let none = format!("no kept segment with a counterpart in {to} is near enough");
        return card::line(out, "none", &none, card::DIM);
    }
    for found in &answer.matches {
        card::line(out, &found.score.to_string(), &marked(answer, found), Style::new())?;
        card::line(out, found.target.lang.tag(), &found.target.text, bold)?;
        for (term, used) in answer.terms.iter().zip(&found.uses) {
            if let (false, Some(rendering)) = (used, &term.rendering) {
                let remark = format!("the counterpart does not say {rendering} for {}", term.span.of(&answer.query));
                card::line(out, "", &remark, AnsiColor::Yellow.on_default())?;
            }
        }
        if found.disagrees {
            card::line(out, "", "the same segment has another counterpart too", AnsiColor::Yellow.on_default())?;
        }
        let sure = found.confidence.map_or(String::new(), |confidence| format!(" · aligned, {confidence}\u{A0}%\u{A0}sure"));
        card::line(out, "from", &format!("{} · unit {}{sure}", origins(found), found.unit), card::DIM)?;
    }
    Ok(())
}

/// The kept segment with what differs from the new one.
fn marked(answer: &MatchAnswer, found: &UnitMatch) -> String {
    let changes = difference::difference(&found.source.text, &answer.query, &found.source.lang);
    let part = |change: &difference::Change| match change.kind {
        ChangeKind::Equal => change.text.clone(),
        ChangeKind::Deleted => format!("{DELETED}[-{}-]{DELETED:#}", change.text),
        ChangeKind::Inserted => format!("{INSERTED}{{+{}+}}{INSERTED:#}", change.text),
    };
    changes.iter().map(part).collect()
}
