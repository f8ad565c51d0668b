//! The report for a terminal: ratings, gaps and the firmest evidence of one document, or a matrix
//! of many.
//!
//! Colours go with words, never alone; they are plain ANSI codes that the caller strips where the
//! output is no terminal. Foreign text loses its control characters. No line is wider than the
//! terminal.

pub(crate) mod grid;
mod many;
mod review;

use super::words::{clean, quote};
use super::{DocumentReport, Head, Medium, Portfolio, ReportError, Reporter, Skipped, Source, checks, officer, words};
use crate::assess::{Assessment, Rating, Status, Verdict};
use crate::report::words::called::Called;
use anstyle::{AnsiColor, Style};
use grid::Cell;
use std::fmt::Write;
use std::io;
use textwrap::core::display_width;

/// The form for people at a terminal.
#[derive(Debug)]
pub struct Terminal;

/// Narrower than this nothing is laid out.
const NARROWEST: usize = 40;
/// Letters of a quote.
const QUOTE: usize = 160;

impl Reporter for Terminal {
    fn name(&self) -> &'static str {
        "terminal"
    }

    fn is_file(&self) -> bool {
        false
    }

    fn write(&self, source: &dyn Source, medium: &Medium, to: &mut dyn io::Write) -> Result<(), ReportError> {
        let width = medium.width.max(NARROWEST);
        let mut out = String::new();
        if source.len() == 1 {
            source.each(&mut |one| {
                document(&mut out, source.head(), one, width);
                let reviews: Vec<_> = one.review.iter().map(|r| ("", officer::summary(r))).collect();
                review::summary(&mut out, source.head(), &reviews, width);
                lost(&mut out, &[(&one.path, one.status, words::trouble(one))], width);
                let facets = || one.criteria.iter().flat_map(|c| &c.facets);
                let has = |verdict| facets().any(|f| f.verdict == verdict);
                skipped(&mut out, &source.head().skipped, width);
                legend(&mut out, has(Verdict::Check), has(Verdict::Missing), width);
                Ok(())
            })?;
        } else {
            many::write(&mut out, source.head(), &*Portfolio::of_source(source)?, width);
        }
        Ok(to.write_all(out.as_bytes())?)
    }
}

/// One document: what it holds of each pack; criteria of the first pack with their gaps.
fn document(out: &mut String, head: &Head, document: &DocumentReport, width: usize) {
    let _ = writeln!(out, "{}", bold(&clean(&document.path), width));
    if let Some(title) = &document.title {
        paragraph(out, "", &clean(title), width);
    }
    if document.status != Status::Assessed {
        return;
    }
    paragraph(out, "", &words::coverage(document), width);
    for warning in &document.warnings {
        let page = warning.page.map_or_else(String::new, |p| format!("page {p}: "));
        paragraph(out, "! ", &format!("{page}{}", clean(&warning.message)), width);
    }
    for (i, pack) in head.packs.iter().enumerate() {
        let _ = writeln!(out, "\n{}", bold(&clean(&pack.title), width));
        paragraph(out, "", &format!("{} {}", words::ratings(pack, document), words::points(pack, document)), width);
        let checks = if i == 0 { checks::groups(pack, document) } else { Vec::new() };
        if !checks.is_empty() {
            paragraph(out, "", &checks::load(&checks), width);
        }
        out.push('\n');
        let own: Vec<&Assessment> = document.criteria.iter().filter(|c| c.pack == pack.id).collect();
        let ids = own.iter().map(|c| display_width(&c.handle())).max().unwrap_or(0).min(width / 4);
        let ratings = own.iter().map(|c| words::rating(c).len()).max().unwrap_or(0).max(15).min(width / 4);
        let columns = [ids, ratings, width - grid::width(&[ids, ratings, 0])];
        for criterion in own {
            self::criterion(out, criterion, &columns, if i == 0 { Style::new().bold() } else { Style::new() });
            review::rows(out, document, criterion, &columns);
            if i == 0 {
                details(out, criterion, &columns);
                out.push('\n');
            }
        }
    }
}

/// A criterion on a line.
fn criterion(out: &mut String, criterion: &Assessment, columns: &[usize; 3], style: Style) {
    let handle = criterion.handle();
    let id = Cell::wrapped(&handle, columns[0], Style::new());
    let tone = if words::open(criterion) { colour(AnsiColor::Cyan) } else { tone(criterion.rating) };
    let rating = Cell::wrapped(&words::rating(criterion), columns[1], tone);
    // What `explain --facet` takes, where no handle says it.
    let id_too = if handle.is_empty() { format!(" ({})", criterion.id) } else { String::new() };
    let title = Cell::wrapped(&clean(&format!("{}{id_too}", criterion.title)), columns[2], style);
    grid::row(out, columns, &[id, rating, title]);
}

