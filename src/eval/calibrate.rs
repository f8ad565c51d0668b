//! Points and thresholds from labelled passages.
//!
//! First the traits that all facets share (cues, sections, kinds, shapes) and the strengths of
//! rules are fitted over all facets together; then each facet is fitted by itself, drawn towards
//! those. Thresholds are set on predictions for documents that the fit did not see.

use super::{Call, Read, call, surest_first};
use crate::assess::certainty::logistic;
use crate::assess::fit::{Prior, Row, fit};
use crate::assess::level::{accountable_traits, committed_traits};
use crate::assess::{Feature, Judge, Scorecard, certainty};
use crate::matching::RuleId;
use crate::pack::{Calibration, CueKind, FacetCalibration, Strength};
use rayon::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// How a calibration is made.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How strongly a rule is drawn to the points of its strength.
    pub rule_pull: f64,
    /// How strongly a shared trait is drawn to its points over all facets.
    pub trait_pull: f64,
    /// How strongly a shared trait of all facets is drawn to nothing.
    pub shared_pull: f64,
    /// Parts that the documents are dealt into for setting thresholds.
    pub folds: usize,
    /// How often "present" must be right on documents.
    pub present_right: f64,
    /// How often "missing" must be right on documents.
    pub missing_right: f64,
    /// Weight of a labelled file's passages by its name; 1 where none is given.
    pub weights: BTreeMap<String, f64>,
    /// What is written into the calibration as its origin.
    pub made_from: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            rule_pull: 1.0,
            trait_pull: 4.0,
            shared_pull: 1.0,
            folds: 5,
            present_right: 0.95,
            missing_right: 0.92,
            weights: BTreeMap::new(),
            made_from: String::new(),
        }
    }
}

/// Fits one calibration for each pack of the judge. Points are fitted to all documents; thresholds
/// are set on `unseen`, the documents that rules were not written from, or on all where there are
/// none: on documents that rules were written from, rules look surer than they are.
#[must_use]
pub fn calibrate(judge: &Judge<'_>, documents: &[&Read], unseen: &[&Read], settings: &Settings) -> Vec<Calibration> {
    let documents: &[&Read] = &[documents, unseen].concat();
    let judged: &[&Read] = if unseen.is_empty() { documents } else { unseen };
    let mut calibrations = points(judge, documents, settings);
    let held_out: Vec<(usize, Vec<Call>)> = (0..settings.folds)
        .into_par_iter()
        .flat_map_iter(|fold| {
            let rest: Vec<&Read> =
                documents.iter().filter(|d| self::fold(d, settings.folds) != fold).copied().collect();
            let fitted = points(judge, &rest, settings);
            let card = Scorecard::with(judge.matcher, &fitted.iter().map(Some).collect::<Vec<_>>());
            let own = judged.iter().enumerate().filter(move |(_, d)| self::fold(d, settings.folds) == fold);
            own.map(|(i, d)| (i, call(judge, &card, d))).collect::<Vec<_>>()
        })
        .collect();
    for (pack, calibration) in calibrations.iter_mut().enumerate() {
        thresholds(judge, judged, &held_out, pack, settings, calibration);
    }
    calibrations
}

/// The part that a document is dealt into: by its name, so that it stays where it is when others
/// are added.
#[must_use]
pub fn fold(read: &Read, folds: usize) -> usize {
    let hash = read
        .gold
        .name
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |h, b| (h ^ u64::from(b)).wrapping_mul(0x0100_0000_01b3));
    usize::try_from((hash >> 17) % folds.max(1) as u64).unwrap_or(0)
}

/// Fits points; the thresholds stay at nothing.
fn points(judge: &Judge<'_>, documents: &[&Read], settings: &Settings) -> Vec<Calibration> {
    let shared = Shared::fit(judge, documents, settings);
    let known = labelled(judge, documents);
    let facets: Vec<Option<FacetCalibration>> = judge
        .matcher
        .facets()
        .par_iter()
        .enumerate()
        .map(|(f, _)| known[f].then(|| facet_points(judge, documents, f, &shared, settings)))
        .collect();
    let mut out = Vec::new();
    for pack in 0..judge.matcher.packs().len() {
        let mut calibration = Calibration { made_from: settings.made_from.clone(), ..Calibration::default() };
        for (f, facet) in facets.iter().enumerate().filter(|(f, _)| judge.matcher.facets()[*f].pack == pack) {
            if let Some(facet) = facet {
                calibration.facets.insert(judge.matcher.facet(f).id.clone(), facet.clone());
            }
        }
        let of_pack = |facet: usize| judge.matcher.facets()[facet].pack == pack;
        calibration.committed = level_points(judge, documents, 3, &of_pack, settings);
        calibration.accountable = level_points(judge, documents, 4, &of_pack, settings);
        out.push(calibration);
    }
    out
}

