//! Bytes to [`Document`]: tells the kind of a file by its content and reads it.
//!
//! Comes in: the bytes of a file. Goes out: its text in blocks, or an [`InputError`] that says
//! why not and what to do. It does not judge what the text says.

mod detect;
mod docx;
pub mod furniture;
mod html;
mod inline;
mod lines;
mod load;
mod markdown;
mod naming;
mod odt;
mod own;
mod package;
mod pdf;
mod pieces;
mod pptx;
mod raised;
mod rtf;
mod text;
mod watch;

pub use detect::as_named;
pub use load::load;
pub use watch::{Step, Watch};

pub use docx::{CommentParts, comment_parts};
pub use pdf::{Corners, Lines, Wanted, locate};

use crate::document::{Document, Format};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What may be asked of a reader.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadOptions {
    /// Largest file that is read, in bytes.
    pub max_bytes: u64,
    /// Most pages that are read of one file.
    pub max_pages: usize,
    /// Most bytes that any compressed part may inflate to, and all parts together.
    pub max_inflated: u64,
    /// Most bytes of text that a document may hold.
    pub max_text: usize,
    /// Pages that are not read, counted from 1: those that a reader came to grief on before.
    pub leave_out: BTreeSet<u32>,
    /// The password to open a locked file with.
    pub password: Option<String>,
    /// How tracked changes are read.
    pub revisions: Revisions,
    /// Whether the tags of a PDF are heeded; without them its text is ordered by its place, as
    /// that of a file without tags is.
    pub tags: bool,
    /// Whether pages that are pictures are read by text recognition (OCR), which takes an installed
    /// `tesseract`.
    pub ocr: bool,
    /// Who looks on.
    #[serde(skip)]
    pub watch: Watch,
}

/// How the tracked changes of a document are read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Revisions {
    /// As if every change had been accepted: insertions stand, deletions are gone.
    #[default]
    Accepted,
    /// As the text was before: deletions stand, insertions are gone.
    Original,
}

impl Default for ReadOptions {
    fn default() -> Self {
        Self {
            max_bytes: 512 << 20,
            max_pages: 5_000,
            max_inflated: 512 << 20,
            max_text: 64 << 20,
            leave_out: BTreeSet::new(),
            password: None,
            revisions: Revisions::default(),
            tags: true,
            ocr: false,
            watch: Watch::default(),
        }
    }
}

impl ReadOptions {
    /// What is told of a package whose parts inflate over the limit.
    fn inflates_too_far(&self) -> InputError {
        let most = self.max_inflated >> 20;
        InputError::Limit(format!("it inflates to more than {most} MB; save a fresh copy or split it"))
    }
}

/// Why a file gave no document. Each message ends with what the user can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum InputError {
    /// The system does not give the file's bytes.
    #[error("the file cannot be opened: {0}; check that it is there and that you may read it")]
    Closed(String),
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
    /// A report of this program.
    #[error("it is a report that goldthread wrote and no plan; give the plan that it is about")]
    OwnReport,
    /// The file's name promises another kind than what it holds.
    #[error(
        "the file is named as {named} and is {found}, perhaps a message that was saved in its place; get the document \
         again, or let its name end with {ending} if the text itself is meant"
    )]
    Misnamed {
        /// What the name promises, with its article.
        named: String,
        /// What it holds, with its article.
        found: String,
        /// The ending of names of what it holds.
        ending: String,
    },
    /// The file needs a password that was not given.
    #[error("the file is locked: it needs a password")]
    Locked,
    /// The file needs another password than the one given.
    #[error("the file is locked: the password that was given does not open it")]
    WrongPassword,
    /// The file is damaged so far that nothing could be read.
    #[error("the file is damaged: {0}; open it in its own program and save a fresh copy")]
    Damaged(String),
    /// A limit that protects this machine was reached.
    #[error("the file was given up: {0}")]
    Limit(String),
    /// There is no process to read in.
    #[error("no reader could be started: {0}; close other programs and try again")]
    NoReader(String),
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
pub static READERS: &[&dyn Reader] =
    &[&pdf::Pdf, &docx::Docx, &odt::Odt, &pptx::Pptx, &rtf::Rtf, &html::Html, &markdown::Markdown, &text::Text];

/// Tells the kind of a file by its content and reads it.
///
/// # Errors
/// [`InputError`] where the kind is not read here or nothing could be read.
pub fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError> {
    if bytes.is_empty() {
        return Err(InputError::Empty);
    }
    if own::is_own(bytes) {
        return Err(InputError::OwnReport);
    }
    match READERS.iter().find(|reader| reader.recognises(bytes)) {
        Some(reader) => reader.read(bytes, options).and_then(|document| within(document, options)),
        None => Err(detect::refusal(bytes)),
    }
}

/// The kind of a file that is read here, told by its content.
#[must_use]
pub fn kind(bytes: &[u8]) -> Option<Format> {
    READERS.iter().find(|reader| reader.recognises(bytes)).map(|reader| reader.format())
}

/// The document, if it is not longer than the limit: what follows takes time for every word.
fn within(document: Document, options: &ReadOptions) -> Result<Document, InputError> {
    if document.text.len() <= options.max_text {
        return Ok(document);
    }
    let most = options.max_text >> 20;
    Err(InputError::Limit(format!("it holds more than {most} MB of text; split it and give the parts")))
}
