//! From passages to verdicts on a document.
//!
//! Comes in: how certain it is of each passage that it holds a facet. Goes out: for each facet how
//! certain it is that the document does, and the word for it. Three things count, by points that
//! are the same for all facets of a pack: its strongest passages; how much else of the pack the
//! document holds, since a plan that is about other matters seldom holds one point alone; and its
//! length, since chance finds something in any text that is long enough.

use super::Verdict;
use super::certainty::{Certainty, FacetCard, Scorecard, logistic};
use super::thresholds::Thresholds;
use crate::pack::DocumentCalibration;

/// How the passages of a document become verdicts, the same for all facets of a pack.
#[derive(Clone, Debug, PartialEq)]
pub struct DocumentPoints(DocumentCalibration);

/// How a document stands to one facet by its own passages.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// Log odds that one of the strongest passages holds it.
    pub strongest: f64,
    /// Whether a passage that rules found counts as holding it.
    pub holds: bool,
    /// Passages that were looked at.
    pub passages: usize,
}

/// What is found of a facet in a document that could be read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Finding {
    /// The word for it.
    pub verdict: Verdict,
    /// How certain it is, from 0 to 1, that the document holds the facet.
    pub certainty: f64,
    /// How certain its strongest passages by themselves are.
    pub by_itself: f64,
    /// The share of the pack's other facets that the document is likely to hold.
    pub others: f64,
}

/// Points and thresholds of a pack without calibration: the strongest passages decide alone.
const UNFITTED: DocumentCalibration =
    DocumentCalibration { base: 0.0, strongest: 1.0, others: 0.0, length: 0.0, present: 0.7, missing: 0.12 };
/// Passages whose certainties make that of their document.
const STRONGEST: usize = 3;
/// Log odds beyond which nothing gets surer.
const SUREST: f64 = 6.0;
/// Passages of a document of ordinary length.
const ORDINARY: f64 = 40.0;

impl Default for DocumentPoints {
    fn default() -> Self {
        Self(UNFITTED)
    }
}

impl DocumentPoints {
    pub(super) const fn new(fitted: DocumentCalibration) -> Self {
        Self(fitted)
    }

    /// Certainty from which a facet is present.
    #[must_use]
    pub const fn present(&self) -> f64 {
        self.0.present
    }

    /// Certainty under which a facet is missing.
    #[must_use]
    pub const fn missing(&self) -> f64 {
        self.0.missing
    }

    /// The same where words must be surer than the pack asks.
    pub(super) fn surer(&mut self, asked: &Thresholds) {
        self.0.present = asked.present.map_or(self.0.present, |least| least.max(self.0.present));
        self.0.missing = asked.missing.map_or(self.0.missing, |most| most.min(self.0.missing));
    }

    fn finding(&self, of: &Standing, others: f64) -> Finding {
        let points = &self.0;
        let odds = points.base + points.strongest * of.strongest + points.others * others;
        let lost = points.length * longer(of.passages);
        let certainty = logistic(odds - lost);
        // Nothing is missing only because a document is long.
        let at_most = logistic(odds - lost.min(0.0));
        let verdict = if certainty >= points.present && of.holds {
            Verdict::Present
        } else if at_most >= points.missing {
            Verdict::Check
        } else {
            Verdict::Missing
        };
        Finding { verdict, certainty, by_itself: logistic(of.strongest), others }
    }
}

impl Standing {
    /// What the passages say that have reasons, of so many in all.
    #[must_use]
    pub fn new(card: &FacetCard, certainties: &[Certainty], passages: usize) -> Self {
        let strongest = log_odds(&certainties.iter().map(|c| c.all).collect::<Vec<_>>());
        Self { strongest, holds: certainties.iter().any(|c| card.holds_by_rules(*c)), passages }
    }
}

impl Scorecard {
    /// What is found of every facet in a document of so many passages, from how certain those are
    /// that have reasons, facet by facet.
    #[must_use]
    pub fn judge(&self, certainties: impl Iterator<Item = Vec<Certainty>>, passages: usize) -> Vec<Finding> {
        let facets = certainties.enumerate();
        let standings: Vec<_> =
            facets.map(|(facet, of)| Some(Standing::new(self.facet(facet), &of, passages))).collect();
        self.findings(&standings).into_iter().flatten().collect()
    }

    /// What is found of every facet; `None` where nobody looked for it.
    #[must_use]
    pub fn findings(&self, facets: &[Option<Standing>]) -> Vec<Option<Finding>> {
        let found = facets.iter().zip(self.others(facets)).enumerate();
        found.map(|(facet, (of, others))| of.as_ref().map(|of| self.document(facet).finding(of, others))).collect()
    }

    /// For each facet the share of the others of its kind that the document is likely to hold: of
    /// the facets of its pack that points were fitted to, or of those that none were fitted to.
    #[must_use]
    pub fn others(&self, facets: &[Option<Standing>]) -> Vec<f64> {
        others(facets, |facet| 2 * self.facet(facet).all.pack() + usize::from(self.facet(facet).all.fitted()))
    }
}

