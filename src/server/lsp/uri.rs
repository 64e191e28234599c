//! Addresses: of files as paths, and of concepts, which are in no file, as `tongsa:npc.zhao-leji`.

use std::path::PathBuf;

use crate::glossary::concept::ConceptId;
use crate::server::address;

/// The scheme of the addresses of concepts.
pub const CONCEPT_SCHEME: &str = "tongsa";

/// Returns the path that a `file:` address names; `None` for other addresses and for names that are not UTF-8.
pub fn file_path(uri: &str) -> Option<PathBuf> {
    let rest = uri.strip_prefix("file://")?;
    let path = address::decoded(&rest[rest.find('/')?..])?;
    // file:///c:/desk names c:/desk.
    let drive = path.strip_prefix('/').filter(|path| path.as_bytes().get(1) == Some(&b':'));
    Some(PathBuf::from(drive.unwrap_or(&path)))
}

/// Returns the last part of an address, as the name of a file.
pub fn file_name(uri: &str) -> String {
    let last = uri.rsplit(['/', ':']).next().unwrap_or(uri);
    address::decoded(last).unwrap_or_else(|| last.to_owned())
}

/// Returns the address of a concept.
pub fn of_concept(id: &ConceptId) -> String {
    format!("{CONCEPT_SCHEME}:{}", address::encoded(id.as_str()))
}

/// Returns the concept that an address names.
pub fn concept(uri: &str) -> Option<ConceptId> {
    let id = uri.strip_prefix(CONCEPT_SCHEME)?.strip_prefix(':')?;
    address::decoded(id).map(ConceptId)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_name_files() {
        for (uri, path) in [
            ("file:///desk/a%20b/%ED%95%9C.md", Some("/desk/a b/한.md")),
            ("file://host/desk/a.md", Some("/desk/a.md")),
            ("file:///c%3A/desk/a.md", Some("c:/desk/a.md")),
            ("file:///desk/%FF.md", None),
            ("file:///desk/%4", None),
            ("file://", None),
            ("untitled:Untitled-1", None),
        ] {
            assert_eq!(file_path(uri), path.map(PathBuf::from), "{uri}");
        }
        assert_eq!(file_name("file:///desk/a%20b.md"), "a b.md");
        assert_eq!(file_name("untitled:Untitled-1"), "Untitled-1");
        assert_eq!(file_name(""), "");
    }

    #[test]
    fn addresses_name_concepts() {
        for (id, uri) in [("npc.zhao-leji", "tongsa:npc.zhao-leji"), ("desk.조락제", "tongsa:desk.%EC%A1%B0%EB%9D%BD%EC%A0%9C")]
        {
            let id = ConceptId(id.to_owned());
            assert_eq!(of_concept(&id), uri);
            assert_eq!(concept(uri), Some(id));
        }
        assert_eq!(concept("file:///a"), None);
    }
}
