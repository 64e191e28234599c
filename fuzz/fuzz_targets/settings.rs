//! Any text is read as settings, as a baseline and as a diff, or refused.
#![no_main]

use std::path::Path;

use libfuzzer_sys::fuzz_target;
use tongsa::exchange::unified_diff;
use tongsa::settings::SettingsFile;
use tongsa::wire::baseline;

fuzz_target!(|text: &str| {
    let _ = SettingsFile::parse(text, Path::new("."), "tongsa.toml");
    let _ = baseline::read(text);
    let _ = unified_diff::read(text);
});
