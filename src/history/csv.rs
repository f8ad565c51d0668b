//! Every rating of every run as a table for spreadsheets.

use super::HistoryError;
use crate::report::csv::{no_formula, refused};
use crate::report::words::clean;
use crate::store::Store;
use std::collections::HashMap;
use std::io;

impl super::History {
    /// Writes a row for each run, document and criterion; `rules` is the hash of the rules that judged it.
    ///
    /// # Errors
    /// [`HistoryError`] where the store cannot be read or the table not be written.
    pub fn csv(&self, store: &Store, out: &mut dyn io::Write) -> Result<(), HistoryError> {
        let runs: HashMap<i64, (&str, &str)> =
            self.runs.iter().map(|r| (r.id, (r.begun.as_str(), r.rule_hash.as_str()))).collect();
        let mut table = ::csv::Writer::from_writer(out);
        let names = ["run", "begun", "document", "pack", "criterion", "rating", "rating_if_checks_hold", "rules"];
        table.write_record(names).map_err(refused)?;
        let mut failed = None;
        store.each_rating(&mut |r| {
            let best = r.rating_if_checks_hold.map_or("", |b| b.name());
            let (begun, rules) = runs.get(&r.run).copied().unwrap_or_default();
            let (run, path) = (r.run.to_string(), clean(&r.path));
            let row = [&run, begun, &path, &r.pack, &r.criterion, r.rating.name(), best, rules];
            if failed.is_none() {
                failed = table.write_record(row.map(|cell| no_formula(cell.to_owned()))).err();
            }
        })?;
        match failed {
            Some(error) => Err(refused(error).into()),
            None => Ok(table.flush()?),
        }
    }
}
