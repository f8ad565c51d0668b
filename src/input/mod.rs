//! Bytes to [`Document`]: tells the kind of a file by its content and reads it.
//!
//! Comes in: the bytes of a file. Goes out: its text in blocks, or an [`InputError`] that says
//! why not and what to do. It does not judge what the text says.

mod pdf;

use crate::document::{Document, Format};

/// What may be asked of a reader.
#[derive(Clone, Debug)]
pub struct ReadOptions {
    /// Most pages that are read of one file.
    pub max_pages: usize,
    /// Most bytes that any compressed part may inflate to, and all parts together.
    pub max_inflated: u64,
    /// The password to open a locked file with.
    pub password: Option<String>,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self { max_pages: 5_000, max_inflated: 512 << 20, password: None }
    }
}

/// Why a file gave no document. Each message ends with what the user can do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// The file holds no byte.
    #[error("the file is empty")]
    Empty,
    /// A kind of file that is not read.
    #[error("{found} is not read here: {remedy}")]
    Unsupported {
        /// What the file is, as a noun with its article ("an Excel workbook").
        found: String,
        /// What the user can do ("save it as DOCX or PDF").
        remedy: String,
    },
    /// The file needs a password that was not given or is wrong.
    #[error("the file is locked: it needs a password")]
    Locked,
    /// The file is damaged so far that nothing could be read.
    #[error("the file is damaged: {0}; open it in its own program and save a fresh copy")]
    Damaged(String),
    /// A limit that protects this machine was reached.
    #[error("the file was given up: {0}")]
    Limit(String),
}

/// Reads one kind of file.
pub trait Reader: Sync {
    /// The kind that it reads.
    fn format(&self) -> Format;
    /// Whether bytes are of this kind, from their content alone.
    fn recognises(&self, bytes: &[u8]) -> bool;
    /// Reads the bytes.
    ///
    /// # Errors
    /// [`InputError`] where nothing could be read; what is missing in part is a warning of the
    /// document.
    fn read(&self, bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError>;
}

/// Every kind that is read, in the order in which they are tried.
pub static READERS: &[&dyn Reader] = &[&pdf::Pdf];
