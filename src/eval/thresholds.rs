//! From which certainty on a passage counts, and a facet is present in a document or missing.
//!
//! Comes in: what points fitted to other documents say of labelled ones. Goes out: how passages
//! become verdicts in each pack, such that sure words are right as often as wanted.

use super::calibrate::{HeldOut, Settings, labelled, round};
use super::{Call, standings};
use crate::assess::Judge;
use crate::assess::certainty::logistic;
use crate::assess::fit::{Prior, Row, fit};
use crate::assess::verdict::longer;
use crate::pack::DocumentCalibration;
use std::collections::BTreeMap;

/// The thresholds of a pack.
pub(super) struct Thresholds {
    /// How passages become verdicts on a document.
    pub documents: DocumentCalibration,
    /// Certainty from which a passage holds a facet, by facet.
    pub holds: BTreeMap<usize, f64>,
    /// The same of passages that only the learned reader found, for all facets; none where it is never right often enough.
    pub alone: Option<f64>,
}

/// The thresholds of every pack that has labelled facets, from predictions on unseen documents.
pub(super) fn thresholds(
    judge: &Judge<'_>,
    judged: &[HeldOut<'_>],
    settings: &Settings,
) -> BTreeMap<usize, Thresholds> {
    let known = labelled(judge, &judged.iter().map(|d| d.read).collect::<Vec<_>>());
    let of_pack = |pack: usize| -> Vec<usize> {
        let facets = judge.matcher.facets().iter().enumerate();
        facets.filter(|(f, info)| info.pack == pack && known[*f]).map(|(f, _)| f).collect()
    };
    let packs = (0..judge.matcher.packs().len()).map(|pack| (pack, of_pack(pack)));
    packs
        .filter(|(_, facets)| !facets.is_empty())
        .map(|(pack, f)| (pack, of_facets(judge, judged, &f, settings)))
        .collect()
}

fn of_facets(judge: &Judge<'_>, judged: &[HeldOut<'_>], facets: &[usize], settings: &Settings) -> Thresholds {
    let holds = holds(judge, judged, facets);
    let seen = seen(judge, judged, facets, &holds);
    let mut documents = points(&seen);
    let of_documents = |wanted: &dyn Fn(&Seen) -> bool, longer: fn(f64) -> f64| -> Vec<Said> {
        let certainty = |s: &Seen| logistic(sum(&documents, s, longer(s.longer)));
        seen.iter()
            .filter(|s| wanted(s))
            .map(|s| Said { certainty: certainty(s), there: s.there, weight: s.weight })
            .collect()
    };
    let present = lowest_with(&mut of_documents(&|s| s.holds, |l| l), settings.present_right);
    let missing = highest_without(&mut of_documents(&|_| true, |l| l.min(0.0)), settings.missing_right);
    (documents.present, documents.missing) = (round(present), round(missing.min(present)));
    Thresholds { documents, holds, alone: alone(judge, judged, facets) }
}

/// What is said of passages that rules found, or of those that only the learned reader found, by facet.
fn said(judge: &Judge<'_>, judged: &[HeldOut<'_>], facets: &[usize], by_rules: bool) -> BTreeMap<usize, Vec<Said>> {
    let mut by_facet: BTreeMap<usize, Vec<Said>> = facets.iter().map(|f| (*f, Vec::new())).collect();
    for one in judged {
        for call in one.calls.iter().filter(|c| one.card.facet(c.facet).by_rules(c.certainty) == by_rules) {
            if let Some(said) = by_facet.get_mut(&call.facet) {
                let there = one.read.gold.label(call.record, &judge.matcher.facet(call.facet).id) >= 2;
                said.push(Said { certainty: call.certainty.all, there, weight: 1.0 });
            }
        }
    }
    by_facet
}

/// Positives' worth of belief that a facet's threshold is that of all facets: by itself each has too few.
const ALIKE: f64 = 400.0;

