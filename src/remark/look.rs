//! Annotations of a PDF as objects of its file, drawn by themselves so that every viewer shows the same.
//!
//! Comes in: notes with areas of a page. Goes out: the bytes of dictionaries and streams. All text goes in
//! as hexadecimal digits of UTF-16, so that nothing of it can be taken for anything else.

use super::{Kind, Note};
use crate::input::Corners;
use std::fmt::Write;

/// Who is named as the writer of a note.
const AUTHOR: &str = "goldthread";
/// The side of a note's sign, in points.
pub(super) const SIGN: f64 = 20.0;

/// A piece of a file: a dictionary, and what it looks like as a stream.
pub(super) struct Look {
    /// The entries of the annotation but for its appearance.
    pub entries: String,
    /// Its appearance, a form with its dictionary.
    pub form: String,
}

/// The smallest area that holds some: left, lower, right, upper.
fn around(areas: &[Corners]) -> [f64; 4] {
    let mut out = [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
    for (x, y) in areas.iter().flatten() {
        out = [out[0].min(*x), out[1].min(*y), out[2].max(*x), out[3].max(*y)];
    }
    [out[0] - 1.0, out[1] - 1.0, out[2] + 1.0, out[3] + 1.0]
}

/// Red, green and blue: light enough that black text on it is read with ease.
const fn colour(kind: Kind) -> &'static str {
    match kind {
        Kind::Summary => ".72 .85 1",
        Kind::ToCheck => "1 .91 .5",
        Kind::Evidence => ".73 .93 .7",
    }
}

/// A text of a dictionary.
fn text(paragraphs: &[String]) -> String {
    let mut out = String::from("<FEFF");
    for unit in paragraphs.join("\n\n").encode_utf16() {
        let _ = write!(out, "{unit:04X}");
    }
    out.push('>');
    out
}

/// Marks the lines of a passage; what is to check is underlined too, so that it is told without colours.
pub(super) fn highlight(note: &Note, lines: &[Corners]) -> Look {
    let area = around(lines);
    let mut quads = String::new();
    let mut drawn = format!("/M gs {} rg\n", colour(note.kind));
    for [ul, ur, ll, lr] in lines {
        for (x, y) in [ul, ur, ll, lr] {
            let _ = write!(quads, "{x:.2} {y:.2} ");
        }
        let _ = writeln!(
            drawn,
            "{:.2} {:.2} m {:.2} {:.2} l {:.2} {:.2} l {:.2} {:.2} l f",
            ul.0, ul.1, ur.0, ur.1, lr.0, lr.1, ll.0, ll.1
        );
        if note.kind == Kind::ToCheck {
            let _ = writeln!(drawn, ".6 .4 0 RG 1 w {:.2} {:.2} m {:.2} {:.2} l S", ll.0, ll.1, lr.0, lr.1);
        }
    }
    look("Highlight", &format!("/QuadPoints[{}]", quads.trim_end()), note, area, &drawn)
}

/// A sign on the page that opens a note.
pub(super) fn sign(note: &Note, corners: &Corners) -> Look {
    let area = around(std::slice::from_ref(corners));
    let [left, low, ..] = area;
    let (l, b) = (left + 2.0, low + 2.0);
    let mut drawn = format!("{} rg .2 .3 .45 RG 1 w {l:.2} {b:.2} 18 18 re B\n", colour(note.kind));
    for line in 1..4 {
        let y = b + 4.5 * f64::from(line);
        let _ = writeln!(drawn, "{:.2} {y:.2} m {:.2} {y:.2} l S", l + 4.0, l + 14.0);
    }
    look("Text", "/Name/Note", note, area, &drawn)
}

fn look(kind: &str, more: &str, note: &Note, area: [f64; 4], drawn: &str) -> Look {
    let rect = area.map(|n| format!("{n:.2}")).join(" ");
    let entries = format!(
        "/Type/Annot/Subtype/{kind}/Rect[{rect}]{more}/C[{}]/F 4/T({AUTHOR})/Contents{}",
        colour(note.kind),
        text(&note.paragraphs)
    );
    let form = format!(
        "<</Type/XObject/Subtype/Form/BBox[{rect}]/Resources<</ExtGState<</M<</BM/Multiply>>>>>>/Group<</S/Transparency>>\
         /Length {}>>\nstream\n{drawn}\nendstream",
        drawn.len()
    );
    Look { entries, form }
}
