//! Judgements laid over a document's result.
//!
//! Comes in: a review file and the report of a document, maybe of a later draft or by other rules.
//! Goes out: [`Review`] in the report. Nothing else of it changes. A judgement counts while what it
//! rests on is still there; where it is not, it is shown with what changed, and does not count.

use super::rating::{self, Ground};
use super::{JudgedDocument, Point, ReviewFile};
use crate::assess::{Assessment, FacetAssessment, Status, Verdict};
use crate::report::names::{Names, Pairs, pairs};
use crate::report::officer::{AbsentDocument, PointReview, Review, ReviewFile as Said, Unmatched, Word};
use crate::report::{DocumentReport, words};
use crate::segment::fingerprint;
use std::collections::{BTreeMap, BTreeSet};

/// A review file bound to the documents of a run.
#[derive(Clone, Debug)]
pub struct Bound {
    file: String,
    review: ReviewFile,
    /// Which judged document is meant, by the path of the run's document.
    by_path: BTreeMap<String, usize>,
    absent: Vec<usize>,
}

impl Bound {
    /// Binds a review to documents by their paths: one and one belong together, else names decide.
    #[must_use]
    pub fn new(file: &str, review: ReviewFile, paths: &[String]) -> Self {
        let judged = Names::of(review.documents.iter().map(|d| d.path.as_str()));
        let Pairs { both, only_old, .. } = pairs(&judged, &Names::of(paths.iter().map(String::as_str)));
        let by_path = both.into_iter().map(|(i, j)| (paths[j].clone(), i)).collect();
        Self { file: file.to_owned(), review, by_path, absent: only_old }
    }

    /// What the head of a report says of the review; `None` where nothing is judged in it.
    #[must_use]
    pub fn said(&self) -> Option<Said> {
        if !self.review.documents.iter().flat_map(|d| &d.points).any(Point::is_judged) {
            return None;
        }
        let documents = self.absent.iter().map(|i| &self.review.documents[*i]);
        let judgements = |d: &JudgedDocument| d.points.iter().filter(|p| p.is_judged()).count();
        let absent = documents.map(|d| AbsentDocument { path: d.path.clone(), judgements: judgements(d) });
        Some(Said { path: self.file.clone(), absent: absent.filter(|d| d.judgements > 0).collect() })
    }

    /// Lays the judgements on a document. Where there are none, the report stays as it is.
    pub fn apply(&self, document: &mut DocumentReport) {
        let Some(judged) = self.by_path.get(&document.path).map(|i| &self.review.documents[*i]) else { return };
        if judged.points.iter().any(Point::is_judged) {
            document.review = Some(self.review(judged, document));
        }
    }

    fn review(&self, judged: &JudgedDocument, document: &DocumentReport) -> Review {
        let seen = |p: &Point| if p.sha256.is_empty() { &judged.sha256 } else { &p.sha256 }.clone();
        let same_file = |p: &Point| document.sha256.as_ref().is_some_and(|now| *now == seen(p));
        let all = marks(document);
        let strange = stranger(judged, document, &all);
        let mut out = Review {
            file: self.file.clone(),
            judged: judged.path.clone(),
            same_file: judged.points.iter().filter(|p| p.is_judged()).all(same_file),
            points: Vec::new(),
            ratings: Vec::new(),
            unmatched: self.unmatched(judged, document),
        };
        for criterion in &document.criteria {
            let mut grounds = Vec::new();
            let before = out.points.len();
            for facet in &criterion.facets {
                let of_facet = |p: &&Point| p.is_judged() && p.pack == criterion.pack && p.facet == facet.id;
                match judged.points.iter().find(of_facet) {
                    Some(point) => {
                        let now = Now { same_file: same_file(point), strange, all: &all, status: document.status };
                        let (review, ground) = self.point(point, facet, &now);
                        out.points.push(review);
                        grounds.push(ground);
                    }
                    None => grounds.push(Ground::machine(facet)),
                }
            }
            if out.points.len() > before && document.status == Status::Assessed {
                out.ratings.push(rating::rate(document, criterion, &grounds));
            }
        }
        out
    }

    /// One judgement, and what the point comes to with it.
    fn point<'f>(&self, point: &Point, facet: &'f FacetAssessment, now: &Now<'_>) -> (PointReview, Ground<'f>) {
        let (counts, rejected) = (point.marks(&point.counts), point.marks(&point.does_not_count));
        let changed = now.changed(point, facet, &counts);
        let stands = changed.is_none();
        let ground = match point.word.filter(|_| stands) {
            Some(Word::DoesNotHold) => Ground::missing(facet),
            Some(Word::Holds) => Ground::holding(facet, point.level, &counts, &rejected),
            None if stands => Ground::without(facet, &rejected),
            None => Ground::machine(facet),
        };
        let or = |own: &str, all: &str| if own.trim().is_empty() { all.to_owned() } else { own.to_owned() };
        let date = or(&point.date, &self.review.date);
        let review = PointReview {
            pack: point.pack.clone(),
            facet: point.facet.clone(),
            word: point.word,
            stands,
            changed,
            verdict: ground.verdict,
            level: ground.level,
            counts,
            rejected,
            reason: point.reason.clone(),
            name: or(&point.name, &self.review.name),
            date: (!date.is_empty()).then_some(date),
        };
        (review, ground)
    }

    /// Judgements on points that the document's report does not ask.
    fn unmatched(&self, judged: &JudgedDocument, document: &DocumentReport) -> Vec<Unmatched> {
        let asked = |p: &Point| {
            let own = |c: &Assessment| c.pack == p.pack && c.facets.iter().any(|f| f.id == p.facet);
            document.criteria.iter().any(own)
        };
        let name = |p: &Point| if p.name.is_empty() { self.review.name.clone() } else { p.name.clone() };
        let lost = judged.points.iter().filter(|p| p.is_judged() && !asked(p));
        lost.map(|p| Unmatched {
            pack: p.pack.clone(),
            facet: p.facet.clone(),
            name: name(p),
            reason: p.reason.clone(),
        })
        .collect()
    }
}

