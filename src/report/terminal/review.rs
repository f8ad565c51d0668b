//! An officer's judgements in the terminal report, below what the machine says.

use super::grid::{self, Cell};
use super::{colour, paragraph};
use crate::assess::Assessment;
use crate::report::words::clean;
use crate::report::{DocumentReport, Head, officer};
use anstyle::{AnsiColor, Style};

/// The rating with the officer's words counted, and each judgement on a criterion.
pub(super) fn rows(out: &mut String, document: &DocumentReport, criterion: &Assessment, columns: &[usize; 3]) {
    let Some(reviewed) = document.reviewed(criterion) else { return };
    let own = |name: &str, text: &str, style: Style, out: &mut String| {
        let cells = [Cell::default(), Cell::wrapped(name, columns[1], style), Cell::wrapped(text, columns[2], style)];
        grid::row(out, columns, &cells);
    };
    own(&reviewed.range(), "with the officer's words counted", colour(AnsiColor::Blue), out);
    for facet in &criterion.facets {
        let Some(judged) = document.judgement(&criterion.pack, &facet.id) else { continue };
        let style = if judged.stands { Style::new() } else { colour(AnsiColor::Magenta) };
        let name = if judged.stands { "officer" } else { "look again" };
        own(name, &format!("{}: {}", clean(&facet.title), officer::said(judged)), style, out);
        for passage in officer::said_of_passages(judged, facet) {
            own("", &passage, Style::new(), out);
        }
    }
}

/// The cell of a matrix with the officer's rating below the machine's.
pub(super) fn below(cell: Cell, officer: Option<&str>, width: usize) -> Cell {
    match officer {
        Some(rating) => cell.then(&format!("officer: {rating}"), width, colour(AnsiColor::Blue)),
        None => cell,
    }
}

/// What the review comes to, document by document: paths, and what is said of each.
pub(super) fn summary(out: &mut String, head: &Head, reviews: &[(&str, String)], width: usize) {
    let Some(file) = &head.review else { return };
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
    for (path, said) in reviews {
        let name = if path.is_empty() { String::new() } else { format!("{}: ", clean(path)) };
        paragraph(out, "", &format!("{name}{said}"), width);
    }
    let absent = officer::absent(file);
    if !absent.is_empty() {
        paragraph(out, "! ", &absent, width);
    }
    if reviews.is_empty() {
        paragraph(out, "! ", &format!("No judgement of {} fits a document checked here.", clean(&file.path)), width);
    }
}
