//! One document: what the committee is asked, ratings, what is missing and to check, evidence.

use super::paper::{Cell, Paper};
use super::styles;
use crate::assess::{Assessment, FacetAssessment, FoundBy, NearMiss, Status, Verdict};
use crate::report::words::called::Called;
use crate::report::{DocumentReport, FacetInfo, Head, PackInfo, checks, officer, words};

/// A paper on one document.
pub(super) fn single(paper: &mut Paper, head: &Head, document: &DocumentReport) {
    paper.add("Title", "Does it hold the golden thread?");
    paper.add("Subtitle", &words::name(document));
    let packs: Vec<String> = head.packs.iter().map(|p| words::clean(&p.title)).collect();
    title_block(paper, &[("Document", words::file_and_owner(document)), ("Checked against", words::list(&packs))]);
    paper.heading(1, "Recommendation");
    if document.status != Status::Assessed {
        paper.text("The committee is asked to have a copy of the document provided that can be read.");
        paper.labelled("Normal", "Why it could not be judged", &words::trouble(document));
        paper.text("Nothing in this document counts as missing.");
        return;
    }
    let Some(main) = head.packs.first() else { return };
    recommendation(paper, main, document);
    paper.heading(1, "Summary");
    paper.text(&format!("{} {}", words::ratings(main, document), words::points(main, document)));
    paper.text(&words::coverage(document));
    reviewed(paper, document);
    absent(paper, head);
    paper.sure(main);
    ratings(paper, main, document);
    missing(paper, main, document);
    missing_elsewhere(paper, head, document);
    to_check(paper, main, document);
    evidence(paper, main, document, 1, 3);
    for pack in head.packs.iter().skip(1) {
        paper.heading(1, &pack.title);
        paper.text(&format!("{} {}", words::ratings(pack, document), words::points(pack, document)));
        if pack.criteria.len() > MANY {
            by_rating(paper, pack, document);
        } else {
            ratings(paper, pack, document);
        }
        for (c, f) in
            document.criteria.iter().filter(|c| c.pack == pack.id).flat_map(|c| c.facets.iter().map(move |f| (c, f)))
        {
            judged_with_name(paper, document, c, f);
        }
    }
}

/// What an officer's review comes to, if there is one.
pub(super) fn reviewed(paper: &mut Paper, document: &DocumentReport) {
    if let Some(review) = &document.review {
        let said = format!("{} {}", officer::summary(review), officer::BESIDE);
        paper.labelled("Normal", "With an officer\u{2019}s review", &said);
    }
}

/// What an officer judged and is not here.
pub(super) fn absent(paper: &mut Paper, head: &Head) {
    let absent = head.review.as_ref().map(officer::absent).unwrap_or_default();
    if !absent.is_empty() {
        paper.text(&absent);
    }
}

/// What an officer judged of a point, if anything.
fn judged(paper: &mut Paper, document: &DocumentReport, criterion: &Assessment, facet: &FacetAssessment) {
    if let Some(point) = document.judgement(&criterion.pack, &facet.id) {
        paper.labelled("Normal", officer::label(point), &officer::said_in_full(point, facet));
    }
}

/// The same where the point is not named above.
pub(super) fn judged_with_name(
    paper: &mut Paper,
    document: &DocumentReport,
    criterion: &Assessment,
    facet: &FacetAssessment,
) {
    if let Some(point) = document.judgement(&criterion.pack, &facet.id) {
        let verdict = words::verdict(facet.verdict);
        let name = format!("{} (the program: {verdict})", criterion.point(&facet.title));
        let said = format!("{}: {}", officer::label(point), officer::said_in_full(point, facet));
        paper.labelled("Normal", &name, &said);
    }
}

/// What stands under the title: the lines that the officer fills in, and what is known.
pub(super) fn title_block(paper: &mut Paper, known: &[(&str, String)]) {
    for to_fill_in in ["Committee", "Date of meeting", "Report by"] {
        paper.labelled("Normal", to_fill_in, "[to be filled in]");
    }
    known.iter().for_each(|(label, text)| paper.labelled("Normal", label, text));
}

fn recommendation(paper: &mut Paper, pack: &PackInfo, document: &DocumentReport) {
    let settled = |c: &Assessment, f| document.settled_verdict(&c.pack, f);
    let open = |v, done: fn(Verdict) -> bool| {
        points(pack, document, v).into_iter().filter(|(c, f)| !done(settled(c, f))).count()
    };
    let unsettled = if document.review.is_some() { " that no officer has settled" } else { "" };
    let missing = open(Verdict::Missing, |v| v == Verdict::Present);
    let check = open(Verdict::Check, |v| v != Verdict::Check);
    let mut asked = vec![format!("note how far the document holds {}, as set out below", words::subject(pack))];
    if missing > 0 {
        let n = words::count(missing, "question", "questions");
        asked.push(format!(
            "have the authors answer the {n} under \u{201c}Missing\u{201d}{unsettled} before the document is agreed"
        ));
    }
    if check > 0 {
        let n = words::count(check, "point", "points");
        asked.push(format!("have a named person decide the {n} under \u{201c}To check\u{201d}{unsettled}"));
    }
    let unheld = points(pack, document, Verdict::Check).into_iter();
    let unheld = unheld.filter(|(c, f)| settled(c, f) == Verdict::Missing).count();
    if unheld > 0 {
        let n = words::count(unheld, "point", "points");
        asked.push(format!("have the authors answer the questions on the {n} that an officer found not to be held"));
    }
    if !document.pages_unread.is_empty() {
        let n = words::count(document.pages_unread.len(), "page", "pages");
        asked.push(format!("have a copy provided in which the {n} that could not be read can be"));
    }
    paper.text("The committee is asked to:");
    paper.numbered(&asked);
}

