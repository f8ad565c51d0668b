//! A rating and what it may become, in two bytes: a portfolio holds half a million of them.

use crate::assess::Rating;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A rating, or the range that what is still to check leaves open. In reports it is text: "partial"
/// or "partial to evident".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub struct RatingSpan {
    /// The rating.
    pub rating: Rating,
    /// The best rating possible if everything to check holds, where it differs.
    pub best: Option<Rating>,
}

const ALL: [Rating; 5] = [Rating::NotAssessed, Rating::Missing, Rating::Partial, Rating::Evident, Rating::Embedded];
const TO: &str = " to ";

impl fmt::Display for RatingSpan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.rating.name())?;
        self.best.map_or(Ok(()), |best| write!(f, "{TO}{}", best.name()))
    }
}

impl From<RatingSpan> for String {
    fn from(span: RatingSpan) -> Self {
        span.to_string()
    }
}

impl TryFrom<String> for RatingSpan {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let named = |name: &str| ALL.into_iter().find(|r| r.name() == name);
        let (rating, best) = text.split_once(TO).map_or((&*text, None), |(rating, best)| (rating, Some(best)));
        match (named(rating), best.map(named)) {
            (Some(rating), None) => Ok(Self { rating, best: None }),
            (Some(rating), Some(Some(best))) => Ok(Self { rating, best: Some(best) }),
            _ => Err(format!("\u{201c}{text}\u{201d} is no rating")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_and_it_is_small() {
        for rating in ALL {
            for best in ALL.map(Some).into_iter().chain([None]) {
                let span = RatingSpan { rating, best };
                assert_eq!(RatingSpan::try_from(span.to_string()), Ok(span));
            }
        }
        assert!(RatingSpan::try_from("partial to nothing".to_owned()).is_err());
        assert!(size_of::<super::super::RatingMark>() <= 6);
    }
}
