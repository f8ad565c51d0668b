//! Ruled grids: where rules and the edges of filled areas make the cells of a table.
//!
//! Comes in: the marks of a page. Goes out: [`Grid`]s with their cells, without any text. A frame
//! around one cell is no grid, but a box.

use super::geometry::Rect;
use super::marks::{Fill, Marks, WHITE};

/// Coordinates closer than this, in points, are the same line of a grid.
const SNAP: f32 = 3.0;
/// Columns narrower than this, in points, hold no text: their edges are one line.
const NARROW: f32 = 11.5;
/// Rows lower than this hold no text.
const LOW: f32 = 5.0;
/// Most rules that a grid is looked for in; a page with more shows a drawing.
const MAX_RULES: usize = 6_000;
/// Most lines of one grid in a direction.
const MAX_LINES: usize = 400;

/// Cells that share edges.
#[derive(Clone, Debug, Default)]
pub(super) struct Grid {
    /// Around all cells.
    pub bounds: Rect,
    /// The upright lines, from the left.
    pub xs: Vec<f32>,
    /// The level lines, from the top.
    pub ys: Vec<f32>,
    /// The cells, by row and column of their upper left corner.
    pub cells: Vec<Cell>,
    /// For each place between the lines, row by row, which cell it belongs to.
    owners: Vec<usize>,
}

/// A cell, which may span rows and columns.
#[derive(Clone, Debug, Default)]
pub(super) struct Cell {
    /// Its first row.
    pub row: usize,
    /// Its last row.
    pub last_row: usize,
    /// Its first column.
    pub column: usize,
    /// Its last column.
    pub last_column: usize,
    /// Where it lies.
    pub area: Rect,
}

/// The grids that level and upright rules make, from the top; grids of one cell among them.
pub(super) fn find(level: &[Rect], upright: &[Rect]) -> Vec<Grid> {
    let mut grids: Vec<Grid> = components(level, upright).into_iter().filter_map(|(l, u)| Grid::new(&l, &u)).collect();
    grids.sort_by(|a, b| a.bounds.y0.total_cmp(&b.bounds.y0).then(a.bounds.x0.total_cmp(&b.bounds.x0)));
    grids
}

/// The level and the upright rules of a page with the edges of its areas, pieces in a line joined; none of a drawing.
pub(super) fn rules(marks: &Marks) -> (Vec<Rect>, Vec<Rect>) {
    let mut level = marks.level.clone();
    let mut upright = marks.upright.clone();
    let page = marks.width * marks.height;
    for fill in joined_fills(marks) {
        let r = fill.area;
        if r.area() > 0.5 * page || r.width() < 12.0 || r.height() < 7.0 {
            continue;
        }
        level.extend([Rect { y1: r.y0, ..r }, Rect { y0: r.y1, ..r }]);
        upright.extend([Rect { x1: r.x0, ..r }, Rect { x0: r.x1, ..r }]);
    }
    let (level, upright) = (join(level, |r| (r.y0, r.x0, r.x1), false), join(upright, |r| (r.x0, r.y0, r.y1), true));
    if level.len() + upright.len() > MAX_RULES {
        return Default::default();
    }
    (level, upright)
}

/// Filled areas with those put together that lie one under the other: many programs shade a cell
/// line by line.
fn joined_fills(marks: &Marks) -> Vec<Fill> {
    let mut fills: Vec<Fill> = marks.fills.iter().filter(|f| f.tint != WHITE).copied().collect();
    let place = |f: &Fill| ((f.area.x0 * 2.0) as i64, (f.area.x1 * 2.0) as i64, f.tint);
    fills.sort_by(|a, b| place(a).cmp(&place(b)).then(a.area.y0.total_cmp(&b.area.y0)));
    let mut out: Vec<Fill> = Vec::new();
    for fill in fills {
        match out.last_mut() {
            Some(last) if place(last) == place(&fill) && fill.area.y0 <= last.area.y1 + 0.6 => {
                last.area = last.area.union(&fill.area);
            }
            _ => out.push(fill),
        }
    }
    out
}

/// Joins rules in one line that touch; `key` tells their place across and their ends along.
fn join(mut rules: Vec<Rect>, key: fn(&Rect) -> (f32, f32, f32), upright: bool) -> Vec<Rect> {
    rules.sort_by(|a, b| key(a).0.total_cmp(&key(b).0).then(key(a).1.total_cmp(&key(b).1)));
    let mut out = Vec::new();
    let mut start = 0;
    while start < rules.len() {
        let across = key(&rules[start]).0;
        let same = rules[start..].iter().take_while(|r| key(r).0 - across < 1.5).count();
        let mut row: Vec<(f32, f32)> = rules[start..start + same].iter().map(|r| (key(r).1, key(r).2)).collect();
        row.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut open = row[0];
        let mut close = |(from, to): (f32, f32)| {
            if to - from >= 6.0 {
                out.push(if upright {
                    Rect { x0: across, x1: across, y0: from, y1: to }
                } else {
                    Rect { y0: across, y1: across, x0: from, x1: to }
                });
            }
        };
        for piece in &row[1..] {
            if piece.0 <= open.1 + SNAP {
                open.1 = open.1.max(piece.1);
            } else {
                close(open);
                open = *piece;
            }
        }
        close(open);
        start += same;
    }
    out
}

