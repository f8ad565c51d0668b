//! Results kept from run to run, in one SQLite file.
//!
//! Comes in: each document's results as they are done. Goes out: the same results for files that
//! have not changed, and what every run found, for its history. A document is kept whole or not at
//! all, whenever the program ends; several programs may use the file at once.

mod keep;
mod past;
mod schema;

pub use keep::{Basis, Run};
pub use past::{Criterion, PastRating, PastRun};

use rusqlite::Connection;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

/// How long to wait for another program that writes to the file.
const PATIENCE: Duration = Duration::from_secs(60);

/// A file of results.
#[derive(Debug)]
pub struct Store {
    path: PathBuf,
    connection: Mutex<Connection>,
}

/// Why a store cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// SQLite says no.
    #[error("{path}: {source}; {remedy}")]
    Sqlite {
        /// The file.
        path: String,
        /// What SQLite says.
        source: rusqlite::Error,
        /// What to do.
        remedy: &'static str,
    },
    /// The file is of a later version of the program.
    #[error(
        "{path} was written by a later version of goldthread (its form is {found}, this one knows {known}); use that version, or another file"
    )]
    TooNew {
        /// The file.
        path: String,
        /// The form's number in the file.
        found: i64,
        /// The last one known here.
        known: i64,
    },
    /// It is a database of something else.
    #[error("{path} is a database, but not one of goldthread's results; give another file")]
    Foreign {
        /// The file.
        path: String,
    },
    /// There is no such file.
    #[error("{path}: there is no such file; `goldthread check PATH --store {path}` makes it")]
    NotThere {
        /// The file.
        path: String,
    },
}

impl Store {
    /// Opens a store, makes it where it is not there, and brings an older one to today's form.
    ///
    /// # Errors
    /// [`StoreError`] where the file is no store or cannot be written.
    pub fn open(path: &Path) -> Result<Self, StoreError> {
        let named = |error| sqlite(path, error);
        let mut connection = Connection::open(path).map_err(named)?;
        connection.busy_timeout(PATIENCE).map_err(named)?;
        schema::prepare(&mut connection, path)?;
        Ok(Self { path: path.to_owned(), connection: Mutex::new(connection) })
    }

    /// Opens a store that must be there.
    ///
    /// # Errors
    /// [`StoreError`] where it is not, or is no store.
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        if path.is_file() { Self::open(path) } else { Err(StoreError::NotThere { path: path.display().to_string() }) }
    }

    fn lock(&self) -> MutexGuard<'_, Connection> {
        self.connection.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn error(&self, error: rusqlite::Error) -> StoreError {
        sqlite(&self.path, error)
    }
}

/// What SQLite says, with the file and what to do.
fn sqlite(path: &Path, source: rusqlite::Error) -> StoreError {
    use rusqlite::ErrorCode::{CannotOpen, DatabaseBusy, DatabaseCorrupt, DiskFull, NotADatabase, ReadOnly};
    let remedy = match source.sqlite_error_code() {
        Some(NotADatabase | DatabaseCorrupt) => "it is no file of results, or damaged: give another file",
        Some(CannotOpen | ReadOnly) => "check that the folder is there and that you may write to it",
        Some(DatabaseBusy) => "another program holds it: try again later",
        Some(DiskFull) => "the disk is full: make room and run the same command again",
        _ => "run the same command again; if it stays, give another file",
    };
    StoreError::Sqlite { path: path.display().to_string(), source, remedy }
}

#[cfg(test)]
mod tests;
