//! Points to certainty: a scorecard by facet.
//!
//! Reasons add up. Their points come from the pack's calibration where there is one, and from the
//! strength of rules and the defaults below where there is none.

use super::Verdict;
use super::level::LevelPoints;
use super::reading::{Feature, Reading, Shape};
use super::thresholds::Thresholds;
use crate::learned::Learned;
use crate::matching::Matcher;
use crate::pack::{Calibration, CueKind, FacetCalibration, LearnedCalibration, Level, Strength};
use crate::segment::PassageKind;
use std::collections::BTreeMap;

/// The points of every facet of the packs in use.
#[derive(Clone, Debug, Default)]
pub struct Scorecard {
    facets: Vec<FacetCard>,
    levels: Vec<LevelPoints>,
}

/// The points of one facet: those of all who are heard, and where the learned reader is heard
/// beside the rules, those of rules by themselves. A sure word needs both.
#[derive(Clone, Debug, Default)]
pub struct FacetCard {
    /// Of all who are heard.
    pub all: FacetPoints,
    /// Of rules by themselves, with what they must reach to agree; `None` where `all` are the rules.
    pub rules: Option<FacetPoints>,
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
    /// Whether what the learned reader believes weighs.
    learned: bool,
}

/// How certain it is, from 0 to 1, that a passage holds a facet.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Certainty {
    /// By all who are heard.
    pub all: f64,
    /// By rules alone.
    pub rules: f64,
}

/// What is found of a facet in a document that could be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// The word that rules alone and all who are heard agree on; to check where they do not.
    pub verdict: Verdict,
    /// How certain all who are heard are, from 0 to 1, that the document holds the facet.
    pub certainty: f64,
}

/// Points of a facet before any reason.
pub const BASE: f64 = -4.0;
/// Thresholds of a pack without calibration.
const HOLDS: f64 = 0.5;
const PRESENT: f64 = 0.7;
const MISSING: f64 = 0.12;

/// What a model that nothing was fitted for adds to rules: it is believed, but not by itself.
const fn unfitted() -> LearnedCalibration {
    LearnedCalibration {
        base: 0.5,
        rules: 0.7,
        belief: 0.7,
        alone: 1.5,
        holds: HOLDS,
        present: PRESENT,
        missing: MISSING,
        length: 0.0,
        agree_missing: MISSING,
    }
}

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
    pub fn new(matcher: &Matcher, learned: &Learned) -> Self {
        let calibrations: Vec<_> = matcher.packs().iter().map(|p| p.calibration.as_ref()).collect();
        Self::with(matcher, learned, &calibrations)
    }

    /// The same with other calibrations, one a pack.
    #[must_use]
    pub fn with(matcher: &Matcher, learned: &Learned, calibrations: &[Option<&Calibration>]) -> Self {
        let mut facets = Vec::new();
        for (facet, info) in matcher.facets().iter().enumerate() {
            let id = &matcher.facet(facet).id;
            let fitted = calibrations.get(info.pack).copied().flatten().and_then(|c| c.facets.get(id));
            let rules = FacetPoints::new(matcher, facet, info.pack, fitted);
            facets.push(if learned.judges(facet) {
                let both = fitted.and_then(|f| f.learned.clone()).unwrap_or_else(unfitted);
                let all = rules.clone().with_learned(&both);
                let rules = FacetPoints { missing: both.agree_missing, ..rules };
                FacetCard { all, rules: Some(rules) }
            } else {
                FacetCard { all: rules, rules: None }
            });
        }
        let levels = calibrations.iter().map(|c| LevelPoints::new(*c)).collect();
        Self { facets, levels }
    }

    /// The same where nobody asks the rules for their own word: for measuring a learned reader.
    #[must_use]
    pub fn without_rules(mut self) -> Self {
        self.facets.iter_mut().for_each(|card| card.rules = None);
        self
    }

    /// The same where words must be surer than the packs ask.
    #[must_use]
    pub fn with_thresholds(mut self, thresholds: &Thresholds) -> Self {
        self.facets.iter_mut().for_each(|card| thresholds.apply(card));
        self
    }

    /// The points of one facet.
    #[must_use]
    pub fn facet(&self, facet: usize) -> &FacetCard {
        &self.facets[facet]
    }

    /// The level of a passage that holds the facet.
    #[must_use]
    pub fn level(&self, matcher: &Matcher, reading: &Reading) -> Level {
        let complete_at = matcher.facet(reading.facet).complete_at;
        self.levels[self.facet(reading.facet).all.pack].level(reading, complete_at)
    }

    /// How certain it is that the passage holds the facet. Nothing is said of what only the
    /// learned reader found where that reader is not heard or hardly believes it.
    #[must_use]
    pub fn certainty(&self, reading: &Reading) -> Option<Certainty> {
        let card = self.facet(reading.facet);
        let all = card.all.certainty(reading);
        let rules = card.rules.as_ref().map_or(all, |rules| rules.certainty(reading));
        let heard = !reading.alone || (card.all.learned && all >= FAINT);
        heard.then_some(Certainty { all, rules })
    }
}

