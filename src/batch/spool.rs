//! Where results wait until they are written: few in memory, many in a file that has no name.
//!
//! Comes in: each document's results, in whatever order they are done. Goes out: a [`Source`] in
//! the order of the paths. The file is the system's to delete, even if the program is killed.

use super::brief;
use super::record::{Record, RecordError, Whole, decode};
use super::run::Memory;
use crate::report::{DocumentReport, Head, Make, ReportError, Source, Take, Visit};
use rayon::prelude::*;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::sync::{Mutex, MutexGuard, PoisonError};
use tempfile::SpooledTempFile;

/// Bytes that are held in memory before they go to a file.
const IN_MEMORY: usize = 2 << 20;
/// Documents that are had back at a time.
const TOGETHER: usize = 16;

/// What is done to a document's results each time that they are had back.
pub type Finish = Box<dyn Fn(&mut DocumentReport) + Send + Sync>;

/// Results of many documents, put away. Those that a memory of earlier runs holds stay there.
pub struct Spool<'m> {
    head: Head,
    records: Mutex<Records>,
    finish: Finish,
    memory: Option<&'m dyn Memory>,
}

struct Records {
    bytes: SpooledTempFile,
    end: u64,
    /// By the position of the document; `None` where it is not done.
    places: Vec<Option<Place>>,
}

/// Where a document's path lies, then its results in brief, then the whole.
#[derive(Clone, Copy)]
struct Place {
    start: u64,
    path: u32,
    brief: u32,
    whole: PlaceOfWhole,
}

#[derive(Clone, Copy)]
enum PlaceOfWhole {
    /// Here, so long.
    Here(usize),
    /// In the memory, under this number.
    Kept(i64),
}

/// How much of a document is had back.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Much {
    Brief,
    All,
}

/// A record, and where it came from.
type Placed = (String, Vec<u8>);

impl<'m> Spool<'m> {
    /// A spool for so many documents. `finish` is called on each whenever it is had back; `memory`
    /// holds those that were kept.
    #[must_use]
    pub fn new(head: Head, documents: usize, finish: Finish, memory: Option<&'m dyn Memory>) -> Self {
        let records = Records { bytes: SpooledTempFile::new(IN_MEMORY), end: 0, places: vec![None; documents] };
        Self { head, records: Mutex::new(records), finish, memory }
    }

    /// Puts the record of a document's results away, under the path that it has now.
    ///
    /// # Errors
    /// [`ReportError`] where the disk does not take them.
    pub fn put(&self, position: usize, path: &str, record: &Record) -> Result<(), ReportError> {
        let (whole, bytes) = match &record.whole {
            Whole::Here(bytes) => (PlaceOfWhole::Here(bytes.len()), bytes.as_slice()),
            Whole::Kept(number) => (PlaceOfWhole::Kept(*number), &[][..]),
        };
        let mut records = self.lock();
        let start = records.end;
        records.bytes.seek(SeekFrom::Start(start))?;
        for part in [path.as_bytes(), &record.brief, bytes] {
            records.bytes.write_all(part)?;
            records.end += part.len() as u64;
        }
        let [path, brief] = [path.len(), record.brief.len()].map(|len| u32::try_from(len).map_err(io::Error::other));
        records.places[position] = Some(Place { start, path: path?, brief: brief?, whole });
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
    fn some(&self, from: usize, much: Much) -> Result<(Vec<Placed>, usize), ReportError> {
        let mut records = self.lock();
        let mut out = Vec::with_capacity(TOGETHER);
        let mut next = from;
        while out.len() < TOGETHER && next < records.places.len() {
            if let Some(place) = records.places[next] {
                let (path, brief) = (place.path as usize, place.brief as usize);
                let name = String::from_utf8(records.read(place.start, path)?).map_err(io::Error::other)?;
                let after = place.start + path as u64;
                let record = match (much, place.whole) {
                    (Much::Brief, _) => records.read(after, brief)?,
                    (Much::All, PlaceOfWhole::Here(len)) => records.read(after + brief as u64, len)?,
                    (Much::All, PlaceOfWhole::Kept(number)) => self.kept(number)?,
                };
                out.push((name, record));
            }
            next += 1;
        }
        Ok((out, next))
    }

    fn kept(&self, number: i64) -> Result<Vec<u8>, ReportError> {
        let lost = || ReportError::Documents("there is no store of earlier runs".to_owned());
        self.memory.ok_or_else(lost)?.whole(number).map_err(|e| ReportError::Documents(e.to_string()))
    }

    fn had_back(&self, path: &str, record: &[u8], much: Much) -> Result<DocumentReport, ReportError> {
        let found = match much {
            Much::Brief => brief::decode(path, record),
            Much::All => decode(record),
        };
        let mut document = found.map_err(lost)?;
        path.clone_into(&mut document.path);
        (self.finish)(&mut document);
        Ok(document)
    }

    /// Hands out what is made of every document; a few at a time are had back on all threads.
    fn each_of<T: Send>(
        &self,
        much: Much,
        make: impl Fn(DocumentReport) -> Result<T, ReportError> + Sync,
        mut take: impl FnMut(T) -> Result<(), ReportError>,
    ) -> Result<(), ReportError> {
        let mut next = 0;
        loop {
            let (records, after) = self.some(next, much)?;
            if records.is_empty() {
                return Ok(());
            }
            let made = |(path, bytes): &Placed| make(self.had_back(path, bytes, much)?);
            let made: Vec<_> = records.par_iter().map(made).collect();
            drop(records);
            made.into_iter().try_for_each(|made| take(made?))?;
            next = after;
        }
    }
}

impl Records {
    fn read(&mut self, start: u64, len: usize) -> Result<Vec<u8>, ReportError> {
        let mut record = vec![0; len];
        self.bytes.seek(SeekFrom::Start(start))?;
        self.bytes.read_exact(&mut record)?;
        Ok(record)
    }
}

fn lost(error: RecordError) -> ReportError {
    ReportError::Documents(error.to_string())
}

impl Source for Spool<'_> {
    fn head(&self) -> &Head {
        &self.head
    }

    fn len(&self) -> usize {
        self.lock().places.iter().flatten().count()
    }

    fn each(&self, visit: &mut Visit<'_>) -> Result<(), ReportError> {
        self.each_of(Much::All, Ok, |document| visit(&document))
    }

    fn each_in_brief(&self, visit: &mut Visit<'_>) -> Result<(), ReportError> {
        self.each_of(Much::Brief, Ok, |document| visit(&document))
    }

    fn each_made(&self, make: &Make<'_>, take: &mut Take<'_>) -> Result<(), ReportError> {
        self.each_of(Much::All, |document| make(&document), take)
    }
}

impl std::fmt::Debug for Spool<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Spool").field("documents", &self.len()).finish_non_exhaustive()
    }
}
