//! The file of known findings that `tongsa check --baseline` reads.
//!
//! ```json
//! {"tongsa-baseline":1,"drafts":{"a.md":[{"rule":"deprecated-term","about":"place.beijing","line":"7c8f...","count":1}]}}
//! ```

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::check::baseline::{Baseline, Fingerprint};

/// The version that this program reads and writes.
pub const VERSION: u64 = 1;

/// Why a text is no baseline.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BaselineError {
    /// It is no such JSON.
    #[error("is no baseline of tongsa ({0}); write it with --write-baseline")]
    Shape(String),
    /// It is of another version.
    #[error("is a baseline of version {0}, and this tongsa reads version {VERSION}; write it again with --write-baseline")]
    Version(u64),
}

#[derive(Debug, Deserialize)]
struct VersionShape {
    #[serde(rename = "tongsa-baseline")]
    version: u64,
}

#[derive(Debug, Serialize, Deserialize)]
struct BaselineShape {
    #[serde(rename = "tongsa-baseline")]
    version: u64,
    drafts: BTreeMap<String, Vec<KnownShape>>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KnownShape {
    rule: String,
    about: String,
    /// The hash of the line, in sixteen hexadecimal digits.
    line: String,
    count: usize,
}

/// Reads a baseline.
pub fn read(text: &str) -> Result<Baseline, BaselineError> {
    let shape = |error: serde_json::Error| BaselineError::Shape(error.to_string());
    let VersionShape { version } = serde_json::from_str(text).map_err(shape)?;
    if version != VERSION {
        return Err(BaselineError::Version(version));
    }
    let file: BaselineShape = serde_json::from_str(text).map_err(shape)?;
    let mut baseline = Baseline::default();
    for (draft, known) in file.drafts {
        let counts = baseline.drafts.entry(draft).or_default();
        for KnownShape { rule, about, line, count } in known {
            let hash = u64::from_str_radix(&line, 16);
            let line = hash.map_err(|_| BaselineError::Shape(format!("`{line}` is no hash of a line")))?;
            let known = counts.entry(Fingerprint { rule, about, line }).or_default();
            *known = known.saturating_add(count);
        }
    }
    Ok(baseline)
}

/// Writes a baseline: a finding a line, in an order that stays, so that a change of it is easy to review.
pub fn write(baseline: &Baseline) -> Result<String, serde_json::Error> {
    let known = |(fingerprint, count): (&Fingerprint, &usize)| KnownShape {
        rule: fingerprint.rule.clone(),
        about: fingerprint.about.clone(),
        line: format!("{:016x}", fingerprint.line),
        count: *count,
    };
    let drafts = baseline.drafts.iter().map(|(draft, counts)| (draft.clone(), counts.iter().map(known).collect()));
    let shape = BaselineShape { version: VERSION, drafts: drafts.collect() };
    Ok(serde_json::to_string_pretty(&shape)? + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_no_baseline_is_refused() {
        for (text, sentence) in [
            ("{\"tongsa-baseline\":2,\"files\":[]}", "is a baseline of version 2, and this tongsa reads version 1"),
            ("{}", "is no baseline of tongsa (missing field `tongsa-baseline`"),
            ("", "is no baseline of tongsa (EOF"),
            ("[1,", "is no baseline of tongsa ("),
            (
                "{\"tongsa-baseline\":1,\"drafts\":{\"a\":[{\"rule\":\"r\",\"about\":\"x\",\"line\":\"zz\",\"count\":1}]}}",
                "is no baseline of tongsa (`zz` is no hash of a line)",
            ),
        ] {
            let error = read(text).unwrap_err().to_string();
            assert!(error.starts_with(sentence), "{error}");
        }
    }

    proptest! {
        #[test]
        fn a_baseline_comes_back_as_it_was(
            drafts in proptest::collection::btree_map("\\PC{0,8}", proptest::collection::btree_map(
                ("[a-z]{0,4}", "\\PC{0,4}", any::<u64>()).prop_map(|(rule, about, line)| Fingerprint { rule, about, line }),
                1..9_usize, 0..4), 0..4)
        ) {
            let baseline = Baseline { drafts };
            prop_assert_eq!(read(&write(&baseline).unwrap()), Ok(baseline));
        }
    }
}