/// The certainty from which a passage holds each facet.
fn holds(judge: &Judge<'_>, judged: &[HeldOut<'_>], facets: &[usize]) -> BTreeMap<usize, f64> {
    let by_facet = said(judge, judged, facets, true);
    let pooled = best_f1(&mut by_facet.values().flatten().copied().collect::<Vec<_>>(), 0.0, 0.5);
    by_facet.into_iter().map(|(facet, mut said)| (facet, round(best_f1(&mut said, ALIKE, pooled)))).collect()
}

/// The certainty from which more passages than not are right that only the learned reader found.
fn alone(judge: &Judge<'_>, judged: &[HeldOut<'_>], facets: &[usize]) -> Option<f64> {
    let mut said: Vec<Said> = said(judge, judged, facets, false).into_values().flatten().collect();
    said.sort_by(|a, b| b.certainty.total_cmp(&a.certainty));
    last_kept(&said, 0.5, true).map(round)
}

/// A document and a facet, as points and thresholds see them.
struct Seen {
    strongest: f64,
    others: f64,
    longer: f64,
    /// Whether a passage counts as holding the facet.
    holds: bool,
    there: bool,
    weight: f64,
}

/// A certainty, and whether it is right.
#[derive(Clone, Copy)]
struct Said {
    certainty: f64,
    there: bool,
    weight: f64,
}

/// Documents of which all passages are labelled, or all documents where there is none such.
fn seen(judge: &Judge<'_>, judged: &[HeldOut<'_>], facets: &[usize], holds: &BTreeMap<usize, f64>) -> Vec<Seen> {
    let whole: Vec<&HeldOut<'_>> = judged.iter().filter(|d| d.read.gold.whole()).collect();
    let judged = if whole.is_empty() { judged.iter().collect() } else { whole };
    let mut of_file: BTreeMap<&str, f64> = BTreeMap::new();
    judged.iter().for_each(|d| *of_file.entry(&d.read.gold.file).or_default() += 1.0);
    let mut out = Vec::new();
    for one in judged {
        let standings = standings(judge, &one.card, one.read, &one.calls);
        let others = one.card.others(&standings);
        // Files of many documents shall not hide what those of few tell.
        let weight = 1.0 / of_file[one.read.gold.file.as_str()].sqrt();
        for &facet in facets {
            let Some(standing) = standings[facet] else { continue };
            let id = &judge.matcher.facet(facet).id;
            let card = one.card.facet(facet);
            let counts = |c: &Call| c.facet == facet && c.certainty.all >= holds[&facet] && card.by_rules(c.certainty);
            out.push(Seen {
                strongest: standing.strongest,
                others: others[facet],
                longer: longer(standing.passages),
                holds: one.calls.iter().any(counts),
                there: one.read.asked(id).any(|record| one.read.gold.label(record, id) >= 2),
                weight,
            });
        }
    }
    out
}

fn sum(points: &DocumentCalibration, s: &Seen, longer: f64) -> f64 {
    points.base + points.strongest * s.strongest + points.others * s.others - points.length * longer
}

/// What the strongest passages, the other facets and the length weigh.
fn points(documents: &[Seen]) -> DocumentCalibration {
    let values = |s: &Seen| vec![(0, 1.0), (1, s.strongest), (2, s.others), (3, -s.longer)];
    let rows: Vec<Row> = documents.iter().map(|s| Row { values: values(s), holds: s.there, weight: 1.0 }).collect();
    let at_least = |mean: f64, pull: f64| Prior { mean, pull, low: 0.0, high: f64::INFINITY };
    let weights = fit(&rows, &[Prior::free(0.0, 0.1), at_least(1.0, 1.0), at_least(0.0, 0.3), at_least(0.0, 1.0)]);
    let [base, strongest, others, length] = [0, 1, 2, 3].map(|i| round(weights[i]));
    DocumentCalibration { base, strongest, others, length, ..DocumentCalibration::default() }
}

