//! Notes put into a copy of a file: comments in a DOCX file, annotations in a PDF file.
//!
//! Comes in: the bytes of a file and notes that say where they belong. Goes out: the bytes of its copy, with
//! everything that was there left as it was. It looks into foreign bytes, so it runs where readers do, and
//! does not know what the notes are about.

mod look;
mod package;
mod part;
mod pdf;
mod update;

use crate::document::Place;
use crate::input::{InputError, ReadOptions};
use serde::{Deserialize, Serialize};

/// A note to people who read the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// Where it belongs.
    pub at: Anchor,
    /// What kind it is.
    pub kind: Kind,
    /// What it says, without control characters.
    pub paragraphs: Vec<String>,
}

/// Where a note belongs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Anchor {
    /// At paragraphs of a DOCX file.
    Paragraphs(Place),
    /// At a passage of a PDF file.
    Passage {
        /// The page on which it begins, counted from 1.
        page: u32,
        /// Its text as it was read; empty for the page as a whole.
        text: String,
        /// The same as people may be shown it, without control characters.
        shown: String,
    },
}

/// What a note tells of its passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kind {
    /// It is about the whole file.
    Summary,
    /// Somebody has to look at the passage.
    ToCheck,
    /// The passage counts.
    Evidence,
}

/// Why no copy with notes could be made. Each message ends with what the user can do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
#[non_exhaustive]
pub enum RemarkError {
    /// It is of another kind.
    #[error("only a Word document (DOCX) or a PDF can be given back with notes; for other files use -o report.docx")]
    Kind,
    /// A part is written in a way that cannot be added to safely.
    #[error("{part} {why}; open the document in its own program, save it as a new file, and try again")]
    Part {
        /// The part: a path in the package of a DOCX file, or words.
        part: String,
        /// What is wrong, as the rest of a sentence.
        why: String,
    },
    /// The file is protected.
    #[error(
        "the PDF is encrypted, so nothing can be added to it; open it, save or print a copy without protection, and name that"
    )]
    Encrypted,
    /// The copy would not read as the file does.
    #[error(
        "the copy would not read the same as the file, so it was not made; print the PDF to a new PDF and try again"
    )]
    NotTheSame,
    /// The package could not be read or written.
    #[error(
        "the file could not be copied: {0}; open the document in its own program, save it as a new file, and try again"
    )]
    Package(String),
    /// The file cannot be read.
    #[error(transparent)]
    Input(#[from] InputError),
}

impl From<zip::result::ZipError> for RemarkError {
    fn from(error: zip::result::ZipError) -> Self {
        Self::Package(error.to_string())
    }
}

impl From<std::io::Error> for RemarkError {
    fn from(error: std::io::Error) -> Self {
        Self::Package(error.to_string())
    }
}

impl Anchor {
    /// The paragraphs of a DOCX file, if it is at any.
    const fn paragraphs(&self) -> Option<Place> {
        match self {
            Self::Paragraphs(place) => Some(*place),
            Self::Passage { .. } => None,
        }
    }
}

/// A copy of a file with notes.
///
/// # Errors
/// [`RemarkError`] where the file is of another kind or cannot be added to safely.
pub fn copy(bytes: &[u8], notes: &[Note], options: &ReadOptions) -> Result<Vec<u8>, RemarkError> {
    match crate::input::kind(bytes) {
        Some(crate::document::Format::Docx) => package::with_comments(bytes, notes, options),
        Some(crate::document::Format::Pdf) => pdf::with_annotations(bytes, notes, options),
        _ => Err(RemarkError::Kind),
    }
}
