//! Lines to paragraphs and list items, page by page.
//!
//! Comes in: a sheet whose running lines are marked. Goes out: [`Draft`]s in reading order. A
//! line begins a new block where the type changes, where the gap above it is wide, where it opens
//! with a bullet, where it is indented, or where the line before ended although there was room.
//! Where the file is tagged, its parts are the blocks.

use super::bullet::{Marker, is_bullet, marker, section_depth};
use super::draft::{Draft, Kind};
use super::hyphen::append_line;
use super::layout::Piece;
use super::line::{Line, Opening, Tag};
use super::sheet::{Body, Sheet};
use super::tags::Role;
use crate::document::Furniture;
use std::collections::BTreeMap;
use std::mem::take;

/// A label longer than this is the text of its list item.
const LONG_LABEL: usize = 12;

/// What is usual in a column.
#[derive(Clone, Copy, Debug, Default)]
struct Column {
    left: f32,
    right: f32,
    /// From baseline to baseline, for each em of type.
    leading: f32,
}

/// The block that is being filled.
struct Open<'l> {
    draft: Draft,
    last: &'l Line,
    /// Where the text of a list item begins behind its marker.
    hang: f32,
}

/// The blocks of one page.
pub(super) fn read(sheet: &Sheet, page: usize, body: &Body) -> Vec<Draft> {
    let columns = columns(sheet);
    let notes = super::notes::find(sheet, body);
    let mut out: Vec<Draft> = Vec::new();
    let mut open: Option<Open<'_>> = None;
    let mut asides: Vec<Draft> = Vec::new();
    // The label of a list item, which stands before its text as a part of its own.
    let mut label = String::new();
    for (at, piece) in sheet.pieces.iter().enumerate() {
        let line = match piece {
            Piece::Table(table) => {
                out.extend(open.take().map(|o| o.draft));
                out.append(&mut asides);
                out.extend(lone_label(take(&mut label), page));
                let table = Some(table.clone());
                out.push(Draft { kind: Kind::Table, page, table, ..Draft::default() });
                continue;
            }
            Piece::Line(line) => line,
        };
        if let Some(furniture) = sheet.aside[at] {
            // Running lines stand apart from the text, which goes on below them.
            asides.push(Draft { furniture: Some(furniture), ..start(line, page, None).draft });
            continue;
        }
        let column = columns.get(&line.column).copied().unwrap_or_default();
        if line.tag.is_some_and(|t| t.role == Role::Label) && line.text.len() <= LONG_LABEL {
            out.extend(open.take().map(|o| o.draft));
            out.append(&mut asides);
            out.extend(lone_label(take(&mut label), page));
            label = line.text.clone() + " ";
            continue;
        }
        let mark = marker(line);
        let note = notes.get(at).copied().unwrap_or(false) && line.tag.is_none_or(|t| t.role == Role::Text);
        if let Some(o) = &mut open
            && if o.last.tag.is_some() || line.tag.is_some() {
                tagged_goes_on(o, line, mark.is_some(), &column)
            } else {
                goes_on(o, line, mark.is_some(), &column, body)
            }
        {
            extend(o, line, &column);
            continue;
        }
        out.extend(open.take().map(|o| o.draft));
        out.append(&mut asides);
        let mut next = start(line, page, mark);
        next.draft.full = is_full(line, &column);
        if let Some(tag) = line.tag {
            heed(&mut next, tag, take(&mut label));
        }
        if note {
            next.draft.kind = Kind::Footnote;
            part_number(&mut next.draft);
        }
        open = Some(next);
    }
    out.extend(open.map(|o| o.draft));
    out.append(&mut asides);
    out.extend(lone_label(label, page));
    out
}

/// The label of an item that holds nothing else, unless it is a bullet.
fn lone_label(label: String, page: usize) -> Option<Draft> {
    let says = label.contains(char::is_alphanumeric);
    says.then(|| Draft { text: label, page, lines: 1, ..Draft::default() })
}

