//! The portfolio, document by document.

use super::common::Passages;
use super::{Carrier, CriterionAcross, FacetAcross, Plan, Portfolio, RatingCounts, RatingMark};
use crate::assess::{Assessment, Evidence, FacetAssessment, Rating, Status, Verdict};
use crate::report::officer::{self, RatingReview};
use crate::report::words::{self, clean, quote, shorten};
use crate::report::{DocumentReport, Head, ReportError};
use std::collections::HashMap;

/// Plans named as the best carriers of one thing.
const BEST: usize = 3;
/// Plans named where a facet is to check.
const OPEN: usize = 5;
/// Letters of a quote.
const QUOTE: usize = 240;
/// The level of an action that is committed.
const COMMITTED: u8 = 3;

/// A portfolio that grows.
#[derive(Debug, Default)]
pub struct Builder {
    portfolio: Portfolio,
    /// Where each criterion stands, by pack and id.
    places: HashMap<(String, String), usize>,
    /// The first document of each content, by the first half of its hash.
    contents: HashMap<u128, u32>,
    passages: Passages,
}

impl Builder {
    /// A portfolio of no document yet, with room for so many.
    #[must_use]
    pub fn new(head: &Head, documents: usize) -> Self {
        let mut out = Self::default();
        // Room that doubles as it fills would take up to three times as much.
        out.portfolio.plans.reserve_exact(documents);
        out.contents.reserve(documents);
        for pack in &head.packs {
            for criterion in &pack.criteria {
                let facet = |id: &str, title: &str| FacetAcross {
                    id: id.to_owned(),
                    title: title.to_owned(),
                    present: 0,
                    to_check: 0,
                    missing: 0,
                    settled: None,
                    open_in: Vec::new(),
                    passages: 0,
                    different: 0,
                    best: Vec::new(),
                };
                out.places.insert((pack.id.clone(), criterion.id.clone()), out.portfolio.criteria.len());
                out.portfolio.criteria.push(CriterionAcross {
                    pack: pack.id.clone(),
                    id: criterion.id.clone(),
                    title: criterion.title.clone(),
                    ratings: RatingCounts::default(),
                    names_only: 0,
                    best: Vec::new(),
                    facets: criterion.facets.iter().map(|f| facet(&f.id, &f.title)).collect(),
                });
            }
        }
        out
    }

    /// One more document.
    ///
    /// # Errors
    /// [`ReportError`] where its passages can be put away nowhere.
    pub fn add(&mut self, document: &DocumentReport) -> Result<(), ReportError> {
        let position = self.portfolio.plans.len();
        let mut plan = Plan {
            path: document.path.clone(),
            title: document.title.as_deref().map(|t| shorten(&clean(t), QUOTE)),
            note: document.plan.clone(),
            review: document.review.as_ref().map(officer::summary),
            status: document.status,
            trouble: (document.status != Status::Assessed).then(|| words::trouble(document)),
            same_as: None,
            ratings: Vec::with_capacity(document.criteria.len()),
            names_only: Vec::new(),
        };
        let number = u32::try_from(position).unwrap_or(u32::MAX);
        if let Some(content) = document.sha256.as_deref().and_then(half) {
            let first = *self.contents.entry(content).or_insert(number);
            plan.same_as = (first != number).then_some(first as usize);
        }
        let counts = document.status == Status::Assessed && plan.same_as.is_none();
        self.portfolio.counted += usize::from(counts);
        for criterion in &document.criteria {
            let mark = RatingMark {
                rating: criterion.rating,
                rating_if_checks_hold: criterion.rating_if_checks_hold,
                words_only: !criterion.only_in.is_empty(),
                officer: document.reviewed(criterion).map(RatingReview::span),
            };
            let Some(&place) = self.places.get(&(criterion.pack.clone(), criterion.id.clone())) else {
                plan.ratings.push(mark);
                continue;
            };
            let only = document.status == Status::Assessed && names_only(criterion);
            if only {
                plan.names_only.push(place);
            }
            if counts {
                let across = &mut self.portfolio.criteria[place];
                across.names_only += usize::from(only);
                across.ratings.add(mark.rating, mark.rating_if_checks_hold);
                count(across, document, criterion, position);
            }
            plan.ratings.push(mark);
        }
        plan.names_only.shrink_to_fit();
        self.portfolio.plans.push(plan);
        if counts { self.passages.add(number, document) } else { Ok(()) }
    }

    /// All of them.
    ///
    /// # Errors
    /// [`ReportError`] where their passages cannot be had back.
    pub fn finish(mut self) -> Result<Portfolio, ReportError> {
        self.passages.finish(&mut self.portfolio)?;
        Ok(self.portfolio)
    }
}

/// The first half of a hash that is written in hexadecimal digits.
fn half(hash: &str) -> Option<u128> {
    u128::from_str_radix(hash.get(..32).unwrap_or(hash), 16).ok()
}

/// Adds one plan's facets and keeps the best carriers.
fn count(across: &mut CriterionAcross, document: &DocumentReport, criterion: &Assessment, position: usize) {
    for (facet, across) in criterion.facets.iter().zip(&mut across.facets) {
        let settled = document.settled_verdict(&criterion.pack, facet);
        across.add(facet.verdict, settled);
        if settled == Verdict::Check && across.open_in.len() < OPEN {
            across.open_in.push(position);
        }
        if facet.verdict == Verdict::Present {
            let order = |c: &Carrier| (c.level, c.passages, c.rating);
            keep(&mut across.best, carrier(position, criterion.rating, &[facet]), order);
        }
    }
    if criterion.rating >= Rating::Partial {
        let held: Vec<_> = criterion.facets.iter().filter(|f| f.verdict == Verdict::Present).collect();
        keep(&mut across.best, carrier(position, criterion.rating, &held), |c| (c.rating, c.level, c.passages));
    }
}

/// What a plan shows for what it carries.
fn carrier(plan: usize, rating: Rating, facets: &[&FacetAssessment]) -> Carrier {
    let firmest = |a: &&Evidence, b: &&Evidence| a.level.cmp(&b.level).then(a.certainty.total_cmp(&b.certainty));
    // The first of equals: `max_by` would give the last.
    let best = facets.iter().flat_map(|f| &f.evidence).rev().max_by(firmest);
    Carrier {
        plan,
        rating,
        level: facets.iter().map(|f| f.level).max().unwrap_or(0),
        passages: facets.iter().map(|f| f.evidence.len()).sum(),
        page: best.and_then(|e| e.cited.page),
        quote: best.map_or_else(String::new, |e| quote(&e.cited.quote, &e.cited.marks, QUOTE)),
    }
}

/// Puts a carrier in its place among the best, behind its equals.
fn keep<O: Ord>(best: &mut Vec<Carrier>, new: Carrier, order: impl Fn(&Carrier) -> O) {
    let place = best.iter().position(|c| order(&new) > order(c)).unwrap_or(best.len());
    best.insert(place, new);
    best.truncate(BEST);
}

/// Whether a criterion is spoken of, and nothing of it is or may be committed.
fn names_only(criterion: &Assessment) -> bool {
    let mut facets = criterion.facets.iter();
    let committed = facets.clone().any(|f| f.level >= COMMITTED && f.verdict != Verdict::Missing);
    !committed && facets.any(|f| f.verdict == Verdict::Present || (f.verdict == Verdict::Missing && f.level > 0))
}
