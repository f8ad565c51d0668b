//! Text and tables that go on over a column or page break.

use super::draft::{Draft, Kind};
use super::hyphen::append_line;
use super::table::{Table, has_header};
use crate::document::Furniture;
use std::collections::HashMap;

/// Columns of a table may differ by this much, in points, from page to page.
const SHIFT: f32 = 5.0;

/// Joins paragraphs and list items with their other half in the next column or on the next page.
pub(super) fn join(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    // Where the last block stands that may go on.
    let mut open: Option<usize> = None;
    // Where the last block stands that was left in the middle of a sentence for a box beside it.
    let mut left: Option<usize> = None;
    // Where each part of the tags ends so far.
    let mut parts: HashMap<u32, usize> = HashMap::new();
    for draft in drafts {
        let same = parts.get(&draft.part).copied().filter(|at| draft.part > 0 && goes_on_overleaf(&out[*at], &draft));
        let next = open.filter(|at| !is_aside(&draft) && continues(&out[*at], &draft));
        let around = left.filter(|at| !is_aside(&draft) && goes_on_below(&out[*at], &draft));
        if let Some(at) = same.or(next).or(around) {
            append_line(&mut out[at].text, &draft.text);
            out[at].lines += draft.lines;
            (out[at].full, out[at].column, out[at].x0) = (draft.full, draft.column, draft.x0);
            out[at].last_page = draft.page;
            continue;
        }
        if draft.part > 0 {
            parts.insert(draft.part, out.len());
        }
        if is_aside(&draft) {
            out.push(draft);
            continue;
        }
        left = open.filter(|at| is_unended(&out[*at])).or(left);
        open = matches!(draft.kind, Kind::Text | Kind::Item(_)).then_some(out.len());
        out.push(draft);
    }
    out
}

/// Whether a paragraph that a box stands beside goes on below both.
fn goes_on_below(before: &Draft, next: &Draft) -> bool {
    before.page == next.page
        && (before.x0 - next.x0).abs() < 2.0
        && !before.text.ends_with(')')
        && continues(before, next)
}

/// Whether a text stops in the middle of a sentence.
fn is_unended(draft: &Draft) -> bool {
    !draft.text.ends_with(['.', ':', '?', '!', ';']) && draft.text.len() > 30
}

/// What may stand between the halves of a paragraph.
fn is_aside(draft: &Draft) -> bool {
    let running = [Furniture::Header, Furniture::Footer, Furniture::PageNumber, Furniture::Comment];
    draft.furniture.is_some_and(|f| running.contains(&f)) || matches!(draft.kind, Kind::Footnote | Kind::Caption)
}

/// Whether a draft is the rest of a part of the tags that began on an earlier page.
fn goes_on_overleaf(before: &Draft, next: &Draft) -> bool {
    next.page > before.last_page.max(before.page) && next.marker.is_empty() && before.furniture == next.furniture
}

fn continues(before: &Draft, next: &Draft) -> bool {
    let moved = (before.page, before.column) != (next.page, next.column);
    // Tags tell where paragraphs end, but many programs end them with the page.
    let moved = moved && (before.page != next.page || before.part.max(next.part) == 0);
    let near = next.page <= before.page + 2;
    let alike = (before.size - next.size).abs() < 0.6 && before.bold == next.bold;
    let address = ["http", "www."].iter().any(|start| next.text.starts_with(start));
    let lower = next.text.starts_with(char::is_lowercase) && !address;
    let hyphened = before.text.ends_with('-');
    let same_part = before.furniture == next.furniture;
    let wanted = lower || (hyphened && next.text.starts_with(char::is_alphanumeric));
    // Tags make an item of what goes on overleaf.
    let unmarked = matches!((before.kind, next.kind), (Kind::Item(_), Kind::Item(_))) && next.marker.is_empty();
    moved && near && alike && same_part && is_unended(before) && wanted && (next.kind == Kind::Text || unmarked)
}

