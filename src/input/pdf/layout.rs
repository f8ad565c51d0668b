//! A page's marks to its lines and tables in reading order.
//!
//! Comes in: [`Marks`] with the text running from left to right. Goes out: [`Piece`]s. Ruled grids
//! are taken out first; the rest is cut recursively: the band of rows that shares the widest
//! gutter is parted from what stands above and below, and its sides are read one after the other.

use super::aligned;
use super::bands::{Band, Cluster, Item, best, by_column, clusters, gutters};
use super::geometry::Rect;
use super::grid::{self, Grid};
use super::line::{Line, line};
use super::marks::{Face, Fill, Glyph, Marks};
use super::spaced::{self, Guides};
use super::table::{self, Reading, Table};
use super::word::{Segment, segments, words};

/// Most rows of text for which columns are looked for; a page with more is a drawing.
const MAX_CLUSTERS: usize = 400;
/// Most kinds of stripe, by their place across, that are looked at on a page; one with more is a drawing.
const MAX_STRIPES: usize = 40;
/// Least width, in points, of a shaded row of a table.
const NARROWEST: f32 = 100.0;
/// How deep columns may stand in columns.
const MAX_DEPTH: usize = 12;

/// What stands on a page, in reading order.
#[derive(Clone, Debug)]
pub(super) enum Piece {
    /// A line of text.
    Line(Line),
    /// A table.
    Table(Table),
}

impl Piece {
    /// The line, if it is one.
    pub fn line(&self) -> Option<&Line> {
        match self {
            Self::Line(line) => Some(line),
            Self::Table(_) => None,
        }
    }
}

/// Something that is already laid out, as a whole.
enum Block {
    Table(Table),
    Box(Vec<Piece>),
}

/// Lays out a page piece by piece.
struct Layout<'m> {
    level: &'m [Rect],
    /// The rules and the edges of areas, pieces in a line joined.
    rules: Vec<Rect>,
    columns: usize,
    /// What is laid out is a drawing, which holds no tables.
    drawing: bool,
    out: Vec<Piece>,
}

/// The lines and tables of a page in reading order.
pub(super) fn read(marks: &Marks, faces: &[Face]) -> Vec<Piece> {
    let (rules, upright) = grid::rules(marks);
    let grids = grid::find(&rules, &upright);
    let mut walls = marks.upright.clone();
    for grid in grids.iter().filter(|g| g.cells.len() > 1) {
        for x in &grid.xs {
            walls.push(Rect { x0: *x, x1: *x, ..grid.bounds });
        }
    }
    let found = segments(words(&marks.glyphs, faces), &walls);
    let mut layout = Layout { level: &marks.level, rules, columns: 0, drawing: false, out: Vec::new() };
    let page = Rect { x0: 0.0, y0: 0.0, x1: marks.width, y1: marks.height };
    layout.region(found, &grids, &marks.fills, &page);
    layout.out
}

/// The lines of segments in reading order; none of them is taken for a table.
pub(super) fn arrange(text: Vec<Segment>) -> Vec<Piece> {
    let mut layout = Layout { level: &[], rules: Vec::new(), columns: 0, drawing: true, out: Vec::new() };
    let (items, mut store) = stored(text, Vec::new());
    layout.cut(items, &mut store, 0);
    layout.out
}

/// The lines of text that runs in other directions, after everything else on the page.
pub(super) fn read_turned(turned: &[Vec<Glyph>], faces: &[Face], out: &mut Vec<Piece>) {
    let column = usize::MAX - out.len();
    for (at, glyphs) in turned.iter().enumerate() {
        for segment in segments(words(glyphs, faces), &[]) {
            let line = line(vec![segment], column - at);
            out.push(Piece::Line(Line { turned: true, ..line }));
        }
    }
}