/// Makes of a block what its tag says.
fn heed(open: &mut Open<'_>, tag: Tag, label: String) {
    let draft = &mut open.draft;
    draft.part = tag.part;
    draft.quoted = tag.role == Role::Quote;
    let marked = matches!(draft.kind, Kind::Item(_));
    if marked && !matches!(tag.role, Role::Text | Role::Quote | Role::Item | Role::Label) {
        draft.text.insert_str(0, &take(&mut draft.marker));
    }
    // The number of an entry or a heading is part of what it says.
    if !matches!(tag.role, Role::Item | Role::Label | Role::Note) {
        draft.text.insert_str(0, &label);
    }
    match tag.role {
        Role::Text | Role::Quote | Role::Figure => {}
        Role::Heading(level) => draft.kind = Kind::Heading(level),
        Role::Item | Role::Label => {
            let number = label.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '(');
            if !label.is_empty() {
                draft.kind = Kind::Item(if number { Marker::Number } else { Marker::Sign });
                draft.marker.insert_str(0, &label);
            } else if !marked {
                draft.kind = Kind::Item(Marker::Sign);
            }
            draft.depth = Some(tag.depth);
        }
        Role::Caption => draft.kind = Kind::Caption,
        Role::Note => {
            draft.kind = Kind::Footnote;
            part_number(draft);
            draft.marker.insert_str(0, &label);
        }
        Role::Contents => (draft.kind, draft.furniture) = (Kind::Text, Some(Furniture::Contents)),
        Role::Aside => (draft.kind, draft.furniture) = (Kind::Text, Some(Furniture::Header)),
    }
}

/// Whether a line belongs to the open block by its tag. A part that was tagged without care may
/// hold several items or paragraphs.
fn tagged_goes_on(open: &Open<'_>, line: &Line, marked: bool, column: &Column) -> bool {
    let (Some(own), Some(last)) = (line.tag, open.last.tag) else { return false };
    let ended = open.last.text.ends_with(['.', ':', '?', '!', ';']);
    if own.part != last.part {
        // Some programs begin a part for every line of an item.
        let same = own.item > 0 && own.item == last.item && (own.role, last.role) == (Role::Item, Role::Item);
        let words = line.text.strip_prefix('-').unwrap_or(&line.text);
        return same && !marked && !ended && words.starts_with(char::is_lowercase);
    }
    if !matches!(own.role, Role::Text | Role::Quote | Role::Item) {
        return true;
    }
    let gap = (line.y - open.last.y) / line.size.max(1.0);
    let paragraph = ended && gap > 1.9 && gap > 1.5 * column.leading;
    // A dash or a number may as well begin a line by chance.
    let sure = line.opening == Opening::Pictogram || is_bullet(&line.text);
    let item = marked && (sure || (ended && !starts_by_chance(open, line, column)));
    !(paragraph || item)
}

fn start<'l>(line: &'l Line, page: usize, mark: Option<(Marker, usize)>) -> Open<'l> {
    let (kind, from) = mark.map_or((Kind::Text, 0), |(m, at)| (Kind::Item(m), at));
    let text = line.text.get(from..).unwrap_or(&line.text).to_owned();
    let draft = Draft {
        kind,
        text,
        marker: line.text.get(..from).unwrap_or("").to_owned(),
        page,
        size: line.size,
        bold: line.bold,
        italic: line.italic,
        lines: 1,
        x0: line.x0,
        indent: line.x0,
        column: line.column,
        ..Draft::default()
    };
    Open { draft, last: line, hang: if from > 0 { line.hang } else { line.x0 } }
}

fn extend<'l>(open: &mut Open<'l>, line: &'l Line, column: &Column) {
    append_line(&mut open.draft.text, &line.text);
    open.draft.lines += 1;
    open.draft.bold &= line.bold;
    open.draft.italic &= line.italic;
    open.draft.x0 = open.draft.x0.min(line.x0);
    open.draft.full = is_full(line, column);
    open.last = line;
}

