//! Ratings with an officer's words counted, by the same codebook as the machine's.

use crate::assess::{Assessment, Cited, FacetAssessment, Rating, RatingRange, Verdict};
use crate::report::DocumentReport;
use crate::report::officer::RatingReview;
use crate::segment::fingerprint;
use std::collections::BTreeSet;

/// What a point comes to, and the passages that it rests on.
pub(super) struct Ground<'f> {
    pub(super) verdict: Verdict,
    pub(super) level: u8,
    passages: Vec<&'f Cited>,
    /// The officer's word changed what it rests on.
    changed: bool,
}

/// The level of what is there by an officer's word alone.
const STATED: u8 = 2;

impl<'f> Ground<'f> {
    /// The machine's verdict.
    pub(super) fn machine(facet: &'f FacetAssessment) -> Self {
        let passages = cited(facet).into_iter().map(|(c, _)| c).collect();
        Self { verdict: facet.verdict, level: facet.level, passages, changed: false }
    }

    pub(super) fn missing(facet: &FacetAssessment) -> Self {
        let changed = facet.verdict != Verdict::Missing;
        Self { verdict: Verdict::Missing, level: 0, passages: Vec::new(), changed }
    }

    /// It holds, by the passages that count, else by all that are not rejected.
    pub(super) fn holding(
        facet: &'f FacetAssessment,
        level: Option<u8>,
        counts: &[String],
        rejected: &[String],
    ) -> Self {
        let all = cited(facet);
        let chosen = |mark: &String| if counts.is_empty() { !rejected.contains(mark) } else { counts.contains(mark) };
        let kept: Vec<(&Cited, u8)> = if facet.verdict == Verdict::Missing && counts.is_empty() {
            Vec::new()
        } else {
            all.iter().copied().filter(|(c, _)| chosen(&fingerprint(&c.quote))).collect()
        };
        let best = kept.iter().map(|k| k.1).max().unwrap_or(STATED).max(STATED);
        let changed = facet.verdict != Verdict::Present || kept.len() < all.len() || level.is_some();
        let passages = kept.into_iter().map(|k| k.0).collect();
        Self { verdict: Verdict::Present, level: level.unwrap_or(best), passages, changed }
    }

    /// The machine's verdict without the passages that were rejected.
    pub(super) fn without(facet: &'f FacetAssessment, rejected: &[String]) -> Self {
        let kept: Vec<(&Cited, u8)> =
            cited(facet).into_iter().filter(|(c, _)| !rejected.contains(&fingerprint(&c.quote))).collect();
        let lost = kept.len() < facet.evidence.len() + facet.nearest.len();
        if facet.verdict != Verdict::Present || !lost {
            return Self::machine(facet);
        }
        let level = kept.iter().map(|k| k.1).max();
        // Passages beyond those shown may hold it: a person must look.
        let verdict = if level.is_some() { Verdict::Present } else { Verdict::Check };
        let passages = kept.into_iter().map(|k| k.0).collect();
        Self { verdict, level: level.unwrap_or(facet.level), passages, changed: true }
    }
}

/// The passages that a facet shows with their levels.
fn cited(facet: &FacetAssessment) -> Vec<(&Cited, u8)> {
    let evidence = facet.evidence.iter().map(|e| (&e.cited, e.level));
    evidence.chain(facet.nearest.iter().map(|n| (&n.cited, n.level))).collect()
}

/// The rating of a criterion from what its points come to.
pub(super) fn rate(document: &DocumentReport, criterion: &Assessment, grounds: &[Ground<'_>]) -> RatingReview {
    let (mut rating, mut best) = (criterion.rating, criterion.rating_if_checks_hold.unwrap_or(criterion.rating));
    if grounds.iter().any(|g| g.changed) {
        let depth = depth(document);
        rating = by_codebook(grounds, depth, false);
        best = by_codebook(grounds, depth, true);
    }
    RatingReview {
        pack: criterion.pack.clone(),
        criterion: criterion.id.clone(),
        rating,
        rating_if_checks_hold: (best > rating).then_some(best),
    }
}

fn by_codebook(grounds: &[Ground<'_>], depth: usize, checks_hold: bool) -> Rating {
    let counted = |g: &&Ground<'_>| g.verdict == Verdict::Present || (checks_hold && g.verdict == Verdict::Check);
    let held: Vec<&Ground<'_>> = grounds.iter().filter(counted).collect();
    let headings = held.iter().flat_map(|g| &g.passages).map(|c| c.headings.get(depth).or(c.headings.last()));
    RatingRange {
        facets: grounds.len(),
        present: held.len(),
        best: held.iter().map(|g| g.level).max().unwrap_or(0),
        sections: headings.collect::<BTreeSet<_>>().len(),
    }
    .rating()
}

/// Which headings part the document: the outermost that are not the same over every passage shown.
fn depth(document: &DocumentReport) -> usize {
    let facets = || document.criteria.iter().flat_map(|c| &c.facets);
    let at = |depth: usize| facets().flat_map(cited).filter_map(move |(c, _)| c.headings.get(depth));
    (0..8).find(|depth| at(*depth).collect::<BTreeSet<_>>().len() > 1).unwrap_or(0)
}
