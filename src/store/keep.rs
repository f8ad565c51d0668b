//! One run's results into a store, and out of it what need not be read again.

use super::{Store, StoreError};
use crate::assess::Status;
use crate::batch::record::{self, Record, Whole};
use crate::batch::{Memory, MemoryError};
use crate::input::{ReadOptions, Revisions};
use crate::report::{DocumentReport, Head, words};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use sha2::{Digest, Sha256};
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};

/// Everything but a file's bytes that its results depend on.
#[derive(Clone, Debug)]
pub struct Basis {
    text: String,
}

impl Basis {
    /// The basis of a run by the packs of this head, read in this way.
    #[must_use]
    pub fn new(head: &Head, read: &ReadOptions) -> Self {
        let packs = head.packs.iter().map(|p| format!("{} {}", p.id, p.version)).collect::<Vec<_>>();
        let revisions = match read.revisions {
            Revisions::Accepted => "accepted",
            Revisions::Original => "original",
        };
        let limits = format!("{} {} {} {}", read.max_bytes, read.max_pages, read.max_inflated, read.max_text);
        let how = format!("{} {} {}", read.password.is_some(), read.tags, read.ocr);
        let parts = [
            format!("{} {} {}", head.tool.name, head.tool.version, record::form()),
            head.rule_hash.clone(),
            packs.join(","),
            format!("{revisions} {limits} {how}"),
        ];
        Self { text: parts.join("\n") }
    }

    /// What names the results of a file.
    fn key(&self, sha256: &str) -> String {
        let hash = Sha256::digest(format!("{sha256}\n{}", self.text).as_bytes());
        hash.iter().fold(String::with_capacity(64), |mut out, byte| {
            let _ = write!(out, "{byte:02x}");
            out
        })
    }
}

/// A run that is under way.
#[derive(Debug)]
pub struct Run<'s> {
    store: &'s Store,
    id: i64,
    basis: Basis,
    unchanged: AtomicUsize,
    /// Files that had not changed and are still to be noted.
    waiting: Mutex<Vec<Unchanged>>,
}

/// A file that had not changed, with the number of its results.
#[derive(Debug)]
struct Unchanged {
    path: String,
    status: String,
    result: i64,
}

/// Files that are noted at a time.
const TOGETHER: usize = 256;

const NOW: &str = "strftime('%Y-%m-%dT%H:%M:%SZ', 'now')";

impl Store {
    /// Begins a run over so many files.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be written.
    pub fn begin(&self, head: &Head, basis: Basis, files: usize) -> Result<Run<'_>, StoreError> {
        let id = begin(&mut self.lock(), head, files).map_err(|e| self.error(e))?;
        Ok(Run { store: self, id, basis, unchanged: AtomicUsize::new(0), waiting: Mutex::default() })
    }
}

fn begin(connection: &mut Connection, head: &Head, files: usize) -> rusqlite::Result<i64> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    transaction.execute(
        &format!("INSERT INTO runs (begun, version, rule_hash, files) VALUES ({NOW}, ?1, ?2, ?3)"),
        params![head.tool.version, head.rule_hash, files as i64],
    )?;
    let run = transaction.last_insert_rowid();
    let criteria = head.packs.iter().flat_map(|p| p.criteria.iter().map(move |c| (p, c)));
    for ((pack, criterion), position) in criteria.zip(0_i64..) {
        transaction.execute(
            "INSERT INTO criteria (run, position, pack, criterion, title) VALUES (?1, ?2, ?3, ?4, ?5)",
            params![run, position, pack.id, criterion.id, criterion.title],
        )?;
    }
    transaction.commit()?;
    Ok(run)
}

