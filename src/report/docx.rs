//! The report as a paper for a committee, for Word and LibreOffice.
//!
//! Title block, recommendation, summary, what is missing with the question to ask, what is to
//! check, evidence, how it was judged, what could not be read; for many documents first what all of
//! them hold together. Ratings are words on a shade, never a shade alone. Headings, lists and
//! repeated table heads are real ones. The same report gives the same bytes.

mod document;
mod ending;
mod finish;
mod paper;
mod portfolio;
mod styles;
mod together;

use super::{Medium, ReportError, Reporter, Source, words};
use paper::Paper;
use std::io;

/// The form for committees.
#[derive(Debug)]
pub struct Docx;

/// Why no Word document could be made.
#[derive(Debug, thiserror::Error)]
pub enum DocxError {
    /// The package could not be put together.
    #[error("its package could not be put together: {0}")]
    Package(#[from] zip::result::ZipError),
    /// A part could not be put in order.
    #[error("a part of it could not be put in order: {0}")]
    Part(#[from] quick_xml::Error),
    /// A part could not be read or written.
    #[error("{0}")]
    Bytes(#[from] io::Error),
}

impl Reporter for Docx {
    fn name(&self) -> &'static str {
        "docx"
    }

    fn write(&self, source: &dyn Source, _: &Medium, out: &mut dyn io::Write) -> Result<(), ReportError> {
        let head = source.head();
        let mut paper = Paper::default();
        let title = if source.len() == 1 {
            let mut title = String::new();
            source.each(&mut |d| {
                title = format!("Golden thread: {}", words::name(d));
                document::single(&mut paper, head, d);
                Ok(())
            })?;
            title
        } else {
            portfolio::write(&mut paper, source)?;
            format!("Golden thread: {}", words::count(source.len(), "document", "documents"))
        };
        ending::method(&mut paper, head);
        ending::unread(&mut paper, source)?;
        Ok(out.write_all(&finish::package(paper, &title).map_err(ReportError::Docx)?)?)
    }
}
