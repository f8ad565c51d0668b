//! The structures that are open at a place of a story, and how they close into pieces.
//!
//! Comes in: paragraphs, cells, rows and tables as they end. Goes out: the pieces of the
//! structure around them. It does not look at XML.

use super::fields::Fields;
use super::paragraph::Open;
use crate::document::Place;
use crate::input::pieces::{Cell, Piece, Pieces, Row, Table};

/// Something that is open.
pub(super) enum Frame {
    /// A paragraph.
    Paragraph(Box<Open>),
    /// A table.
    Table(Table),
    /// A row of a table.
    Row(OpenRow),
    /// A cell of a row.
    Cell(OpenCell),
    /// A text box, with the fields of the text around it.
    Box(Pieces, Fields),
    /// A note or comment with its id.
    Note(String, Pieces),
}

/// A row that has not ended.
#[derive(Default)]
pub(super) struct OpenRow {
    pub(super) row: Row,
    /// A tracked change took it away.
    pub(super) gone: bool,
    /// The page on which its cells begin.
    pub(super) from_page: u32,
    /// The last page that any of its cells reached.
    pub(super) to_page: u32,
    /// No text was seen in it yet.
    pub(super) fresh: bool,
}

/// A cell that has not ended.
#[derive(Default)]
pub(super) struct OpenCell {
    pub(super) cell: Cell,
    pub(super) pieces: Pieces,
    /// A tracked change took it away.
    pub(super) gone: bool,
}

/// The open structures, outermost first.
#[derive(Default)]
pub(super) struct Frames {
    open: Vec<Frame>,
    /// What stands in no other structure.
    pub(super) root: Pieces,
    /// Notes and comments that have ended, by id.
    pub(super) notes: Vec<(String, Vec<Piece>)>,
}

impl Frames {
    pub(super) fn push(&mut self, frame: Frame) {
        self.open.push(frame);
    }

    /// Whether nothing is open.
    pub(super) fn is_empty(&self) -> bool {
        self.open.is_empty()
    }

    /// The innermost structure.
    pub(super) fn top(&mut self) -> Option<&mut Frame> {
        self.open.last_mut()
    }

    /// The paragraph that is being read.
    pub(super) fn paragraph(&mut self) -> Option<&mut Open> {
        match self.open.last_mut() {
            Some(Frame::Paragraph(open)) => Some(open),
            _ => None,
        }
    }

    /// The place of the outermost paragraph that is open.
    pub(super) fn place(&self) -> Option<Place> {
        self.open.iter().find_map(|frame| match frame {
            Frame::Paragraph(open) => open.paragraph.place,
            _ => None,
        })
    }

    /// The innermost row.
    pub(super) fn row(&mut self) -> Option<&mut OpenRow> {
        self.open.iter_mut().rev().find_map(|frame| match frame {
            Frame::Row(row) => Some(row),
            _ => None,
        })
    }

    /// Whether the place is inside a text box or a note, which have no pages of their own.
    pub(super) fn is_aside(&self) -> bool {
        self.open.iter().any(|frame| matches!(frame, Frame::Box(..) | Frame::Note(..)))
    }

    /// Takes the innermost structure off, if it is of the kind wanted.
    pub(super) fn pop_if(&mut self, wanted: fn(&Frame) -> bool) -> Option<Frame> {
        if wanted(self.open.last()?) { self.open.pop() } else { None }
    }

    /// Takes the innermost structure off.
    pub(super) fn pop(&mut self) -> Option<Frame> {
        self.open.pop()
    }

    /// Where the pieces of the place go: the innermost cell, box or note, or the root.
    pub(super) fn pieces(&mut self) -> &mut Pieces {
        let found = self.open.iter_mut().rev().find_map(|frame| match frame {
            Frame::Cell(cell) => Some(&mut cell.pieces),
            Frame::Box(pieces, _) | Frame::Note(_, pieces) => Some(pieces),
            _ => None,
        });
        found.unwrap_or(&mut self.root)
    }

    /// Puts a cell that has ended into its row.
    pub(super) fn close_cell(&mut self, open: OpenCell) {
        let mut cell = open.cell;
        cell.pieces = open.pieces.finish();
        cell.span = cell.span.clamp(1, 64);
        if open.gone {
            return;
        }
        match self.open.last_mut() {
            Some(Frame::Row(row)) => row.row.cells.push(cell),
            _ => cell.pieces.into_iter().for_each(|piece| self.pieces().piece(piece)),
        }
    }

    /// Puts a row that has ended into its table.
    pub(super) fn close_row(&mut self, open: OpenRow) {
        if let Some(Frame::Table(table)) = self.open.last_mut()
            && !open.gone
        {
            table.rows.push(open.row);
        }
    }

    /// Hands the pieces of a text box that has ended to its paragraph.
    pub(super) fn close_box(&mut self, pieces: Pieces) {
        let pieces = pieces.finish();
        match self.paragraph() {
            Some(open) => open.paragraph.boxes.extend(pieces),
            None => pieces.into_iter().for_each(|piece| self.pieces().piece(piece)),
        }
    }
}
