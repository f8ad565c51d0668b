//! What earlier runs found.

use super::{Store, StoreError};
use crate::assess::Rating;

/// A run that was finished.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRun {
    /// Unique in the store, rising.
    pub id: i64,
    /// When it began, in universal time: `2026-11-22T09:30:00Z`.
    pub begun: String,
    /// The program's version.
    pub version: String,
    /// The hash of the rules.
    pub rule_hash: String,
    /// Documents that it looked at.
    pub documents: usize,
    /// Of these, those that could not be judged.
    pub not_judged: usize,
    /// Of these, those that had not changed.
    pub unchanged: usize,
}

/// A criterion that was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Criterion {
    /// Its pack.
    pub pack: String,
    /// Its id, unique in the pack.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// A document that a finished run judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastDocument {
    /// The run.
    pub run: i64,
    /// Where it lay.
    pub path: String,
    /// SHA-256 of its bytes.
    pub sha256: Option<String>,
}

/// How one document stood to one criterion in one run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PastRating {
    /// The run.
    pub run: i64,
    /// The document.
    pub path: String,
    /// The criterion's pack.
    pub pack: String,
    /// The criterion's id.
    pub criterion: String,
    /// Its rating.
    pub rating: Rating,
    /// The best rating possible if everything to check held.
    pub rating_if_checks_hold: Option<Rating>,
}

impl Store {
    /// Every finished run, the first one first.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read.
    pub fn runs(&self) -> Result<Vec<PastRun>, StoreError> {
        let sql = "SELECT r.id, r.begun, r.version, r.rule_hash, count(d.path), \
                   count(CASE WHEN d.status <> 'assessed' THEN 1 END), coalesce(sum(d.unchanged), 0) \
                   FROM runs r LEFT JOIN documents d ON d.run = r.id WHERE r.finished IS NOT NULL \
                   GROUP BY r.id ORDER BY r.id";
        let read = |row: &rusqlite::Row<'_>| {
            let number = |n: i64| usize::try_from(n).unwrap_or(0);
            Ok(PastRun {
                id: row.get(0)?,
                begun: row.get(1)?,
                version: row.get(2)?,
                rule_hash: row.get(3)?,
                documents: number(row.get(4)?),
                not_judged: number(row.get(5)?),
                unchanged: number(row.get(6)?),
            })
        };
        self.all(sql, read)
    }

    /// How many runs were begun and not finished.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read.
    pub fn unfinished(&self) -> Result<usize, StoreError> {
        let counted = self.all("SELECT count(*) FROM runs WHERE finished IS NULL", |row| row.get::<_, i64>(0))?;
        Ok(counted.first().map_or(0, |n| usize::try_from(*n).unwrap_or(0)))
    }

    /// Every criterion that a finished run asked, in the order of the last run that asked it.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read.
    pub fn criteria(&self) -> Result<Vec<Criterion>, StoreError> {
        let sql = "SELECT pack, criterion, title, max(run) AS last, position FROM criteria \
                   WHERE run IN (SELECT id FROM runs WHERE finished IS NOT NULL) \
                   GROUP BY pack, criterion ORDER BY last DESC, position";
        self.all(sql, |row| Ok(Criterion { pack: row.get(0)?, id: row.get(1)?, title: row.get(2)? }))
    }

    /// Every document that a finished run judged, by run and path.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read.
    pub fn documents(&self) -> Result<Vec<PastDocument>, StoreError> {
        let sql = "SELECT d.run, d.path, t.sha256 FROM documents d JOIN runs r ON r.id = d.run \
                   LEFT JOIN results t ON t.id = d.result \
                   WHERE r.finished IS NOT NULL AND d.status = 'assessed' ORDER BY d.run, d.path";
        self.all(sql, |row| Ok(PastDocument { run: row.get(0)?, path: row.get(1)?, sha256: row.get(2)? }))
    }

    /// Hands out every rating of the finished runs, by run, document and criterion.
    ///
    /// # Errors
    /// [`StoreError`] where the file cannot be read.
    pub fn each_rating(&self, visit: &mut dyn FnMut(PastRating)) -> Result<(), StoreError> {
        let sql = "SELECT d.run, d.path, t.pack, t.criterion, t.rating, t.rating_if_checks_hold \
                   FROM documents d JOIN runs r ON r.id = d.run JOIN ratings t ON t.result = d.result \
                   WHERE r.finished IS NOT NULL AND d.status = 'assessed' \
                   ORDER BY d.run, d.path, t.pack, t.criterion";
        let connection = self.lock();
        let mut walk = || -> rusqlite::Result<()> {
            let mut statement = connection.prepare(sql)?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                let (rating, best): (String, Option<String>) = (row.get(4)?, row.get(5)?);
                visit(PastRating {
                    run: row.get(0)?,
                    path: row.get(1)?,
                    pack: row.get(2)?,
                    criterion: row.get(3)?,
                    rating: named(&rating),
                    rating_if_checks_hold: best.as_deref().map(named),
                });
            }
            Ok(())
        };
        walk().map_err(|e| self.error(e))
    }

    fn all<T>(
        &self,
        sql: &str,
        read: impl FnMut(&rusqlite::Row<'_>) -> rusqlite::Result<T>,
    ) -> Result<Vec<T>, StoreError> {
        let connection = self.lock();
        let rows = || -> rusqlite::Result<Vec<T>> {
            let mut statement = connection.prepare(sql)?;
            let rows = statement.query_map([], read)?;
            rows.collect()
        };
        rows().map_err(|e| self.error(e))
    }
}

/// The rating of a name; an unknown one counts as not assessed.
fn named(name: &str) -> Rating {
    let all = [Rating::Missing, Rating::Partial, Rating::Evident, Rating::Embedded];
    all.into_iter().find(|r| r.name() == name).unwrap_or(Rating::NotAssessed)
}
