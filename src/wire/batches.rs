//! The imports that can be taken back.

use serde::Serialize;
use utoipa::ToSchema;

use crate::store::batches::Batch;

/// One import.
#[derive(Debug, Serialize, ToSchema)]
pub struct BatchShape<'a> {
    /// The number to take it back by.
    id: i64,
    /// The file it came from.
    file: &'a str,
    /// When it was made, in RFC 3339.
    made_at: &'a str,
    added: usize,
    changed: usize,
    unchanged: usize,
    rejected: usize,
}

impl<'a> BatchShape<'a> {
    /// Shapes an import.
    pub fn new(batch: &'a Batch) -> Self {
        let Batch { id, source, made_at, counts } = batch;
        Self {
            id: *id,
            file: source,
            made_at,
            added: counts.added,
            changed: counts.changed,
            unchanged: counts.unchanged,
            rejected: counts.rejected,
        }
    }
}
