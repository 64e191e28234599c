//! `tongsa export`.

use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;

use tongsa::workspace::Workspace;

use crate::cli::Outcome;
use crate::cli::failure::Failure;

/// Export the glossary as CSV, safe to open in a spreadsheet
#[derive(Debug, clap::Args)]
pub struct Arguments {
    /// Only what was imported, not the glossaries that come with tongsa
    #[arg(long)]
    own: bool,
    /// Write to this file [default: standard output]
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Exports the concepts.
pub fn run(arguments: &Arguments, workspace: &Workspace) -> Result<Outcome, Failure> {
    let count = match &arguments.output {
        None => workspace.export(io::BufWriter::new(io::stdout().lock()), arguments.own)?,
        Some(path) if path.exists() && !path.is_file() => {
            // A device or a pipe cannot be replaced, only written to.
            let file = File::options().write(true).open(path);
            let file = file.map_err(|error| Failure::question(format!("{} cannot be written: {error}", path.display())))?;
            workspace.export(io::BufWriter::new(file), arguments.own)?
        }
        Some(path) => {
            let failed =
                |error: io::Error| Failure::question(format!("{} cannot be written: {}", path.display(), error.kind()));
            // A link is followed, so that what it points to is replaced and not the link.
            let path = &path.canonicalize().unwrap_or_else(|_| path.clone());
            let permissions = path.metadata().map(|metadata| metadata.permissions());
            // Written beside its place and moved there when it is whole.
            let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(".".as_ref());
            let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
            let count = workspace.export(io::BufWriter::new(file.as_file_mut()), arguments.own)?;
            file.as_file_mut().flush().map_err(failed)?;
            match permissions {
                Ok(permissions) => file.as_file().set_permissions(permissions).map_err(failed)?,
                Err(_) => set_usual_permissions(file.as_file()).map_err(failed)?,
            }
            file.persist(path).map_err(|error| failed(error.error))?;
            count
        }
    };
    Ok(if count == 0 { Outcome::Wanting } else { Outcome::Good })
}

/// A temporary file is for its owner only; an exported glossary is a file like any other.
#[cfg(unix)]
fn set_usual_permissions(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn set_usual_permissions(_file: &File) -> io::Result<()> {
    Ok(())
}