impl Run<'_> {
    /// How many files had not changed and were not read again.
    pub fn unchanged(&self) -> usize {
        self.unchanged.load(Ordering::Relaxed)
    }

    /// Every file is done.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be written.
    pub fn finish(&self) -> Result<(), StoreError> {
        self.note_unchanged(0).map_err(|e| self.store.error(e))?;
        let sql = format!("UPDATE runs SET finished = {NOW} WHERE id = ?1");
        self.store.lock().execute(&sql, [self.id]).map_err(|e| self.store.error(e))?;
        Ok(())
    }

    fn recall(&self, path: &str, sha256: &str) -> rusqlite::Result<Option<Record>> {
        let key = self.basis.key(sha256);
        let found: Option<(i64, String, Vec<u8>)> = {
            let connection = self.store.lock();
            let sql = "SELECT id, status, brief FROM results JOIN briefs ON result = id WHERE key = ?1";
            let mut found = connection.prepare_cached(sql)?;
            found.query_row([key], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?
        };
        let Some((result, status, brief)) = found else { return Ok(None) };
        // What could not be read is tried again: the password, the time or the memory may do now.
        if status == words::status(Status::Unreadable) {
            return Ok(None);
        }
        let path = path.to_owned();
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner).push(Unchanged { path, status, result });
        self.note_unchanged(TOGETHER)?;
        Ok(Some(Record { brief, whole: Whole::Kept(result) }))
    }

    /// Notes the files that had not changed, once there are so many.
    fn note_unchanged(&self, least: usize) -> rusqlite::Result<()> {
        let waiting = {
            let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
            if waiting.is_empty() || waiting.len() < least {
                return Ok(());
            }
            std::mem::take(&mut *waiting)
        };
        let mut connection = self.store.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        for Unchanged { path, status, result } in &waiting {
            let seen = Seen { path, status, error: None, result: Some(*result), unchanged: true };
            note(&transaction, self.id, &seen)?;
        }
        transaction.commit()
    }

    fn whole(&self, number: i64) -> rusqlite::Result<Vec<u8>> {
        let connection = self.store.lock();
        let mut found = connection.prepare_cached("SELECT record FROM results WHERE id = ?1")?;
        found.query_row([number], |row| row.get(0))
    }

    fn keep(&self, document: &DocumentReport, record: &Record) -> rusqlite::Result<()> {
        // What an earlier run kept is in its place.
        let Whole::Here(whole) = &record.whole else { return Ok(()) };
        let mut connection = self.store.lock();
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let result = match &document.sha256 {
            Some(sha256) => Some(put(&transaction, &self.basis.key(sha256), sha256, document, (&record.brief, whole))?),
            None => None,
        };
        let (status, error) = (words::status(document.status), document.error.as_deref());
        note(&transaction, self.id, &Seen { path: &document.path, status, error, result, unchanged: false })?;
        transaction.commit()
    }
}

impl Memory for Run<'_> {
    fn recall(&self, path: &str, sha256: &str) -> Result<Option<Record>, MemoryError> {
        let found = Run::recall(self, path, sha256).map_err(|e| self.store.error(e))?;
        self.unchanged.fetch_add(usize::from(found.is_some()), Ordering::Relaxed);
        Ok(found)
    }

    fn whole(&self, number: i64) -> Result<Vec<u8>, MemoryError> {
        Ok(Run::whole(self, number).map_err(|e| self.store.error(e))?)
    }

    fn keep(&self, document: &DocumentReport, record: &Record) -> Result<(), MemoryError> {
        Ok(Run::keep(self, document, record).map_err(|e| self.store.error(e))?)
    }
}

/// What was seen is noted even where a run is stopped; where that fails, it is seen anew next time.
impl Drop for Run<'_> {
    fn drop(&mut self) {
        let _ = self.note_unchanged(0);
    }
}

/// A file as a run saw it.
struct Seen<'a> {
    path: &'a str,
    status: &'a str,
    error: Option<&'a str>,
    result: Option<i64>,
    unchanged: bool,
}

fn note(connection: &Connection, run: i64, seen: &Seen<'_>) -> rusqlite::Result<()> {
    let sql = "INSERT OR REPLACE INTO documents (run, path, status, error, result, unchanged) \
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let mut insert = connection.prepare_cached(sql)?;
    insert.execute(params![run, seen.path, seen.status, seen.error, seen.result, seen.unchanged])?;
    Ok(())
}

/// The id of a document's results, which are put in where no other program was first.
fn put(
    transaction: &Transaction<'_>,
    key: &str,
    sha256: &str,
    document: &DocumentReport,
    (brief, whole): (&[u8], &[u8]),
) -> rusqlite::Result<i64> {
    let sql = "INSERT INTO results (key, sha256, status, title, record) VALUES (?1, ?2, ?3, ?4, ?5) \
               ON CONFLICT (key) DO UPDATE SET status = ?3, title = ?4, record = ?5 RETURNING id";
    let status = words::status(document.status);
    let values = params![key, sha256, status, document.title, whole];
    let id = transaction.prepare_cached(sql)?.query_row(values, |row| row.get(0))?;
    let sql = "INSERT OR REPLACE INTO briefs (result, brief) VALUES (?1, ?2)";
    transaction.prepare_cached(sql)?.execute(params![id, brief])?;
    for table in ["ratings", "evidence"] {
        transaction.prepare_cached(&format!("DELETE FROM {table} WHERE result = ?1"))?.execute([id])?;
    }
    let mut rating = transaction.prepare_cached("INSERT INTO ratings VALUES (?1, ?2, ?3, ?4, ?5)")?;
    let mut evidence = transaction.prepare_cached("INSERT INTO evidence VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)")?;
    for criterion in &document.criteria {
        let best = criterion.rating_if_checks_hold.map(|r| r.name());
        rating.execute(params![id, criterion.pack, criterion.id, criterion.rating.name(), best])?;
        for facet in &criterion.facets {
            for (e, position) in facet.evidence.iter().zip(0_i64..) {
                let (page, quote) = (e.cited.page, &e.cited.quote);
                evidence.execute(params![id, criterion.pack, facet.id, position, e.level, e.certainty, page, quote])?;
            }
        }
    }
    Ok(id)
}
