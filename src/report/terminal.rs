//! The report for a terminal: ratings, gaps and the firmest evidence of one document, or a matrix
//! of many.
//!
//! Colours go with words, never alone; they are plain ANSI codes that the caller strips where the
//! output is no terminal. Foreign text loses its control characters. No line is wider than the
//! terminal.

pub(crate) mod grid;
mod review;

use super::words::{clean, shorten};
use super::{DocumentReport, Medium, PackInfo, Report, ReportError, Reporter, Source, words};
use crate::assess::{Assessment, Rating, Status, Verdict};
use anstyle::{AnsiColor, Style};
use grid::Cell;
use std::fmt::Write;
use std::io;
use textwrap::core::display_width;

/// The form for people at a terminal.
#[derive(Debug)]
pub struct Terminal;

/// Columns of one criterion in a matrix, and the fewest for the names of documents.
const CRITERION: usize = 11;
const DOCUMENT: usize = 12;
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
        let report = &source.gather()?;
        let mut out = String::new();
        let width = medium.width.max(NARROWEST);
        match report.documents.as_slice() {
            [one] => document(&mut out, report, one, width),
            many => {
                for pack in &report.head.packs {
                    let _ = writeln!(out, "{}", bold(&pack.title, width));
                    if grid::width(&vec![CRITERION; pack.criteria.len()]) + DOCUMENT + 2 <= width {
                        matrix(&mut out, pack, many, width);
                    } else {
                        counts(&mut out, pack, many, width);
                    }
                    out.push('\n');
                }
            }
        }
        review::summary(&mut out, report, width);
        unread(&mut out, report, width);
        legend(&mut out, report, width);
        Ok(to.write_all(out.as_bytes())?)
    }
}

/// One document: what it holds of each pack; criteria of the first pack with their gaps.
fn document(out: &mut String, report: &Report, document: &DocumentReport, width: usize) {
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
    for (i, pack) in report.head.packs.iter().enumerate() {
        let _ = writeln!(out, "\n{}", bold(&pack.title, width));
        paragraph(out, "", &format!("{} {}", words::ratings(pack, document), words::points(pack, document)), width);
        out.push('\n');
        let own: Vec<&Assessment> = document.criteria.iter().filter(|c| c.pack == pack.id).collect();
        let ids = own.iter().map(|c| display_width(&c.id)).max().unwrap_or(0).min(width / 4);
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
    let id = Cell::wrapped(&clean(&criterion.id), columns[0], Style::new());
    let tone = if words::open(criterion) { colour(AnsiColor::Cyan) } else { tone(criterion.rating) };
    let rating = Cell::wrapped(&words::rating(criterion), columns[1], tone);
    let title = Cell::wrapped(&clean(&criterion.title), columns[2], style);
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
        let quote = format!("\u{201c}{}\u{201d}", shorten(&clean(&best.cited.quote), QUOTE));
        grid::row(out, columns, &[Cell::default(), name, Cell::wrapped(&quote, columns[2], plain)]);
    }
}

/// Many documents: a row each, a column a criterion.
fn matrix(out: &mut String, pack: &PackInfo, documents: &[DocumentReport], width: usize) {
    let n = pack.criteria.len();
    let names = name_width(documents, width - grid::width(&vec![CRITERION; n]) - 2);
    let columns: Vec<usize> = std::iter::once(names).chain(std::iter::repeat_n(CRITERION, n)).collect();
    let head = pack.criteria.iter().map(|c| Cell::wrapped(&clean(&c.id), CRITERION, Style::new().underline()));
    let corner = Cell::wrapped("document", names, Style::new().underline());
    grid::row(out, &columns, &std::iter::once(corner).chain(head).collect::<Vec<_>>());
    for document in documents {
        let mut row = vec![Cell::wrapped(&clean(&document.path), names, Style::new())];
        if document.status == Status::Assessed {
            let own = document.criteria.iter().filter(|c| c.pack == pack.id);
            row.extend(own.map(|c| {
                let tone = if words::open(c) { colour(AnsiColor::Cyan) } else { tone(c.rating) };
                let cell = Cell::wrapped(c.rating.name(), CRITERION, tone);
                let cell = match c.rating_if_checks_hold {
                    Some(best) => cell.then(&format!("to {}", best.name()), CRITERION, Style::new()),
                    None => cell,
                };
                let cell =
                    if c.only_in.is_empty() { cell } else { cell.then(words::WORDS_ONLY, CRITERION, Style::new()) };
                review::below(cell, document, c, CRITERION)
            }));
        } else {
            row.push(Cell::wrapped(words::status(document.status), width / 2, colour(AnsiColor::Magenta)));
        }
        grid::row(out, &columns, &row);
    }
}

