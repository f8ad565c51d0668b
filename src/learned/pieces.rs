//! Text to the word pieces that a convolution model knows.
//!
//! Comes in: what is shown of a passage. Goes out: the numbers of its pieces, each with its place.
//! It weighs nothing.

use super::input::{OWN, Part};
use super::words::each_word;
use std::collections::HashMap;

/// The pieces that a model knows.
#[derive(Debug)]
pub(super) struct Pieces {
    ids: HashMap<String, u16>,
    longest: usize,
}

/// A piece as it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Piece {
    /// Its number in the model.
    pub id: u16,
    /// It stands above the passage.
    pub above: bool,
    /// Bytes of the document that it stands for; empty for borders.
    pub at: (usize, usize),
}

/// A piece that stands for an unknown word.
const UNKNOWN: u16 = 1;
/// A border between parts.
const BORDER: u16 = 2;

impl Pieces {
    pub fn new(pieces: Vec<String>) -> Self {
        let longest = pieces.iter().map(|p| p.trim_start_matches("##").len()).max().unwrap_or(1);
        Self { ids: pieces.into_iter().zip(0..=u16::MAX).collect(), longest }
    }

    /// The pieces of what is shown of a passage, in place of those that were there.
    pub fn cut(&self, text: &str, parts: &[Part], out: &mut Vec<Piece>) {
        out.clear();
        let mut left = OWN;
        let border = |above: bool| Piece { id: BORDER, above, at: (0, 0) };
        for part in parts {
            match *part {
                Part::Above(span, most) => {
                    self.cut_text(span.of(text), span.start, true, most, out);
                }
                Part::AboveEnds => out.push(border(true)),
                Part::CellEnds => out.push(border(false)),
                Part::Own(span) => left -= self.cut_text(span.of(text), span.start, false, left, out),
            }
            if left == 0 {
                break;
            }
        }
    }

    /// Appends at most so many pieces of a text; tells how many there were.
    fn cut_text(&self, text: &str, start: usize, above: bool, most: usize, out: &mut Vec<Piece>) -> usize {
        let first = out.len();
        let mut inner = String::new();
        each_word(text, |word, at| {
            let at = (start + at.start, start + at.end);
            self.cut_word(word, &mut inner, &mut |id| out.push(Piece { id, above, at }));
            out.len() - first < most
        });
        out.truncate(first + most);
        out.len() - first
    }

    /// The longest known piece first, then on from where it ends; unknown where none fits.
    fn cut_word(&self, word: &str, inner: &mut String, push: &mut dyn FnMut(u16)) {
        if let Some(&id) = self.ids.get(word) {
            return push(id);
        }
        let mut found = Vec::new();
        let mut from = 0;
        while from < word.len() {
            inner.clear();
            inner.push_str(if from > 0 { "##" } else { "" });
            let mark = inner.len();
            inner.push_str(&word[from..]);
            let longest = (mark + self.longest).min(inner.len());
            let ends = (mark + 1..=longest).rev().filter(|&end| inner.is_char_boundary(end));
            match ends.map(|end| (end, self.ids.get(&inner[..end]))).find(|(_, id)| id.is_some()) {
                Some((end, Some(&id))) => {
                    found.push(id);
                    from += end - mark;
                }
                _ => return push(UNKNOWN),
            }
        }
        found.into_iter().for_each(push);
    }
}
