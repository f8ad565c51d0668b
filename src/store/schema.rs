//! The tables of a store, and the way from each older form to today's.

use super::{StoreError, sqlite};
use rusqlite::{Connection, ErrorCode, TransactionBehavior};
use std::cmp::Ordering;
use std::path::Path;
use std::time::{Duration, Instant};

/// Tells goldthread's databases from others: "gold" in ASCII.
pub(super) const APPLICATION: i64 = 0x676f_6c64;

/// What leads from each form to the next. A released step is never changed; new ones go to the end.
pub(super) const STEPS: &[&str] = &[
    // 1: runs, the results that they found, and which file had which result.
    "CREATE TABLE runs (
        id INTEGER PRIMARY KEY,
        begun TEXT NOT NULL,
        finished TEXT,
        version TEXT NOT NULL,
        rule_hash TEXT NOT NULL,
        files INTEGER NOT NULL
    );
    CREATE TABLE criteria (
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        pack TEXT NOT NULL,
        criterion TEXT NOT NULL,
        title TEXT NOT NULL,
        PRIMARY KEY (run, position)
    ) WITHOUT ROWID;
    CREATE TABLE results (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL UNIQUE,
        sha256 TEXT NOT NULL,
        status TEXT NOT NULL,
        title TEXT,
        record BLOB NOT NULL
    );
    CREATE TABLE documents (
        run INTEGER NOT NULL REFERENCES runs (id) ON DELETE CASCADE,
        path TEXT NOT NULL,
        status TEXT NOT NULL,
        error TEXT,
        result INTEGER REFERENCES results (id),
        PRIMARY KEY (run, path)
    ) WITHOUT ROWID;
    CREATE TABLE ratings (
        result INTEGER NOT NULL REFERENCES results (id) ON DELETE CASCADE,
        pack TEXT NOT NULL,
        criterion TEXT NOT NULL,
        rating TEXT NOT NULL,
        rating_if_checks_hold TEXT,
        PRIMARY KEY (result, pack, criterion)
    ) WITHOUT ROWID;
    CREATE TABLE evidence (
        result INTEGER NOT NULL REFERENCES results (id) ON DELETE CASCADE,
        pack TEXT NOT NULL,
        facet TEXT NOT NULL,
        position INTEGER NOT NULL,
        level INTEGER NOT NULL,
        certainty REAL NOT NULL,
        page INTEGER,
        quote TEXT NOT NULL,
        PRIMARY KEY (result, pack, facet, position)
    ) WITHOUT ROWID;",
    // 2: whether a file was read in this run or its results were there already.
    "ALTER TABLE documents ADD COLUMN unchanged INTEGER NOT NULL DEFAULT 0;
    CREATE INDEX documents_result ON documents (result);",
    // 3: what reports of many documents ask of each, apart from the whole, which is long.
    "CREATE TABLE briefs (
        result INTEGER PRIMARY KEY REFERENCES results (id) ON DELETE CASCADE,
        brief BLOB NOT NULL
    );",
];

/// Makes the tables, or brings older ones to today's form, in one transaction.
pub(super) fn prepare(connection: &mut Connection, path: &Path) -> Result<(), StoreError> {
    let named = |error| sqlite(path, error);
    let form: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(named)?;
    let known = STEPS.len() as i64;
    if form > known && application(connection).map_err(named)? == APPLICATION {
        return Err(StoreError::TooNew { path: path.display().to_string(), found: form, known });
    }
    if !is_ours(connection, form).map_err(named)? {
        return Err(StoreError::Foreign { path: path.display().to_string() });
    }
    write_ahead(connection).map_err(named)?;
    connection
        .execute_batch("PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON; PRAGMA cache_size = -1024;")
        .map_err(named)?;
    if form < known { upgrade(connection).map_err(named) } else { Ok(()) }
}

/// Whether a store that cannot be written to is of today's form.
pub(super) fn of_today(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let named = |error| sqlite(path, error);
    let form: i64 = connection.query_row("PRAGMA user_version", [], |row| row.get(0)).map_err(named)?;
    let shown = || path.display().to_string();
    if application(connection).map_err(named)? != APPLICATION {
        return Err(StoreError::Foreign { path: shown() });
    }
    match form.cmp(&(STEPS.len() as i64)) {
        Ordering::Less => Err(StoreError::TooOld { path: shown() }),
        Ordering::Equal => Ok(()),
        Ordering::Greater => Err(StoreError::TooNew { path: shown(), found: form, known: STEPS.len() as i64 }),
    }
}

/// Readers do not wait for writers; a killed program leaves nothing half done. SQLite itself does not wait where two
/// programs ask for this at once.
fn write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let begun = Instant::now();
    loop {
        match connection.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())) {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) && begun.elapsed() < super::PATIENCE =>
            {
                std::thread::sleep(Duration::from_millis(10));
            }
            done => return done,
        }
    }
}

fn upgrade(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another program may have been first.
    let form: i64 = transaction.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    for step in STEPS.iter().skip(usize::try_from(form).unwrap_or(0)) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION)?;
    transaction.pragma_update(None, "user_version", STEPS.len() as i64)?;
    transaction.commit()
}

fn application(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("PRAGMA application_id", [], |row| row.get(0))
}

/// A new file, or one that says that it is goldthread's.
fn is_ours(connection: &Connection, form: i64) -> rusqlite::Result<bool> {
    let tables: i64 = connection.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    Ok((tables == 0 && form == 0) || application(connection)? == APPLICATION)
}
