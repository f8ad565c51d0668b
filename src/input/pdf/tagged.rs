//! A page of a tagged file to its lines and tables, in the order of its tags.
//!
//! Comes in: the marks of a page and the file's [`Tags`]. Goes out: [`Piece`]s whose lines know
//! their [`Tag`], or nothing where the tags of the page deserve no trust: they hold too little of
//! its text, or lead up and down the page again and again. Text that no tag holds is laid out by
//! its place and put before the first part that stands below it. Drawings, and parts that hold
//! nearly all of a long page, are laid out by their place too.

use super::layout::{self, Piece};
use super::line::{Line, Tag, line};
use super::marks::{Face, Glyph, Marks};
use super::table::{Row, Table};
use super::tags::{Cell, Role, Tags};
use super::word::{Segment, Word, segments, words};
use std::mem::take;

/// The tags must hold this share of a page's text, in hundredths, artifacts left out.
const LEAST_HELD: usize = 80;
/// Fewer characters than this are no page of text that tags could order.
const FEW: usize = 20;
/// A part of more lines than this that holds most of a page tells nothing of its order.
const MANY_LINES: usize = 40;

/// The glyphs of one part that run in one direction.
struct Stretch {
    part: u32,
    turned: bool,
    glyphs: Vec<Glyph>,
}

/// The pieces of a page in the order of its tags; `None` where they deserve no trust.
pub(super) fn read(marks: &mut Marks, turned: &mut [Vec<Glyph>], faces: &[Face], tags: &Tags) -> Option<Vec<Piece>> {
    let glyphs = || turned.iter().flatten().chain(&marks.glyphs);
    let held = glyphs().filter(|g| g.leaf > 0).count();
    let text = glyphs().filter(|g| g.leaf > 0 || !g.artifact).count();
    if held < FEW || held * 100 < text * LEAST_HELD {
        return None;
    }
    let stretches = stretches(marks, turned, tags);
    let mut page = Page { tags, faces, total: held, out: Vec::new(), table: None };
    for stretch in &stretches {
        page.stretch(stretch);
    }
    page.end_table();
    let pieces = page.out;
    if is_absurd(&pieces) {
        return None;
    }
    let rest = Marks {
        glyphs: marks.glyphs.iter().filter(|g| g.leaf == 0).copied().collect(),
        level: take(&mut marks.level),
        upright: take(&mut marks.upright),
        fills: take(&mut marks.fills),
        width: marks.width,
        height: marks.height,
        ..Marks::default()
    };
    turned.iter_mut().for_each(|list| list.retain(|g| g.leaf == 0));
    let rest = if rest.glyphs.is_empty() { Vec::new() } else { layout::read(&rest, faces) };
    Some(merge(pieces, rest))
}

/// The glyphs that tags hold, by part and direction, in the order of the tags.
fn stretches(marks: &Marks, turned: &[Vec<Glyph>], tags: &Tags) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::new();
    for (direction, list) in std::iter::once(&marks.glyphs).chain(turned).enumerate() {
        let mut held: Vec<Glyph> = list.iter().filter(|g| g.leaf > 0).copied().collect();
        held.sort_by_key(|g| g.leaf);
        let part = |g: &Glyph| tags.leaf(g.leaf).map_or(u32::MAX, |l| l.part);
        for same in held.chunk_by(|a, b| part(a) == part(b)) {
            let glyphs = replaced(same, tags);
            out.push(Stretch { part: part(&same[0]), turned: direction > 0, glyphs });
        }
    }
    out.sort_by_key(|s| s.part);
    out
}

/// The glyphs with the text in their place that the tags give.
fn replaced(glyphs: &[Glyph], tags: &Tags) -> Vec<Glyph> {
    let text = |g: &Glyph| tags.leaf(g.leaf).map_or(0, |l| l.replaced);
    if glyphs.iter().all(|g| text(g) == 0) {
        return glyphs.to_vec();
    }
    let mut out = Vec::with_capacity(glyphs.len());
    for same in glyphs.chunk_by(|a, b| text(a) == text(b)) {
        let known = (text(&same[0]) as usize).checked_sub(1).and_then(|at| tags.replaced.get(at));
        match known {
            Some(known) => super::marks::stand_for(same, known, &mut out),
            None => out.extend_from_slice(same),
        }
    }
    out
}

