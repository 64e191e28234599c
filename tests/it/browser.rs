//! The page in Chromium: what a person does with it, as `tests/page/browser.mjs` has it.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::server::client::Server;

const FOLDER: &str = "tests/page";
const CHROMIUM: &str = "/usr/bin/chromium";

/// Returns what is missing to run a browser here.
fn missing() -> Option<&'static str> {
    let node = Command::new("node").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    if !node.is_ok_and(|status| status.success()) {
        Some("node")
    } else if !Path::new(CHROMIUM).exists() && std::env::var_os("CHROMIUM").is_none() {
        Some("chromium; install it, or name it in CHROMIUM")
    } else if !Path::new(FOLDER).join("node_modules/playwright-core").exists() {
        Some("playwright-core; run `npm ci` in tests/page")
    } else {
        None
    }
}

#[test]
fn a_person_can_work_with_the_page() {
    if let Some(missing) = missing() {
        // Where changes are judged it must not be passed over.
        assert!(std::env::var("CI").is_err(), "the page cannot be tried in a browser: there is no {missing}");
        println!("the page was not tried in a browser: there is no {missing}");
        return;
    }
    let server = Server::start(&[]);
    let address = format!("http://{}", server.address);
    let run = Command::new("node").args(["browser.mjs", &address]).current_dir(FOLDER).output().unwrap();
    let said = String::from_utf8_lossy(&run.stdout);
    assert!(run.status.success(), "{said}{}", String::from_utf8_lossy(&run.stderr));
    println!("{said}");
}
