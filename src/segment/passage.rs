//! Passages and what stands above them.

use super::fold::Folded;
use super::sentence;
use crate::document::{Block, BlockKind, Document, Span};
use serde::{Deserialize, Serialize};
use std::ops::Range;
use std::sync::Arc;

/// A document cut into passages over one search text.
#[derive(Clone, Debug)]
pub struct Segmented<'d> {
    /// The document.
    pub document: &'d Document,
    /// The search text of passages, headings and column names.
    pub folded: Folded,
    /// In reading order.
    pub passages: Vec<Passage>,
    /// In reading order.
    pub headings: Vec<Heading>,
}

/// A heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Heading {
    /// Where it stands in the document.
    pub span: Span,
    /// Its words in the search text.
    pub tokens: Range<usize>,
    /// 1 for the outermost.
    pub level: u8,
    /// The page on which it stands, from 1.
    pub page: Option<u32>,
}

/// A paragraph, a list item, a table row or a note: the unit of evidence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// What it is.
    pub kind: PassageKind,
    /// The block of the document that it is.
    pub block: usize,
    /// Its text.
    pub span: Span,
    /// The page on which it begins, from 1.
    pub page: Option<u32>,
    /// Its words in the search text.
    pub tokens: Range<usize>,
    /// Its sentences; a row's cells are sentences of their own.
    pub sentences: Box<[Range<usize>]>,
    /// Its clauses; each lies in one sentence.
    pub clauses: Box<[Range<usize>]>,
    /// The headings above it, outermost first, as indices of [`Segmented::headings`]; one list for all
    /// passages below them.
    pub headings: Arc<[usize]>,
    /// The passage that leads its list in ("We will:"), as an index of [`Segmented::passages`].
    pub lead_in: Option<usize>,
    /// The cells of a row.
    pub cells: Vec<Cell>,
}

/// A cell of a table row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Its words in the search text.
    pub tokens: Range<usize>,
    /// The words of its column's name; empty where there is none.
    pub header: Range<usize>,
}

/// What a passage is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PassageKind {
    /// A paragraph.
    #[default]
    Paragraph,
    /// A list item.
    Bullet,
    /// A table row.
    Row,
    /// A foot- or endnote.
    Footnote,
}

impl PassageKind {
    /// Its name in files and reports.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Paragraph => "paragraph",
            Self::Bullet => "bullet",
            Self::Row => "row",
            Self::Footnote => "footnote",
        }
    }
}

impl Segmented<'_> {
    /// The text of a passage.
    #[must_use]
    pub fn text_of(&self, passage: &Passage) -> &str {
        passage.span.of(&self.document.text)
    }

    /// The headings above a passage, outermost first.
    #[must_use]
    pub fn headings_of(&self, passage: &Passage) -> Vec<&str> {
        passage.headings.iter().map(|&h| self.headings[h].span.of(&self.document.text)).collect()
    }
}

/// The column names of one table.
struct Columns {
    table: u32,
    cells: Vec<Range<usize>>,
}

/// Walks the blocks of a document once.
pub(super) struct Builder<'d> {
    out: Segmented<'d>,
    path: Vec<usize>,
    /// The same as the last passage had it.
    shared: Arc<[usize]>,
    /// Room for the sentences and clauses of a passage.
    parts: [Vec<Range<usize>>; 2],
    columns: Option<Columns>,
    lead_ins: Vec<LeadIn>,
    /// The text box that the place is in, 0 for none.
    boxed: u32,
    /// The headings above the text boxes that the place is in.
    around: Vec<usize>,
}

/// A passage that may lead a list in, and how deep the list's items must be.
struct LeadIn {
    depth: u8,
    passage: usize,
}

impl<'d> Builder<'d> {
    pub(super) fn new(document: &'d Document) -> Self {
        let (folded, passages) = (Folded::with_room(document.text.len()), Vec::with_capacity(document.blocks.len()));
        let out = Segmented { document, folded, passages, headings: Vec::new() };
        Self {
            out,
            path: Vec::new(),
            shared: Arc::default(),
            parts: [Vec::new(), Vec::new()],
            columns: None,
            lead_ins: Vec::new(),
            boxed: 0,
            around: Vec::new(),
        }
    }

