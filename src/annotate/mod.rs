//! An officer's own document back, with comments at what was found.
//!
//! Comes in: the bytes of a DOCX file, what was read of it, and its report. Goes out: the same file
//! with comments added, everything else as it was, byte by byte. It changes no text and judges
//! nothing.

mod notes;
mod package;
mod part;

use crate::document::Document;
use crate::input::ReadOptions;
use crate::report::{DocumentReport, Head};

/// Why a document cannot be given back with comments.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AnnotateError {
    /// It is of another kind.
    #[error("only a Word document (DOCX) can be given back with comments; for other files use -o report.docx")]
    NotDocx,
    /// It holds no paragraph to put a comment at.
    #[error("the document holds no paragraph that a comment could stand at")]
    NoParagraph,
    /// A part is written in a way that cannot be added to safely.
    #[error("{part} {why}; open the document in Word, save it as a new DOCX, and try again")]
    Part {
        /// The part's path in the package.
        part: String,
        /// What is wrong, as the rest of a sentence.
        why: String,
    },
    /// The package could not be read or written.
    #[error("the package could not be copied: {0}; open the document in Word, save it as a new DOCX, and try again")]
    Package(#[from] zip::result::ZipError),
    /// The bytes could not be read or written.
    #[error("the package could not be copied: {0}; open the document in Word, save it as a new DOCX, and try again")]
    Bytes(#[from] std::io::Error),
}

/// A comment: paragraphs of text at the paragraphs that begin and end it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Note {
    place: crate::document::Place,
    paragraphs: Vec<String>,
}

/// A copy of a DOCX file with comments: at the first paragraph what is missing, and at each passage
/// the points that it holds or may hold.
///
/// # Errors
/// [`AnnotateError`] where the file is no DOCX file or cannot be added to safely.
pub fn docx(
    bytes: &[u8],
    document: &Document,
    head: &Head,
    report: &DocumentReport,
    options: &ReadOptions,
) -> Result<Vec<u8>, AnnotateError> {
    if document.format != crate::document::Format::Docx {
        return Err(AnnotateError::NotDocx);
    }
    let notes = notes::notes(document, head, report);
    if notes.is_empty() {
        return Err(AnnotateError::NoParagraph);
    }
    package::with_comments(bytes, &notes, options)
}
