//! The tool `match`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::server::mcp::tools::{self, Answer, Question, Refusal};
use crate::server::readers::Readers;
use crate::wire::units::MatchLine;
use crate::workspace::fuzzy_match::{MatchAnswer, MatchOptions, UnitFilter};
use crate::workspace::lookup::LONGEST_QUERY;

/// The arguments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Match {
    /// One sentence
    segment: String,
    /// The language of its translation: en, ko, zh-Hans or zh-Hant
    to: String,
    /// The language of the sentence; told by its letters where it is left out
    from: Option<String>,
    /// None with a lower score, 1 to 100; 70 where it is left out
    #[schemars(range(min = 1, max = 100))]
    min_score: Option<u32>,
    /// At most so many matches, 1 to 50; 5 where it is left out
    #[schemars(range(min = 1, max = 50))]
    limit: Option<u32>,
}

impl Question for Match {
    const NAME: &'static str = "match";
    const TITLE: &'static str = "Find earlier translations";
    const DESCRIPTION: &'static str = "Find sentences of the desk's translation memory that are like this one, with their \
        translations, how like they are in per cent, what differs, and the renderings of the names in the sentence. Use it \
        before you translate a sentence of an official text, a statement or a recurring story, and keep to the wording of a \
        good match.";

    fn answer(self, readers: &Readers) -> Result<Answer, Refusal> {
        let segment = tools::query("segment", &self.segment, LONGEST_QUERY)?;
        let options = MatchOptions {
            from: self.from.as_deref().map(tools::language).transpose()?,
            to: tools::language(&self.to)?,
            min_score: tools::number("min_score", self.min_score, 70, 1..=100)? as u8,
            limit: tools::number("limit", self.limit, 5, 1..=50)? as usize,
            filter: UnitFilter::default(),
            penalties: Vec::new(),
        };
        let answer = readers.read(|workspace| workspace.match_segment(segment, &options))?;
        Answer::new(lines(&answer), &MatchLine::new(&answer))
    }
}

fn lines(answer: &MatchAnswer) -> String {
    let mut lines = vec![match answer.matches.len() {
        0 => "No kept sentence is near enough.".to_owned(),
        _ => "Kept sentences with their translations:".to_owned(),
    }];
    for found in &answer.matches {
        let origin = found.origins.first().map_or("", |origin| &origin.source);
        lines.push(format!(
            "- {} %: {}\n  {}: {}\n  from {origin}",
            found.score, found.source.text, found.target.lang, found.target.text
        ));
    }
    for term in &answer.terms {
        let rendering = term.rendering.as_deref().unwrap_or("nothing recorded");
        lines.push(format!("- {} → {rendering}", term.span.of(&answer.query)));
    }
    lines.join("\n")
}
