//! Where rows part: rules, shades, gaps, or the lines of one column.
//!
//! Comes in: the words between the first and last line of a table, with the gaps between its columns.
//! Goes out: the table, if [`super::judge`] finds one.

use super::columns::{Guides, column, without_bullets};
use super::judge::{faults, is_list};
use super::{LEVEL, PITCH};
use crate::input::naming::are_names;
use crate::input::pdf::geometry::Rect;
use crate::input::pdf::table::{Row, Table, cell_text};
use crate::input::pdf::word::{Segment, Word};

/// A line of one column.
pub(super) struct Stretch {
    pub column: usize,
    pub segment: Segment,
}

impl Stretch {
    /// The number that is all of it.
    pub fn number(&self) -> Option<u32> {
        match self.segment.words.as_slice() {
            [word] => word.text.trim_matches(|c: char| !c.is_alphanumeric()).parse().ok(),
            _ => None,
        }
    }
}

/// The table of some words, if they are one.
pub(super) fn table(words: Vec<&Word>, gutters: &[(f32, f32)], guides: Guides<'_>) -> Option<Table> {
    let gutters = without_bullets(&words, gutters);
    let lines = stretches(&words, &gutters);
    let bounds = lines.iter().fold(Rect::NOTHING, |r, l| r.union(&l.segment.bounds));
    let rules = rules(guides.rules, &bounds);
    let count = gutters.len() + 1;
    let named = count > 2 && is_named(&lines);
    let fewest = |edges: &[f32]| edges.len() >= if named { 1 } else { 3 };
    let wide = count > 2 || is_list(&lines);
    let is_told = |edges: &Vec<f32>| wide && fewest(edges) && faults(&lines, edges, count).is_some();
    let by_rules = Some(rules.clone()).filter(|e| e.len() > usize::from(!named) && faults(&lines, e, count).is_some());
    let by_gaps = || Some(gaps(&lines)).filter(is_told);
    let by_key = || {
        let told = by_key(&lines, count).into_iter().filter(is_told);
        told.min_by_key(|edges| faults(&lines, edges, count))
    };
    let mut edges = match by_rules {
        // Rules may stand between groups of rows.
        Some(rules) => by_gaps().filter(|edges| 2 * edges.len() > 3 * rules.len()).unwrap_or(rules),
        None => by_gaps().or_else(by_key)?,
    };
    if let Some(head) = head(&lines, edges.first().copied()) {
        edges.insert(0, head);
    }
    let mut cells: Vec<Vec<Vec<&Segment>>> = vec![vec![Vec::new(); count]; edges.len() + 1];
    for line in &lines {
        cells[row(line, &edges)][line.column].push(&line.segment);
    }
    let mut table = Table { xs: vec![bounds.x0], ..Table::default() };
    table.xs.extend(gutters.iter().map(|g| g.1));
    table.xs.push(bounds.x1);
    // One of few rules, right below the first row, parts it from what it names.
    let first = lines.partition_point(|l| row(l, &edges) == 0);
    let last = lines[..first].last().map_or(f32::MAX, |l| l.segment.y);
    let next = lines.get(first).map_or(f32::MIN, |l| l.segment.y);
    let apart = rules.len() * 3 <= edges.len() && rules.iter().any(|y| last < *y && *y < next);
    for (at, cells) in cells.into_iter().enumerate().filter(|(_, cells)| cells.iter().any(|c| !c.is_empty())) {
        let bold = cells.iter().flatten().all(|s| s.words.iter().all(|w| w.bold || w.white));
        let marked = bold || (at == 0 && apart);
        table.rows.push(Row { cells: cells.into_iter().map(cell_text).collect(), marked, ..Row::default() });
    }
    Some(table)
}

/// Where the lines that name the columns end, if others stand above the first edge with them.
fn head(lines: &[Stretch], edge: Option<f32>) -> Option<f32> {
    let first: Vec<&Segment> = lines.iter().map(|l| &l.segment).take_while(|s| edge.is_none_or(|e| s.y < e)).collect();
    let bold = first.iter().take_while(|s| s.words.iter().all(|w| w.bold || w.white)).count();
    let count = if bold > 1 { bold } else { level(lines) };
    let last = first.get(count.checked_sub(1)?).filter(|_| bold > 1 || is_named(lines))?;
    let next = first.get(count)?;
    (next.y - last.y > LEVEL * next.size).then_some(last.y + 0.2 * last.size)
}

/// How many lines stand level with the first.
fn level(lines: &[Stretch]) -> usize {
    lines.iter().take_while(|l| l.segment.y - lines[0].segment.y < LEVEL * l.segment.size).count()
}

/// Whether the first lines are names of columns.
fn is_named(lines: &[Stretch]) -> bool {
    let texts: Vec<String> = lines[..level(lines)].iter().map(|l| cell_text(vec![&l.segment])).collect();
    are_names(texts.iter().map(String::as_str))
}

