//! Text recognition (OCR): the picture of a page to lines, by an installed `tesseract`.
//!
//! Comes in: the marks of a page. Goes out: the lines of its largest picture, by the places of the
//! words in it. The program is started once a page, gets the picture on its standard input,
//! and is ended when it takes too long. It is never fetched, and nothing leaves the machine.

use super::geometry::Rect;
use super::inflate::Budget;
use super::layout::{self, Piece};
use super::marks::{Glyph, Marks};
use super::picture;
use hayro_syntax::Pdf;
use hayro_syntax::object::Stream;
use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// The program that recognises text.
const PROGRAM: &str = "tesseract";
/// How long one page may take.
const LONGEST: Duration = Duration::from_secs(120);
/// Words that are less sure than this, of 100, are mostly no words but specks and lines.
const LEAST_SURE: f32 = 30.0;
/// The picture must cover this share of the page.
const LEAST_AREA: f32 = 0.3;
/// Fewer characters than this are no text of a page.
const FEW: usize = 12;
/// Most bytes that are read of its answer.
const MAX_ANSWER: u64 = 64 << 20;

/// Why a page could not be recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// The program is not installed.
    Missing,
    /// It took too long.
    Late,
    /// It could make nothing of the picture.
    Refused,
}

/// The lines of a page that is a picture; the error is a reason, for "no text was recognised: ...".
pub(super) fn page(pdf: &Pdf, marks: &Marks, budget: &Budget) -> Result<Vec<Piece>, String> {
    let whole = marks.width * marks.height;
    let (area, id) = marks.picture.filter(|(area, _)| area.area() > LEAST_AREA * whole).ok_or("no picture fills it")?;
    let stream = pdf.xref().get::<Stream<'_>>(id).filter(|s| budget.allows(s)).ok_or("its picture is too large")?;
    let file = picture::file(&stream).map_err(|kind| format!("its picture is {kind}"))?;
    let answer = ask(PROGRAM, file, LONGEST).map_err(|failure| match failure {
        Failure::Missing => "tesseract is not installed (Debian and Ubuntu: apt install tesseract-ocr)".to_owned(),
        Failure::Late => format!("tesseract took longer than {} seconds", LONGEST.as_secs()),
        Failure::Refused => "tesseract could make nothing of its picture".to_owned(),
    })?;
    let found = Marks { glyphs: place(&answer, &area), width: marks.width, height: marks.height, ..Marks::default() };
    let pieces = layout::read(&found, &[]);
    if found.glyphs.len() < FEW { Err("nothing in its picture reads as text".to_owned()) } else { Ok(pieces) }
}

/// Starts the program on a picture and waits for its table of words.
fn ask(program: &str, picture: Vec<u8>, longest: Duration) -> Result<String, Failure> {
    let mut child = Command::new(program)
        .args(["stdin", "stdout", "--psm", "1", "tsv"])
        // One thread, so that documents may be worked on side by side.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_| Failure::Missing)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    let feed = std::thread::spawn(move || stdin.is_some_and(|mut pipe| pipe.write_all(&picture).is_ok()));
    let answer = std::thread::spawn(move || {
        let mut text = Vec::new();
        if let Some(pipe) = stdout {
            let _ = pipe.take(MAX_ANSWER).read_to_end(&mut text);
        }
        text
    });
    let ended = wait(&mut child, longest);
    let _ = feed.join();
    let text = answer.join().unwrap_or_default();
    match ended {
        None => Err(Failure::Late),
        Some(true) => Ok(String::from_utf8_lossy(&text).into_owned()),
        Some(false) => Err(Failure::Refused),
    }
}

/// Whether the program ended well; `None` where it had to be ended.
fn wait(child: &mut Child, longest: Duration) -> Option<bool> {
    let start = Instant::now();
    let mut pause = Duration::from_millis(5);
    loop {
        match child.try_wait() {
            Ok(Some(status)) => return Some(status.success()),
            Ok(None) if start.elapsed() < longest => std::thread::sleep(pause),
            _ => {
                let _ = child.kill();
                let _ = child.wait();
                return None;
            }
        }
        pause = (pause * 2).min(Duration::from_millis(100));
    }
}

