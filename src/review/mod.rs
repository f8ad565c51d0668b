//! An officer's judgements on a report: written out as a form to fill in, read back, laid on top.
//!
//! Comes in: a report, or a review file that an officer filled in. Goes out: the file's text, or the
//! judgements beside the machine's verdicts in [`DocumentReport::review`]. The machine's words stay
//! as they are; a judgement whose text changed is shown and does not count.
//!
//! [`DocumentReport::review`]: crate::report::DocumentReport

mod apply;
mod error;
mod merge;
mod rating;
mod read;
mod write;

pub use apply::Bound;
pub use error::{ReviewError, ReviewErrors};
pub use read::read;
pub use write::{What, write};

use crate::assess::Verdict;
use crate::report::officer::Word;

/// The name and version of the form of review files.
pub const FORM: &str = "goldthread/review/1";

/// A review file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ReviewFile {
    /// Who judges, unless a point says another.
    pub name: String,
    /// When, unless a point says another; empty or year-month-day.
    pub date: String,
    /// One a document, in order.
    pub documents: Vec<JudgedDocument>,
}

/// What is judged of one document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedDocument {
    /// As the report names it.
    pub path: String,
    /// SHA-256 of the file that is judged; empty where it is not known.
    pub sha256: String,
    /// In order.
    pub points: Vec<Point>,
}

/// A point of a review file, filled in or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Point {
    /// The pack that asks it.
    pub pack: String,
    /// The facet's id.
    pub facet: String,
    /// What the program said when the file was written.
    pub program: Verdict,
    /// The marks of the passages shown then, best first.
    pub passages: Vec<String>,
    /// The officer's word, if given.
    pub word: Option<Word>,
    /// Numbers, from 1, of passages that hold it.
    pub counts: Vec<usize>,
    /// Numbers, from 1, of passages that do not.
    pub does_not_count: Vec<usize>,
    /// The level by the officer's word: 2 stated to 4 accountable.
    pub level: Option<u8>,
    /// Why.
    pub reason: String,
    /// Who, where not the file's name.
    pub name: String,
    /// When, where not the file's date.
    pub date: String,
    /// SHA-256 of the file that was judged, where it is another than the document's.
    pub sha256: String,
}

impl Point {
    /// Whether anything was judged.
    #[must_use]
    pub fn is_judged(&self) -> bool {
        self.word.is_some() || !self.counts.is_empty() || !self.does_not_count.is_empty()
    }

    /// The marks of passages by their numbers.
    fn marks(&self, numbers: &[usize]) -> Vec<String> {
        numbers.iter().filter_map(|n| self.passages.get(n.checked_sub(1)?)).cloned().collect()
    }
}
