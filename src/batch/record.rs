//! One document's results as a few bytes, for the time between judging and writing.
//!
//! Comes in: a [`DocumentReport`]. Goes out: compressed JSON, and from it the same value again.

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
}

/// What tells records of this form from those of others: a hash over the form of results.
#[must_use]
pub fn form() -> String {
    let schema = schemars::schema_for!(DocumentReport);
    let hash = Sha256::digest(schema.as_value().to_string().as_bytes());
    hash.iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// Results as bytes.
///
/// # Errors
/// [`RecordError::Form`] if a value has no such form.
pub fn encode(document: &DocumentReport) -> Result<Vec<u8>, RecordError> {
    Ok(lz4_flex::compress_prepend_size(&serde_json::to_vec(document)?))
}

/// The results that [`encode`] made bytes of.
///
/// # Errors
/// [`RecordError`] where the bytes are not those.
pub fn decode(bytes: &[u8]) -> Result<DocumentReport, RecordError> {
    Ok(serde_json::from_slice(&lz4_flex::decompress_size_prepended(bytes)?)?)
}