/// The criteria of a pack with their ratings and how many points have which verdict.
pub(super) fn ratings(paper: &mut Paper, pack: &PackInfo, document: &DocumentReport) {
    let officer = document.review.is_some();
    let count = |c: &Assessment, v| c.facets.iter().filter(|f| f.verdict == v).count().to_string();
    let rows = document.criteria.iter().filter(|c| c.pack == pack.id).map(|c| {
        let mut row = vec![
            Cell::from(c.named()),
            Cell::shaded(words::rating_marked(c), styles::shade(c)),
            count(c, Verdict::Present).into(),
            count(c, Verdict::Check).into(),
            count(c, Verdict::Missing).into(),
        ];
        if officer {
            row.push(document.reviewed(c).map(|r| r.range()).unwrap_or_default().into());
        }
        row
    });
    let columns = ["Criterion", "Rating", "Points present", "To check", "Missing", "With the officer\u{2019}s word"];
    let shown = if officer { 6 } else { 5 };
    let shows = format!("Ratings of {}", words::subject(pack));
    paper.table(&shows, &columns[..shown], &[10, 5, 3, 3, 3, 5][..shown], rows.collect::<Vec<_>>());
    paper.add("Small", words::method::RATINGS_IN_SHORT);
}

/// The criteria of a pack that has many, a row a rating, firmest first.
fn by_rating(paper: &mut Paper, pack: &PackInfo, document: &DocumentReport) {
    let mut own: Vec<&Assessment> = document.criteria.iter().filter(|c| c.pack == pack.id).collect();
    own.sort_by_key(|c| std::cmp::Reverse((c.rating, c.rating_if_checks_hold)));
    let rows = own.chunk_by(|a, b| words::rating(a) == words::rating(b)).map(|same| {
        let named = same.iter().map(|c| {
            let beside = document.reviewed(c).map_or_else(String::new, |r| format!(" (officer: {})", r.range()));
            format!("{}{beside}", c.named())
        });
        let shade = same.first().map_or(styles::PLAIN, |c| styles::shade(c));
        let rating = same.first().map_or_else(String::new, |c| words::rating(c));
        vec![Cell::shaded(rating, shade), Cell::lines(named.collect())]
    });
    let shows = format!("Ratings of {}, a row a rating", words::subject(pack));
    paper.table(&shows, &["Rating", "Criteria"], &[3, 13], rows.collect::<Vec<_>>());
}

pub(super) fn points<'d>(
    pack: &PackInfo,
    document: &'d DocumentReport,
    verdict: Verdict,
) -> Vec<(&'d Assessment, &'d FacetAssessment)> {
    let own = document.criteria.iter().filter(|c| c.pack == pack.id);
    own.flat_map(|c| c.facets.iter().map(move |f| (c, f))).filter(|(_, f)| f.verdict == verdict).collect()
}

/// The points that are missing: the question, what was looked for, and the nearest passages.
fn missing(paper: &mut Paper, pack: &PackInfo, document: &DocumentReport) {
    let found = points(pack, document, Verdict::Missing);
    paper.heading(1, &format!("Missing ({})", found.len()));
    if found.is_empty() {
        paper.text(&format!("No point of {} is surely missing.", words::subject(pack)));
        return;
    }
    paper.text(
        "For none of these points was a passage found, in what could be read, that is likely to hold it. Each has the \
         question to ask, and the passages that come nearest with the reason that they do not count.",
    );
    if words::model_read(document) {
        paper.text(words::method::MODEL);
    }
    for (criterion, facet) in found {
        open(paper, pack, document, (criterion, facet), 2);
    }
}

/// How many points of later packs are missing, and where they stand.
fn missing_elsewhere(paper: &mut Paper, head: &Head, document: &DocumentReport) {
    for pack in head.packs.iter().skip(1) {
        let found = points(pack, document, Verdict::Missing).len();
        if found > 0 {
            let (are, title) = (if found == 1 { "is" } else { "are" }, words::clean(&pack.title));
            paper.text(&format!("Of \u{201c}{title}\u{201d} {found} {are} missing: see the section of that name."));
        }
    }
}

