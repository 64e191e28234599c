//! Findings as SARIF 2.1.0, which code hosts and editors show in place.
//!
//! Columns count code units of UTF-16, as the readers of SARIF do that pass over `columnKind`; no byte order mark counts. The
//! bytes of a place are given beside them where the file is UTF-8, and only there are they the bytes of the file. Offsets in
//! characters are left out: the standard does not say in which unit.

mod shape;

use std::collections::HashMap;
use std::io::Write;

use tongsa::check::finding::{Finding, Fix, Severity, SourceQuote};
use tongsa::check::rules::{RULES, Rule};
use tongsa::exchange::draft_file::DraftFile;
use tongsa::glossary::concept::ConceptId;
use tongsa::text::hash;
use tongsa::text::line_index::ColumnUnit;
use tongsa::text::span::Span;

use crate::cli::failure::Failure;
use crate::cli::report::CheckedFile;
use crate::cli::report::place;
use crate::cli::report::sarif::shape::{
    Artifact, ArtifactChange, ArtifactLocation, Component, Configuration, Descriptor, FindingProperties, Fingerprints,
    FixShape, Location, Log, Message, PhysicalLocation, Region, Replacement, ResultShape, Run, SCHEMA, Snippet, Tool, VERSION,
};

/// Writes the report on some drafts.
pub fn write(out: &mut dyn Write, checked: &[CheckedFile]) -> Result<(), Failure> {
    let rules = rules(checked);
    let places: HashMap<&str, usize> = rules.iter().enumerate().map(|(at, rule)| (rule.id, at)).collect();
    let (artifacts, results) = artifacts_and_results(checked, &places);
    let driver = Component { name: "tongsa", semantic_version: env!("CARGO_PKG_VERSION"), rules };
    let run = Run {
        tool: Tool { driver },
        artifacts,
        results,
        column_kind: "utf16CodeUnits",
        newline_sequences: ["\r\n", "\n", "\r"],
    };
    serde_json::to_writer(&mut *out, &Log { schema: SCHEMA, version: VERSION, runs: [run] })?;
    writeln!(out)?;
    Ok(())
}

/// Returns every rule of the register, then those that only findings name.
fn rules(checked: &[CheckedFile]) -> Vec<Descriptor> {
    let mut rules: Vec<Descriptor> = RULES.iter().map(descriptor).collect();
    for finding in checked.iter().flat_map(|draft| &draft.report.findings) {
        if !rules.iter().any(|rule| rule.id == finding.rule) {
            let configuration = Configuration { enabled: true, level: level(finding.severity) };
            let words = || Message { text: finding.rule };
            rules.push(Descriptor {
                id: finding.rule,
                short_description: words(),
                full_description: words(),
                help: words(),
                default_configuration: configuration,
            });
        }
    }
    rules
}

fn descriptor(rule: &Rule) -> Descriptor {
    let first = rule.manual.find(". ").map_or(rule.manual, |end| &rule.manual[..=end]);
    Descriptor {
        id: rule.name,
        short_description: Message { text: first },
        full_description: Message { text: rule.manual },
        help: Message { text: rule.manual },
        default_configuration: Configuration { enabled: rule.on, level: level(rule.severity) },
    }
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
    }
}

/// Returns each file once, however often it was named, and the results with the numbers of their files.
fn artifacts_and_results<'a>(
    checked: &'a [CheckedFile],
    rules: &HashMap<&str, usize>,
) -> (Vec<Artifact>, Vec<ResultShape<'a>>) {
    let (mut artifacts, mut results) = (Vec::new(), Vec::new());
    let mut numbers = HashMap::new();
    for draft in checked {
        let number = *numbers.entry(&draft.path).or_insert_with(|| {
            artifacts.push(artifact(draft));
            artifacts.len() - 1
        });
        results.extend(results_of(number, draft, rules));
    }
    (artifacts, results)
}

fn artifact(draft: &CheckedFile) -> Artifact {
    let encoding = draft.file.encoding.map(|encoding| encoding.encoding.name());
    Artifact { location: location(&draft.path, None), roles: ["analysisTarget"], encoding }
}

