//! Gathers pieces in order and joins paragraphs between which the mark is gone.
//!
//! Comes in: paragraphs and tables as they end. Goes out: pieces.

use super::{Paragraph, Piece};
use crate::document::Place;

/// Pieces in order, of which the last paragraph may run on into the next.
#[derive(Debug, Default)]
pub(in crate::input) struct Pieces {
    done: Vec<Piece>,
    running: Option<Paragraph>,
}

impl Pieces {
    /// Adds a paragraph; one that runs on is joined with the next.
    pub(in crate::input) fn paragraph(&mut self, paragraph: Paragraph, runs_on: bool) {
        let paragraph = match self.running.take() {
            Some(first) => join(first, paragraph),
            None => paragraph,
        };
        if runs_on {
            self.running = Some(paragraph);
        } else {
            self.done.push(Piece::Paragraph(paragraph));
        }
    }

    /// Adds another piece.
    pub(in crate::input) fn piece(&mut self, piece: Piece) {
        self.flush();
        self.done.push(piece);
    }

    /// Takes out what is complete.
    pub(in crate::input) fn take(&mut self) -> Vec<Piece> {
        std::mem::take(&mut self.done)
    }

    /// Takes out everything.
    pub(in crate::input) fn finish(mut self) -> Vec<Piece> {
        self.flush();
        self.done
    }

    /// Ends a paragraph that runs on into nothing.
    pub(in crate::input) fn flush(&mut self) {
        self.done.extend(self.running.take().map(Piece::Paragraph));
    }
}

/// Two paragraphs that are one since the mark between them is gone. The mark that is left rules.
fn join(mut first: Paragraph, second: Paragraph) -> Paragraph {
    if first.text.trim().is_empty() {
        first.page = second.page;
        first.bold = second.bold;
        first.contents = second.contents;
    } else if !second.text.trim().is_empty() {
        first.bold &= second.bold;
        first.contents &= second.contents;
    }
    first.text.push_str(&second.text);
    first.role = second.role;
    first.place = spanning(first.place, second.place);
    first.notes.extend(second.notes);
    first.boxes.extend(second.boxes);
    first.section = first.section.or(second.section);
    first
}

/// From the first of two places to the last.
pub(in crate::input) fn spanning(a: Option<Place>, b: Option<Place>) -> Option<Place> {
    match (a, b) {
        (Some(a), Some(b)) => Some(Place { first: a.first.min(b.first), last: a.last.max(b.last) }),
        (a, b) => a.or(b),
    }
}