/// The lines of all columns, from the top.
fn stretches(words: &[&Word], gutters: &[(f32, f32)]) -> Vec<Stretch> {
    let mut columns: Vec<Vec<&Word>> = vec![Vec::new(); gutters.len() + 1];
    for word in words {
        columns[column(word, gutters)].push(word);
    }
    let mut out: Vec<Stretch> = Vec::new();
    for (column, mut words) in columns.into_iter().enumerate() {
        words.sort_by(|a, b| a.y.total_cmp(&b.y));
        for line in words.chunk_by(|a, b| b.y - a.y < LEVEL * a.size.min(b.size)) {
            let mut line: Vec<Word> = line.iter().map(|w| (*w).clone()).collect();
            line.sort_by(|a, b| a.x0.total_cmp(&b.x0));
            out.push(Stretch { column, segment: Segment::new(line) });
        }
    }
    out.sort_by(|a, b| a.segment.y.total_cmp(&b.segment.y));
    out
}

/// The heights of the rules between the lines of a table that reach across most of it.
fn rules(rules: &[Rect], bounds: &Rect) -> Vec<f32> {
    let across = |r: &&Rect| r.x1.min(bounds.x1) - r.x0.max(bounds.x0) > 0.6 * bounds.width();
    let mut ys: Vec<f32> = rules.iter().filter(across).map(|r| r.y0).collect();
    ys.retain(|y| *y > bounds.y0 + 2.0 && *y < bounds.y1 - 2.0);
    ys.sort_by(f32::total_cmp);
    ys.dedup_by(|b, a| *b - *a < 3.0);
    ys
}

/// Which row a line stands on.
pub(super) fn row(line: &Stretch, edges: &[f32]) -> usize {
    let middle = line.segment.y - 0.3 * line.segment.size;
    edges.iter().filter(|edge| **edge < middle).count()
}

/// The middles of the gaps that no column has text in, where they are wider than those between the lines of a cell.
fn gaps(lines: &[Stretch]) -> Vec<f32> {
    let mut last: Vec<Option<&Segment>> = Vec::new();
    let mut least = f32::MAX;
    for line in lines {
        last.resize(last.len().max(line.column + 1), None);
        if let Some(before) = last[line.column].replace(&line.segment) {
            least = least.min((line.segment.y - before.y) / before.size.max(line.segment.size));
        }
    }
    let pitch = least.min(PITCH);
    let mut out = Vec::new();
    let mut end: Option<f32> = None;
    for line in lines.iter().map(|l| &l.segment) {
        let (top, bottom) = (line.y - 0.72 * line.size, line.y + 0.2 * line.size);
        if let Some(end) =
            end.filter(|end| top - end + 0.92 * line.size > (pitch * line.size) + (0.12 * line.size).max(0.8))
        {
            out.push(f32::midpoint(end, top));
        }
        end = Some(end.map_or(bottom, |end| end.max(bottom)));
    }
    out
}

/// Where rows part that are told by one column, the one of fewest lines: all cells stand about its middles, or most
/// begin or end with it.
fn by_key(lines: &[Stretch], columns: usize) -> Vec<Vec<f32>> {
    let level: Vec<&[Stretch]> =
        lines.chunk_by(|a, b| b.segment.y - a.segment.y < LEVEL * a.segment.size.min(b.segment.size)).collect();
    let many = |column: usize| lines.iter().filter(|l| l.column == column).count();
    let Some(key) = (0..columns).min_by_key(|c| (many(*c), *c)) else { return Vec::new() };
    let keys: Vec<&[Stretch]> = level.into_iter().filter(|l| l.iter().any(|s| s.column == key)).collect();
    let heights = |of: fn(&Segment) -> f32, pick: fn(f32, f32) -> f32| -> Vec<f32> {
        keys.iter().filter_map(|l| l.iter().map(|s| of(&s.segment)).reduce(pick)).collect()
    };
    let tops = heights(|s| s.y - 0.75 * s.size, f32::min);
    let ends = heights(|s| s.y + 0.2 * s.size, f32::max);
    let (Some(first), [_, later @ ..], [earlier @ .., _]) = (lines.first(), &tops[..], &ends[..]) else {
        return Vec::new();
    };
    // Above its middle a row is as high as below.
    let mut edge = first.segment.y - 0.9 * first.segment.size;
    let middles = tops.iter().zip(earlier).zip(later).map(|((top, end), next)| {
        edge = Some(top + end - edge).filter(|e| end <= e && e <= next).unwrap_or(f32::midpoint(*end, *next));
        edge
    });
    let mut told = vec![middles.collect()];
    let filled: usize = keys.iter().map(|l| l.len()).sum();
    if filled * 4 >= keys.len() * columns * 3 {
        told.extend([later.to_vec(), earlier.to_vec()]);
    }
    told
}
