//! Reads web pages (HTML), saved from a browser or written by an office program.
//!
//! Comes in: the bytes of the page. Goes out: a document with its headings, paragraphs, list items
//! and table rows in the order of the page; navigation, heads and feet as furniture. It applies no
//! style sheets and runs no scripts: only what the page itself hides is left out.

mod element;
mod page;
mod tables;
#[cfg(test)]
mod tests;

use std::borrow::Cow;

use encoding_rs::Encoding;

use self::page::WebPage;
use super::pieces::Sink;
use super::text::decode;
use super::{InputError, ReadOptions, Reader};
use crate::document::{BlockKind, Document, Format};

/// Bytes in which a page says what it is.
const HEAD: usize = 4096;

/// Reads web pages.
#[derive(Clone, Copy, Debug)]
pub struct Html;

impl Reader for Html {
    fn format(&self) -> Format {
        Format::Html
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        let head = decode(head(bytes));
        let head = head.trim_start_matches(['\u{FEFF}', ' ', '\t', '\r', '\n']).to_lowercase();
        let is_page = head.starts_with("<!doctype html")
            || head.starts_with("<html")
            || (head.starts_with('<') && (head.contains("<html") || head.contains("<body") || is_part(&head)));
        is_page && !head.contains("<office:document")
    }

    fn read(&self, bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError> {
        let text = decoded(bytes);
        let mut document = Document::default();
        let (mut title, mut too_deep) = (None, false);
        // A page may speak of a main part that is empty until a program fills it.
        for has_main in [text.contains("<main") || text.contains("role=\"main\""), false] {
            document = Document { format: Format::Html, ..Document::default() };
            let sink = Sink::new(&mut document, Default::default(), options);
            (title, too_deep) = WebPage::new(&text, options.revisions, sink, has_main).read();
            if !has_main || document.blocks.iter().any(|block| block.furniture.is_none()) {
                break;
            }
        }
        let heading = document.blocks.iter().find(|block| block.kind == BlockKind::Heading { level: 1 });
        document.title = title.or_else(|| heading.map(|block| document.text_of(block).to_owned()));
        if too_deep {
            document.warn(None, "its parts are nested too deeply; what comes after the first such part was not read");
        }
        if document.blocks.is_empty() {
            document.warn(None, "the page holds no text; a program in it may have shown some");
        }
        Ok(document)
    }
}

/// Whether a text is a part of a page: it opens with an element that holds others, closes it, and no line of it is
/// written as Markdown is.
fn is_part(head: &str) -> bool {
    const OUTER: [&str; 14] =
        ["p", "div", "h1", "h2", "h3", "table", "ul", "ol", "section", "article", "main", "head", "title", "meta"];
    let end = |c: char| !c.is_ascii_alphanumeric();
    let opens = head.strip_prefix('<').and_then(|rest| rest.split(end).next()).unwrap_or_default();
    let marked = |line: &str| line.trim_start().starts_with(['#', '-', '*', '|', '`']);
    OUTER.contains(&opens) && head.contains("</") && !head.lines().any(marked)
}

fn head(bytes: &[u8]) -> &[u8] {
    bytes.get(..bytes.len().min(HEAD)).unwrap_or_default()
}

/// The text of a page: in UTF-8 or 16 where it is so, else in the encoding that it names.
fn decoded(bytes: &[u8]) -> Cow<'_, str> {
    if Encoding::for_bom(bytes).is_none() && std::str::from_utf8(bytes).is_err() {
        let head = String::from_utf8_lossy(head(bytes)).to_lowercase();
        let label = head.split_once("charset=").map(|(_, rest)| {
            let rest = rest.trim_start_matches(['"', '\'', ' ']);
            rest.split(['"', '\'', ' ', ';', '>', '/']).next().unwrap_or_default().to_owned()
        });
        let named = label.and_then(|label| Encoding::for_label(label.as_bytes()));
        if let Some(encoding) = named.filter(|encoding| encoding.is_ascii_compatible()) {
            return encoding.decode_without_bom_handling(bytes).0;
        }
    }
    decode(bytes)
}
