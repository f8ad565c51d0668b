//! Turns pieces into the blocks of a document.
//!
//! Comes in: the pieces of the body in reading order, the notes and the furniture parts. Goes
//! out: blocks with their pages, and what sections are furniture. It reads no XML.

use std::collections::{HashMap, HashSet};

use super::rows::{self, Line};
use super::{NoteRef, Paragraph, Piece, Role, SectionBreak, Table};
use crate::document::{BlockKind, Document, Furniture, Locator, Page, Place};
use crate::input::ReadOptions;
use crate::input::furniture::Sections;
use crate::input::inline::{after_bullet, reads_like_caption, reads_like_heading, tidy};

/// Deepest nesting of tables that is read as tables.
const MAX_TABLES: usize = 40;
/// Longest caption in bytes; a longer one is a paragraph that was given the style.
const MAX_CAPTION: usize = 250;

/// Fills a document.
pub(in crate::input) struct Sink<'d> {
    document: &'d mut Document,
    /// Notes that were not placed yet.
    notes: HashMap<NoteRef, Vec<Piece>>,
    sections: Sections,
    tables: u32,
    /// Tables that the place is in.
    depth: usize,
    /// Text boxes that the place is in.
    boxes: usize,
    /// Outermost text boxes so far.
    boxed: u32,
    /// The level of the last heading that has a heading's style.
    level: u8,
    /// The text of the title paragraph.
    pub(in crate::input) title: Option<String>,
    /// Pages to add to those counted, for section breaks that left no rendered break.
    shift: u32,
    section_from: usize,
    max_pages: usize,
    max_text: usize,
    cut: bool,
}

impl<'d> Sink<'d> {
    /// Starts to fill a document.
    pub(in crate::input) fn new(
        document: &'d mut Document,
        notes: HashMap<NoteRef, Vec<Piece>>,
        options: &ReadOptions,
    ) -> Self {
        Self {
            document,
            notes,
            sections: Sections::default(),
            tables: 0,
            depth: 0,
            boxes: 0,
            boxed: 0,
            level: 0,
            title: None,
            shift: 0,
            section_from: 0,
            max_pages: options.max_pages,
            max_text: options.max_text,
            cut: false,
        }
    }

    /// Ends what a heading began that is no part of the argument, contents or references, without another heading.
    pub(in crate::input) fn end_sections(&mut self) {
        self.sections = Sections::default();
    }

    /// Keeps the text of a note until it is referred to.
    pub(in crate::input) fn note_text(&mut self, note: NoteRef, pieces: Vec<Piece>) {
        self.notes.insert(note, pieces);
    }

    /// Adds a piece of the body; tells whether more is wanted.
    pub(in crate::input) fn piece(&mut self, piece: Piece) -> bool {
        if self.cut || self.is_too_long() {
            return false;
        }
        match piece {
            Piece::Paragraph(paragraph) => self.paragraph(paragraph),
            Piece::Table(table) => self.table(table),
        }
        !self.cut && !self.is_too_long()
    }

    /// Whether the text is longer than the limit, so that the document is given up.
    pub(in crate::input) fn is_too_long(&self) -> bool {
        self.document.text.len() > self.max_text
    }

    fn locator(&mut self, page: u32) -> Locator {
        let page = page.saturating_add(self.shift);
        if page as usize > self.max_pages && !self.cut {
            self.cut = true;
            let message = format!("the document has more than {} pages; the rest was not read", self.max_pages);
            self.document.warn(None, message);
        }
        Locator { page: Some(page) }
    }

    fn paragraph(&mut self, paragraph: Paragraph) {
        let at = self.locator(paragraph.page);
        if !self.cut {
            for line in lines(&paragraph) {
                self.line(&paragraph, &line, at);
            }
        }
        self.in_box(paragraph.boxes);
        for note in paragraph.notes {
            self.note(&note, at, paragraph.place);
        }
        if let Some(kind) = paragraph.section {
            self.end_section(kind);
        }
    }