/// The threshold with the best F1; `pull` positives' worth of belief in `prior` guard against a
/// lucky cut where there are few.
fn best_f1(said: &mut [Said], pull: f64, prior: f64) -> f64 {
    said.sort_by(|a, b| b.certainty.total_cmp(&a.certainty));
    let positives: f64 = said.iter().filter(|s| s.there).map(|s| s.weight).sum();
    let (mut hits, mut all, mut best) = (0.0_f64, 0.0, (0.0, prior));
    for s in said.iter() {
        all += s.weight;
        hits += if s.there { s.weight } else { 0.0 };
        let f1 = 2.0 * hits / (all + positives);
        if f1 > best.0 {
            best = (f1, s.certainty);
        }
    }
    if positives == 0.0 { prior } else { (best.1 * positives + prior * pull) / (positives + pull) }
}

/// The lowest threshold above which so great a share is there.
fn lowest_with(said: &mut [Said], share: f64) -> f64 {
    said.sort_by(|a, b| b.certainty.total_cmp(&a.certainty));
    last_kept(said, share, true).unwrap_or(1.0)
}

/// The highest threshold below which so great a share is not there.
fn highest_without(said: &mut [Said], share: f64) -> f64 {
    said.sort_by(|a, b| a.certainty.total_cmp(&b.certainty));
    last_kept(said, share, false).unwrap_or(0.0)
}

/// The last certainty up to which so great a share is of the wanted kind.
fn last_kept(said: &[Said], share: f64, wanted: bool) -> Option<f64> {
    let (mut right, mut all, mut best) = (0.0_f64, 0.0, None);
    for s in said {
        all += s.weight;
        right += if s.there == wanted { s.weight } else { 0.0 };
        if right / all >= share {
            best = Some(s.certainty);
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(of: &[(f64, bool, f64)]) -> Vec<Said> {
        of.iter().map(|&(certainty, there, weight)| Said { certainty, there, weight }).collect()
    }

    #[test]
    fn thresholds_keep_what_they_promise() {
        let mut of = said(&[
            (0.9, true, 1.0),
            (0.8, true, 1.0),
            (0.7, false, 1.0),
            (0.6, true, 1.0),
            (0.2, false, 1.0),
            (0.1, false, 1.0),
        ]);
        assert!((lowest_with(&mut of, 0.75) - 0.6).abs() < 1e-9);
        assert!((lowest_with(&mut of, 0.95) - 0.8).abs() < 1e-9);
        assert!((highest_without(&mut of, 1.0) - 0.2).abs() < 1e-9);
        assert!((best_f1(&mut of, 0.0, 0.5) - 0.6).abs() < 1e-9);
        assert!((lowest_with(&mut [], 0.9) - 1.0).abs() < 1e-9);
    }

    #[test]
    fn heavier_documents_move_a_threshold() {
        let of = |weight| said(&[(0.9, true, 1.0), (0.7, false, weight), (0.6, true, 1.0), (0.5, true, 1.0)]);
        assert!((lowest_with(&mut of(1.0), 0.75) - 0.5).abs() < 1e-9);
        assert!((lowest_with(&mut of(3.0), 0.75) - 0.9).abs() < 1e-9);
    }

    #[test]
    fn points_follow_the_documents() {
        let seen = |strongest: f64, others: f64, there| Seen {
            strongest,
            others,
            longer: 0.0,
            holds: true,
            there,
            weight: 1.0,
        };
        let (full, empty) = ([(1.0, true), (-1.0, true), (-2.0, false)], [(1.0, false), (3.0, true), (-1.0, false)]);
        let documents = |(s, t): (f64, bool), others: f64| (0..10).map(move |_| seen(s, others, t));
        let full = full.into_iter().flat_map(|of| documents(of, 0.9));
        let points = points(&full.chain(empty.into_iter().flat_map(|of| documents(of, 0.1))).collect::<Vec<_>>());
        assert!(points.strongest > 0.5 && points.others > 1.0, "{points:?}");
    }
}
