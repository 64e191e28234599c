//! `tongsa show`.

use std::io::{self, Write};

use clap_complete::engine::ArgValueCandidates;
use tongsa::exchange::csv::write_error;
use tongsa::lang::Lang;
use tongsa::wire::ArticleShape;
use tongsa::workspace::Workspace;
use tongsa::workspace::show::ShownArticle;

use crate::cli::failure::Failure;
use crate::cli::{Outcome, card, check, completions};

/// Show a kept article segment by segment, with the names found and their renderings
///
/// With no ARTICLE, the kept articles are listed.
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The name of the article
    #[arg(add = ArgValueCandidates::new(completions::articles))]
    article: Option<String>,
    /// Show the renderings of one language only
    #[arg(long, value_name = "LANG", value_parser = check::parse_lang)]
    to: Option<Lang>,
    /// How it is printed
    #[arg(long, value_enum, default_value_t = Format::Human)]
    format: Format,
}

#[derive(Clone, Copy, Debug, clap::ValueEnum)]
enum Format {
    /// For reading
    Human,
    /// A row for each name in each segment
    Csv,
    /// One JSON object
    Json,
}

/// What stands where no rendering is recorded.
const UNRECORDED: &str = "—";

/// Shows an article, or lists all.
pub fn run(arguments: &Arguments, mut workspace: Workspace) -> Result<Outcome, Failure> {
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    let Some(name) = &arguments.article else {
        let articles = workspace.articles()?;
        for article in &articles {
            writeln!(out, "{}  {}  {}  {}", article.name, article.lang, article.added_at, article.origin)?;
        }
        out.flush()?;
        return Ok(if articles.is_empty() { Outcome::Wanting } else { Outcome::Good });
    };
    let shown = workspace.show(name)?;
    let langs = match &arguments.to {
        Some(lang) => vec![lang.clone()],
        None => {
            [Lang::En, Lang::Ko, Lang::ZhHans, Lang::ZhHant].into_iter().filter(|lang| *lang != shown.article.lang).collect()
        }
    };
    match arguments.format {
        Format::Human => human(&mut out, &shown, &langs)?,
        Format::Csv => csv(&mut out, &shown, &langs)?,
        Format::Json => {
            serde_json::to_writer(&mut out, &ArticleShape::new(&shown))?;
            writeln!(out)?;
        }
    }
    out.flush()?;
    Ok(Outcome::Good)
}

fn human(out: &mut impl Write, shown: &ShownArticle, langs: &[Lang]) -> io::Result<()> {
    for (number, segment) in shown.segments.iter().enumerate() {
        card::line(out, &format!("{}", number + 1), &segment.text, card::BOLD)?;
        let mut said = Vec::new();
        for (mention, concept) in &segment.mentions {
            let written = mention.span.of(&segment.text);
            if said.contains(&(written, &concept.id)) {
                continue;
            }
            said.push((written, &concept.id));
            let form = concept.form_of(&shown.article.lang, &mention.term);
            let renderings: Vec<&str> =
                langs.iter().map(|lang| concept.rendering(lang, form).map_or(UNRECORDED, |term| &term.text)).collect();
            card::line(out, "", &format!("{written} → {}", renderings.join(" · ")), anstyle::Style::new())?;
        }
    }
    Ok(())
}

fn csv(out: &mut impl Write, shown: &ShownArticle, langs: &[Lang]) -> Result<(), Failure> {
    let mut writer = csv::Writer::from_writer(out);
    let mut header = vec!["segment", "start", "end", "text", "concept", "kind"];
    header.extend(langs.iter().map(Lang::tag));
    writer.write_record(&header).map_err(write_error)?;
    for (number, segment) in shown.segments.iter().enumerate() {
        for (mention, concept) in &segment.mentions {
            let mut row = vec![
                (number + 1).to_string(),
                mention.span.start.to_string(),
                mention.span.end.to_string(),
                mention.span.of(&segment.text).to_owned(),
                concept.id.as_str().to_owned(),
                concept.kind.name().to_owned(),
            ];
            let form = concept.form_of(&shown.article.lang, &mention.term);
            let renderings =
                langs.iter().map(|lang| concept.rendering(lang, form).map_or(String::new(), |term| term.text.clone()));
            row.extend(renderings);
            writer.write_record(&row).map_err(write_error)?;
        }
    }
    writer.flush()?;
    Ok(())
}
