//! Where columns part: gaps that many lines share.
//!
//! Comes in: the rows of a region with their segments. Goes out: which of these rows are a table, and
//! the table, its rows told by [`super::rows`].

use super::PITCH;
use super::rows::table;
use crate::input::pdf::bands::Cluster;
use crate::input::pdf::geometry::Rect;
use crate::input::pdf::table::Table;
use crate::input::pdf::word::{Segment, Word};
use std::ops::Range;

/// Words further apart than this many ems may stand in two columns; no plain space is as wide.
const GAP: f32 = 0.45;
/// How many stretches of rows are looked at, those with most gaps first.
const TRIALS: usize = 4;

/// Stretches of a line, from the left.
type Gaps = Vec<(f32, f32)>;

/// What tells rows apart besides the text.
#[derive(Clone, Copy)]
pub(in crate::input::pdf) struct Guides<'g> {
    /// Level rules and the edges of shades, pieces in a line joined.
    pub rules: &'g [Rect],
    /// What is laid out already; no table reaches across it.
    pub taken: &'g [Rect],
}

/// The first stretch of rows that is such a table, with the table.
pub(in crate::input::pdf) fn find(
    rows: &[Cluster],
    text: &[Option<&Segment>],
    guides: Guides<'_>,
) -> Option<(Range<usize>, Table)> {
    let lines: Vec<Vec<&Word>> = rows.iter().map(|row| words_of(row, text)).collect();
    let size = common(lines.iter().flatten().map(|w| w.size));
    let least = GAP * size;
    let mut free: Vec<Option<Gaps>> =
        rows.iter().zip(&lines).map(|(row, words)| open(row, words, text, guides.taken, least)).collect();
    let large: Vec<bool> = lines.iter().map(|words| words.iter().any(|w| w.size > 1.3 * size)).collect();
    for _ in 0..TRIALS {
        let (range, gutters) = stretch(&free, &large, least)?;
        let gutters = without_shifted(&lines[range.clone()], gutters);
        let (full, gutters) = reach(rows, &lines, &free, (range.clone(), gutters), least);
        let words: Vec<&Word> = lines[full.clone()].iter().flatten().copied().collect();
        if let Some(table) = table(words, &gutters, guides) {
            return Some((full, table));
        }
        free[range].fill(None);
    }
    None
}

/// The rows in a row that share most gaps, with these; none begins with large letters.
fn stretch(free: &[Option<Gaps>], large: &[bool], least: f32) -> Option<(Range<usize>, Gaps)> {
    let mut most = 0;
    let mut best = None;
    for (from, first) in free.iter().enumerate().filter(|(at, _)| !large[*at]) {
        let Some(mut shared) = first.clone().filter(|gaps| !inner(gaps).is_empty()) else { continue };
        let mut many = 1;
        for (to, next) in free.iter().enumerate().skip(from + 1) {
            let Some(next) = next else { break };
            shared = common_gaps(&shared, next, least);
            let gutters = inner(&shared);
            if gutters.is_empty() {
                break;
            }
            many += usize::from(!inner(next).is_empty());
            if many >= 2 && many * gutters.len() > most {
                most = many * gutters.len();
                best = Some((from..to + 1, gutters.to_vec()));
            }
        }
    }
    best
}

/// The words of a row, from the left.
fn words_of<'s>(row: &Cluster, text: &[Option<&'s Segment>]) -> Vec<&'s Word> {
    let mut words: Vec<&Word> = row.items.iter().filter_map(|i| text[*i]).flat_map(|s| &s.words).collect();
    words.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    words
}

/// The stretches of a row that no word stands in, the outer ones too; nothing where it holds more than text.
fn open(row: &Cluster, words: &[&Word], text: &[Option<&Segment>], taken: &[Rect], least: f32) -> Option<Gaps> {
    let barred = row.items.iter().any(|i| text[*i].is_none());
    if barred || taken.iter().any(|t| t.y0 < row.bounds.y1 && t.y1 > row.bounds.y0) {
        return None;
    }
    let mut out = Vec::new();
    let mut at = f32::MIN;
    for word in words {
        if word.x0 - at >= least && !word.joined {
            out.push((at, word.x0));
        }
        at = at.max(word.x1);
    }
    out.push((at, f32::MAX));
    Some(out)
}