impl Layout<'_> {
    /// Lays out segments, with the grids among them.
    fn region(&mut self, segments: Vec<Segment>, grids: &[Grid], fills: &[Fill], page: &Rect) {
        let mut rest: Vec<Option<Segment>> = segments.into_iter().map(Some).collect();
        let mut blocks: Vec<(Rect, Block)> = self.striped(&mut rest, grids);
        // The smallest first, so that a frame around a table is looked at after the table.
        let mut order: Vec<&Grid> = grids.iter().collect();
        order.sort_by(|a, b| a.bounds.area().total_cmp(&b.bounds.area()));
        for grid in order {
            if grid.bounds.area() > 0.75 * page.area() && grid.cells.len() < 3 {
                continue;
            }
            self.take_grid(grid, &mut rest, fills, &mut blocks);
        }
        let rest: Vec<Segment> = rest.into_iter().flatten().collect();
        let (items, mut store) = stored(rest, blocks);
        self.cut(items, &mut store, 0);
    }

    /// Takes tables out of the rest whose rows, or the first of them, are shaded or framed one by one.
    fn striped(&mut self, rest: &mut [Option<Segment>], grids: &[Grid]) -> Vec<(Rect, Block)> {
        let is_plain = |g: &Grid| g.ys.len() == 2 || g.xs.len() == 2;
        let is_stripe = |g: &&Grid| is_plain(g) && g.bounds.width() > NARROWEST;
        let near = |a: &Rect, b: &Rect| (a.x0 - b.x0).abs() < 3.0 && (a.x1 - b.x1).abs() < 3.0;
        let mut taken: Vec<Rect> = grids.iter().filter(|g| !is_plain(g)).map(|g| g.bounds).collect();
        let mut done: Vec<Rect> = Vec::new();
        let mut blocks = Vec::new();
        for stripe in grids.iter().filter(is_stripe).map(|g| g.bounds) {
            if done.len() == MAX_STRIPES || done.iter().any(|d| near(d, &stripe)) {
                continue;
            }
            done.push(stripe);
            loop {
                let within = |s: &Segment| s.bounds.x0 > stripe.x0 - 4.0 && s.bounds.x1 < stripe.x1 + 4.0;
                let text = rest.iter().enumerate().filter_map(|(i, s)| Some((i, s.as_ref().filter(|s| within(s))?)));
                let (at, text): (Vec<usize>, Vec<Option<&Segment>>) = text.map(|(i, s)| (i, Some(s))).unzip();
                let items: Vec<Item> = text.iter().flatten().enumerate().map(|(i, s)| item(i, s)).collect();
                let rows = clusters(&items);
                if rows.len() > MAX_CLUSTERS {
                    break;
                }
                let guides = Guides { rules: &self.rules, taken: &taken };
                let Some((range, table)) = spaced::find(&rows, &text, guides) else { break };
                let bounds = rows[range.clone()].iter().fold(Rect::NOTHING, |r, row| r.union(&row.bounds));
                taken.push(bounds);
                let shaded = |g: &Grid| near(&g.bounds, &stripe) && g.bounds.y0 < bounds.y1 && g.bounds.y1 > bounds.y0;
                // Cells of several lines look like rows too.
                let cells = |g: &Grid| g.xs.len() > 2 && shaded(g) && g.bounds.union(&bounds).area() <= g.bounds.area();
                let is_one = table.rows.len() < 5 && grids.iter().filter(is_stripe).any(cells);
                if !is_one && grids.iter().filter(is_stripe).any(shaded) {
                    rows[range].iter().flat_map(|row| &row.items).for_each(|i| rest[at[*i]] = None);
                    blocks.push((bounds, Block::Table(table)));
                }
            }
        }
        blocks
    }

    /// Takes the text of a grid out of the rest.
    fn take_grid(
        &mut self,
        grid: &Grid,
        rest: &mut [Option<Segment>],
        fills: &[Fill],
        blocks: &mut Vec<(Rect, Block)>,
    ) {
        let mut inside: Vec<(usize, usize)> = Vec::new();
        let mut astray = 0;
        for (i, segment) in rest.iter().enumerate() {
            let Some(segment) = segment else { continue };
            let b = &segment.bounds;
            let (mx, my) = (f32::midpoint(b.x0, b.x1), segment.y - 0.3 * segment.size);
            let Some(cell) = grid.cell_at(mx, my) else { continue };
            let area = &grid.cells[cell].area;
            if b.x0 < area.x0 - 4.0 || b.x1 > area.x1 + 4.0 {
                astray += 1;
            }
            inside.push((cell, i));
        }
        if inside.is_empty() || astray * 4 > inside.len() {
            return;
        }
        let told: Vec<(usize, &Segment)> = inside.iter().filter_map(|(c, i)| Some((*c, rest[*i].as_ref()?))).collect();
        match table::read(grid, &told, fills) {
            Reading::Nothing => {}
            Reading::Table(table) => {
                inside.iter().for_each(|(_, i)| rest[*i] = None);
                blocks.push((grid.bounds, Block::Table(table)));
            }
            Reading::Boxes => {
                inside.sort_by_key(|(cell, _)| *cell);
                for own in inside.chunk_by(|a, b| a.0 == b.0) {
                    let area = grid.cells[own[0].0].area;
                    let text: Vec<Segment> = own.iter().filter_map(|(_, i)| rest[*i].take()).collect();
                    let within = blocks.extract_if(.., |(b, _)| is_within(b, &area)).collect();
                    blocks.push((area, Block::Box(self.boxed(text, within))));
                }
            }
        }
    }

    /// The pieces of a box, laid out by itself with what is already laid out in it.
    fn boxed(&mut self, text: Vec<Segment>, blocks: Vec<(Rect, Block)>) -> Vec<Piece> {
        let kept = std::mem::take(&mut self.out);
        let (items, mut store) = stored(text, blocks);
        self.cut(items, &mut store, 1);
        std::mem::replace(&mut self.out, kept)
    }

    /// Puts items into reading order and hands them out.
    fn cut(&mut self, items: Vec<Item>, store: &mut Store, depth: usize) {
        let rows = clusters(&items);
        let size = median_size(&items);
        let plain = items.len() < 4 || rows.len() > MAX_CLUSTERS || depth > MAX_DEPTH;
        let least = (0.9 * size).max(6.0);
        if !plain && self.spaced(&items, &rows, store, depth) {
            return;
        }
        let Some(band) = (!plain).then(|| best(&rows, &items, least)).flatten() else {
            self.leaf(&items, &rows, store);
            return;
        };
        // The upper lines of a table's head may stand above the gutter's first row.
        let head = aligned::head(&rows[..band.from], &items, &rows[band.from], band.gutter);
        let from = band.from - head;
        if from > 0 {
            self.cut(pick(&items, &rows[..from]), store, depth + 1);
        }
        let band = Band { from, ..band };
        self.side_by_side(&items, &rows, band, store, depth, least);
        if band.to + 1 < rows.len() {
            self.cut(pick(&items, &rows[band.to + 1..]), store, depth + 1);
        }
    }

    /// Hands out the first table without upright rules, with what stands above and below it.
    fn spaced(&mut self, items: &[Item], rows: &[Cluster], store: &mut Store, depth: usize) -> bool {
        if self.drawing {
            return false;
        }
        let text: Vec<Option<&Segment>> = items.iter().map(|i| store.segments.get(i.index)?.as_ref()).collect();
        let guides = Guides { rules: &self.rules, taken: &[] };
        let Some((range, table)) = spaced::find(rows, &text, guides) else { return false };
        if range.start > 0 {
            self.cut(pick(items, &rows[..range.start]), store, depth + 1);
        }
        self.out.push(Piece::Table(table));
        self.columns += 1;
        if range.end < rows.len() {
            self.cut(pick(items, &rows[range.end..]), store, depth + 1);
        }
        true
    }

    fn side_by_side(
        &mut self,
        items: &[Item],
        rows: &[Cluster],
        band: Band,
        store: &mut Store,
        depth: usize,
        least: f32,
    ) {
        let rows = &rows[band.from..=band.to];
        let all = gutters(rows, items, 0.6 * least);
        let inside = pick(items, rows);
        if !self.drawing && inside.iter().all(|i| i.text) && aligned::is_table(&inside, &all) {
            let text: Vec<Segment> = inside.iter().filter_map(|i| store.segment(i.index)).collect();
            let table = aligned::table(text, &all, self.level);
            self.out.push(Piece::Table(table));
            self.columns += 1;
            return;
        }
        let middle = f32::midpoint(band.gutter.0, band.gutter.1);
        let (left, right): (Vec<Item>, Vec<Item>) = inside.into_iter().partition(|i| i.bounds.x0 < middle);
        self.cut(left, store, depth + 1);
        self.cut(right, store, depth + 1);
    }

    /// Hands out a single column.
    fn leaf(&mut self, items: &[Item], rows: &[Cluster], store: &mut Store) {
        self.columns += 1;
        for row in rows {
            let mut text: Vec<Segment> = Vec::new();
            let mut blocks: Vec<Item> = Vec::new();
            for at in &row.items {
                let index = items[*at].index;
                match store.segment(index) {
                    Some(segment) => text.push(segment),
                    None => blocks.push(items[*at]),
                }
            }
            text.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.bounds.x0.total_cmp(&b.bounds.x0)));
            let mut open: Vec<Segment> = Vec::new();
            for segment in text {
                let apart = open.last().is_some_and(|l| segment.y - l.y > 0.3 * l.size.min(segment.size));
                if apart {
                    self.out.push(Piece::Line(line(std::mem::take(&mut open), self.columns)));
                }
                open.push(segment);
            }
            if !open.is_empty() {
                self.out.push(Piece::Line(line(open, self.columns)));
            }
            for block in by_column(blocks) {
                self.block(store.block(block.index));
            }
        }
    }

    fn block(&mut self, block: Option<Block>) {
        self.columns += 1;
        match block {
            Some(Block::Table(table)) => self.out.push(Piece::Table(table)),
            Some(Block::Box(pieces)) => self.out.extend(pieces),
            None => {}
        }
        self.columns += 1;
    }
}

