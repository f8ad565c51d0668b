//! `goldthread text`: what was read, so that anyone can check the reader.

use super::{done, print, read_file};
use crate::cli::TextArgs;
use anyhow::Result;
use goldthread::document::{Block, BlockKind, Document, Legibility};
use std::fmt::Write;
use std::process::ExitCode;

/// Reads one file and prints its blocks.
pub fn run(args: &TextArgs) -> Result<ExitCode> {
    let document = read_file(&args.file, &args.read)?;
    let out = if args.json {
        json(&document)?
    } else if args.plain {
        plain(&document)
    } else {
        listing(&document)
    };
    print(out.as_bytes())?;
    Ok(done())
}

/// One block a line: page, kind, heading path, text.
fn listing(document: &Document) -> String {
    let mut out = String::new();
    let mut path: Vec<(u8, &str)> = Vec::new();
    let (mut boxed, mut around) = (0, Vec::new());
    for warning in &document.warnings {
        let page = warning.page.map_or_else(String::new, |p| format!("page {p}: "));
        let _ = writeln!(out, "warning\t{page}{}", one_line(&warning.message));
    }
    for (number, page) in (1..).zip(&document.pages) {
        if page.legibility != Legibility::Readable {
            let _ = writeln!(out, "page {number}\t{}", legibility(page.legibility));
        }
    }
    for block in &document.blocks {
        let page = block.locator.page.map_or_else(|| "-".to_owned(), |p| p.to_string());
        let text = labelled(document, block);
        if block.furniture.is_none() && block.boxed != boxed {
            // Headings of a text box end with it.
            match boxed {
                0 => around.clone_from(&path),
                _ => path.clone_from(&around),
            }
            boxed = block.boxed;
        }
        if let (BlockKind::Heading { level }, None) = (&block.kind, block.furniture) {
            path.retain(|(l, _)| l < level);
        }
        let above = path.iter().map(|(_, t)| one_line(t)).collect::<Vec<_>>().join(" > ");
        let _ = writeln!(out, "{page}\t{}\t{above}\t{}", kind(block), one_line(&text));
        if let (BlockKind::Heading { level }, None) = (&block.kind, block.furniture) {
            path.push((*level, document.text_of(block)));
        }
    }
    out
}

/// The text of a block behind its number, where it has one.
fn labelled(document: &Document, block: &Block) -> String {
    let label = block.label.iter().flat_map(|label| [label.as_str(), " "]);
    label.chain([&*document.shown_of(block)]).collect()
}

fn kind(block: &Block) -> String {
    let kind = match &block.kind {
        BlockKind::Heading { level } => format!("heading {level}"),
        BlockKind::Paragraph => "paragraph".to_owned(),
        BlockKind::ListItem { depth } => format!("bullet {}", depth + 1),
        BlockKind::TableRow { table, header: true, .. } => format!("header {}", table + 1),
        BlockKind::TableRow { table, .. } => format!("row {}", table + 1),
        BlockKind::Footnote => "footnote".to_owned(),
        BlockKind::Caption => "caption".to_owned(),
    };
    match block.furniture {
        Some(furniture) => format!("{kind} ({})", format!("{furniture:?}").to_lowercase()),
        None => kind,
    }
}

const fn legibility(page: Legibility) -> &'static str {
    match page {
        Legibility::Readable => "readable",
        Legibility::Blank => "blank",
        Legibility::NoText => "picture without text",
        Legibility::Garbled => "text without meaning: wrong character maps",
        Legibility::NotRead => "not read",
        Legibility::Recognised => "read from its picture",
    }
}

/// One JSON object a line.
fn json(document: &Document) -> Result<String> {
    let mut out = String::new();
    for block in &document.blocks {
        let line = serde_json::json!({
            "page": block.locator.page,
            "block": block.kind,
            "label": block.label,
            "furniture": block.furniture,
            "span": block.span,
            "text": document.text_of(block),
        });
        out.push_str(&serde_json::to_string(&line)?);
        out.push('\n');
    }
    Ok(out)
}

/// Body text, a form feed between pages.
fn plain(document: &Document) -> String {
    let mut out = String::new();
    let mut page = document.blocks.first().and_then(|b| b.locator.page);
    for block in document.blocks.iter().filter(|b| b.furniture.is_none()) {
        if block.locator.page != page && block.locator.page.is_some() {
            out.push('\u{c}');
            page = block.locator.page;
        }
        out.push_str(&labelled(document, block));
        out.push('\n');
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).collect()
}
