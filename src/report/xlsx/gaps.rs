//! Two long sheets: what is missing or to check, and every passage.

use super::sheet::{Cell, Columns, Sheet};
use crate::assess::{Assessment, FacetAssessment, Status, Verdict};
use crate::report::checks::{self, Chance};
use crate::report::rows::rows;
use crate::report::words::called::Called;
use crate::report::{DocumentReport, FacetInfo, PackInfo, ReportError, Source, officer, words};
use rust_xlsxwriter::Workbook;

/// One row a point that is missing or to check, with its question and the nearest passage.
pub(super) fn write(book: &mut Workbook, source: &dyn Source) -> Result<(), ReportError> {
    let packs = &source.head().packs;
    let reviewed = source.head().review.is_some();
    let columns = Columns::new(&[
        ("Document", 18),
        ("Criterion", 18),
        ("Point", 20),
        ("Verdict", 10),
        ("How likely", 10),
        ("Question to ask", 26),
        ("What was looked for", 28),
        ("Nearest passage", 42),
        ("Where it stands", 16),
        ("Why it does not surely count", 26),
    ])
    .and(reviewed, &[("Officer\u{2019}s word", 30)])
    .off_paper([
        ("Pack", 24),
        ("Point id", 20),
        ("What does not count", 40),
        ("Only where words cost nothing", 26),
    ]);
    let mut sheet = Sheet::new(book, "Gaps", &columns, 1)?;
    source.each(&mut |document| {
        if document.status != Status::Assessed {
            return Ok(());
        }
        for criterion in &document.criteria {
            let open = criterion.facets.iter().filter(|f| matches!(f.verdict, Verdict::Missing | Verdict::Check));
            for facet in open {
                let judged = reviewed.then(|| officer_on(document, criterion, facet));
                let [printed, off_paper] = gap(packs, document, criterion, facet);
                sheet.row(printed.into_iter().chain(judged).chain(off_paper))?;
            }
        }
        Ok(())
    })?;
    sheet.finish()?;
    Ok(())
}

fn gap(
    packs: &[PackInfo],
    document: &DocumentReport,
    criterion: &Assessment,
    facet: &FacetAssessment,
) -> [Vec<Cell>; 2] {
    let info = info(packs, criterion, facet);
    let said = |f: fn(&FacetInfo) -> &String| info.map(f).cloned().unwrap_or_default().into();
    let near = facet.nearest.first();
    let nothing = "no passage came near";
    let printed = vec![
        document.path.clone().into(),
        criterion.named().into(),
        facet.title.clone().into(),
        words::verdict(facet.verdict).into(),
        checks::chance(document, criterion, facet).map_or("", Chance::name).into(),
        said(|f| &f.question),
        said(|f| &f.counts),
        near.map_or_else(|| nothing.to_owned(), |n| n.cited.quote.clone()).into(),
        near.map(|n| words::place(document, &n.cited)).unwrap_or_default().into(),
        near.map(|n| n.why.clone()).unwrap_or_default().into(),
    ];
    [
        printed,
        vec![
            criterion.pack.clone().into(),
            facet.id.clone().into(),
            said(|f| &f.not_enough),
            words::words_only(facet).into(),
        ],
    ]
}

/// What an officer judged of a point; empty where nobody did.
fn officer_on(document: &DocumentReport, criterion: &Assessment, facet: &FacetAssessment) -> Cell {
    let judged = document.judgement(&criterion.pack, &facet.id);
    let said = judged.map(|j| format!("{}: {}", officer::label(j), officer::said_in_full(j, facet)));
    said.unwrap_or_default().into()
}

fn info<'p>(packs: &'p [PackInfo], criterion: &Assessment, facet: &FacetAssessment) -> Option<&'p FacetInfo> {
    let pack = packs.iter().find(|p| p.id == criterion.pack)?;
    pack.criteria.iter().find(|c| c.id == criterion.id)?.facets.iter().find(|f| f.id == facet.id)
}

/// One row a passage.
pub(super) fn evidence(book: &mut Workbook, source: &dyn Source) -> Result<(), ReportError> {
    let reviewed = source.head().review.is_some();
    let columns = Columns::new(&[
        ("Document", 18),
        ("Criterion", 18),
        ("Point", 20),
        ("The passage is", 10),
        ("Level", 12),
        ("Page", 9),
        ("Headings above it", 20),
        ("Passage", 70),
        ("Why it does not surely count", 26),
    ])
    .and(reviewed, &[("Officer\u{2019}s word on the point", 30), ("on the passage", 10)])
    .off_paper([
        ("Point id", 20),
        ("Verdict", 11),
        ("Only where words cost nothing", 26),
        ("Rank", 7),
        ("Certainty", 10),
        ("Found by", 18),
        ("Words matched", 50),
        ("What speaks for and against it", 120),
    ]);
    let mut sheet = Sheet::new(book, "Evidence", &columns, 1)?;
    source.each(&mut |document| {
        for row in rows(document) {
            let Some(passage) = &row.passage else { continue };
            let printed = [
                document.path.clone().into(),
                row.criterion.named().into(),
                row.facet.title.clone().into(),
                row.role.name().into(),
                words::level(passage.level).into(),
                words::page(passage.cited).into(),
                passage.headings().into(),
                passage.text().into(),
                passage.why.into(),
            ];
            let off_paper = [
                row.facet.id.clone().into(),
                words::verdict(row.facet.verdict).into(),
                words::words_only(row.facet).into(),
                row.rank.into(),
                Cell::Number(passage.certainty),
                words::found_by(passage.found_by).into(),
                passage.matched().into(),
                passage.reasons().into(),
            ];
            let judged = document.judgement(&row.criterion.pack, &row.facet.id);
            let said = judged.map(|p| format!("{}: {}", officer::label(p), officer::said(p))).unwrap_or_default();
            let officer = reviewed.then(|| [said.into(), row.said_of_passage(judged).into()]);
            sheet.row(printed.into_iter().chain(officer.into_iter().flatten()).chain(off_paper))?;
        }
        Ok(())
    })?;
    sheet.finish()?;
    Ok(())
}
