//! From which certainty on a passage counts, and a document is present or missing.
//!
//! Comes in: what points fitted to other documents say of labelled ones. Goes out: thresholds for
//! each facet, such that sure words are right as often as wanted.

use super::Call;
use super::calibrate::{HeldOut, Settings, labelled, round};
use crate::assess::certainty::{Certainty, logistic};
use crate::assess::fit::{Prior, Row, fit};
use crate::assess::{Judge, Verdict, certainty};
use std::collections::BTreeMap;

/// The thresholds of one facet.
pub(super) struct Thresholds {
    pub holds: f64,
    pub present: f64,
    pub missing: f64,
    pub length: f64,
}

/// The thresholds of every labelled facet.
pub(super) fn thresholds(judge: &Judge<'_>, judged: &[HeldOut<'_>], settings: &Settings) -> Vec<(usize, Thresholds)> {
    let known = labelled(judge, &judged.iter().map(|d| d.read).collect::<Vec<_>>());
    let packs = 0..judge.matcher.packs().len();
    let of_pack = |pack: usize| {
        let facets = judge.matcher.facets().iter().enumerate();
        facets.filter(|(f, info)| info.pack == pack && known[*f]).map(|(f, _)| f).collect::<Vec<_>>()
    };
    packs.flat_map(|pack| thresholds_of_pack(judge, judged, &of_pack(pack), settings)).collect()
}

/// A document as thresholds see it.
struct Seen {
    odds: f64,
    longer: f64,
    there: bool,
    whole: bool,
    /// What rules by themselves say, where others are heard beside them.
    rules: Option<Verdict>,
}

impl Seen {
    /// `None` where nobody was asked about the facet.
    fn of(judge: &Judge<'_>, judged: &HeldOut<'_>, facet: usize) -> Option<Self> {
        let (gold, id) = (&judged.read.gold, &judge.matcher.facet(facet).id);
        let asked: Vec<usize> = (0..gold.records.len()).filter(|record| gold.asked(*record, id)).collect();
        if asked.is_empty() {
            return None;
        }
        let certainties: Vec<Certainty> =
            judged.calls.iter().filter(|c| c.facet == facet).map(|c| c.certainty).collect();
        let alone = judged.card.facet(facet).rules_alone(&certainties, asked.len());
        Some(Self {
            odds: certainty::log_odds(&certainties.iter().map(|c| c.all).collect::<Vec<_>>()),
            longer: certainty::longer(asked.len()),
            there: asked.iter().any(|record| gold.label(*record, id) >= 2),
            whole: gold.whole(),
            rules: alone.map(|a| a.verdict),
        })
    }

    /// Whether rules by themselves leave room for a verdict.
    fn may_be(&self, verdict: Verdict) -> bool {
        self.rules.is_none_or(|rules| rules == verdict)
    }
}

/// The thresholds of a pack's facets, from predictions on unseen documents. Where rules are asked
/// for their own word, those of all who are heard decide only where rules leave it to them.
fn thresholds_of_pack(
    judge: &Judge<'_>,
    judged: &[HeldOut<'_>],
    facets: &[usize],
    settings: &Settings,
) -> Vec<(usize, Thresholds)> {
    let mut by_facet: BTreeMap<usize, Vec<(f64, bool)>> = BTreeMap::new();
    let mut seen = Vec::new();
    for one in judged {
        for &facet in facets {
            let id = &judge.matcher.facet(facet).id;
            let calls = one.calls.iter().filter(|c| c.facet == facet && one.card.facet(facet).may_hold(c.certainty));
            let holds = |c: &Call| (c.certainty.all, one.read.gold.label(c.record, id) >= 2);
            by_facet.entry(facet).or_default().extend(calls.map(holds));
            seen.extend(Seen::of(judge, one, facet));
        }
    }
    let pooled_holds = best_f1(&mut by_facet.values().flatten().copied().collect::<Vec<_>>(), 0.0, 0.5);
    let length = round(length_points(&seen));
    let of_documents = |verdict: Verdict, longer: fn(f64) -> f64| -> Vec<(f64, bool)> {
        let seen = seen.iter().filter(|s| s.may_be(verdict) && (s.whole || verdict == Verdict::Present));
        seen.map(|s| (logistic(s.odds - length * longer(s.longer)), s.there)).collect()
    };
    let present = lowest_with(&mut of_documents(Verdict::Present, |l| l), settings.present_right);
    let at_most = &mut of_documents(Verdict::Missing, |l| l.min(0.0));
    let missing = highest_without(at_most, settings.missing_right).min(present);
    let of_facet = |&facet: &usize| {
        let holds = by_facet.get_mut(&facet).map_or(pooled_holds, |c| best_f1(c, 40.0, pooled_holds));
        let (holds, present, missing) = (round(holds), round(present), round(missing));
        (facet, Thresholds { holds, present, missing, length })
    };
    facets.iter().map(of_facet).collect()
}

/// Points that a document loses each time it is e times as long, from the log odds of documents,
/// how long they are and whether they hold the facet.
fn length_points(documents: &[Seen]) -> f64 {
    let values = |s: &Seen| vec![(0, 1.0), (1, s.odds), (2, s.longer)];
    let rows: Vec<Row> = documents.iter().map(|s| Row { values: values(s), holds: s.there, weight: 1.0 }).collect();
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
    last_kept(calls, share, true).unwrap_or(1.0)
}

/// The highest threshold below which so great a share is not there.
fn highest_without(calls: &mut [(f64, bool)], share: f64) -> f64 {
    calls.sort_by(|a, b| a.0.total_cmp(&b.0));
    last_kept(calls, share, false).unwrap_or(0.0)
}

/// The last certainty up to which so great a share is of the wanted kind.
fn last_kept(calls: &[(f64, bool)], share: f64, wanted: bool) -> Option<f64> {
    let (mut right, mut best) = (0.0_f64, None);
    #[allow(clippy::cast_precision_loss, reason = "counts of documents are far below 2^52")]
    for (i, (certainty, there)) in calls.iter().enumerate() {
        right += f64::from(u8::from(*there == wanted));
        if right / (i + 1) as f64 >= share {
            best = Some(*certainty);
        }
    }
    best
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