/// Rules that cross or touch, together.
fn components(level: &[Rect], upright: &[Rect]) -> Vec<(Vec<Rect>, Vec<Rect>)> {
    let mut parent: Vec<usize> = (0..level.len() + upright.len()).collect();
    for (i, l) in level.iter().enumerate() {
        for (j, u) in upright.iter().enumerate() {
            let crosses = u.x0 >= l.x0 - SNAP && u.x0 <= l.x1 + SNAP && l.y0 >= u.y0 - SNAP && l.y0 <= u.y1 + SNAP;
            if crosses {
                let (a, b) = (root(&mut parent, i), root(&mut parent, level.len() + j));
                parent[a.max(b)] = a.min(b);
            }
        }
    }
    let mut groups: Vec<(Vec<Rect>, Vec<Rect>)> = vec![Default::default(); parent.len()];
    for at in 0..parent.len() {
        let root = root(&mut parent, at);
        match at.checked_sub(level.len()) {
            None => groups[root].0.push(level[at]),
            Some(j) => groups[root].1.push(upright[j]),
        }
    }
    groups.retain(|(l, u)| l.len() >= 2 && !u.is_empty());
    groups
}

fn root(parent: &mut [usize], mut at: usize) -> usize {
    while parent[at] != at {
        parent[at] = parent[parent[at]];
        at = parent[at];
    }
    at
}

/// Coordinates in order, near ones taken as one.
fn snapped(all: impl Iterator<Item = f32>, least: f32) -> Vec<f32> {
    let mut all: Vec<f32> = all.collect();
    all.sort_by(f32::total_cmp);
    let mut out: Vec<f32> = Vec::new();
    for x in all {
        if out.last().is_none_or(|last| x - last > least) {
            out.push(x);
        }
    }
    out
}

impl Grid {
    fn new(level: &[Rect], upright: &[Rect]) -> Option<Self> {
        let ends = level.iter().flat_map(|l| [l.x0, l.x1]);
        let (left, right) = ends.fold((f32::MAX, f32::MIN), |(a, b), x| (a.min(x), b.max(x)));
        // Rules that reach well beyond the outer upright ones close open sides.
        let xs = snapped(upright.iter().map(|u| u.x0).chain([left, right]), NARROW);
        let ys = snapped(level.iter().map(|l| l.y0), LOW);
        if xs.len() < 2 || ys.len() < 2 || xs.len() > MAX_LINES || ys.len() > MAX_LINES {
            return None;
        }
        let (columns, rows) = (xs.len() - 1, ys.len() - 1);
        let mut parent: Vec<usize> = (0..rows * columns).collect();
        for row in 0..rows {
            for column in 0..columns {
                let (mx, my) = (f32::midpoint(xs[column], xs[column + 1]), f32::midpoint(ys[row], ys[row + 1]));
                let at = row * columns + column;
                let wall = |u: &Rect| (0.0..=NARROW).contains(&(u.x0 - xs[column + 1])) && u.y0 <= my && u.y1 >= my;
                if column + 1 < columns && !upright.iter().any(wall) {
                    let (a, b) = (root(&mut parent, at), root(&mut parent, at + 1));
                    parent[a.max(b)] = a.min(b);
                }
                let floor = |l: &Rect| (0.0..=LOW).contains(&(l.y0 - ys[row + 1])) && l.x0 <= mx && l.x1 >= mx;
                if row + 1 < rows && !level.iter().any(floor) {
                    let (a, b) = (root(&mut parent, at), root(&mut parent, at + columns));
                    parent[a.max(b)] = a.min(b);
                }
            }
        }
        let mut cells: Vec<Cell> = Vec::new();
        let mut owners: Vec<usize> = vec![0; rows * columns];
        for at in 0..rows * columns {
            let (row, column) = (at / columns, at % columns);
            let area = Rect { x0: xs[column], x1: xs[column + 1], y0: ys[row], y1: ys[row + 1] };
            // The root of a cell is the first of its places, so its owner is known.
            let root = root(&mut parent, at);
            if root == at {
                owners[at] = cells.len();
                cells.push(Cell { row, last_row: row, column, last_column: column, area });
            }
            owners[at] = owners[root];
            let cell = &mut cells[owners[at]];
            cell.area = cell.area.union(&area);
            cell.column = cell.column.min(column);
            cell.last_column = cell.last_column.max(column);
            cell.last_row = row;
        }
        let bounds = cells.iter().fold(Rect::NOTHING, |r, c| r.union(&c.area));
        Some(Self { bounds, xs, ys, cells, owners })
    }

    /// Which cell a point lies in.
    pub fn cell_at(&self, x: f32, y: f32) -> Option<usize> {
        if !self.bounds.holds(x, y) {
            return None;
        }
        let between = |lines: &[f32], at: f32| lines[1..lines.len() - 1].partition_point(|line| *line < at);
        let (row, column) = (between(&self.ys, y), between(&self.xs, x));
        self.owners.get(row * (self.xs.len() - 1) + column).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(y: f32, x0: f32, x1: f32) -> Rect {
        Rect { x0, x1, y0: y, y1: y }
    }
    fn upright(x: f32, y0: f32, y1: f32) -> Rect {
        Rect { x0: x, x1: x, y0, y1 }
    }

    #[test]
    fn cells_merge_where_a_rule_is_missing() {
        let marks = Marks {
            width: 600.0,
            height: 800.0,
            level: vec![level(100.0, 50.0, 250.0), level(120.0, 50.0, 250.0), level(140.0, 50.0, 250.0)],
            upright: vec![upright(50.0, 100.0, 140.0), upright(150.0, 120.0, 140.0), upright(250.0, 100.0, 140.0)],
            ..Marks::default()
        };
        let (level, upright) = rules(&marks);
        let grids = find(&level, &upright);
        assert_eq!(grids.len(), 1);
        assert_eq!((grids[0].xs.len(), grids[0].ys.len(), grids[0].cells.len()), (3, 3, 3));
        assert_eq!(grids[0].cell_at(200.0, 130.0), Some(2));
        assert_eq!(grids[0].cells[0].area.x1, 250.0);
    }
}
