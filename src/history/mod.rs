//! How ratings moved from run to run.
//!
//! Comes in: a [`Store`]. Goes out: a [`History`], and from it text for a terminal, a web page with
//! a chart, or a table. It reads no document and judges nothing.

mod csv;
mod html;
mod text;

use crate::assess::Rating;
use crate::report::RatingCounts;
use crate::report::words::called::Called;
use crate::store::{Criterion, PastRating, PastRun, Store, StoreError};
use std::collections::HashMap;

/// What all finished runs of a store found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct History {
    /// The runs, the first one first.
    pub runs: Vec<PastRun>,
    /// Runs that were stopped before their end; they are counted nowhere.
    pub unfinished: usize,
    /// Every criterion with its counts.
    pub criteria: Vec<CriterionHistory>,
    /// Every rating that is another than in the run before that had it.
    pub moves: Vec<Move>,
    /// How many documents any run judged.
    pub plans: usize,
}

/// How many documents had which rating on one criterion.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CriterionHistory {
    /// The criterion.
    pub criterion: Criterion,
    /// One a run, in the order of [`History::runs`].
    pub counts: Vec<RatingCounts>,
}

/// A rating that changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Move {
    /// The document.
    pub path: String,
    /// Which of [`History::criteria`].
    pub criterion: usize,
    /// Which of [`History::runs`] it changed in.
    pub run: usize,
    /// The rating before.
    pub from: Rating,
    /// The rating since.
    pub to: Rating,
}

/// Why a history could not be shown.
#[derive(Debug, thiserror::Error)]
pub enum HistoryError {
    /// The store cannot be read.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The web page could not be made.
    #[error("the history could not be written as a web page: {0}")]
    Html(#[from] askama::Error),
    /// The place that it goes to does not take it.
    #[error("the history could not be written: {0}")]
    Write(#[from] std::io::Error),
}

impl History {
    /// Everything that the finished runs of a store found.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub fn of(store: &Store) -> Result<Self, StoreError> {
        let runs = store.runs()?;
        let counts = vec![RatingCounts::default(); runs.len()];
        let criteria: Vec<CriterionHistory> = store
            .criteria()?
            .into_iter()
            .map(|criterion| CriterionHistory { criterion, counts: counts.clone() })
            .collect();
        let mut out = Self { unfinished: store.unfinished()?, runs, criteria, ..Self::default() };
        let of_run: HashMap<i64, usize> = out.runs.iter().enumerate().map(|(i, r)| (r.id, i)).collect();
        let key = |c: &Criterion| (c.pack.clone(), c.id.clone());
        let of_criterion: HashMap<_, _> =
            out.criteria.iter().enumerate().map(|(i, c)| (key(&c.criterion), i)).collect();
        let mut last: Option<PastRating> = None;
        store.each_rating(&mut |rating| {
            let places = (of_run.get(&rating.run), of_criterion.get(&(rating.pack.clone(), rating.criterion.clone())));
            let (Some(&run), Some(&criterion)) = places else { return };
            out.criteria[criterion].counts[run].add(rating.rating, rating.rating_if_checks_hold);
            if last.as_ref().is_none_or(|l| l.path != rating.path) {
                out.plans += 1;
            }
            let before = last.as_ref().filter(|l| same(l, &rating) && l.rating != rating.rating);
            if let Some(before) = before {
                let (from, to) = (before.rating, rating.rating);
                out.moves.push(Move { path: rating.path.clone(), criterion, run, from, to });
            }
            last = Some(rating);
        })?;
        out.moves.sort_by(|a, b| (b.run, &a.path, a.criterion).cmp(&(a.run, &b.path, b.criterion)));
        Ok(out)
    }
}

/// Whether two ratings are of one document and criterion.
fn same(a: &PastRating, b: &PastRating) -> bool {
    a.path == b.path && a.pack == b.pack && a.criterion == b.criterion
}

/// The day and minute of a run, as people write it.
fn day(run: &PastRun) -> String {
    run.begun.replace('T', " ").trim_end_matches('Z').chars().take(16).collect()
}

#[cfg(test)]
mod tests;

impl Called for Criterion {
    fn id(&self) -> &str {
        &self.id
    }

    fn title(&self) -> &str {
        &self.title
    }
}
