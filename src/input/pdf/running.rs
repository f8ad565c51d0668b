//! Running heads, running feet and page numbers.
//!
//! Comes in: the sheets of a document. Goes out: their `aside` marks. A line is a running one if
//! it stands at the edge of its page with nothing but running lines between, and its like stands
//! at the same height on other pages, page numbers folded.

use super::line::Line;
use super::sheet::{Body, Sheet};
use crate::document::Furniture;
use std::collections::HashMap;

/// How many lines from an edge are looked at.
const DEPTH: usize = 5;
/// How far from the top or bottom running lines may stand, as a share of the height.
const REACH: f32 = 0.14;

/// A line as it is compared: text with figures folded, and height in steps of 6 points.
type Key = (String, i32, bool);

/// Marks the running lines of all sheets.
pub(super) fn mark(sheets: &mut [Sheet], body: &Body) {
    let mut seen: HashMap<Key, Vec<usize>> = HashMap::new();
    for (number, sheet) in sheets.iter().enumerate() {
        for top in [true, false] {
            for (_, line) in edge(sheet, top) {
                for key in keys(line, sheet, top) {
                    let pages = seen.entry(key).or_default();
                    if pages.last() != Some(&number) {
                        pages.push(number);
                    }
                }
            }
        }
    }
    mark_turned(sheets);
    let count = sheets.len();
    let often = |pages: &Vec<usize>| {
        // A line that runs only through a chapter still runs over pages in a row.
        let row = pages.windows(2).filter(|p| p[1] - p[0] <= 2).count() + 1;
        pages.len() >= 2 && (pages.len() * 5 >= count || row >= 4)
    };
    for sheet in sheets.iter_mut() {
        for top in [true, false] {
            let mut marks: Vec<(usize, Furniture)> = Vec::new();
            for (at, line) in edge(sheet, top) {
                let repeated = keys(line, sheet, top)
                    .iter()
                    .any(|k| seen.get(k).is_some_and(often) && fits(line, body, k, top, sheet));
                let number = is_page_number(&line.text);
                if !(repeated || number || line.artifact) {
                    break;
                }
                let kind = match (number, top) {
                    (true, _) => Furniture::PageNumber,
                    (_, true) => Furniture::Header,
                    _ => Furniture::Footer,
                };
                marks.push((at, kind));
            }
            for (at, kind) in marks {
                sheet.aside[at] = Some(kind);
            }
        }
    }
}

/// Marks text that runs up or down a side of its page, or across it, and comes again.
fn mark_turned(sheets: &mut [Sheet]) {
    let mut seen: HashMap<String, usize> = HashMap::new();
    for (_, line) in sheets.iter().flat_map(Sheet::lines).filter(|(_, l)| l.turned) {
        *seen.entry(fold(&line.text)).or_default() += 1;
    }
    for sheet in sheets {
        let running: Vec<usize> = sheet
            .lines()
            .filter(|(_, l)| l.turned && seen.get(&fold(&l.text)).is_some_and(|n| *n >= 3))
            .map(|(at, _)| at)
            .collect();
        running.into_iter().for_each(|at| sheet.aside[at] = Some(Furniture::Header));
    }
}

/// Text with figures, case and white space folded.
fn fold(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().filter(|c| !c.is_whitespace()) {
        if !c.is_ascii_digit() {
            out.extend(c.to_lowercase());
        } else if !out.ends_with('#') {
            out.push('#');
        }
    }
    out
}

/// The lines near an edge, from the edge inwards.
fn edge(sheet: &Sheet, top: bool) -> Vec<(usize, &Line)> {
    let near = |y: f32| {
        if top { y < REACH * sheet.height } else { y > (1.0 - REACH) * sheet.height }
    };
    let mut lines: Vec<(usize, &Line)> = sheet.lines().filter(|(_, l)| near(l.y) && !l.turned).collect();
    lines.sort_by(|a, b| if top { a.1.y.total_cmp(&b.1.y) } else { b.1.y.total_cmp(&a.1.y) });
    lines.truncate(DEPTH);
    lines
}

/// How a line may be recognised on other pages, whatever small shifts there are.
fn keys(line: &Line, sheet: &Sheet, top: bool) -> Vec<Key> {
    let text = fold(&line.text);
    let y = if top { line.y } else { sheet.height - line.y };
    let step = (y / 6.0) as i32;
    vec![(text.clone(), step, top), (text, step + 1, top)]
}

/// Large lines must be the same but for nothing: a heading that counts is no running head.
fn fits(line: &Line, body: &Body, key: &Key, top: bool, sheet: &Sheet) -> bool {
    let y = if top { line.y } else { sheet.height - line.y };
    let outer = y < 0.09 * sheet.height;
    line.size < 1.3 * body.size || !key.0.contains('#') && outer
}

/// Whether a line is a page number and nothing else.
pub(super) fn is_page_number(text: &str) -> bool {
    let low = text.trim().to_lowercase();
    let bare = low.trim_matches(|c: char| "-–—|[]()· ".contains(c));
    let bare = bare.strip_prefix("page").or_else(|| bare.strip_prefix("p.")).unwrap_or(bare);
    let bare = bare.strip_suffix("page").unwrap_or(bare);
    let bare = bare.trim_matches(|c: char| "-–—| ".contains(c));
    let number = |s: &str| {
        let s = s.trim();
        (!s.is_empty() && s.len() <= 4 && s.bytes().all(|b| b.is_ascii_digit()))
            || (!s.is_empty() && s.len() <= 6 && s.bytes().all(|b| b"ivxl".contains(&b)))
    };
    number(bare)
        || bare.split_once(" of ").is_some_and(|(a, b)| number(a) && number(b))
        || bare.split_once('/').is_some_and(|(a, b)| number(a) && number(b))
}

#[cfg(test)]
mod tests {
    use super::super::layout::Piece;
    use super::*;

    #[test]
    fn page_numbers_are_told_from_figures() {
        for yes in ["12", "Page 3 of 20", "- iv -", "3 | Page", "7/12", "[9]"] {
            assert!(is_page_number(yes), "{yes}");
        }
        for no in ["2025–30", "12 homes", "£4", "Page", "10,000", ""] {
            assert!(!is_page_number(no), "{no}");
        }
    }

    #[test]
    fn repeated_lines_at_the_edge_run_and_headings_do_not() {
        let line = |text: &str, y: f32| Piece::Line(Line { text: text.into(), y, size: 10.0, ..Line::default() });
        let mut sheets: Vec<Sheet> = (1..=4)
            .map(|n| {
                let title = ["Aims", "Money", "People", "Places"][n - 1];
                let pieces = vec![line("Plan 2030", 40.0), line(title, 70.0), line(&n.to_string(), 790.0)];
                Sheet { height: 842.0, aside: vec![None; 3], pieces, ..Sheet::default() }
            })
            .collect();
        mark(&mut sheets, &Body { size: 10.0, bold: false });
        let want = [Some(Furniture::Header), None, Some(Furniture::PageNumber)];
        assert!(sheets.iter().all(|s| s.aside == want));
    }
}
