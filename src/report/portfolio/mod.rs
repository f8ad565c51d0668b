//! All plans together: who carries what best, what nobody carries, what is said without deeds.
//!
//! Comes in: every document's results, one after another. Goes out: a [`Portfolio`], small enough
//! to be held for ten thousand plans. Copies of a file count once. It judges nothing anew.

mod build;
mod common;
mod minhash;
mod span;

pub use build::Builder;
pub use span::RatingSpan;

use super::{CriterionInfo, FacetInfo, PackInfo, PlanNote, ReportError, Source, words};
use crate::assess::{Rating, Status, Verdict};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// What all documents of a report come to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Portfolio {
    /// One a document, in the order of the documents. The totals below count those that were
    /// judged and are no copy of an earlier one.
    pub plans: Vec<Plan>,
    /// How many are counted below.
    pub counted: usize,
    /// One a criterion of every pack, in the packs' order.
    pub criteria: Vec<CriterionAcross>,
    /// Evidence that stands in two plans or more in the same words, or nearly so; what stands in
    /// most plans first.
    pub common: Vec<CommonText>,
}

/// A passage that several plans have in common.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CommonText {
    /// Its beginning, as it stands in the first of them.
    pub quote: String,
    /// The plans, as positions in [`Portfolio::plans`].
    pub plans: Vec<usize>,
    /// The facets that it proves.
    pub facets: Vec<String>,
}

/// One document as a row of the matrix.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Plan {
    /// As in the document.
    pub path: String,
    /// The document's own title, where it has one.
    pub title: Option<String>,
    /// What people say of it.
    pub note: PlanNote,
    /// What an officer's review of it comes to, where there is one.
    pub review: Option<String>,
    /// Whether it could be judged.
    pub status: Status,
    /// Why it could not be judged; `None` where it could.
    pub trouble: Option<String>,
    /// The position of the first document with the same bytes, counted from 0; `None` for the
    /// first itself.
    pub same_as: Option<usize>,
    /// One a criterion, in the order of [`Portfolio::criteria`]; empty where it could not be read.
    pub ratings: Vec<RatingMark>,
    /// Positions in [`Portfolio::criteria`] of those that it names without committing to anything.
    pub names_only: Vec<usize>,
}

/// How one plan stands to one criterion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RatingMark {
    /// The rating that the facets surely present give.
    pub rating: Rating,
    /// The best rating possible if everything "to check" holds, where it differs.
    pub rating_if_checks_hold: Option<Rating>,
    /// Whether all that speaks for it stands only where words cost nothing.
    pub words_only: bool,
    /// The rating with an officer's judgements counted, where there are any.
    #[schemars(with = "Option<String>")]
    pub officer: Option<RatingSpan>,
}

/// How all plans stand to one criterion.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CriterionAcross {
    /// The pack that asks it.
    pub pack: String,
    /// The criterion's id, unique in its pack.
    pub id: String,
    /// The criterion's title.
    pub title: String,
    /// How many plans have which rating.
    pub ratings: RatingCounts,
    /// How many plans name it without committing to anything.
    pub names_only: usize,
    /// The plans that carry it best, best first: three at most, none that lacks it.
    pub best: Vec<Carrier>,
    /// Every facet in the pack's order.
    pub facets: Vec<FacetAcross>,
}

/// How many plans have which rating.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct RatingCounts {
    /// Rated missing, and nothing is to check that would change it.
    pub missing: usize,
    /// Missing unless passages to check hold.
    pub to_check: usize,
    /// Rated partial.
    pub partial: usize,
    /// Rated evident.
    pub evident: usize,
    /// Rated embedded.
    pub embedded: usize,
    /// Too little could be read.
    pub not_assessed: usize,
}