/// The points to check, the likeliest first.
fn to_check(paper: &mut Paper, pack: &PackInfo, document: &DocumentReport) {
    let groups = checks::groups(pack, document);
    paper.heading(1, &format!("To check ({})", groups.iter().map(|g| g.points.len()).sum::<usize>()));
    if groups.is_empty() {
        paper.text("Nothing is left to check.");
        return;
    }
    let load = checks::load(&groups);
    paper.text(&format!("Passages may hold these points, but not surely: a person reads them and decides. {load}"));
    if points(pack, document, Verdict::Missing).is_empty() && words::model_read(document) {
        paper.text(words::method::MODEL);
    }
    for group in groups {
        paper.heading(2, &format!("{} ({})", group.chance.title(), group.points.len()));
        paper.text(group.chance.says());
        for point in group.points {
            open(paper, pack, document, (point.criterion, point.facet), 3);
        }
    }
}

/// A point that is not surely there, under a heading of a level.
fn open(
    paper: &mut Paper,
    pack: &PackInfo,
    document: &DocumentReport,
    (criterion, facet): (&Assessment, &FacetAssessment),
    level: usize,
) {
    paper.heading(level, &criterion.point(&facet.title));
    if let Some(info) = info(pack, criterion, facet) {
        paper.labelled("Normal", "Question to ask", &info.question);
        paper.labelled("Normal", "What was looked for", &info.counts);
        if facet.verdict == Verdict::Missing {
            paper.labelled("Normal", "Why it matters", &info.why);
        }
    }
    words_only(paper, facet);
    judged(paper, document, criterion, facet);
    if facet.nearest.is_empty() {
        paper.text("Nothing in the document comes near it.");
    }
    facet.nearest.iter().take(NEAREST).for_each(|n| near(paper, document, n, facet.verdict));
    if let Some(more @ 1..) = facet.nearest.len().checked_sub(NEAREST) {
        let passages = if more == 1 { "passage" } else { "passages" };
        paper.add("Small", &format!("{more} more {passages} to look at in the workbook and on the web page."));
    }
}

/// Says where a point stands that stands only where words cost nothing.
fn words_only(paper: &mut Paper, facet: &FacetAssessment) {
    if !facet.only_in.is_empty() {
        paper.labelled("Normal", "Words only", &words::words_only(facet));
    }
}

fn near(paper: &mut Paper, document: &DocumentReport, near: &NearMiss, verdict: Verdict) {
    paper.quote(&near.cited);
    let place = words::place(document, &near.cited);
    let label = if verdict == Verdict::Missing { "Why it does not count" } else { "Why it is not sure" };
    let place = if place.is_empty() { String::new() } else { format!(" It stands on {place}.") };
    let place = place.replace(" on under ", " under ");
    // Why it is not sure tells it where no rule found it.
    let found = match near.found_by {
        FoundBy::Learned => String::new(),
        found_by => format!(" Found by {}.", words::found_by(found_by)),
    };
    paper.labelled("Aside", label, &format!("{}{place}{found}", near.why));
}

pub(super) fn info<'p>(pack: &'p PackInfo, criterion: &Assessment, facet: &FacetAssessment) -> Option<&'p FacetInfo> {
    pack.criteria.iter().find(|c| c.id == criterion.id)?.facets.iter().find(|f| f.id == facet.id)
}

/// The evidence, firmest first within each point, so many passages a point.
pub(super) fn evidence(paper: &mut Paper, pack: &PackInfo, document: &DocumentReport, level: usize, most: usize) {
    let found = points(pack, document, Verdict::Present);
    paper.heading(level, "Evidence");
    if found.is_empty() {
        paper.text("No passage surely holds a point.");
        return;
    }
    paper.text(words::method::LEVELS_IN_SHORT);
    let mut rows = Vec::new();
    for (criterion, facet) in found {
        if !facet.only_in.is_empty() {
            let point = criterion.point(&facet.title);
            paper.labelled("Normal", &point, &words::words_only(facet));
        }
        judged_with_name(paper, document, criterion, facet);
        let mut firmest: Vec<_> = facet.evidence.iter().collect();
        firmest.sort_by_key(|e| std::cmp::Reverse(e.level));
        for evidence in firmest.into_iter().take(most) {
            let quote = words::quote(&evidence.cited.quote, &evidence.cited.marks, CELL);
            rows.push(vec![
                Cell::from(criterion.point(&facet.title)),
                words::level(evidence.level).into(),
                format!("\u{201c}{quote}\u{201d}").into(),
                words::place(document, &evidence.cited).into(),
            ]);
        }
    }
    let shows = format!("Passages that hold points of {}", words::subject(pack));
    paper.table(&shows, &["Point", "Level", "Passage", "Where"], &[4, 3, 11, 4], rows);
    paper.add(
        "Small",
        "Every passage is in the workbook and in the complete data, which whoever made this paper can provide.",
    );
}

/// Criteria of a pack that are too many for a row each.
const MANY: usize = 12;
/// Nearest passages a point.
const NEAREST: usize = 3;
/// Letters of a passage in the table of evidence.
const CELL: usize = 500;
