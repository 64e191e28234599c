//! What is known of the bearer of a name, in the words that other programs use.

use schemars::JsonSchema;
use serde::Deserialize;
use utoipa::ToSchema;

use crate::names::han_name::Bearer;
use crate::names::suggestion::{Origin, Subject};

/// What bears the name.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum BearerName {
    Person,
    Place,
    Organization,
}

/// The country that the name is of.
#[derive(Clone, Copy, Debug, Deserialize, JsonSchema, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(crate) enum OriginName {
    Korea,
    China,
}

/// Returns the subject of a question.
pub(crate) fn subject(kind: Option<BearerName>, origin: Option<OriginName>, before_1911: bool) -> Subject {
    let bearer = kind.map(|kind| match kind {
        BearerName::Person => Bearer::Person,
        BearerName::Place => Bearer::Place,
        BearerName::Organization => Bearer::Other,
    });
    let origin = origin.map(|origin| match origin {
        OriginName::Korea => Origin::Korea,
        OriginName::China => Origin::China,
    });
    Subject { bearer, origin, before_1911 }
}
