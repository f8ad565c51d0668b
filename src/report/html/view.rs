//! The report in the order of the page: documents, their packs, criteria and points, each with the
//! anchor that links lead to.

use super::quote::Quote;
use super::thread::Thread;
use super::{MANY, VERY_MANY};
use crate::assess::{Assessment, FacetAssessment, Rating, Status, Verdict};
use crate::report::checks::{self, Chance, Group};
use crate::report::words::called::Called;
use crate::report::{CriterionInfo, DocumentReport, FacetInfo, Head, PackInfo, words};

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
    /// Whether the trained model has a say in what is shown.
    pub model: bool,
    pub depth: Depth,
}

/// How much is shown of each document, so that a page on many of them opens as fast as one on few. The complete
/// result is in other forms.
#[derive(Clone, Copy, Debug)]
pub(super) struct Depth {
    /// Passages that prove a point.
    pub evidence: usize,
    /// Passages that come near a point.
    pub nearest: usize,
    /// Whether what is looked for stands beside each point; else it stands once for all documents.
    pub facts: bool,
    /// Whether later packs are shown with their passages.
    pub later: bool,
}

impl Depth {
    /// For a page on so many documents.
    pub(super) const fn of(documents: usize) -> Self {
        match documents {
            0..MANY => Self { evidence: usize::MAX, nearest: usize::MAX, facts: true, later: true },
            MANY..VERY_MANY => Self { evidence: 3, nearest: 3, facts: true, later: true },
            _ => Self { evidence: 1, nearest: 1, facts: false, later: false },
        }
    }
}

/// What one document holds of one pack.
pub(super) struct PackPart<'r> {
    pub info: &'r PackInfo,
    /// The first pack stands open; later ones are folded.
    pub main: bool,
    /// What its criteria are called in a sentence.
    pub subject: String,
    /// The ratings in a sentence.
    pub ratings: String,
    /// The verdicts in a sentence.
    pub points: String,
    /// The drawing of the first pack.
    pub thread: Option<Thread>,
    pub criteria: Vec<CriterionView<'r>>,
    /// The points to check in groups, soonest settled first.
    checks: Vec<Group<'r>>,
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
    /// The verdict with an officer's word counted.
    settled: Verdict,
    pub evidence: Vec<Quote>,
    pub nearest: Vec<Quote>,
}

/// One document of so many.
pub(super) fn document<'r>(head: &'r Head, document: &'r DocumentReport, n: usize, of: usize) -> DocumentView<'r> {
    let depth = Depth::of(of);
    let assessed = document.status == Status::Assessed;
    let name = words::name(document);
    let mut packs = Vec::new();
    for (p, info) in head.packs.iter().enumerate() {
        let own = || {
            let numbered = document.criteria.iter().zip(1..).filter(|(c, _)| c.pack == info.id);
            numbered.map(move |(c, i)| (format!("d{n}-c{i}"), c))
        };
        packs.push(PackPart {
            info,
            main: p == 0,
            subject: words::subject(info),
            ratings: words::ratings(info, document),
            points: words::points(info, document),
            thread: (p == 0 && assessed).then(|| Thread::of(document, own(), of < MANY)),
            criteria: own().map(|(anchor, c)| criterion(document, (info, c), &anchor, &name, depth)).collect(),
            checks: if assessed { checks::groups(info, document) } else { Vec::new() },
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
        model: words::model_read(document),
        depth,
    }
}

fn criterion<'r>(
    document: &DocumentReport,
    (pack, a): (&'r PackInfo, &'r Assessment),
    anchor: &str,
    title: &str,
    depth: Depth,
) -> CriterionView<'r> {
    let info = pack.criteria.iter().find(|c| c.id == a.id);
    let facet = |(i, f): (usize, &'r FacetAssessment)| FacetView {
        anchor: format!("{anchor}-p{}", i + 1),
        a: f,
        info: info.and_then(|c| c.facets.iter().find(|known| known.id == f.id)),
        settled: document.settled_verdict(&a.pack, f),
        evidence: f.evidence.iter().take(depth.evidence).map(|e| Quote::evidence(title, e)).collect(),
        nearest: f.nearest.iter().take(depth.nearest).map(|n| Quote::near_miss(title, n)).collect(),
    };
    CriterionView { anchor: anchor.to_owned(), a, info, facets: a.facets.iter().enumerate().map(facet).collect() }
}

impl DocumentView<'_> {
    /// Whether part of it could not be read.
    pub(super) fn partly_read(&self) -> bool {
        self.assessed && !self.report.pages_unread.is_empty()
    }

    /// Who owns it, as its people say.
    pub(super) fn owner(&self) -> Option<String> {
        Some(words::owner(self.report)).filter(|owner| !owner.is_empty())
    }

    /// The later packs of which points are missing: the anchor, the title and how many.
    pub(super) fn missing_elsewhere(&self) -> Vec<(String, String, String)> {
        let later = (1..).zip(&self.packs).filter(|(_, p)| !p.main && p.missing() > 0);
        let missing = |n: usize| format!("{n} {} missing", if n == 1 { "is" } else { "are" });
        later
            .map(|(i, p)| (format!("d{}-pack{i}", self.n), words::clean(&p.info.title), missing(p.missing())))
            .collect()
    }

    pub(super) fn status(&self) -> &'static str {
        words::status(self.report.status)
    }
}

