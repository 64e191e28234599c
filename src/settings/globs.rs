//! Patterns of paths, as `.gitignore` has them: `zh/**`, `*.ko.md`, `drafts/`.

use std::path::Path;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

/// Some patterns; a path fits where it fits one of them.
#[derive(Clone, Debug)]
pub struct Globs(GlobSet);

impl Globs {
    /// Fits nothing.
    pub fn none() -> Self {
        Self(GlobSet::empty())
    }

    /// Makes a set of patterns. A pattern without `/` fits a name in any folder, `drafts/` all that lies in such a folder; the
    /// error says what is wrong with a pattern.
    pub fn new(patterns: &[impl AsRef<str>]) -> Result<Self, String> {
        let mut set = GlobSetBuilder::new();
        for pattern in patterns.iter().map(AsRef::as_ref) {
            let glob = GlobBuilder::new(&spelled_out(pattern)).literal_separator(true).build();
            set.add(glob.map_err(|error| format!("`{pattern}` is no pattern of paths: {}", error.kind()))?);
        }
        set.build().map(Self).map_err(|error| format!("the patterns cannot be used: {}", error.kind()))
    }

    /// Returns whether a path fits one of the patterns.
    pub fn fit(&self, path: &Path) -> bool {
        self.0.is_match(path)
    }
}

fn spelled_out(pattern: &str) -> String {
    let (name, inside) = match pattern.strip_suffix('/') {
        Some(folder) => (folder, "/**"),
        None => (pattern, ""),
    };
    match name.strip_prefix("./").or_else(|| name.strip_prefix('/')) {
        Some(anchored) => format!("{anchored}{inside}"),
        None if name.contains('/') => format!("{name}{inside}"),
        None => format!("**/{name}{inside}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_are_read_as_in_gitignore() {
        for (pattern, fitting, other) in [
            ("zh/**", "zh/a/b.md", "ko/zh/a.md"),
            ("*.ko.md", "desk/a.ko.md", "desk/a.md"),
            ("drafts/", "a/drafts/b/c.md", "drafts.md"),
            ("./notes.md", "notes.md", "a/notes.md"),
            ("a/*.md", "a/b.md", "a/b/c.md"),
            ("한국/*", "한국/기사.md", "韩国/기사.md"),
        ] {
            let globs = Globs::new(&[pattern]).unwrap();
            assert!(globs.fit(Path::new(fitting)), "{pattern} {fitting}");
            assert!(!globs.fit(Path::new(other)), "{pattern} {other}");
        }
        assert!(!Globs::none().fit(Path::new("a")));
        assert!(Globs::new(&["a[b"]).unwrap_err().starts_with("`a[b` is no pattern of paths"));
    }
}