impl FacetCard {
    /// Whether a passage may count as holding the facet. What only the learned reader found may
    /// be looked at, but is no evidence.
    #[must_use]
    pub fn may_hold(&self, passage: Certainty) -> bool {
        self.rules.is_none() || passage.rules > 0.0
    }

    /// Whether a passage counts as holding the facet.
    #[must_use]
    pub fn holds(&self, passage: Certainty) -> bool {
        passage.all >= self.all.holds && self.may_hold(passage)
    }

    /// What is found in a document of so many passages, from all its passages that have reasons.
    #[must_use]
    pub fn judge(&self, certainties: &[Certainty], passages: usize) -> Finding {
        let all = self.all.judge(&certainties.iter().map(|c| c.all).collect::<Vec<_>>(), passages);
        match self.rules_alone(certainties, passages) {
            Some(rules) if rules.verdict != all.verdict => Finding { verdict: Verdict::Check, ..all },
            Some(_) if all.verdict == Verdict::Present && !certainties.iter().any(|c| self.holds(*c)) => {
                Finding { verdict: Verdict::Check, ..all }
            }
            _ => all,
        }
    }

    /// What rules by themselves find, where others are heard beside them.
    #[must_use]
    pub fn rules_alone(&self, certainties: &[Certainty], passages: usize) -> Option<Finding> {
        let rules = self.rules.as_ref()?;
        Some(rules.judge(&certainties.iter().map(|c| c.rules).collect::<Vec<_>>(), passages))
    }
}

/// Certainty under which a passage that no rule found is not worth a look.
const FAINT: f64 = 0.02;
/// Passages shown for a facet that is not surely present.
pub const NEAREST: usize = 3;

/// The order in which passages come near, the nearest first: by what all say; and if none of the
/// first is the one that rules alone find the surest, that one last of those shown.
#[must_use]
pub fn nearest_first<T>(
    mut passages: Vec<T>,
    certainty: impl Fn(&T) -> Certainty,
    place: impl Fn(&T) -> usize,
) -> Vec<T> {
    passages.sort_by(|a, b| certainty(b).all.total_cmp(&certainty(a).all).then(place(a).cmp(&place(b))));
    let by_rules = |p: &T| (certainty(p).rules, std::cmp::Reverse(place(p)));
    let surest = passages.iter().enumerate().max_by(|a, b| {
        let (a, b) = (by_rules(a.1), by_rules(b.1));
        a.0.total_cmp(&b.0).then(a.1.cmp(&b.1))
    });
    if let Some((at, _)) = surest.filter(|(at, p)| *at >= NEAREST && certainty(p).rules > 0.0) {
        let surest = passages.remove(at);
        passages.insert(NEAREST - 1, surest);
    }
    passages
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
        Self { base, holds, present, missing, length, points, pack, learned: false }
    }

    /// The same where the learned reader reads beside the rules.
    fn with_learned(mut self, fitted: &LearnedCalibration) -> Self {
        self.base = fitted.base + fitted.rules * self.base;
        self.points.values_mut().for_each(|points| *points *= fitted.rules);
        self.points.extend([(Feature::Learned, fitted.belief), (Feature::Alone, fitted.alone)]);
        (self.holds, self.present, self.missing) = (fitted.holds, fitted.present, fitted.missing);
        Self { length: fitted.length, learned: true, ..self }
    }

    /// The sum of all reasons, whatever settles the matter.
    #[must_use]
    pub fn log_odds(&self, reading: &Reading) -> f64 {
        self.base + reading.signs.iter().map(|s| self.points(s.feature) * s.value).sum::<f64>()
    }

    /// How certain it is, from 0 to 1, that the passage holds the facet.
    fn certainty(&self, reading: &Reading) -> f64 {
        let unfound = reading.alone && !self.learned;
        if reading.vetoed || unfound { 0.0 } else { logistic(self.log_odds(reading)) }
    }

    /// The verdict on a document of so many passages.
    fn judge(&self, certainties: &[f64], passages: usize) -> Finding {
        let odds = log_odds(certainties);
        let certainty = logistic(odds - self.length * longer(passages));
        // Nothing is missing only because a document is long.
        let at_most = certainty.max(logistic(odds));
        let verdict = if certainty >= self.present && certainties.iter().any(|c| *c >= self.holds) {
            Verdict::Present
        } else if at_most >= self.missing {
            Verdict::Check
        } else {
            Verdict::Missing
        };
        Finding { verdict, certainty }
    }

    /// The points that a feature adds.
    #[must_use]
    pub fn points(&self, feature: Feature) -> f64 {
        self.points.get(&feature).copied().unwrap_or(0.0)
    }
}

