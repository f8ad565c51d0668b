//! Ratings of criteria from the verdicts on their facets.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How far a document holds a criterion, ordered. Source: the project's codebook.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Rating {
    /// Too little could be read.
    NotAssessed,
    /// No facet is present.
    Missing,
    /// Some facet is present, but not all, or none is committed.
    Partial,
    /// Every facet is present and at least one is committed.
    Evident,
    /// Evident, one facet accountable, and evidence in three or more sections.
    Embedded,
}

/// What the facets of one criterion come to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct RatingRange {
    /// Facets of the criterion.
    pub facets: usize,
    /// Facets that are present.
    pub present: usize,
    /// The best level among them, as a number.
    pub best: u8,
    /// Different sections that their evidence stands in.
    pub sections: usize,
}

/// Sections that evidence must stand in before a criterion is embedded.
const SECTIONS: usize = 3;

impl RatingRange {
    /// The rating by the codebook.
    #[must_use]
    pub const fn rating(&self) -> Rating {
        if self.present == 0 {
            Rating::Missing
        } else if self.present < self.facets || self.best < 3 {
            Rating::Partial
        } else if self.best < 4 || self.sections < SECTIONS {
            Rating::Evident
        } else {
            Rating::Embedded
        }
    }
}

impl Rating {
    /// Its name as people read it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotAssessed => "not assessed",
            Self::Missing => "missing",
            Self::Partial => "partial",
            Self::Evident => "evident",
            Self::Embedded => "embedded",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ratings_follow_the_codebook() {
        for (facets, present, best, sections, rating) in [
            (3, 0, 0, 0, Rating::Missing),
            (3, 2, 4, 5, Rating::Partial),
            (3, 3, 2, 5, Rating::Partial),
            (3, 3, 3, 5, Rating::Evident),
            (3, 3, 4, 2, Rating::Evident),
            (3, 3, 4, 3, Rating::Embedded),
            (1, 1, 4, 3, Rating::Embedded),
        ] {
            assert_eq!(RatingRange { facets, present, best, sections }.rating(), rating);
        }
    }
}
