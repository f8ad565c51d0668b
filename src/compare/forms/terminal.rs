//! A comparison for a terminal: each pair with its changed points and their passages, old above new.
//!
//! Colours go with words, never alone. No line is wider than the terminal.

use crate::compare::{Change, Comparison, CriterionChange, DocumentChange, DocumentInfo, FacetChange, PassageChange};
use crate::compare::{Fate, Shown, words};
use crate::report::terminal::grid::{Cell, row, wrap};
use crate::report::words::called::Called;
use crate::report::words::{clean, count, shorten, status};
use anstyle::{AnsiColor, Style};
use std::fmt::Write;

/// Narrower than this nothing is laid out.
const NARROWEST: usize = 40;
/// Letters of a quote.
const QUOTE: usize = 240;
/// Letters of a quote before what changed first.
const AROUND: usize = 80;
/// Columns of the word for a change, and of what stands before a passage.
const WORD: usize = 12;
/// Passages shown of one point.
const PASSAGES: usize = 3;

pub(super) fn text(c: &Comparison, width: usize) -> String {
    let width = width.max(NARROWEST);
    let mut out = String::new();
    paragraph(&mut out, "", &words::headline(c), width, Style::new().bold());
    for line in words::judged(c) {
        paragraph(&mut out, "! ", &line, width, Style::new());
    }
    for document in &c.documents {
        out.push('\n');
        self::document(&mut out, c, document, width);
    }
    for (which, left) in [("old", &c.only_old), ("new", &c.only_new)] {
        only(&mut out, which, left, width);
    }
    out
}

fn only(out: &mut String, which: &str, left: &[DocumentInfo], width: usize) {
    if left.is_empty() {
        return;
    }
    let _ = writeln!(out, "\nOnly in the {which} set:");
    for document in left {
        let line = format!("{} ({})", clean(&document.path), status(document.status));
        paragraph(out, "  ", &line, width, Style::new());
    }
}

fn document(out: &mut String, c: &Comparison, d: &DocumentChange, width: usize) {
    let names = format!("{} \u{2192} {}", clean(&d.old.path), clean(&d.new.path));
    paragraph(out, "", &names, width, Style::new().bold());
    if let Some(cannot) = &d.cannot {
        paragraph(out, "", &format!("Cannot be compared. {cannot}"), width, tone(Change::NotComparable));
        return;
    }
    paragraph(out, "", &words::summary(d), width, Style::new());
    for note in words::notes(c, d) {
        paragraph(out, "! ", &note, width, Style::new());
    }
    for pack in &c.new.packs {
        let own: Vec<&CriterionChange> = d.criteria.iter().filter(|c| c.pack == pack.id && has_news(c)).collect();
        if own.is_empty() {
            continue;
        }
        out.push('\n');
        paragraph(out, "", &clean(&pack.title), width, Style::new().bold());
        for criterion in own {
            self::criterion(out, d, criterion, width);
        }
    }
    reworded(out, d, width);
}

/// Points that stand as before, with what became of their passages.
fn reworded(out: &mut String, d: &DocumentChange, width: usize) {
    let points: Vec<&FacetChange> = d.criteria.iter().flat_map(|c| &c.facets).filter(|f| other_words(f)).collect();
    if points.is_empty() {
        return;
    }
    let stand = count(points.len(), "point stands", "points stand");
    let said = format!("{stand} as before, but not by the same passages (-o compare.html shows them):");
    out.push('\n');
    paragraph(out, "", &said, width, Style::new());
    for point in points {
        let line = format!("{}: {}", clean(&point.title), words::fates(point));
        paragraph(out, "  ", &line, width, Style::new());
    }
}

fn has_news(c: &CriterionChange) -> bool {
    c.change != Change::Same || c.facets.iter().any(|f| f.change != Change::Same)
}

fn other_words(f: &FacetChange) -> bool {
    f.change == Change::Same && !f.passages.is_empty()
}

