//! The tool `suggest`.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::server::mcp::tools::{self, Answer, Question, Refusal};
use crate::server::readers::Readers;
use crate::wire::SuggestLine;
use crate::wire::subject::{self, BearerName, OriginName};
use crate::workspace::suggest::{LONGEST_NAME, Proposal, Proposed};

/// The arguments.
#[derive(Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Suggest {
    /// The name
    name: String,
    /// The language to render it in: en, ko, zh-Hans or zh-Hant
    to: String,
    /// What bears the name; told by its letters where it is left out
    kind: Option<BearerName>,
    /// Where the bearer is from; told by the letters where it is left out
    origin: Option<OriginName>,
    /// Whether the person died before 1911
    #[serde(default)]
    before_1911: bool,
}

impl Question for Suggest {
    const NAME: &'static str = "suggest";
    const TITLE: &'static str = "Suggest a rendering";
    const DESCRIPTION: &'static str = "Say what the official rules of transcription and romanisation make of a name that no \
        glossary has. Use it only after `lookup` has found nothing. `verified` suggestions are recorded; all others are \
        unverified, and have to be called so. Where a form cannot be known, such as the hanja of a Korean name, there is none, \
        and `reason` says why.";

    fn answer(self, readers: &Readers) -> Result<Answer, Refusal> {
        let to = tools::language(&self.to)?;
        let name = tools::query("name", &self.name, LONGEST_NAME)?;
        let subject = subject::subject(self.kind, self.origin, self.before_1911);
        let proposal = readers.read(|workspace| workspace.suggest(name, &to, subject))?;
        Answer::new(lines(&proposal), &SuggestLine::new(&proposal))
    }
}

fn lines(proposal: &Proposal) -> String {
    let suggestions = proposal.suggestions.iter().map(|Proposed { suggestion, verified }| {
        let percent = suggestion.confidence * 100.0;
        let sure = if *verified { "recorded".to_owned() } else { format!("unverified, {percent:.0} %") };
        format!("- {} ({sure}): {}", suggestion.text, suggestion.rule)
    });
    let head = format!("{} in {}:", proposal.name, proposal.to);
    let reason = proposal
        .reason
        .iter()
        .map(|reason| if proposal.suggestions.is_empty() { format!("- none: {reason}") } else { format!("- note: {reason}") });
    std::iter::once(head).chain(suggestions).chain(reason).collect::<Vec<_>>().join("\n")
}
