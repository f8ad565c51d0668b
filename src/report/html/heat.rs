//! The heat map: every document against every criterion, in one drawing.
//!
//! Comes in: documents in short. Goes out: squares by rating, as a few long paths, so that ten
//! thousand documents stay a small drawing. The table of ratings says the same in words.

use super::brief::{Brief, Cell};
use crate::report::{Head, PackInfo, words};
use std::fmt::Write;

/// One drawing.
pub(super) struct Heat {
    pub width: usize,
    pub height: usize,
    /// Squares of one rating: its class and the outline of all of them.
    pub squares: Vec<(&'static str, String)>,
    pub labels: Vec<Label>,
    /// What is drawn, in a sentence.
    pub said: String,
}

/// A word in the drawing.
pub(super) struct Label {
    pub x: usize,
    pub y: usize,
    pub text: String,
}

/// How squares are laid out.
struct Layout {
    /// Side of a square with the space after it.
    step: usize,
    /// Documents beside one another before the next band begins; `None` for a document a row.
    band: Option<usize>,
    /// Space for words on the left and on top.
    left: usize,
    top: usize,
}

/// Documents that have a row with a name each; more stand side by side in bands.
const ROWS: usize = 200;
/// Letters of a document's name, and their width.
const NAME: usize = 24;
const LETTER: usize = 7;

impl Heat {
    /// The drawing of all packs where every document has a row, of the first where they stand in
    /// bands.
    pub(super) fn of(head: &Head, briefs: &[Brief]) -> Self {
        let packs = if briefs.len() > ROWS { 1 } else { head.packs.len() };
        let packs = head.packs.get(..packs).unwrap_or(&[]);
        let columns: usize = packs.iter().map(|p| p.criteria.len()).sum();
        let layout = if briefs.len() > ROWS {
            Layout { step: 4, band: Some(ROWS), left: 60, top: 4 }
        } else {
            Layout { step: 14, band: None, left: (NAME + 10) * LETTER, top: 18 }
        };
        let mut out = Self { width: 0, height: 0, squares: Vec::new(), labels: Vec::new(), said: String::new() };
        for (row, brief) in briefs.iter().enumerate() {
            out.document(&layout, (packs, columns), row, brief);
        }
        if layout.band.is_none() {
            let mut at = layout.left;
            for (i, pack) in packs.iter().enumerate() {
                out.labels.push(Label {
                    x: at,
                    y: 12,
                    text: words::shorten(&words::clean(&pack.title), pack.criteria.len() * 2 + 8),
                });
                at += pack.criteria.len() * layout.step + if i + 1 < packs.len() { layout.step } else { 0 };
            }
        }
        out.said = format!(
            "{} against {}, darker the firmer",
            words::count(briefs.len(), "document", "documents"),
            words::count(columns, "criterion", "criteria")
        );
        out
    }

    fn document(&mut self, layout: &Layout, (packs, columns): (&[PackInfo], usize), row: usize, brief: &Brief) {
        let mut column = 0;
        for (pack, info) in packs.iter().enumerate() {
            for criterion in 0..info.criteria.len() {
                let cell = brief.packs.get(pack).and_then(|cells| cells.get(criterion));
                self.square(layout, cell.map_or("na", Cell::sign), layout.place(row, column, columns));
                column += 1;
            }
            column += 1;
        }
        match layout.band {
            None => {
                let text = format!("{} {}", brief.n, words::shorten(&brief.name, NAME));
                self.labels.push(Label { x: 0, y: layout.top + row * layout.step + layout.step - 4, text });
            }
            Some(band) if row.is_multiple_of(band) => {
                let (_, y) = layout.place(row, 0, columns);
                self.labels.push(Label { x: 0, y: y + 2 * layout.step, text: brief.n.to_string() });
            }
            Some(_) => {}
        }
    }

    fn square(&mut self, layout: &Layout, class: &'static str, (x, y): (usize, usize)) {
        let side = layout.step - if layout.step > 8 { 2 } else { 1 };
        (self.width, self.height) = (self.width.max(x + layout.step), self.height.max(y + layout.step));
        let index = self.squares.iter().position(|(c, _)| *c == class).unwrap_or_else(|| {
            self.squares.push((class, String::new()));
            self.squares.len() - 1
        });
        // What is to check is a dot, so that it is told from what is missing without any colour.
        let (x, y, side) = if class == "open" { (x + side / 3, y + side / 3, side / 2) } else { (x, y, side) };
        let _ = write!(self.squares[index].1, "M{x} {y}h{side}v{side}h-{side}z");
    }
}

impl Layout {
    fn place(&self, row: usize, column: usize, columns: usize) -> (usize, usize) {
        match self.band {
            None => (self.left + column * self.step, self.top + row * self.step),
            Some(band) => {
                let y = self.top + (row / band) * (columns + 1) * self.step * 3 / 2 + column * self.step;
                (self.left + (row % band) * self.step, y)
            }
        }
    }
}
