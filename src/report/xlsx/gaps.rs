//! Two long sheets: what is missing or to check, and every passage.

use super::sheet::{Cell, Column, Sheet};
use crate::assess::{Assessment, FacetAssessment, Status, Verdict};
use crate::report::rows::rows;
use crate::report::{DocumentReport, FacetInfo, PackInfo, ReportError, Source, words};
use rust_xlsxwriter::Workbook;

/// One row a point that is missing or to check, with its question and the nearest passage.
pub(super) fn write(book: &mut Workbook, source: &dyn Source) -> Result<(), ReportError> {
    let columns = names(&[
        ("Document", 30),
        ("Pack", 20),
        ("Criterion", 28),
        ("Point", 28),
        ("Verdict", 11),
        ("Question to ask", 40),
        ("What was looked for", 50),
        ("What does not count", 40),
        ("Nearest passage", 60),
        ("Where it stands", 24),
        ("Why it does not surely count", 36),
    ]);
    let packs = &source.head().packs;
    let mut sheet = Sheet::new(book, "Gaps", &columns, 1)?;
    source.each(&mut |document| {
        if document.status != Status::Assessed {
            return Ok(());
        }
        for criterion in &document.criteria {
            let open = criterion.facets.iter().filter(|f| matches!(f.verdict, Verdict::Missing | Verdict::Check));
            for facet in open {
                sheet.row(gap(packs, document, criterion, facet))?;
            }
        }
        Ok(())
    })?;
    sheet.finish()?;
    Ok(())
}

fn gap(packs: &[PackInfo], document: &DocumentReport, criterion: &Assessment, facet: &FacetAssessment) -> [Cell; 11] {
    let info = info(packs, criterion, facet);
    let said = |f: fn(&FacetInfo) -> &String| info.map(f).cloned().unwrap_or_default().into();
    let near = facet.nearest.first();
    let nothing = "nothing near was found";
    [
        document.path.clone().into(),
        criterion.pack.clone().into(),
        format!("{} {}", criterion.id, criterion.title).into(),
        format!("{} {}", facet.id, facet.title).into(),
        words::verdict(facet.verdict).into(),
        said(|f| &f.question),
        said(|f| &f.counts),
        said(|f| &f.not_enough),
        near.map_or_else(|| nothing.to_owned(), |n| n.cited.quote.clone()).into(),
        near.map(|n| words::place(document, &n.cited)).unwrap_or_default().into(),
        near.map(|n| n.why.clone()).unwrap_or_default().into(),
    ]
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
        ("Page", 14),
        ("Headings above it", 30),
        ("Passage", 80),
        ("Words matched", 30),
        ("Why it does not surely count", 36),
        ("What speaks for and against it", 50),
    ]);
    let mut sheet = Sheet::new(book, "Evidence", &columns, 1)?;
    source.each(&mut |document| {
        for row in rows(document) {
            let Some(passage) = &row.passage else { continue };
            sheet.row([
                document.path.clone().into(),
                format!("{} {}", row.criterion.id, row.criterion.title).into(),
                format!("{} {}", row.facet.id, row.facet.title).into(),
                words::verdict(row.facet.verdict).into(),
                words::words_only(row.facet).into(),
                row.role.name().into(),
                row.rank.into(),
                words::level(passage.level).into(),
                Cell::Number(passage.certainty),
                words::page(passage.cited).into(),
                passage.headings().into(),
                passage.text().into(),
                passage.matched().into(),
                passage.why.into(),
                passage.reasons().into(),
            ])?;
        }
        Ok(())
    })?;
    sheet.finish()?;
    Ok(())
}

pub(super) fn names(columns: &[(&str, u8)]) -> Vec<Column> {
    columns.iter().map(|(name, width)| ((*name).to_owned(), *width)).collect()
}
