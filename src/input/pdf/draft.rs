//! Drafts of blocks: what the lines of a page make, before the document is looked at as a whole.

use super::bullet::Marker;
use super::table::Table;
use crate::document::Furniture;

/// A block in the making.
#[derive(Clone, Debug, Default)]
pub(super) struct Draft {
    /// What it seems to be.
    pub kind: Kind,
    /// Its text, with line-end hyphens still to be settled.
    pub text: String,
    /// What stood before its text: a bullet, or the number of a list item.
    pub marker: String,
    /// The page it begins on, counted from 0.
    pub page: usize,
    /// The page it ends on so far, where it goes on overleaf.
    pub last_page: usize,
    /// Why it is no part of the text, if so.
    pub furniture: Option<Furniture>,
    /// The em of its text.
    pub size: f32,
    /// All of it is bold.
    pub bold: bool,
    /// All of it is italic.
    pub italic: bool,
    /// How many lines it took.
    pub lines: usize,
    /// Where its lines begin.
    pub x0: f32,
    /// Where its first line begins, marker included.
    pub indent: f32,
    /// Its last line is full, so that it may go on elsewhere.
    pub full: bool,
    /// Which column of its page it stands in.
    pub column: usize,
    /// Its content where it is a table.
    pub table: Option<Table>,
    /// Which part of the tags it is, counted from 1; 0 where no tags tell.
    pub part: u32,
    /// Depth of its list, where the tags tell.
    pub depth: Option<u8>,
    /// The tags say that it is a quotation.
    pub quoted: bool,
}

impl Draft {
    /// A remark on a page.
    pub fn remark(text: &str, page: usize) -> Self {
        Self { text: text.to_owned(), page, furniture: Some(Furniture::Comment), ..Self::default() }
    }

    /// Makes plain text of what is no table, its number included.
    pub fn make_text(&mut self) {
        if self.kind == Kind::Item(Marker::Number) {
            self.text.insert_str(0, &std::mem::take(&mut self.marker));
        }
        if self.kind != Kind::Table {
            self.kind = Kind::Text;
        }
    }
}

/// What a draft seems to be.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Kind {
    /// A paragraph, or a heading not yet told.
    #[default]
    Text,
    /// A list item.
    Item(Marker),
    /// A heading of a level from 1.
    Heading(u8),
    /// A footnote.
    Footnote,
    /// The caption of a figure or table.
    Caption,
    /// A table.
    Table,
}