    /// Adds what stands in text boxes. Their headings stand below those of the section around them,
    /// and what they make of their text ends with them.
    fn in_box(&mut self, pieces: Vec<Piece>) {
        if pieces.is_empty() {
            return;
        }
        let (around, first) = ((self.level, self.sections), self.document.blocks.len());
        self.boxes += 1;
        for piece in pieces {
            self.piece(piece);
        }
        self.boxes -= 1;
        (self.level, self.sections) = around;
        if self.boxes == 0 {
            self.boxed += 1;
            self.document.blocks[first..].iter_mut().for_each(|block| block.boxed = self.boxed);
        }
    }

    /// The level of a heading: in a text box below that of the section around it.
    fn level_of(&self, level: u8) -> u8 {
        if self.boxes == 0 || self.level == 0 { level } else { level.max((self.level + 1).min(9)) }
    }

    /// Adds the text of a paragraph, or one line of it where its lines are a list.
    fn line(&mut self, paragraph: &Paragraph, line: &str, at: Locator) {
        let text = tidy(line);
        if text.is_empty() {
            return;
        }
        if paragraph.contents || paragraph.role == Role::Contents {
            self.document.push(BlockKind::Paragraph, &text, at, Some(Furniture::Contents));
            self.put(paragraph.place);
            return;
        }
        let kind = match paragraph.role {
            Role::Title => BlockKind::Heading { level: 1 },
            Role::Heading(level) => BlockKind::Heading { level: self.level_of(level) },
            Role::Item(depth) => BlockKind::ListItem { depth },
            Role::Caption if text.len() <= MAX_CAPTION => BlockKind::Caption,
            Role::Caption => BlockKind::Paragraph,
            Role::Body | Role::Contents => self.unstyled(paragraph, &text),
        };
        if paragraph.role == Role::Title && self.title.is_none() {
            self.title = Some(text.clone());
        }
        let furniture = match kind {
            BlockKind::Heading { level } => {
                if matches!(paragraph.role, Role::Heading(_)) && self.boxes == 0 {
                    self.level = level;
                }
                self.sections.heading(level, &text)
            }
            _ => self.sections.current(),
        };
        let is_item = matches!(kind, BlockKind::ListItem { .. });
        let shown = if is_item { after_bullet(&text) } else { None };
        let shown = shown.filter(|rest| !rest.is_empty()).unwrap_or(&text);
        self.document.push(kind, shown, at, furniture);
        self.put(paragraph.place);
    }

    /// Notes where the last block stands.
    fn put(&mut self, place: Option<Place>) {
        if let Some(block) = self.document.blocks.last_mut() {
            block.place = place;
        }
    }

    /// What a paragraph without a telling style is: many authors type their bullets, and make
    /// headings by bold type alone.
    fn unstyled(&self, paragraph: &Paragraph, text: &str) -> BlockKind {
        if after_bullet(text).is_some_and(|rest| !rest.is_empty()) {
            BlockKind::ListItem { depth: 0 }
        } else if paragraph.bold && self.depth == 0 && reads_like_heading(text) {
            BlockKind::Heading { level: (self.level + 1).clamp(2, 9) }
        } else if reads_like_caption(text) {
            BlockKind::Caption
        } else {
            BlockKind::Paragraph
        }
    }

    fn note(&mut self, note: &NoteRef, at: Locator, place: Option<Place>) {
        let furniture = self.sections.current();
        for text in self.notes.remove(note).iter().flat_map(|n| rows::texts(n)) {
            self.document.push(BlockKind::Footnote, &text, at, furniture);
            if let Some(block) = self.document.blocks.last_mut() {
                block.place = place;
            }
        }
    }

