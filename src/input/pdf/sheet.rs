//! One page after layout, and what all pages together tell of the body text.

use super::layout::Piece;
use super::line::Line;
use crate::document::Furniture;

/// A page with its pieces in reading order.
#[derive(Clone, Debug, Default)]
pub(super) struct Sheet {
    /// Height of the page, in points.
    pub height: f32,
    /// Its lines and tables.
    pub pieces: Vec<Piece>,
    /// For each piece, why it is no part of the text, if so.
    pub aside: Vec<Option<Furniture>>,
    /// How many of its codes have neither a character nor a width.
    pub unknown: usize,
    /// What people remarked on it, which is no part of its text.
    pub remarks: Vec<String>,
}

/// The look of the body text.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Body {
    /// The em in which most characters are set.
    pub size: f32,
    /// Most of them are bold, so that bold type tells nothing.
    pub bold: bool,
}

impl Sheet {
    /// All its text, to judge whether it can be read.
    pub fn text(&self) -> String {
        let mut out = String::new();
        for piece in &self.pieces {
            match piece {
                Piece::Line(line) => out.push_str(&line.text),
                Piece::Table(table) => {
                    for cell in table.rows.iter().flat_map(|r| &r.cells) {
                        out.push_str(cell);
                        out.push(' ');
                    }
                }
            }
            out.push('\n');
        }
        out
    }

    /// The lines with their place among the pieces.
    pub fn lines(&self) -> impl Iterator<Item = (usize, &Line)> {
        self.pieces.iter().enumerate().filter_map(|(i, piece)| Some((i, piece.line()?)))
    }
}

/// Finds the look of the body text: the size that most characters of lines have.
pub(super) fn body(sheets: &[Sheet]) -> Body {
    // Sizes in tenths of a point, up to 100 points.
    let mut plain = vec![0_usize; 1001];
    let mut bold = vec![0_usize; 1001];
    for (_, line) in sheets.iter().flat_map(Sheet::lines) {
        let slot = ((line.size * 10.0).round().max(0.0) as usize).min(1000);
        let of = if line.bold { &mut bold } else { &mut plain };
        of[slot] += line.text.len();
    }
    let near = |all: &[usize], at: usize| -> usize { all[at.saturating_sub(2)..(at + 3).min(all.len())].iter().sum() };
    let best = (0..plain.len()).max_by_key(|at| {
        let weight = near(&plain, *at) + near(&bold, *at);
        (weight, plain[*at] + bold[*at])
    });
    let at = best.unwrap_or(100);
    Body { size: at as f32 / 10.0, bold: near(&bold, at) > 2 * near(&plain, at) }
}
