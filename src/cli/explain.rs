//! `tongsa explain`.

use std::io::{self, Write};

use clap_complete::engine::ArgValueCandidates;
use tongsa::check::examples::{self, Example};
use tongsa::check::rules::{self, Rule};

use crate::cli::failure::Failure;
use crate::cli::rules::level;
use crate::cli::{Outcome, card, completions};

/// Print the manual page of a rule, with what it finds and what it leaves alone
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// The name of the rule
    #[arg(add = ArgValueCandidates::new(completions::rules))]
    rule: String,
}

/// So many examples of each kind are shown: the others are of the same making.
const MOST_EXAMPLES: usize = 4;

/// Prints the page.
pub fn run(arguments: &Arguments) -> Result<Outcome, Failure> {
    let rule = rules::named(&arguments.rule).ok_or_else(|| Failure::question(rules::no_rule(&arguments.rule)))?;
    let mut out = io::BufWriter::new(anstream::stdout().lock());
    page(&mut out, rule)?;
    out.flush()?;
    Ok(Outcome::Good)
}

fn page(out: &mut impl Write, rule: &Rule) -> io::Result<()> {
    let (bold, dim) = (card::BOLD, card::DIM);
    let by_default = if rule.on { level(rule).to_owned() } else { format!("off; {} where it is on", rule.severity) };
    writeln!(out, "{bold}{}{bold:#}  {dim}{by_default}{dim:#}\n", rule.name)?;
    paragraph(out, "", rule.manual)?;
    let (found, silent): (Vec<Example>, Vec<Example>) = examples::examples(rule.name).partition(Example::is_found);
    for (head, examples) in [("It finds", found), ("It leaves alone", silent)] {
        writeln!(out, "\n{bold}{head}{bold:#}")?;
        examples.iter().take(MOST_EXAMPLES).try_for_each(|example| show(out, example))?;
    }
    writeln!(out, "\n{bold}To change it{bold:#}")?;
    paragraph(out, "  ", &format!("on the command line, --rule {}=off (or on, info, warning, error)", rule.name))?;
    paragraph(out, "  ", &format!("in tongsa.toml, [check] rules = {{ {} = \"off\" }}", rule.name))?;
    paragraph(out, "  ", &format!("at one place of a draft, <!-- tongsa-ignore {} -->", rule.name))
}

/// Shows a draft with its marks: what is found, and what is to be written.
fn show(out: &mut impl Write, example: &Example) -> io::Result<()> {
    let (lang, choice) = example.lang.split_once(['+', '@']).unwrap_or((example.lang, ""));
    let choice = if choice.is_empty() { String::new() } else { format!("({choice}) ") };
    if let Some((from, source)) = example.source {
        lines(out, from, source)?;
    }
    lines(out, lang, &format!("{choice}{}", shown(example.text)))
}

/// Writes the lines of a text with its language before the first.
fn lines(out: &mut impl Write, lang: &str, text: &str) -> io::Result<()> {
    let mut label = format!("  {lang:8}");
    for line in text.lines() {
        paragraph(out, &label, line)?;
        label = " ".repeat(label.len());
    }
    Ok(())
}

/// Writes the marks of a fixture for people: `⟦습근평→시진핑⇒시진핑은⟧` as `[습근평 → 시진핑]`.
fn shown(text: &str) -> String {
    let mut parts = text.split('⟦');
    let mut shown = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (mark, rest) = part.split_once('⟧').unwrap_or((part, ""));
        let (written, forms) = mark.split_once('→').unwrap_or((mark, ""));
        let form = forms.split('⇒').next().unwrap_or_default();
        match form {
            "" => shown.push_str(&format!("[{written}]")),
            form => shown.push_str(&format!("[{written} → {form}]")),
        }
        shown.push_str(rest);
    }
    shown
}

/// Writes a text wrapped to the terminal, with a label before its first line and the others under it.
fn paragraph(out: &mut impl Write, label: &str, text: &str) -> io::Result<()> {
    let indent = " ".repeat(label.len());
    let options = textwrap::Options::new(card::width()).initial_indent(label).subsequent_indent(&indent);
    textwrap::wrap(text, options).iter().try_for_each(|line| writeln!(out, "{line}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_shown_as_arrows() {
        for (line, expected) in [
            ("⟦습근평→시진핑⇒시진핑은⟧ 왔다. ⟦Peking→Beijing⟧", "[습근평 → 시진핑] 왔다. [Peking → Beijing]"),
            ("⟦[tongsa-ignore]→⟧ x", "[[tongsa-ignore]] x"),
            ("nothing", "nothing"),
        ] {
            assert_eq!(shown(line), expected);
        }
    }
}
