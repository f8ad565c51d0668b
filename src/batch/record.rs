//! One document's results as a few bytes, for the time between judging and writing.
//!
//! Comes in: a [`DocumentReport`]. Goes out: its short form, and compressed JSON, from which comes the same
//! value again.

use super::brief;
use crate::report::DocumentReport;
use sha2::{Digest, Sha256};

/// Why results could not be put away or had back.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// The compressed bytes are not whole.
    #[error("the bytes of a document's results are damaged: {0}")]
    Compressed(#[from] lz4_flex::block::DecompressError),
    /// The bytes do not hold what they should.
    #[error("a document's results do not fit their form: {0}")]
    Form(#[from] serde_json::Error),
    /// Those of the short form do not.
    #[error("a document's results in brief do not fit their form: {0}")]
    Brief(#[from] postcard::Error),
}

/// A document's results as bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Record {
    /// What reports of many documents together ask of each.
    pub brief: Vec<u8>,
    /// Everything.
    pub whole: Whole,
}

/// Everything that was found in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whole {
    /// As bytes.
    Here(Vec<u8>),
    /// In the memory of earlier runs, under this number.
    Kept(i64),
}

/// What tells records of this form from those of others: a hash over the form of results.
#[must_use]
pub fn form() -> String {
    let schema = schemars::schema_for!(DocumentReport);
    let hash = Sha256::digest(format!("{} {}", brief::FORM, schema.as_value()).as_bytes());
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Results as bytes.
///
/// # Errors
/// [`RecordError`] if a value has no such form.
pub fn encode(document: &DocumentReport) -> Result<Record, RecordError> {
    let whole = lz4_flex::compress_prepend_size(&serde_json::to_vec(document)?);
    Ok(Record { brief: brief::encode(document)?, whole: Whole::Here(whole) })
}

/// The results that [`encode`] made bytes of, from [`Record::whole`].
///
/// # Errors
/// [`RecordError`] where the bytes are not those.
pub fn decode(bytes: &[u8]) -> Result<DocumentReport, RecordError> {
    Ok(serde_json::from_slice(&lz4_flex::decompress_size_prepended(bytes)?)?)
}
