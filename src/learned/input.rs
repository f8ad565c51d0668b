//! What a learned model is shown of a passage: its words, and what stands above it.
//!
//! The last heading, the lead-in of a list and the names of a row's columns give context; they
//! are told apart from the passage's own words. It does not weigh anything.

use crate::document::Span;
use crate::segment::{Passage, Segmented};

/// One part of what is shown, in reading order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Words of the passage.
    Own(Span),
    /// Words above it, and how many pieces of them are shown.
    Above(Span, usize),
    /// A border after words above it.
    AboveEnds,
    /// A border between cells.
    CellEnds,
}

/// Pieces of a heading or lead-in that are shown.
const ABOVE: usize = 24;
/// Pieces of a column's name that are shown.
const COLUMN: usize = 8;
/// Pieces of the passage's own that are shown.
pub(super) const OWN: usize = 160;

/// The parts that a passage is shown as.
pub(super) fn parts(s: &Segmented<'_>, passage: &Passage) -> Vec<Part> {
    let mut out = Vec::new();
    let above = |span: Span, most: usize, out: &mut Vec<Part>| {
        if !span.of(&s.document.text).trim().is_empty() {
            out.extend([Part::Above(span, most), Part::AboveEnds]);
        }
    };
    if let Some(&heading) = passage.headings.last() {
        above(s.headings[heading].span, ABOVE, &mut out);
    }
    if let Some(lead_in) = passage.lead_in {
        above(s.passages[lead_in].span, ABOVE, &mut out);
    }
    if passage.cells.is_empty() {
        out.push(Part::Own(passage.span));
    }
    for (column, cell) in passage.cells.iter().enumerate() {
        if column > 0 {
            out.push(Part::CellEnds);
        }
        above(s.folded.span(cell.header.clone()), COLUMN, &mut out);
        out.push(Part::Own(s.folded.span(cell.tokens.clone())));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{BlockKind, Document, Locator};
    use crate::segment::segment;

    #[test]
    fn a_row_is_shown_with_the_names_of_its_columns() {
        let mut d = Document::default();
        let l = Locator::default();
        d.push(BlockKind::Heading { level: 1 }, "Plan", l, None);
        d.push_row(0, true, &["Action", "Lead"], l, None);
        d.push_row(0, false, &["Fund advice", "Money team"], l, None);
        let s = segment(&d);
        let told: Vec<String> = parts(&s, &s.passages[0])
            .into_iter()
            .map(|p| match p {
                Part::Own(span) => span.of(&d.text).to_owned(),
                Part::Above(span, _) => format!("({})", span.of(&d.text)),
                Part::AboveEnds => ":".to_owned(),
                Part::CellEnds => "|".to_owned(),
            })
            .collect();
        assert_eq!(told, ["(Plan)", ":", "(Action)", ":", "Fund advice", "|", "(Lead)", ":", "Money team"]);
    }
}
