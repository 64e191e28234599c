//! The tool `lookup`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::server::card;
use crate::server::mcp::tools::{self, Answer, Question, Refusal};
use crate::server::readers::Readers;
use crate::wire::LookupLine;
use crate::workspace::lookup::{LONGEST_QUERY, LookupOptions};

/// So many kept segments are shown in which a name was seen.
const SIGHTINGS: usize = 2;

/// The arguments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Lookup {
    /// A name as you have it, in any of the languages and scripts, or one sentence with names in it
    name: String,
    /// At most so many concepts, 1 to 50; 5 where it is left out
    #[schemars(range(min = 1, max = 50))]
    limit: Option<u32>,
    /// None with a lower score, 0 to 100; 0 where it is left out
    #[schemars(range(max = 100))]
    min_score: Option<u32>,
}

impl Question for Lookup {
    const NAME: &'static str = "lookup";
    const TITLE: &'static str = "Look up a name";
    const DESCRIPTION: &'static str = "Look up the agreed rendering of a person, office, institution, place or term in English, \
        Korean and Chinese. Use it whenever a name is to be written in another language, or is in doubt: any script, \
        romanisation, misspelling or old form finds it. Each match says how it was found, with a score: `exact`, `folded` and \
        `variant` are certain, `fuzzy` is a guess. No match means that nothing is recorded; do not invent one.";

    fn answer(self, readers: &Readers) -> Result<Answer, Refusal> {
        let name = tools::query("name", &self.name, LONGEST_QUERY)?;
        let limit = tools::number("limit", self.limit, 5, 1..=50)? as usize;
        let min_score = tools::number("min_score", self.min_score, 0, 0..=100)? as u8;
        let options = LookupOptions { limit, min_score, sightings: SIGHTINGS };
        let answer = readers.read(|workspace| workspace.lookup(name, options))?;
        let matches = &answer.lookup.matches;
        let cards = matches.iter().map(|found| {
            let remark = format!(" · {} {}: {}", found.score, found.how.name(), found.why);
            card::card(&found.found.concept, &remark)
        });
        let mut text = cards.collect::<Vec<_>>().join("\n");
        if matches.is_empty() {
            text = format!(
                "{name}: nothing is recorded, and nothing is near enough to guess. `suggest` says what the rules give."
            );
        }
        Answer::new(text, &LookupLine::new(&answer))
    }
}
