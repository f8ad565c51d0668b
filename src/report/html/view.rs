//! The report in the order of the page: documents, their packs, criteria and points, each with the
//! anchor that links lead to.

use super::quote::Quote;
use crate::assess::{Assessment, FacetAssessment, Rating, Status, Verdict};
use crate::report::{CriterionInfo, DocumentReport, FacetInfo, PackInfo, Report, words};

/// One document.
pub(super) struct DocumentView<'r> {
    /// Counted from 1.
    pub n: usize,
    pub report: &'r DocumentReport,
    pub name: String,
    /// Whether it could be judged.
    pub assessed: bool,
    /// How much could be read.
    pub coverage: String,
    /// Why it could not be judged; empty where it could.
    pub trouble: String,
    pub packs: Vec<PackPart<'r>>,
}

/// What one document holds of one pack.
pub(super) struct PackPart<'r> {
    pub info: &'r PackInfo,
    /// The first pack stands open; later ones are folded.
    pub main: bool,
    /// The ratings in a sentence.
    pub ratings: String,
    /// The verdicts in a sentence.
    pub points: String,
    pub criteria: Vec<CriterionView<'r>>,
}

/// One criterion of one document.
pub(super) struct CriterionView<'r> {
    pub anchor: String,
    pub a: &'r Assessment,
    pub info: Option<&'r CriterionInfo>,
    pub facets: Vec<FacetView<'r>>,
}

/// One point of one document.
pub(super) struct FacetView<'r> {
    pub anchor: String,
    pub a: &'r FacetAssessment,
    pub info: Option<&'r FacetInfo>,
    pub evidence: Vec<Quote>,
    pub nearest: Vec<Quote>,
}

/// Passages a point where there are many documents: more would make the page too heavy to open.
const EVIDENCE_OF_MANY: usize = 3;
/// Documents that are many.
const MANY: usize = 4;

/// Every document of a report.
pub(super) fn documents(report: &Report) -> Vec<DocumentView<'_>> {
    let most = if report.documents.len() >= MANY { EVIDENCE_OF_MANY } else { usize::MAX };
    report.documents.iter().zip(1..).map(|(document, n)| view(report, document, n, most)).collect()
}

fn view<'r>(report: &'r Report, document: &'r DocumentReport, n: usize, most: usize) -> DocumentView<'r> {
    let assessed = document.status == Status::Assessed;
    let name = words::name(document);
    let mut packs = Vec::new();
    for (p, info) in report.head.packs.iter().enumerate() {
        let own = document.criteria.iter().enumerate().filter(|(_, c)| c.pack == info.id);
        packs.push(PackPart {
            info,
            main: p == 0,
            ratings: words::ratings(info, document),
            points: words::points(info, document),
            criteria: own.map(|(i, c)| criterion((info, c), &format!("d{n}-c{}", i + 1), &name, most)).collect(),
        });
    }
    DocumentView {
        n,
        report: document,
        name,
        assessed,
        coverage: words::coverage(document),
        trouble: words::trouble(document),
        packs,
    }
}

fn criterion<'r>(
    (pack, a): (&'r PackInfo, &'r Assessment),
    anchor: &str,
    title: &str,
    most: usize,
) -> CriterionView<'r> {
    let info = pack.criteria.iter().find(|c| c.id == a.id);
    let facet = |(i, f): (usize, &'r FacetAssessment)| FacetView {
        anchor: format!("{anchor}-p{}", i + 1),
        a: f,
        info: info.and_then(|c| c.facets.iter().find(|known| known.id == f.id)),
        evidence: f.evidence.iter().take(most).map(|e| Quote::evidence(title, e)).collect(),
        nearest: f.nearest.iter().map(|n| Quote::near_miss(title, n)).collect(),
    };
    CriterionView { anchor: anchor.to_owned(), a, info, facets: a.facets.iter().enumerate().map(facet).collect() }
}

impl DocumentView<'_> {
    /// Whether part of it could not be read.
    pub(super) fn partly_read(&self) -> bool {
        self.assessed && !self.report.pages_unread.is_empty()
    }

    pub(super) fn file(&self) -> &str {
        words::file_name(&self.report.path)
    }

    pub(super) fn status(&self) -> &'static str {
        words::status(self.report.status)
    }
}

impl PackPart<'_> {
    pub(super) fn count(&self, verdict: Verdict) -> usize {
        self.criteria.iter().map(|c| c.with(verdict).len()).sum()
    }

    pub(super) fn missing(&self) -> usize {
        self.count(Verdict::Missing)
    }

    pub(super) fn to_check(&self) -> usize {
        self.count(Verdict::Check)
    }
}