/// How all plans stand to one facet.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FacetAcross {
    /// The facet's id, unique in its pack.
    pub id: String,
    /// The facet's title.
    pub title: String,
    /// Plans that surely hold it.
    pub present: usize,
    /// Plans with passages to check.
    pub to_check: usize,
    /// Plans that lack it.
    pub missing: usize,
    /// The same three counts with officers' judgements counted, where they differ.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub settled: Option<VerdictCounts>,
    /// The first plans with passages to check that no officer has settled: five at most, as positions in
    /// [`Portfolio::plans`].
    #[serde(default)]
    pub open_in: Vec<usize>,
    /// Passages that prove it in all plans.
    pub passages: usize,
    /// The same, with what is common to several plans counted once.
    pub different: usize,
    /// The plans that carry it best, best first: three at most, none that lacks it.
    pub best: Vec<Carrier>,
}

/// How many plans have which verdict on a facet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct VerdictCounts {
    /// Plans that hold it.
    pub present: usize,
    /// Plans with passages to check.
    pub to_check: usize,
    /// Plans that lack it.
    pub missing: usize,
}

/// A plan that carries something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Carrier {
    /// Its position in [`Portfolio::plans`], counted from 0.
    pub plan: usize,
    /// Its rating on the criterion.
    pub rating: Rating,
    /// The best level of its evidence: 0 none to 4 accountable.
    pub level: u8,
    /// Passages that prove it.
    pub passages: usize,
    /// The page of the best one, counted from 1, where the format has pages.
    pub page: Option<u32>,
    /// The beginning of the best one.
    pub quote: String,
}

impl Portfolio {
    /// All documents of a source, in one pass.
    ///
    /// # Errors
    /// Those of [`Source::each`].
    pub fn of(source: &dyn Source) -> Result<Self, ReportError> {
        let mut builder = Builder::new(source.head(), source.len());
        source.each(&mut |document| builder.add(document))?;
        builder.finish()
    }

    /// That of a source's head; made where it has none.
    ///
    /// # Errors
    /// Those of [`Source::each`].
    pub fn of_source(source: &dyn Source) -> Result<Cow<'_, Self>, ReportError> {
        match &source.head().portfolio {
            Some(made) => Ok(Cow::Borrowed(made)),
            None => Self::of(source).map(Cow::Owned),
        }
    }

    /// The plans that were not judged, with their positions.
    pub fn not_judged(&self) -> impl Iterator<Item = (usize, &Plan)> {
        self.plans.iter().enumerate().filter(|(_, p)| p.status != Status::Assessed)
    }

    /// Files with the same bytes: positions, the first one first.
    #[must_use]
    pub fn copies(&self) -> Vec<Vec<usize>> {
        let mut groups = std::collections::BTreeMap::<usize, Vec<usize>>::new();
        for (i, plan) in self.plans.iter().enumerate() {
            if let Some(first) = plan.same_as {
                groups.entry(first).or_insert_with(|| vec![first]).push(i);
            }
        }
        groups.into_values().collect()
    }

    /// The facets of a pack that no plan surely holds, officers' judgements counted, with what is asked.
    pub fn held_by_none<'p>(
        &'p self,
        pack: &'p PackInfo,
    ) -> impl Iterator<Item = (&'p CriterionInfo, &'p FacetInfo, &'p FacetAcross)> {
        let own = self.criteria.iter().filter(|c| c.pack == pack.id);
        own.flat_map(|c| {
            let asked = pack.criteria.iter().find(|info| info.id == c.id);
            let facets = c.facets.iter().filter(|f| f.is_unheld());
            facets.filter_map(move |f| Some((asked?, asked?.facets.iter().find(|info| info.id == f.id)?, f)))
        })
    }

    /// How many points of a pack are still to check in all plans together, officers' judgements counted.
    #[must_use]
    pub fn open_points(&self, pack: &PackInfo) -> usize {
        let own = self.criteria.iter().filter(|c| c.pack == pack.id);
        own.flat_map(|c| &c.facets).map(|f| f.settled().to_check).sum()
    }

    /// In which plans passages on a facet are to check, as a sentence; empty where there are none.
    #[must_use]
    pub fn candidates(&self, facet: &FacetAcross) -> String {
        if facet.open_in.is_empty() {
            return String::new();
        }
        let mut named: Vec<String> = facet.open_in.iter().filter_map(|p| self.plans.get(*p)).map(Plan::name).collect();
        let more = facet.settled().to_check.saturating_sub(named.len());
        if more > 0 {
            named.push(words::count(more, "more document", "more documents"));
        }
        format!("Passages to check in {}.", words::list(&named))
    }

    /// The titles of the points that a common text is evidence for.
    #[must_use]
    pub fn points_of(&self, common: &CommonText) -> String {
        let all = || self.criteria.iter().flat_map(|c| &c.facets);
        let title = |id: &String| all().find(|f| f.id == *id).map(|f| words::clean(&f.title));
        common.facets.iter().filter_map(title).collect::<Vec<_>>().join("; ")
    }

    /// The facets that no counted plan surely holds, with their criteria.
    pub fn unheld(&self) -> impl Iterator<Item = (&CriterionAcross, &FacetAcross)> {
        let all = self.criteria.iter().flat_map(|c| c.facets.iter().map(move |f| (c, f)));
        all.filter(|(_, f)| self.counted > 0 && f.present == 0)
    }

    /// The criteria that no counted plan owns: none says all of it and commits to an action.
    pub fn unowned(&self) -> impl Iterator<Item = &CriterionAcross> {
        self.criteria.iter().filter(|c| self.counted > 0 && !c.is_owned())
    }
}

