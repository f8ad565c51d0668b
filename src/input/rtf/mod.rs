//! Reads Rich Text Format (RTF).
//!
//! Comes in: the bytes of the file. Goes out: a document with its headings, paragraphs, list items
//! and table rows in reading order, notes after the block that refers to them, and heads, feet and
//! comments as furniture. Hidden text, field codes and pictures are left out. Tables in tables are
//! read as the paragraphs of the cell that they stand in.

mod flow;
mod story;
mod styles;
#[cfg(test)]
mod tests;
mod token;

use self::story::Story;
use super::pieces::Sink;
use super::{InputError, ReadOptions, Reader};
use crate::document::{Document, Format};

/// Reads RTF files.
#[derive(Clone, Copy, Debug)]
pub struct Rtf;

impl Reader for Rtf {
    fn format(&self) -> Format {
        Format::Rtf
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes.starts_with(b"{\\rtf")
    }

    fn read(&self, bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError> {
        let mut document = Document { format: Format::Rtf, ..Document::default() };
        let sink = Sink::new(&mut document, Default::default(), options);
        let read = Story::new(options.revisions, sink).read(bytes);
        document.title = read.title;
        if read.is_cut {
            document
                .warn(None, "the text could not be read whole: it ends in the middle; what was read before is kept");
        }
        if read.too_deep {
            document.warn(None, "its parts are nested too deeply; what comes after the first such part was not read");
        }
        if document.blocks.is_empty() {
            document.warn(None, "the document holds no text");
        }
        Ok(document)
    }
}
