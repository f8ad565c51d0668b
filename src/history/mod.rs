//! How ratings moved from run to run.
//!
//! Comes in: a [`Store`]. Goes out: a [`History`], and from it text for a terminal, a web page with
//! a chart, or a table. It reads no document and judges nothing.

mod csv;
mod html;
mod plans;
mod text;

use crate::assess::Rating;
use crate::report::RatingCounts;
use crate::report::words::called::Called;
use crate::store::{Criterion, PastRun, Store, StoreError};
use plans::Plans;
use std::collections::{BTreeMap, BTreeSet, HashMap};

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
    /// How many plans any run judged. One that was moved or renamed is still one where it can be known again.
    pub plans: usize,
    /// Plans that the last run judged and the one before did not, in order.
    pub new: Vec<String>,
    /// Plans that the run before the last judged and the last did not, in order.
    pub gone: Vec<String>,
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
    /// What the plan is called, else where its document lies.
    pub plan: String,
    /// Which of [`History::criteria`].
    pub criterion: usize,
    /// Which of [`History::runs`] it changed in.
    pub run: usize,
    /// The rating before.
    pub from: Rating,
    /// The rating since.
    pub to: Rating,
    /// Whether the document is another, byte for byte.
    pub other_text: bool,
    /// Whether other rules or models judged it.
    pub other_rules: bool,
}

impl Move {
    /// What is another than before.
    #[must_use]
    pub const fn by(&self) -> &'static str {
        match (self.other_text, self.other_rules) {
            (true, false) => "the plan changed",
            (false, true) => "other rules, the same plan",
            (true, true) => "the plan changed, and other rules",
            (false, false) => "read in another way",
        }
    }
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
    /// Everything that the finished runs of a store found. `label` gives what the document of a path is called by
    /// its people, if anything.
    ///
    /// # Errors
    /// [`StoreError`] where it cannot be read.
    pub fn of(store: &Store, label: impl Fn(&str) -> Option<String>) -> Result<Self, StoreError> {
        let runs = store.runs()?;
        let counts = vec![RatingCounts::default(); runs.len()];
        let criteria: Vec<CriterionHistory> = store
            .criteria()?
            .into_iter()
            .map(|criterion| CriterionHistory { criterion, counts: counts.clone() })
            .collect();
        let documents = store.documents()?;
        let plans = Plans::of(&documents, label);
        let mut out = Self { unfinished: store.unfinished()?, plans: plans.len(), runs, criteria, ..Self::default() };
        let bytes: HashMap<(i64, &str), &Option<String>> =
            documents.iter().map(|d| ((d.run, d.path.as_str()), &d.sha256)).collect();
        let of_run: HashMap<i64, usize> = out.runs.iter().enumerate().map(|(i, r)| (r.id, i)).collect();
        let key = |c: &Criterion| (c.pack.clone(), c.id.clone());
        let of_criterion: HashMap<_, _> =
            out.criteria.iter().enumerate().map(|(i, c)| (key(&c.criterion), i)).collect();
        let mut last: BTreeMap<(usize, usize), Last> = BTreeMap::new();
        store.each_rating(&mut |rating| {
            let places = (of_run.get(&rating.run), of_criterion.get(&(rating.pack.clone(), rating.criterion.clone())));
            let (Some(&run), Some(&criterion)) = places else { return };
            let Some(plan) = plans.plan(rating.run, &rating.path) else { return };
            out.criteria[criterion].counts[run].add(rating.rating, rating.rating_if_checks_hold);
            let text = bytes.get(&(rating.run, rating.path.as_str())).copied();
            let now = Last { run, rating: rating.rating, text };
            let before = last.insert((plan, criterion), now);
            if let Some(before) = before.filter(|before| before.rating != rating.rating) {
                out.moves.push(Move {
                    plan: plans.name(plan).to_owned(),
                    criterion,
                    run,
                    from: before.rating,
                    to: rating.rating,
                    other_text: before.text != text,
                    other_rules: out.runs[before.run].rule_hash != out.runs[run].rule_hash,
                });
            }
        })?;
        out.moves.sort_by(|a, b| (b.run, &a.plan, a.criterion).cmp(&(a.run, &b.plan, b.criterion)));
        if let [.., before, now] = out.runs.as_slice() {
            let judged = |run: i64| -> BTreeSet<usize> {
                documents.iter().filter(|d| d.run == run).filter_map(|d| plans.plan(run, &d.path)).collect()
            };
            let (before, now) = (judged(before.id), judged(now.id));
            let names = |only: Vec<usize>| {
                let mut names: Vec<String> = only.into_iter().map(|plan| plans.name(plan).to_owned()).collect();
                names.sort();
                names
            };
            out.new = names(now.difference(&before).copied().collect());
            out.gone = names(before.difference(&now).copied().collect());
        }
        Ok(out)
    }
}

impl History {
    /// The plans that one of the last two runs judged: they may be renamed, new, or left out.
    fn others(&self) -> [(&'static str, &[String]); 2] {
        [
            ("Judged in the last run and not in the one before", &self.new),
            ("Judged in the run before the last and not in the last", &self.gone),
        ]
    }
}

/// What was found last.
struct Last<'d> {
    run: usize,
    rating: Rating,
    text: Option<&'d Option<String>>,
}

/// Where no move is known. A plan that could not be known again may have moved.
const NOTHING_MOVED: &str = "No rating moved of a plan that two runs judged.";

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