/// Gives every table its number: parts on pages in a row whose columns match are one table, and
/// a header row that is repeated on the next page is put aside.
pub(super) fn number_tables(drafts: &mut [Draft]) {
    let mut next = 0;
    let mut last: Option<usize> = None;
    let mut tables: HashMap<u32, usize> = HashMap::new();
    for at in 0..drafts.len() {
        let (done, rest) = drafts.split_at_mut(at);
        let draft = &mut rest[0];
        let Some(table) = draft.table.as_mut() else {
            if !is_aside(draft) {
                last = None;
            }
            continue;
        };
        let tagged = |i: &usize| table.tag > 0 && done[*i].table.as_ref().is_some_and(|t| t.tag == table.tag);
        let same = tables.get(&table.tag).copied().filter(tagged);
        let near = last.filter(|i| same.is_none() && done[*i].page + 1 == draft.page);
        let before = same.or(near).map(|i| &mut done[i]);
        let first = table.first_cells();
        let alike = |b: &&mut Table| {
            (b.tag > 0 && b.tag == table.tag)
                || same_columns(b, table)
                || widened(b, table)
                || (first.is_some() && first == b.head.clone().or(b.first_cells()))
        };
        match before.and_then(|b| b.table.as_mut()).filter(alike) {
            Some(before) => {
                table.number = before.number;
                table.head.clone_from(&before.head);
                if first.is_some() && (first == before.head || first == before.first_cells()) {
                    before.headed |= before.head.is_none();
                    table.head = first;
                    let rows = table.head_rows.clamp(1, table.rows.len());
                    table.repeated = table.rows.drain(..rows).collect();
                }
                mend_row(before, table);
            }
            None => {
                table.number = next;
                let told = table.headers_told && table.rows.first().is_some_and(|r| r.marked);
                table.headed = told || (!table.headers_told && has_header(&table.rows));
                table.head = table.first_cells().filter(|_| table.headed);
                next += 1;
            }
        }
        if table.tag > 0 {
            tables.insert(table.tag, at);
        }
        last = Some(at);
    }
}

/// Puts the second half of a row that was cut by the page break behind its first half.
fn mend_row(before: &mut Table, table: &mut Table) {
    let (Some(last), Some(first)) = (before.rows.last_mut(), table.rows.first()) else { return };
    if first.number > 0 && before.tag == table.tag {
        if first.number == last.number {
            last.append(first);
            table.rows.remove(0);
        }
        return;
    }
    let open = first.cells.first().is_some_and(String::is_empty)
        && last.cells.first().is_some_and(|c| !c.is_empty())
        && first.cells.len() == last.cells.len();
    let pairs = || first.cells.iter().zip(&last.cells).filter(|(f, _)| !f.is_empty());
    let goes_on = pairs().all(|(_, l)| !l.is_empty())
        && pairs().any(|(f, _)| f.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()));
    if open && goes_on {
        last.append(first);
        table.rows.remove(0);
    }
}

fn same_columns(a: &Table, b: &Table) -> bool {
    // Columns that are told by their text alone begin where the text happens to.
    let shift = if a.ruled && b.ruled { SHIFT } else { 6.0 * SHIFT };
    a.xs.len() == b.xs.len() && a.xs.iter().zip(&b.xs).all(|(x, y)| (x - y).abs() < shift)
}

/// Gives a part of a table the empty columns that it stands without, where all that it has are columns
/// of the part before it: nothing of its first cell may be left to go on overleaf.
fn widened(before: &Table, table: &mut Table) -> bool {
    let place = |x: &f32| before.xs.iter().position(|b| (x - b).abs() < SHIFT);
    let Some(places) = table.xs.iter().map(place).collect::<Option<Vec<usize>>>() else { return false };
    let ends = places.last() == Some(&(before.xs.len() - 1)) && places.is_sorted_by(|a, b| a < b);
    if !(before.ruled && table.ruled && ends && table.xs.len() > 2) {
        return false;
    }
    for row in &mut table.rows {
        let mut cells = vec![String::new(); before.xs.len() - 1];
        for (to, cell) in places.iter().zip(std::mem::take(&mut row.cells)) {
            cells[*to] = cell;
        }
        row.cells = cells;
        row.again.iter_mut().for_each(|column| *column = places[*column]);
    }
    table.xs.clone_from(&before.xs);
    true
}

