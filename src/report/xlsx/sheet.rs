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

/// The height of a line of the workbook's letters, in points.
const LINE: f64 = 15.0;
/// The tallest row that there is, in points.
const TALLEST: f64 = 409.0;
/// Rows whose height is set: it is kept for each until the workbook is done. Programs measure the rest themselves.
const MEASURED: u32 = 50_000;

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

impl Cell {
    /// What a sheet can hold of it.
    fn fitting(self) -> Self {
        match self {
            Self::Text(text) => Self::Text(fitting(&text)),
            number => number,
        }
    }

    /// How many lines it takes in a column of so many characters.
    fn lines(&self, width: u8) -> usize {
        match self {
            Self::Text(text) => lines(text, width),
            Self::Number(_) => 1,
        }
    }
}

/// How many lines a text takes in a column of so many characters.
fn lines(text: &str, width: u8) -> usize {
    // Letters are narrower than the figures that a width is counted in.
    let width = usize::from(width.max(4)) * 11 / 10;
    let mut lines = 1;
    let mut used = 0;
    for word in text.split(' ') {
        let long = word.chars().count();
        if used > 0 && used + 1 + long > width {
            lines += 1;
            used = 0;
        }
        used += usize::from(used > 0) + long;
        lines += used.saturating_sub(1) / width;
        used -= used.saturating_sub(1) / width * width;
    }
    lines
}

/// The height of so many lines, in points.
fn height(lines: usize) -> f64 {
    (lines as f64 * LINE + 2.0).min(TALLEST)
}

/// A column: its name and width in characters.
pub(super) type Column = (String, u8);

/// The columns of a sheet. Paper shows the first ones, so many that their letters can still be read when the sheet
/// is one page wide; a screen shows all.
pub(super) struct Columns {
    all: Vec<Column>,
    printed: usize,
}

impl Columns {
    /// Columns that are printed, the widest sheets at about three quarters of their size.
    pub(super) fn new(printed: &[(&str, u8)]) -> Self {
        let all: Vec<Column> = printed.iter().map(|(name, width)| ((*name).to_owned(), *width)).collect();
        Self { printed: all.len(), all }
    }

    /// Adds columns that are printed too, if they are wanted.
    pub(super) fn and(mut self, wanted: bool, more: &[(&str, u8)]) -> Self {
        self.all.extend(more.iter().filter(|_| wanted).map(|(name, width)| ((*name).to_owned(), *width)));
        self.printed = self.all.len();
        self
    }

    /// Adds columns for the screen alone; nothing is printed after them.
    pub(super) fn off_paper<'n>(mut self, more: impl IntoIterator<Item = (&'n str, u8)>) -> Self {
        self.all.extend(more.into_iter().map(|(name, width)| (name.to_owned(), width)));
        self
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.all.len()
    }
}

/// A worksheet with its next row.
pub(super) struct Sheet<'w> {
    inner: &'w mut Worksheet,
    body: Format,
    /// The width of each column in characters.
    widths: Vec<u8>,
    /// How many of the columns paper shows.
    printed: usize,
    next: u32,
}

impl<'w> Sheet<'w> {
    /// Begins a sheet. The head and the first `frozen` columns stay in sight.
    pub(super) fn new(book: &'w mut Workbook, name: &str, columns: &Columns, frozen: u16) -> Result<Self, XlsxError> {
        let inner = book.add_worksheet_with_constant_memory()?;
        inner.set_name(name)?.set_freeze_panes(1, frozen)?.set_repeat_rows(0, 0)?;
        inner.set_landscape().set_paper_size(A4).set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.5, 0.6, 0.3, 0.3);
        let more = if columns.printed < columns.len() { " \u{b7} further columns are on the screen" } else { "" };
        inner.set_footer(format!("&L&A{more}&RPage &P of &N"));
        let head = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_background_color(Color::RGB(0x1F_3A_5F))
            .set_font_color(Color::White)
            .set_border_bottom(FormatBorder::Thin);
        let widths: Vec<u8> = columns.all.iter().map(|(_, width)| *width).collect();
        // A head is bold, and a button for the filter lies on it.
        let lines = columns.all.iter().map(|(title, width)| lines(title, width.saturating_sub(3))).max();
        inner.set_row_height(0, height(lines.unwrap_or(1)))?;
        for (column, (title, width)) in (0..).zip(&columns.all) {
            inner.set_column_width(column, *width)?;
            inner.write_string_with_format(0, column, fitting(title), &head)?;
        }
        let body = Format::new().set_text_wrap().set_align(FormatAlign::Top).set_border(FormatBorder::Thin);
        let body = body.set_border_color(Color::RGB(0xC8_C8_C8));
        Ok(Self { inner, body, widths, printed: columns.printed, next: 1 })
    }

    /// Adds a row, as tall as what is printed of it. Once the sheet is full its last row says so, and further rows are left out.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = Cell>) -> Result<(), XlsxError> {
        if self.next >= ROWS {
            return Ok(());
        }
        if self.next == ROWS - 1 {
            let full = "This sheet is full and further rows were left out; -o results.csv holds every row.";
            self.inner.write_string_with_format(self.next, 0, full, &self.body)?;
        } else {
            let cells: Vec<Cell> = cells.into_iter().map(Cell::fitting).collect();
            let printed = cells.iter().zip(&self.widths).take(self.printed);
            let tall = printed.map(|(cell, width)| cell.lines(*width)).max().unwrap_or(1);
            if tall > 1 && self.next < MEASURED {
                self.inner.set_row_height(self.next, height(tall))?;
            }
            for (column, cell) in (0..).zip(cells).take(self.widths.len()) {
                match cell {
                    Cell::Text(text) => self.inner.write_string_with_format(self.next, column, text, &self.body)?,
                    Cell::Number(n) => self.inner.write_number_with_format(self.next, column, n, &self.body)?,
                };
            }
        }
        self.next += 1;
        Ok(())
    }

    /// Ends the sheet with a filter over all its rows and its printed part, and gives the sheet and its last row.
    pub(super) fn finish(self) -> Result<(&'w mut Worksheet, u32), XlsxError> {
        let last = self.next - 1;
        if self.next < ROWS {
            // The last row to be written must have no height: the library would write it twice.
            self.inner.write_blank(self.next, 0, &Format::new().set_align(FormatAlign::Top))?;
        }
        if let Some(columns) = u16::try_from(self.widths.len()).ok().filter(|n| *n > 0) {
            self.inner.autofilter(0, 0, last, columns - 1)?;
        }
        if let Some(printed) = u16::try_from(self.printed).ok().filter(|n| *n > 0) {
            self.inner.set_print_area(0, 0, last, printed - 1)?;
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
    fn rows_are_as_tall_as_their_lines() {
        assert_eq!(lines("", 10), 1);
        assert_eq!(lines("one two three", 10), 2);
        assert_eq!(lines(&"x".repeat(110), 10), 10);
        assert_eq!(lines(&format!("a {} b", "x".repeat(22)), 10), 4);
        assert!(height(1_000) <= TALLEST);
    }

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
