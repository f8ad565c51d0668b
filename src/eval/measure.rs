//! Counts and figures.

use super::{OnDocument, nearest};
use crate::assess::certainty::NEAREST;
use crate::assess::verdict::Finding;
use crate::assess::{Judge, Verdict};
use serde::Serialize;

/// Right and wrong calls of "present" by passage.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// Called present, and is.
    pub hits: usize,
    /// Called present, and is not.
    pub false_hits: usize,
    /// Not called present, but is.
    pub misses: usize,
}

impl Counts {
    /// Share of calls that were right; 1 where there was no call.
    #[must_use]
    pub fn precision(&self) -> f64 {
        share(self.hits, self.hits + self.false_hits)
    }

    /// Share of what is there that was called; 1 where there is none.
    #[must_use]
    pub fn recall(&self) -> f64 {
        share(self.hits, self.hits + self.misses)
    }

    /// The harmonic mean of precision and recall.
    #[must_use]
    pub fn f1(&self) -> f64 {
        share(2 * self.hits, 2 * self.hits + self.false_hits + self.misses)
    }

    /// Calls and misses.
    #[must_use]
    pub const fn all(&self) -> usize {
        self.hits + self.false_hits + self.misses
    }

    /// Adds other counts.
    pub fn add(&mut self, other: &Self) {
        self.hits += other.hits;
        self.false_hits += other.false_hits;
        self.misses += other.misses;
    }
}

/// Verdicts by document and facet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ByDocument {
    /// Verdict "present", and it is.
    pub present_right: usize,
    /// Verdict "present", and it is not.
    pub present_wrong: usize,
    /// Verdict "missing", and it is.
    pub missing_right: usize,
    /// Verdict "missing", but it is there.
    pub missing_wrong: usize,
    /// Verdict "check".
    pub check: usize,
    /// There but not called present.
    pub uncalled: usize,
    /// Of those: a right passage among the three shown.
    pub uncalled_shown: usize,
}

impl ByDocument {
    /// How often "present" is right.
    #[must_use]
    pub fn present(&self) -> f64 {
        share(self.present_right, self.present_right + self.present_wrong)
    }

    /// How often "missing" is right.
    #[must_use]
    pub fn missing(&self) -> f64 {
        share(self.missing_right, self.missing_right + self.missing_wrong)
    }

    /// The share of verdicts left to a person.
    #[must_use]
    pub fn to_check(&self) -> f64 {
        share(self.check, self.total())
    }

    /// For facets that are there but not called present: how often a right passage is shown.
    #[must_use]
    pub fn shown(&self) -> f64 {
        share(self.uncalled_shown, self.uncalled)
    }

    /// The number of verdicts.
    #[must_use]
    pub const fn total(&self) -> usize {
        self.present_right + self.present_wrong + self.missing_right + self.missing_wrong + self.check
    }

    /// Adds other counts.
    pub fn add(&mut self, other: &Self) {
        self.present_right += other.present_right;
        self.present_wrong += other.present_wrong;
        self.missing_right += other.missing_right;
        self.missing_wrong += other.missing_wrong;
        self.check += other.check;
        self.uncalled += other.uncalled;
        self.uncalled_shown += other.uncalled_shown;
    }
}

/// Everything measured for one facet.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Measures {
    /// The facet's pack.
    pub pack: String,
    /// The facet's id.
    pub facet: String,
    /// By passage.
    pub counts: Counts,
    /// How often readers gave a level (row) and the program gave one (column), 0 to 4.
    pub levels: [[usize; 5]; 5],
    /// By document.
    pub documents: ByDocument,
}

