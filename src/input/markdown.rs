//! Reads Markdown: CommonMark with tables and footnotes.
//!
//! Comes in: the bytes of a text with Markdown signs. Goes out: a document with its headings,
//! paragraphs, list items and table rows, notes after the block that refers to them. Pictures,
//! code and raw HTML are left out.

use std::collections::HashMap;

use pulldown_cmark::{Event, HeadingLevel, Options, Parser, Tag, TagEnd};

use super::furniture::Sections;
use super::inline::tidy;
use super::text::{decode, is_text};
use super::{InputError, ReadOptions, Reader};
use crate::document::{BlockKind, Document, Format, Furniture, Locator};

/// Reads Markdown files.
#[derive(Clone, Copy, Debug)]
pub struct Markdown;

impl Reader for Markdown {
    fn format(&self) -> Format {
        Format::Markdown
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        is_text(bytes) && looks_like_markdown(&decode(bytes))
    }

    fn read(&self, bytes: &[u8], _: &ReadOptions) -> Result<Document, InputError> {
        let text = decode(bytes);
        let mut writer = Writer::default();
        writer.document.format = Format::Markdown;
        let options = Options::ENABLE_TABLES
            | Options::ENABLE_FOOTNOTES
            | Options::ENABLE_STRIKETHROUGH
            | Options::ENABLE_TASKLISTS
            | Options::ENABLE_HEADING_ATTRIBUTES
            | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
        for event in Parser::new_ext(&text, options) {
            writer.event(event);
        }
        Ok(writer.finish())
    }
}

/// Whether a text shows signs of Markdown that plain text does not: headings with `#`, rules of
/// a table, or several links or bold words.
fn looks_like_markdown(text: &str) -> bool {
    let mut headings = 0;
    let mut marks = 0;
    let mut blank_before = true;
    for (i, line) in text.lines().enumerate() {
        let line = line.trim_end();
        if i == 0 && line.starts_with("#!") {
            return false;
        }
        let hashes = line.len() - line.trim_start_matches('#').len();
        if blank_before && (1..=6).contains(&hashes) && line[hashes..].starts_with(' ') {
            headings += 1;
        }
        if is_table_rule(line) {
            return true;
        }
        marks += line.matches("](").count() + line.matches("**").count() / 2;
        blank_before = line.is_empty();
    }
    headings > 0 || marks > 1
}

/// Whether a line is the rule below the head of a table: `| --- | :-: |`.
fn is_table_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains("--") && line.contains('|') && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}

/// A block whose text was gathered.
enum Gathered {
    Block(BlockKind, String, bool),
    Row { table: u32, header: bool, cells: Vec<String> },
}

/// Gathers blocks from events.
#[derive(Default)]
struct Writer {
    document: Document,
    /// Blocks in order, each with the notes that it refers to.
    blocks: Vec<(Gathered, Vec<String>)>,
    /// The texts of notes by label.
    notes: HashMap<String, Vec<String>>,
    /// The note that is being read.
    note: Option<String>,
    text: String,
    /// Emphasised and all characters of the block.
    strong: (usize, usize),
    references: Vec<String>,
    heading: Option<u8>,
    lists: u8,
    in_item: bool,
    in_strong: u32,
    /// Code, HTML, metadata and pictures, whose text is left out.
    silent: u32,
    cells: Vec<String>,
    table: u32,
    in_head: bool,
}

