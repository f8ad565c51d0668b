//! Two long sheets: what is missing or to check, and every passage.

use super::sheet::{Cell, Column, Sheet};
use crate::assess::{Assessment, FacetAssessment, Status, Verdict};
use crate::report::rows::rows;
use crate::report::{DocumentReport, FacetInfo, PackInfo, ReportError, Source, officer, words};
use rust_xlsxwriter::Workbook;

/// One row a point that is missing or to check, with its question and the nearest passage.
pub(super) fn write(book: &mut Workbook, source: &dyn Source) -> Result<(), ReportError> {
    let columns = names(&[
        ("Document", 30),
        ("Pack", 20),
        ("Criterion", 28),
        ("Point", 28),
        ("Verdict", 11),
        ("Only where words cost nothing", 26),
        ("Question to ask", 40),
        ("What was looked for", 50),
        ("What does not count", 40),
        ("Nearest passage", 60),
        ("Where it stands", 24),
        ("Why it does not surely count", 36),
    ]);
    let packs = &source.head().packs;
    let reviewed = source.head().review.is_some();
    let columns = [columns, names(if reviewed { &[("Officer\u{2019}s word", 50)] } else { &[] })].concat();
    let mut sheet = Sheet::new(book, "Gaps", &columns, 1)?;
    source.each(&mut |document| {
        if document.status != Status::Assessed {
            return Ok(());
        }
        for criterion in &document.criteria {
            let open = criterion.facets.iter().filter(|f| matches!(f.verdict, Verdict::Missing | Verdict::Check));
            for facet in open {
                let judged = officer_on(document, criterion, facet).filter(|_| reviewed);
                sheet.row(gap(packs, document, criterion, facet).into_iter().chain(judged))?;
            }
        }
        Ok(())
    })?;
    sheet.finish()?;
    Ok(())
}

fn gap(packs: &[PackInfo], document: &DocumentReport, criterion: &Assessment, facet: &FacetAssessment) -> Vec<Cell> {
    let info = info(packs, criterion, facet);
    let said = |f: fn(&FacetInfo) -> &String| info.map(f).cloned().unwrap_or_default().into();
    let near = facet.nearest.first();
    let nothing = "nothing near was found";
    vec![
        document.path.clone().into(),
        criterion.pack.clone().into(),
        format!("{} {}", criterion.id, criterion.title).into(),
        format!("{} {}", facet.id, facet.title).into(),
        words::verdict(facet.verdict).into(),
        words::words_only(facet).into(),
        said(|f| &f.question),
        said(|f| &f.counts),
        said(|f| &f.not_enough),
        near.map_or_else(|| nothing.to_owned(), |n| n.cited.quote.clone()).into(),
        near.map(|n| words::place(document, &n.cited)).unwrap_or_default().into(),
        near.map(|n| n.why.clone()).unwrap_or_default().into(),
    ]
}

/// What an officer judged of a point, if anything.
fn officer_on(document: &DocumentReport, criterion: &Assessment, facet: &FacetAssessment) -> Option<Cell> {
    let judged = document.judgement(&criterion.pack, &facet.id)?;
    Some(format!("{}: {}", officer::label(judged), officer::said_in_full(judged, facet)).into())
}

fn info<'p>(packs: &'p [PackInfo], criterion: &Assessment, facet: &FacetAssessment) -> Option<&'p FacetInfo> {
    let pack = packs.iter().find(|p| p.id == criterion.pack)?;
    pack.criteria.iter().find(|c| c.id == criterion.id)?.facets.iter().find(|f| f.id == facet.id)
}

/// One row a passage.
pub(super) fn evidence(book: &mut Workbook, source: &dyn Source) -> Result<(), ReportError> {
    let columns = names(&[
        ("Document", 30),
        ("Criterion", 28),
        ("Point", 28),
        ("Verdict", 11),
        ("Only where words cost nothing", 26),
        ("The passage is", 12),
        ("Rank", 7),
        ("Level", 12),
        ("Certainty", 10),
        ("Found by", 18),
        ("Page", 14),
        ("Headings above it", 30),
        ("Passage", 80),
        ("Words matched", 30),
        ("Why it does not surely count", 36),
        ("What speaks for and against it", 90),
    ]);
    let reviewed = source.head().review.is_some();
    let officer = [("Officer\u{2019}s word on the point", 50), ("on the passage", 12)];
    let columns = [columns, names(if reviewed { &officer } else { &[] })].concat();
    let mut sheet = Sheet::new(book, "Evidence", &columns, 1)?;
    source.each(&mut |document| {
        for row in rows(document) {
            let Some(passage) = &row.passage else { continue };
            let cells = [
                document.path.clone().into(),
                format!("{} {}", row.criterion.id, row.criterion.title).into(),
                format!("{} {}", row.facet.id, row.facet.title).into(),
                words::verdict(row.facet.verdict).into(),
                words::words_only(row.facet).into(),
                row.role.name().into(),
                row.rank.into(),
                words::level(passage.level).into(),
                Cell::Number(passage.certainty),
                words::found_by(passage.found_by).into(),
                words::page(passage.cited).into(),
                passage.headings().into(),
                passage.text().into(),
                passage.matched().into(),
                passage.why.into(),
                passage.reasons().into(),
            ];
            let judged = document.judgement(&row.criterion.pack, &row.facet.id);
            let said = judged.map(|p| format!("{}: {}", officer::label(p), officer::said(p))).unwrap_or_default();
            let officer = reviewed.then(|| [said.into(), row.said_of_passage(judged).into()]);
            sheet.row(cells.into_iter().chain(officer.into_iter().flatten()))?;
        }
        Ok(())
    })?;
    sheet.finish()?;
    Ok(())
}

pub(super) fn names(columns: &[(&str, u8)]) -> Vec<Column> {
    columns.iter().map(|(name, width)| ((*name).to_owned(), *width)).collect()
}
