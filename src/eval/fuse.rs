//! The learned reader beside the rules: how much each of the two weighs.
//!
//! Few numbers a facet are fitted, first over all facets together, then for each by itself, drawn
//! towards those. What the rules say comes from points fitted to other documents; what the learned
//! reader says must come from documents that it was not trained on, or it looks surer than it is.

use super::calibrate::HeldOut;
use crate::assess::fit::{Prior, Row, fit};
use crate::assess::{Judge, Scorecard};
use crate::pack::LearnedCalibration;
use std::collections::BTreeMap;

/// Whose word counts where a model reads beside the rules.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Readers {
    /// That of the rules and of the learned reader.
    #[default]
    Both,
    /// That of the learned reader alone.
    Learned,
}

impl Readers {
    /// A scorecard that asks only those whose word counts.
    #[must_use]
    pub fn asked(self, card: Scorecard) -> Scorecard {
        if self == Self::Learned { card.without_rules() } else { card }
    }
}

/// How strongly a facet's numbers are drawn to those of all facets: base, rules, belief, alone.
/// Labels of one facet are too few to weigh the readers for it alone.
const PULLS: [f64; 4] = [5.0, 200.0, 200.0, 200.0];

/// Fits the weights of the two readers for every facet that a model judges. Every document comes
/// with the rules' points fitted to others.
pub(super) fn fuse(
    judge: &Judge<'_>,
    documents: &[HeldOut<'_>],
    readers: Readers,
) -> BTreeMap<usize, LearnedCalibration> {
    let mut by_facet: BTreeMap<usize, Vec<Row>> = BTreeMap::new();
    for HeldOut { read, card, .. } in documents {
        for (record, reading) in read.readings.iter().filter(|(_, r)| !r.vetoed) {
            let Some(belief) = reading.belief() else { continue };
            let id = &judge.matcher.facet(reading.facet).id;
            if !read.gold.asked(*record, id) {
                continue;
            }
            let alone = f64::from(u8::from(reading.alone));
            let by_rules = card.facet(reading.facet).all.log_odds(reading);
            let values = vec![(0, 1.0), (1, by_rules), (2, belief), (3, alone)];
            let holds = read.gold.label(*record, id) >= 2;
            by_facet.entry(reading.facet).or_default().push(Row { values, holds, weight: 1.0 });
        }
    }
    let bounds = |i: usize, mean: f64, pull: f64| match (i, readers) {
        (1 | 3, Readers::Learned) => Prior { mean: 0.0, pull, low: 0.0, high: 0.0 },
        (1 | 2, _) => Prior { mean, pull, low: 0.0, high: f64::INFINITY },
        _ => Prior::free(mean, pull),
    };
    let all: Vec<Row> = by_facet.values().flatten().cloned().collect();
    let start = [0.0, 0.7, 0.7, 0.0].into_iter().enumerate();
    let shared = fit(&all, &start.map(|(i, mean)| bounds(i, mean, 0.1)).collect::<Vec<_>>());
    by_facet
        .into_iter()
        .map(|(facet, rows)| {
            let priors: Vec<Prior> = (0..PULLS.len()).map(|i| bounds(i, shared[i], PULLS[i])).collect();
            let w = fit(&rows, &priors);
            let points = |i: usize| super::calibrate::round(w[i]);
            let (base, rules, belief, alone) = (points(0), points(1), points(2), points(3));
            (facet, LearnedCalibration { base, rules, belief, alone, ..LearnedCalibration::default() })
        })
        .collect()
}