/// Writes the pieces of a page.
struct Page<'t> {
    tags: &'t Tags,
    faces: &'t [Face],
    total: usize,
    out: Vec<Piece>,
    table: Option<Filled>,
}

/// A table that is being filled.
struct Filled {
    table: u32,
    first: u32,
    rows: Vec<Row>,
}

impl Page<'_> {
    fn stretch(&mut self, stretch: &Stretch) {
        let Some(part) = self.tags.parts.get(stretch.part as usize) else { return };
        if let Some(cell) = self.tags.cell_of(part) {
            self.cell(cell, &lines(stretch, self.faces));
            return;
        }
        if part.role != Role::Note {
            self.end_table();
        }
        let lines = lines(stretch, self.faces);
        let vast = lines.len() > MANY_LINES && stretch.glyphs.len() * 10 > self.total * 8;
        if (part.role == Role::Figure || vast) && !stretch.turned {
            self.out.extend(layout::arrange(segments(words(&stretch.glyphs, self.faces), &[])));
            return;
        }
        let tag = Tag { part: stretch.part + 1, role: part.role, item: part.item, depth: part.depth };
        let tag = (part.role != Role::Figure).then_some(tag);
        let column = usize::MAX / 2 + stretch.part as usize;
        for words in lines {
            let line = line(vec![Segment::new(words)], column);
            self.out.push(Piece::Line(Line { tag, turned: stretch.turned, ..line }));
        }
    }

    /// Puts lines into a cell of the table that is being filled.
    fn cell(&mut self, cell: &Cell, lines: &[Vec<Word>]) {
        if self.table.as_ref().is_none_or(|t| t.table != cell.table || cell.row < t.first) {
            self.end_table();
            self.table = Some(Filled { table: cell.table, first: cell.row, rows: Vec::new() });
        }
        let (Some(table), Some(grid)) = (&mut self.table, self.tags.tables.get(cell.table as usize)) else { return };
        let row = (cell.row - table.first) as usize;
        let columns = grid.columns as usize;
        let last = (row + cell.rows as usize).min(grid.headers.len() - table.first as usize);
        if table.rows.len() < last {
            let empty = Row { cells: vec![String::new(); columns], marked: true, ..Row::default() };
            table.rows.resize(last, empty);
        }
        let header = grid.headers[cell.row as usize];
        let bold = lines.iter().flatten().all(|w| w.bold || w.white);
        let wide = if header { cell.columns as usize } else { 1 };
        let span = cell.column as usize..(cell.column as usize + wide).min(columns);
        for (down, to) in table.rows[row..last].iter_mut().enumerate() {
            to.marked &= bold;
            for column in span.clone() {
                super::table::append_lines(&mut to.cells[column], lines);
                if (down > 0 || column > span.start) && !to.again.contains(&column) {
                    to.again.push(column);
                }
            }
        }
    }

    /// Hands out the table that is being filled.
    fn end_table(&mut self) {
        let Some(filled) = self.table.take() else { return };
        let Some(grid) = self.tags.tables.get(filled.table as usize) else { return };
        let told = grid.headers.first().copied().unwrap_or(false);
        let rows = (filled.first..).zip(filled.rows).map(|(number, row)| Row {
            marked: if told { grid.headers[number as usize] } else { row.marked },
            number: number + 1,
            ..row
        });
        let rows: Vec<Row> = rows.filter(Row::has_own).collect();
        let table = Table { tag: filled.table + 1, headers_told: told, rows, ..Table::default() };
        self.out.push(Piece::Table(table));
    }
}

