//! Text and tables that go on over a column or page break.

use super::draft::{Draft, Kind};
use super::hyphen::append_line;
use super::table::{Table, has_header};
use crate::document::Furniture;

/// Columns of a table may differ by this much, in points, from page to page.
const SHIFT: f32 = 5.0;

/// Joins paragraphs and list items with their other half in the next column or on the next page.
pub(super) fn join(drafts: Vec<Draft>) -> Vec<Draft> {
    let mut out: Vec<Draft> = Vec::with_capacity(drafts.len());
    // Where the last block stands that may go on.
    let mut open: Option<usize> = None;
    for draft in drafts {
        if is_aside(&draft) {
            out.push(draft);
            continue;
        }
        if let Some(at) = open
            && continues(&out[at], &draft)
        {
            let (text, full) = (draft.text, draft.full);
            append_line(&mut out[at].text, &text);
            out[at].full = full;
            out[at].lines += draft.lines;
            (out[at].column, out[at].x0) = (draft.column, draft.x0);
            continue;
        }
        open = matches!(draft.kind, Kind::Text | Kind::Item(_)).then_some(out.len());
        out.push(draft);
    }
    out
}

/// What may stand between the halves of a paragraph.
fn is_aside(draft: &Draft) -> bool {
    let running = [Furniture::Header, Furniture::Footer, Furniture::PageNumber];
    draft.furniture.is_some_and(|f| running.contains(&f)) || matches!(draft.kind, Kind::Footnote | Kind::Caption)
}

fn continues(before: &Draft, next: &Draft) -> bool {
    let moved = (before.page, before.column) != (next.page, next.column);
    let near = next.page <= before.page + 2;
    let alike = (before.size - next.size).abs() < 0.6 && before.bold == next.bold;
    let open = !before.text.ends_with(['.', ':', '?', '!', ';']) && before.text.len() > 30;
    let lower = next.text.starts_with(char::is_lowercase);
    let hyphened = before.text.ends_with('-');
    let same_part = before.furniture == next.furniture;
    let wanted = lower || (hyphened && next.text.starts_with(char::is_alphanumeric));
    moved && near && alike && same_part && open && wanted && next.kind == Kind::Text
}

/// Gives every table its number: parts on pages in a row whose columns match are one table, and
/// a header row that is repeated on the next page is left out.
pub(super) fn number_tables(drafts: &mut [Draft]) {
    let mut next = 0;
    let mut last: Option<usize> = None;
    for at in 0..drafts.len() {
        let (done, rest) = drafts.split_at_mut(at);
        let draft = &mut rest[0];
        let Some(table) = draft.table.as_mut() else {
            if !is_aside(draft) {
                last = None;
            }
            continue;
        };
        let before = last.map(|i| &mut done[i]).filter(|b| b.page + 1 == draft.page);
        let first = table.first_cells();
        let alike =
            |b: &&mut Table| same_columns(b, table) || (first.is_some() && first == b.head.clone().or(b.first_cells()));
        match before.and_then(|b| b.table.as_mut()).filter(alike) {
            Some(before) => {
                table.number = before.number;
                table.head.clone_from(&before.head);
                if first.is_some() && (first == before.head || first == before.first_cells()) {
                    before.headed |= before.head.is_none();
                    table.head = first;
                    table.rows.remove(0);
                }
                mend_row(before, table);
            }
            None => {
                table.number = next;
                table.headed = has_header(&table.rows);
                table.head = table.first_cells().filter(|_| table.headed);
                next += 1;
            }
        }
        last = Some(at);
    }
}

/// Puts the second half of a row that was cut by the page break behind its first half.
fn mend_row(before: &mut Table, table: &mut Table) {
    let (Some(last), Some(first)) = (before.rows.last_mut(), table.rows.first()) else { return };
    let open = first.cells.first().is_some_and(String::is_empty)
        && last.cells.first().is_some_and(|c| !c.is_empty())
        && first.cells.len() == last.cells.len();
    let pairs = || first.cells.iter().zip(&last.cells).filter(|(f, _)| !f.is_empty());
    let goes_on = pairs().all(|(_, l)| !l.is_empty())
        && pairs().any(|(f, _)| f.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit()));
    if open && goes_on {
        for (to, from) in last.cells.iter_mut().zip(&first.cells) {
            super::hyphen::append_cell_line(to, from);
        }
        table.rows.remove(0);
    }
}

fn same_columns(a: &Table, b: &Table) -> bool {
    // Columns that are told by their text alone begin where the text happens to.
    let shift = if a.ruled && b.ruled { SHIFT } else { 6.0 * SHIFT };
    a.xs.len() == b.xs.len() && a.xs.iter().zip(&b.xs).all(|(x, y)| (x - y).abs() < shift)
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
    fn tables_keep_their_number_over_a_page_and_lose_the_repeated_header() {
        let row = |a: &str| Row { cells: vec![a.into(), "x".into()], marked: a == "Head" };
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
