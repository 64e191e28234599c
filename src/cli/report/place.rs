//! Places as other programs write them.

/// Returns a path with `/` between its parts, as programs on all systems read it.
pub fn slashed(path: &str) -> String {
    if cfg!(windows) { path.replace('\\', "/") } else { path.to_owned() }
}
