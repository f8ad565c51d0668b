//! Drafts to the document.

use super::bullet::Marker;
use super::draft::{Draft, Kind};
use super::hyphen::{BREAK, Hyphens, SPLIT};
use super::table::Row;
use crate::document::{BlockKind, Document, Furniture, Locator};

/// Writes the drafts into a document, with line-end hyphens settled.
pub(super) fn write(drafts: &[Draft], document: &mut Document) {
    let mut hyphens = Hyphens::default();
    if texts(drafts).any(|t| t.contains([BREAK, SPLIT])) {
        texts(drafts).for_each(|t| hyphens.learn(t));
        texts(drafts).for_each(|t| hyphens.count(t));
    }
    let mut depths = Depths::default();
    for draft in drafts {
        let locator = Locator { page: u32::try_from(draft.page + 1).ok() };
        if let Some(table) = &draft.table {
            let mut push = |row: &Row, header, furniture| {
                let cells: Vec<_> = row.cells.iter().map(|c| hyphens.settle(c)).collect();
                document.push_row(table.number, header, &cells, locator, furniture);
                document.mark_again(row.again.clone());
            };
            // What a reader of one page needs is a running head to who reads on.
            table.repeated.iter().for_each(|row| push(row, true, Some(Furniture::Header)));
            for (at, row) in table.rows.iter().enumerate() {
                push(row, table.headed && table.heads(at), draft.furniture);
            }
            depths.clear();
            continue;
        }
        let text = hyphens.settle(draft.text.trim());
        if text.is_empty() {
            continue;
        }
        let kind = match draft.kind {
            Kind::Heading(level) => BlockKind::Heading { level },
            Kind::Item(_) => BlockKind::ListItem { depth: draft.depth.unwrap_or_else(|| depths.of(draft)) },
            Kind::Footnote => BlockKind::Footnote,
            Kind::Caption => BlockKind::Caption,
            Kind::Text | Kind::Table => BlockKind::Paragraph,
        };
        if draft.furniture.is_none() && matches!(draft.kind, Kind::Heading(_) | Kind::Text) {
            depths.clear();
        }
        document.push(kind, &text, locator, draft.furniture);
        if let Some(block) = document.blocks.last_mut() {
            block.label = label(draft);
        }
    }
}

/// The number of an item or a note; a bullet is none.
fn label(draft: &Draft) -> Option<String> {
    let marker = draft.marker.trim();
    let is_number = marker.contains(|c: char| c.is_ascii_digit()) || draft.kind == Kind::Item(Marker::Number);
    let stands_apart = matches!(draft.kind, Kind::Item(_) | Kind::Footnote);
    (stands_apart && is_number && !marker.is_empty()).then(|| marker.to_owned())
}

/// The texts of all drafts, table cells among them.
fn texts(drafts: &[Draft]) -> impl Iterator<Item = &String> {
    drafts.iter().flat_map(|d| {
        let rows = d.table.iter().flat_map(|t| t.repeated.iter().chain(&t.rows));
        std::iter::once(&d.text).chain(rows.flat_map(|r| &r.cells))
    })
}

/// The indents of the lists that are open.
#[derive(Default)]
struct Depths {
    indents: Vec<f32>,
    place: (usize, usize),
}

impl Depths {
    fn clear(&mut self) {
        self.indents.clear();
    }

    fn of(&mut self, draft: &Draft) -> u8 {
        let place = (draft.page, draft.column);
        if place != self.place && self.indents.len() < 2 {
            self.clear();
        }
        self.place = place;
        while self.indents.last().is_some_and(|top| draft.indent < top - 3.0) {
            self.indents.pop();
        }
        if self.indents.last().is_none_or(|top| draft.indent > top + 5.0) {
            self.indents.push(draft.indent);
        }
        u8::try_from(self.indents.len().saturating_sub(1)).unwrap_or(8).min(8)
    }
}

/// The largest text of the first page, where the file declares no title.
pub(super) fn title(document: &Document) -> Option<String> {
    let headings =
        document.blocks.iter().filter(|b| b.locator.page == Some(1) && b.furniture != Some(Furniture::Contents));
    let best = headings
        .filter_map(|b| match b.kind {
            BlockKind::Heading { level } => Some((level, document.text_of(b))),
            _ => None,
        })
        .min_by_key(|(level, _)| *level)?;
    (best.1.len() >= 4).then(|| best.1.to_owned())
}