impl<'r> CriterionView<'r> {
    fn with(&self, verdict: Verdict) -> Vec<&FacetView<'r>> {
        self.facets.iter().filter(|f| f.a.verdict == verdict).collect()
    }

    pub(super) fn missing(&self) -> Vec<&FacetView<'r>> {
        self.with(Verdict::Missing)
    }

    pub(super) fn to_check(&self) -> Vec<&FacetView<'r>> {
        self.with(Verdict::Check)
    }

    /// Whether it is its own single point.
    pub(super) fn single(&self) -> bool {
        self.facets.len() == 1
    }

    pub(super) fn caveat(&self) -> &str {
        self.info.and_then(|i| i.caveat.as_deref()).unwrap_or_default()
    }

    /// The name of the rating that what is surely present gives.
    pub(super) fn rating(&self) -> &'static str {
        if self.open() { "to check" } else { self.a.rating.name() }
    }

    /// Whether passages to check decide if it is missing at all: then it is not called missing.
    pub(super) fn open(&self) -> bool {
        words::open(self.a)
    }

    /// "or evident if the points to check hold"; empty where nothing is open.
    pub(super) fn range(&self) -> String {
        self.a.rating_if_checks_hold.map_or_else(String::new, |best| {
            let points = if self.to_check().len() == 1 { "point to check holds" } else { "points to check hold" };
            let unless = if self.open() { "missing, " } else { "" };
            format!("{unless}or {} if the {points}", best.name())
        })
    }

    /// Why it is only partial though no point is open; empty where a point is, or it is not.
    pub(super) fn shortfall(&self) -> &'static str {
        let whole = self.facets.iter().all(FacetView::present);
        match (self.a.rating, whole, self.single()) {
            (Rating::Partial, true, true) => "It is said, but no action is committed.",
            (Rating::Partial, true, false) => "Every point is said, but no action is committed.",
            _ => "",
        }
    }

    /// Points that are said or named only where words cost nothing.
    pub(super) fn words_only(&self) -> Vec<&FacetView<'r>> {
        self.facets.iter().filter(|f| !f.a.only_in.is_empty()).collect()
    }

    /// The best rating that is possible, where it differs.
    pub(super) fn best(&self) -> &'static str {
        self.a.rating_if_checks_hold.map_or("", Rating::name)
    }

    /// The sign of the rating: how full a disc is.
    pub(super) fn sign(&self) -> &'static str {
        if self.open() { "open" } else { sign(self.a.rating) }
    }
}

impl FacetView<'_> {
    /// The anchor that shows it: its own in the first pack, that of its criterion in later ones.
    fn link(&self, main: bool) -> String {
        let criterion = self.anchor.rsplit_once('-').map_or(self.anchor.as_str(), |(criterion, _)| criterion);
        if main { self.anchor.clone() } else { criterion.to_owned() }
    }

    /// The name of the firmest level found.
    pub(super) fn level(&self) -> &'static str {
        words::level(self.a.level)
    }

    pub(super) fn present(&self) -> bool {
        self.a.verdict == Verdict::Present
    }

    /// Where it is said or named, if only where words cost nothing, as a sentence.
    pub(super) fn words_only(&self) -> String {
        words::words_only(self.a)
    }

    pub(super) fn verdict(&self) -> &'static str {
        words::verdict(self.a.verdict)
    }

    /// Evidence that is in the report but not on the page.
    pub(super) fn left_out(&self) -> usize {
        self.a.evidence.len() - self.evidence.len()
    }
}

/// The id of a rating's drawing, which also names its shade.
pub(super) const fn sign(rating: Rating) -> &'static str {
    match rating {
        Rating::NotAssessed => "na",
        Rating::Missing => "r0",
        Rating::Partial => "r1",
        Rating::Evident => "r2",
        Rating::Embedded => "r3",
    }
}

/// A point that no document surely holds.
pub(super) struct Unowned<'r> {
    /// Whether it is of the first pack.
    pub main: bool,
    pub criterion: &'r str,
    pub title: &'r str,
    pub question: &'r str,
    /// Documents, by number and anchor, in which passages are to check.
    pub to_check: Vec<(usize, String)>,
}

/// The points that no judged document surely holds, in the packs' order.
pub(super) fn unowned<'r>(documents: &[DocumentView<'r>]) -> Vec<Unowned<'r>> {
    let judged: Vec<&DocumentView<'r>> = documents.iter().filter(|d| d.assessed).collect();
    let Some(first) = judged.first() else { return Vec::new() };
    let mut out = Vec::new();
    for (p, pack) in first.packs.iter().enumerate() {
        for (c, criterion) in pack.criteria.iter().enumerate() {
            for (f, facet) in criterion.facets.iter().enumerate() {
                let all = || judged.iter().map(|d| (d.n, &d.packs[p].criteria[c].facets[f]));
                if all().any(|(_, other)| other.present()) {
                    continue;
                }
                let open = all().filter(|(_, other)| other.a.verdict == Verdict::Check);
                out.push(Unowned {
                    main: pack.main,
                    criterion: &criterion.a.id,
                    title: &facet.a.title,
                    question: facet.info.map_or("", |i| i.question.as_str()),
                    to_check: open.map(|(n, other)| (n, other.link(pack.main))).collect(),
                });
            }
        }
    }
    out
}
