//! Keeps names right when a story crosses English, Korean and Chinese.

pub mod lang;
pub mod names;
pub mod text;
