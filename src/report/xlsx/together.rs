//! All plans together: who carries each point best, and the text that plans have in common.

use super::sheet::{Cell, Column, Sheet};
use crate::report::{Carrier, Portfolio, ReportError, words};
use rust_xlsxwriter::Workbook;

/// A row a point: how many plans hold it, whether any owns its criterion, and which is best.
pub(super) fn portfolio(book: &mut Workbook, all: &Portfolio) -> Result<(), ReportError> {
    let columns = [
        ("Pack", 24),
        ("Criterion", 12),
        ("Title", 30),
        ("Point", 30),
        ("Owned by a plan", 12),
        ("Present in", 9),
        ("To check in", 9),
        ("Missing in", 9),
        ("Named, nothing committed", 12),
        ("Passages", 9),
        ("Different passages", 10),
        ("Best plan", 30),
        ("Its level", 12),
        ("Page", 7),
        ("Its firmest words", 60),
    ];
    let mut sheet = Sheet::new(book, "Portfolio", &named(&columns), 4)?;
    for criterion in &all.criteria {
        for facet in &criterion.facets {
            let best = facet.best.first();
            let said = |text: &dyn Fn(&Carrier) -> Cell| best.map_or_else(|| "".into(), text);
            sheet.row([
                criterion.pack.clone().into(),
                criterion.id.clone().into(),
                criterion.title.clone().into(),
                facet.title.clone().into(),
                if criterion.is_owned() { "yes" } else { "no plan owns this" }.into(),
                facet.present.into(),
                facet.to_check.into(),
                facet.missing.into(),
                criterion.names_only.into(),
                facet.passages.into(),
                facet.different.into(),
                said(&|c| path(all, c.plan).into()),
                said(&|c| words::level(c.level).into()),
                said(&|c| c.page.map_or_else(|| "".into(), |p| (p as usize).into())),
                said(&|c| c.quote.clone().into()),
            ])?;
        }
    }
    sheet.finish()?;
    Ok(())
}

/// A row a common passage and plan that has it.
pub(super) fn common(book: &mut Workbook, all: &Portfolio) -> Result<(), ReportError> {
    let columns = [("Passage", 9), ("Plans", 9), ("Plan", 40), ("For", 24), ("Begins", 80)];
    let mut sheet = Sheet::new(book, "Common text", &named(&columns), 1)?;
    for (text, n) in all.common.iter().zip(1_usize..) {
        for plan in &text.plans {
            let (many, facets) = (text.plans.len(), text.facets.join(", "));
            sheet.row([n.into(), many.into(), path(all, *plan).into(), facets.into(), text.quote.clone().into()])?;
        }
    }
    sheet.finish()?;
    Ok(())
}

fn named(columns: &[(&str, u8)]) -> Vec<Column> {
    columns.iter().map(|(name, width)| ((*name).to_owned(), *width)).collect()
}

fn path(all: &Portfolio, plan: usize) -> String {
    all.plans.get(plan).map_or_else(String::new, |p| p.path.clone())
}