impl Writer {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) | Event::Code(text) => self.push(&text),
            Event::SoftBreak | Event::HardBreak => self.push(" "),
            Event::FootnoteReference(label) => self.references.push(label.into_string()),
            _ => {}
        }
    }

    fn push(&mut self, text: &str) {
        if self.silent == 0 {
            let seen = text.chars().filter(|c| !c.is_whitespace()).count();
            self.strong.1 += seen;
            self.strong.0 += if self.in_strong > 0 { seen } else { 0 };
            self.text.push_str(text);
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::Heading { level, .. } => {
                self.flush();
                self.heading = Some(number(level));
            }
            Tag::List(_) => {
                self.flush();
                self.lists = self.lists.saturating_add(1);
            }
            Tag::Item => {
                self.flush();
                self.in_item = true;
            }
            Tag::Paragraph | Tag::BlockQuote(_) | Tag::TableCell => self.flush(),
            Tag::FootnoteDefinition(label) => {
                self.flush();
                self.note = Some(label.into_string());
            }
            Tag::TableHead => self.in_head = true,
            Tag::Strong => self.in_strong += 1,
            Tag::Image { .. } | Tag::CodeBlock(_) | Tag::HtmlBlock | Tag::MetadataBlock(_) => {
                self.silent += 1;
            }
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Heading(_) => {
                self.flush();
                self.heading = None;
            }
            TagEnd::List(_) => {
                self.flush();
                self.lists = self.lists.saturating_sub(1);
                self.in_item = self.lists > 0;
            }
            TagEnd::Item | TagEnd::Paragraph | TagEnd::BlockQuote(_) => self.flush(),
            TagEnd::FootnoteDefinition => {
                self.flush();
                self.note = None;
            }
            TagEnd::TableCell => {
                let cell = tidy(&std::mem::take(&mut self.text));
                self.cells.push(cell);
            }
            TagEnd::TableHead | TagEnd::TableRow => self.row(),
            TagEnd::Table => self.table += 1,
            TagEnd::Strong => self.in_strong = self.in_strong.saturating_sub(1),
            TagEnd::Image | TagEnd::CodeBlock | TagEnd::HtmlBlock | TagEnd::MetadataBlock(_) => {
                self.silent = self.silent.saturating_sub(1);
            }
            _ => {}
        }
    }

    fn row(&mut self) {
        let row = Gathered::Row {
            table: self.table,
            header: std::mem::take(&mut self.in_head),
            cells: std::mem::take(&mut self.cells),
        };
        self.blocks.push((row, std::mem::take(&mut self.references)));
    }

    /// Ends the block that is being read, if it holds text.
    fn flush(&mut self) {
        let text = tidy(&std::mem::take(&mut self.text));
        let (strong, all) = std::mem::take(&mut self.strong);
        if text.is_empty() {
            return;
        }
        if let Some(label) = &self.note {
            self.notes.entry(label.clone()).or_default().push(text);
            return;
        }
        let kind = match self.heading {
            Some(level) => BlockKind::Heading { level },
            None if self.in_item => BlockKind::ListItem { depth: self.lists.saturating_sub(1).min(8) },
            None => BlockKind::Paragraph,
        };
        let block = Gathered::Block(kind, text, strong == all);
        self.blocks.push((block, std::mem::take(&mut self.references)));
    }

    /// Puts the blocks into the document, notes behind those that refer to them.
    fn finish(mut self) -> Document {
        self.flush();
        let mut sections = Sections::default();
        let mut level = 0;
        let document = &mut self.document;
        let at = Locator::default();
        for (gathered, references) in self.blocks {
            match gathered {
                Gathered::Row { table, header, cells } => {
                    if cells.iter().any(|cell| !cell.is_empty()) {
                        document.push_row(table, header, &cells, at, sections.current());
                    }
                }
                Gathered::Block(kind, text, strong) => {
                    let kind = settle(kind, &text, strong, &mut level);
                    let furniture = furniture(&mut sections, &kind, &text);
                    if document.title.is_none() && kind == (BlockKind::Heading { level: 1 }) {
                        document.title = Some(text.clone());
                    }
                    document.push(kind, &text, at, furniture);
                }
            }
            for label in references {
                for text in self.notes.remove(&label).unwrap_or_default() {
                    document.push(BlockKind::Footnote, &text, at, sections.current());
                }
            }
        }
        if document.blocks.is_empty() {
            document.warn(None, "the document holds no text");
        }
        self.document
    }
}

/// A paragraph of bold words that reads like a heading is one.
fn settle(kind: BlockKind, text: &str, strong: bool, level: &mut u8) -> BlockKind {
    match kind {
        BlockKind::Heading { level: found } => *level = found,
        BlockKind::Paragraph if strong && super::inline::reads_like_heading(text) => {
            return BlockKind::Heading { level: (*level + 1).clamp(2, 9) };
        }
        _ => {}
    }
    kind
}

fn furniture(sections: &mut Sections, kind: &BlockKind, text: &str) -> Option<Furniture> {
    match kind {
        BlockKind::Heading { level } => sections.heading(*level, text),
        _ => sections.current(),
    }
}

fn number(level: HeadingLevel) -> u8 {
    match level {
        HeadingLevel::H1 => 1,
        HeadingLevel::H2 => 2,
        HeadingLevel::H3 => 3,
        HeadingLevel::H4 => 4,
        HeadingLevel::H5 => 5,
        HeadingLevel::H6 => 6,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SAMPLE: &str = "# Plan\n\nWe **will** act\nnow.[^1]\n\n- one\n  - two\n- three\n\n\
        | Who | When |\n| --- | --- |\n| Board | May |\n\n## Glossary\n\nSRO: owner.\n\n[^1]: A note.\n";

    #[test]
    fn blocks_of_every_kind() {
        assert!(Markdown.recognises(SAMPLE.as_bytes()));
        let document = Markdown.read(SAMPLE.as_bytes(), &ReadOptions::default()).unwrap();
        let found: Vec<_> = document.blocks.iter().map(|block| (&block.kind, document.text_of(block))).collect();
        assert_eq!(document.title.as_deref(), Some("Plan"));
        assert_eq!(found[1], (&BlockKind::Paragraph, "We will act now."));
        assert_eq!(found[2], (&BlockKind::Footnote, "A note."));
        assert_eq!(found[3], (&BlockKind::ListItem { depth: 0 }, "one"));
        assert_eq!(found[4], (&BlockKind::ListItem { depth: 1 }, "two"));
        assert_eq!(found[5], (&BlockKind::ListItem { depth: 0 }, "three"));
        assert!(matches!(found[6].0, BlockKind::TableRow { header: true, .. }));
        assert_eq!(found[7].1, "Board | May");
        assert_eq!(document.blocks[9].furniture, Some(Furniture::Glossary));
    }

    #[test]
    fn plain_text_is_not_markdown() {
        assert!(!looks_like_markdown("Aims\n====\n\n- one\n- two\n\n1. three"));
        assert!(!looks_like_markdown("#!/bin/sh\n# run"));
        assert!(looks_like_markdown("## Aims\n"));
    }
}
