//! The pieces that a paper is made of: headings, paragraphs, lists, quotes, tables.
//!
//! Comes in: text, foreign or own; it is made harmless here. Goes out: a Word document. It does not
//! know what the text means.

use super::styles::{self, BULLETS, HEAD, PLAIN, Shade, WIDTH};
use crate::assess::Cited;
use crate::report::{PackInfo, words};
use docx_rs::{
    Docx, HeightRule, Paragraph, Run, Shading, Table, TableCell, TableCellMargins, TableLayoutType, TableRow, WidthType,
};

/// A paper that grows.
pub(super) struct Paper {
    docx: Docx,
    lists: usize,
    captions: Vec<String>,
}

impl Default for Paper {
    fn default() -> Self {
        Self { docx: styles::empty(), lists: 0, captions: Vec::new() }
    }
}

/// A cell of a table: a paragraph a line.
pub(super) struct Cell {
    lines: Vec<String>,
    shade: Shade,
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { lines: vec![text], shade: PLAIN }
    }
}

impl From<&str> for Cell {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl Cell {
    /// Several lines.
    pub(super) fn lines(lines: Vec<String>) -> Self {
        Self { lines, shade: PLAIN }
    }

    /// A word on a shade.
    pub(super) fn shaded(text: impl Into<String>, shade: Shade) -> Self {
        Self { lines: vec![text.into()], shade }
    }
}

/// Letters of a quote.
const QUOTE: usize = 900;
/// Lines of a cell from which a row may go on on the next page.
const TALL: usize = 12;

impl Paper {
    /// Adds a paragraph in a style.
    pub(super) fn add(&mut self, style: &str, text: &str) {
        self.push(Paragraph::new().style(style).add_run(run(text)));
    }

    /// Adds a paragraph of running text.
    pub(super) fn text(&mut self, text: &str) {
        self.add("Normal", text);
    }

    /// Adds a heading; level 1 is the outermost.
    pub(super) fn heading(&mut self, level: usize, text: &str) {
        self.push(Paragraph::new().style(&format!("Heading{level}")).keep_next(true).add_run(run(text)));
    }

    /// Adds a heading of level 1 on a new page.
    pub(super) fn chapter(&mut self, text: &str) {
        self.push(Paragraph::new().style("Heading1").keep_next(true).page_break_before(true).add_run(run(text)));
    }

    /// Adds a paragraph that begins with a word in bold.
    pub(super) fn labelled(&mut self, style: &str, label: &str, text: &str) {
        let label = run(&format!("{label}: ")).bold();
        self.push(Paragraph::new().style(style).add_run(label).add_run(run(text)));
    }

    /// Says how often the words of a pack are wrong.
    pub(super) fn sure(&mut self, pack: &PackInfo) {
        let label = words::method::HOW_SURE;
        let said = words::method::trust(pack.accuracy.as_ref());
        self.push(Paragraph::new().add_run(run(&format!("{label} ")).bold()).add_run(run(&said)));
    }

    /// Adds an item with a bullet.
    pub(super) fn bullet(&mut self, text: &str) {
        self.push(styles::item(Paragraph::new().add_run(run(text)), BULLETS));
    }

    /// Adds a list (a), (b), (c).
    pub(super) fn numbered<'t>(&mut self, items: impl IntoIterator<Item = &'t String>) {
        let (docx, list) = styles::numbered(std::mem::take(&mut self.docx), self.lists);
        self.docx = docx;
        self.lists += 1;
        for item in items {
            self.push(styles::item(Paragraph::new().add_run(run(item)), list));
        }
    }

    /// Adds a passage in quotation marks, the words that matched in bold. It stays with the paragraph that follows.
    pub(super) fn quote(&mut self, cited: &Cited) {
        let mut paragraph = Paragraph::new().style("Quote").keep_lines(true).keep_next(true).add_run(run("\u{201c}"));
        if cited.quote.len() <= QUOTE {
            let mut at = 0;
            for &(start, end) in &cited.marks {
                if let (Some(before), Some(marked)) = (cited.quote.get(at..start), cited.quote.get(start..end)) {
                    paragraph = paragraph.add_run(run(before)).add_run(run(marked).bold());
                    at = end;
                }
            }
            paragraph = paragraph.add_run(run(cited.quote.get(at..).unwrap_or_default()));
        } else {
            paragraph = paragraph.add_run(run(&words::quote(&cited.quote, &cited.marks, QUOTE)));
        }
        self.push(paragraph.add_run(run("\u{201d}")));
    }

    /// Adds a table. What it shows is read out to those who do not see it; the head is repeated on every page; widths are
    /// parts of the text's width.
    pub(super) fn table(
        &mut self,
        shows: &str,
        head: &[&str],
        widths: &[usize],
        rows: impl IntoIterator<Item = Vec<Cell>>,
    ) {
        self.captions.push(words::clean(shows));
        let parts: usize = widths.iter().sum();
        let widths: Vec<usize> = widths.iter().map(|w| WIDTH * w / parts.max(1)).collect();
        let cells = head.iter().zip(&widths).map(|(text, width)| cell("TableHead", &[*text], HEAD, *width));
        // `finish` turns this height into the sign that the row is repeated on every page.
        let head = TableRow::new(cells.collect()).cant_split().row_height(1.0).height_rule(HeightRule::AtLeast);
        let body = rows.into_iter().map(|row| {
            let cells = row.iter().zip(&widths).map(|(c, width)| cell("TableText", &c.lines, c.shade, *width));
            let tall = row.iter().any(|c| c.lines.len() > TALL);
            let row = TableRow::new(cells.collect());
            if tall { row } else { row.cant_split() }
        });
        let table = Table::new(std::iter::once(head).chain(body).collect())
            .style("Grid")
            .layout(TableLayoutType::Fixed)
            .width(widths.iter().sum(), WidthType::Dxa)
            .margins(TableCellMargins::new().margin(50, 90, 50, 90))
            .set_grid(widths);
        self.docx = std::mem::take(&mut self.docx).add_table(table);
        self.add("Gap", "");
    }

    /// The document, and what each of its tables shows.
    pub(super) fn finish(self) -> (Docx, Vec<String>) {
        (self.docx, self.captions)
    }

    fn push(&mut self, paragraph: Paragraph) {
        self.docx = std::mem::take(&mut self.docx).add_paragraph(paragraph);
    }
}

/// Harmless text; white space at its ends is kept.
fn run(text: &str) -> Run {
    let mut out = String::with_capacity(text.len());
    for c in words::harmless(text).chars() {
        if c != ' ' || !out.ends_with(' ') {
            out.push(c);
        }
    }
    Run::new().add_text(out)
}

fn cell(style: &str, lines: &[impl AsRef<str>], (ground, letters): Shade, width: usize) -> TableCell {
    let mut cell = TableCell::new().width(width, WidthType::Dxa);
    for line in lines {
        let text = run(&words::clean(line.as_ref())).color(letters);
        cell = cell.add_paragraph(Paragraph::new().style(style).add_run(text));
    }
    if ground == PLAIN.0 { cell } else { cell.shading(Shading::new().fill(ground)) }
}
