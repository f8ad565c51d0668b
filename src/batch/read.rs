//! Bytes of a file to a document's results: the one place where foreign bytes are read.

use super::engine::Engine;
use crate::assess::Status;
use crate::document::Document;
use crate::input::{InputError, ReadOptions, as_named};
use crate::report::{DocumentReport, PlanNote};
use sha2::{Digest, Sha256};
use std::path::Path;

impl Engine {
    /// Reads and judges the bytes of one file.
    #[must_use]
    pub fn check_bytes(&self, path: String, bytes: &[u8], options: &ReadOptions) -> DocumentReport {
        self.judge_read(path, sha256(bytes), self.readers.read(bytes, options))
    }

    /// Judges what was read of a file whose bytes have this hash.
    pub(super) fn judge_read(
        &self,
        path: String,
        sha256: String,
        read: Result<Document, InputError>,
    ) -> DocumentReport {
        match read.and_then(|document| as_named(Path::new(&path), document)) {
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
