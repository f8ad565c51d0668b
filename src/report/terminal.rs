//! The report for a terminal: one table a document, and a matrix for many.
//!
//! Colours go with words, never alone; they are plain ANSI codes that the caller strips where the
//! output is no terminal. Foreign text loses its control characters.

use super::{DocumentReport, Medium, PackInfo, Report, ReportError, Reporter};
use crate::assess::{Assessment, Rating, Status, Verdict};
use anstyle::{AnsiColor, Style};
use comfy_table::{Cell, ContentArrangement, Table, presets};
use std::fmt::Write;

/// The form for people at a terminal.
#[derive(Debug)]
pub struct Terminal;

/// Criteria of a pack that still fit side by side.
const WIDEST_MATRIX: usize = 16;

impl Reporter for Terminal {
    fn name(&self) -> &'static str {
        "terminal"
    }

    fn is_file(&self) -> bool {
        false
    }

    fn write(&self, report: &Report, medium: &Medium) -> Result<Vec<u8>, ReportError> {
        let mut out = String::new();
        let assessed: Vec<&DocumentReport> = report.documents.iter().filter(|d| d.status == Status::Assessed).collect();
        if report.documents.len() == 1 {
            for document in &assessed {
                one(&mut out, report, document, medium);
            }
        } else {
            for pack in &report.packs {
                matrix(&mut out, pack, &report.documents, medium);
            }
        }
        unread(&mut out, report, medium);
        legend(&mut out, report);
        Ok(out.into_bytes())
    }
}

/// One document: a table a pack.
fn one(out: &mut String, report: &Report, document: &DocumentReport, medium: &Medium) {
    let _ = writeln!(out, "{}{}", document.path, pages(document));
    if let Some(title) = &document.title {
        let _ = writeln!(out, "{}", clean(title));
    }
    for warning in &document.warnings {
        let page = warning.page.map_or_else(String::new, |p| format!("page {p}: "));
        let _ = writeln!(out, "! {page}{}", clean(&warning.message));
    }
    for pack in &report.packs {
        let _ = writeln!(out, "\n{}", pack.title);
        let mut table = table(medium);
        table.set_header(["Criterion", "Rating", "Missing", "To check", "Best evidence"]);
        for criterion in document.criteria.iter().filter(|c| c.pack == pack.id) {
            table.add_row([
                Cell::new(format!("{} {}", criterion.id, criterion.title)),
                Cell::new(rating(criterion)),
                Cell::new(facets(criterion, Verdict::Missing)),
                Cell::new(facets(criterion, Verdict::Check)),
                Cell::new(best(criterion)),
            ]);
        }
        let _ = writeln!(out, "{}", paint_words(&table.to_string()));
    }
}

/// Many documents: a row each, a column a criterion.
fn matrix(out: &mut String, pack: &PackInfo, documents: &[DocumentReport], medium: &Medium) {
    let _ = writeln!(out, "{}", pack.title);
    let mut table = table(medium);
    let narrow = pack.criteria.len() > WIDEST_MATRIX;
    let mut header = vec!["Document".to_owned()];
    if narrow {
        header.extend(["embedded", "evident", "partial", "missing", "to check"].map(str::to_owned));
    } else {
        header.extend(pack.criteria.iter().map(|c| c.id.clone()));
    }
    table.set_header(header);
    for document in documents {
        let own: Vec<&Assessment> = document.criteria.iter().filter(|c| c.pack == pack.id).collect();
        let mut row = vec![document.path.clone()];
        if document.status != Status::Assessed {
            let word = if document.status == Status::Unreadable { "unreadable" } else { "not assessed" };
            row.extend(std::iter::repeat_n(word.to_owned(), if narrow { 5 } else { pack.criteria.len() }));
        } else if narrow {
            let count = |r: Rating| own.iter().filter(|c| c.rating == r).count().to_string();
            row.extend([Rating::Embedded, Rating::Evident, Rating::Partial, Rating::Missing].map(count));
            let open = own.iter().flat_map(|c| &c.facets).filter(|f| f.verdict == Verdict::Check).count();
            row.push(open.to_string());
        } else {
            row.extend(own.iter().map(|c| rating(c)));
        }
        table.add_row(row);
    }
    let _ = writeln!(out, "{}\n", paint_words(&table.to_string()));
}

