//! Follows the rows and cells of tables in web pages, where cells may reach over rows below.
//!
//! Comes in: rows and cells as they begin and end. Goes out: the same to the builder, with a cell
//! in every place that one above reaches over.

use crate::input::pieces::{Builder, Cell, Kind, Merge, Row, Table};

/// Most columns and rows that a cell may reach over, and most columns of a table.
const MOST: usize = 256;

/// A table that is open.
#[derive(Debug, Default)]
struct Open {
    /// It only arranges text.
    is_layout: bool,
    /// For each column, the rows that the cell above still reaches over, and its width.
    reaches: Vec<(usize, usize)>,
    column: usize,
    in_head: bool,
    /// Cells of the row, and those of them that name something.
    cells: (usize, usize),
}

/// The tables that are open.
#[derive(Debug, Default)]
pub(super) struct Tables(Vec<Open>);

impl Tables {
    pub(super) fn begin(&mut self, is_layout: bool, builder: &mut Builder) {
        self.0.push(Open { is_layout, ..Open::default() });
        if !is_layout {
            builder.table(Table::default());
        }
    }

    pub(super) fn end(&mut self, builder: &mut Builder) {
        self.end_row(builder);
        if self.0.pop().is_some_and(|open| !open.is_layout) {
            builder.end(Kind::Table);
        }
    }

    /// The rows that follow name columns, or do not.
    pub(super) fn head(&mut self, in_head: bool) {
        if let Some(open) = self.0.last_mut() {
            open.in_head = in_head;
        }
    }

    /// The innermost table, unless it only arranges text.
    fn open(&mut self) -> Option<&mut Open> {
        self.0.last_mut().filter(|open| !open.is_layout)
    }

    pub(super) fn row(&mut self, builder: &mut Builder) {
        self.end_row(builder);
        let Some(open) = self.open() else { return };
        (open.column, open.cells) = (0, (0, 0));
        builder.row(Row { header: open.in_head, ..Row::default() });
    }

    pub(super) fn end_row(&mut self, builder: &mut Builder) {
        let Some(open) = self.open() else { return };
        if !matches!(builder.nearest_of_table(), Some(Kind::Row | Kind::Cell)) {
            return;
        }
        if builder.nearest_of_table() == Some(Kind::Cell) {
            builder.end(Kind::Cell);
        }
        open.reached(builder);
        let all_name = open.cells.0 > 1 && open.cells.0 == open.cells.1;
        if let Some(row) = builder.current_row() {
            row.header |= all_name;
        }
        builder.end(Kind::Row);
    }

    pub(super) fn cell(&mut self, names: bool, columns: usize, rows: usize, builder: &mut Builder) {
        match (self.open().is_some(), builder.nearest_of_table()) {
            (false, _) | (_, None) => return,
            (_, Some(Kind::Cell)) => builder.end(Kind::Cell),
            (_, Some(Kind::Row)) => {}
            _ => self.row(builder),
        }
        let Some(open) = self.open() else { return };
        open.reached(builder);
        let columns = columns.clamp(1, 64);
        // A cell over no row reaches to the end of its table.
        let rows = if rows == 0 { MOST } else { rows.min(MOST) };
        let column = open.column;
        if column < MOST && rows > 1 {
            open.reaches.resize(open.reaches.len().max(column + 1), (0, 1));
            open.reaches[column] = (rows - 1, columns);
        }
        open.column += columns;
        open.cells.0 += 1;
        open.cells.1 += usize::from(names);
        let merge = if rows > 1 { Merge::Start } else { Merge::None };
        builder.cell(Cell { span: columns, merge, ..Cell::default() });
    }

    pub(super) fn end_cell(&mut self, builder: &mut Builder) {
        if self.open().is_some() && builder.nearest_of_table() == Some(Kind::Cell) {
            builder.end(Kind::Cell);
        }
    }
}

impl Open {
    /// Adds a cell for each one above that reaches over the place.
    fn reached(&mut self, builder: &mut Builder) {
        while let Some((left @ 1.., width)) = self.reaches.get_mut(self.column) {
            *left -= 1;
            self.column += *width;
            builder.cell(Cell { span: *width, merge: Merge::Continue, ..Cell::default() });
            builder.end(Kind::Cell);
        }
    }
}
