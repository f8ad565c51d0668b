//! Where results wait until they are written: few in memory, many in a file that has no name.
//!
//! Comes in: each document's results, in whatever order they are done. Goes out: a [`Source`] in
//! the order of the paths. The file is the system's to delete, even if the program is killed.

use super::record::{RecordError, decode};
use crate::report::{DocumentReport, Head, ReportError, Source, Visit};
use rayon::prelude::*;
use std::io::{Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::SpooledTempFile;

/// Bytes that are held in memory before they go to a file.
const IN_MEMORY: usize = 8 << 20;
/// Documents that are had back at a time.
const TOGETHER: usize = 16;

/// What is done to a document's results each time that they are had back.
pub type Finish = Box<dyn Fn(&mut DocumentReport) + Send + Sync>;

/// Results of many documents, put away.
pub struct Spool {
    head: Head,
    records: Mutex<Records>,
    finish: Finish,
}

struct Records {
    bytes: SpooledTempFile,
    end: u64,
    /// By the position of the document; `None` where it is not done.
    places: Vec<Option<Place>>,
}

#[derive(Clone)]
struct Place {
    path: String,
    start: u64,
    len: usize,
}

/// A record, and where it came from.
type Placed = (Place, Vec<u8>);

impl Spool {
    /// A spool for so many documents. `finish` is called on each whenever it is had back.
    #[must_use]
    pub fn new(head: Head, documents: usize, finish: Finish) -> Self {
        let records = Records { bytes: SpooledTempFile::new(IN_MEMORY), end: 0, places: vec![None; documents] };
        Self { head, records: Mutex::new(records), finish }
    }

    /// Puts the record of a document's results away, under the path that it has now.
    ///
    /// # Errors
    /// [`ReportError`] where the disk does not take them.
    pub fn put_record(&self, position: usize, path: &str, record: &[u8]) -> Result<(), ReportError> {
        let mut records = self.lock();
        let start = records.end;
        records.bytes.seek(SeekFrom::Start(start))?;
        records.bytes.write_all(record)?;
        records.end = start + record.len() as u64;
        records.places[position] = Some(Place { path: path.to_owned(), start, len: record.len() });
        Ok(())
    }

    /// What stands over the documents, to be added to.
    pub const fn head_mut(&mut self) -> &mut Head {
        &mut self.head
    }

    fn lock(&self) -> MutexGuard<'_, Records> {
        self.records.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The documents from a position on, a few of them, as records; and the position after them.
    fn some(&self, from: usize) -> Result<(Vec<Placed>, usize), ReportError> {
        let mut records = self.lock();
        let mut out = Vec::with_capacity(TOGETHER);
        let mut next = from;
        while out.len() < TOGETHER && next < records.places.len() {
            if let Some(place) = records.places[next].clone() {
                let mut record = vec![0; place.len];
                records.bytes.seek(SeekFrom::Start(place.start))?;
                records.bytes.read_exact(&mut record)?;
                out.push((place, record));
            }
            next += 1;
        }
        Ok((out, next))
    }

    fn had_back(&self, place: &Place, record: &[u8]) -> Result<DocumentReport, ReportError> {
        let mut document = decode(record).map_err(lost)?;
        document.path.clone_from(&place.path);
        (self.finish)(&mut document);
        Ok(document)
    }
}

fn lost(error: RecordError) -> ReportError {
    ReportError::Documents(error.to_string())
}

impl Source for Spool {
    fn head(&self) -> &Head {
        &self.head
    }

    fn len(&self) -> usize {
        self.lock().places.iter().flatten().count()
    }

    fn each(&self, visit: &mut Visit<'_>) -> Result<(), ReportError> {
        let mut next = 0;
        loop {
            let (records, after) = self.some(next)?;
            if records.is_empty() {
                return Ok(());
            }
            let documents: Vec<_> = records.par_iter().map(|(place, bytes)| self.had_back(place, bytes)).collect();
            drop(records);
            for document in documents {
                visit(&document?)?;
            }
            next = after;
        }
    }
}

impl std::fmt::Debug for Spool {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spool").field("documents", &self.len()).finish_non_exhaustive()
    }
}
