//! The objects of SARIF 2.1.0 that a report of findings needs, by the names of the standard (OASIS, errata 01).

use std::borrow::Cow;

use serde::Serialize;

/// Where the schema of the standard lies.
pub const SCHEMA: &str = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// The version of the standard.
pub const VERSION: &str = "2.1.0";

/// `sarifLog`, section 3.13.
#[derive(Serialize)]
pub struct Log<'a> {
    #[serde(rename = "$schema")]
    pub schema: &'static str,
    pub version: &'static str,
    pub runs: [Run<'a>; 1],
}

/// `run`, section 3.14.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Run<'a> {
    pub tool: Tool,
    pub artifacts: Vec<Artifact>,
    pub results: Vec<ResultShape<'a>>,
    pub column_kind: &'static str,
    pub newline_sequences: [&'static str; 3],
}

/// `tool`, section 3.18.
#[derive(Serialize)]
pub struct Tool {
    pub driver: Component,
}

/// `toolComponent`, section 3.19.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Component {
    pub name: &'static str,
    pub semantic_version: &'static str,
    pub rules: Vec<Descriptor>,
}

/// `reportingDescriptor`, section 3.49.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Descriptor {
    pub id: &'static str,
    pub short_description: Message<'static>,
    pub full_description: Message<'static>,
    pub help: Message<'static>,
    pub default_configuration: Configuration,
}

/// `reportingConfiguration`, section 3.50.
#[derive(Serialize)]
pub struct Configuration {
    pub enabled: bool,
    pub level: &'static str,
}

/// `message` and `multiformatMessageString`, sections 3.11 and 3.12.
#[derive(Serialize)]
pub struct Message<'a> {
    pub text: &'a str,
}

/// `artifact`, section 3.24.
#[derive(Serialize)]
pub struct Artifact {
    pub location: ArtifactLocation,
    pub roles: [&'static str; 1],
    #[serde(skip_serializing_if = "Option::is_none")]
    pub encoding: Option<&'static str>,
}

/// `artifactLocation`, section 3.4.
#[derive(Clone, Serialize)]
pub struct ArtifactLocation {
    pub uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
}

/// `result`, section 3.27.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ResultShape<'a> {
    pub rule_id: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule_index: Option<usize>,
    pub level: &'static str,
    pub message: Message<'a>,
    pub locations: [Location<'a>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub related_locations: Vec<Location<'a>>,
    pub partial_fingerprints: Fingerprints,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub fixes: Vec<FixShape<'a>>,
    pub properties: FindingProperties<'a>,
}

/// What stays the same of a result while lines move, by the way it is computed.
#[derive(Serialize)]
pub struct Fingerprints {
    #[serde(rename = "tongsaFinding/v1")]
    pub finding: String,
}

/// What the standard has no place for.
#[derive(Serialize)]
pub struct FindingProperties<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub concept: Option<&'a str>,
    pub suggestions: &'a [String],
}

/// `location`, section 3.28.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Location<'a> {
    pub physical_location: PhysicalLocation<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub message: Option<Message<'a>>,
}

/// `physicalLocation`, section 3.29.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PhysicalLocation<'a> {
    pub artifact_location: ArtifactLocation,
    pub region: Region<'a>,
}

/// `region`, section 3.30. Lines and columns count from 1, bytes from 0; an end is behind its last character.
#[derive(Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Region<'a> {
    pub start_line: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub start_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte_offset: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub byte_length: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub snippet: Option<Snippet<'a>>,
}

/// `artifactContent`, section 3.3.
#[derive(Serialize)]
pub struct Snippet<'a> {
    pub text: Cow<'a, str>,
}

/// `fix`, section 3.55.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct FixShape<'a> {
    pub description: Message<'a>,
    pub artifact_changes: [ArtifactChange<'a>; 1],
}

/// `artifactChange`, section 3.56.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ArtifactChange<'a> {
    pub artifact_location: ArtifactLocation,
    pub replacements: [Replacement<'a>; 1],
}

/// `replacement`, section 3.57.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Replacement<'a> {
    pub deleted_region: Region<'a>,
    pub inserted_content: Snippet<'a>,
}