impl Plan {
    /// What it is called by its people, else its title, else its file name.
    #[must_use]
    pub fn name(&self) -> String {
        words::name_of(&self.note, self.title.as_deref(), &self.path)
    }
}

impl CriterionAcross {
    /// Whether any plan says all of it and commits to an action.
    #[must_use]
    pub const fn is_owned(&self) -> bool {
        self.ratings.evident + self.ratings.embedded > 0
    }
}

impl RatingMark {
    /// Whether passages to check decide if the criterion is missing at all.
    #[must_use]
    pub fn open(&self) -> bool {
        self.rating == Rating::Missing && self.rating_if_checks_hold.is_some()
    }
}

impl RatingCounts {
    /// All plans counted.
    #[must_use]
    pub const fn sum(&self) -> usize {
        self.missing + self.to_check + self.partial + self.evident + self.embedded + self.not_assessed
    }

    /// One more plan.
    pub const fn add(&mut self, rating: Rating, if_checks_hold: Option<Rating>) {
        *match rating {
            Rating::NotAssessed => &mut self.not_assessed,
            Rating::Missing if if_checks_hold.is_some() => &mut self.to_check,
            Rating::Missing => &mut self.missing,
            Rating::Partial => &mut self.partial,
            Rating::Evident => &mut self.evident,
            Rating::Embedded => &mut self.embedded,
        } += 1;
    }
}

impl FacetAcross {
    /// How many plans have which verdict, officers' judgements counted.
    #[must_use]
    pub fn settled(&self) -> VerdictCounts {
        self.settled.unwrap_or(VerdictCounts { present: self.present, to_check: self.to_check, missing: self.missing })
    }

    /// Whether no plan that was judged surely holds it, officers' judgements counted.
    #[must_use]
    pub fn is_unheld(&self) -> bool {
        let counts = self.settled();
        counts.present == 0 && counts.to_check + counts.missing > 0
    }

    /// One more plan, with the program's verdict and what is left of it after an officer's.
    fn add(&mut self, verdict: Verdict, settled: Verdict) {
        let mut counts = self.settled();
        counts.add(settled);
        let mut own = VerdictCounts { present: self.present, to_check: self.to_check, missing: self.missing };
        own.add(verdict);
        (self.present, self.to_check, self.missing) = (own.present, own.to_check, own.missing);
        self.settled = (own != counts).then_some(counts);
    }
}

impl VerdictCounts {
    const fn add(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Present => self.present += 1,
            Verdict::Check => self.to_check += 1,
            Verdict::Missing => self.missing += 1,
            Verdict::NotAssessed => {}
        }
    }
}
