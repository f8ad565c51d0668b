//! Which points a review file lists: what is open in a report, and what was judged before.
//!
//! Comes in: a report and, if there is one, the review file so far. Goes out: points in order.
//! What an officer judged stays as it is, with the passages that the officer saw.

use super::apply::shown;
use super::{JudgedDocument, Point, ReviewFile, What};
use crate::assess::{Assessment, FacetAssessment, Status, Verdict};
use crate::report::checks::Chance;
use crate::report::names::{Names, pairs};
use crate::report::{DocumentReport, Report};

/// A point with what the report says of it now.
pub(super) struct Entry<'r> {
    pub(super) point: Point,
    /// `None` where the report does not ask it.
    pub(super) found: Option<(&'r Assessment, &'r FacetAssessment)>,
}

/// A document with its points.
pub(super) struct Listed<'r> {
    pub(super) path: String,
    pub(super) sha256: String,
    /// `None` where it is not in the report.
    pub(super) document: Option<&'r DocumentReport>,
    pub(super) entries: Vec<Entry<'r>>,
}

/// What is to check comes first, of each pack the likeliest first; then what is missing, then evidence.
const ORDER: [Verdict; 3] = [Verdict::Check, Verdict::Missing, Verdict::Present];

/// Every document of the report that was judged, then those of the review that are not in it.
pub(super) fn list<'r>(report: &'r Report, what: What, before: &ReviewFile) -> Vec<Listed<'r>> {
    let old = Names::of(before.documents.iter().map(|d| d.path.as_str()));
    let bound = pairs(&old, &Names::of(report.documents.iter().map(|d| d.path.as_str())));
    let mut out = Vec::new();
    for (j, document) in report.documents.iter().enumerate() {
        let known = bound.both.iter().find(|b| b.1 == j).map(|b| &before.documents[b.0]);
        let listed = self::document(document, what, known);
        if !listed.entries.is_empty() {
            out.push(listed);
        }
    }
    for known in bound.only_old.iter().map(|i| &before.documents[*i]) {
        let entries: Vec<Entry<'r>> = judged(known).map(|point| Entry { point, found: None }).collect();
        if !entries.is_empty() {
            out.push(Listed { path: known.path.clone(), sha256: known.sha256.clone(), document: None, entries });
        }
    }
    out
}

fn judged(document: &JudgedDocument) -> impl Iterator<Item = Point> + '_ {
    document.points.iter().filter(|p| p.is_judged()).cloned()
}

fn document<'r>(document: &'r DocumentReport, what: What, known: Option<&JudgedDocument>) -> Listed<'r> {
    let sha256 = document.sha256.clone().unwrap_or_default();
    let mut before: Vec<Point> = known.map(|k| k.points.clone()).unwrap_or_default();
    if let Some(known) = known.filter(|k| k.sha256 != sha256) {
        // Judged on another file: the judgement keeps the hash of that one.
        for point in before.iter_mut().filter(|p| p.sha256.is_empty()) {
            point.sha256.clone_from(&known.sha256);
        }
    }
    let mut entries = Vec::new();
    let asked = || document.criteria.iter().flat_map(|c| c.facets.iter().map(move |f| (c, f)));
    for verdict in ORDER {
        let mut points: Vec<_> = asked().filter(|(_, f)| f.verdict == verdict).collect();
        if verdict == Verdict::Check {
            let pack = |id: &str| document.criteria.iter().position(|c| c.pack == id);
            points.sort_by_key(|(c, f)| (pack(&c.pack), Chance::of(f)));
        }
        for (criterion, facet) in points {
            let at = before.iter().position(|p| p.pack == criterion.pack && p.facet == facet.id);
            let old = at.map(|i| before.remove(i));
            let open = document.status == Status::Assessed && (verdict != Verdict::Present || what.evidence);
            let point = match old {
                Some(point) if point.is_judged() => point,
                old if open => fresh(criterion, facet, old),
                _ => continue,
            };
            entries.push(Entry { point, found: Some((criterion, facet)) });
        }
    }
    entries.extend(before.into_iter().filter(Point::is_judged).map(|point| Entry { point, found: None }));
    Listed { path: document.path.clone(), sha256, document: Some(document), entries }
}

/// A point to fill in. A name or date that stood there stays.
fn fresh(criterion: &Assessment, facet: &FacetAssessment, old: Option<Point>) -> Point {
    let (name, date) = old.map(|p| (p.name, p.date)).unwrap_or_default();
    Point {
        pack: criterion.pack.clone(),
        facet: facet.id.clone(),
        program: facet.verdict,
        passages: shown(facet),
        word: None,
        counts: Vec::new(),
        does_not_count: Vec::new(),
        level: None,
        reason: String::new(),
        name,
        date,
        sha256: String::new(),
    }
}
