//! The work on many documents at a time: the big ones first, each on its own.

use super::engine::EngineError;
use super::find::show;
use super::read::{sha256, unreadable};
use super::record::{Record, RecordError, encode};
use super::rules::Rules;
use super::spool::{Finish, Spool};
use crate::input::{InputError, ReadOptions, load};
use crate::report::{DocumentReport, Head, ReportError, Skipped};
use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::PoisonError;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

/// What happens during a run.
#[derive(Clone, Copy, Debug)]
pub enum Event<'a> {
    /// Work on a file begins.
    Begun(&'a str),
    /// It is done.
    Done(&'a str),
}

/// Results of earlier runs.
pub trait Memory: Sync {
    /// A file's results if this content was judged before in the same way; the file is then noted as
    /// seen.
    ///
    /// # Errors
    /// Where the memory cannot be read or written.
    fn recall(&self, path: &str, sha256: &str) -> Result<Option<Record>, MemoryError>;

    /// Everything that was found in a document, by its number.
    ///
    /// # Errors
    /// Where the memory cannot be read.
    fn whole(&self, number: i64) -> Result<Vec<u8>, MemoryError>;

    /// Keeps a document's results, and their record.
    ///
    /// # Errors
    /// Where the memory cannot be written.
    fn keep(&self, document: &DocumentReport, record: &Record) -> Result<(), MemoryError>;
}

/// Why a memory failed.
pub type MemoryError = Box<dyn std::error::Error + Send + Sync>;

/// Why a run ended before its end.
#[derive(Debug, thiserror::Error)]
pub enum BatchError {
    /// The results could not be put away.
    #[error("results cannot be put away while the others are read: {0}; is the disk of temporary files full?")]
    Spool(#[from] ReportError),
    /// The results of earlier runs cannot be read, or these not be kept.
    #[error(transparent)]
    Memory(MemoryError),
    /// The rules cannot be compiled.
    #[error(transparent)]
    Engine(#[from] EngineError),
    /// A document's results have no binary form.
    #[error(transparent)]
    Record(#[from] RecordError),
}

/// How documents are worked on.
pub struct Batch<'a, 'm> {
    /// The rules.
    pub rules: &'a Rules,
    /// How files are read.
    pub read: &'a ReadOptions,
    /// Files that were asked for by name: they are documents, whatever they hold.
    pub named: &'a [PathBuf],
    /// Results of earlier runs, and where these are kept.
    pub memory: Option<&'m dyn Memory>,
    /// Once true, no further document is begun.
    pub stop: &'a AtomicBool,
    /// Called from every thread.
    pub on_event: &'a (dyn Fn(Event<'_>) + Sync),
}

/// What a run came to.
#[derive(Debug)]
pub struct Outcome<'m> {
    /// The results.
    pub spool: Spool<'m>,
    /// Whether every file was worked on; `false` after a stop.
    pub whole: bool,
}

impl<'m> Batch<'_, 'm> {
    /// Reads and judges files on as many threads as the current rayon pool has.
    ///
    /// # Errors
    /// [`BatchError`] where results can be kept nowhere; a file that cannot be read is no error.
    pub fn run(&self, files: &[PathBuf], head: Head, finish: Finish) -> Result<Outcome<'m>, BatchError> {
        let spool = Spool::new(head, files.len(), finish, self.memory);
        let order = biggest_first(files);
        let (next, done) = (AtomicUsize::new(0), AtomicUsize::new(0));
        let (failed, own) = (Mutex::new(None), Mutex::new(Vec::new()));
        let work = || {
            while !self.stop.load(Ordering::Relaxed) {
                let Some(&position) = order.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
                match self.one(position, &files[position], &spool, &own) {
                    Ok(finished) => done.fetch_add(usize::from(finished), Ordering::Relaxed),
                    Err(error) => {
                        failed.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(error);
                        return;
                    }
                };
                if failed.lock().unwrap_or_else(PoisonError::into_inner).is_some() {
                    return;
                }
            }
        };
        rayon::scope(|scope| (0..rayon::current_num_threads().min(files.len())).for_each(|_| scope.spawn(|_| work())));
        match failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(Outcome {
                spool: without(spool, own.into_inner().unwrap_or_else(PoisonError::into_inner)),
                whole: done.into_inner() == files.len(),
            }),
        }
    }

    /// Tells whether a file is done. A report of the program's own that lies in a folder is noted and left out.
    fn one(
        &self,
        position: usize,
        path: &Path,
        spool: &Spool<'_>,
        own: &Mutex<Vec<String>>,
    ) -> Result<bool, BatchError> {
        let name = show(path);
        (self.on_event)(Event::Begun(&name));
        match self.record(&name, path)? {
            Worked::Found(record) => spool.put(position, &name, &record)?,
            Worked::OwnReport => own.lock().unwrap_or_else(PoisonError::into_inner).push(name.clone()),
            Worked::Stopped => return Ok(false),
        }
        (self.on_event)(Event::Done(&name));
        Ok(true)
    }

    /// The results of a file: remembered, or found now.
    fn record(&self, name: &str, path: &Path) -> Result<Worked, BatchError> {
        let document = match load(path, self.read) {
            Ok(bytes) => {
                let sha256 = sha256(&bytes);
                if let Some(memory) = self.memory
                    && let Some(record) = memory.recall(name, &sha256).map_err(BatchError::Memory)?
                {
                    return Ok(Worked::Found(record));
                }
                // While the first file is read elsewhere, the rules are compiled.
                let readers = self.rules.readers();
                let (read, engine) = rayon::join(|| readers.read(&bytes, self.read), || self.rules.engine());
                if matches!(read, Err(InputError::OwnReport)) && !self.named.iter().any(|named| named == path) {
                    return Ok(Worked::OwnReport);
                }
                engine?.judge_read(name.to_owned(), sha256, read)
            }
            Err(error) => unreadable(name.to_owned(), None, &error.to_string()),
        };
        if self.stop.load(Ordering::Relaxed) {
            return Ok(Worked::Stopped);
        }
        let record = encode(&document)?;
        if let Some(memory) = self.memory {
            memory.keep(&document, &record).map_err(BatchError::Memory)?;
        }
        Ok(Worked::Found(record))
    }
}

/// What came of one file.
enum Worked {
    Found(Record),
    /// A report of this program, which lies beside the plans that it is about.
    OwnReport,
    /// Nothing after a stop: the system may have stopped the readers, too, and the file is not to blame.
    Stopped,
}

/// A spool whose head tells what was left out.
fn without<'m>(mut spool: Spool<'m>, own: Vec<String>) -> Spool<'m> {
    let why = "a report that goldthread wrote, so it is no document that is read";
    let skipped = &mut spool.head_mut().skipped;
    skipped.extend(own.into_iter().map(|path| Skipped { path, why: why.to_owned() }));
    skipped.sort_by(|a, b| a.path.cmp(&b.path));
    spool
}

/// Positions of files, the biggest first: so the last ones to be done are short.
fn biggest_first(files: &[PathBuf]) -> Vec<usize> {
    let size = |i: &usize| std::fs::metadata(&files[*i]).map_or(0, |m| m.len());
    let mut order: Vec<usize> = (0..files.len()).collect();
    order.sort_by_cached_key(|i| Reverse(size(i)));
    order
}
