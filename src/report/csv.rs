//! The evidence as a long table for programs: one row a passage, UTF-8, comma-separated.
//!
//! [`HEADER`] names the columns and `docs/forms.md` says what they hold. A cell that a spreadsheet
//! could take for a formula begins with an apostrophe. A document that was not judged has one row
//! that says so.

use super::checks::{self, Chance};
use super::officer::{self, RatingReview};
use super::rows::{Passage, Role, Row, rows};
use super::{DocumentReport, Medium, ReportError, Reporter, Source, words};
use crate::assess::Status;
use csv::{Terminator, Writer, WriterBuilder};
use std::io;

/// The form for analysts.
#[derive(Debug)]
pub struct Csv;

/// The columns.
pub const HEADER: [&str; 33] = [
    "document",
    "title",
    "status",
    "pack",
    "criterion",
    "criterion_title",
    "rating",
    "rating_if_checks_hold",
    "rating_words_only",
    "point",
    "point_title",
    "verdict",
    "chance",
    "words_only",
    "role",
    "rank",
    "level",
    "certainty",
    "found_by",
    "page",
    "page_label",
    "recognised",
    "headings",
    "kind",
    "passage",
    "matched",
    "why_not",
    "reasons",
    "officer",
    "officer_passage",
    "officer_rating",
    "label",
    "owner",
];

/// The column that says why a document was not judged.
const WHY_NOT: usize = 26;

impl Reporter for Csv {
    fn name(&self) -> &'static str {
        "csv"
    }

    fn write(&self, source: &dyn Source, _: &Medium, out: &mut dyn io::Write) -> Result<(), ReportError> {
        let mut table = WriterBuilder::new().terminator(Terminator::CRLF).from_writer(out);
        record(&mut table, HEADER.map(str::to_owned))?;
        source.each(&mut |document| {
            if document.status != Status::Assessed {
                return record(&mut table, unjudged(document));
            }
            rows(document).try_for_each(|row| record(&mut table, cells(document, &row)))
        })?;
        Ok(table.flush()?)
    }
}

fn record<W: io::Write, const N: usize>(table: &mut Writer<W>, cells: [String; N]) -> Result<(), ReportError> {
    table.write_record(cells.map(no_formula)).map_err(|error| ReportError::Write(refused(error)))
}

/// Why a table's place did not take it, of the kind that it told: a reader that has gone away stays one.
pub(crate) fn refused(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A cell that no spreadsheet takes for a formula.
pub(crate) fn no_formula(cell: String) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}', '\u{ff0d}', '\u{ff20}']);
    if formula { format!("'{cell}") } else { cell }
}

/// The row of a document that was not judged.
fn unjudged(document: &DocumentReport) -> [String; HEADER.len()] {
    let mut out = [const { String::new() }; HEADER.len()];
    out[..3].clone_from_slice(&head(document));
    out[WHY_NOT] = words::trouble(document);
    out
}

fn head(document: &DocumentReport) -> [String; 3] {
    let title = document.title.as_deref().map(words::clean).unwrap_or_default();
    [words::clean(&document.path), title, words::status(document.status).to_owned()]
}

fn label(document: &DocumentReport) -> String {
    document.plan.label.as_deref().map(words::clean).unwrap_or_default()
}

fn cells(document: &DocumentReport, row: &Row<'_>) -> [String; HEADER.len()] {
    let (criterion, facet) = (row.criterion, row.facet);
    let [path, title, status] = head(document);
    let best = criterion.rating_if_checks_hold.unwrap_or(criterion.rating);
    let judged = document.judgement(&criterion.pack, &facet.id);
    let passage = |f: fn(&Passage<'_>) -> String| row.passage.as_ref().map(f).unwrap_or_default();
    [
        path,
        title,
        status,
        words::clean(&criterion.pack),
        words::clean(&criterion.id),
        words::clean(&criterion.title),
        criterion.rating.name().to_owned(),
        best.name().to_owned(),
        if criterion.only_in.is_empty() { String::new() } else { words::only_in(&criterion.only_in) },
        words::clean(&facet.id),
        words::clean(&facet.title),
        words::verdict(facet.verdict).to_owned(),
        checks::chance(document, criterion, facet).map_or("", Chance::name).to_owned(),
        words::words_only(facet),
        row.role.name().to_owned(),
        if row.role == Role::None { String::new() } else { row.rank.to_string() },
        passage(|p| words::level(p.level).to_owned()),
        passage(|p| format!("{:.3}", p.certainty)),
        passage(|p| words::found_by(p.found_by).to_owned()),
        passage(|p| p.cited.page.map(|n| n.to_string()).unwrap_or_default()),
        passage(|p| p.cited.page_label.as_deref().map(words::clean).unwrap_or_default()),
        passage(|p| if p.cited.recognised { "yes" } else { "no" }.to_owned()),
        passage(|p| p.headings()),
        passage(|p| p.cited.kind.name().to_owned()),
        passage(|p| p.text()),
        passage(|p| p.matched()),
        passage(|p| words::clean(p.why)),
        passage(|p| p.reasons()),
        judged.map(officer::said).unwrap_or_default(),
        row.said_of_passage(judged).to_owned(),
        document.reviewed(criterion).map(RatingReview::range).unwrap_or_default(),
        label(document),
        words::owner(document),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_has_its_column() {
        assert_eq!(HEADER[WHY_NOT], "why_not");
    }

    #[test]
    fn no_cell_is_a_formula() {
        for cell in ["=cmd|'/c calc'!A1", "+1", "-1+2", "@SUM(1)", "\u{ff1d}1"] {
            assert_eq!(no_formula(cell.to_owned()), format!("'{cell}"));
        }
        assert_eq!(no_formula("a = b".to_owned()), "a = b");
    }
}
