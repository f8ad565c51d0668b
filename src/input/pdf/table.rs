//! Tables: the cells of a ruled grid with their text, rows in order.
//!
//! Comes in: a [`Grid`] and the segments that lie in it. Goes out: a [`Table`]. Whether a table
//! goes on over a page break is told later, by the columns.

use super::grid::{Cell, Grid};
use super::line::text_of;
use super::marks::{Fill, WHITE};
use super::word::{Segment, Word};

/// A longer text, in bytes, stands once in a cell that spans rows.
const LONGEST_REPEATED: usize = 600;

/// A table, or the part of one that stands on one page.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Its columns are told by rules, not by its text alone.
    pub ruled: bool,
    /// Where its columns begin, and the last one ends.
    pub xs: Vec<f32>,
    /// Its rows from the top.
    pub rows: Vec<Row>,
    /// Which table of the tags it is part of, counted from 1; 0 where no tags tell.
    pub tag: u32,
    /// The tags tell which rows name the columns.
    pub headers_told: bool,
    /// Which table of the document it is part of, counted from 0.
    pub number: u32,
    /// Its first row names the columns.
    pub headed: bool,
    /// The cells of the row that names the columns, here or on an earlier page.
    pub head: Option<Vec<String>>,
    /// The row that names the columns once more, at the top of a page that the table goes on to.
    pub repeated: Option<Row>,
}

impl Table {
    /// Whether a row names the columns, where any does: the first one, and those that tags tell.
    pub fn heads(&self, row: usize) -> bool {
        row == 0 || (self.headers_told && self.rows[..=row].iter().all(|r| r.marked))
    }

    /// The cells of the first row.
    pub fn first_cells(&self) -> Option<Vec<String>> {
        self.rows.first().map(|r| r.cells.clone())
    }
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// The text of its cells.
    pub cells: Vec<String>,
    /// It looks like one that names the columns: bold, or on an area of its own colour.
    pub marked: bool,
    /// Which row of a tagged table it is, counted from 1; 0 where no tags tell.
    pub number: u32,
}

/// Lines of a cell in one string: words parted at a line end stay so, but hyphens are kept for
/// [`super::hyphen`] to judge.
pub(super) fn cell_text(mut segments: Vec<&Segment>) -> String {
    segments.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.bounds.x0.total_cmp(&b.bounds.x0)));
    let mut lines: Vec<(f32, Vec<&Segment>)> = Vec::new();
    for segment in segments {
        match lines.last_mut() {
            Some((y, row)) if segment.y - *y < 0.3 * segment.size => row.push(segment),
            _ => lines.push((segment.y, vec![segment])),
        }
    }
    let mut out = String::new();
    for (_, mut row) in lines {
        row.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
        let words: Vec<Word> = row.iter().flat_map(|s| s.words.iter().cloned()).collect();
        super::hyphen::append_cell_line(&mut out, &text_of(&words));
    }
    out
}

/// What a grid with text in it is.
pub(super) enum Reading {
    /// A table.
    Table(Table),
    /// Boxes: their content is laid out on its own, each box for itself.
    Boxes,
    /// Nothing of use: a chart, or an ornament.
    Nothing,
}

