//! Fits the points of a scorecard to labelled passages.
//!
//! Logistic regression with a quadratic penalty that draws every weight towards its prior: the
//! points of the rule's strength, or for traits shared by all facets the points fitted over all
//! facets together. Reasons for a facet never fall below zero points, reasons against never rise
//! above. The result depends on nothing but its input.

use super::certainty::logistic;

/// One labelled passage as numbers.
#[derive(Clone, Debug, Default)]
pub struct Row {
    /// Weights that it has, as indices with their values.
    pub values: Vec<(usize, f64)>,
    /// Whether it holds the facet.
    pub holds: bool,
    /// How much it counts; 1 unless some documents shall count more.
    pub weight: f64,
}

/// What a weight is drawn to and may be.
#[derive(Clone, Copy, Debug)]
pub struct Prior {
    /// Where it stands without data.
    pub mean: f64,
    /// How strongly it is drawn there: the inverse of the variance.
    pub pull: f64,
    /// Its lowest value.
    pub low: f64,
    /// Its highest value.
    pub high: f64,
}

impl Prior {
    /// A weight that may take any value.
    #[must_use]
    pub const fn free(mean: f64, pull: f64) -> Self {
        Self { mean, pull, low: f64::NEG_INFINITY, high: f64::INFINITY }
    }
}

/// Rounds over all weights; it ends earlier once no weight moves.
const ROUNDS: usize = 200;
/// A weight that moves less is at rest.
const AT_REST: f64 = 1e-4;

/// Fits one weight for each prior by cyclic coordinate descent on the penalised likelihood.
#[must_use]
pub fn fit(rows: &[Row], priors: &[Prior]) -> Vec<f64> {
    let mut weights: Vec<f64> = priors.iter().map(|p| p.mean.clamp(p.low, p.high)).collect();
    let mut columns: Vec<Vec<(usize, f64)>> = vec![Vec::new(); priors.len()];
    for (r, row) in rows.iter().enumerate() {
        for &(c, v) in &row.values {
            columns[c].push((r, v));
        }
    }
    let mut sums: Vec<f64> = rows.iter().map(|r| r.values.iter().map(|&(c, v)| weights[c] * v).sum()).collect();
    for _ in 0..ROUNDS {
        let mut moved = 0.0_f64;
        for (c, column) in columns.iter().enumerate() {
            let prior = priors[c];
            let (mut slope, mut bend) = (prior.pull * (weights[c] - prior.mean), prior.pull);
            for &(r, v) in column {
                let row = &rows[r];
                let p = logistic(sums[r]);
                slope += row.weight * (p - f64::from(u8::from(row.holds))) * v;
                bend += row.weight * (p * (1.0 - p)).max(1e-3) * v * v;
            }
            if bend <= 0.0 {
                continue;
            }
            let step = (slope / bend).clamp(-1.0, 1.0);
            let new = (weights[c] - step).clamp(prior.low, prior.high);
            let change = new - weights[c];
            if change != 0.0 {
                weights[c] = new;
                for &(r, v) in column {
                    sums[r] += change * v;
                }
                moved = moved.max(change.abs());
            }
        }
        if moved < AT_REST {
            break;
        }
    }
    weights
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(counts: [(f64, bool, usize); 4]) -> Vec<Row> {
        let mut out = Vec::new();
        for (value, holds, n) in counts {
            for _ in 0..n {
                out.push(Row { values: vec![(0, 1.0), (1, value)], holds, weight: 1.0 });
            }
        }
        out
    }

    #[test]
    fn finds_the_odds_of_the_data() {
        let rows = rows([(1.0, true, 80), (1.0, false, 20), (0.0, true, 10), (0.0, false, 90)]);
        let w = fit(&rows, &[Prior::free(0.0, 1e-9), Prior::free(0.0, 1e-9)]);
        assert!((logistic(w[0] + w[1]) - 0.8).abs() < 1e-3, "{w:?}");
        assert!((logistic(w[0]) - 0.1).abs() < 1e-3, "{w:?}");
    }

    #[test]
    fn keeps_to_the_prior_and_its_bounds() {
        let w = fit(&[], &[Prior::free(-4.0, 1.0)]);
        assert_eq!(w, [-4.0]);
        let rows = rows([(1.0, false, 50), (1.0, true, 1), (0.0, true, 50), (0.0, false, 1)]);
        let bounded = Prior { mean: 2.0, pull: 0.1, low: 0.0, high: f64::INFINITY };
        let w = fit(&rows, &[Prior::free(0.0, 0.1), bounded]);
        assert!(w[1].abs() < 1e-12, "a reason for it never counts against: {w:?}");
    }
}