fn is_full(line: &Line, column: &Column) -> bool {
    line.x1 > column.right - 0.25 * (column.right - column.left)
}

/// Whether a line belongs to the open block.
fn goes_on(open: &Open<'_>, line: &Line, marked: bool, column: &Column, body: &Body) -> bool {
    let last = open.last;
    let size = last.size.max(line.size);
    if last.column != line.column || line.y <= last.y || is_leader(&last.text) || is_leader(&line.text) {
        return false;
    }
    let note = open.draft.kind == Kind::Footnote;
    if (last.size - line.size).abs() > 0.08 * size + 0.3 && !note {
        return false;
    }
    let gap = (line.y - last.y) / size;
    let usual = column.leading.clamp(1.0, 2.2);
    if gap > usual * 1.22 + 0.03 || (gap > 1.9 && usual < 1.5) {
        return false;
    }
    let lower = line.text.starts_with(char::is_lowercase);
    let ended = last.text.ends_with(['.', ':', '?', '!', ';', '”', ')']);
    if last.bold != line.bold
        && (ended || !lower || open.draft.lines == 1)
        && !(lower && !ended && is_full(last, column))
    {
        return false;
    }
    if last.white != line.white {
        return false;
    }
    let large = last.size > 1.15 * body.size || (last.bold && line.bold && !body.bold);
    if marked && !(lower && !ended && large) {
        return starts_by_chance(open, line, column);
    }
    if large {
        return heading_goes_on(open, line, column, body);
    }
    let room = column.right - last.x1;
    let fits = line.first_width + 0.35 * size < room - 0.02 * (column.right - column.left);
    if fits && (ended || !lower) {
        return false;
    }
    indents_fit(open, line, column, ended)
}

/// A line that only looks like a list item: a dash or a number after a full line without an end.
fn starts_by_chance(open: &Open<'_>, line: &Line, column: &Column) -> bool {
    let item = matches!(open.draft.kind, Kind::Item(_));
    let aligned = (line.x0 - if item { open.hang } else { open.last.x0 }).abs() < 1.0;
    let sign = line.text.starts_with(|c: char| "-–—".contains(c) || c.is_ascii_digit() || c == '(');
    let ended = open.last.text.ends_with(['.', ':', '?', '!', ';']);
    sign && aligned && !ended && is_full(open.last, column) && open.draft.lines > usize::from(!item)
}

fn heading_goes_on(open: &Open<'_>, line: &Line, column: &Column, body: &Body) -> bool {
    let numbered = section_depth(&line.text).is_some() && section_depth(&open.draft.text).is_some();
    let width = column.right - column.left;
    let room = column.right - open.last.x1;
    let share = if open.last.size > 1.15 * body.size { 0.6 } else { 0.3 };
    let lower = line.text.starts_with(char::is_lowercase);
    let ended = open.last.text.ends_with(['.', '?', '!']);
    !numbered && (lower || room < share * width.max(1.0)) && !(ended && room > 0.1 * width && !lower)
}

/// Whether the left end of a line goes with the block: no new indent, no step back.
fn indents_fit(open: &Open<'_>, line: &Line, column: &Column, ended: bool) -> bool {
    let size = line.size;
    let last = open.last;
    let item = matches!(open.draft.kind, Kind::Item(_) | Kind::Footnote);
    let middle = |l: &Line| f32::midpoint(l.x0, l.x1);
    let centred = (middle(line) - middle(last)).abs() < 0.3 * size
        && (line.x0 - column.left) > size
        && (column.right - line.x1) > size;
    if centred {
        return true;
    }
    if item && open.draft.lines == 1 {
        // The second line hangs under the text, or goes back to the left under the marker.
        let under_text = (line.x0 - open.hang).abs() < 1.2 * size;
        let under_marker = (line.x0 - open.draft.indent).abs() < 0.6 * size;
        return under_text || (under_marker && !ended) || (under_marker && is_full(last, column));
    }
    let step = line.x0 - last.x0;
    if open.draft.lines == 1 && !item {
        // The first line may be indented more than those below, or less (a hanging indent).
        return step < 0.7 * size || (!ended && step < 4.0 * size);
    }
    step.abs() < 0.7 * size || (!ended && step.abs() < 2.0 * size)
}

