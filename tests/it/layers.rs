//! Dependencies run one way: the `use` paths of each module are held to the order of the layers.

use std::fs;
use std::path::{Path, PathBuf};

/// The layers from the ground up; modules of one row do not know each other.
const LAYERS: [&[&str]; 9] = [
    &["lang"],
    &["text"],
    &["names"],
    &["glossary", "memory"],
    &["store", "exchange", "check"],
    &["settings"],
    &["workspace"],
    &["wire"],
    &["server"],
];

#[test]
fn dependencies_run_one_way() {
    let mut wrong = Vec::new();
    for file in files(Path::new("src")) {
        let module = module_of(&file);
        let Some(own) = LAYERS.iter().position(|layer| layer.contains(&module.as_str())) else {
            assert!(matches!(module.as_str(), "lib" | "main" | "cli"), "{module} has no layer");
            continue;
        };
        let text = fs::read_to_string(&file).unwrap();
        for used in
            text.split("crate::").skip(1).map(|rest| rest.split(|c: char| !c.is_alphanumeric() && c != '_').next().unwrap())
        {
            let layer = LAYERS.iter().position(|layer| layer.contains(&used));
            let allowed = used == module || layer.is_some_and(|layer| layer < own);
            if !allowed {
                wrong.push(format!("{} uses crate::{used}", file.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn only_the_store_knows_sql_and_only_the_exchange_knows_formats() {
    for file in files(Path::new("src")) {
        let module = module_of(&file);
        let text = fs::read_to_string(&file).unwrap();
        // Tests read what others have written with whatever reads it best.
        let text = text.split("cfg(test)]").next().unwrap();
        for (library, room) in [
            ("rusqlite", "store"),
            ("pulldown_cmark", "exchange"),
            ("encoding_rs", "exchange"),
            ("quick_xml", "exchange"),
            ("toml", "settings"),
            ("globset", "settings"),
            ("ignore::WalkBuilder", "cli"),
            ("zip", "exchange"),
            ("clap", "cli"),
            ("axum", "server"),
            ("lsp_server", "server"),
            ("rmcp", "server"),
        ] {
            let uses = text.contains(&format!("use {library}")) || text.contains(&format!("{library}::"));
            assert!(!uses || module == room, "{} uses {library}", file.display());
        }
        let library = !matches!(module.as_str(), "main" | "cli");
        for outside in ["std::env", "SystemTime", "Instant::now", "std::process", "println!", "eprintln!"] {
            assert!(!library || !text.contains(outside), "{} uses {outside}", file.display());
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// Returns the name of the room: `src/text/fold.rs` is in `text`.
fn module_of(file: &Path) -> String {
    let inside = file.strip_prefix("src").unwrap();
    let first = inside.components().next().unwrap().as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}
