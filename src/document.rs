//! What a reader hands on: the text of one file, cut into blocks that know where they stand.
//!
//! Comes in: nothing; this module only defines types. Goes out: [`Document`]. It does not decide
//! what is evidence, and holds no bytes of the file it was read from.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

/// The text of one file with its blocks in reading order.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Document {
    /// The title from the file's properties or its title paragraph, where there is one.
    pub title: Option<String>,
    /// The kind of file that it was read from.
    pub format: Format,
    /// The whole text. Every [`Span`] of the document is a byte range in it. Blocks stand in it
    /// in order, each followed by a line feed.
    pub text: String,
    /// Headings, paragraphs, list items and table rows in reading order.
    pub blocks: Vec<Block>,
    /// One entry a page where the format has pages; empty where it has none (DOCX without
    /// rendered page breaks, plain text).
    pub pages: Vec<Page>,
    /// What could not be read or only in part, in the order found.
    pub warnings: Vec<Warning>,
    /// Whether the file ends before its own end, so that nobody can tell what is lost.
    pub broken_off: bool,
}

/// The kind of a file, told by its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// Portable Document Format.
    Pdf,
    /// Office Open XML word processing document, transitional or strict.
    Docx,
    /// OpenDocument text, packed or flat.
    Odt,
    /// Office Open XML presentation.
    Pptx,
    /// Rich Text Format.
    Rtf,
    /// A web page.
    Html,
    /// Markdown, CommonMark with tables.
    Markdown,
    /// Text without markup.
    #[default]
    Text,
}

/// An end-exclusive byte range in [`Document::text`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
}

/// A run of text that a person sees as one piece.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Block {
    /// What the piece is.
    pub kind: BlockKind,
    /// Where its text stands in [`Document::text`].
    pub span: Span,
    /// Where a person finds it.
    pub locator: Locator,
    /// The number or letter that stands before the text of an item or a note ("3.", "(b)", "4.12"),
    /// where the file holds one as text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Why the piece is no part of the argument, or `None` for body text.
    pub furniture: Option<Furniture>,
    /// Where it stands in the main part of a DOCX file; `None` where it does not, or in other files.
    pub place: Option<Place>,
    /// Which text box of the file it stands in, counted from 1; 0 for none. Its headings hold for it alone.
    #[serde(default, skip_serializing_if = "is_none")]
    pub boxed: u32,
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
const fn is_none(boxed: &u32) -> bool {
    *boxed == 0
}

/// The paragraphs of a DOCX file's main part that a block was read from, told by the byte at which
/// the start tag of each ends, counted in UTF-8 without a byte order mark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The first paragraph.
    pub first: u64,
    /// The last paragraph; the same where there is one.
    pub last: u64,
}

/// What a block is.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "is")]
pub enum BlockKind {
    /// A heading; level 1 is the outermost.
    Heading {
        /// 1 to 9.
        level: u8,
    },
    /// A paragraph of running text.
    Paragraph,
    /// One item of a list, without its bullet or number.
    ListItem {
        /// 0 for an item of the outermost list.
        depth: u8,
    },
    /// One row of a table. Its text is its cells joined by `" | "`.
    TableRow {
        /// Counts the document's tables from 0, so that rows of one table can be told.
        table: u32,
        /// The row names its columns.
        header: bool,
        /// The text of each cell, in column order; an empty cell has an empty span.
        cells: Vec<Span>,
        /// The columns, counted from 0 and in order, whose cell says once more what a merged cell
        /// above or before says, so that the row can be understood by itself.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        again: Vec<usize>,
    },
    /// A foot- or endnote.
    Footnote,
    /// The caption of a figure or table.
    Caption,
}

/// Why a block is not body text. Furniture is never evidence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Furniture {
    /// A running head.
    Header,
    /// A running foot.
    Footer,
    /// A page number on its own.
    PageNumber,
    /// An entry of a table of contents.
    Contents,
    /// An entry of a list of references.
    References,
    /// An entry of a glossary or a list of abbreviations.
    Glossary,
    /// A reviewer's comment or an annotation on the page.
    Comment,
}

/// What a person can look up. Unknown parts are `None`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Locator {
    /// The page on which the block begins, counted from 1 as a viewer counts it.
    pub page: Option<u32>,
}

/// What could be read of one page.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Page {
    /// The number printed on the page where the file declares one ("iv", "12").
    pub label: Option<String>,
    /// How well the page could be read.
    pub legibility: Legibility,
}

