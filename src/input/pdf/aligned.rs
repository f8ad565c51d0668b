//! Tables without rules: columns of short text that stand on the same rows.
//!
//! Comes in: a band of rows with its gutters. Goes out: whether it is a table rather than columns
//! of running text, and the table.

use super::bands::{Cluster, Item};
use super::geometry::Rect;
use super::table::{Row, Table, cell_text};
use super::word::Segment;

/// Gaps between lines that differ by this factor are of two kinds: within rows and between them.
const JUMP: f32 = 1.1;
/// Lines further apart than so many times their size are no lines of one row.
const APART: f32 = 1.8;

/// A line of one column.
#[derive(Clone, Copy)]
struct Stretch {
    bounds: Rect,
    size: f32,
    chars: usize,
    goes_on: bool,
}

/// Whether a band is a table rather than columns of running text.
pub(super) fn is_table(inside: &[Item], gutters: &[(f32, f32)]) -> bool {
    if gutters.is_empty() {
        return false;
    }
    let columns = columns(inside, gutters);
    let count = columns.len();
    if columns.iter().any(Vec::is_empty) {
        return false;
    }
    let wordy = columns.iter().filter(|c| is_prose(c)).count();
    let (met, missed) = starts(&columns);
    if missed >= 2 && met < 2 * missed {
        return false;
    }
    if (wordy == count && (met < 3 || met < 4 * missed)) || (met == 0 && run_on(&columns)) {
        return false;
    }
    // The lines of the column with fewest must stand on rows of the others.
    let all = |c: usize| columns[c].iter().map(move |l| (c, l));
    let on_row =
        |c: usize, line: &Stretch| (0..count).filter(|o| *o != c).flat_map(all).any(|(_, other)| same_row(line, other));
    let shared: Vec<(usize, usize)> =
        (0..count).map(|c| (columns[c].len(), columns[c].iter().filter(|l| on_row(c, l)).count())).collect();
    let sparse = shared.iter().min().copied().unwrap_or((0, 0));
    let rows = shared.iter().map(|s| s.1).max().unwrap_or(0);
    rows >= 2 && sparse.1 * 4 >= sparse.0 * 3 && (count > 2 || wordy < count)
}

/// The lines of each column, from the top.
fn columns(inside: &[Item], gutters: &[(f32, f32)]) -> Vec<Vec<Stretch>> {
    let mut columns: Vec<Vec<Stretch>> = vec![Vec::new(); gutters.len() + 1];
    let mut items: Vec<&Item> = inside.iter().collect();
    items.sort_by(|a, b| a.bounds.y1.total_cmp(&b.bounds.y1));
    for item in items {
        let column = &mut columns[gutters.iter().filter(|g| item.bounds.x0 > g.0).count()];
        match column.last_mut() {
            Some(last) if item.bounds.y1 - last.bounds.y1 < 0.3 * item.size => {
                if item.bounds.x0 < last.bounds.x0 {
                    last.goes_on = item.goes_on;
                }
                last.bounds = last.bounds.union(&item.bounds);
                last.chars += item.chars;
            }
            _ => {
                column.push(Stretch { bounds: item.bounds, size: item.size, chars: item.chars, goes_on: item.goes_on })
            }
        }
    }
    columns
}

/// Whether a column holds running text: its lines are long, and most of them full.
fn is_prose(lines: &[Stretch]) -> bool {
    let width = lines.iter().fold(Rect::NOTHING, |r, l| r.union(&l.bounds)).width();
    let full = lines.iter().filter(|l| l.bounds.width() > 0.75 * width).count();
    let chars: usize = lines.iter().map(|l| l.chars).sum();
    lines.len() >= 3 && chars >= 20 * lines.len() && full * 5 >= lines.len() * 2
}

/// Whether sentences go on from line to line in every column of more than one, and in two at least:
/// where no gap tells rows, these are texts side by side.
fn run_on(columns: &[Vec<Stretch>]) -> bool {
    let runs = |lines: &&Vec<Stretch>| {
        let chars: usize = lines.iter().map(|l| l.chars).sum();
        let on = lines[1..].iter().filter(|l| l.goes_on).count();
        on * 2 >= lines.len() - 1 && chars >= 12 * lines.len()
    };
    let longer = || columns.iter().filter(|lines| lines.len() >= 2);
    longer().count() >= 2 && longer().all(|lines| runs(&lines))
}

fn same_row(a: &Stretch, b: &Stretch) -> bool {
    (a.bounds.y1 - b.bounds.y1).abs() < 0.35 * a.size.min(b.size)
}