fn location(path: &str, index: Option<usize>) -> ArtifactLocation {
    ArtifactLocation { uri: place::uri(path), index }
}

fn results_of<'a>(artifact: usize, draft: &'a CheckedFile, rules: &HashMap<&str, usize>) -> Vec<ResultShape<'a>> {
    let mut seen: HashMap<u64, usize> = HashMap::new();
    let findings = draft.report.findings.iter().map(|finding| {
        let print = fingerprint(draft, finding);
        let nth = seen.entry(print).and_modify(|nth| *nth += 1).or_insert(1);
        let at = location(&draft.path, Some(artifact));
        // What lies in no text file has no region to write to.
        let fix = finding.fix.as_ref().filter(|_| draft.file.encoding.is_some());
        let fix = fix.and_then(|fix| fix_shape(draft, fix, at.clone()));
        ResultShape {
            rule_id: finding.rule,
            rule_index: rules.get(finding.rule).copied(),
            level: level(finding.severity),
            message: Message { text: &finding.message },
            locations: [Location { physical_location: physical(&draft.file, finding.span, at), message: None }],
            related_locations: finding.source.iter().map(related).collect(),
            partial_fingerprints: Fingerprints { finding: format!("{print:016x}:{nth}") },
            fixes: fix.into_iter().collect(),
            properties: FindingProperties {
                concept: finding.concept.as_ref().map(ConceptId::as_str),
                suggestions: &finding.suggestions,
            },
        }
    });
    findings.collect()
}

fn physical(file: &DraftFile, span: Span, artifact_location: ArtifactLocation) -> PhysicalLocation<'_> {
    let region = Region { snippet: Some(Snippet { text: span.of(&file.text).into() }), ..region(file, span) };
    PhysicalLocation { artifact_location, region }
}

fn region<'a>(file: &DraftFile, span: Span) -> Region<'a> {
    let (start, end) = place::range(file, span, ColumnUnit::Utf16);
    let is_utf8 = file.encoding.is_some_and(|encoding| encoding.encoding.name() == "UTF-8");
    let bytes = is_utf8.then(|| file.place(span).bytes);
    Region {
        start_line: start.line,
        start_column: Some(start.column),
        end_line: Some(end.line),
        end_column: Some(end.column),
        byte_offset: bytes.map(|bytes| bytes.start),
        byte_length: bytes.map(|bytes| bytes.len()),
        snippet: None,
    }
}

/// The source text is not at hand for its columns to be counted in UTF-16; the line is enough to find the words.
fn related(quote: &SourceQuote) -> Location<'_> {
    let region = Region { start_line: quote.place.line, ..Region::default() };
    let physical_location = PhysicalLocation { artifact_location: location(&quote.name, None), region };
    Location { physical_location, message: Some(Message { text: &quote.text }) }
}

/// A fix over markup is more than one replacement, of which no reader makes a half; it is left to `--fix`.
fn fix_shape<'a>(draft: &CheckedFile, fix: &'a Fix, artifact_location: ArtifactLocation) -> Option<FixShape<'a>> {
    let text = draft.file.replacement(fix.span, &fix.text)?;
    let replacement = Replacement { deleted_region: region(&draft.file, fix.span), inserted_content: Snippet { text } };
    let text = if fix.safe { "safe to write without asking" } else { "probable: look at it first" };
    Some(FixShape {
        description: Message { text },
        artifact_changes: [ArtifactChange { artifact_location, replacements: [replacement] }],
    })
}

/// Returns a number that stays with a finding while lines move: a hash of what it says.
fn fingerprint(draft: &CheckedFile, finding: &Finding) -> u64 {
    let concept = finding.concept.as_ref().map_or("", ConceptId::as_str);
    let said = [finding.rule, concept, finding.span.of(&draft.file.text), &finding.message];
    let bytes = said.iter().flat_map(|part| part.bytes().chain([0]));
    hash::fnv1a(bytes)
}
