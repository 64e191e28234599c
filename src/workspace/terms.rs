//! Proposing terms: units → pairs of names and phrases that stand together → those that no glossary has.

use crate::glossary::matcher::{self, Reading};
use crate::lang::Lang;
use crate::memory::term_pairs::{TermPair, TermPairLearner};
use crate::text::fold::Folded;
use crate::workspace::{Result, Workspace};

/// Which pairs are proposed.
#[derive(Clone, Debug)]
pub struct TermOptions {
    /// The language of the renderings.
    pub to: Lang,
    /// Only pairs that stand together in so many units.
    pub least: u32,
    /// At most so many pairs.
    pub limit: usize,
}

/// A proposed pair with units in which it stands.
#[derive(Clone, Debug)]
pub struct ProposedTerm {
    /// The pair.
    pub pair: TermPair,
    /// The English segments of its example units, with their numbers.
    pub examples: Vec<(u32, String)>,
}

impl Workspace {
    /// Returns pairs of English terms and their likely renderings that are not in the glossary yet: names first, then phrases,
    /// the surest first.
    pub fn propose_terms(&self, options: &TermOptions) -> Result<Vec<ProposedTerm>> {
        let mut learner = TermPairLearner::new(&options.to);
        self.store.for_some_units(usize::MAX, |row, unit| {
            if let (Some(english), Some(other)) = (unit.variant_within(&Lang::En), unit.variant_within(&options.to)) {
                learner.add(u64::from(row), &english.text, &other.text);
            }
        })?;
        let mut proposed = Vec::new();
        for pair in learner.finish(options.least) {
            if proposed.len() >= options.limit {
                break;
            }
            if !self.is_recorded(&pair.english, &Lang::En)? {
                let examples = self.examples(&pair)?;
                proposed.push(ProposedTerm { pair, examples });
            }
        }
        Ok(proposed)
    }

    fn is_recorded(&self, term: &str, lang: &Lang) -> Result<bool> {
        let reading = Reading { lang: Some(lang), any_case: true };
        let found = matcher::find_terms(&self.store, term, &Folded::new(term), reading)?;
        Ok(found.iter().any(|found| found.span.len() == term.len()))
    }

    fn examples(&self, pair: &TermPair) -> Result<Vec<(u32, String)>> {
        let mut examples = Vec::new();
        for row in &pair.examples {
            let unit = self.store.unit(*row as u32)?;
            let english = unit.and_then(|stored| stored.unit.variant_within(&Lang::En).map(|variant| variant.text.clone()));
            examples.extend(english.map(|text| (*row as u32, text)));
        }
        Ok(examples)
    }
}
