//! Points to certainty: a scorecard by facet.
//!
//! Reasons add up. Their points come from the pack's calibration where there is one, and from the
//! strength of rules and the defaults below where there is none.

use super::Verdict;
use super::level::LevelPoints;
use super::reading::{Feature, Reading, Shape};
use crate::matching::Matcher;
use crate::pack::{Calibration, CueKind, FacetCalibration, Level, Strength};
use crate::segment::PassageKind;
use std::collections::BTreeMap;

/// The points of every facet of the packs in use.
#[derive(Clone, Debug, Default)]
pub struct Scorecard {
    facets: Vec<FacetPoints>,
    levels: Vec<LevelPoints>,
}

/// The points of one facet.
#[derive(Clone, Debug, Default)]
pub struct FacetPoints {
    /// Before any reason.
    pub base: f64,
    /// Certainty from which a passage counts as holding the facet.
    pub holds: f64,
    /// Certainty of the document from which the facet is present.
    pub present: f64,
    /// Certainty of the document under which it is missing.
    pub missing: f64,
    /// Points that the document loses each time it is e times as long.
    pub length: f64,
    points: BTreeMap<Feature, f64>,
    pack: usize,
}

/// How certain it is, from 0 to 1, that a document holds a facet.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// With the document's length taken into account.
    pub certainty: f64,
    /// The same where length does not count against it: nothing is missing only because a document
    /// is long.
    pub at_most: f64,
}

/// Points of a facet before any reason.
pub const BASE: f64 = -4.0;
/// Thresholds of a pack without calibration.
const HOLDS: f64 = 0.5;
const PRESENT: f64 = 0.7;
const MISSING: f64 = 0.12;

/// The points of a rule by its strength.
#[must_use]
pub const fn default_points(strength: Strength) -> f64 {
    match strength {
        Strength::Sure => 5.0,
        Strength::Likely => 3.5,
        Strength::Hint => 1.5,
        Strength::Doubt => -2.0,
        Strength::Never => 0.0,
    }
}

/// The points of a cue where nothing is calibrated.
#[must_use]
pub const fn default_cue_points(kind: CueKind) -> f64 {
    match kind {
        CueKind::History | CueKind::Quoted | CueKind::Signpost => -3.0,
        CueKind::Denial => -6.0,
        CueKind::Commitment => 0.5,
        _ => 0.0,
    }
}

impl Scorecard {
    /// The scorecard of the packs that a matcher was compiled from.
    #[must_use]
    pub fn new(matcher: &Matcher) -> Self {
        let calibrations: Vec<_> = matcher.packs().iter().map(|p| p.calibration.as_ref()).collect();
        Self::with(matcher, &calibrations)
    }

    /// The same with other calibrations, one a pack.
    #[must_use]
    pub fn with(matcher: &Matcher, calibrations: &[Option<&Calibration>]) -> Self {
        let mut facets = Vec::new();
        for (facet, info) in matcher.facets().iter().enumerate() {
            let id = &matcher.facet(facet).id;
            let fitted = calibrations.get(info.pack).copied().flatten().and_then(|c| c.facets.get(id));
            facets.push(FacetPoints::new(matcher, facet, info.pack, fitted));
        }
        let levels = calibrations.iter().map(|c| LevelPoints::new(*c)).collect();
        Self { facets, levels }
    }

    /// The points of one facet.
    #[must_use]
    pub fn facet(&self, facet: usize) -> &FacetPoints {
        &self.facets[facet]
    }

    /// The level of a passage that holds the facet.
    #[must_use]
    pub fn level(&self, matcher: &Matcher, reading: &Reading) -> Level {
        let complete_at = matcher.facet(reading.facet).complete_at;
        self.levels[self.facet(reading.facet).pack].level(reading, complete_at)
    }

    /// How certain it is, from 0 to 1, that the passage holds the facet.
    #[must_use]
    pub fn certainty(&self, reading: &Reading) -> f64 {
        if reading.vetoed {
            return 0.0;
        }
        let facet = self.facet(reading.facet);
        let sum: f64 = reading.signs.iter().map(|s| facet.points(s.feature) * s.value).sum();
        logistic(facet.base + sum)
    }
}

