//! Reads a table as rows that can be understood one by one.
//!
//! Comes in: a table. Goes out: a line of cells for each row, with merged values repeated, and
//! what does not fit into a row. It also tells tables that only arrange text on the page.

use std::ops::Range;

use super::{Cell, Merge, NoteRef, Paragraph, Piece, Role, Row, Table, spanning};
use crate::document::Place;
use crate::input::inline::{after_bullet, is_closed, tidy};
use crate::input::naming::are_names;

/// Longest text of a column's name, in bytes.
const MAX_NAME: usize = 120;
/// From so many paragraphs in a cell, a table of one row arranges text.
const LAYOUT_PARAGRAPHS: usize = 3;

/// One row of a table.
#[derive(Debug, Default)]
pub(in crate::input) struct Line<'t> {
    /// The text of each column.
    pub(in crate::input) cells: Vec<String>,
    /// The columns that say a merged cell above or before once more.
    pub(in crate::input) again: Vec<usize>,
    /// The row names the columns.
    pub(in crate::input) header: bool,
    /// The page of its first text.
    pub(in crate::input) page: u32,
    /// Where its paragraphs stand.
    pub(in crate::input) place: Option<Place>,
    /// Nested tables and text boxes, which follow the row.
    pub(in crate::input) aside: Vec<&'t Piece>,
    /// The notes referred to.
    pub(in crate::input) notes: Vec<NoteRef>,
}

/// Whether a table only arranges text: it has one column, or a single row whose cells hold
/// several paragraphs.
pub(in crate::input) fn is_layout(table: &Table) -> bool {
    if table.columns() <= 1 {
        return true;
    }
    match table.rows.as_slice() {
        [row] => {
            let holds_table = |piece: &Piece| matches!(piece, Piece::Table(t) if !is_layout(t));
            row.cells.iter().filter(|cell| cell.filled() > 0).count() <= 1
                || row
                    .cells
                    .iter()
                    .any(|cell| cell.filled() >= LAYOUT_PARAGRAPHS || cell.pieces.iter().any(holds_table))
        }
        _ => false,
    }
}

/// The rows of a table.
pub(in crate::input) fn lines(table: &Table) -> Vec<Line<'_>> {
    let headers = header_rows(table);
    let mut above: Vec<Option<String>> = Vec::new();
    table.rows.iter().enumerate().map(|(i, row)| line(row, headers.contains(&i), &mut above)).collect()
}

/// Which rows at the top name the columns. A row above them that spans the table is its title.
fn header_rows(table: &Table) -> Range<usize> {
    let repeated = table.rows.iter().take_while(|row| row.header).count();
    if repeated > 0 {
        let all = repeated == table.rows.len() && repeated > 1;
        return 0..if all { 1 } else { repeated };
    }
    let is_title = |row: &&Row| row.cells.len() == 1 && table.columns() > 1;
    let titles = table.rows.iter().take_while(is_title).count();
    match table.rows.get(titles..) {
        Some([first, _, ..]) => {
            let texts: Vec<String> = first.cells.iter().map(text_of).collect();
            let marked = (table.first_row || is_bold(first)) && could_name(&texts);
            let named = marked || are_names(texts.iter().map(String::as_str));
            titles..titles + usize::from(named)
        }
        _ => 0..0,
    }
}

/// Whether cells could name columns: short words in most of them.
fn could_name(texts: &[String]) -> bool {
    let filled = texts.iter().filter(|text| !text.is_empty()).count();
    let short = texts.iter().all(|t| t.len() <= MAX_NAME && !t.ends_with('.'));
    filled >= 2 && short
}

fn is_bold(row: &Row) -> bool {
    let mut filled =
        row.cells.iter().flat_map(Cell::paragraphs).filter(|paragraph| !paragraph.text.trim().is_empty()).peekable();
    filled.peek().is_some() && filled.all(|paragraph| paragraph.bold)
}