/// The words of a stretch, line by line, in the order shown; by their place where that order leads
/// up and down.
fn lines(stretch: &Stretch, faces: &[Face]) -> Vec<Vec<Word>> {
    let words = words(&stretch.glyphs, faces);
    let mut out: Vec<Vec<Word>> = Vec::new();
    for word in &words {
        match out.last_mut() {
            Some(row) if follows(row, word) => row.push(word.clone()),
            Some(row) if row.iter().any(|w| is_copy(w, word)) => {}
            _ => out.push(vec![word.clone()]),
        }
    }
    let back = |p: &[Vec<Word>]| p[1][0].y < p[0][0].y - 0.3 * p[0][0].size && overlap(&p[0], &p[1]);
    let beside = |p: &[Vec<Word>]| (p[1][0].y - p[0][0].y).abs() < 0.3 * p[0][0].size && p[1][0].x0 < p[0][0].x0;
    if out.windows(2).any(|p| back(p) || beside(p)) {
        let mut rows: Vec<Vec<Word>> = Vec::new();
        for segment in segments(words, &[]) {
            match rows.last_mut() {
                Some(row) if (row[0].y - segment.y).abs() < 0.3 * segment.size => row.extend(segment.words),
                _ => rows.push(segment.words),
            }
        }
        return rows;
    }
    out
}

/// Whether a word stands in a row behind its last word.
fn follows(row: &[Word], word: &Word) -> bool {
    row.last().is_some_and(|last| {
        let size = last.size.min(word.size).max(2.0);
        (word.y - last.y).abs() < 0.3 * size && word.x0 > last.x1 - 0.5 * size
    })
}

/// Whether a word is printed over another one.
fn is_copy(a: &Word, b: &Word) -> bool {
    a.text == b.text && (a.x0 - b.x0).abs() < 0.15 * b.size && (a.y - b.y).abs() < 0.15 * b.size
}

fn overlap(a: &[Word], b: &[Word]) -> bool {
    let ends = |row: &[Word]| (row[0].x0, row.iter().map(|w| w.x1).fold(0.0, f32::max));
    let ((a0, a1), (b0, b1)) = (ends(a), ends(b));
    a1.min(b1) - a0.max(b0) > 0.3 * (a1 - a0).min(b1 - b0)
}

/// Whether the lines lead up the page in the same column again and again.
fn is_absurd(pieces: &[Piece]) -> bool {
    let lines: Vec<&Line> = pieces.iter().filter_map(Piece::line).filter(|l| !l.turned).collect();
    let up = |p: &[&Line]| {
        let common = p[0].x1.min(p[1].x1) - p[0].x0.max(p[1].x0);
        p[1].y < p[0].y - p[0].size && common > 0.5 * (p[0].x1 - p[0].x0).min(p[1].x1 - p[1].x0)
    };
    let ups = lines.windows(2).filter(|p| up(p)).count();
    ups >= 8 && ups * 3 > lines.len()
}

/// Puts text that no tag holds before the first part that stands below it.
fn merge(tagged: Vec<Piece>, rest: Vec<Piece>) -> Vec<Piece> {
    if rest.is_empty() {
        return tagged;
    }
    let part = |piece: &Piece| piece.line().and_then(|l| l.tag).map(|t| t.part);
    let mut before: Vec<Vec<Piece>> = vec![Vec::new(); tagged.len() + 1];
    for piece in rest {
        let at = piece.line().and_then(|own| {
            tagged
                .iter()
                .position(|p| p.line().is_some_and(|l| !l.turned && l.y > own.y && l.x0 < own.x1 && own.x0 < l.x1))
        });
        let mut at = at.unwrap_or(tagged.len());
        // Never into the midst of a part.
        while at > 0 && at < tagged.len() && part(&tagged[at]).is_some() && part(&tagged[at]) == part(&tagged[at - 1]) {
            at -= 1;
        }
        before[at].push(piece);
    }
    let mut out = Vec::new();
    let mut tagged = tagged.into_iter();
    for rest in before {
        out.extend(rest);
        out.extend(tagged.next());
    }
    out
}
