//! Finds what repeats at the edges of pages.
//!
//! Comes in: lines with their pages. Goes out: which of them are running heads, running feet and
//! page numbers.

use std::collections::HashMap;

use super::Line;
use crate::document::Furniture;
use crate::input::inline::tidy;

/// The running heads and feet and page numbers of paged lines: position and kind, in order.
pub(in crate::input) fn running_lines(lines: &[Line<'_>]) -> Vec<(usize, Furniture)> {
    let mut edges: Vec<(usize, Furniture)> = Vec::new();
    let mut start = 0;
    for page in lines.chunk_by(|a, b| a.page == b.page) {
        let mut filled =
            (start..start + page.len()).filter(|i| lines.get(*i).is_some_and(|line| !line.text.trim().is_empty()));
        let first = filled.next();
        edges.extend(first.map(|i| (i, Furniture::Header)));
        edges.extend(filled.next_back().map(|i| (i, Furniture::Footer)));
        start += page.len();
    }
    let shape = |i: usize| {
        let text = lines.get(i).map_or("", |line| line.text.trim());
        let digits: String = text.chars().map(|c| if c.is_ascii_digit() { '#' } else { c }).collect();
        tidy(&digits.replace("##", "#"))
    };
    let mut counts: HashMap<(String, bool), usize> = HashMap::new();
    for (i, kind) in &edges {
        *counts.entry((shape(*i), *kind == Furniture::Header)).or_default() += 1;
    }
    edges
        .into_iter()
        .filter_map(|(i, kind)| {
            let shape = shape(i);
            if is_page_number(&shape) {
                return Some((i, Furniture::PageNumber));
            }
            let again = counts.get(&(shape, kind == Furniture::Header)).copied().unwrap_or(0);
            (again >= 3).then_some((i, kind))
        })
        .collect()
}

/// Whether a line, its digits replaced by `#`, is a page number.
fn is_page_number(shape: &str) -> bool {
    let words = shape.to_lowercase();
    let rest = words.replace("page", "").replace("of", "");
    words.contains('#')
        && rest.chars().all(|c| matches!(c, '#' | ' ' | '-' | '–' | '|' | '/' | '.'))
        && rest.matches('#').count() <= 4
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn running_heads_are_found() {
        let lines: Vec<Line<'_>> = (1..=4)
            .flat_map(|page| {
                ["Strategy 2025", "Some words of the page.", "More words.", "Page 3 of 9"]
                    .map(|text| Line { text, page })
            })
            .collect();
        let found = running_lines(&lines);
        assert_eq!(found.len(), 8);
        assert_eq!(found[0], (0, Furniture::Header));
        assert_eq!(found[1], (3, Furniture::PageNumber));
    }
}
