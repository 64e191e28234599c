//! The tokens that let programs and people in: a line each in a file that only its owner can read.

use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};

use axum::http::HeaderValue;
use subtle::ConstantTimeEq;

use crate::exchange::encoding;
use crate::server::http::access::Right;

/// A shorter token is soon guessed.
const SHORTEST: usize = 16;
/// A file with more bytes holds something else.
const LONGEST_FILE: u64 = 1 << 20;

/// Why a file of tokens cannot be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TokenFileError {
    /// The system refuses.
    #[error("{path} cannot be read: {reason}")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// Others have access.
    #[error("{path} can be read or written by others than its owner; take that from them with `chmod 600 {path}`", path = .0.display())]
    Shared(PathBuf),
    /// A line is wrong.
    #[error("{path}:{line}: {reason}")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong, and what to write.
        reason: &'static str,
    },
    /// There is no token.
    #[error(
        "there is no token in {0}; write a line such as `reader` or `writer` with a token of at least 16 characters behind it"
    )]
    None(PathBuf),
}

/// The tokens with what they allow.
pub struct Tokens(Vec<(Right, String)>);

impl Tokens {
    /// Reads a file with a line `reader TOKEN` or `writer TOKEN` for each; `#` begins a line that is a comment.
    pub fn read(path: &Path) -> Result<Self, TokenFileError> {
        let unreadable = |error| TokenFileError::Unreadable { path: path.to_owned(), reason: encoding::plain_reason(&error) };
        let file = File::open(path).map_err(unreadable)?;
        // The rights are those of the file that was opened, whatever stands at its path by now.
        let metadata = file.metadata().map_err(unreadable)?;
        if metadata.is_dir() {
            let reason = "it is a folder; name the file in it".to_owned();
            return Err(TokenFileError::Unreadable { path: path.to_owned(), reason });
        }
        if is_shared(&metadata) {
            return Err(TokenFileError::Shared(path.to_owned()));
        }
        let mut text = String::new();
        file.take(LONGEST_FILE).read_to_string(&mut text).map_err(unreadable)?;
        let mut tokens = Vec::new();
        for (number, line) in text.lines().enumerate() {
            let wrong = |reason| TokenFileError::Line { path: path.to_owned(), line: number + 1, reason };
            tokens.extend(token(line).map_err(wrong)?);
        }
        if tokens.is_empty() {
            return Err(TokenFileError::None(path.to_owned()));
        }
        Ok(Self(tokens))
    }

    /// Returns what a token allows; `None` where it is none of these. How long that takes does not depend on how much of it is
    /// right.
    pub fn right_of(&self, token: &[u8]) -> Option<Right> {
        let known = |(right, known): &(Right, String)| bool::from(known.as_bytes().ct_eq(token)).then_some(*right);
        self.0.iter().map(known).fold(None, Option::max)
    }

    /// Returns what the token in a header `Authorization: Bearer TOKEN` allows.
    pub fn right_of_header(&self, value: &HeaderValue) -> Option<Right> {
        let (scheme, token) = value.as_bytes().split_at_checked(7)?;
        scheme.eq_ignore_ascii_case(b"bearer ").then(|| self.right_of(token.trim_ascii()))?
    }
}

fn token(line: &str) -> Result<Option<(Right, String)>, &'static str> {
    let line = line.trim();
    if line.is_empty() || line.starts_with('#') {
        return Ok(None);
    }
    let (kind, token) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
    let right = match kind {
        "reader" => Right::Read,
        "writer" => Right::Write,
        _ => return Err("a line is `reader TOKEN`, `writer TOKEN`, or a comment that begins with #"),
    };
    let token = token.trim_start();
    if token.len() < SHORTEST {
        return Err("a token has at least 16 characters; `openssl rand -hex 32` makes one");
    }
    if !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err("a token has letters, digits and signs of ASCII, and no blank");
    }
    Ok(Some((right, token.to_owned())))
}

#[cfg(unix)]
fn is_shared(metadata: &fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt;
    metadata.is_file() && metadata.permissions().mode() & 0o066 != 0
}

#[cfg(not(unix))]
fn is_shared(_: &fs::Metadata) -> bool {
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Tokens, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens");
        fs::write(&path, text).unwrap();
        #[cfg(unix)]
        fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o600)).unwrap();
        Tokens::read(&path).map_err(|error| error.to_string().replace(&path.display().to_string(), "tokens"))
    }

    #[test]
    fn a_token_allows_what_its_line_says() {
        let tokens = read("# the desk\nreader 0123456789abcdef\n\n  writer\tfedcba9876543210 \n").unwrap();
        let right = |header: &'static str| tokens.right_of_header(&HeaderValue::from_static(header));
        assert_eq!(right("Bearer 0123456789abcdef"), Some(Right::Read));
        assert_eq!(right("bearer  fedcba9876543210"), Some(Right::Write));
        for wrong in
            ["Bearer 0123456789abcde", "Bearer 0123456789abcdef0", "Basic 0123456789abcdef", "0123456789abcdef", "Bearer", ""]
        {
            assert_eq!(right(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_file_that_is_none_is_refused_with_its_line() {
        for (text, sentence) in [
            ("", "there is no token in tokens"),
            ("# nothing\n", "there is no token in tokens"),
            ("reader short\n", "tokens:1: a token has at least 16 characters"),
            ("\nwriter\n", "tokens:2: a token has at least 16 characters"),
            ("admin 0123456789abcdef\n", "tokens:1: a line is `reader TOKEN`"),
            ("reader 0123456789abcdef 0\n", "tokens:1: a token has letters, digits and signs of ASCII"),
            ("reader 이재명이재명이재명\n", "tokens:1: a token has letters, digits and signs of ASCII"),
        ] {
            let error = read(text).err().unwrap();
            assert!(error.starts_with(sentence), "{error}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_file_of_others_is_refused() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("tokens");
        fs::write(&path, "reader 0123456789abcdef\n").unwrap();
        for (mode, shared) in [(0o600, false), (0o400, false), (0o640, true), (0o604, true), (0o620, true), (0o644, true)] {
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(Tokens::read(&path).err(), shared.then(|| TokenFileError::Shared(path.clone())), "{mode:o}");
        }
    }
}
