//! What happened to a facet or a rating, by what stood before and after.
//!
//! Comes in: two states. Goes out: one word. It looks at no passage.

use super::RatingState;
use crate::assess::{FacetAssessment, Rating, Verdict};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What happened, worst first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Change {
    /// Was surely there, is missing.
    Lost,
    /// Is still there or may be, but less surely or less firmly.
    Weakened,
    /// One of the two drafts could not be read well enough to say.
    NotComparable,
    /// As sure and as firm as before.
    Same,
    /// Is surer or firmer.
    Strengthened,
    /// Was missing, is surely there.
    Gained,
}

/// How a draft stands to a facet.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct State {
    /// What a reader of the report must do.
    pub verdict: Verdict,
    /// The best level found: 0 none to 4 accountable.
    pub level: u8,
}

impl State {
    pub(super) fn of(facet: &FacetAssessment) -> Self {
        Self { verdict: facet.verdict, level: facet.level }
    }

    /// How sure and how firm; `None` where it was not judged. What is to check counts alike
    /// whatever its level would be.
    const fn rank(self) -> Option<(u8, u8)> {
        match self.verdict {
            Verdict::NotAssessed => None,
            Verdict::Missing => Some((0, 0)),
            Verdict::Check => Some((1, 0)),
            Verdict::Present => Some((2, self.level)),
        }
    }
}

impl Change {
    pub(super) fn of_states(old: State, new: State) -> Self {
        let (Some(a), Some(b)) = (old.rank(), new.rank()) else { return Self::NotComparable };
        Self::of(a.cmp(&b), a.0 == 0, b.0 == 0, a.0 == 2, b.0 == 2)
    }

    /// By the rating that is sure, then by the best that is possible.
    pub(super) fn of_ratings(old: RatingState, new: RatingState) -> Self {
        if old.rating == Rating::NotAssessed || new.rating == Rating::NotAssessed {
            return Self::NotComparable;
        }
        let key = |r: RatingState| (r.rating, r.rating_if_checks_hold.unwrap_or(r.rating));
        let missing = |r: RatingState| r.rating == Rating::Missing && r.rating_if_checks_hold.is_none();
        let sure = |r: RatingState| r.rating > Rating::Missing;
        Self::of(key(old).cmp(&key(new)), missing(old), missing(new), sure(old), sure(new))
    }

    const fn of(order: std::cmp::Ordering, no_old: bool, no_new: bool, sure_old: bool, sure_new: bool) -> Self {
        use std::cmp::Ordering::{Equal, Greater, Less};
        match order {
            Equal => Self::Same,
            Less if no_old && sure_new => Self::Gained,
            Less => Self::Strengthened,
            Greater if no_new && sure_old => Self::Lost,
            Greater => Self::Weakened,
        }
    }

    /// Whether a gate looks at it.
    #[must_use]
    pub const fn is_weaker(self) -> bool {
        matches!(self, Self::Lost | Self::Weakened)
    }

    /// Whether both are for the worse, or both for the better.
    pub(super) const fn is_like(self, other: Self) -> bool {
        let worse = self.is_weaker() && other.is_weaker();
        worse || (self.mirrored().is_weaker() && other.mirrored().is_weaker())
    }

    /// Its name as people read it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Lost => "lost",
            Self::Weakened => "weakened",
            Self::NotComparable => "cannot be compared",
            Self::Same => "as before",
            Self::Strengthened => "strengthened",
            Self::Gained => "gained",
        }
    }

    /// What it is seen from the other side.
    #[must_use]
    pub const fn mirrored(self) -> Self {
        match self {
            Self::Lost => Self::Gained,
            Self::Weakened => Self::Strengthened,
            Self::Strengthened => Self::Weakened,
            Self::Gained => Self::Lost,
            same => same,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn changes_of_a_facet() {
        let state = |verdict, level| State { verdict, level };
        let (missing, check, stated, committed) = (
            state(Verdict::Missing, 0),
            state(Verdict::Check, 3),
            state(Verdict::Present, 2),
            state(Verdict::Present, 3),
        );
        for (old, new, change) in [
            (committed, missing, Change::Lost),
            (committed, check, Change::Weakened),
            (committed, stated, Change::Weakened),
            (check, missing, Change::Weakened),
            (check, state(Verdict::Check, 2), Change::Same),
            (missing, state(Verdict::Missing, 1), Change::Same),
            (committed, state(Verdict::NotAssessed, 0), Change::NotComparable),
        ] {
            assert_eq!(Change::of_states(old, new), change, "{old:?} {new:?}");
            assert_eq!(Change::of_states(new, old), change.mirrored());
        }
    }

    #[test]
    fn changes_of_a_rating() {
        let state = |rating, rating_if_checks_hold| RatingState { rating, rating_if_checks_hold };
        let (missing, open) = (state(Rating::Missing, None), state(Rating::Missing, Some(Rating::Evident)));
        let partial = state(Rating::Partial, None);
        for (old, new, change) in [
            (partial, missing, Change::Lost),
            (partial, open, Change::Weakened),
            (open, missing, Change::Weakened),
            (state(Rating::Partial, Some(Rating::Evident)), partial, Change::Weakened),
            (partial, state(Rating::NotAssessed, None), Change::NotComparable),
        ] {
            assert_eq!(Change::of_ratings(old, new), change, "{old:?} {new:?}");
            assert_eq!(Change::of_ratings(new, old), change.mirrored());
        }
    }
}