    fn table(&mut self, table: Table) {
        if self.depth >= MAX_TABLES {
            let furniture = self.sections.current();
            for text in rows::texts(&[Piece::Table(table)]) {
                self.document.push(BlockKind::Paragraph, &text, Locator::default(), furniture);
            }
            return;
        }
        self.depth += 1;
        let mut notes = Vec::new();
        if rows::is_layout(&table) {
            let cells = table.rows.into_iter().flat_map(|row| row.cells);
            for piece in cells.flat_map(|cell| cell.pieces) {
                self.piece(piece);
            }
        } else {
            self.rows(&table, &mut notes);
        }
        self.depth -= 1;
        for (note, page, place) in notes {
            let at = self.locator(page);
            self.note(&note, at, place);
        }
    }

    fn rows(&mut self, table: &Table, notes: &mut Vec<(NoteRef, u32, Option<Place>)>) {
        let id = self.tables;
        self.tables += 1;
        for Line { cells, again, header, page, place, aside, notes: of_row } in rows::lines(table) {
            let at = self.locator(page);
            if self.cut || self.is_too_long() {
                return;
            }
            if cells.iter().enumerate().any(|(column, cell)| !cell.is_empty() && !again.contains(&column)) {
                let furniture = self.sections.current();
                self.document.push_row(id, header, &cells, at, furniture);
                self.document.mark_again(again);
                self.put(place);
            }
            self.in_box(aside.into_iter().cloned().collect());
            notes.extend(of_row.into_iter().map(|note| (note, page, place)));
        }
    }

    /// Ends a section that began with a break of a kind. One that began on a new page without a
    /// rendered break moves its pages on by one.
    pub(in crate::input) fn end_section(&mut self, kind: SectionBreak) {
        let (before, section) = self.document.blocks.split_at_mut(self.section_from);
        let last = before.last().and_then(|block| block.locator.page);
        let first = section.first().and_then(|block| block.locator.page);
        if kind == SectionBreak::Page && last.is_some() && last == first {
            for block in section {
                block.locator.page = block.locator.page.map(|page| page.saturating_add(1));
            }
            self.shift += 1;
        }
        self.section_from = self.document.blocks.len();
    }

    /// Adds the text of a header or footer part, each line once.
    pub(in crate::input) fn running(&mut self, pieces: &[Piece], kind: Furniture, seen: &mut HashSet<String>) {
        for text in rows::texts(pieces) {
            let is_number = !text.chars().any(char::is_alphabetic);
            let kind = if is_number { Furniture::PageNumber } else { kind };
            if seen.insert(text.clone()) {
                self.document.push(BlockKind::Paragraph, &text, Locator::default(), Some(kind));
            }
        }
    }

    /// Adds a comment, which is anchored on a page.
    pub(in crate::input) fn comment(&mut self, pieces: &[Piece], page: Option<u32>) {
        let at = match page {
            Some(page) => Locator { page: Some(page.saturating_add(self.shift)) },
            None => Locator::default(),
        };
        for text in rows::texts(pieces) {
            self.document.push(BlockKind::Paragraph, &text, at, Some(Furniture::Comment));
        }
    }

    /// Adds what nobody asked to see again: lists the pages, or forgets them where the word
    /// processor left no rendered breaks.
    pub(in crate::input) fn settle_pages(self, last: u32, rendered: bool) {
        if rendered {
            let found = self.document.blocks.iter().filter_map(|b| b.locator.page);
            let last = found.max().unwrap_or(1).max(last.saturating_add(self.shift));
            let count = (last as usize).min(self.max_pages);
            self.document.pages = vec![Page::default(); count];
        } else {
            for block in &mut self.document.blocks {
                block.locator.page = None;
            }
        }
    }
}

/// The lines of a paragraph where they are the items of a list, else the paragraph as one.
fn lines(paragraph: &Paragraph) -> Vec<String> {
    let text = &paragraph.text;
    let bulleted = text.lines().filter(|l| after_bullet(l).is_some()).count();
    if bulleted < 2 {
        return vec![text.clone()];
    }
    text.lines().map(str::to_owned).collect()
}
