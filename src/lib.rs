//! Keeps names right when a story crosses English, Korean and Chinese.

pub mod check;
pub mod exchange;
pub mod glossary;
pub mod lang;
pub mod memory;
pub mod names;
pub mod server;
pub mod settings;
pub mod store;
pub mod text;
pub mod wire;
pub mod workspace;
