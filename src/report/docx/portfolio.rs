//! Many documents: what they hold together, what none of them holds, then each.

use super::document::{absent, evidence, info, judged_with_name, points, ratings, reviewed, title_block};
use super::paper::{Cell, Paper};
use super::styles::{self, GREY};
use super::together;
use crate::assess::{Assessment, FacetAssessment, Rating, Status, Verdict};
use crate::report::checks::{self, Check};
use crate::report::words::called::Called;
use crate::report::{DocumentReport, Head, PackInfo, Portfolio, ReportError, Source, words};

/// Criteria of a pack that fit beside each other on a page.
const COLUMNS: usize = 7;
/// Documents up to which each has tables of its own.
const VERY_MANY: usize = 20;
/// Letters of a passage in a table.
const QUOTE: usize = 300;

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
    let all = Portfolio::of_source(source)?;
    paper.add("Title", "Who holds the golden thread?");
    paper.add("Subtitle", &headline);
    let packs: Vec<String> = head.packs.iter().map(|p| words::clean(&p.title)).collect();
    title_block(paper, &[("Checked against", words::list(&packs))]);
    recommendation(paper, head, &all);
    paper.heading(1, "Summary");
    paper.text(&headline);
    if let Some(main) = head.packs.first() {
        paper.sure(main);
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
    unowned(paper, head, &all);
    together::write(paper, head, &all);
    let Some(main) = head.packs.first() else { return Ok(()) };
    paper.chapter("Document by document");
    if source.len() > VERY_MANY {
        paper.text(
            "Each in a few lines, for there are many. The passages stand in the workbook (-o results.xlsx); a document \
             checked by itself has a paper of its own.",
        );
    }
    source.each(&mut |d| {
        each(paper, main, d, source.len());
        Ok(())
    })
}

fn recommendation(paper: &mut Paper, head: &Head, all: &Portfolio) {
    let Some(main) = head.packs.first() else { return };
    let (unowned, check) = (all.held_by_none(main).count(), all.open_points(main));
    let unsettled = if head.review.is_some() { " that no officer has settled" } else { "" };
    let mut asked = vec![format!("note how far the documents hold {}, as set out below", words::subject(main))];
    if unowned > 0 {
        let n = words::count(unowned, "point", "points");
        asked.push(format!("decide which plan owns each of the {n} that no document surely holds"));
    }
    if check > 0 {
        let n = words::count(check, "point", "points");
        asked.push(format!("have named persons decide the {n} under \u{201c}To check\u{201d}{unsettled}"));
    }
    let lost = all.not_judged().count();
    if lost > 0 {
        let n = words::count(lost, "document", "documents");
        asked.push(format!("have copies provided of the {n} that could not be judged"));
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
    let names: Vec<String> = pack.criteria.iter().map(Called::short).collect();
    head.extend(names.iter().map(String::as_str));
    let widths: Vec<usize> = std::iter::once(8).chain(pack.criteria.iter().map(|_| 4)).collect();
    let shows = format!("How each document is rated on {}", words::subject(pack));
    paper.table(&shows, &head, &widths, rows);
    for criterion in pack.criteria.iter().filter(|c| !c.handle().is_empty()) {
        paper.labelled("Small", &criterion.handle(), &criterion.title);
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
        let mut row = vec![Cell::from(c.named())];
        row.extend(n.iter().map(|n| Cell::from(n.to_string())));
        row
    });
    let head = ["Criterion", "Firm in", "Partial in", "To check in", "Missing in"];
    let shows = format!("In how many documents each of {} has which rating", words::subject(pack));
    paper.table(&shows, &head, &[12, 3, 3, 3, 3], rows.collect::<Vec<_>>());
    Ok(())
}