/// A row of the table: level, block, paragraph, line, left, top, width, height, how sure, text.
struct Row<'t> {
    level: u32,
    paragraph: (u32, u32),
    line: u32,
    bounds: Rect,
    sure: f32,
    text: &'t str,
}

fn row(line: &str) -> Option<Row<'_>> {
    let cells: Vec<&str> = line.splitn(12, '\t').collect();
    let number = |at: usize| cells.get(at)?.parse::<f32>().ok();
    let (x, y) = (number(6)?, number(7)?);
    Some(Row {
        level: number(0)? as u32,
        paragraph: (number(2)? as u32, number(3)? as u32),
        line: number(4)? as u32,
        bounds: Rect { x0: x, y0: y, x1: x + number(8)?, y1: y + number(9)? },
        sure: number(10)?,
        text: cells.get(11).map_or("", |t| t.trim()),
    })
}

/// The words of a table as glyphs. The lines of a paragraph have one size and one baseline each.
fn place(table: &str, area: &Rect) -> Vec<Glyph> {
    let rows: Vec<Row<'_>> = table.lines().filter_map(row).collect();
    let Some(page) = rows.iter().find(|r| r.level == 1).map(|r| r.bounds) else { return Vec::new() };
    let (across, down) = (area.width() / page.width().max(1.0), area.height() / page.height().max(1.0));
    let mut out = Vec::new();
    for paragraph in rows.chunk_by(|a, b| a.paragraph == b.paragraph) {
        let mut heights: Vec<f32> = paragraph.iter().filter(|r| r.level == 4).map(|r| r.bounds.height()).collect();
        heights.sort_by(f32::total_cmp);
        let Some(height) = heights.get(heights.len() / 2) else { continue };
        let size = (height * down).clamp(4.0, 60.0);
        for line in paragraph.chunk_by(|a, b| a.line == b.line) {
            let words = || line.iter().filter(|r| r.level == 5 && r.sure >= LEAST_SURE && !r.text.is_empty());
            let mut feet: Vec<f32> = words().map(|w| w.bounds.y1).collect();
            feet.sort_by(f32::total_cmp);
            let Some(foot) = feet.get(feet.len() / 3) else { continue };
            let y = area.y0 + foot * down;
            for word in words() {
                let count = word.text.chars().count().max(1) as f32;
                let dx = word.bounds.width() * across / count;
                for (at, ch) in word.text.chars().enumerate() {
                    let x = area.x0 + word.bounds.x0 * across + dx * at as f32;
                    out.push(Glyph {
                        ch,
                        x,
                        y,
                        dx,
                        size,
                        face: u16::MAX,
                        mcid: -1,
                        after_space: at == 0,
                        ..Glyph::default()
                    });
                }
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_come_to_stand_where_the_picture_shows_them() {
        let table = "level\tpage\n1\t1\t0\t0\t0\t0\t0\t0\t1000\t2000\t-1\t\n\
            4\t1\t1\t1\t1\t0\t100\t200\t400\t40\t-1\t\n\
            5\t1\t1\t1\t1\t1\t100\t200\t100\t40\t96.1\tWarm\n\
            5\t1\t1\t1\t1\t2\t220\t200\t100\t40\t12\t~|\n";
        let glyphs = place(table, &Rect { x0: 0.0, y0: 0.0, x1: 500.0, y1: 1000.0 });
        let told: Vec<_> = glyphs.iter().map(|g| (g.ch, g.x, g.y, g.size)).collect();
        assert_eq!(told[0], ('W', 50.0, 120.0, 20.0));
        assert_eq!(told.len(), 4);
    }

    #[test]
    fn a_program_that_is_missing_or_fails_is_told() {
        let second = Duration::from_secs(1);
        assert_eq!(ask("no-such-program-of-ours", Vec::new(), second), Err(Failure::Missing));
    }
}