#[cfg(test)]
mod tests {
    use super::super::table::Row;
    use super::*;

    fn text(page: usize, text: &str) -> Draft {
        Draft { text: text.into(), page, size: 10.0, full: true, ..Draft::default() }
    }

    #[test]
    fn a_paragraph_goes_on_behind_the_running_lines() {
        let number = Draft { furniture: Some(Furniture::PageNumber), ..text(0, "7") };
        let drafts = vec![
            text(0, "The board will publish what it spends on"),
            number,
            text(1, "prevention every year."),
            text(1, "a new one"),
        ];
        let joined: Vec<_> = join(drafts).into_iter().map(|d| d.text).collect();
        assert_eq!(joined, ["The board will publish what it spends on prevention every year.", "7", "a new one"]);
    }

    #[test]
    fn a_paragraph_goes_on_below_a_box_beside_it() {
        let at = |column, x0, body: &str| Draft { column, x0, ..text(0, body) };
        let drafts = vec![
            at(1, 60.0, "The board will publish every year what it"),
            at(2, 300.0, "A warm home is where health begins."),
            at(3, 60.0, "spends on prevention."),
        ];
        let joined: Vec<_> = join(drafts).into_iter().map(|d| d.text).collect();
        let whole = "The board will publish every year what it spends on prevention.";
        assert_eq!(joined, [whole, "A warm home is where health begins."]);
    }

    #[test]
    fn the_rest_of_a_row_finds_its_columns_overleaf() {
        let table = |page, xs: &[f32], rows: &[&[&str]]| {
            let row = |cells: &&[&str]| Row { cells: cells.iter().map(|c| (*c).into()).collect(), ..Row::default() };
            let rows = rows.iter().map(row).collect();
            let table = Table { ruled: true, xs: xs.into(), rows, ..Table::default() };
            Draft { kind: Kind::Table, table: Some(table), page, ..Draft::default() }
        };
        let mut drafts = vec![
            table(
                0,
                &[0.0, 50.0, 90.0, 140.0],
                &[&["Aim", "Action", "Lead"], &["Homes", "We will mend", "Director of"]],
            ),
            table(1, &[50.0, 90.0, 140.0], &[&["ten of them", "Housing"]]),
        ];
        number_tables(&mut drafts);
        let rows =
            |at: usize| drafts[at].table.iter().flat_map(|t| &t.rows).map(|r| r.cells.join("|")).collect::<Vec<_>>();
        assert_eq!(rows(0), ["Aim|Action|Lead", "Homes|We will mend ten of them|Director of Housing"]);
        assert!(rows(1).is_empty());
    }

    #[test]
    fn tables_keep_their_number_over_a_page_and_lose_the_repeated_header() {
        let row = |a: &str| Row { cells: vec![a.into(), "x".into()], marked: a == "Head", ..Row::default() };
        let table = |page, rows: &[&str]| Draft {
            kind: Kind::Table,
            table: Some(Table {
                xs: vec![0.0, 50.0, 90.0],
                rows: rows.iter().map(|r| row(r)).collect(),
                ..Table::default()
            }),
            page,
            ..Draft::default()
        };
        let mut drafts =
            vec![table(0, &["Head", "a"]), table(1, &["Head", "b"]), text(1, "Text."), table(1, &["c", "d"])];
        number_tables(&mut drafts);
        let found: Vec<_> =
            drafts.iter().filter_map(|d| d.table.as_ref()).map(|t| (t.number, t.headed, t.rows.len())).collect();
        assert_eq!(found, [(0, true, 2), (0, false, 1), (1, false, 2)]);
    }
}
