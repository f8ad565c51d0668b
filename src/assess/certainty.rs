//! Points to certainty: a scorecard by facet.
//!
//! Reasons add up. Their points come from the pack's calibration where there is one, and from the
//! strength of rules and the defaults below where there is none.

use super::level::LevelPoints;
use super::reading::{Feature, Reading, Shape};
use super::thresholds::Thresholds;
use super::verdict::DocumentPoints;
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
    /// By pack, for the facets that points were fitted to.
    documents: Vec<DocumentPoints>,
    /// For all other facets.
    unfitted: DocumentPoints,
}

/// The points of one facet: those of all who are heard, and where the learned reader is heard
/// beside the rules, those of rules by themselves.
#[derive(Clone, Debug, Default)]
pub struct FacetCard {
    /// Of all who are heard.
    pub all: FacetPoints,
    /// Of rules by themselves; `None` where `all` are the rules.
    pub rules: Option<FacetPoints>,
}

/// The points of one facet.
#[derive(Clone, Debug, Default)]
pub struct FacetPoints {
    /// Before any reason.
    pub base: f64,
    /// Certainty from which a passage counts as holding the facet.
    pub holds: f64,
    /// The same of a passage that only the learned reader found; none where it never counts.
    pub(super) alone_holds: Option<f64>,
    points: BTreeMap<Feature, f64>,
    pack: usize,
    /// Whether a calibration fitted them.
    fitted: bool,
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

/// Points of a facet before any reason.
pub const BASE: f64 = -4.0;
/// Certainty from which a passage holds a facet that has no calibration.
const HOLDS: f64 = 0.5;

/// What a model that nothing was fitted for adds to rules: it is believed, but not by itself.
const fn unfitted() -> LearnedCalibration {
    LearnedCalibration { base: 0.5, rules: 0.7, belief: 0.7, alone: 1.5, holds: HOLDS, alone_holds: None }
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
                FacetCard { all: rules.clone().with_learned(&both), rules: Some(rules) }
            } else {
                FacetCard { all: rules, rules: None }
            });
        }
        let levels = calibrations.iter().map(|c| LevelPoints::new(*c)).collect();
        let heard = |pack: usize| facets.iter().any(|card| card.all.pack == pack && card.rules.is_some());
        let document = |(pack, fitted): (usize, &Option<&Calibration>)| {
            let alone = fitted.and_then(|c| c.documents.clone());
            let fitted = fitted.and_then(|c| c.documents_learned.clone()).filter(|_| heard(pack)).or(alone);
            fitted.map_or_else(DocumentPoints::default, DocumentPoints::new)
        };
        let documents = calibrations.iter().enumerate().map(document).collect();
        Self { facets, levels, documents, unfitted: DocumentPoints::default() }
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
        self.documents.iter_mut().chain([&mut self.unfitted]).for_each(|points| points.surer(thresholds));
        self
    }

    /// The points of one facet.
    #[must_use]
    pub fn facet(&self, facet: usize) -> &FacetCard {
        &self.facets[facet]
    }

    /// How passages become verdicts on a facet: as its pack's calibration says where points were
    /// fitted to the facet.
    #[must_use]
    pub fn document(&self, facet: usize) -> &DocumentPoints {
        let points = &self.facets[facet].all;
        if points.fitted { &self.documents[points.pack] } else { &self.unfitted }
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
    /// Whether rules found the passage, where rules are asked.
    #[must_use]
    pub fn by_rules(&self, passage: Certainty) -> bool {
        self.rules.is_none() || passage.rules > 0.0
    }

    /// Whether a passage counts as holding the facet and is no find of the learned reader alone. No
    /// facet is present without such a one.
    #[must_use]
    pub fn holds_by_rules(&self, passage: Certainty) -> bool {
        passage.all >= self.all.holds && self.by_rules(passage)
    }

    /// Whether a passage counts as holding the facet.
    #[must_use]
    pub fn holds(&self, passage: Certainty) -> bool {
        let alone = || self.all.alone_holds.is_some_and(|least| passage.all >= least);
        if self.by_rules(passage) { passage.all >= self.all.holds } else { alone() }
    }
}

/// Certainty under which a passage that no rule found is not worth a look.
const FAINT: f64 = 0.02;
/// Passages that come nearest: as many are shown for a facet that is missing, and the measure "a right one shown" looks at them.
pub const NEAREST: usize = 3;
/// Passages shown for a facet that is to check: on held-back documents one of five held it in 0.93 of those that were there,
/// one of three in 0.86.
pub const TO_CHECK: usize = 5;

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
        let (base, holds) = fitted.map_or((BASE, HOLDS), |f| (f.base, f.holds));
        Self { base, holds, alone_holds: None, points, pack, fitted: fitted.is_some(), learned: false }
    }

    /// The same where the learned reader reads beside the rules.
    fn with_learned(mut self, fitted: &LearnedCalibration) -> Self {
        self.base = fitted.base + fitted.rules * self.base;
        self.points.values_mut().for_each(|points| *points *= fitted.rules);
        self.points.extend([(Feature::Learned, fitted.belief), (Feature::Alone, fitted.alone)]);
        Self { holds: fitted.holds, alone_holds: fitted.alone_holds, learned: true, ..self }
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

    /// The pack that asks for the facet, as an index of the matcher's packs.
    pub(super) const fn pack(&self) -> usize {
        self.pack
    }

    /// Whether a calibration fitted the points.
    pub(super) const fn fitted(&self) -> bool {
        self.fitted
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

/// The logistic function.
#[must_use]
pub fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
}

#[cfg(test)]
mod tests {
    use super::*;

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