/// Many documents and too many criteria to stand side by side: how many have which rating.
fn counts(out: &mut String, pack: &PackInfo, documents: &[DocumentReport], width: usize) {
    const RATINGS: [Rating; 4] = [Rating::Embedded, Rating::Evident, Rating::Partial, Rating::Missing];
    const COUNTS: [usize; 5] = [8, 7, 7, 7, 8];
    let names = name_width(documents, width - grid::width(&COUNTS) - 2);
    let columns: Vec<usize> = std::iter::once(names).chain(COUNTS).collect();
    let style = Style::new().underline();
    let mut head = vec![Cell::wrapped("document", names, style)];
    head.extend(RATINGS.iter().map(|r| Cell::wrapped(r.name(), 8, tone(*r).underline())));
    head.push(Cell::wrapped("to check", 8, style));
    grid::row(out, &columns, &head);
    for document in documents {
        let mut row = vec![Cell::wrapped(&clean(&document.path), names, Style::new())];
        if document.status == Status::Assessed {
            let own = || document.criteria.iter().filter(|c| c.pack == pack.id);
            for rating in RATINGS {
                let n = own().filter(|c| c.rating == rating && !words::open(c)).count();
                row.push(Cell::wrapped(&n.to_string(), 8, Style::new()));
            }
            row.push(Cell::wrapped(&own().filter(|c| words::open(c)).count().to_string(), 8, Style::new()));
        } else {
            row.push(Cell::wrapped(words::status(document.status), 30, colour(AnsiColor::Magenta)));
        }
        grid::row(out, &columns, &row);
    }
}

/// The columns that names of documents take, at most so many.
fn name_width(documents: &[DocumentReport], most: usize) -> usize {
    let longest = documents.iter().map(|d| display_width(&clean(&d.path))).max().unwrap_or(0);
    longest.max("document".len()).min(most)
}

/// What could not be judged, and why.
fn unread(out: &mut String, report: &Report, width: usize) {
    let lost: Vec<&DocumentReport> = report.documents.iter().filter(|d| d.status != Status::Assessed).collect();
    if !lost.is_empty() {
        let _ = writeln!(out, "\nNot judged (nothing in them counts as missing):");
    }
    for document in lost {
        let why = match &document.error {
            Some(error) => error.clone(),
            None => document.warnings.iter().map(|w| w.message.clone()).collect::<Vec<_>>().join(" "),
        };
        let line = format!("{}: {}: {}", clean(&document.path), words::status(document.status), clean(&why));
        paragraph(out, "  ", &line, width);
    }
    if !report.head.skipped.is_empty() {
        let _ = writeln!(out, "\nSkipped:");
        for skipped in &report.head.skipped {
            paragraph(out, "  ", &format!("{}: {}", clean(&skipped.path), clean(&skipped.why)), width);
        }
    }
}

/// What the words mean that stand above.
fn legend(out: &mut String, report: &Report, width: usize) {
    let has =
        |v: Verdict| report.documents.iter().flat_map(|d| &d.criteria).flat_map(|c| &c.facets).any(|f| f.verdict == v);
    if has(Verdict::Check) {
        let said = "\"partial to evident\": evident if the passages to check hold. `goldthread explain FILE --facet ID` \
                    and the web report (-o report.html) show them.";
        out.push('\n');
        paragraph(out, "", said, width);
    }
    if has(Verdict::Missing) {
        paragraph(out, "", "\"missing\": nothing near was found in what could be read.", width);
    }
    let criteria = || report.documents.iter().flat_map(|d| &d.criteria);
    if report.documents.len() > 1 && criteria().any(|c| !c.only_in.is_empty()) {
        let said = "\"words only\": all that speaks for it stands in a foreword, a vision, values, words of others or a \
                    heading.";
        paragraph(out, "", said, width);
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