/// The gaps that have text on both sides.
fn inner(gaps: &[(f32, f32)]) -> &[(f32, f32)] {
    let from = usize::from(gaps.first().is_some_and(|g| g.0 == f32::MIN));
    let to = gaps.len() - usize::from(gaps.last().is_some_and(|g| g.1 == f32::MAX));
    gaps.get(from..to).unwrap_or_default()
}

/// What two lists of gaps, each from the left, have in common.
fn common_gaps(a: &[(f32, f32)], b: &[(f32, f32)], least: f32) -> Gaps {
    let (mut i, mut j) = (0, 0);
    let mut out = Vec::new();
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        let both = (x.0.max(y.0), x.1.min(y.1));
        if both.1 - both.0 >= least {
            out.push(both);
        }
        if x.1 < y.1 {
            i += 1;
        } else {
            j += 1;
        }
    }
    out
}

/// The most common of some sizes.
fn common(sizes: impl Iterator<Item = f32>) -> f32 {
    let mut sizes: Vec<f32> = sizes.collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}

/// Adds the lines that belong to the first and last row: those that keep to the columns at the pitch of a cell.
fn reach(
    rows: &[Cluster],
    lines: &[Vec<&Word>],
    free: &[Option<Gaps>],
    (mut range, mut gutters): (Range<usize>, Gaps),
    least: f32,
) -> (Range<usize>, Gaps) {
    let near = |upper: usize, lower: usize| {
        let size = common(lines[upper].iter().map(|w| w.size));
        !lines[lower].is_empty() && rows[lower].bounds.y1 - rows[upper].bounds.y1 < PITCH * size
    };
    let mut keeps = |at: usize| {
        let open = free[at].as_ref().filter(|_| !lines[at].is_empty())?;
        gutters = Some(common_gaps(&gutters, open, least)).filter(|kept| kept.len() == gutters.len())?;
        Some(())
    };
    while range.start > 0 && near(range.start - 1, range.start) && keeps(range.start - 1).is_some() {
        range.start -= 1;
    }
    while range.end < rows.len() && near(range.end - 1, range.end) && keeps(range.end).is_some() {
        range.end += 1;
    }
    let columns =
        |at: usize| (0..=gutters.len()).filter(|c| lines[at].iter().any(|w| column(w, &gutters) == *c)).count();
    let full = range.clone().rev().find(|at| columns(*at) > 1).unwrap_or(range.start);
    range.end = (full + 1..range.end).find(|at| !near(at - 1, *at)).unwrap_or(range.end);
    (range, gutters)
}

/// The gutters without those beside a name that stands clear of what it names.
fn without_shifted(lines: &[Vec<&Word>], mut gutters: Gaps) -> Gaps {
    let on = |place: usize, gutters: &[(f32, f32)]| -> Vec<usize> {
        (0..lines.len()).filter(|at| lines[*at].iter().any(|w| column(w, gutters) == place)).collect()
    };
    let mut at = 0;
    while at < gutters.len() {
        let (left, right) = (on(at, &gutters), on(at + 1, &gutters));
        let few = left.len().min(right.len()) <= 2 && left.len().max(right.len()) > 2;
        if few && !left.iter().any(|line| right.contains(line)) {
            gutters.remove(at);
        } else {
            at += 1;
        }
    }
    gutters
}

/// The gutters without those between bullets and the text beside them.
pub(super) fn without_bullets(words: &[&Word], gutters: &[(f32, f32)]) -> Gaps {
    let is_bullet = |w: &&&Word| !w.text.chars().any(char::is_alphanumeric) && w.text.chars().count() < 3;
    let bullets = |at: usize| {
        let all = words.iter().filter(|w| column(w, gutters) == at);
        all.clone().count() == all.filter(is_bullet).count()
    };
    gutters.iter().enumerate().filter(|(at, _)| !bullets(*at)).map(|(_, g)| *g).collect()
}

/// Which column a word stands in.
pub(super) fn column(word: &Word, gutters: &[(f32, f32)]) -> usize {
    gutters.iter().filter(|g| word.x0 > g.0).count()
}