/// The marks of the passages that a facet shows, best first.
pub(super) fn shown(facet: &FacetAssessment) -> Vec<String> {
    let evidence = facet.evidence.iter().map(|e| &e.cited);
    evidence.chain(facet.nearest.iter().map(|n| &n.cited)).map(|c| fingerprint(&c.quote)).collect()
}

fn marks(document: &DocumentReport) -> BTreeSet<String> {
    document.criteria.iter().flat_map(|c| &c.facets).flat_map(shown).collect()
}

/// Whether a document is another than the one that was judged: it has another name, other bytes, and less than a
/// fifth of the passages that were shown then.
fn stranger(judged: &JudgedDocument, document: &DocumentReport, now: &BTreeSet<String>) -> bool {
    let name = |path: &str| words::file_name(path).to_lowercase();
    let then: BTreeSet<&String> = judged.points.iter().flat_map(|p| &p.passages).collect();
    let bytes = [&judged.sha256].into_iter().chain(judged.points.iter().map(|p| &p.sha256));
    let same_file = bytes.filter(|then| !then.is_empty()).any(|then| document.sha256.as_ref() == Some(then));
    let kept = then.iter().filter(|mark| now.contains(**mark)).count();
    name(&judged.path) != name(&document.path) && !same_file && kept * 5 < then.len()
}

/// The document as it is now.
struct Now<'a> {
    /// It is, byte for byte, the file that was judged.
    same_file: bool,
    /// It is not the document that was judged, nor a version of it.
    strange: bool,
    all: &'a BTreeSet<String>,
    status: Status,
}

impl Now<'_> {
    /// Why a judgement must be looked at again, if so.
    fn changed(&self, point: &Point, facet: &FacetAssessment, counts: &[String]) -> Option<String> {
        if self.status != Status::Assessed {
            return Some("The document could not be read well enough this time to see what is judged.".to_owned());
        }
        if self.strange {
            return Some("It was said of another document, whose passages are not here.".to_owned());
        }
        match point.word {
            Some(Word::DoesNotHold) => self.unseen(point, facet),
            Some(Word::Holds) => self.no_longer_there(point, facet, counts),
            None => self.rejections(point),
        }
    }

    fn there(&self, mark: &String) -> bool {
        self.same_file || self.all.contains(mark)
    }

    /// "Holds" rests on the passages named, on any of them; else on all that were shown.
    fn no_longer_there(&self, point: &Point, facet: &FacetAssessment, counts: &[String]) -> Option<String> {
        const GONE: &str = "is no longer among the passages shown: it was reworded or removed, or others come nearer.";
        if self.same_file {
            return None;
        }
        if !counts.is_empty() {
            let what = if counts.len() == 1 { "The passage that was judged" } else { "Every passage that was judged" };
            return (!counts.iter().any(|m| self.there(m))).then(|| format!("{what} {GONE}"));
        }
        if facet.verdict == Verdict::Present {
            return None;
        }
        if point.program == Verdict::Missing || point.passages.is_empty() {
            let said = "The document has changed since, and the judgement names no passage by which the place could be \
                        found again.";
            return Some(said.to_owned());
        }
        let lost = point.passages.iter().filter(|m| !self.there(m)).count();
        let of = point.passages.len();
        (lost > 0).then(|| match of {
            1 => format!("The passage that was judged {GONE}"),
            _ => format!(
                "Of the {of} passages that were judged, {}: which of them held it is not said.",
                words::count(lost, "is no longer shown as it was", "are no longer shown as they were")
            ),
        })
    }

    /// "Does not hold" was said of the passages shown then: it stands while no other may hold it.
    fn unseen(&self, point: &Point, facet: &FacetAssessment) -> Option<String> {
        let bearing: Vec<String> = match facet.verdict {
            Verdict::Present => facet.evidence.iter().map(|e| fingerprint(&e.cited.quote)).collect(),
            Verdict::Check => shown(facet),
            Verdict::Missing | Verdict::NotAssessed => Vec::new(),
        };
        let new = bearing.iter().filter(|m| !point.passages.contains(m)).count();
        let may = if facet.verdict == Verdict::Present { "hold it by the rules" } else { "may hold it" };
        (new > 0)
            .then(|| format!("{} {may} now that the officer had not seen.", words::count(new, "passage", "passages")))
    }

    fn rejections(&self, point: &Point) -> Option<String> {
        let lost = point.marks(&point.does_not_count).iter().filter(|m| !self.there(m)).count();
        (lost > 0 && lost == point.does_not_count.len()).then(|| {
            "What was rejected is no longer among the passages shown: it was reworded or removed, or others come \
             before it."
                .to_owned()
        })
    }
}
