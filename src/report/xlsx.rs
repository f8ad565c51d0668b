//! The report as a workbook: Summary, Ratings, Gaps, Evidence, for many documents
//! Portfolio and Common text, Documents, Method.
//!
//! Every cell is text or a number, never a formula or a link, whatever foreign text says. Ratings
//! have colours besides their words. The same report gives the same bytes. Rows go to temporary
//! files as they are written, so that memory stays flat.

mod gaps;
mod method;
mod sheet;
mod summary;
mod together;

use super::{Medium, Portfolio, ReportError, Reporter, Source};
use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};
use std::io;

/// The form for spreadsheets.
#[derive(Debug)]
pub struct Xlsx;

impl Reporter for Xlsx {
    fn name(&self) -> &'static str {
        "xlsx"
    }

    fn write(&self, source: &dyn Source, _: &Medium, out: &mut dyn io::Write) -> Result<(), ReportError> {
        let mut book = Workbook::new();
        book.set_properties(&properties()?);
        summary::write(&mut book, source)?;
        summary::ratings(&mut book, source)?;
        gaps::write(&mut book, source)?;
        gaps::evidence(&mut book, source)?;
        let all = Portfolio::of_source(source)?;
        if all.plans.len() > 1 {
            together::portfolio(&mut book, &all)?;
            together::common(&mut book, &all)?;
        }
        method::documents(&mut book, source)?;
        method::write(&mut book, source)?;
        Ok(out.write_all(&book.save_to_buffer()?)?)
    }
}

/// Fixed, so that the same report gives the same bytes.
fn properties() -> Result<DocProperties, XlsxError> {
    let created = ExcelDateTime::from_ymd(2000, 1, 1)?;
    Ok(DocProperties::new()
        .set_title("Golden thread: results")
        .set_author("goldthread")
        .set_creation_datetime(&created))
}