/// Moves the number of a footnote from its text to its marker.
fn part_number(draft: &mut Draft) {
    let rest = draft.text.trim_start_matches(|c: char| c.is_ascii_digit() || "*†‡⁰¹²³⁴⁵⁶⁷⁸⁹.)]".contains(c));
    let from = draft.text.len() - rest.trim_start().len();
    if from < draft.text.len() {
        draft.marker.extend(draft.text.drain(..from));
    }
}

/// Whether a line leads to a page number by dots.
pub(super) fn is_leader(text: &str) -> bool {
    let mut dots = 0;
    let mut run = 0;
    for c in text.chars() {
        match c {
            '.' | '…' | '·' | '_' => run += if c == '…' { 3 } else { 1 },
            ' ' => {}
            _ => run = 0,
        }
        dots = dots.max(run);
    }
    dots >= 5
}

/// What is usual in each column of a page.
fn columns(sheet: &Sheet) -> BTreeMap<usize, Column> {
    let mut lines: BTreeMap<usize, Vec<&Line>> = BTreeMap::new();
    for (at, line) in sheet.lines() {
        if sheet.aside[at].is_none() {
            lines.entry(line.column).or_default().push(line);
        }
    }
    lines.into_iter().map(|(id, lines)| (id, column(&lines))).collect()
}

fn column(lines: &[&Line]) -> Column {
    let left = lines.iter().map(|l| l.x0).fold(f32::MAX, f32::min);
    let right = lines.iter().map(|l| l.x1).fold(f32::MIN, f32::max);
    let same = |p: &&[&Line]| (p[0].size - p[1].size).abs() < 0.5 && p[1].opening != Opening::Raised;
    let mut gaps: Vec<f32> = lines
        .windows(2)
        .filter(same)
        .map(|p| (p[1].y - p[0].y) / p[1].size.max(1.0))
        .filter(|g| (0.8..2.6).contains(g))
        .collect();
    gaps.sort_by(f32::total_cmp);
    // The narrowest common gap, not the median: a list of short items has more gaps between
    // items than within.
    let leading = gaps.get(gaps.len() / 4).copied().unwrap_or(1.2);
    Column { left, right, leading }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, x0: f32, x1: f32, y: f32) -> Piece {
        let (size, first_width, column) = (10.0, 20.0, 1);
        let hang = x0 + 15.0;
        Piece::Line(Line { text: text.into(), x0, x1, y, size, first_width, column, hang, ..Line::default() })
    }

    fn texts(pieces: Vec<Piece>) -> Vec<String> {
        let aside = vec![None; pieces.len()];
        let sheet = Sheet { height: 842.0, pieces, aside, ..Sheet::default() };
        let drafts = read(&sheet, 0, &Body { size: 10.0, bold: false });
        drafts.into_iter().map(|d| d.text).collect()
    }

    #[test]
    fn gaps_short_lines_and_bullets_begin_blocks() {
        let found = texts(vec![
            line("We will open a hub in every", 50.0, 300.0, 100.0),
            line("town by March.", 50.0, 120.0, 112.0),
            line("The board will report", 50.0, 290.0, 124.0),
            line("each year.", 50.0, 100.0, 136.0),
            line("Another paragraph here", 50.0, 300.0, 160.0),
            line("• first item runs on to the", 60.0, 300.0, 172.0),
            line("next line", 75.0, 120.0, 184.0),
            line("• second item", 60.0, 150.0, 196.0),
        ]);
        assert_eq!(
            found,
            [
                "We will open a hub in every town by March.",
                "The board will report each year.",
                "Another paragraph here",
                "first item runs on to the next line",
                "second item",
            ]
        );
    }
}