/// The things that items stand for, each taken once.
struct Store {
    segments: Vec<Option<Segment>>,
    blocks: Vec<Option<Block>>,
}

impl Store {
    fn segment(&mut self, index: usize) -> Option<Segment> {
        self.segments.get_mut(index).and_then(Option::take)
    }

    fn block(&mut self, index: usize) -> Option<Block> {
        let at = index.checked_sub(self.segments.len())?;
        self.blocks.get_mut(at).and_then(Option::take)
    }
}

/// Items for segments and blocks, with the store that they stand for.
fn stored(text: Vec<Segment>, blocks: Vec<(Rect, Block)>) -> (Vec<Item>, Store) {
    let mut items: Vec<Item> = text.iter().enumerate().map(|(i, s)| item(i, s)).collect();
    for (i, (bounds, _)) in blocks.iter().enumerate() {
        let index = text.len() + i;
        items.push(Item { bounds: *bounds, size: 10.0, chars: 200, index, text: false, goes_on: false });
    }
    let segments = text.into_iter().map(Some).collect();
    (items, Store { segments, blocks: blocks.into_iter().map(|(_, b)| Some(b)).collect() })
}

/// Whether the middle of a smaller area lies in another.
fn is_within(inner: &Rect, outer: &Rect) -> bool {
    let middle = (f32::midpoint(inner.x0, inner.x1), f32::midpoint(inner.y0, inner.y1));
    inner.area() < outer.area() && outer.holds(middle.0, middle.1)
}

fn item(index: usize, segment: &Segment) -> Item {
    let bounds = Rect { y0: segment.y - 0.55 * segment.size, y1: segment.y, ..segment.bounds };
    let goes_on = segment.words.first().is_some_and(|w| w.text.starts_with(char::is_lowercase));
    Item { bounds, size: segment.size, chars: segment.chars(), index, text: true, goes_on }
}

fn pick(items: &[Item], rows: &[Cluster]) -> Vec<Item> {
    rows.iter().flat_map(|r| &r.items).map(|i| items[*i]).collect()
}

fn median_size(items: &[Item]) -> f32 {
    let mut sizes: Vec<f32> = items.iter().filter(|i| i.text).map(|i| i.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied().unwrap_or(10.0)
}
