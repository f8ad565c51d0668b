//! Points and thresholds from labelled passages.
//!
//! First the traits that all facets share (cues, sections, kinds, shapes) and the strengths of
//! rules are fitted over all facets together; then each facet is fitted by itself, drawn towards
//! those. Thresholds are set on predictions for documents that the fit did not see.

use super::fuse::{Readers, fuse};
use super::thresholds::thresholds;
use super::{Call, Read, call};
use crate::assess::fit::{Prior, Row, fit};
use crate::assess::level::{accountable_traits, committed_traits};
use crate::assess::{Feature, Judge, Scorecard, certainty};
use crate::learned::Learned;
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
    /// Whose word counts where a model reads beside the rules.
    pub readers: Readers,
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
            present_right: 0.97,
            missing_right: 0.96,
            weights: BTreeMap::new(),
            readers: Readers::Both,
            made_from: String::new(),
        }
    }
}

/// Fits one calibration for each pack of the judge. Points are fitted to all documents; thresholds
/// and the weight of learned readers are set on `unseen`, the documents that rules were not
/// written from and models not trained on, or on all where there are none: on documents that they
/// were made from, both look surer than they are.
#[must_use]
pub fn calibrate(judge: &Judge<'_>, documents: &[&Read], unseen: &[&Read], settings: &Settings) -> Vec<Calibration> {
    let documents: &[&Read] = &[documents, unseen].concat();
    let judged: &[&Read] = if unseen.is_empty() { documents } else { unseen };
    let mut calibrations = points(judge, documents, settings);
    let mut by_fold: Vec<Vec<Calibration>> = (0..settings.folds)
        .into_par_iter()
        .map(|fold| {
            let rest = documents.iter().filter(|d| self::fold(d, settings.folds) != fold);
            points(judge, &rest.copied().collect::<Vec<_>>(), settings)
        })
        .collect();
    let held_out = |cards: &[Scorecard]| -> Vec<HeldOut<'_>> {
        let of = |d: &Read| cards[fold(d, settings.folds)].clone();
        judged
            .iter()
            .map(|d| (*d, of(d)))
            .map(|(d, card)| HeldOut { read: d, calls: call(judge, &card, d), card })
            .collect()
    };
    let alone = held_out(&cards(judge, &Learned::default(), &by_fold, settings));
    for (pack, found) in thresholds(judge, &alone, settings) {
        for calibrations in by_fold.iter_mut().chain([&mut calibrations]) {
            for (facet, holds) in &found.holds {
                if let Some(f) = of_facet(judge, calibrations, *facet) {
                    f.holds = *holds;
                }
            }
            calibrations[pack].documents = Some(found.documents.clone());
        }
    }
    if judge.learned.is_empty() {
        return calibrations;
    }
    for (facet, points) in fuse(judge, &alone, settings.readers) {
        for calibrations in by_fold.iter_mut().chain([&mut calibrations]) {
            if let Some(f) = of_facet(judge, calibrations, facet) {
                f.learned = Some(points.clone());
            }
        }
    }
    let both = held_out(&cards(judge, judge.learned, &by_fold, settings));
    for (pack, found) in thresholds(judge, &both, settings) {
        for (facet, holds) in &found.holds {
            if let Some(f) = of_facet(judge, &mut calibrations, *facet).and_then(|f| f.learned.as_mut()) {
                (f.holds, f.alone_holds) = (*holds, found.alone);
                calibrations[pack].documents_learned = Some(found.documents.clone());
            }
        }
    }
    calibrations
}

/// A document with what points fitted to others say of it.
pub(super) struct HeldOut<'a> {
    pub read: &'a Read,
    pub calls: Vec<Call>,
    pub card: Scorecard,
}

/// What is fitted for a facet.
fn of_facet<'c>(judge: &Judge<'_>, of: &'c mut [Calibration], facet: usize) -> Option<&'c mut FacetCalibration> {
    of[judge.matcher.facets()[facet].pack].facets.get_mut(&judge.matcher.facet(facet).id)
}

/// The scorecards of calibrations, with these models beside the rules.
fn cards(judge: &Judge<'_>, learned: &Learned, of: &[Vec<Calibration>], settings: &Settings) -> Vec<Scorecard> {
    let card = |c: &Vec<Calibration>| Scorecard::with(judge.matcher, learned, &c.iter().map(Some).collect::<Vec<_>>());
    of.iter().map(|c| settings.readers.asked(card(c))).collect()
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
            let unfit = reading.vetoed || reading.alone || !document.gold.asked(*record, id);
            if !wanted(reading.facet) || unfit {
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
pub(super) fn labelled(judge: &Judge<'_>, documents: &[&Read]) -> Vec<bool> {
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
        for (record, reading) in document.readings.iter().filter(|(_, r)| wanted(r.facet) && !r.alone) {
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

pub(super) fn round(x: f64) -> f64 {
    (x * 1000.0).round() / 1000.0
}
