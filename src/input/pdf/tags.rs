//! What a tagged file says of its own text: which part of the document each stretch belongs to.
//!
//! Comes in: nothing; `tree` fills it. Goes out: [`Tags`], asked by the walker for every marked
//! stretch of a page. Where a part stands on a page is not told here.

use hayro_syntax::object::ObjectIdentifier;
use std::collections::HashMap;

/// What a part is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// A paragraph, or text in a division.
    #[default]
    Text,
    /// A heading; level 1 is the outermost.
    Heading(u8),
    /// A quotation set apart.
    Quote,
    /// A list item.
    Item,
    /// The bullet or number of a list item.
    Label,
    /// A caption.
    Caption,
    /// A foot- or endnote.
    Note,
    /// An entry of a table of contents.
    Contents,
    /// Text in a drawing.
    Figure,
    /// Marked in the tree as no part of the content.
    Aside,
}

/// A block of text, in the order in which the author wants it read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Part {
    /// What it is.
    pub role: Role,
    /// Depth of the list that it stands in, 0 for an outermost one.
    pub depth: u8,
    /// Which list item it belongs to, counted from 1; 0 for none.
    pub item: u32,
    /// Which cell it stands in: an index of [`Tags::cells`] plus 1; 0 for none.
    pub cell: u32,
}

/// A cell of a table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Cell {
    /// Which table of the tree: an index of [`Tags::tables`].
    pub table: u32,
    /// Its first row, counted from 0.
    pub row: u32,
    /// Its first column, counted from 0.
    pub column: u32,
    /// How many rows it spans.
    pub rows: u32,
    /// How many columns it spans.
    pub columns: u32,
    /// It names a row or column.
    pub header: bool,
}

/// A table.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// For each row, whether it names the columns.
    pub headers: Vec<bool>,
    /// The number of columns.
    pub columns: u32,
}

/// A stretch of text that the tree holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct Leaf {
    /// The part that it belongs to: an index of [`Tags::parts`].
    pub part: u32,
    /// What is read in its place: an index of [`Tags::replaced`] plus 1; 0 for none.
    pub replaced: u32,
}

/// The tags of a file.
#[derive(Debug, Default)]
pub(super) struct Tags {
    /// The stretches in reading order.
    pub leaves: Vec<Leaf>,
    /// The parts in reading order.
    pub parts: Vec<Part>,
    /// The cells of all tables.
    pub cells: Vec<Cell>,
    /// The tables.
    pub tables: Vec<Grid>,
    /// Texts that are read in place of what is shown.
    pub replaced: Vec<String>,
    /// By page or form and marked content number: the number of the leaf, counted from 1.
    pub by_content: HashMap<ObjectIdentifier, HashMap<i32, u32>>,
}

impl Tags {
    /// The leaves in the content of a page or form, by their marked content numbers.
    pub fn of_content(&self, id: Option<ObjectIdentifier>) -> Option<&HashMap<i32, u32>> {
        self.by_content.get(&id?)
    }

    /// A leaf by its number, which counts from 1.
    pub fn leaf(&self, number: u32) -> Option<&Leaf> {
        self.leaves.get((number as usize).checked_sub(1)?)
    }

    /// The cell that a part stands in, if any.
    pub fn cell_of(&self, part: &Part) -> Option<&Cell> {
        self.cells.get((part.cell as usize).checked_sub(1)?)
    }

    /// Puts the leaves into reading order and settles what only the whole tells.
    pub fn settle(&mut self) {
        let mut order: Vec<usize> = (0..self.leaves.len()).collect();
        order.sort_by_key(|at| self.leaves[*at].part);
        let mut renamed = vec![0_u32; order.len()];
        for (new, old) in (1..).zip(&order) {
            renamed[*old] = new;
        }
        self.leaves = order.iter().map(|at| self.leaves[*at]).collect();
        for leaf in self.by_content.values_mut().flat_map(HashMap::values_mut) {
            *leaf = renamed.get(*leaf as usize - 1).copied().unwrap_or(0);
        }
        self.settle_labels();
        self.settle_tables();
    }

    /// The label of an item that holds nothing else is the item.
    fn settle_labels(&mut self) {
        let items = self.parts.iter().map(|p| p.item).max().unwrap_or(0) as usize;
        let mut filled = vec![false; items + 1];
        for part in self.parts.iter().filter(|p| p.role != Role::Label) {
            filled[part.item as usize] = true;
        }
        for part in self.parts.iter_mut().filter(|p| p.role == Role::Label) {
            if !filled[part.item as usize] {
                part.role = Role::Item;
            }
        }
    }

    /// What has a single row or column only places its content; header rows stand at the top.
    fn settle_tables(&mut self) {
        for grid in &mut self.tables {
            let named = grid.headers.iter().take_while(|h| **h).count();
            let all = grid.headers.len();
            let kept = if named < all { named } else { 0 };
            grid.headers.iter_mut().skip(kept).for_each(|h| *h = false);
        }
        let real: Vec<bool> = self.tables.iter().map(|t| t.headers.len() > 1 && t.columns > 1).collect();
        for part in &mut self.parts {
            let table = (part.cell as usize).checked_sub(1).map(|at| self.cells[at].table as usize);
            if table.is_some_and(|t| !real[t]) {
                part.cell = 0;
            }
        }
    }
}