impl Measures {
    /// Measures a facet on documents.
    #[must_use]
    pub fn of(judge: &Judge<'_>, facet: usize, documents: &[OnDocument<'_>]) -> Self {
        let pack = judge.matcher.packs()[judge.matcher.facets()[facet].pack].id.clone();
        let mut out = Self { pack, facet: judge.matcher.facet(facet).id.clone(), ..Self::default() };
        for document in documents {
            out.add_document(document, facet);
        }
        out
    }

    fn add_document(&mut self, &OnDocument { read, calls, found }: &OnDocument<'_>, facet: usize) {
        let Some(Finding { verdict, .. }) = found[facet] else { return };
        let gold = &read.gold;
        let mut given = vec![0_usize; gold.records.len()];
        for call in calls.iter().filter(|c| c.facet == facet) {
            given[call.record] = call.level as usize;
        }
        let mut there = Vec::new();
        let asked: Vec<bool> = (0..gold.records.len()).map(|record| gold.asked(record, &self.facet)).collect();
        for (record, &given) in given.iter().enumerate().filter(|(record, _)| asked[*record]) {
            let label = usize::from(gold.label(record, &self.facet));
            self.levels[label][given] += 1;
            match (label >= 2, given >= 2) {
                (true, true) => self.counts.hits += 1,
                (false, true) => self.counts.false_hits += 1,
                (true, false) => self.counts.misses += 1,
                (false, false) => {}
            }
            if label >= 2 {
                there.push(record);
            }
        }
        let nearest = nearest(calls, facet);
        let is = !there.is_empty();
        let d = &mut self.documents;
        if !gold.whole() && verdict != Verdict::Present {
            return;
        }
        match (verdict, is) {
            (Verdict::Present, true) => d.present_right += 1,
            (Verdict::Present, false) => d.present_wrong += 1,
            (Verdict::Missing, false) => d.missing_right += 1,
            (Verdict::Missing, true) => d.missing_wrong += 1,
            _ => d.check += 1,
        }
        let called = verdict == Verdict::Present;
        if is && !called {
            d.uncalled += 1;
            d.uncalled_shown += usize::from(nearest.iter().take(NEAREST).any(|c| there.contains(&c.record)));
        }
    }

    /// Adds the measures of another facet.
    pub fn add(&mut self, other: &Self) {
        self.counts.add(&other.counts);
        self.documents.add(&other.documents);
        for (mine, theirs) in self.levels.iter_mut().flatten().zip(other.levels.iter().flatten()) {
            *mine += theirs;
        }
    }
}

/// Quadratic-weighted kappa: agreement on ordered levels beyond chance. 1 is perfect, 0 chance.
/// Source: J. Cohen, "Weighted kappa", Psychological Bulletin 70 (1968).
#[must_use]
#[allow(clippy::cast_precision_loss, reason = "counts of passages are far below 2^52")]
pub fn kappa(levels: &[[usize; 5]; 5]) -> f64 {
    let total: usize = levels.iter().flatten().sum();
    if total == 0 {
        return 1.0;
    }
    let rows: Vec<f64> = levels.iter().map(|r| r.iter().sum::<usize>() as f64).collect();
    let columns: Vec<f64> = (0..5).map(|c| levels.iter().map(|r| r[c]).sum::<usize>() as f64).collect();
    let (mut seen, mut chance) = (0.0, 0.0);
    for (i, row) in levels.iter().enumerate() {
        for (j, &n) in row.iter().enumerate() {
            let distance = (i as f64 - j as f64).powi(2);
            seen += distance * n as f64;
            chance += distance * rows[i] * columns[j] / total as f64;
        }
    }
    if chance == 0.0 { 1.0 } else { 1.0 - seen / chance }
}

#[allow(clippy::cast_precision_loss, reason = "counts of passages are far below 2^52")]
fn share(part: usize, of: usize) -> f64 {
    if of == 0 { 1.0 } else { part as f64 / of as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_follow_their_definitions() {
        let counts = Counts { hits: 6, false_hits: 2, misses: 4 };
        assert!((counts.precision() - 0.75).abs() < 1e-12);
        assert!((counts.recall() - 0.6).abs() < 1e-12);
        assert!((counts.f1() - 12.0 / 18.0).abs() < 1e-12);
    }

    #[test]
    fn kappa_is_one_where_all_agree_and_none_by_chance() {
        let mut same = [[0; 5]; 5];
        (same[0][0], same[3][3]) = (10, 5);
        assert!((kappa(&same) - 1.0).abs() < 1e-12);
        let mut chance = [[0; 5]; 5];
        (chance[0][0], chance[0][4], chance[4][0], chance[4][4]) = (5, 5, 5, 5);
        assert!(kappa(&chance).abs() < 1e-12);
        // Worked by hand: observed 1/4 of chance 2.
        let mut some = [[0; 5]; 5];
        (some[0][0], some[0][1], some[1][1]) = (1, 1, 2);
        assert!((kappa(&some) - 0.5).abs() < 1e-12);
    }
}
