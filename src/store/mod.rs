//! Results kept from run to run, in one SQLite file.
//!
//! Comes in: each document's results as they are done. Goes out: the same results for files that
//! have not changed, and what every run found, for its history. A document is kept whole or not at
//! all, whenever the program ends; several programs may use the file at once.

mod keep;
mod past;
mod schema;

pub use keep::{Basis, Run};
pub use past::{Criterion, PastDocument, PastRating, PastRun};

use rusqlite::{Connection, OpenFlags};
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
    /// The file is of an earlier version of the program and cannot be brought to today's form.
    #[error("{path} was written by an earlier version of goldthread and cannot be written to: give a copy of it")]
    TooOld {
        /// The file.
        path: String,
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

    /// Opens a store that must be there; where it cannot be written to, only to read it.
    ///
    /// # Errors
    /// [`StoreError`] where it is not there, or is no store of today's form.
    pub fn open_existing(path: &Path) -> Result<Self, StoreError> {
        use rusqlite::ErrorCode::{CannotOpen, ReadOnly};
        if !path.is_file() {
            return Err(StoreError::NotThere { path: path.display().to_string() });
        }
        match Self::open(path) {
            Err(StoreError::Sqlite { source, .. })
                if matches!(source.sqlite_error_code(), Some(CannotOpen | ReadOnly)) =>
            {
                Self::open_to_read(path)
            }
            opened => opened,
        }
    }

    /// A file in a folder where nothing can be written is read as it stands: nobody else writes there either.
    fn open_to_read(path: &Path) -> Result<Self, StoreError> {
        let named = |error| sqlite(path, error);
        let whole = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
        let escaped = whole.to_string_lossy().replace('%', "%25").replace('?', "%3f").replace('#', "%23");
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
        let connection = Connection::open_with_flags(format!("file:{escaped}?immutable=1"), flags).map_err(named)?;
        schema::of_today(&connection, path)?;
        Ok(Self { path: path.to_owned(), connection: Mutex::new(connection) })
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