/// Every feature of rules and traits that may weigh for a facet, in a fixed order. A paragraph is what all
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
        Feature::Learned => "learned".to_owned(),
        Feature::Alone => "alone".to_owned(),
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
pub fn log_odds(certainties: &[f64]) -> f64 {
    let mut strongest = certainties.to_vec();
    strongest.sort_by(|a, b| b.total_cmp(a));
    let none: f64 = strongest.iter().take(STRONGEST).map(|c| 1.0 - c).product();
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

#[cfg(test)]
mod tests {
    use super::*;

    fn card() -> FacetCard {
        let points =
            |learned| FacetPoints { holds: 0.4, present: 0.6, missing: 0.1, learned, ..FacetPoints::default() };
        FacetCard { all: points(true), rules: Some(points(false)) }
    }

    fn said(all: f64, rules: f64) -> Verdict {
        card().judge(&[Certainty { all, rules }], 40).verdict
    }

    #[test]
    fn a_sure_word_needs_the_rules_and_all() {
        assert_eq!(said(0.9, 0.9), Verdict::Present);
        assert_eq!(said(0.01, 0.01), Verdict::Missing);
        for (all, rules) in [(0.9, 0.3), (0.3, 0.9), (0.9, 0.01), (0.01, 0.9), (0.3, 0.01), (0.01, 0.3), (0.3, 0.3)] {
            assert_eq!(said(all, rules), Verdict::Check, "{all} {rules}");
        }
        let alone = FacetCard { rules: None, ..card() };
        assert_eq!(alone.judge(&[Certainty { all: 0.9, rules: 0.0 }], 40).verdict, Verdict::Present);
        assert_eq!(card().judge(&[], 40).verdict, Verdict::Missing);
        let found_by_one = [Certainty { all: 0.9, rules: 0.0 }, Certainty { all: 0.3, rules: 0.9 }];
        assert_eq!(card().judge(&found_by_one, 40).verdict, Verdict::Check);
    }

    #[test]
    fn the_passage_that_rules_find_surest_is_among_those_shown() {
        let order = |of: &[(f64, f64)]| {
            let passages: Vec<(usize, Certainty)> =
                of.iter().map(|&(all, rules)| Certainty { all, rules }).enumerate().collect();
            nearest_first(passages, |p| p.1, |p| p.0).into_iter().map(|p| p.0).collect::<Vec<_>>()
        };
        assert_eq!(order(&[(0.1, 0.9), (0.5, 0.0), (0.6, 0.0), (0.7, 0.0), (0.5, 0.1)]), [3, 2, 0, 1, 4]);
        assert_eq!(order(&[(0.1, 0.0), (0.5, 0.0), (0.6, 0.8), (0.7, 0.0)]), [3, 2, 1, 0]);
        assert_eq!(order(&[(0.4, 0.0), (0.3, 0.0), (0.2, 0.0), (0.1, 0.0)]), [0, 1, 2, 3]);
    }
}
