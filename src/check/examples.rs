//! Examples of what each rule finds and leaves alone: the fixtures that the tests hold it to.

/// The fixtures by the names of the rules.
const FIXTURES: [(&str, &str); 27] = [
    ("acronym", include_str!("../../tests/rules/acronym.txt")),
    ("country-order", include_str!("../../tests/rules/country-order.txt")),
    ("deprecated-term", include_str!("../../tests/rules/deprecated-term.txt")),
    ("first-mention", include_str!("../../tests/rules/first-mention.txt")),
    ("forbidden-term", include_str!("../../tests/rules/forbidden-term.txt")),
    ("homograph", include_str!("../../tests/rules/homograph.txt")),
    ("inconsistent-rendering", include_str!("../../tests/rules/inconsistent-rendering.txt")),
    ("missing-rendering", include_str!("../../tests/rules/missing-rendering.txt")),
    ("mixed-forms", include_str!("../../tests/rules/mixed-forms.txt")),
    ("mixed-script", include_str!("../../tests/rules/mixed-script.txt")),
    ("name-drift", include_str!("../../tests/rules/name-drift.txt")),
    ("name-order", include_str!("../../tests/rules/name-order.txt")),
    ("near-miss", include_str!("../../tests/rules/near-miss.txt")),
    ("number-mismatch", include_str!("../../tests/rules/number-mismatch.txt")),
    ("outdated-name", include_str!("../../tests/rules/outdated-name.txt")),
    ("particle", include_str!("../../tests/rules/particle.txt")),
    ("romanization-variant", include_str!("../../tests/rules/romanization-variant.txt")),
    ("second-mention", include_str!("../../tests/rules/second-mention.txt")),
    ("transcription-rule", include_str!("../../tests/rules/transcription-rule.txt")),
    ("unintroduced-surname", include_str!("../../tests/rules/unintroduced-surname.txt")),
    ("unknown-ignore", include_str!("../../tests/rules/unknown-ignore.txt")),
    ("unused-ignore", include_str!("../../tests/rules/unused-ignore.txt")),
    ("wrong-character", include_str!("../../tests/rules/wrong-character.txt")),
    ("wrong-institution", include_str!("../../tests/rules/wrong-institution.txt")),
    ("wrong-reading", include_str!("../../tests/rules/wrong-reading.txt")),
    ("wrong-rendering", include_str!("../../tests/rules/wrong-rendering.txt")),
    ("wrong-title", include_str!("../../tests/rules/wrong-title.txt")),
];

/// A draft of a few sentences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Example {
    /// The tag of its language and the choices of the desk, or its day: `ko`, `ko+characters`, `en@2026-01-07`.
    pub lang: &'static str,
    /// The language and the words of the text that it was translated from, where it stands beside one.
    pub source: Option<(&'static str, &'static str)>,
    /// The text, in which `⟦written→form⟧` marks what the rule finds and what it would write; nothing is marked where it
    /// finds nothing.
    pub text: &'static str,
}

impl Example {
    /// Returns whether the rule finds something in it.
    pub fn is_found(&self) -> bool {
        self.text.contains('⟦')
    }
}

/// Returns the examples of a rule in their order, none where there is no such rule.
pub fn examples(rule: &str) -> impl Iterator<Item = Example> {
    let fixtures = FIXTURES.iter().find(|(name, _)| *name == rule).map_or("", |(_, fixtures)| fixtures);
    let paragraphs = fixtures.split("\n\n").filter_map(|fixture| fixture.trim().split_once(": "));
    paragraphs.map(|(lang, text)| match (lang.split_once('>'), text.split_once(" ‖ ")) {
        (Some((from, lang)), Some((source, text))) => Example { lang, source: Some((from, source)), text },
        _ => Example { lang, source: None, text },
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::rules::RULES;

    #[test]
    fn every_rule_has_examples_of_both_kinds() {
        let names: Vec<&str> = FIXTURES.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, RULES.map(|rule| rule.name));
        for rule in RULES {
            let (found, silent): (Vec<_>, Vec<_>) = examples(rule.name).partition(Example::is_found);
            assert!(!found.is_empty() && !silent.is_empty(), "{}", rule.name);
        }
        assert_eq!(examples("no-rule").count(), 0);
    }
}