/// What a criterion lacks, and its firmest evidence.
fn details(out: &mut String, criterion: &Assessment, columns: &[usize; 3]) {
    let plain = Style::new();
    for (verdict, style) in [(Verdict::Missing, colour(AnsiColor::Red)), (Verdict::Check, colour(AnsiColor::Cyan))] {
        let wanted = criterion.facets.iter().filter(|f| f.verdict == verdict);
        let titles: Vec<&str> = wanted.map(|f| f.title.as_str()).collect();
        if !titles.is_empty() {
            let name = Cell::wrapped(words::verdict(verdict), columns[1], style);
            let titles = Cell::wrapped(&clean(&titles.join("; ")), columns[2], plain);
            grid::row(out, columns, &[Cell::default(), name, titles]);
        }
    }
    for facet in criterion.facets.iter().filter(|f| !f.only_in.is_empty()) {
        let name = Cell::wrapped(words::WORDS_ONLY, columns[1], colour(AnsiColor::Yellow));
        let said = format!("{}: {}", clean(&facet.title), words::only_in(&facet.only_in));
        grid::row(out, columns, &[Cell::default(), name, Cell::wrapped(&said, columns[2], plain)]);
    }
    if let Some(best) = words::firmest(criterion) {
        let name = Cell::wrapped(words::level(best.level), columns[1], plain);
        let name = name.then(&words::page(&best.cited), columns[1], plain);
        let quote = format!("\u{201c}{}\u{201d}", quote(&best.cited.quote, &best.cited.marks, QUOTE));
        grid::row(out, columns, &[Cell::default(), name, Cell::wrapped(&quote, columns[2], plain)]);
    }
}

/// What could not be judged, and why.
fn lost(out: &mut String, all: &[(&str, Status, String)], width: usize) {
    let mut lost = all.iter().filter(|(_, status, _)| *status != Status::Assessed).peekable();
    if lost.peek().is_some() {
        let _ = writeln!(out, "\nNot judged (nothing in them counts as missing):");
    }
    for (path, status, why) in lost {
        paragraph(out, "  ", &format!("{}: {}: {}", clean(path), words::status(*status), clean(why)), width);
    }
}

/// Files in folders that are no documents.
fn skipped(out: &mut String, all: &[Skipped], width: usize) {
    if !all.is_empty() {
        let _ = writeln!(out, "\nSkipped:");
    }
    for skipped in all {
        paragraph(out, "  ", &format!("{}: {}", clean(&skipped.path), clean(&skipped.why)), width);
    }
}

/// What the words mean that stand above.
fn legend(out: &mut String, check: bool, missing: bool, width: usize) {
    if check {
        let said = "\"partial to evident\": evident if the passages to check hold. `goldthread explain FILE --facet ID` \
                    and the web report (-o report.html) show them.";
        out.push('\n');
        paragraph(out, "", said, width);
    }
    if missing {
        paragraph(out, "", &format!("\"missing\": {}.", words::method::MISSING), width);
    }
}

/// A wrapped line with what goes before it.
fn paragraph(out: &mut String, before: &str, text: &str, width: usize) {
    let after = " ".repeat(before.len());
    let options = textwrap::Options::new(width).initial_indent(before).subsequent_indent(&after);
    let _ = writeln!(out, "{}", textwrap::fill(text, options));
}

/// A heading, wrapped.
fn bold(text: &str, width: usize) -> String {
    let style = Style::new().bold();
    grid::wrap(text, width).iter().map(|line| format!("{style}{line}{style:#}")).collect::<Vec<_>>().join("\n")
}

fn colour(colour: AnsiColor) -> Style {
    Style::new().fg_color(Some(colour.into()))
}

/// The colour of a rating's word.
fn tone(rating: Rating) -> Style {
    match rating {
        Rating::NotAssessed => colour(AnsiColor::Magenta),
        Rating::Missing => colour(AnsiColor::Red).bold(),
        Rating::Partial => colour(AnsiColor::Yellow),
        Rating::Evident => colour(AnsiColor::Green),
        Rating::Embedded => colour(AnsiColor::Green).bold(),
    }
}
