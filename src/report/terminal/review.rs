//! An officer's judgements in the terminal report, below what the machine says.

use super::grid::{self, Cell};
use super::{colour, paragraph};
use crate::assess::Assessment;
use crate::report::words::clean;
use crate::report::{DocumentReport, Report, officer};
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
pub(super) fn below(cell: Cell, document: &DocumentReport, criterion: &Assessment, width: usize) -> Cell {
    match document.reviewed(criterion) {
        Some(reviewed) => cell.then(&format!("officer: {}", reviewed.range()), width, colour(AnsiColor::Blue)),
        None => cell,
    }
}

/// What the review comes to, document by document.
pub(super) fn summary(out: &mut String, report: &Report, width: usize) {
    let Some(file) = &report.head.review else { return };
    let many = report.documents.len() > 1;
    if !out.ends_with("\n\n") {
        out.push('\n');
    }
    for document in &report.documents {
        if let Some(review) = &document.review {
            let name = if many { format!("{}: ", clean(&document.path)) } else { String::new() };
            paragraph(out, "", &format!("{name}{}", officer::summary(review)), width);
        }
    }
    let absent = officer::absent(file);
    if !absent.is_empty() {
        paragraph(out, "! ", &absent, width);
    }
    if !report.documents.iter().any(|d| d.review.is_some()) {
        paragraph(out, "! ", &format!("No judgement of {} fits a document checked here.", clean(&file.path)), width);
    }
}
