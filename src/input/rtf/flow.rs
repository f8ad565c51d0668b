//! One flow of text: the body, a note, a head. Gathers its paragraphs, and cells and rows, which
//! RTF only marks where they end.
//!
//! Comes in: text, and the ends of paragraphs, cells and rows. Goes out: pieces.

use crate::input::pieces::{Cell, Merge, Paragraph, Piece, Role, Row, Table};
use crate::input::raised;

/// How a cell is merged with others, as its row defines it.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct CellShape {
    pub(super) merge: Merge,
    /// It belongs to the cell on its left.
    pub(super) continues: bool,
}

/// A flow that is being read.
#[derive(Debug, Default)]
pub(super) struct Flow {
    /// The paragraph that is being read.
    pub(super) paragraph: Paragraph,
    letters: usize,
    bold: usize,
    ends_raised: bool,
    cell: Vec<Piece>,
    row: Vec<Vec<Piece>>,
    table: Table,
    /// The shapes of the cells of the row.
    pub(super) shapes: Vec<CellShape>,
    /// The row names its columns.
    pub(super) is_header: bool,
    done: Vec<Piece>,
}

impl Flow {
    pub(super) fn text(&mut self, text: &str, bold: bool) {
        let seen = text.chars().filter(|c| !c.is_whitespace()).count();
        self.letters += seen;
        self.bold += if bold { seen } else { 0 };
        self.paragraph.text.push_str(text);
        self.ends_raised = false;
    }

    /// Adds raised text, as the mark of a note.
    pub(super) fn raised(&mut self, text: &str) {
        self.letters += text.chars().filter(|c| !c.is_whitespace()).count();
        raised::push(&mut self.paragraph.text, text, self.ends_raised);
        self.ends_raised = true;
    }

    /// The paragraph ends; its mark may be gone, so that it runs on.
    pub(super) fn end_paragraph(&mut self, role: Role, in_table: bool, runs_on: bool) {
        if runs_on {
            return;
        }
        let paragraph = self.take_paragraph(role);
        if in_table {
            self.cell.extend(paragraph);
        } else {
            self.end_table();
            self.done.extend(paragraph);
        }
    }

    fn take_paragraph(&mut self, role: Role) -> Option<Piece> {
        let mut paragraph = std::mem::take(&mut self.paragraph);
        paragraph.bold = self.letters > 0 && self.letters == self.bold;
        (self.letters, self.bold) = (0, 0);
        paragraph.role = role;
        paragraph.page = 1;
        let is_empty = paragraph.text.is_empty() && paragraph.notes.is_empty() && paragraph.boxes.is_empty();
        (!is_empty).then_some(Piece::Paragraph(paragraph))
    }

    pub(super) fn end_cell(&mut self, role: Role) {
        let paragraph = self.take_paragraph(role);
        self.cell.extend(paragraph);
        self.row.push(std::mem::take(&mut self.cell));
    }

    pub(super) fn end_row(&mut self) {
        let mut cells: Vec<Cell> = Vec::new();
        for (at, pieces) in std::mem::take(&mut self.row).into_iter().enumerate() {
            let shape = self.shapes.get(at).copied().unwrap_or_default();
            match cells.last_mut() {
                Some(left) if shape.continues && left.span < 64 => {
                    left.span += 1;
                    left.pieces.extend(pieces);
                }
                _ => cells.push(Cell { pieces, span: 1, merge: shape.merge }),
            }
        }
        self.table.rows.push(Row { cells, header: self.is_header, before: 0 });
    }

    fn end_table(&mut self) {
        // Cells of a row that never ended.
        let left = std::mem::take(&mut self.row).into_iter().flatten();
        let left: Vec<Piece> = left.chain(std::mem::take(&mut self.cell)).collect();
        if !self.table.rows.is_empty() {
            self.done.push(Piece::Table(std::mem::take(&mut self.table)));
        }
        self.done.extend(left);
    }

    /// The pieces that are complete.
    pub(super) fn take(&mut self) -> Vec<Piece> {
        std::mem::take(&mut self.done)
    }

    /// The pieces that are left when the flow ends.
    pub(super) fn finish(mut self, role: Role) -> Vec<Piece> {
        let last = self.take_paragraph(role);
        self.end_table();
        self.done.extend(last);
        self.done
    }
}
