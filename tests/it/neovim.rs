//! The language server in Neovim, where there is one.

use std::process::{Command, Stdio};

use crate::desk::Desk;

#[test]
fn neovim_shows_findings_and_takes_fixes() {
    if Command::new("nvim").arg("--version").stdout(Stdio::null()).status().is_err() {
        assert_ne!(std::env::var("CI").as_deref(), Ok("true"), "nvim is missing; `apt-get install neovim` brings it");
        println!("skipped: nvim is missing, so the language server is not tried in Neovim");
        return;
    }
    let desk = Desk::new();
    desk.write("draft.md", "이재명 대통령은 습근평과 만났다.\n");
    let script = format!("luafile {}/tests/editors/neovim.lua", env!("CARGO_MANIFEST_DIR"));
    let mut command = Command::new("nvim");
    command.args(["--headless", "-u", "NONE", "-i", "NONE", "-n", "-c", &script]);
    command.env("TONGSA", env!("CARGO_BIN_EXE_tongsa")).env("TONGSA_STORE", desk.path("store.db"));
    command
        .env("DRAFT", desk.path("draft.md"))
        .env("XDG_STATE_HOME", desk.path("state"))
        .env("XDG_CACHE_HOME", desk.path("cache"));
    let output = command.stdin(Stdio::null()).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{said}{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(said.lines().last(), Some("done"), "{said}");
}
