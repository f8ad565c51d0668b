//! An officer's own document back, with notes at what was found.
//!
//! Comes in: what was read of a file, and its report. Goes out: notes with their places, for a copy of the
//! file. It writes no copy and judges nothing.

mod notes;

use crate::document::{Document, Format};
use crate::remark::Note;
use crate::report::{DocumentReport, Head};

/// Why there are no notes for a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum AnnotateError {
    /// It is of another kind.
    #[error("only a Word document (DOCX) or a PDF can be given back with notes; for other files use -o report.docx")]
    Kind,
    /// It holds no paragraph to put a comment at.
    #[error("the document holds no paragraph that a comment could stand at")]
    NoParagraph,
}

/// The notes for a copy of a document: at its beginning what is missing, and at each passage the points that it
/// holds or may hold.
///
/// # Errors
/// [`AnnotateError`] where the document can hold no notes.
pub fn notes(document: &Document, head: &Head, report: &DocumentReport) -> Result<Vec<Note>, AnnotateError> {
    if !matches!(document.format, Format::Docx | Format::Pdf) {
        return Err(AnnotateError::Kind);
    }
    let notes = notes::notes(document, head, report);
    if notes.is_empty() { Err(AnnotateError::NoParagraph) } else { Ok(notes) }
}