/// What is the same for all facets.
struct Shared {
    strengths: BTreeMap<Strength, f64>,
    traits: BTreeMap<Feature, f64>,
    base: f64,
}

impl Shared {
    fn fit(judge: &Judge<'_>, documents: &[&Read], settings: &Settings) -> Self {
        let strengths = [Strength::Sure, Strength::Likely, Strength::Hint, Strength::Doubt];
        let traits: Vec<Feature> =
            certainty::features(judge.matcher, 0).into_iter().filter(|f| !matches!(f, Feature::Rule(_))).collect();
        let index: BTreeMap<Feature, usize> = traits.iter().copied().zip(5..).collect();
        let mut priors = vec![Prior::free(certainty::BASE, 0.01)];
        for s in strengths {
            priors.push(rule_prior(s, certainty::default_points(s), 0.1));
        }
        priors.extend(traits.iter().map(|t| trait_prior(*t, 0.0, settings.shared_pull)));
        let known = labelled(judge, documents);
        let rows = rows(
            judge,
            documents,
            settings,
            |f| known[f],
            |feature| match feature {
                Feature::Rule(rule) => {
                    strengths.iter().position(|s| *s == judge.matcher.rule(rule).strength).map(|p| p + 1)
                }
                other => index.get(&other).copied(),
            },
        );
        let weights = fit(&rows, &priors);
        Self {
            base: weights[0],
            strengths: strengths.into_iter().zip(weights[1..5].iter().copied()).collect(),
            traits: traits.into_iter().zip(weights[5..].iter().copied()).collect(),
        }
    }
}

fn rule_prior(strength: Strength, mean: f64, pull: f64) -> Prior {
    match strength {
        Strength::Doubt | Strength::Never => Prior { mean, pull, low: f64::NEG_INFINITY, high: 0.0 },
        _ => Prior { mean, pull, low: 0.0, high: f64::INFINITY },
    }
}

/// What a trait may weigh: a commitment never speaks against a facet; what is over, quoted, denied
/// or only a signpost never for it, and what is denied is cancelled (codebook).
fn trait_prior(feature: Feature, mean: f64, pull: f64) -> Prior {
    let (low, high) = match feature {
        Feature::Cue(CueKind::Commitment) => (0.0, f64::INFINITY),
        Feature::Cue(CueKind::Denial) => (f64::NEG_INFINITY, DENIED),
        Feature::Cue(CueKind::History | CueKind::Quoted | CueKind::Signpost) => (f64::NEG_INFINITY, 0.0),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    };
    Prior { mean, pull, low, high }
}

/// The least that speaks against a facet whose every reason is denied.
const DENIED: f64 = -2.5;

/// The readings of the wanted facets as numbers; weight 0 is the base.
fn rows(
    judge: &Judge<'_>,
    documents: &[&Read],
    settings: &Settings,
    wanted: impl Fn(usize) -> bool,
    index: impl Fn(Feature) -> Option<usize>,
) -> Vec<Row> {
    let mut out = Vec::new();
    for document in documents {
        let weight = settings.weights.get(&document.gold.file).copied().unwrap_or(1.0);
        for (record, reading) in &document.readings {
            let id = &judge.matcher.facet(reading.facet).id;
            if !wanted(reading.facet) || reading.vetoed || !document.gold.asked(*record, id) {
                continue;
            }
            let mut values: BTreeMap<usize, f64> = BTreeMap::from([(0, 1.0)]);
            for sign in &reading.signs {
                if let Some(i) = index(sign.feature) {
                    *values.entry(i).or_default() += sign.value;
                }
            }
            let holds = document.gold.label(*record, id) >= 2;
            out.push(Row { values: values.into_iter().collect(), holds, weight });
        }
    }
    out
}

/// The facets that the labels speak of. Others, such as topics of single recommendations, keep the
/// points of their strengths.
fn labelled(judge: &Judge<'_>, documents: &[&Read]) -> Vec<bool> {
    let seen: BTreeSet<&str> =
        documents.iter().flat_map(|d| &d.gold.records).flat_map(|r| r.labels.keys().map(String::as_str)).collect();
    (0..judge.matcher.facets().len()).map(|f| seen.contains(judge.matcher.facet(f).id.as_str())).collect()
}