/// What could not be judged, and why.
fn unread(out: &mut String, report: &Report, medium: &Medium) {
    let mut lines = Vec::new();
    for document in report.documents.iter().filter(|d| d.status != Status::Assessed) {
        let why = match &document.error {
            Some(error) => error.clone(),
            None => document.warnings.iter().map(|w| w.message.clone()).collect::<Vec<_>>().join(" "),
        };
        let what = if document.status == Status::Unreadable { "unreadable" } else { "not assessed" };
        lines.push(format!("{}: {what}: {}", document.path, clean(&why)));
    }
    if !lines.is_empty() {
        let _ = writeln!(out, "\nNot judged (nothing in them counts as missing):");
        for line in lines {
            let options = textwrap::Options::new(medium.width).initial_indent("  ").subsequent_indent("    ");
            let _ = writeln!(out, "{}", textwrap::fill(&line, options));
        }
    }
    if !report.skipped.is_empty() {
        let _ = writeln!(out, "\nSkipped:");
        for skipped in &report.skipped {
            let _ = writeln!(out, "  {}: {}", skipped.path, skipped.why);
        }
    }
}

fn legend(out: &mut String, report: &Report) {
    let open = report.documents.iter().flat_map(|d| &d.criteria).flat_map(|c| &c.facets);
    if open.clone().any(|f| f.verdict == Verdict::Check) {
        let _ = writeln!(
            out,
            "\n\"partial to evident\": evident if the passages to check hold. `goldthread explain FILE --facet ID` shows them."
        );
    }
    if open.clone().any(|f| f.verdict == Verdict::Missing) {
        let _ = writeln!(out, "\"Missing\" means that nothing near was found in what could be read.");
    }
}

fn table(medium: &Medium) -> Table {
    let mut table = Table::new();
    let width = u16::try_from(medium.width).unwrap_or(u16::MAX);
    table.load_style(presets::UTF8_BORDERS_ONLY).set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    table
}

fn pages(document: &DocumentReport) -> String {
    match document.pages_read() {
        Some((read, all)) if read < all => format!(" ({read} of {all} pages could be read)"),
        Some((_, 1)) => " (1 page)".to_owned(),
        Some((_, all)) => format!(" ({all} pages)"),
        None => String::new(),
    }
}

/// A rating, or the range that what is to check leaves open.
fn rating(criterion: &Assessment) -> String {
    match criterion.rating_if_checks_hold {
        Some(best) => format!("{} to {}", criterion.rating.name(), best.name()),
        None => criterion.rating.name().to_owned(),
    }
}

fn facets(criterion: &Assessment, verdict: Verdict) -> String {
    let wanted = criterion.facets.iter().filter(|f| f.verdict == verdict);
    let single = criterion.facets.len() == 1;
    wanted.map(|f| if single { "all of it".to_owned() } else { f.title.clone() }).collect::<Vec<_>>().join("; ")
}

/// The firmest evidence with its page.
fn best(criterion: &Assessment) -> String {
    let evidence = criterion.facets.iter().flat_map(|f| &f.evidence);
    let Some(best) = evidence.max_by(|a, b| a.level.cmp(&b.level).then(a.certainty.total_cmp(&b.certainty))) else {
        return String::new();
    };
    let page = best.cited.page.map_or_else(String::new, |p| format!("p. {p}: "));
    format!("{page}{}", shorten(&clean(&best.cited.quote), 140))
}

fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let cut: String = text.chars().take(most).collect();
    let cut = cut.rsplit_once(' ').map_or(cut.as_str(), |(head, _)| head);
    format!("{cut} \u{2026}")
}

/// Foreign text without control and direction characters, on one line.
#[must_use]
pub fn clean(text: &str) -> String {
    let kept = text.chars().map(|c| if c.is_control() { ' ' } else { c });
    let kept =
        kept.filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'));
    kept.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Colours the words of ratings. Done on the finished table, so that widths stay right.
fn paint_words(table: &str) -> String {
    let colour = |c: AnsiColor| Style::new().fg_color(Some(c.into()));
    let words = [
        ("missing", colour(AnsiColor::Red)),
        ("partial", colour(AnsiColor::Yellow)),
        ("evident", colour(AnsiColor::Green)),
        ("embedded", colour(AnsiColor::Green).bold()),
        ("unreadable", colour(AnsiColor::Magenta)),
        ("not assessed", colour(AnsiColor::Magenta)),
    ];
    let mut out = String::with_capacity(table.len() * 2);
    for line in table.split_inclusive('\n') {
        let mut line = line.to_owned();
        for (word, style) in &words {
            for around in [("\u{2502} ", " "), (" to ", " ")] {
                let plain = format!("{}{word}{}", around.0, around.1);
                let painted = format!("{}{style}{word}{style:#}{}", around.0, around.1);
                line = line.replace(&plain, &painted);
            }
        }
        out.push_str(&line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn foreign_text_is_harmless() {
        assert_eq!(clean("a\u{1b}[31mb\n\u{202e}c\td"), "a [31mb c d");
    }

    #[test]
    fn long_quotes_are_cut_between_words() {
        assert_eq!(shorten("one two three", 9), "one two \u{2026}");
        assert_eq!(shorten("one", 9), "one");
    }
}
