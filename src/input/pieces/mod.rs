//! What the text of an office document or web page is made of: paragraphs, and tables whose cells
//! hold paragraphs again.
//!
//! Comes in: pieces in reading order, from the reader of a format. Goes out: the blocks of a
//! document, through [`Sink`]. It knows no format.

mod build;
mod gather;
mod pages;
mod rows;
mod sink;

pub(super) use self::build::{Aside, Builder, Kind};
pub(super) use self::gather::{Pieces, spanning};
pub(super) use self::pages::Pages;
pub(super) use self::sink::Sink;

use crate::document::Place;

/// What a paragraph is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// Running text.
    #[default]
    Body,
    /// A heading, level 1 to 9.
    Heading(u8),
    /// The title of the document.
    Title,
    /// An item of a list, depth 0 and up.
    Item(u8),
    /// The caption of a figure or table.
    Caption,
    /// An entry or the heading of a table of contents.
    Contents,
}

/// A part of a story.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// A paragraph.
    Paragraph(Paragraph),
    /// A table.
    Table(Table),
}

/// A paragraph with what is anchored in it.
#[derive(Clone, Debug, Default)]
pub(super) struct Paragraph {
    /// Its raw text; a line feed stands for a line break.
    pub(super) text: String,
    /// What it is for.
    pub(super) role: Role,
    /// The page on which it begins, counted from 1 by the breaks seen.
    pub(super) page: u32,
    /// Where it stands in its part; that of the paragraph around its text box, if it is in one.
    pub(super) place: Option<Place>,
    /// Whether all of its text is bold.
    pub(super) bold: bool,
    /// Whether its text is an entry of a table of contents.
    pub(super) contents: bool,
    /// Notes referred to, in order.
    pub(super) notes: Vec<NoteRef>,
    /// The text boxes anchored in it.
    pub(super) boxes: Vec<Piece>,
    /// The kind of break of the section that ends with it.
    pub(super) section: Option<SectionBreak>,
}

/// A reference to a foot- or endnote.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct NoteRef {
    /// An endnote, not a footnote.
    pub(super) end: bool,
    /// The id of the note in its part.
    pub(super) id: String,
}

/// How a section begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum SectionBreak {
    /// On the page where the section before it ended.
    Continuous,
    /// On a new page.
    Page,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct Table {
    /// Its rows, top to bottom.
    pub(super) rows: Vec<Row>,
    /// Whether the look of the table sets its first row apart.
    pub(super) first_row: bool,
}

/// A row of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    /// Its cells, from the first column on.
    pub(super) cells: Vec<Cell>,
    /// Whether it is repeated at the top of each page.
    pub(super) header: bool,
    /// Grid columns left free before the first cell.
    pub(super) before: usize,
}

/// A cell of a table.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// What it holds.
    pub(super) pieces: Vec<Piece>,
    /// Grid columns that it covers.
    pub(super) span: usize,
    /// Its part in a vertical merge.
    pub(super) merge: Merge,
}

/// The part of a cell in a vertical merge.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Merge {
    /// None.
    #[default]
    None,
    /// It is the topmost and holds the text.
    Start,
    /// It continues the cell above.
    Continue,
}

impl Cell {
    /// The paragraphs of the cell outside nested tables.
    pub(super) fn paragraphs(&self) -> impl Iterator<Item = &Paragraph> {
        self.pieces.iter().filter_map(|piece| match piece {
            Piece::Paragraph(paragraph) => Some(paragraph),
            Piece::Table(_) => None,
        })
    }

    /// The number of paragraphs that hold text.
    pub(super) fn filled(&self) -> usize {
        self.paragraphs().filter(|paragraph| !paragraph.text.trim().is_empty()).count()
    }
}

impl Table {
    /// The number of cells in its longest row.
    pub(super) fn columns(&self) -> usize {
        self.rows.iter().map(|row| row.cells.len()).max().unwrap_or(0)
    }
}
