//! The surfaces for other programs: each decodes a question, calls the workspace, and encodes what comes back.
//!
//! They know neither SQL nor file formats, and read neither the clock nor the environment: the command line hands them what they
//! need.

mod address;
mod card;
pub mod http;
pub mod lsp;
pub mod mcp;
pub mod page;
pub mod readers;
