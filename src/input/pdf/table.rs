//! Tables: the cells of a ruled grid with their text, rows in order.
//!
//! Comes in: a [`Grid`] and the segments that lie in it. Goes out: a [`Table`]. Whether a table
//! goes on over a page break is told later, by the columns.

use super::grid::{Cell, Grid};
use super::hyphen::{append_cut_line, append_line};
use super::line::text_of;
use super::marks::{Fill, WHITE};
use super::word::{Segment, Word};
use crate::input::naming::are_names;

/// A longer text, in bytes, stands once in a cell that spans rows.
const LONGEST_REPEATED: usize = 600;
/// A letter takes up at least this many ems, but for the narrowest.
const LETTER: f32 = 0.4;

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
    /// How many rows its first cells take up: a name over several columns has theirs below it.
    pub head_rows: usize,
    /// Which table of the document it is part of, counted from 0.
    pub number: u32,
    /// Its first row names the columns.
    pub headed: bool,
    /// The cells of the row that names the columns, here or on an earlier page.
    pub head: Option<Vec<String>>,
    /// The rows that name the columns once more, at the top of a page that the table goes on to.
    pub repeated: Vec<Row>,
}

impl Table {
    /// Whether a row names the columns, where any does: the first one, and those that tags tell.
    pub fn heads(&self, row: usize) -> bool {
        row < self.head_rows.max(1) || (self.headers_told && self.rows[..=row].iter().all(|r| r.marked))
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
    /// The columns that say a merged cell above or before once more.
    pub again: Vec<usize>,
    /// It looks like one that names the columns: bold, or on an area of its own colour.
    pub marked: bool,
    /// Which row of a tagged table it is, counted from 1; 0 where no tags tell.
    pub number: u32,
}

impl Row {
    /// Leaves the columns out that are not used.
    fn keep(&mut self, used: &[bool]) {
        let cells = std::mem::take(&mut self.cells);
        self.cells = cells.into_iter().zip(used).filter(|(_, used)| **used).map(|(cell, _)| cell).collect();
        for column in &mut self.again {
            *column = used[..*column].iter().filter(|used| **used).count();
        }
        self.again.sort_unstable();
    }

    /// Whether any of its cells begins in it and holds text.
    pub fn has_own(&self) -> bool {
        self.cells.iter().enumerate().any(|(at, cell)| !cell.is_empty() && !self.again.contains(&at))
    }

    /// Puts the second half of a row behind it.
    pub fn append(&mut self, rest: &Self) {
        for (to, from) in self.cells.iter_mut().zip(&rest.cells) {
            append_line(to, from);
        }
        self.again.retain(|column| rest.again.contains(column) || rest.cells.get(*column).is_none_or(String::is_empty));
    }
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
    let lines = lines.into_iter().map(|(_, mut row)| {
        row.sort_by(|a, b| a.bounds.x0.total_cmp(&b.bounds.x0));
        row.iter().flat_map(|s| s.words.iter().cloned()).collect()
    });
    let mut out = String::new();
    append_lines(&mut out, &lines.collect::<Vec<Vec<Word>>>());
    out
}

/// Adds lines of a cell to its text. A word is cut without a hyphen only where the cell is too narrow
/// for it, and then it stands alone and nothing is wider.
pub(super) fn append_lines(text: &mut String, lines: &[Vec<Word>]) {
    let width = |words: &[Word]| match words {
        [first, .., last] => last.x1 - first.x0,
        [only] => only.x1 - only.x0,
        [] => 0.0,
    };
    let widest = lines.iter().map(|words| width(words)).fold(0.0, f32::max);
    let mut filled = false;
    for words in lines {
        let append = if filled { append_cut_line } else { append_line };
        append(text, &text_of(words));
        filled = matches!(&words[..], [only] if width(words) + LETTER * only.size >= widest);
    }
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
    // What a cell says holds for every row that it spans, and a column's name for every column.
    for (cell, text) in spanning {
        for (row, _) in rows[cell.row + 1..=cell.last_row].iter_mut().filter(|(_, any)| *any) {
            row.cells[cell.column].clone_from(&text);
            row.again.push(cell.column);
        }
    }
    let head_rows =
        rows.iter().position(|(_, any)| *any).map_or(0, |first| name_columns(grid, &used, &mut rows, first));
    let mut rows: Vec<Row> = rows.into_iter().filter(|(_, any)| *any).map(|(row, _)| row).collect();
    let kept = grid.xs.iter().zip(&used).filter(|(_, used)| **used);
    let mut xs: Vec<f32> = kept.map(|(x, _)| *x).collect();
    xs.push(grid.xs[columns]);
    for row in &mut rows {
        row.keep(&used);
    }
    Table { ruled: true, xs, rows, head_rows, ..Table::default() }
}

/// Repeats what the first row says over several columns in each of them, where others stand beside it,
/// and tells how many rows name the columns.
fn name_columns(grid: &Grid, used: &[bool], rows: &mut [(Row, bool)], first: usize) -> usize {
    let mut last = first;
    let is_one = |cell: &Cell| (cell.column..=cell.last_column).filter(|c| used[*c]).count() < 2;
    let all = used.iter().filter(|used| **used).count();
    for cell in grid.cells.iter().filter(|c| c.row == first && used[c.column]) {
        let over: Vec<usize> = (cell.column + 1..=cell.last_column).filter(|c| used[*c]).collect();
        let row = &mut rows[first].0;
        if !row.marked || over.is_empty() || over.len() + 1 == all || row.cells[cell.column].is_empty() {
            continue;
        }
        let text = row.cells[cell.column].clone();
        over.iter().for_each(|column| row.cells[*column].clone_from(&text));
        row.again.extend(over);
        // Below it stand the names of single columns, where the others reach down to them.
        let below = |c: &&Cell| c.row == first && is_one(c) && c.last_row > cell.last_row;
        let reach = grid.cells.iter().filter(below).map(|c| c.last_row).max().unwrap_or(last);
        if rows[first..=reach].iter().all(|(row, any)| *any && row.marked) {
            last = last.max(reach);
        }
    }
    last + 1 - first
}

/// Whether the first row names the columns: it is marked, and not every row is, or its words say so.
pub(super) fn has_header(rows: &[Row]) -> bool {
    let Some(first) = rows.first() else { return false };
    let named = first.cells.iter().filter(|c| !c.is_empty()).count();
    let marked = rows.iter().filter(|r| r.marked).count();
    let alone = first.marked && marked * 2 <= rows.len() + 1;
    rows.len() > 1 && named >= 2 && (alone || are_names(first.cells.iter().map(String::as_str)))
}
