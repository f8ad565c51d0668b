//! A worksheet that takes one row after another.
//!
//! Comes in: harmless text and numbers. Goes out: rows below a frozen head with a filter, cut where
//! the workbook's own limits are reached. It does not know what a row means.

use crate::report::words;
use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

/// Rows that a worksheet holds.
const ROWS: u32 = 1_048_576;
/// UTF-16 units that a cell holds, less room for the sign of a cut.
const CELL: usize = 32_767 - 2;

/// A cell.
pub(super) enum Cell {
    /// Foreign or own text; it is made harmless here.
    Text(String),
    /// A count or a share.
    Number(f64),
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<usize> for Cell {
    #[allow(clippy::cast_precision_loss, reason = "counts of pages and passages are far below 2^52")]
    fn from(n: usize) -> Self {
        Self::Number(n as f64)
    }
}

/// A column: its name and width in characters.
pub(super) type Column = (String, u8);

/// Characters that stand side by side on a sheet of paper and can still be read.
const ON_PAPER: u16 = 180;

/// A worksheet with its next row.
pub(super) struct Sheet<'w> {
    inner: &'w mut Worksheet,
    body: Format,
    columns: u16,
    next: u32,
}

impl<'w> Sheet<'w> {
    /// Begins a sheet. The head and the first `frozen` columns stay in sight.
    pub(super) fn new(book: &'w mut Workbook, name: &str, columns: &[Column], frozen: u16) -> Result<Self, XlsxError> {
        let inner = book.add_worksheet_with_constant_memory()?;
        inner.set_name(name)?.set_freeze_panes(1, frozen)?.set_repeat_rows(0, 0)?;
        let width: u16 = columns.iter().map(|(_, width)| u16::from(*width)).sum();
        inner.set_landscape().set_paper_size(A4).set_print_fit_to_pages(width.div_ceil(ON_PAPER), 0);
        if frozen > 0 {
            inner.set_repeat_columns(0, frozen - 1)?;
        }
        inner.set_footer("&L&A&RPage &P of &N");
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_background_color(Color::RGB(0x1F_3A_5F))
            .set_font_color(Color::White)
            .set_border_bottom(FormatBorder::Thin);
        let mut count = 0;
        for (column, (title, width)) in (0..).zip(columns) {
            inner.set_column_width(column, *width)?;
            inner.write_string_with_format(0, column, fitting(title), &head)?;
            count = column + 1;
        }
        let body = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        Ok(Self { inner, body, columns: count, next: 1 })
    }

    /// Adds a row. Once the sheet is full its last row says so, and further rows are left out.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), XlsxError> {
        if self.next >= ROWS {
            return Ok(());
        }
        if self.next == ROWS - 1 {
            let full = "This sheet is full and further rows were left out; -o results.csv holds every row.";
            self.inner.write_string_with_format(self.next, 0, full, &self.body)?;
        } else {
            for (column, cell) in (0..self.columns).zip(cells) {
                match cell {
                    Cell::Text(text) => {
                        self.inner.write_string_with_format(self.next, column, fitting(&text), &self.body)?
                    }
                    Cell::Number(n) => self.inner.write_number_with_format(self.next, column, n, &self.body)?,
                };
            }
        }
        self.next += 1;
        Ok(())
    }

    /// Ends the sheet with a filter over all its rows, and gives the sheet and its last row.
    pub(super) fn finish(self) -> Result<(&'w mut Worksheet, u32), XlsxError> {
        let last = self.next - 1;
        if self.columns > 0 {
            self.inner.autofilter(0, 0, last, self.columns - 1)?;
        }
        Ok((self.inner, last))
    }
}

const A4: u8 = 9;

/// Harmless text that a cell can hold.
fn fitting(text: &str) -> String {
    let text = words::clean(text);
    let mut units = 0;
    let cut = text.char_indices().find(|(_, c)| {
        units += c.len_utf16();
        units > CELL
    });
    match cut {
        Some((at, _)) => format!("{} \u{2026}", &text[..at]),
        None => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_hold_what_fits() {
        assert_eq!(fitting("=1\u{0}+\u{b}1\u{202e}"), "=1 + 1");
        let long = fitting(&"\u{1f600}".repeat(40_000));
        assert!(long.encode_utf16().count() <= 32_767);
        assert!(long.ends_with('\u{2026}'));
        let just = "x".repeat(CELL);
        assert_eq!(fitting(&just), just);
    }
}
