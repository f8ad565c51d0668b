//! All documents of a report together: who holds which point.
//!
//! Comes in: the documents one after another. Goes out: for each point how many documents hold it,
//! leave it to a person, or lack it. Knows no form, and keeps a few paths a point at most.

use super::{CriterionInfo, DocumentReport, FacetInfo, PackInfo, ReportError, Source, words};
use crate::assess::{Status, Verdict};

/// One point over all documents.
#[derive(Clone, Debug)]
pub(super) struct Point<'r> {
    pub pack: &'r PackInfo,
    pub criterion: &'r CriterionInfo,
    pub facet: &'r FacetInfo,
    /// Documents that surely hold it.
    pub present: usize,
    /// Documents in which passages are to check.
    pub to_check: usize,
    /// Documents that lack it.
    pub missing: usize,
    /// The first documents in which passages are to check.
    pub candidates: Vec<String>,
}

/// Documents named with a point.
const CANDIDATES: usize = 5;

/// Every point of every pack, in order.
pub(super) fn points(source: &dyn Source) -> Result<Vec<Point<'_>>, ReportError> {
    let mut out = Vec::new();
    for pack in &source.head().packs {
        for criterion in &pack.criteria {
            out.extend(criterion.facets.iter().map(|facet| Point {
                pack,
                criterion,
                facet,
                present: 0,
                to_check: 0,
                missing: 0,
                candidates: Vec::new(),
            }));
        }
    }
    source.each(&mut |document| {
        if document.status == Status::Assessed {
            count(&mut out, document);
        }
        Ok(())
    })?;
    Ok(out)
}

/// Counts one document. Its points stand in the packs' order, but none has to be there.
fn count(points: &mut [Point<'_>], document: &DocumentReport) {
    let mut next = 0;
    for criterion in &document.criteria {
        for facet in &criterion.facets {
            let is =
                |p: &Point<'_>| p.pack.id == criterion.pack && p.criterion.id == criterion.id && p.facet.id == facet.id;
            let Some(at) = (next..points.len()).chain(0..next).find(|i| is(&points[*i])) else { continue };
            next = at + 1;
            let point = &mut points[at];
            match facet.verdict {
                Verdict::Present => point.present += 1,
                Verdict::Missing => point.missing += 1,
                Verdict::Check => {
                    point.to_check += 1;
                    if point.candidates.len() < CANDIDATES {
                        point.candidates.push(words::clean(&document.path));
                    }
                }
                Verdict::NotAssessed => {}
            }
        }
    }
}

impl Point<'_> {
    /// Whether no document that was judged surely holds it.
    pub(super) fn unowned(&self) -> bool {
        self.present == 0 && self.to_check + self.missing > 0
    }

    /// What its documents leave to a person, as a sentence; empty where they leave nothing.
    pub(super) fn candidates(&self) -> String {
        if self.candidates.is_empty() {
            return String::new();
        }
        let more = self.to_check - self.candidates.len();
        let mut named = self.candidates.clone();
        if more > 0 {
            named.push(words::count(more, "more document", "more documents"));
        }
        format!("Passages to check in {}.", words::list(&named))
    }
}