fn facet_points(
    judge: &Judge<'_>,
    documents: &[&Read],
    facet: usize,
    shared: &Shared,
    settings: &Settings,
) -> FacetCalibration {
    let matcher = judge.matcher;
    let features = certainty::features(matcher, facet);
    let index: BTreeMap<Feature, usize> = features.iter().copied().zip(1..).collect();
    let strength = |rule: RuleId| matcher.rule(rule).strength;
    let mut priors = vec![Prior::free(shared.base, 0.2)];
    priors.extend(features.iter().map(|f| match f {
        Feature::Rule(rule) => {
            let mean = shared.strengths.get(&strength(*rule)).copied().unwrap_or(0.0);
            rule_prior(strength(*rule), mean, settings.rule_pull)
        }
        other => trait_prior(*other, shared.traits.get(other).copied().unwrap_or(0.0), settings.trait_pull),
    }));
    let rows = rows(judge, documents, settings, |f| f == facet, |f| index.get(&f).copied());
    let weights = fit(&rows, &priors);
    let points = features
        .iter()
        .zip(&weights[1..])
        .map(|(f, w)| (certainty::key(matcher, *f), round(*w)))
        .filter(|(k, w)| w.abs() >= 0.005 || !k.contains('.'))
        .collect();
    FacetCalibration { base: round(weights[0]), points, ..FacetCalibration::default() }
}

fn level_points(
    judge: &Judge<'_>,
    documents: &[&Read],
    level: u8,
    wanted: &dyn Fn(usize) -> bool,
    settings: &Settings,
) -> BTreeMap<String, f64> {
    let mut names: BTreeMap<String, usize> = BTreeMap::from([("base".to_owned(), 0)]);
    let mut rows = Vec::new();
    for document in documents {
        let weight = settings.weights.get(&document.gold.file).copied().unwrap_or(1.0);
        for (record, reading) in document.readings.iter().filter(|(_, r)| wanted(r.facet)) {
            let label = document.gold.label(*record, &judge.matcher.facet(reading.facet).id);
            if label + 1 < level || label < 2 {
                continue;
            }
            let traits = if level == 3 { committed_traits(reading) } else { accountable_traits(reading) };
            let mut values = Vec::new();
            for (name, value) in traits {
                let next = names.len();
                values.push((*names.entry(name).or_insert(next), value));
            }
            rows.push(Row { values, holds: label >= level, weight });
        }
    }
    let priors: Vec<Prior> = (0..names.len()).map(|_| Prior::free(0.0, 1.0)).collect();
    let weights = fit(&rows, &priors);
    names.into_iter().map(|(name, i)| (name, round(weights[i]))).filter(|(_, w)| w.abs() >= 0.005).collect()
}

/// Sets the thresholds of one pack from predictions on unseen documents.
fn thresholds(
    judge: &Judge<'_>,
    documents: &[&Read],
    held_out: &[(usize, Vec<Call>)],
    pack: usize,
    settings: &Settings,
    calibration: &mut Calibration,
) {
    let known = labelled(judge, documents);
    let of_pack = |f: usize| judge.matcher.facets()[f].pack == pack;
    let facets: Vec<usize> = (0..judge.matcher.facets().len()).filter(|f| of_pack(*f) && known[*f]).collect();
    let mut pooled = Vec::new();
    let mut documents_seen = Vec::new();
    let mut by_facet: BTreeMap<usize, Vec<(f64, bool)>> = BTreeMap::new();
    for (document, calls) in held_out {
        let gold = &documents[*document].gold;
        for &facet in &facets {
            let id = &judge.matcher.facet(facet).id;
            let asked: Vec<usize> = (0..gold.records.len()).filter(|record| gold.asked(*record, id)).collect();
            if asked.is_empty() {
                continue;
            }
            let there = asked.iter().any(|record| gold.label(*record, id) >= 2);
            let mut of_facet = surest_first(calls, facet);
            of_facet.retain(|c| gold.asked(c.record, id));
            for c in &of_facet {
                let holds = gold.label(c.record, id) >= 2;
                pooled.push((c.certainty, holds));
                by_facet.entry(facet).or_default().push((c.certainty, holds));
            }
            let odds = certainty::log_odds(of_facet.iter().map(|c| c.certainty));
            documents_seen.push((odds, certainty::longer(asked.len()), there));
        }
    }
    let pooled_holds = best_f1(&mut pooled, 0.0, 0.5);
    let length = round(length_points(&documents_seen));
    let mut by_document: Vec<(f64, bool)> =
        documents_seen.iter().map(|(odds, longer, there)| (logistic(odds - length * longer), *there)).collect();
    let present = lowest_with(&mut by_document, settings.present_right);
    let mut at_most: Vec<(f64, bool)> = documents_seen
        .iter()
        .map(|(odds, longer, there)| (logistic(odds - length * longer.min(0.0)), *there))
        .collect();
    let missing = highest_without(&mut at_most, settings.missing_right).min(present);
    for &facet in &facets {
        let holds = by_facet.get_mut(&facet).map_or(pooled_holds, |c| best_f1(c, 40.0, pooled_holds));
        if let Some(f) = calibration.facets.get_mut(&judge.matcher.facet(facet).id) {
            (f.holds, f.present, f.missing, f.length) = (round(holds), round(present), round(missing), length);
        }
    }
}

