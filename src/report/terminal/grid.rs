//! Cells side by side, each wrapped to its column; colours change no width.

use anstyle::Style;
use std::fmt::Write;
use textwrap::core::display_width;

/// Columns left free before a row, and between cells.
const INDENT: usize = 2;
const GAP: usize = 2;

/// Lines of text with a style each.
#[derive(Clone, Default)]
pub(crate) struct Cell(Vec<(String, Style)>);

impl Cell {
    /// Text that is wrapped to a width.
    pub(crate) fn wrapped(text: &str, width: usize, style: Style) -> Self {
        Self(wrap(text, width).into_iter().map(|line| (line, style)).collect())
    }

    /// The same cell with more lines below.
    pub(super) fn then(mut self, text: &str, width: usize, style: Style) -> Self {
        self.0.extend(Self::wrapped(text, width, style).0);
        self
    }
}

/// Text in lines of at most a width; words that are longer are broken.
pub(crate) fn wrap(text: &str, width: usize) -> Vec<String> {
    textwrap::wrap(text, width.max(8)).into_iter().map(|line| line.trim_end().to_owned()).collect()
}

/// The columns that a row of cells of these widths takes.
pub(super) fn width(columns: &[usize]) -> usize {
    INDENT + columns.iter().sum::<usize>() + GAP * columns.len().saturating_sub(1)
}

/// Writes cells side by side. The last column needs no width of its own.
pub(crate) fn row(out: &mut String, columns: &[usize], cells: &[Cell]) {
    let height = cells.iter().map(|c| c.0.len()).max().unwrap_or(0);
    for line in 0..height {
        let mut at = 0;
        let mut start = INDENT;
        for (i, cell) in cells.iter().enumerate() {
            if let Some((text, style)) = cell.0.get(line)
                && !text.is_empty()
            {
                let _ = write!(out, "{:1$}", "", start - at);
                let _ =
                    if *style == Style::new() { write!(out, "{text}") } else { write!(out, "{style}{text}{style:#}") };
                at = start + display_width(text);
            }
            start += columns.get(i).copied().unwrap_or(0) + GAP;
            start = start.max(at);
        }
        out.push('\n');
    }
}
