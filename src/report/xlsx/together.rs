//! All plans together: who carries each point best, and the text that plans have in common.

use super::sheet::{Cell, Columns, Sheet};
use crate::report::words::called::Called;
use crate::report::{Carrier, Portfolio, ReportError, words};
use rust_xlsxwriter::Workbook;

/// A row a point: how many plans hold it, whether any owns its criterion, and which is best.
pub(super) fn portfolio(book: &mut Workbook, all: &Portfolio) -> Result<(), ReportError> {
    let columns = Columns::new(&[
        ("Criterion", 10),
        ("Title", 26),
        ("Point", 26),
        ("Owned by a plan", 12),
        ("Present in", 9),
        ("To check in", 9),
        ("Missing in", 9),
        ("Best plan", 26),
        ("Its level", 12),
        ("Page", 7),
        ("Its firmest words", 50),
    ])
    .off_paper([("Pack", 24), ("Named, nothing committed", 14), ("Passages", 10), ("Different passages", 10)]);
    let mut sheet = Sheet::new(book, "Portfolio", &columns, 3)?;
    for criterion in &all.criteria {
        for facet in &criterion.facets {
            let best = facet.best.first();
            let said = |text: &dyn Fn(&Carrier) -> Cell| best.map_or_else(|| "".into(), text);
            sheet.row([
                criterion.handle().into(),
                criterion.title.clone().into(),
                facet.title.clone().into(),
                if criterion.is_owned() { "yes" } else { "no plan owns this" }.into(),
                facet.present.into(),
                facet.to_check.into(),
                facet.missing.into(),
                said(&|c| path(all, c.plan).into()),
                said(&|c| words::level(c.level).into()),
                said(&|c| c.page.map_or_else(|| "".into(), |p| (p as usize).into())),
                said(&|c| c.quote.clone().into()),
                criterion.pack.clone().into(),
                criterion.names_only.into(),
                facet.passages.into(),
                facet.different.into(),
            ])?;
        }
    }
    sheet.finish()?;
    Ok(())
}

/// A row a common passage and plan that has it.
pub(super) fn common(book: &mut Workbook, all: &Portfolio) -> Result<(), ReportError> {
    let columns = Columns::new(&[("Passage", 9), ("Plans", 9), ("Plan", 40), ("For", 24), ("Begins", 80)]);
    let mut sheet = Sheet::new(book, "Common text", &columns, 1)?;
    for (text, n) in all.common.iter().zip(1_usize..) {
        for plan in &text.plans {
            let (many, facets) = (text.plans.len(), all.points_of(text));
            sheet.row([n.into(), many.into(), path(all, *plan).into(), facets.into(), text.quote.clone().into()])?;
        }
    }
    sheet.finish()?;
    Ok(())
}

fn path(all: &Portfolio, plan: usize) -> String {
    all.plans.get(plan).map_or_else(String::new, |p| p.path.clone())
}