/// Reads a grid with the segments that lie in it, told with their cell.
pub(super) fn read(grid: &Grid, inside: &[(usize, &Segment)], fills: &[Fill]) -> Reading {
    let mut cells: Vec<Vec<&Segment>> = vec![Vec::new(); grid.cells.len()];
    for (cell, segment) in inside {
        cells[*cell].push(segment);
    }
    let filled = cells.iter().filter(|c| !c.is_empty()).count();
    if filled == 0 {
        return Reading::Nothing;
    }
    let chars = |c: &Vec<&Segment>| c.iter().map(|s| s.chars()).sum::<usize>();
    let total: usize = cells.iter().map(chars).sum();
    let longest = cells.iter().map(chars).max().unwrap_or(0);
    let used = |of: fn(&super::grid::Cell) -> usize| {
        let mut all: Vec<usize> =
            grid.cells.iter().zip(&cells).filter(|(_, c)| !c.is_empty()).map(|(cell, _)| of(cell)).collect();
        all.sort_unstable();
        all.dedup();
        all.len()
    };
    let (rows, columns) = (used(|c| c.row), used(|c| c.column));
    if filled * 6 < grid.cells.len() && grid.cells.len() > 24 {
        return Reading::Nothing;
    }
    // The columns of the filled cells of each row.
    let mut of_row: Vec<Vec<usize>> = vec![Vec::new(); grid.ys.len()];
    for (cell, _) in grid.cells.iter().zip(&cells).filter(|(_, text)| !text.is_empty()) {
        of_row[cell.row].push(cell.column);
    }
    let shares = |row: &&Vec<usize>| row.iter().any(|column| *column != row[0]);
    let shared: usize = of_row.iter().filter(shares).map(Vec::len).sum();
    let no_rows = shared * 3 < filled;
    let lopsided = filled <= 3 && longest * 10 > total * 9 && total > 400;
    let long_columns = rows == 1 && longest > 600;
    if columns < 2 || no_rows || lopsided || long_columns || (rows == 1 && filled < 2) {
        return Reading::Boxes;
    }
    Reading::Table(table(grid, cells, fills))
}

fn table(grid: &Grid, cells: Vec<Vec<&Segment>>, fills: &[Fill]) -> Table {
    let columns = grid.xs.len() - 1;
    let mut rows: Vec<(Row, bool)> =
        vec![(Row { cells: vec![String::new(); columns], ..Row::default() }, false); grid.ys.len() - 1];
    let mut used = vec![false; columns];
    let mut spanning: Vec<(&Cell, String)> = Vec::new();
    for (cell, text) in grid.cells.iter().zip(cells) {
        let Some((row, any)) = rows.get_mut(cell.row) else { continue };
        if text.is_empty() {
            continue;
        }
        used[cell.column] = true;
        let words = || text.iter().flat_map(|s| &s.words);
        let plain = words().any(|w| !w.bold && !w.white);
        let tinted =
            fills.iter().any(|f| f.tint != WHITE && f.area.intersect(&cell.area).area() > 0.6 * cell.area.area());
        let marked = !plain || tinted;
        row.marked = if *any { row.marked && marked } else { marked };
        *any = true;
        row.cells[cell.column] = cell_text(text);
        if cell.last_row > cell.row && row.cells[cell.column].len() <= LONGEST_REPEATED {
            spanning.push((cell, row.cells[cell.column].clone()));
        }
    }
    // What a cell says holds for every row that it spans.
    for (cell, text) in spanning {
        for (row, _) in rows[cell.row + 1..=cell.last_row].iter_mut().filter(|(_, any)| *any) {
            row.cells[cell.column].clone_from(&text);
        }
    }
    let mut rows: Vec<Row> = rows.into_iter().filter(|(_, any)| *any).map(|(row, _)| row).collect();
    let kept = grid.xs.iter().zip(&used).filter(|(_, used)| **used);
    let mut xs: Vec<f32> = kept.map(|(x, _)| *x).collect();
    xs.push(grid.xs[columns]);
    for row in &mut rows {
        let mut column = 0;
        row.cells.retain(|_| {
            column += 1;
            used[column - 1]
        });
    }
    Table { ruled: true, xs, rows, ..Table::default() }
}

/// Whether the first row names the columns: it is marked, and not every row is.
pub(super) fn has_header(rows: &[Row]) -> bool {
    let Some(first) = rows.first() else { return false };
    let named = first.cells.iter().filter(|c| !c.is_empty()).count();
    let marked = rows.iter().filter(|r| r.marked).count();
    rows.len() > 1 && named >= 2 && first.marked && marked * 2 <= rows.len() + 1
}