/// For each facet the share of the other facets of its group that the document is likely to hold.
#[allow(clippy::cast_precision_loss, reason = "counts of facets are far below 2^52")]
fn others(facets: &[Option<Standing>], group: impl Fn(usize) -> usize) -> Vec<f64> {
    let groups = (0..facets.len()).map(&group).max().map_or(0, |last| last + 1);
    let mut sums = vec![(0.0, 0_usize); groups];
    for (facet, of) in facets.iter().enumerate() {
        if let Some(of) = of {
            sums[group(facet)].0 += logistic(of.strongest);
            sums[group(facet)].1 += 1;
        }
    }
    let without = |(facet, of): (usize, &Option<Standing>)| {
        let (sum, count) = sums[group(facet)];
        let (own, one) = of.as_ref().map_or((0.0, 0), |of| (logistic(of.strongest), 1));
        (sum - own) / (count - one).max(1) as f64
    };
    facets.iter().enumerate().map(without).collect()
}

/// The log odds that one of the strongest passages holds a facet: that not all of them fail to.
fn log_odds(certainties: &[f64]) -> f64 {
    let mut strongest = certainties.to_vec();
    strongest.sort_by(|a, b| b.total_cmp(a));
    let none: f64 = strongest.iter().take(STRONGEST).map(|c| 1.0 - c).product();
    ((1.0 - none).max(1e-6) / none.max(1e-6)).ln().clamp(-SUREST, SUREST)
}

/// How much longer than ordinary a document is, as a natural logarithm.
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "counts of passages are far below 2^52")]
pub fn longer(passages: usize) -> f64 {
    (passages.max(1) as f64 / ORDINARY).ln()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::assess::certainty::FacetPoints;

    fn points() -> DocumentPoints {
        let fitted = DocumentCalibration { others: 3.0, length: 0.5, present: 0.8, missing: 0.1, ..UNFITTED };
        DocumentPoints::new(DocumentCalibration { base: -1.0, ..fitted })
    }

    fn said(certainty: f64, others: f64, passages: usize) -> Finding {
        let mut card = FacetCard::default();
        card.all.holds = 0.4;
        let of = Standing::new(&card, &[Certainty { all: certainty, rules: certainty }], passages);
        points().finding(&of, others)
    }

    #[test]
    fn the_strongest_passages_decide() {
        assert_eq!(said(0.95, 0.3, 40).verdict, Verdict::Present);
        assert_eq!(said(0.5, 0.3, 40).verdict, Verdict::Check);
        assert_eq!(said(0.02, 0.3, 40).verdict, Verdict::Missing);
        assert_eq!(
            points().finding(&Standing { strongest: 6.0, holds: false, passages: 40 }, 1.0).verdict,
            Verdict::Check
        );
    }

    #[test]
    fn nothing_is_present_on_the_word_of_the_model_alone() {
        let mut card = FacetCard { rules: Some(FacetPoints::default()), ..FacetCard::default() };
        card.all.holds = 0.4;
        let said = |rules: f64| {
            let of = Standing::new(&card, &[Certainty { all: 0.99, rules }], 40);
            points().finding(&of, 0.9).verdict
        };
        assert_eq!((said(0.0), said(0.1)), (Verdict::Check, Verdict::Present));
        card.all.alone_holds = Some(0.5);
        let of = |all: f64, rules: f64| card.holds(Certainty { all, rules });
        assert!(of(0.6, 0.0) && of(0.4, 0.1) && !of(0.4, 0.0) && !of(0.3, 0.1));
        let of = Standing::new(&card, &[Certainty { all: 0.99, rules: 0.0 }], 40);
        assert_eq!(points().finding(&of, 0.9).verdict, Verdict::Check, "it is evidence, but not by itself");
    }

    #[test]
    fn what_else_the_document_holds_counts() {
        assert!(said(0.3, 0.9, 40).certainty > said(0.3, 0.1, 40).certainty + 0.2);
        assert_eq!(said(0.12, 0.0, 40).verdict, Verdict::Missing);
        assert_eq!(said(0.12, 0.9, 40).verdict, Verdict::Check);
    }

    #[test]
    fn nothing_is_missing_because_the_document_is_long() {
        assert_eq!(said(0.3, 0.0, 40).verdict, said(0.3, 0.0, 40_000).verdict);
        assert!(said(0.9, 0.0, 4000).certainty < said(0.9, 0.0, 40).certainty);
    }

    #[test]
    fn others_leave_the_facet_itself_and_other_groups_out() {
        let of = |certainty: f64| {
            Some(Standing { strongest: (certainty / (1.0 - certainty)).ln(), holds: true, passages: 9 })
        };
        let others = others(&[of(0.9), of(0.5), None, of(0.1), of(0.2)], |facet| usize::from(facet == 4));
        let rounded: Vec<f64> = others.iter().map(|x| (x * 100.0).round() / 100.0).collect();
        assert_eq!(rounded, [0.3, 0.5, 0.5, 0.7, 0.0]);
    }
}
