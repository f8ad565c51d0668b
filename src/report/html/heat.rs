//! The heat map: every document against every criterion, in one drawing.
//!
//! Comes in: documents in short. Goes out: squares by rating, as a few long paths, so that ten
//! thousand documents stay a small drawing. The table of ratings says the same in words.

use super::brief::{Brief, Cell};
use crate::report::words::called::Called;
use crate::report::{CriterionInfo, Head, PackInfo, words};
use std::fmt::Write;

/// One drawing.
#[derive(Default)]
pub(super) struct Heat {
    pub width: usize,
    pub height: usize,
    /// Squares of one rating: its class and the outline of all of them.
    pub squares: Vec<(&'static str, String)>,
    pub labels: Vec<Label>,
    /// Where thin lines guide the eye along the rows.
    pub lines: Vec<usize>,
    /// What is drawn, in a sentence.
    pub said: String,
}

/// A word in the drawing.
pub(super) struct Label {
    pub x: usize,
    pub y: usize,
    pub text: String,
    /// Whether it is read from below.
    pub turned: bool,
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
/// Letters of the names of a document and of a criterion, and the width of a letter.
const NAME: usize = 26;
const CRITERION: usize = 34;
const LETTER: usize = 7;
/// Letters of the title of a pack, and its height.
const NAME_OF_PACK: usize = 70;
const TITLE: usize = 18;
/// Documents from one guiding line to the next.
const GUIDE: usize = 5;

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
            // A title a pack on a line of its own, then the names of criteria.
            let top = packs.len() * TITLE + CRITERION * LETTER;
            Layout { step: 14, band: None, left: (NAME + 6) * LETTER, top }
        };
        let mut out = Self::default();
        for (row, brief) in briefs.iter().enumerate() {
            out.document(&layout, (packs, columns), row, brief);
        }
        if layout.band.is_none() {
            out.columns(&layout, packs);
            out.lines = (1..briefs.len().div_ceil(GUIDE)).map(|n| layout.top + n * GUIDE * layout.step - 1).collect();
        }
        out.said = format!(
            "{} against {}, darker the firmer",
            words::count(briefs.len(), "document", "documents"),
            words::count(columns, "criterion", "criteria")
        );
        out
    }

    /// The titles of packs and, below them, the names of their criteria.
    fn columns(&mut self, layout: &Layout, packs: &[PackInfo]) {
        let mut x = layout.left;
        for (line, pack) in (1..).zip(packs) {
            let text = words::shorten(&words::clean(&pack.title), NAME_OF_PACK);
            self.width = self.width.max(x + text.chars().count() * LETTER);
            self.labels.push(Label { x, y: line * TITLE - 6, text, turned: false });
            for criterion in &pack.criteria {
                let text = words::shorten(&in_few_words(criterion), CRITERION);
                self.labels.push(Label { x: x + layout.step - 4, y: layout.top - 5, text, turned: true });
                x += layout.step;
            }
            x += layout.step;
        }
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
                self.labels.push(Label {
                    x: 0,
                    y: layout.top + row * layout.step + layout.step - 4,
                    text,
                    turned: false,
                });
            }
            Some(band) if row.is_multiple_of(band) => {
                let (_, y) = layout.place(row, 0, columns);
                let text = brief.n.to_string();
                self.labels.push(Label { x: 0, y: y + 2 * layout.step, text, turned: false });
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
        // So is what was not assessed, by a stroke.
        let _ = if class == "na" {
            write!(self.squares[index].1, "M{x} {}l{side} -{side}", y + side)
        } else {
            write!(self.squares[index].1, "M{x} {y}h{side}v{side}h-{side}z")
        };
    }
}

/// A criterion by its handle and what its title comes to: "R12 benefits advice" of "Recommendation 12: benefits advice".
fn in_few_words(criterion: &CriterionInfo) -> String {
    let title = criterion.title.rsplit_once(": ").map_or(criterion.title.as_str(), |(_, rest)| rest);
    words::clean(&format!("{} {title}", criterion.handle()))
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
