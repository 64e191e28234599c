//! The rules of the checker for other programs: `tongsa rules --json`.

use serde::Serialize;
use utoipa::ToSchema;

use crate::check::rules::Rule;

/// One rule.
#[derive(Debug, Serialize, ToSchema)]
pub struct RuleShape {
    name: &'static str,
    /// How much its findings matter, also where it is off.
    severity: &'static str,
    on: bool,
    finds: &'static str,
    manual: &'static str,
}

impl RuleShape {
    /// Shapes a rule.
    pub fn new(rule: &Rule) -> Self {
        let Rule { name, severity, on, manual, .. } = *rule;
        Self { name, severity: severity.name(), on, finds: rule.summary(), manual }
    }
}