fn criterion(out: &mut String, d: &DocumentChange, c: &CriterionChange, width: usize) {
    let ratings = if c.old == c.new {
        words::rating(c.new)
    } else {
        format!("{} \u{2192} {}", words::rating(c.old), words::rating(c.new))
    };
    paragraph(out, "  ", &format!("{}: {ratings}", c.named()), width, tone(c.change));
    if !words::basis(c).is_empty() {
        paragraph(out, "      ", words::basis(c), width, Style::new());
    }
    for facet in c.facets.iter().filter(|f| f.change != Change::Same) {
        let rest = width - WORD - 6;
        let said = format!("{}: {}", clean(&facet.title), words::facet(facet));
        let cells = [
            Cell::default(),
            Cell::wrapped(facet.change.name(), WORD, tone(facet.change)),
            Cell::wrapped(&said, rest, Style::new()),
        ];
        row(out, &[0, WORD, rest], &cells);
        for passage in facet.passages.iter().take(PASSAGES) {
            self::passage(out, d, passage, width);
        }
        if facet.passages.len() > PASSAGES {
            let more = count(facet.passages.len() - PASSAGES, "more passage", "more passages");
            row(out, &[0, WORD, rest], &[Cell::default(), Cell::default(), Cell::wrapped(&more, rest, Style::new())]);
        }
    }
}

fn passage(out: &mut String, d: &DocumentChange, p: &PassageChange, width: usize) {
    let rest = width - WORD - 6;
    let mut line = |name: &str, text: &str, style: Style| {
        let cells = [Cell::default(), Cell::wrapped(name, WORD, Style::new()), Cell::wrapped(text, rest, style)];
        row(out, &[0, WORD, rest], &cells);
    };
    let join = |parts: [String; 2]| parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("; ");
    match (&p.old, &p.new) {
        (Some(old), Some(new)) if p.fate != Fate::Reworded => {
            let place = words::step(words::place(&d.old, old), words::place(&d.new, new));
            let worth = words::step(words::worth(old), words::worth(new));
            line("  both", &format!("{} {}", excerpt(new), bracket(&join([place, worth]))), Style::new());
        }
        (old, new) => {
            for (name, document, shown) in [("  old", &d.old, old), ("  new", &d.new, new)] {
                if let Some(shown) = shown {
                    let about = join([words::place(document, shown), words::worth(shown)]);
                    line(name, format!("{} {}", excerpt(shown), bracket(&about)).trim_end(), Style::new());
                }
            }
        }
    }
    let why = p.new.as_ref().and_then(|s| s.why.as_deref()).map(clean).unwrap_or_default();
    line("", format!("{} {why}", words::fate(p)).trim_end(), Style::new().dimmed());
}

/// The part of a passage that holds what changed first.
fn excerpt(s: &Shown) -> String {
    let first = s.changed.first().map_or(0, |c| c.0);
    let start = if first > AROUND * 2 { first - AROUND } else { 0 };
    let start = s.quote.match_indices(' ').map(|(i, _)| i + 1).find(|i| start > 0 && *i >= start).unwrap_or(0);
    let before = if start > 0 { "\u{2026} " } else { "" };
    format!("\u{201c}{before}{}\u{201d}", shorten(&clean(&s.quote[start..]), QUOTE))
}

fn bracket(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("({text})") }
}

fn paragraph(out: &mut String, before: &str, text: &str, width: usize, style: Style) {
    for (i, line) in wrap(text, width - before.len()).iter().enumerate() {
        let before = if i == 0 { before.to_owned() } else { " ".repeat(before.len()) };
        let _ = writeln!(out, "{before}{style}{line}{style:#}");
    }
}

fn tone(change: Change) -> Style {
    let colour = |c: AnsiColor| Style::new().fg_color(Some(c.into()));
    match change {
        Change::Lost => colour(AnsiColor::Red).bold(),
        Change::Weakened => colour(AnsiColor::Yellow),
        Change::NotComparable => colour(AnsiColor::Magenta),
        Change::Same => Style::new(),
        Change::Strengthened => colour(AnsiColor::Green),
        Change::Gained => colour(AnsiColor::Green).bold(),
    }
}
