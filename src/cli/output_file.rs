//! Where a command writes a file: standard output, or a file that is whole or not there.

use std::fs::File;
use std::io::{self, Write};
use std::path::Path;

use crate::cli::Failure;

/// Writes to a file, or to standard output where there is no path. A file is written beside its place and moved there when it
/// is whole.
pub fn write_to<T>(path: Option<&Path>, write: impl FnOnce(&mut dyn Write) -> Result<T, Failure>) -> Result<T, Failure> {
    let Some(path) = path else {
        let mut out = io::BufWriter::new(io::stdout().lock());
        let written = write(&mut out)?;
        out.flush()?;
        return Ok(written);
    };
    let failed = |error: io::Error| Failure::question(format!("{} cannot be written: {}", path.display(), error.kind()));
    if path.exists() && !path.is_file() {
        // A device or a pipe cannot be replaced, only written to.
        let mut out = io::BufWriter::new(File::options().write(true).open(path).map_err(failed)?);
        let written = write(&mut out)?;
        out.flush()?;
        return Ok(written);
    }
    // A link is followed, so that what it points to is replaced and not the link.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let permissions = path.metadata().map(|metadata| metadata.permissions());
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(".".as_ref());
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    let mut out = io::BufWriter::new(file.as_file_mut());
    let written = write(&mut out)?;
    out.flush().map_err(failed)?;
    drop(out);
    match permissions {
        Ok(permissions) => file.as_file().set_permissions(permissions).map_err(failed)?,
        Err(_) => set_usual_permissions(file.as_file()).map_err(failed)?,
    }
    file.persist(path).map_err(|error| failed(error.error))?;
    Ok(written)
}

/// A temporary file is for its owner only; an exported one is a file like any other.
#[cfg(unix)]
fn set_usual_permissions(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_usual_permissions(_file: &File) -> io::Result<()> {
    Ok(())
}