impl FacetPoints {
    fn new(matcher: &Matcher, facet: usize, pack: usize, fitted: Option<&FacetCalibration>) -> Self {
        let mut points = BTreeMap::new();
        let keys = fitted.map(|f| &f.points);
        for feature in features(matcher, facet) {
            let key = key(matcher, feature);
            let value =
                keys.and_then(|k| k.get(&key).copied()).unwrap_or_else(|| prior(matcher, feature, fitted.is_some()));
            points.insert(feature, value);
        }
        let (base, holds, present, missing) =
            fitted.map_or((BASE, HOLDS, PRESENT, MISSING), |f| (f.base, f.holds, f.present, f.missing));
        let length = fitted.map_or(0.0, |f| f.length);
        Self { base, holds, present, missing, length, points, pack }
    }

    /// How certain it is that a document holds the facet, from its strongest passages and how many
    /// it has.
    #[must_use]
    pub fn document(&self, strongest_first: impl Iterator<Item = f64>, passages: usize) -> Standing {
        let odds = log_odds(strongest_first);
        let certainty = logistic(odds - self.length * longer(passages));
        Standing { certainty, at_most: certainty.max(logistic(odds)) }
    }

    /// The verdict on a document that could be read, from its certainty and that of its surest
    /// passage.
    #[must_use]
    pub fn verdict(&self, document: Standing, passage: f64) -> Verdict {
        if document.certainty >= self.present && passage >= self.holds {
            Verdict::Present
        } else if document.at_most >= self.missing {
            Verdict::Check
        } else {
            Verdict::Missing
        }
    }

    /// The points that a feature adds.
    #[must_use]
    pub fn points(&self, feature: Feature) -> f64 {
        self.points.get(&feature).copied().unwrap_or(0.0)
    }
}

/// Every feature that may weigh for a facet, in a fixed order. A paragraph is what all
/// other kinds are measured against.
#[must_use]
pub fn features(matcher: &Matcher, facet: usize) -> Vec<Feature> {
    let rules = matcher.rules_of(facet).map(Feature::Rule);
    let cues = CueKind::ALL.into_iter().map(Feature::Cue);
    let sections = matcher.section_ids().map(Feature::Section);
    let kinds = [PassageKind::Bullet, PassageKind::Row, PassageKind::Footnote];
    let shapes = Shape::ALL.into_iter().map(Feature::Shape);
    rules.chain(cues).chain(sections).chain(kinds.into_iter().map(Feature::Kind)).chain(shapes).collect()
}

/// The name of a feature in calibrations and reports.
#[must_use]
pub fn key(matcher: &Matcher, feature: Feature) -> String {
    match feature {
        Feature::Rule(rule) => matcher.rule(rule).id.clone(),
        Feature::Cue(kind) => format!("cue.{}", kind.name()),
        Feature::Section(section) => format!("section.{}", matcher.section(section)),
        Feature::Kind(kind) => format!("kind.{}", kind.name()),
        Feature::Shape(shape) => format!("shape.{}", shape.name()),
    }
}

/// The points of a feature that no calibration names: those of its strength where nothing is
/// calibrated or the rule is newer than the calibration, otherwise none.
#[must_use]
pub fn prior(matcher: &Matcher, feature: Feature, calibrated: bool) -> f64 {
    match feature {
        Feature::Rule(rule) => default_points(matcher.rule(rule).strength),
        Feature::Cue(kind) if !calibrated => default_cue_points(kind),
        _ => 0.0,
    }
}

/// Passages whose certainties make that of their document.
const STRONGEST: usize = 3;
/// Passages of a document of ordinary length.
const ORDINARY: f64 = 40.0;

/// The log odds that one of the strongest passages holds a facet: that not all of them fail to.
#[must_use]
pub fn log_odds(strongest_first: impl Iterator<Item = f64>) -> f64 {
    let none: f64 = strongest_first.take(STRONGEST).map(|c| 1.0 - c).product();
    ((1.0 - none).max(1e-6) / none.max(1e-6)).ln()
}

/// How much longer than ordinary a document is, as a natural logarithm.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "counts of passages are far below 2^52")]
pub fn longer(passages: usize) -> f64 {
    (passages.max(1) as f64 / ORDINARY).ln()
}

/// The logistic function.
#[must_use]
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}