fn line<'t>(row: &'t Row, header: bool, above: &mut Vec<Option<String>>) -> Line<'t> {
    let cells = vec![String::new(); row.before];
    let mut line = Line { cells, header, page: first_page(row), place: place(row), ..Line::default() };
    let mut fillers = 0;
    for cell in &row.cells {
        let column = line.cells.len();
        if above.len() < column + cell.span {
            above.resize(column + cell.span, None);
        }
        let mut text = text_of(cell);
        let held = above.get_mut(column);
        match (cell.merge, held) {
            (Merge::Continue, Some(held)) if text.is_empty() => {
                text = held.clone().unwrap_or_default();
                line.again.push(column);
            }
            (Merge::None, Some(held)) => *held = None,
            (_, Some(held)) => *held = Some(text.clone()),
            (_, None) => {}
        }
        if header && text.len() <= MAX_NAME {
            // A name over several columns names each of them.
            fillers = 0;
            line.again.extend(column + 1..column + cell.span);
            line.cells.extend(std::iter::repeat_n(text, cell.span));
        } else {
            fillers = cell.span - 1;
            line.cells.push(text);
            line.cells.extend((0..fillers).map(|_| String::new()));
        }
        collect_aside(cell, &mut line);
    }
    line.cells.truncate(line.cells.len() - fillers.min(line.cells.len()));
    line
}

fn place(row: &Row) -> Option<Place> {
    row.cells.iter().flat_map(Cell::paragraphs).map(|p| p.place).fold(None, spanning)
}

fn first_page(row: &Row) -> u32 {
    let mut paragraphs = row.cells.iter().flat_map(Cell::paragraphs);
    let any = row.cells.iter().flat_map(Cell::paragraphs).map(|p| p.page);
    paragraphs
        .find(|paragraph| !paragraph.text.trim().is_empty())
        .map(|paragraph| paragraph.page)
        .or_else(|| any.min())
        .unwrap_or(1)
}

/// Notes what of a cell is no part of its text.
fn collect_aside<'t>(cell: &'t Cell, line: &mut Line<'t>) {
    for piece in &cell.pieces {
        match piece {
            Piece::Table(inner) if inner.columns() > 1 => line.aside.push(piece),
            Piece::Table(inner) => {
                inner.rows.iter().flat_map(|row| &row.cells).for_each(|inner| collect_aside(inner, line))
            }
            Piece::Paragraph(paragraph) => {
                line.notes.extend(paragraph.notes.iter().cloned());
                line.aside.extend(&paragraph.boxes);
            }
        }
    }
}

/// The text of a cell: its paragraphs and those of tables of one column, in one line.
fn text_of(cell: &Cell) -> String {
    let mut out = String::new();
    let mut after_item = false;
    add_text(&cell.pieces, &mut out, &mut after_item);
    out
}

fn add_text(pieces: &[Piece], out: &mut String, after_item: &mut bool) {
    for piece in pieces {
        match piece {
            Piece::Paragraph(paragraph) => add_paragraph(paragraph, out, after_item),
            Piece::Table(inner) if inner.columns() <= 1 => {
                for cell in inner.rows.iter().flat_map(|row| &row.cells) {
                    add_text(&cell.pieces, out, after_item);
                }
            }
            Piece::Table(_) => {}
        }
    }
}

fn add_paragraph(paragraph: &Paragraph, out: &mut String, after_item: &mut bool) {
    for text in paragraph.text.lines() {
        let text = tidy(text);
        let bullet = after_bullet(&text).filter(|rest| !rest.is_empty());
        let is_item = bullet.is_some() || matches!(paragraph.role, Role::Item(_));
        let text = bullet.unwrap_or(&text);
        if text.is_empty() {
            continue;
        }
        if !out.is_empty() {
            let open = !is_closed(out);
            out.push_str(if open && (is_item || *after_item) { "; " } else { " " });
        }
        out.push_str(text);
        *after_item = is_item;
    }
}

/// The texts of pieces that are no body text, a line for each paragraph and row.
pub(in crate::input) fn texts(pieces: &[Piece]) -> Vec<String> {
    let mut out = Vec::new();
    for piece in pieces {
        match piece {
            Piece::Paragraph(paragraph) => {
                out.push(tidy(&paragraph.text));
                out.extend(texts(&paragraph.boxes));
            }
            Piece::Table(table) => {
                for mut line in lines(table) {
                    line.again.iter().for_each(|column| line.cells[*column].clear());
                    line.cells.retain(|cell| !cell.is_empty());
                    out.push(line.cells.join(" | "));
                    out.extend(line.aside.into_iter().flat_map(|p| texts(std::slice::from_ref(p))));
                }
            }
        }
    }
    out.retain(|text| !text.is_empty());
    out
}
