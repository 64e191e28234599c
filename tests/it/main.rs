//! The integration tests: what the whole program promises.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "tests fail by panicking and report figures")]

mod browser;
mod check_gold;
mod completions;
mod desk;
mod draft_formats;
mod draft_survival;
mod drafts;
mod editor;
mod fixing;
mod fuzzy;
mod hostile;
mod large_drafts;
mod layers;
mod lookup_gold;
mod lsp;
mod mcp;
mod memory_batches;
mod memory_hostile;
mod memory_survival;
mod near;
mod neovim;
mod office_files;
mod page;
mod program;
mod readings;
mod reports;
mod rules;
mod segmentation_gold;
mod server;
mod shipped;
mod sounds;
mod survival;
mod units_exchange;
