//! Whether lines between edges are a table: cells that stand level, entries that are short, no sentence that goes on.
//!
//! Comes in: the lines of all columns and where rows part. Goes out: how many cells do not fit.

use super::LEVEL;
use super::rows::{Stretch, row};
use crate::input::pdf::word::Segment;

/// Longest text, in characters, of a cell in a column of short entries.
const SHORT: usize = 30;
/// The lines of a cell: how far they reach, how many characters, and whether a sentence goes on in it.
#[derive(Clone, Copy)]
struct Cell {
    first: f32,
    last: f32,
    size: f32,
    chars: usize,
    goes_on: bool,
}

/// How many cells of a table with rows between these edges stand askew or go on from the row above; nothing if
/// these are too many for a table, or no column holds short entries.
pub(super) fn faults(lines: &[Stretch], edges: &[f32], columns: usize) -> Option<usize> {
    let mut cells: Vec<Vec<Option<Cell>>> = vec![vec![None; columns]; edges.len() + 1];
    for line in lines {
        let (s, first) = (&line.segment, line.segment.words.first());
        let cell = cells[row(line, edges)][line.column].get_or_insert(Cell {
            first: s.y,
            last: s.y,
            size: s.size,
            chars: 0,
            goes_on: first.is_some_and(|w| w.text.starts_with(char::is_lowercase)),
        });
        cell.last = s.y;
        cell.chars += s.chars();
    }
    cells.retain(|row| row.iter().any(Option::is_some));
    let all = || cells.iter().flatten().flatten();
    let filled = all().count();
    let goes_on = all().filter(|c| c.goes_on).count();
    let (small, large) = all().fold((f32::MAX, 0.0_f32), |(a, b), c| (a.min(c.size), b.max(c.size)));
    let (level, others) = level_cells(&cells);
    let is_table = filled * 5 >= cells.len() * columns * 3
        && goes_on * 5 <= filled
        && large < 1.5 * small
        && level * 5 >= others * 4
        && others > 0
        && (0..columns).any(|c| is_short(&cells, c))
        && !is_contents(&cells, lines, columns)
        && !are_notes(lines, columns);
    is_table.then_some(goes_on + others - level)
}

/// How many cells begin, end or have their middle level with the tallest of their row, in the way that suits
/// most, of how many.
fn level_cells(cells: &[Vec<Option<Cell>>]) -> (usize, usize) {
    let ways: [fn(&Cell) -> f32; 3] = [|c| c.first, |c| f32::midpoint(c.first, c.last), |c| c.last];
    let counts = ways.iter().map(|height| {
        let (mut level, mut others) = (0, 0);
        for row in cells {
            let filled = || row.iter().flatten();
            let Some(tall) = filled().max_by(|a, b| (a.last - a.first).total_cmp(&(b.last - b.first))) else {
                continue;
            };
            others += filled().count() - 1;
            level += filled().filter(|c| (height(c) - height(tall)).abs() < LEVEL * c.size.max(tall.size)).count() - 1;
        }
        (level, others)
    });
    counts.max().unwrap_or_default()
}

/// Whether most entries of a column are short.
fn is_short(cells: &[Vec<Option<Cell>>], column: usize) -> bool {
    let filled: Vec<&Cell> = cells.iter().filter_map(|row| row[column].as_ref()).collect();
    let short = filled.iter().filter(|c| c.chars <= SHORT).count();
    filled.len() * 2 > cells.len() && short * 5 >= filled.len() * 4
}

/// Whether two columns give terms or names and what goes with each, or what is counted and its figure: one short
/// line each, level with the other column.
pub(super) fn is_list(lines: &[Stretch]) -> bool {
    let of = |right: bool| lines.iter().filter(move |l| (l.column > 0) == right).map(|l| &l.segment);
    let level = |a: &Segment, b: &Segment| (a.y - b.y).abs() < LEVEL * a.size.min(b.size);
    let is_term = |s: &Segment| {
        let first = s.words.first().map_or("", |w| &w.text);
        (2..=SHORT).contains(&s.chars()) && first.chars().filter(|c| c.is_alphabetic()).count() > 1
    };
    let is_figure =
        |s: &Segment| s.chars() <= SHORT && s.words.iter().any(|w| w.text.contains(|c: char| c.is_ascii_digit()));
    let right = if of(false).all(is_term) {
        false
    } else if of(true).skip(1).all(is_figure) {
        true
    } else {
        return false;
    };
    let met = of(right).filter(|s| of(!right).any(|other| level(s, other))).count();
    met > 4 && met * 10 >= of(right).count() * 9
}

/// Whether the first of two or three columns counts notes or paragraphs.
fn are_notes(lines: &[Stretch], columns: usize) -> bool {
    let numbers: Option<Vec<u32>> = lines.iter().filter(|l| l.column == 0).map(Stretch::number).collect();
    columns < 4 && numbers.is_some_and(|n| n.len() > 1 && n.windows(2).all(|p| p[0].checked_add(1) == Some(p[1])))
}

/// Whether the last of two or three columns holds page numbers.
fn is_contents(cells: &[Vec<Option<Cell>>], lines: &[Stretch], columns: usize) -> bool {
    let last: Vec<&Stretch> = lines.iter().filter(|l| l.column + 1 == columns).collect();
    let numbers: Vec<u32> = last.iter().filter_map(|l| l.number()).collect();
    // That of the page itself may stand among them.
    let falls = numbers.windows(2).filter(|p| p[1] < p[0]).count();
    columns < 4 && falls < 2 && numbers.len() * 4 >= cells.len() * 3 && numbers.len() * 4 >= last.len() * 3
}
