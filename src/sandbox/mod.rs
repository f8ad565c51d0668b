//! Reads files in processes of their own, so that a hostile one costs only itself.
//!
//! Comes in: the bytes of a file. Goes out: its [`Document`] or a copy of it with notes, or an
//! [`InputError`] in plain words.
//! The process that asks never looks into foreign bytes: the program starts itself as readers, as
//! many as there are threads that ask, keeps each for many files, and replaces one that crashes,
//! hangs or wants too much. Where a reader comes to grief on a page, another one reads the file
//! without it. What may be reached on this machine is not narrowed: readers are safe Rust, and what
//! is feared of a file is that it takes time, memory or stack without end.

mod child;
mod process;
mod system;
mod wire;

pub use child::serve;
pub use wire::Limits;

use crate::document::Document;
use crate::input::{self, InputError, ReadOptions, Step};
use crate::remark::{self, Note, RemarkError};
use process::{Cause, Death, Process};
use std::ffi::OsString;
use std::fmt;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// Files that one process reads before it is replaced, so that what it hoards does not grow.
const SERVES: usize = 200;
/// Pages of one file that may each cost a process; at the next, the rest of the file is given up.
const SPARED: usize = 4;
const REMEDY: &str = "open it in its own program and save a fresh copy";

/// How to start a process that calls [`serve`] and does nothing else.
#[derive(Clone, Debug)]
pub struct Program {
    /// The program.
    pub path: PathBuf,
    /// Its arguments.
    pub arguments: Vec<OsString>,
}

/// Reads files, in processes of their own or in this one. Shared by threads.
#[derive(Debug, Default)]
pub struct Readers(Option<Pool>);

struct Pool {
    program: Program,
    limits: Limits,
    idle: Mutex<Vec<Process>>,
}

impl fmt::Debug for Pool {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pool").field("program", &self.program).field("limits", &self.limits).finish_non_exhaustive()
    }
}

impl Readers {
    /// Reads in this process: for files that are trusted, and for tests.
    #[must_use]
    pub const fn in_process() -> Self {
        Self(None)
    }

    /// Reads in processes of this program, which are started when a file is to be read.
    #[must_use]
    pub const fn apart(program: Program, limits: Limits) -> Self {
        Self(Some(Pool { program, limits, idle: Mutex::new(Vec::new()) }))
    }

    /// The same with a process that waits already, where a file will surely be read.
    #[must_use]
    pub fn ready(self) -> Self {
        if let Some(pool) = &self.0
            && let Ok(first) = Process::start(&pool.program)
        {
            pool.put_back(first);
        }
        self
    }

    /// Reads the bytes of a file.
    ///
    /// # Errors
    /// [`InputError`] where nothing could be read, and where a reader came to grief on more than
    /// single pages.
    pub fn read(&self, bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError> {
        if bytes.is_empty() {
            return Err(InputError::Empty);
        }
        match &self.0 {
            None => input::read(bytes, options),
            Some(pool) => pool.read(bytes, options.clone()),
        }
    }

    /// A copy of a file with notes.
    ///
    /// # Errors
    /// [`RemarkError`] where the file is of a kind that takes none or cannot be added to safely.
    pub fn copy(&self, bytes: &[u8], notes: &[Note], options: &ReadOptions) -> Result<Vec<u8>, RemarkError> {
        match &self.0 {
            None => remark::copy(bytes, notes, options),
            Some(pool) => pool.copy(bytes, notes, options),
        }
    }
}

impl Pool {
    fn read(&self, bytes: &[u8], mut options: ReadOptions) -> Result<Document, InputError> {
        let mut notes = Vec::new();
        let mut last = None;
        loop {
            let mut process = self.take(last.is_some())?;
            let kept = process.served > 0;
            let death = match process.read(bytes, &options, &self.limits) {
                Ok(outcome) => {
                    self.put_back(process);
                    return outcome.map(|document| with(notes, document));
                }
                Err(death) => death,
            };
            drop(process);
            let again = kept && !matches!(death.cause, Cause::Time(_));
            if again && last.is_none() {
                // What it had read before may be to blame.
                last = Some(death);
                continue;
            }
            last = Some(death);
            let note = spare(death, &mut options, notes.len());
            notes.push(note.ok_or_else(|| InputError::Limit(format!("{}; {REMEDY}", death.cause)))?);
        }
    }