/// How many lines that come after a gap meet a line on their row in another column that comes
/// after a gap too, or is the first, and how many miss one although there is text beside them.
fn starts(columns: &[Vec<Stretch>]) -> (usize, usize) {
    let gap = |p: &[Stretch]| p[1].bounds.y1 - p[0].bounds.y1;
    let least = columns.iter().flat_map(|c| c.windows(2).map(gap)).fold(f32::MAX, f32::min);
    let begins = |lines: &[Stretch], at: usize| at == 0 || gap(&lines[at - 1..=at]) > 1.18 * least.max(lines[at].size);
    let (mut met, mut missed) = (0, 0);
    for (c, lines) in columns.iter().enumerate() {
        for at in (1..lines.len()).filter(|at| begins(lines, *at)) {
            let (above, line) = (&lines[at - 1], &lines[at]);
            for other in columns.iter().enumerate().filter(|(o, _)| *o != c).map(|(_, l)| l) {
                match other.iter().position(|o| same_row(line, o)) {
                    Some(row) if begins(other, row) => met += 1,
                    Some(_) => missed += 1,
                    None => {
                        // Text just above and below, or in the gap, but not on the row: the rows differ.
                        let from = (above.bounds.y1 + 0.35 * line.size).min(line.bounds.y1 - 0.9 * line.size);
                        let near = |o: &Stretch| o.bounds.y1 > from && o.bounds.y1 < line.bounds.y1 + 0.9 * line.size;
                        missed += usize::from(other.iter().any(near));
                    }
                }
            }
        }
    }
    (met, missed)
}

/// How many rows right above a band stand only to the right of its gutter, as the upper lines of
/// a table's head do.
pub(super) fn head(above: &[Cluster], items: &[Item], first: &Cluster, gutter: (f32, f32)) -> usize {
    let mut below = first.bounds;
    let mut count = 0;
    for row in above.iter().rev().take(4) {
        let size = row.items.iter().map(|i| items[*i].size).fold(0.0, f32::max);
        let near = below.y0 - row.bounds.y1 < 0.9 * size;
        if !near || row.bounds.x0 < gutter.1 - 0.1 {
            break;
        }
        below = row.bounds;
        count += 1;
    }
    count
}

/// The table of a band.
pub(super) fn table(text: Vec<Segment>, gutters: &[(f32, f32)], level: &[Rect]) -> Table {
    let bounds = text.iter().fold(Rect::NOTHING, |r, s| r.union(&s.bounds));
    let mut lines: Vec<(f32, Vec<&Segment>)> = Vec::new();
    let mut order: Vec<&Segment> = text.iter().collect();
    order.sort_by(|a, b| a.y.total_cmp(&b.y));
    for segment in order {
        match lines.last_mut() {
            Some((y, all)) if segment.y - *y < 0.4 * segment.size => all.push(segment),
            _ => lines.push((segment.y, vec![segment])),
        }
    }
    let ruled = |a: f32, b: f32| {
        level.iter().any(|l| l.y0 > a && l.y0 < b && l.x0 < bounds.x0 + 20.0 && l.x1 > bounds.x0 + 20.0)
    };
    let rules = lines.windows(2).filter(|p| ruled(p[0].0, p[1].0)).count();
    let step = row_step(&lines);
    let first = |l: &[&Segment]| l.iter().any(|s| s.bounds.x0 < gutters[0].0);
    let mut table = Table { xs: vec![bounds.x0], ..Table::default() };
    table.xs.extend(gutters.iter().map(|g| g.1));
    table.xs.push(bounds.x1);
    let count = lines.len() - 1;
    let mut open: Vec<&Segment> = Vec::new();
    let mut before = f32::MIN;
    for (y, all) in lines {
        let new = if rules * 3 >= count && rules > 1 {
            ruled(before, y)
        } else if let Some(step) = step {
            y - before > step || (rules > 0 && ruled(before, y))
        } else {
            first(&all) && (all.len() > 1 || gutters.len() < 2)
        };
        if new && !open.is_empty() {
            let mut full = row(std::mem::take(&mut open), gutters);
            full.marked |= table.rows.is_empty() && rules * 3 <= count && ruled(before, y);
            table.rows.push(full);
        }
        open.extend(all);
        before = y;
    }
    if !open.is_empty() {
        table.rows.push(row(open, gutters));
    }
    table
}

/// The gap, from baseline to baseline, beyond which a new row begins, where gaps are of two kinds.
fn row_step(lines: &[(f32, Vec<&Segment>)]) -> Option<f32> {
    let mut gaps: Vec<f32> = lines.windows(2).map(|p| p[1].0 - p[0].0).collect();
    gaps.sort_by(f32::total_cmp);
    let narrow = *gaps.first()?;
    let size = lines.iter().flat_map(|(_, all)| all).map(|s| s.size).fold(0.0, f32::max);
    if narrow > APART * size {
        return None;
    }
    let jump = gaps
        .windows(2)
        .filter(|p| p[0] < 1.6 * narrow && p[1] > JUMP * p[0] && p[1] - p[0] > 0.8)
        .max_by(|a, b| (a[1] / a[0]).total_cmp(&(b[1] / b[0])))?;
    Some(f32::midpoint(jump[0], jump[1]))
}

fn row(text: Vec<&Segment>, gutters: &[(f32, f32)]) -> Row {
    let marked = text.iter().all(|s| s.words.iter().all(|w| w.bold || w.white));
    let mut cells: Vec<Vec<&Segment>> = vec![Vec::new(); gutters.len() + 1];
    for segment in text {
        let column = gutters.iter().filter(|g| segment.bounds.x0 > g.0).count();
        cells[column].push(segment);
    }
    Row { cells: cells.into_iter().map(cell_text).collect(), marked, ..Row::default() }
}
