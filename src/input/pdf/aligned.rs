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

/// Whether a band is a table.
pub(super) fn is_table(inside: &[Item], rows: &[Cluster], items: &[Item], gutters: &[(f32, f32)]) -> bool {
    if gutters.is_empty() || rows.len() < 2 {
        return false;
    }
    let column = |item: &Item| gutters.iter().filter(|g| item.bounds.x0 > g.0).count();
    let count = gutters.len() + 1;
    let mut lines = vec![(0_usize, 0_usize, 0.0_f32, Rect::NOTHING); count];
    for item in inside {
        let side = &mut lines[column(item)];
        side.0 += 1;
        side.1 += item.chars;
        side.2 += item.bounds.width();
        side.3 = side.3.union(&item.bounds);
    }
    let prose = |(n, chars, width, bounds): &(usize, usize, f32, Rect)| {
        *n >= 3 && *chars >= 20 * n && *width > 0.62 * *n as f32 * bounds.width()
    };
    let wordy = lines.iter().filter(|l| prose(l)).count();
    if wordy == count || (count == 2 && wordy == 1 && lines.iter().all(|l| l.1 >= 14 * l.0)) {
        return false;
    }
    // The column with fewest lines must have them on the rows of the others.
    let occupied = |c: &Cluster| {
        let mut all: Vec<usize> = c.items.iter().map(|i| column(&items[*i])).collect();
        all.sort_unstable();
        all.dedup();
        all
    };
    let told: Vec<Vec<usize>> = rows.iter().map(occupied).collect();
    let shared = told.iter().filter(|c| c.len() > 1).count();
    let tall = rows.iter().filter(|r| r.items.iter().any(|i| r.bounds.height() > 2.2 * items[*i].size));
    if tall.count() * 3 > rows.len() {
        return false;
    }
    let sparse = (0..count)
        .map(|c| {
            let own = told.iter().filter(|t| t.contains(&c)).count();
            let with = told.iter().filter(|t| t.contains(&c) && t.len() > 1).count();
            (own, with)
        })
        .min()
        .unwrap_or((0, 0));
    shared >= 2 && sparse.1 * 4 >= sparse.0 * 3 && (count > 2 || shared * 3 >= rows.len())
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
    Row { cells: cells.into_iter().map(cell_text).collect(), marked }
}
