//! Many documents: what they hold together, what none of them holds, then each.

use super::document::{absent, evidence, open, ratings, reviewed, title_block};
use super::paper::{Cell, Paper};
use super::styles::{self, GREY};
use super::together;
use crate::assess::{Assessment, Rating, Status, Verdict};
use crate::report::owned::{self, Point};
use crate::report::{DocumentReport, Head, PackInfo, Portfolio, ReportError, Source, words};

/// Criteria of a pack that fit beside each other on a page.
const COLUMNS: usize = 7;

/// A paper on many documents.
pub(super) fn write(paper: &mut Paper, source: &dyn Source) -> Result<(), ReportError> {
    let head = source.head();
    let mut counts = [0_usize; 3];
    source.each(&mut |d| {
        counts[match d.status {
            Status::Assessed => 0,
            Status::NotAssessed => 1,
            Status::Unreadable => 2,
        }] += 1;
        Ok(())
    })?;
    let headline = words::headline_of(counts);
    let points = owned::points(source)?;
    paper.add("Title", "Who holds the golden thread?");
    paper.add("Subtitle", &headline);
    let packs: Vec<String> = head.packs.iter().map(|p| words::clean(&p.title)).collect();
    title_block(paper, &[("Checked against", words::list(&packs))]);
    recommendation(paper, head, &points);
    paper.heading(1, "Summary");
    paper.text(&headline);
    if let Some(main) = head.packs.first() {
        paper.text(&words::method::trust(main.accuracy.as_ref()));
    }
    absent(paper, head);
    for pack in &head.packs {
        paper.heading(2, &pack.title);
        if pack.criteria.len() <= COLUMNS {
            matrix(paper, pack, source)?;
        } else {
            counted(paper, pack, source)?;
        }
    }
    unowned(paper, head, &points);
    together::write(paper, head, &*Portfolio::of_source(source)?);
    let Some(main) = head.packs.first() else { return Ok(()) };
    source.each(&mut |d| {
        each(paper, main, d);
        Ok(())
    })
}

fn recommendation(paper: &mut Paper, head: &Head, points: &[Point<'_>]) {
    let Some(main) = head.packs.first() else { return };
    let of_main = || points.iter().filter(|p| p.pack.id == main.id);
    let unowned = of_main().filter(|p| p.unowned()).count();
    let check: usize = of_main().map(|p| p.to_check).sum();
    let mut asked = vec![format!("note how far the documents hold {}, as set out below", words::subject(main))];
    if unowned > 0 {
        let n = words::count(unowned, "point", "points");
        asked.push(format!("decide which plan owns each of the {n} that no document surely holds"));
    }
    if check > 0 {
        let n = words::count(check, "point", "points");
        asked.push(format!("have named persons decide the {n} under \u{201c}To check\u{201d}"));
    }
    paper.heading(1, "Recommendation");
    paper.text("The committee is asked to:");
    paper.numbered(&asked);
}

/// A row a document, a column a criterion.
fn matrix(paper: &mut Paper, pack: &PackInfo, source: &dyn Source) -> Result<(), ReportError> {
    let mut rows = Vec::new();
    source.each(&mut |d| {
        let mut row = vec![Cell::from(words::name(d))];
        row.extend(pack.criteria.iter().map(|c| rating(pack, &c.id, d)));
        rows.push(row);
        Ok(())
    })?;
    let mut head = vec!["Document"];
    head.extend(pack.criteria.iter().map(|c| c.id.as_str()));
    let widths: Vec<usize> = std::iter::once(8).chain(pack.criteria.iter().map(|_| 4)).collect();
    paper.table(&head, &widths, rows);
    for criterion in &pack.criteria {
        paper.labelled("Small", &criterion.id, &criterion.title);
    }
    Ok(())
}

fn rating(pack: &PackInfo, id: &str, document: &DocumentReport) -> Cell {
    let own = |c: &&Assessment| c.pack == pack.id && c.id == id;
    match document.criteria.iter().find(own) {
        Some(c) if document.status == Status::Assessed => Cell::shaded(document.ratings_beside(c), styles::shade(c)),
        _ => Cell::shaded(words::status(document.status), GREY),
    }
}

/// A row a criterion: how many documents have which rating.
fn counted(paper: &mut Paper, pack: &PackInfo, source: &dyn Source) -> Result<(), ReportError> {
    let mut counts = vec![[0_usize; 4]; pack.criteria.len()];
    source.each(&mut |d| {
        for (criterion, counts) in pack.criteria.iter().zip(&mut counts) {
            let own = |c: &&Assessment| c.pack == pack.id && c.id == criterion.id;
            let Some(c) = d.criteria.iter().find(own).filter(|_| d.status == Status::Assessed) else { continue };
            counts[match c.rating {
                Rating::Evident | Rating::Embedded => 0,
                Rating::Partial => 1,
                _ if words::open(c) => 2,
                _ => 3,
            }] += 1;
        }
        Ok(())
    })?;
    let rows = pack.criteria.iter().zip(&counts).map(|(c, n)| {
        let mut row = vec![Cell::from(format!("{} {}", c.id, c.title))];
        row.extend(n.iter().map(|n| Cell::from(n.to_string())));
        row
    });
    let head = ["Criterion", "Firm in", "Partial in", "To check in", "Missing in"];
    paper.table(&head, &[12, 3, 3, 3, 3], rows.collect::<Vec<_>>());
    Ok(())
}

/// The points of the first pack that no document surely holds.
fn unowned(paper: &mut Paper, head: &Head, points: &[Point<'_>]) {
    let Some(main) = head.packs.first() else { return };
    let none: Vec<&Point<'_>> = points.iter().filter(|p| p.pack.id == main.id && p.unowned()).collect();
    paper.heading(1, &format!("Held by no document ({})", none.len()));
    if none.is_empty() {
        paper.text("Every point is surely held by at least one document.");
    }
    for point in none {
        paper.heading(2, &format!("{}: {}", point.criterion.id, point.facet.title));
        paper.labelled("Normal", "Question to ask", &point.facet.question);
        let candidates = point.candidates();
        if !candidates.is_empty() {
            paper.text(&candidates);
        }
    }
}

/// One document of many.
fn each(paper: &mut Paper, pack: &PackInfo, document: &DocumentReport) {
    paper.chapter(&words::name(document));
    paper.add("Small", &document.path);
    if document.status != Status::Assessed {
        paper.labelled("Normal", "Not judged; nothing in it counts as missing", &words::trouble(document));
        return;
    }
    paper.text(&format!("{} {}", words::ratings(pack, document), words::points(pack, document)));
    paper.text(&words::coverage(document));
    reviewed(paper, document);
    ratings(paper, pack, document);
    open(paper, pack, document, Verdict::Missing, (2, 1));
    open(paper, pack, document, Verdict::Check, (2, 1));
    evidence(paper, pack, document, 2, 1);
}