/// How well a page could be read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Legibility {
    /// Its text was read.
    #[default]
    Readable,
    /// It shows nothing, or next to nothing: a blank page or a chapter divider.
    Blank,
    /// It shows pictures but holds no text: a scan.
    NoText,
    /// Its text has no meaningful characters: missing or wrong character maps.
    Garbled,
    /// It was not looked at, or given up: reading it went over a limit.
    NotRead,
    /// Its text was read from its picture by optical character recognition.
    Recognised,
}

/// Something that a user must know about how the file was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Warning {
    /// The page concerned, counted from 1, where it is one page.
    pub page: Option<u32>,
    /// What happened and what it means for the result, as a sentence.
    pub message: String,
}

impl Span {
    /// The range `start..end`.
    #[must_use]
    pub const fn new(start: usize, end: usize) -> Self {
        Self { start, end }
    }

    /// The number of bytes.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.end - self.start
    }

    /// Whether the range holds no byte.
    #[must_use]
    pub const fn is_empty(&self) -> bool {
        self.start >= self.end
    }

    /// The text of the range, or `""` where it is not a valid range of `text`.
    #[must_use]
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start..self.end).unwrap_or("")
    }
}

impl Document {
    /// The text of a block.
    #[must_use]
    pub fn text_of(&self, block: &Block) -> &str {
        block.span.of(&self.text)
    }

    /// The text of a block as the file shows it: a merged cell is said only where it begins.
    #[must_use]
    pub fn shown_of(&self, block: &Block) -> Cow<'_, str> {
        match &block.kind {
            BlockKind::TableRow { cells, again, .. } if !again.is_empty() => {
                let cell = |(at, span): (usize, &Span)| if again.contains(&at) { "" } else { span.of(&self.text) };
                Cow::Owned(cells.iter().enumerate().map(cell).collect::<Vec<_>>().join(" | "))
            }
            _ => Cow::Borrowed(self.text_of(block)),
        }
    }

    /// Notes of the last row which of its columns say a merged cell once more.
    pub fn mark_again(&mut self, columns: Vec<usize>) {
        if let Some(Block { kind: BlockKind::TableRow { again, .. }, .. }) = self.blocks.last_mut() {
            *again = columns;
        }
    }

    /// Appends a block with its text and returns its span.
    ///
    /// Line breaks inside `text` are kept as they are; readers normalise white space before.
    pub fn push(&mut self, kind: BlockKind, text: &str, locator: Locator, furniture: Option<Furniture>) -> Span {
        let start = self.text.len();
        self.text.push_str(text);
        let span = Span::new(start, self.text.len());
        self.text.push('\n');
        self.blocks.push(Block { kind, span, locator, label: None, furniture, place: None, boxed: 0 });
        span
    }

    /// Appends a table row: the cells joined by `" | "`, each with its span.
    pub fn push_row<S: AsRef<str>>(
        &mut self,
        table: u32,
        header: bool,
        cells: &[S],
        locator: Locator,
        furniture: Option<Furniture>,
    ) -> Span {
        let start = self.text.len();
        let mut spans = Vec::with_capacity(cells.len());
        for (i, cell) in cells.iter().enumerate() {
            if i > 0 {
                self.text.push_str(" | ");
            }
            let from = self.text.len();
            self.text.push_str(cell.as_ref());
            spans.push(Span::new(from, self.text.len()));
        }
        let span = Span::new(start, self.text.len());
        self.text.push('\n');
        let kind = BlockKind::TableRow { table, header, cells: spans, again: Vec::new() };
        self.blocks.push(Block { kind, span, locator, label: None, furniture, place: None, boxed: 0 });
        span
    }

    /// Notes something that a user must know, for the whole file or for one page.
    pub fn warn(&mut self, page: Option<u32>, message: impl Into<String>) {
        self.warnings.push(Warning { page, message: message.into() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_slice_to_what_was_pushed() {
        let mut document = Document::default();
        document.push(BlockKind::Heading { level: 1 }, "Aims", Locator::default(), None);
        document.push_row(0, false, &["Open a hub", "", "March"], Locator::default(), None);
        assert_eq!(document.text_of(&document.blocks[0]), "Aims");
        assert_eq!(document.text_of(&document.blocks[1]), "Open a hub |  | March");
        let BlockKind::TableRow { cells, .. } = &document.blocks[1].kind else { panic!("a row") };
        let cells: Vec<_> = cells.iter().map(|c| c.of(&document.text)).collect();
        assert_eq!(cells, ["Open a hub", "", "March"]);
        assert_eq!(Span::new(2, 900).of(&document.text), "");
        document.mark_again(vec![0]);
        assert_eq!(document.shown_of(&document.blocks[1]), " |  | March");
    }
}
