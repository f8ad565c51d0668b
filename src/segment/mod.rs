//! [`Document`] to passages: the units that a careful reader codes.
//!
//! Comes in: a document. Goes out: [`Segmented`]: its search text and its [`Passage`]s, each with
//! what stands above it: headings, the lead-in of its list, the column names of its table.
//! Furniture, headings and captions give no passage. It does not look for anything in them.

mod fingerprint;
pub mod fold;
mod passage;
mod sentence;

pub use fingerprint::{fingerprint, placed_words, words};
pub use fold::{Folded, Token};
pub use passage::{Cell, Heading, Passage, PassageKind, Segmented};

use crate::document::Document;

/// Cuts a document into passages.
#[must_use]
pub fn segment(document: &Document) -> Segmented<'_> {
    passage::Builder::new(document).build()
}