/// Points that a document loses each time it is e times as long, from the log odds of documents,
/// how long they are and whether they hold the facet.
fn length_points(documents: &[(f64, f64, bool)]) -> f64 {
    let rows: Vec<Row> = documents
        .iter()
        .map(|(odds, longer, there)| Row {
            values: vec![(0, 1.0), (1, *odds), (2, *longer)],
            holds: *there,
            weight: 1.0,
        })
        .collect();
    // Labelled documents are of much the same length: what they tell of longer ones is held back.
    let weights = fit(&rows, &[Prior::free(0.0, 0.1), Prior::free(1.0, 1.0), Prior::free(0.0, 40.0)]);
    if weights[1] <= 0.0 { 0.0 } else { (-weights[2] / weights[1]).clamp(0.0, 1.0) }
}

/// The threshold with the best F1; `pull` positives' worth of belief in `prior` guard against a
/// lucky cut where there are few.
fn best_f1(calls: &mut [(f64, bool)], pull: f64, prior: f64) -> f64 {
    calls.sort_by(|a, b| b.0.total_cmp(&a.0));
    let positives = calls.iter().filter(|c| c.1).count();
    let (mut hits, mut best) = (0.0_f64, (0.0, prior));
    #[allow(clippy::cast_precision_loss, reason = "counts of passages are far below 2^52")]
    for (i, (certainty, holds)) in calls.iter().enumerate() {
        hits += f64::from(u8::from(*holds));
        let f1 = 2.0 * hits / ((i + 1) as f64 + positives as f64);
        if f1 > best.0 {
            best = (f1, *certainty);
        }
    }
    #[allow(clippy::cast_precision_loss, reason = "counts of passages are far below 2^52")]
    let n = positives as f64;
    if n == 0.0 { prior } else { (best.1 * n + prior * pull) / (n + pull) }
}

/// The lowest threshold above which so great a share is there.
fn lowest_with(calls: &mut [(f64, bool)], share: f64) -> f64 {
    calls.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (mut right, mut best) = (0.0_f64, 1.0);
    #[allow(clippy::cast_precision_loss, reason = "counts of documents are far below 2^52")]
    for (i, (certainty, there)) in calls.iter().enumerate() {
        right += f64::from(u8::from(*there));
        if right / (i + 1) as f64 >= share {
            best = *certainty;
        }
    }
    best
}

/// The highest threshold below which so great a share is not there.
fn highest_without(calls: &mut [(f64, bool)], share: f64) -> f64 {
    calls.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut right, mut best) = (0.0_f64, 0.0);
    #[allow(clippy::cast_precision_loss, reason = "counts of documents are far below 2^52")]
    for (i, (certainty, there)) in calls.iter().enumerate() {
        right += f64::from(u8::from(!*there));
        if right / (i + 1) as f64 >= share {
            best = *certainty;
        }
    }
    best
}

fn round(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thresholds_keep_what_they_promise() {
        let mut calls = vec![(0.9, true), (0.8, true), (0.7, false), (0.6, true), (0.2, false), (0.1, false)];
        assert!((lowest_with(&mut calls, 0.75) - 0.6).abs() < 1e-9);
        assert!((lowest_with(&mut calls, 0.95) - 0.8).abs() < 1e-9);
        assert!((highest_without(&mut calls, 1.0) - 0.2).abs() < 1e-9);
        assert!((best_f1(&mut calls, 0.0, 0.5) - 0.6).abs() < 1e-9);
        assert!((lowest_with(&mut [], 0.9) - 1.0).abs() < 1e-9);
    }
}
