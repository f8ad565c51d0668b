//! How sure the words "present" and "missing" must be where somebody asks for more than the packs do.
//!
//! Comes in: the least and the greatest certainty. Goes out: a scorecard that asks for it. It never
//! makes a word less sure than its pack has it, for the packs' own thresholds were measured.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How sure words must be, as certainties of a point in a document from 0 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Thresholds {
    /// "Present" is said only from this certainty on; absent where the packs decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub present: Option<f64>,
    /// "Missing" is said only below this certainty; absent where the packs decide.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<f64>,
}

impl Thresholds {
    /// Whether the packs decide alone.
    #[must_use]
    pub const fn is_none(&self) -> bool {
        self.present.is_none() && self.missing.is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::verdict::DocumentPoints;
    use crate::pack::DocumentCalibration;

    #[test]
    fn words_become_surer_and_never_less_sure() {
        let asked = |present, missing| {
            let fitted = DocumentCalibration { present: 0.8, missing: 0.1, ..DocumentCalibration::default() };
            let mut points = DocumentPoints::new(fitted);
            points.surer(&Thresholds { present, missing });
            (points.present(), points.missing())
        };
        assert_eq!(asked(Some(0.9), Some(0.05)), (0.9, 0.05));
        assert_eq!(asked(Some(0.6), Some(0.3)), (0.8, 0.1));
        assert_eq!(asked(None, None), (0.8, 0.1));
    }
}
