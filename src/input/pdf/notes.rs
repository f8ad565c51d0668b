//! Footnotes: smaller text at the foot of a column that opens with a number, and the block that
//! refers to it.

use super::draft::{Draft, Kind};
use super::line::{Line, Opening};
use super::sheet::{Body, Sheet};
use std::collections::{BTreeMap, HashMap};

/// For each piece of a sheet, whether it is the first line of a footnote.
pub(super) fn find(sheet: &Sheet, body: &Body) -> Vec<bool> {
    let mut starts = vec![false; sheet.pieces.len()];
    let mut lines: Vec<(usize, &Line)> = sheet.lines().filter(|(at, _)| sheet.aside[*at].is_none()).collect();
    while let Some((_, last)) = lines.last() {
        let column = last.column;
        let from = lines.iter().rposition(|(_, l)| l.column != column).map_or(0, |i| i + 1);
        foot(&lines[from..], sheet, body, &mut starts);
        lines.truncate(from);
    }
    starts
}

/// Marks the footnotes at the end of one column.
fn foot(lines: &[(usize, &Line)], sheet: &Sheet, body: &Body, starts: &mut [bool]) {
    let small = |l: &Line| l.size < body.size - 0.4 && l.y > 0.4 * sheet.height;
    let from = lines.iter().rposition(|(_, l)| !small(l)).map_or(0, |i| i + 1);
    // Notes as large as the text are told by their raised number alone.
    let raised = |l: &Line| l.opening == Opening::Raised && l.y > 0.5 * sheet.height;
    let from = from.min(lines.iter().position(|(_, l)| raised(l)).unwrap_or(from));
    let Some((_, first)) = lines.get(from) else { return };
    // Below the last line of body text, or nearly at the foot of the page.
    let apart = from > 0 || first.y > 0.75 * sheet.height;
    if !apart || !opens(first) {
        return;
    }
    for (at, line) in &lines[from..] {
        starts[*at] = opens(line);
    }
}

/// Whether a line opens as a footnote does.
fn opens(line: &Line) -> bool {
    let figures = line.text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = line.text.get(figures..).unwrap_or("");
    let worded = rest.trim_start().starts_with(|c: char| c.is_alphabetic() || "‘“\"(<[".contains(c));
    match line.opening {
        Opening::Raised => true,
        _ if line.text.starts_with(['*', '†', '‡']) => true,
        _ => (1..=3).contains(&figures) && rest.starts_with([' ', '.']) && worded,
    }
}

/// Puts the notes of pages that were read by place behind the block that refers to them, which may
/// go on overleaf. A note that no block of its page refers to stays where it is.
pub(super) fn place(drafts: Vec<Draft>, body: &Body) -> Vec<Draft> {
    if drafts.iter().all(|d| number_of(d).is_none()) {
        return drafts;
    }
    let mut homes: HashMap<(usize, String), usize> = HashMap::new();
    for (at, draft) in drafts.iter().enumerate().filter(|(_, d)| d.furniture.is_none() && d.kind != Kind::Footnote) {
        let rows = draft.table.iter().flat_map(|t| &t.rows).flat_map(|r| &r.cells);
        for number in std::iter::once(&draft.text).chain(rows).flat_map(|text| raised(text)) {
            for page in draft.page..=draft.last_page.max(draft.page) {
                homes.entry((page, number.clone())).or_insert(at);
            }
        }
    }
    let mut behind: BTreeMap<usize, Vec<Draft>> = BTreeMap::new();
    let mut kept: Vec<(usize, Draft)> = Vec::new();
    let mut last: Option<usize> = None;
    for (at, mut draft) in drafts.into_iter().enumerate() {
        let own = number_of(&draft).and_then(|number| homes.get(&(draft.page, number))).copied();
        let note = last.and_then(|home| behind.get(&home)?.last()).filter(|note| goes_with(&draft, note, body));
        if note.is_some() {
            draft.kind = Kind::Footnote;
        }
        last = own.filter(|home| *home < at).or(last.filter(|_| note.is_some()));
        match last {
            Some(home) => behind.entry(home).or_default().push(draft),
            None => kept.push((at, draft)),
        }
    }
    let with = |(at, draft)| std::iter::once(draft).chain(behind.remove(&at).unwrap_or_default()).collect::<Vec<_>>();
    kept.into_iter().flat_map(with).collect()
}

/// Whether a block is a further paragraph of the note right above it, smaller than the body text.
fn goes_with(draft: &Draft, note: &Draft, body: &Body) -> bool {
    let beside = (draft.page, draft.column) == (note.page, note.column) && draft.furniture.is_none();
    let alike = (draft.size - note.size).abs() < 0.3 && draft.size < body.size - 0.4;
    draft.kind == Kind::Text && draft.part == 0 && beside && alike
}

/// The number of a note that no tags put in its place.
fn number_of(draft: &Draft) -> Option<String> {
    let number = draft.marker.trim().trim_end_matches(['.', ')', ']']);
    let is_number = !number.is_empty() && number.chars().all(|c| plain(c).is_some());
    (draft.kind == Kind::Footnote && draft.part == 0 && is_number).then(|| number.chars().filter_map(plain).collect())
}

/// The raised numbers of a text.
fn raised(text: &str) -> impl Iterator<Item = String> {
    let is_raised = |c: char| !c.is_ascii_digit() && plain(c).is_some();
    let runs = text.split(move |c: char| !is_raised(c)).filter(|run| !run.is_empty());
    runs.map(|run| run.chars().filter_map(plain).collect())
}

/// A figure, raised or not, as a plain one.
fn plain(c: char) -> Option<char> {
    match c {
        '0'..='9' => Some(c),
        '\u{b9}' => Some('1'),
        '\u{b2}' => Some('2'),
        '\u{b3}' => Some('3'),
        '\u{2070}' | '\u{2074}'..='\u{2079}' => char::from_digit(u32::from(c) - 0x2070, 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft(kind: Kind, marker: &str, text: &str, page: usize) -> Draft {
        Draft { kind, marker: marker.into(), text: text.into(), page, ..Draft::default() }
    }

    #[test]
    fn notes_stand_behind_what_refers_to_them() {
        let note = |marker: &str, text: &str, page| draft(Kind::Footnote, marker, text, page);
        let drafts = vec![
            draft(Kind::Text, "", "Debt rose\u{b9}\u{2070} and rents\u{b9}\u{b9}.", 0),
            draft(Kind::Text, "", "More of it.", 0),
            note("10 ", "Debt survey", 0),
            note("\u{b9}\u{b9}", "Rent survey", 0),
            draft(Kind::Text, "", "And its second paragraph", 0),
            note("12", "Of no block", 0),
            draft(Kind::Text, "", "Overleaf\u{b9}\u{b2}.", 1),
            Draft { part: 3, ..note("12", "Put by tags", 1) },
        ];
        let body = Body { size: 10.0, bold: false };
        let found: Vec<String> = place(drafts, &body).into_iter().map(|d| d.text.chars().take(5).collect()).collect();
        assert_eq!(found, ["Debt ", "Debt ", "Rent ", "And i", "More ", "Of no", "Overl", "Put b"]);
    }
}