/// A point to check with its criterion and how much there is to read.
type ToCheck<'v, 'r> = (&'v CriterionView<'r>, &'v FacetView<'r>, String);

impl<'r> PackPart<'r> {
    /// What there is to check, in two sentences.
    pub(super) fn load(&self) -> String {
        checks::load(&self.checks)
    }

    /// The points to check in groups, each with its criterion and how much there is to read.
    pub(super) fn checks(&self) -> Vec<(Chance, Vec<ToCheck<'_, 'r>>)> {
        let view = |point: &checks::Check<'r>| {
            let all = self.criteria.iter().flat_map(|c| c.facets.iter().map(move |f| (c, f)));
            let found = all.into_iter().find(|(_, f)| std::ptr::eq(f.a, point.facet));
            found.map(|(c, f)| (c, f, point.load()))
        };
        self.checks.iter().map(|g| (g.chance, g.points.iter().filter_map(view).collect())).collect()
    }

    pub(super) fn count(&self, verdict: Verdict) -> usize {
        self.criteria.iter().map(|c| c.with(verdict).len()).sum()
    }

    /// What to ask, an officer's words counted: of the points that are not there, then of those to check, the least
    /// likely first. Each with its criterion and what is said of it.
    pub(super) fn questions(&self) -> Vec<(&CriterionView<'r>, &FacetView<'r>, &'r str, String)> {
        let all = self.criteria.iter().flat_map(|c| c.facets.iter().map(move |f| (c, f)));
        let missing = all.filter(|(_, f)| f.settled == Verdict::Missing).map(|(c, f)| {
            let by = if f.a.verdict == Verdict::Missing { "" } else { ", not there by the officer\u{2019}s word" };
            (c, f, format!("{}{by}", f.verdict()))
        });
        let open = self.checks().into_iter().filter(|(chance, _)| *chance != Chance::Settled).rev();
        let open = open.flat_map(|(chance, points)| {
            points.into_iter().map(move |(c, f, _)| (c, f, format!("to check, {}", chance.name())))
        });
        missing.chain(open).filter_map(|(c, f, said)| Some((c, f, f.info?.question.as_str(), said))).collect()
    }

    /// The criteria by what is said of them, firmest first, each in a few words: "partial: R1 Food, R2 Homes".
    pub(super) fn in_short(&self) -> Vec<(&'static str, String)> {
        let mut out: Vec<(&str, Vec<String>)> = Vec::new();
        let mut all: Vec<&CriterionView<'_>> = self.criteria.iter().collect();
        all.sort_by_key(|c| std::cmp::Reverse((c.a.rating, c.a.rating_if_checks_hold)));
        for c in all {
            let name = c.a.named();
            match out.last_mut().filter(|(rating, _)| *rating == c.rating()) {
                Some((_, names)) => names.push(name),
                None => out.push((c.rating(), vec![name])),
            }
        }
        out.into_iter().map(|(rating, names)| (rating, names.join("; "))).collect()
    }

    pub(super) fn missing(&self) -> usize {
        self.count(Verdict::Missing)
    }

    pub(super) fn present(&self) -> usize {
        self.count(Verdict::Present)
    }

    /// Points that were judged.
    pub(super) fn judged(&self) -> usize {
        self.missing() + self.present() + self.to_check()
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

    /// Where the firmest evidence is shown, its level and its place: "accountable, page 4".
    pub(super) fn firmest(&self) -> Option<(&str, String)> {
        let best = |f: &'r FacetAssessment| f.evidence.first().map(|e| (e.level, e.certainty));
        let held = self.facets.iter().filter_map(|f| Some((best(f.a)?, f)));
        let (_, facet) = held.max_by(|((la, ca), a), ((lb, cb), b)| {
            la.cmp(lb).then(ca.total_cmp(cb)).then_with(|| b.anchor.cmp(&a.anchor))
        })?;
        let anchor = if self.single() { &self.anchor } else { &facet.anchor };
        let evidence = facet.a.evidence.first()?;
        let level = words::level(evidence.level);
        let place = match (words::page(&evidence.cited), evidence.cited.headings.last()) {
            (page, _) if !page.is_empty() => format!(", {page}"),
            (_, Some(heading)) => format!(", under \u{201c}{}\u{201d}", words::shorten(&words::clean(heading), 60)),
            _ => String::new(),
        };
        Some((anchor, format!("{level}{place}")))
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

    /// Passages that come near it and are in the report but not on the page.
    pub(super) fn nearest_left_out(&self) -> usize {
        self.a.nearest.len() - self.nearest.len()
    }

    /// Evidence that is in the report but not on the page.
    pub(super) fn left_out(&self) -> usize {
        self.a.evidence.len() - self.evidence.len()
    }
}

/// The id of a rating's drawing, which also names its shade.
pub(crate) const fn sign(rating: Rating) -> &'static str {
    match rating {
        Rating::NotAssessed => "na",
        Rating::Missing => "r0",
        Rating::Partial => "r1",
        Rating::Evident => "r2",
        Rating::Embedded => "r3",
    }
}