    pub(super) fn build(mut self) -> Segmented<'d> {
        let document = self.out.document;
        for (index, block) in document.blocks.iter().enumerate() {
            if block.furniture.is_none() {
                self.turn_to(block.boxed);
                self.block(index, block);
            }
        }
        self.out
    }

    /// Goes into a text box or out of it. What stands above the text around holds in the box too;
    /// the headings of the box end with it.
    fn turn_to(&mut self, boxed: u32) {
        if boxed == self.boxed {
            return;
        }
        match self.boxed {
            0 => self.around.clone_from(&self.path),
            _ => self.path.clone_from(&self.around),
        }
        self.boxed = boxed;
    }

    fn block(&mut self, index: usize, block: &Block) {
        match &block.kind {
            BlockKind::Heading { level } => self.heading(block, *level),
            BlockKind::Caption => {}
            BlockKind::TableRow { table, header: true, cells, .. } => {
                let text = &self.out.document.text;
                let folded = &mut self.out.folded;
                let cells = cells.iter().map(|c| folded.push(text, *c)).collect();
                self.columns = Some(Columns { table: *table, cells });
            }
            BlockKind::TableRow { table, cells, .. } => self.row(index, block, *table, cells),
            BlockKind::Paragraph => self.prose(index, block, PassageKind::Paragraph, None),
            BlockKind::Footnote => self.prose(index, block, PassageKind::Footnote, None),
            BlockKind::ListItem { depth } => self.prose(index, block, PassageKind::Bullet, Some(*depth)),
        }
    }

    fn heading(&mut self, block: &Block, level: u8) {
        let span = block.span;
        let tokens = self.out.folded.push(&self.out.document.text, span);
        let headings = &self.out.headings;
        self.path.retain(|&h| headings[h].level < level);
        self.path.push(headings.len());
        self.out.headings.push(Heading { span, tokens, level, page: block.locator.page });
        self.lead_ins.clear();
    }

    fn prose(&mut self, index: usize, block: &Block, kind: PassageKind, depth: Option<u8>) {
        let text = &self.out.document.text;
        let tokens = self.out.folded.push(text, block.span);
        sentence::sentences(text, &self.out.folded, tokens.clone(), &mut self.parts[0]);
        let lead_in = depth.and_then(|depth| {
            self.lead_ins.retain(|l| l.depth <= depth);
            self.lead_ins.last().map(|l| l.passage)
        });
        let leads = block.span.of(text).trim_end().ends_with(':');
        let here = self.out.passages.len();
        match depth {
            Some(depth) if leads => self.lead_ins.push(LeadIn { depth: depth + 1, passage: here }),
            Some(_) => {}
            None if kind == PassageKind::Paragraph => {
                self.lead_ins.clear();
                if leads {
                    self.lead_ins.push(LeadIn { depth: 0, passage: here });
                }
            }
            None => {}
        }
        self.passage(index, block, kind, tokens, lead_in, Vec::new());
    }

    fn row(&mut self, index: usize, block: &Block, table: u32, cells: &[Span]) {
        let text = &self.out.document.text;
        let mut out = Vec::with_capacity(cells.len());
        let first = self.out.folded.tokens.len();
        for (column, cell) in cells.iter().enumerate() {
            let tokens = self.out.folded.push(text, *cell);
            sentence::sentences(text, &self.out.folded, tokens.clone(), &mut self.parts[0]);
            let header = match &self.columns {
                Some(columns) if columns.table == table => columns.cells.get(column).cloned().unwrap_or(0..0),
                _ => 0..0,
            };
            out.push(Cell { tokens, header });
        }
        let tokens = first..self.out.folded.tokens.len();
        self.lead_ins.clear();
        self.passage(index, block, PassageKind::Row, tokens, None, out);
    }

    /// Adds the passage whose sentences are those gathered.
    fn passage(
        &mut self,
        block: usize,
        source: &Block,
        kind: PassageKind,
        tokens: Range<usize>,
        lead_in: Option<usize>,
        cells: Vec<Cell>,
    ) {
        let [sentences, clauses] = &mut self.parts;
        if !tokens.is_empty() {
            sentences.iter().for_each(|s| sentence::clauses(&self.out.folded, s.clone(), clauses));
            if *self.shared != *self.path {
                self.shared = Arc::from(&*self.path);
            }
            self.out.passages.push(Passage {
                kind,
                block,
                span: source.span,
                page: source.locator.page,
                tokens,
                sentences: Box::from(&**sentences),
                clauses: Box::from(&**clauses),
                headings: Arc::clone(&self.shared),
                lead_in,
                cells,
            });
        }
        sentences.clear();
        clauses.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::super::segment;
    use super::*;
    use crate::document::{Furniture, Locator};

    fn document() -> Document {
        let mut d = Document::default();
        let l = Locator { page: Some(3) };
        d.push(BlockKind::Heading { level: 1 }, "Plan", l, None);
        d.push(BlockKind::Heading { level: 2 }, "Actions", l, None);
        d.push(BlockKind::Paragraph, "By June we will:", l, None);
        d.push(BlockKind::ListItem { depth: 0 }, "open a hub. It will be warm.", l, None);
        d.push(BlockKind::Paragraph, "Page 3", l, Some(Furniture::Footer));
        d.push(BlockKind::ListItem { depth: 0 }, "train staff", l, None);
        d.push(BlockKind::Heading { level: 2 }, "Table", l, None);
        d.push_row(0, true, &["Action", "Lead"], l, None);
        d.push_row(0, false, &["Fund advice", "Money team"], l, None);
        d
    }

    #[test]
    fn headings_of_a_text_box_end_with_it() {
        let mut d = Document::default();
        let l = Locator::default();
        let heading = |d: &mut Document, level, text: &str, boxed| {
            d.push(BlockKind::Heading { level }, text, l, None);
            d.blocks.last_mut().unwrap().boxed = boxed;
        };
        let text = |d: &mut Document, text: &str, boxed| {
            d.push(BlockKind::Paragraph, text, l, None);
            d.blocks.last_mut().unwrap().boxed = boxed;
        };
        heading(&mut d, 1, "Plan", 0);
        heading(&mut d, 2, "Aims", 0);
        heading(&mut d, 3, "A story", 1);
        text(&mut d, "Ann was cold.", 1);
        heading(&mut d, 3, "Another", 2);
        text(&mut d, "Ben was not.", 2);
        text(&mut d, "We will act.", 0);
        let s = segment(&d);
        let paths: Vec<_> = s.passages.iter().map(|p| s.headings_of(p)).collect();
        assert_eq!(paths, [vec!["Plan", "Aims", "A story"], vec!["Plan", "Aims", "Another"], vec!["Plan", "Aims"]]);
    }

    #[test]
    fn passages_know_what_is_above() {
        let d = document();
        let s = segment(&d);
        let texts: Vec<_> = s.passages.iter().map(|p| s.text_of(p)).collect();
        assert_eq!(
            texts,
            ["By June we will:", "open a hub. It will be warm.", "train staff", "Fund advice | Money team"]
        );
        assert_eq!(s.passages[1].sentences.len(), 2);
        assert_eq!(s.passages[1].lead_in, Some(0));
        assert_eq!(s.passages[2].lead_in, Some(0));
        assert_eq!(s.headings_of(&s.passages[2]), ["Plan", "Actions"]);
        let row = &s.passages[3];
        assert_eq!(s.headings_of(row), ["Plan", "Table"]);
        assert_eq!(s.folded.slice(row.cells[1].header.clone()), "lead");
        assert_eq!(s.folded.slice(row.cells[1].tokens.clone()), "money team");
        assert_eq!(row.lead_in, None);
    }
}