/// The points of the first pack that no document surely holds.
fn unowned(paper: &mut Paper, head: &Head, all: &Portfolio) {
    let Some(main) = head.packs.first() else { return };
    let none: Vec<_> = all.held_by_none(main).collect();
    paper.heading(1, &format!("Held by no document ({})", none.len()));
    if none.is_empty() {
        paper.text("Every point is surely held by at least one document.");
    }
    for (criterion, facet, across) in none {
        paper.heading(2, &criterion.point(&facet.title));
        paper.labelled("Normal", "Question to ask", &facet.question);
        let candidates = all.candidates(across);
        if !candidates.is_empty() {
            paper.text(&candidates);
        }
    }
}

/// One document of many; in a few lines where there are very many.
fn each(paper: &mut Paper, pack: &PackInfo, document: &DocumentReport, of: usize) {
    paper.heading(2, &words::name(document));
    paper.add("Small", &document.path);
    if document.status != Status::Assessed {
        paper.labelled("Normal", "Not judged; nothing in it counts as missing", &words::trouble(document));
        return;
    }
    paper.text(&format!("{} {}", words::ratings(pack, document), words::points(pack, document)));
    paper.text(&words::coverage(document));
    reviewed(paper, document);
    if of > VERY_MANY {
        for (label, verdict) in [("Missing", Verdict::Missing), ("To check", Verdict::Check)] {
            let named = points(pack, document, verdict).into_iter().map(|(c, f)| {
                let mark = if f.only_in.is_empty() { String::new() } else { format!(" ({})", words::WORDS_ONLY) };
                format!("{}{mark}", c.point(&f.title))
            });
            let named: Vec<String> = named.collect();
            if !named.is_empty() {
                paper.labelled("Normal", label, &format!("{}.", named.join("; ")));
            }
        }
    } else {
        ratings(paper, pack, document);
        open_in_short(paper, pack, document);
        evidence(paper, pack, document, 3, 1);
    }
    for criterion in document.criteria.iter().filter(|c| c.pack == pack.id) {
        let open = criterion.facets.iter().filter(|f| f.verdict != Verdict::Present || of > VERY_MANY);
        open.for_each(|f| judged_with_name(paper, document, criterion, f));
    }
}

/// What is missing and to check, a row a point: what to ask, or what to look at.
fn open_in_short(paper: &mut Paper, pack: &PackInfo, document: &DocumentReport) {
    let mut rows = Vec::new();
    for (criterion, facet) in points(pack, document, Verdict::Missing) {
        let asked = info(pack, criterion, facet).map_or("", |i| i.question.as_str());
        rows.push(row(document, criterion, facet, format!("Ask: {asked}"), String::new()));
    }
    for Check { criterion, facet } in checks::groups(pack, document).into_iter().flat_map(|g| g.points) {
        let Some(near) = facet.nearest.first() else { continue };
        let quote = words::quote(&near.cited.quote, &near.cited.marks, QUOTE);
        let said = format!("\u{201c}{quote}\u{201d} Why it is not sure: {}", near.why);
        rows.push(row(document, criterion, facet, said, words::place(document, &near.cited)));
    }
    paper.heading(3, "Missing and to check");
    if rows.is_empty() {
        paper.text(&format!("No point of {} is missing, and nothing is left to check.", words::subject(pack)));
    } else {
        let head = ["Point", "Verdict", "What to ask, or the passage to look at", "Where"];
        paper.table(
            &format!("Points of {} that are missing or to check", words::subject(pack)),
            &head,
            &[5, 3, 10, 5],
            rows,
        );
    }
}

fn row(
    document: &DocumentReport,
    criterion: &Assessment,
    facet: &FacetAssessment,
    said: String,
    place: String,
) -> Vec<Cell> {
    let chance = checks::chance(document, criterion, facet);
    let chance = chance.map(|c| format!(", {}", c.name())).unwrap_or_default();
    let verdict = format!("{}{chance}", words::verdict(facet.verdict));
    let said = format!("{said} {}", words::words_only(facet));
    vec![criterion.point(&facet.title).into(), verdict.into(), said.into(), place.into()]
}
