//! Builds pieces from structures that begin and end, for formats that nest them freely.
//!
//! Comes in: the begin and end of paragraphs, tables, boxes and asides, and text between. Goes out:
//! the pieces outside all structures, and the asides. What ends without having begun is passed
//! over; what never ends is closed with what is around it.

use super::{Cell, NoteRef, Paragraph, Piece, Pieces, Row, Table};
use crate::input::raised;

/// Structures that may be open at a time.
const DEEPEST: usize = 400;

/// Text that stands apart from the body.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(in crate::input) enum Aside {
    /// A foot- or endnote.
    Note(NoteRef),
    /// A remark.
    Comment,
    /// A running head.
    Header,
    /// A running foot.
    Footer,
    /// What a tracked change took away, by its id.
    Deleted(String),
}

/// The kinds of structure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::input) enum Kind {
    /// A paragraph.
    Paragraph,
    /// A table.
    Table,
    /// A row of a table.
    Row,
    /// A cell of a row.
    Cell,
    /// A text box.
    Box,
    /// Text apart from the body.
    Aside,
}

#[derive(Debug)]
enum Open {
    Paragraph(Box<Paragraph>, Letters),
    Table(Table),
    Row(Row),
    Cell(Cell, Pieces),
    Box(Pieces),
    Aside(Aside, Pieces),
}

/// Characters of a paragraph, all and bold ones, and whether its last ones are raised.
#[derive(Clone, Copy, Debug, Default)]
struct Letters {
    all: usize,
    bold: usize,
    end_raised: bool,
}

impl Open {
    fn kind(&self) -> Kind {
        match self {
            Self::Paragraph(..) => Kind::Paragraph,
            Self::Table(_) => Kind::Table,
            Self::Row(_) => Kind::Row,
            Self::Cell(..) => Kind::Cell,
            Self::Box(_) => Kind::Box,
            Self::Aside(..) => Kind::Aside,
        }
    }
}

/// What is open, and what is done.
#[derive(Debug, Default)]
pub(in crate::input) struct Builder {
    open: Vec<Open>,
    root: Pieces,
    /// The asides that have ended, in order.
    pub(in crate::input) asides: Vec<(Aside, Vec<Piece>)>,
    /// Structures nested too deeply; nothing after that is taken in.
    pub(in crate::input) too_deep: bool,
}

impl Builder {
    fn push(&mut self, open: Open) {
        if self.open.len() >= DEEPEST {
            self.too_deep = true;
        } else {
            self.open.push(open);
        }
    }

    /// Begins a paragraph.
    pub(in crate::input) fn paragraph(&mut self, paragraph: Paragraph) {
        self.push(Open::Paragraph(Box::new(paragraph), Letters::default()));
    }

    /// Begins a table.
    pub(in crate::input) fn table(&mut self, table: Table) {
        self.push(Open::Table(table));
    }

    /// Begins a row.
    pub(in crate::input) fn row(&mut self, row: Row) {
        self.push(Open::Row(row));
    }

    /// Begins a cell.
    pub(in crate::input) fn cell(&mut self, cell: Cell) {
        self.push(Open::Cell(Cell { span: cell.span.clamp(1, 64), ..cell }, Pieces::default()));
    }

    /// Begins a text box.
    pub(in crate::input) fn text_box(&mut self) {
        self.push(Open::Box(Pieces::default()));
    }

    /// Begins an aside.
    pub(in crate::input) fn aside(&mut self, aside: Aside) {
        self.push(Open::Aside(aside, Pieces::default()));
    }

    /// The innermost structure.
    pub(in crate::input) fn innermost(&self) -> Option<Kind> {
        self.open.last().map(Open::kind)
    }

    /// Whether a structure of a kind is open, inside of all text boxes and asides that are.
    pub(in crate::input) fn has_open(&self, kind: Kind) -> bool {
        self.depth_of(kind).is_some()
    }

    /// The paragraph that is being read.
    pub(in crate::input) fn current(&mut self) -> Option<&mut Paragraph> {
        match self.open.last_mut() {
            Some(Open::Paragraph(paragraph, _)) => Some(paragraph),
            _ => None,
        }
    }

    /// What the place is in, of a table, its rows and its cells: the innermost.
    pub(in crate::input) fn nearest_of_table(&self) -> Option<Kind> {
        let inside = self.open.iter().rev().map(Open::kind);
        let mut inside = inside.take_while(|kind| !matches!(kind, Kind::Box | Kind::Aside));
        inside.find(|kind| matches!(kind, Kind::Table | Kind::Row | Kind::Cell))
    }

    /// The row that is being read.
    pub(in crate::input) fn current_row(&mut self) -> Option<&mut Row> {
        self.open.iter_mut().rev().find_map(|open| if let Open::Row(row) = open { Some(row) } else { None })
    }

    /// The innermost table that is being read.
    pub(in crate::input) fn current_table(&mut self) -> Option<&mut Table> {
        self.open.iter_mut().rev().find_map(|open| if let Open::Table(table) = open { Some(table) } else { None })
    }

    /// Whether the place is in an aside.
    pub(in crate::input) fn is_aside(&self) -> bool {
        self.open.iter().any(|open| matches!(open, Open::Aside(..)))
    }

    /// Adds text to the paragraph that is innermost, if one is.
    pub(in crate::input) fn text(&mut self, text: &str, bold: bool) {
        if let Some(Open::Paragraph(paragraph, letters)) = self.open.last_mut() {
            let seen = text.chars().filter(|c| !c.is_whitespace()).count();
            letters.all += seen;
            letters.bold += if bold { seen } else { 0 };
            paragraph.text.push_str(text);
            letters.end_raised = false;
        }
    }

