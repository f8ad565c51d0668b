//! What is fitted to labelled passages: points, thresholds, and how often they were right.
//!
//! Comes in: `calibration.toml`. Goes out: plain numbers; it fits nothing itself.
//! No field is skipped when it is written: the program stores packs without the names of fields.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Points and thresholds fitted to labelled passages. Written by `eval --calibrate`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// How it was made: files, number of passages, date of the packs.
    pub made_from: String,
    /// How passages become verdicts on a document.
    #[serde(default)]
    pub documents: Option<DocumentCalibration>,
    /// The same where a learned reader reads beside the rules.
    #[serde(default)]
    pub documents_learned: Option<DocumentCalibration>,
    /// By facet id.
    pub facets: BTreeMap<String, FacetCalibration>,
    /// How often verdicts were right on documents left out of the fit.
    #[serde(default)]
    pub accuracy: Option<MeasuredAccuracy>,
    /// The same where a learned reader reads beside the rules.
    #[serde(default)]
    pub accuracy_learned: Option<MeasuredAccuracy>,
    /// Points that a passage which holds a facet is committed, by trait; `base` before any.
    #[serde(default)]
    pub committed: BTreeMap<String, f64>,
    /// Points that a committed passage is accountable, by trait; `base` before any.
    #[serde(default)]
    pub accountable: BTreeMap<String, f64>,
}

/// How often verdicts were right on documents that the points were not fitted to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MeasuredAccuracy {
    /// On what it was measured.
    pub measured_on: String,
    /// Share of the verdicts "present" that were right, from 0 to 1.
    pub present_right: f64,
    /// Share of the verdicts "missing" that were right, from 0 to 1.
    pub missing_right: f64,
    /// Share of the verdicts left to a person, from 0 to 1.
    pub to_check: f64,
    /// How many verdicts "present" that rests on, how many "missing", and how many in all; `None`
    /// in calibrations older than this count.
    #[serde(default)]
    pub counted: Option<CountedVerdicts>,
}

/// On how many verdicts a measured share rests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CountedVerdicts {
    /// Verdicts "present".
    pub present: usize,
    /// Verdicts "missing".
    pub missing: usize,
    /// Verdicts of every kind.
    pub all: usize,
}

/// How the passages of a document become verdicts on it, the same for all facets of a pack: points
/// are log odds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DocumentCalibration {
    /// Before anything is known.
    pub base: f64,
    /// What the log odds of the strongest passages are multiplied by.
    pub strongest: f64,
    /// Points if the document holds every other facet of the pack; part of them by the share that
    /// it is likely to hold.
    pub others: f64,
    /// Points that the document loses each time it is e times as long.
    pub length: f64,
    /// Certainty of the document from which a facet is present.
    pub present: f64,
    /// Certainty of the document under which a facet is missing.
    pub missing: f64,
}

/// The fitted points of one facet.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FacetCalibration {
    /// Points before any reason.
    pub base: f64,
    /// Certainty from which a passage counts as holding the facet.
    pub holds: f64,
    /// Points by rule id, cue kind (`cue.history`), section (`section.foreword`) or kind of
    /// passage (`kind.row`).
    pub points: BTreeMap<String, f64>,
    /// What changes where a learned reader reads beside the rules.
    #[serde(default)]
    pub learned: Option<LearnedCalibration>,
}

/// The fitted points of one facet where a learned reader reads beside the rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LearnedCalibration {
    /// Added before any reason.
    pub base: f64,
    /// What all points of rules and traits are multiplied by: part of what they say, the learned
    /// reader says as well.
    pub rules: f64,
    /// Points for each unit of the learned reader's belief (log odds).
    pub belief: f64,
    /// Points of a passage where no rule fires.
    pub alone: f64,
    /// As [`FacetCalibration::holds`].
    pub holds: f64,
    /// Certainty from which a passage that only the learned reader found counts as holding the facet; none where
    /// it never does.
    #[serde(default)]
    pub alone_holds: Option<f64>,
}
