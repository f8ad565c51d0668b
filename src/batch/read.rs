//! Bytes of a file to a document's results: the one place where foreign bytes are read.

use super::engine::Engine;
use crate::assess::Status;
use crate::document::Document;
use crate::input::{InputError, ReadOptions};
use crate::remark::{Note, RemarkError};
use crate::report::{DocumentReport, PlanNote};
use sha2::{Digest, Sha256};

impl Engine {
    /// Reads the bytes of one file, without judging it.
    ///
    /// # Errors
    /// [`InputError`] where nothing could be read.
    pub fn read(&self, bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError> {
        self.readers.read(bytes, options)
    }

    /// A copy of a file with notes.
    ///
    /// # Errors
    /// [`RemarkError`] where the file takes none.
    pub fn copy(&self, bytes: &[u8], notes: &[Note], options: &ReadOptions) -> Result<Vec<u8>, RemarkError> {
        self.readers.copy(bytes, notes, options)
    }

    /// Reads and judges the bytes of one file.
    #[must_use]
    pub fn check_bytes(&self, path: String, bytes: &[u8], options: &ReadOptions) -> DocumentReport {
        self.check_hashed(path, sha256(bytes), bytes, options)
    }

    /// The same, where the hash of the bytes is known.
    pub(super) fn check_hashed(
        &self,
        path: String,
        sha256: String,
        bytes: &[u8],
        options: &ReadOptions,
    ) -> DocumentReport {
        match self.read(bytes, options) {
            Ok(document) => self.judge_document(path, Some(sha256), &document),
            Err(error) => unreadable(path, Some(sha256), &error.to_string()),
        }
    }
}

/// A document of which nothing could be read.
pub(super) fn unreadable(path: String, sha256: Option<String>, error: &str) -> DocumentReport {
    DocumentReport {
        path,
        plan: PlanNote::default(),
        title: None,
        sha256,
        format: None,
        pages: None,
        pages_unread: Vec::new(),
        passages: 0,
        status: Status::Unreadable,
        error: Some(error.to_owned()),
        warnings: Vec::new(),
        criteria: Vec::new(),
        review: None,
    }
}

/// The hash of a file's bytes in hexadecimal digits.
pub(super) fn sha256(bytes: &[u8]) -> String {
    use std::fmt::Write;
    Sha256::digest(bytes).iter().fold(String::with_capacity(64), |mut out, b| {
        let _ = write!(out, "{b:02x}");
        out
    })
}