    /// Adds raised text, as the mark of a note, to the paragraph that is innermost.
    pub(in crate::input) fn raised(&mut self, text: &str) {
        if let Some(Open::Paragraph(paragraph, letters)) = self.open.last_mut() {
            letters.all += text.chars().filter(|c| !c.is_whitespace()).count();
            raised::push(&mut paragraph.text, text, letters.end_raised);
            letters.end_raised = true;
        }
    }

    /// Adds pieces that are complete where the place is.
    pub(in crate::input) fn pieces(&mut self, pieces: Vec<Piece>) {
        for piece in pieces {
            self.around().piece(piece);
        }
    }

    /// Where pieces of the place go.
    fn around(&mut self) -> &mut Pieces {
        let found = self.open.iter_mut().rev().find_map(|open| match open {
            Open::Cell(_, pieces) | Open::Box(pieces) | Open::Aside(_, pieces) => Some(pieces),
            _ => None,
        });
        found.unwrap_or(&mut self.root)
    }

    /// How many structures are open around the innermost one of a kind. Boxes and asides are not
    /// looked out of.
    fn depth_of(&self, kind: Kind) -> Option<usize> {
        for (depth, open) in self.open.iter().enumerate().rev() {
            if open.kind() == kind {
                return Some(depth);
            }
            if matches!(open.kind(), Kind::Box | Kind::Aside) {
                return None;
            }
        }
        None
    }

    /// Ends the innermost structure of a kind with all that is open in it, if there is one.
    pub(in crate::input) fn end(&mut self, kind: Kind) {
        if let Some(depth) = self.depth_of(kind) {
            while self.open.len() > depth {
                self.close(false);
            }
        }
    }

    /// Ends the paragraph that is innermost, if one is; it may run on into the next one.
    pub(in crate::input) fn end_paragraph(&mut self, runs_on: bool) {
        if self.innermost() == Some(Kind::Paragraph) {
            self.close(runs_on);
        }
    }

    fn close(&mut self, runs_on: bool) {
        match self.open.pop() {
            Some(Open::Paragraph(mut paragraph, letters)) => {
                paragraph.bold = letters.all > 0 && letters.all == letters.bold;
                self.around().paragraph(*paragraph, runs_on);
            }
            Some(Open::Table(table)) => self.around().piece(Piece::Table(table)),
            Some(Open::Row(row)) => match self.open.last_mut() {
                Some(Open::Table(table)) => table.rows.push(row),
                _ => self.pieces(row.cells.into_iter().flat_map(|cell| cell.pieces).collect()),
            },
            Some(Open::Cell(cell, pieces)) => {
                let cell = Cell { pieces: pieces.finish(), ..cell };
                match self.open.last_mut() {
                    Some(Open::Row(row)) => row.cells.push(cell),
                    _ => self.pieces(cell.pieces),
                }
            }
            Some(Open::Box(pieces)) => match self.current() {
                Some(paragraph) => paragraph.boxes.extend(pieces.finish()),
                None => self.pieces(pieces.finish()),
            },
            Some(Open::Aside(aside, pieces)) => self.asides.push((aside, pieces.finish())),
            None => {}
        }
    }

    /// The pieces of the body that are complete.
    pub(in crate::input) fn take(&mut self) -> Vec<Piece> {
        if self.open.is_empty() { self.root.take() } else { Vec::new() }
    }

    /// Closes everything and gives the pieces that are left.
    pub(in crate::input) fn finish(&mut self) -> Vec<Piece> {
        while !self.open.is_empty() {
            self.close(false);
        }
        self.root.flush();
        self.root.take()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paragraph(builder: &mut Builder, text: &str) {
        builder.paragraph(Paragraph::default());
        builder.text(text, false);
        builder.end_paragraph(false);
    }

    #[test]
    fn whatever_is_left_open_ends_with_what_is_around_it() {
        let mut builder = Builder::default();
        builder.table(Table::default());
        builder.row(Row::default());
        builder.cell(Cell::default());
        builder.paragraph(Paragraph::default());
        builder.text("in", true);
        builder.end(Kind::Table);
        paragraph(&mut builder, "after");
        let pieces = builder.take();
        let [Piece::Table(table), Piece::Paragraph(after)] = pieces.as_slice() else { panic!("{pieces:?}") };
        assert_eq!(table.rows[0].cells[0].filled(), 1);
        assert!(table.rows[0].cells[0].paragraphs().all(|p| p.bold));
        assert_eq!(after.text, "after");
    }

    #[test]
    fn an_end_does_not_reach_out_of_a_box() {
        let mut builder = Builder::default();
        builder.paragraph(Paragraph::default());
        builder.text("around", false);
        builder.text_box();
        builder.end(Kind::Paragraph);
        paragraph(&mut builder, "in");
        builder.end(Kind::Box);
        builder.text(" it", false);
        let pieces = builder.finish();
        let [Piece::Paragraph(whole)] = pieces.as_slice() else { panic!("{pieces:?}") };
        assert_eq!((whole.text.as_str(), whole.boxes.len()), ("around it", 1));
    }

    #[test]
    fn nesting_has_an_end() {
        let mut builder = Builder::default();
        for _ in 0..100_000 {
            builder.table(Table::default());
            builder.row(Row::default());
            builder.cell(Cell::default());
        }
        assert!(builder.too_deep);
        assert_eq!(builder.finish().len(), 1);
    }
}
