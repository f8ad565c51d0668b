//! Reads text without markup.
//!
//! Comes in: the bytes of a text in UTF-8, UTF-16 or Windows-1252. Goes out: a document with
//! paragraphs, list items and what is safely a heading; form feeds end pages. How lines make
//! blocks is the work of [`lines`](super::lines).

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};

use super::lines::{Line, Shape, blocks, running_lines};
use super::{InputError, ReadOptions, Reader, detect};
use crate::document::{BlockKind, Document, Format, Furniture, Locator, Page};
use crate::input::furniture::Sections;

/// Reads plain text files.
#[derive(Clone, Copy, Debug)]
pub struct Text;

impl Reader for Text {
    fn format(&self) -> Format {
        Format::Text
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        is_text(bytes)
    }

    fn read(&self, bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError> {
        let text = decode(bytes);
        let mut document = Document { format: Format::Text, ..Document::default() };
        let text = text.trim_end();
        let paged = text.contains('\u{C}');
        let mut lines = Vec::new();
        for (i, page) in text.split('\u{C}').enumerate() {
            if i >= options.max_pages {
                document.warn(None, format!("the text has more than {i} pages; the rest was not read"));
                break;
            }
            let number = u32::try_from(i + 1).unwrap_or(u32::MAX);
            lines.extend(page.lines().map(|text| Line { text, page: number }));
            if paged {
                document.pages.push(Page::default());
            }
        }
        fill(&mut document, &lines, paged);
        if document.blocks.is_empty() {
            document.warn(None, "the file holds no text");
        }
        Ok(document)
    }
}

/// Turns lines into the blocks of a document.
fn fill(document: &mut Document, lines: &[Line<'_>], paged: bool) {
    let running = if paged { running_lines(lines) } else { Vec::new() };
    let mut sections = Sections::default();
    let mut said = std::collections::HashSet::new();
    let at = |page: u32| Locator { page: paged.then_some(page) };
    for &(i, kind) in &running {
        let Some(line) = lines.get(i) else { continue };
        let text = super::inline::tidy(line.text);
        if kind != Furniture::PageNumber && said.insert(text.clone()) {
            document.push(BlockKind::Paragraph, &text, at(line.page), Some(kind));
        }
    }
    let body: Vec<Line<'_>> = lines
        .iter()
        .enumerate()
        .filter(|(i, _)| running.binary_search_by_key(i, |(at, _)| *at).is_err())
        .map(|(_, line)| *line)
        .collect();
    for block in blocks(&body) {
        let at = at(block.page);
        match block.shape {
            Shape::Heading(level) => {
                let furniture = sections.heading(level, &block.text);
                document.push(BlockKind::Heading { level }, &block.text, at, furniture);
            }
            Shape::Item(depth) => {
                let kind = BlockKind::ListItem { depth };
                document.push(kind, &block.text, at, sections.current());
            }
            Shape::Paragraph => {
                document.push(BlockKind::Paragraph, &block.text, at, sections.current());
            }
            Shape::Row(table) => {
                let cells: Vec<String> = block.text.split('\t').map(super::inline::tidy).collect();
                document.push_row(table, false, &cells, at, sections.current());
            }
        }
    }
}

/// Whether bytes are text: no known binary kind, and hardly any control characters.
pub(super) fn is_text(bytes: &[u8]) -> bool {
    if bytes.is_empty() || detect::foreign(bytes).is_some() {
        return false;
    }
    let head = bytes.get(..bytes.len().min(64 << 10)).unwrap_or_default();
    let text = decode(head);
    let all = text.chars().count();
    let odd = text
        .chars()
        .filter(|&c| (c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{C}')) || c == '\u{FFFD}')
        .count();
    !text.contains('\0') && odd * 50 <= all
}

/// Decodes text: by its byte order mark, as UTF-16 where every other byte is zero, as UTF-8, or
/// else as Windows-1252.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let rest = bytes.get(mark..).unwrap_or_default();
        return encoding.decode_without_bom_handling(rest).0;
    }
    if let Some(encoding) = unmarked_utf16(bytes) {
        return encoding.decode_without_bom_handling(bytes).0;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Cow::Borrowed(text),
        // A head that was cut within a character is still UTF-8.
        Err(error) if error.error_len().is_none() && error.valid_up_to() > 0 => String::from_utf8_lossy(bytes),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    }
}

fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = bytes.get(..bytes.len().min(2048))?;
    let zeros = |from: usize| head.iter().skip(from).step_by(2).filter(|b| **b == 0).count();
    let half = head.len() / 2;
    match (zeros(0), zeros(1)) {
        _ if half < 4 => None,
        (0, odd) if odd * 10 > half * 7 => Some(UTF_16LE),
        (even, 0) if even * 10 > half * 7 => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &[u8]) -> Vec<(BlockKind, String)> {
        let document = Text.read(text, &ReadOptions::default()).unwrap();
        document.blocks.iter().map(|block| (block.kind.clone(), document.text_of(block).to_owned())).collect()
    }

    #[test]
    fn encodings() {
        assert_eq!(decode(b"caf\xE9 \x93x\x94"), "café “x”");
        assert_eq!(decode("\u{FEFF}é".as_bytes()), "é");
        let utf16: Vec<u8> = "Board é".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(&utf16), "Board é");
        assert!(is_text(&utf16));
        assert!(!is_text(b"\x01\x02\x03\x04\x00\x00binary\x00"));
    }

    #[test]
    fn form_feeds_are_pages() {
        let text = b"First page text that goes on and\n\x0Con here.\n\nNew one.\x0C";
        let document = Text.read(text, &ReadOptions::default()).unwrap();
        assert_eq!(document.pages.len(), 2);
        assert_eq!(document.text_of(&document.blocks[0]), "First page text that goes on and on here.");
        assert_eq!(document.blocks[1].locator.page, Some(2));
    }

    #[test]
    fn rows_by_tabs() {
        let rows = read(b"Action\tOwner\nOpen hub\tBoard\n\nEnd.");
        assert!(matches!(rows[1].0, BlockKind::TableRow { .. }));
        assert_eq!(rows[1].1, "Open hub | Board");
        assert_eq!(rows[2].0, BlockKind::Paragraph);
    }
}
