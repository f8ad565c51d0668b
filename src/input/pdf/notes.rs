//! Footnotes: smaller text at the foot of a column that opens with a number.

use super::line::{Line, Opening};
use super::sheet::{Body, Sheet};

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
