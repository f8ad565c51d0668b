//! Hits to [`Assessment`]s: how sure it is that a document holds each facet, and how firmly.
//!
//! Comes in: the passages of a document and what the matcher found in them. Goes out: for each
//! criterion a rating, for each facet a verdict with the passages that prove it or come nearest.
//! It does not search, and knows no file format.

mod aside;
pub mod certainty;
mod document;
mod evidence;
pub mod fit;
mod gather;
pub(crate) mod level;
mod mark;
mod rating;
mod reading;
mod thresholds;
pub mod verdict;
mod why;

pub use aside::{Aside, AsideKind};
pub use certainty::Scorecard;
pub use document::{Judge, Status, assess, level_of_example, status};
pub use evidence::{Cited, Evidence, FoundBy, NearMiss, Reason};
pub use mark::Mark;
pub use rating::{Rating, RatingRange};
pub use reading::{Feature, Reading, Shape, Sign, read, says};
pub use thresholds::Thresholds;

use crate::pack::Level;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How one document stands to one criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Assessment {
    /// The pack that asks it.
    pub pack: String,
    /// The criterion's id, unique in its pack.
    pub id: String,
    /// The criterion's title.
    pub title: String,
    /// Whether a gate looks at it.
    pub required: bool,
    /// The rating that the facets surely present give.
    pub rating: Rating,
    /// The best rating possible if everything "to check" holds; `None` where nothing is to check
    /// or it would change nothing.
    pub rating_if_checks_hold: Option<Rating>,
    /// Where all sure evidence stands, if it is only where words cost nothing: one of a kind.
    pub only_in: Vec<Aside>,
    /// Every facet in the pack's order.
    pub facets: Vec<FacetAssessment>,
}

/// How one document stands to one facet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FacetAssessment {
    /// The facet's id, unique in its pack.
    pub id: String,
    /// The facet's title.
    pub title: String,
    /// What a reader of the report must do.
    pub verdict: Verdict,
    /// The best level found: 0 none to 4 accountable. With the verdict "check" it is the level
    /// that holds if the passages do; without evidence 0 or 1.
    #[schemars(with = "u8")]
    pub level: LevelNumber,
    /// How certain it is, from 0 to 1, that the document holds the facet.
    pub certainty: f64,
    /// The passages that surely hold it, best first; empty unless present.
    pub evidence: Vec<Evidence>,
    /// The passages that come nearest, best first: five at most where the facet is to check, three where it is
    /// missing; none where it is present.
    pub nearest: Vec<NearMiss>,
    /// Where all passages stand that hold it, in reading order; with the verdict "check" where the
    /// passages shown stand.
    pub marks: Vec<Mark>,
    /// Where all evidence stands, if it is only where words cost nothing: one of a kind. With the
    /// verdict "missing" the heading that names it, where one does.
    pub only_in: Vec<Aside>,
}

/// A level as its number in reports.
pub type LevelNumber = u8;

/// What a reader of the report must do about a facet. Source: the project's codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// At least one passage surely holds it.
    Present,
    /// Passages may hold it: look at the ones shown.
    Check,
    /// No passage that is likely to hold it was found in what could be read.
    Missing,
    /// Too little of the document could be read.
    NotAssessed,
}

/// The number of a level, 0 to 4.
#[must_use]
pub const fn number(level: Level) -> LevelNumber {
    level as u8
}