    fn copy(&self, bytes: &[u8], notes: &[Note], options: &ReadOptions) -> Result<Vec<u8>, RemarkError> {
        let mut process = self.take(true)?;
        let copied = process.copy(bytes, notes, options, &self.limits);
        copied.unwrap_or_else(|cause| Err(InputError::Limit(format!("{cause}; {REMEDY}")).into()))
    }

    /// A process that waits, or a new one.
    fn take(&self, fresh: bool) -> Result<Process, InputError> {
        let idle = if fresh { None } else { self.idle.lock().unwrap_or_else(PoisonError::into_inner).pop() };
        match idle {
            Some(process) => Ok(process),
            None => Process::start(&self.program).map_err(|e| InputError::NoReader(e.to_string())),
        }
    }

    fn put_back(&self, process: Process) {
        if process.served < SERVES {
            self.idle.lock().unwrap_or_else(PoisonError::into_inner).push(process);
        }
    }
}

/// Leaves out the page that a process ended over, or all from it on when there were too many, and
/// tells the page and a sentence about it. Nothing where no page is to blame.
fn spare(death: Death, options: &mut ReadOptions, before: usize) -> Option<(u32, String)> {
    let Some(Step::Page(page)) = death.step else { return None };
    if before > SPARED {
        return None;
    }
    if before == SPARED {
        options.max_pages = usize::try_from(page.saturating_sub(1)).unwrap_or(usize::MAX);
        return Some((page, format!("Page {page} and all after it were given up: {}; {REMEDY}.", death.cause)));
    }
    options.leave_out.insert(page);
    Some((page, format!("Page {page} was given up: {}; {REMEDY}, or look at the page yourself.", death.cause)))
}

fn with(notes: Vec<(u32, String)>, mut document: Document) -> Document {
    for (page, note) in notes {
        document.warn(Some(page), note);
    }
    document
}

impl fmt::Display for Cause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Time(most) => write!(f, "reading it took longer than {} seconds", most.as_secs_f32()),
            Self::Memory(most) => write!(f, "reading it took more than {} MB of memory", most >> 20),
            Self::Depth => f.write_str("its parts are nested too deeply"),
            Self::Other => f.write_str("the reader stopped over it"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn single_pages_are_spared_then_the_rest() {
        let mut options = ReadOptions::default();
        let at = |step| Death { cause: Cause::Depth, step };
        for (before, page) in [(0, 3), (1, 5)] {
            let (named, note) = spare(at(Some(Step::Page(page))), &mut options, before).unwrap();
            assert_eq!(named, page);
            assert!(note.contains("nested too deeply"));
        }
        assert_eq!(options.leave_out, [3, 5].into());
        assert!(spare(at(Some(Step::Page(9))), &mut options, SPARED).is_some());
        assert_eq!(options.max_pages, 8);
        assert_eq!(spare(at(Some(Step::Page(1))), &mut options, SPARED + 1), None);
        assert_eq!(spare(at(Some(Step::Rest)), &mut options, 0), None);
        assert_eq!(spare(at(None), &mut options, 0), None);
    }

    #[test]
    fn a_program_that_is_no_reader_is_told() {
        let program = |path: &str| Program { path: path.into(), arguments: Vec::new() };
        let readers = Readers::apart(program("/there/is/no/such/program"), Limits::default());
        let options = ReadOptions::default();
        assert!(matches!(readers.read(b"x", &options), Err(InputError::NoReader(_))));
        assert_eq!(readers.read(b"", &options), Err(InputError::Empty));
        assert!(Readers::in_process().read(b"Some text.", &options).is_ok());
        #[cfg(unix)]
        for other in ["true", "yes", "false"] {
            let readers = Readers::apart(program(other), Limits::default());
            assert!(matches!(readers.read(b"x", &options), Err(InputError::Limit(_))), "{other}");
        }
    }
}
