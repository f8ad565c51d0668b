//! PDF: bytes to a document, by the place of every glyph.
//!
//! Comes in: the bytes of a file. Goes out: its headings, paragraphs, list items and table rows in
//! reading order, with running heads and the like marked as furniture. It decodes no picture: a
//! page that only shows one is reported as not read, or read by `recognise` where that is asked for.
//!
//! The way of a page: `content` walks its operators and collects `marks`; `word` makes words and
//! rows of the glyphs; `grid` and `table` take the ruled tables out; `bands` and `layout` put the
//! rest into reading order, with tables that have no upright rules told by `spaced` and `aligned`. Where
//! the file is tagged, `tree` reads its tags and `tagged` takes their order instead. Then the pages are
//! looked at together: `untold` finds letters that no font tells, `style` tells headings, `furniture` running
//! heads, `blocks` paragraphs and lists, `sections` contents, references and glossary, and `assemble`
//! writes the document.

mod align;
mod aligned;
mod annotations;
mod assemble;
mod bands;
mod bullet;
mod content;
mod draft;
mod flow;
mod font;
mod geometry;
mod grid;
mod group;
mod hyphen;
mod inflate;
mod info;
mod layers;
mod layout;
mod legible;
mod line;
mod locate;
mod marks;
mod notes;
mod outline;
mod path;
mod picture;
mod recognise;
mod running;
mod sections;
mod sheet;
mod show;
mod spaced;
mod style;
mod table;
mod tagged;
mod tags;
mod tree;
mod untold;
mod word;

#[cfg(test)]
mod page_tests;
#[cfg(test)]
mod sample;
#[cfg(test)]
mod tagged_tests;
#[cfg(test)]
mod tests;

pub use locate::{Corners, Lines, Wanted, locate};

use super::{InputError, ReadOptions, Reader, Step};
use crate::document::{Document, Format, Legibility, Page};
use hayro_syntax::{DecryptionError, LoadPdfError};
use marks::Marks;
use outline::Outline;
use sheet::Sheet;
use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Most glyphs that are collected of one file.
const MAX_GLYPHS: usize = 50_000_000;

/// Reads PDF files.
pub(super) struct Pdf;

impl Reader for Pdf {
    fn format(&self) -> Format {
        Format::Pdf
    }

    fn recognises(&self, bytes: &[u8]) -> bool {
        bytes[..bytes.len().min(1024)].windows(5).any(|w| w == b"%PDF-")
    }

    fn read(&self, bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError> {
        if bytes.is_empty() {
            return Err(InputError::Empty);
        }
        // The parser is robust, but foreign bytes must never end more than their own file.
        catch_unwind(AssertUnwindSafe(|| read(bytes, options)))
            .unwrap_or_else(|_| Err(InputError::Damaged("its parts contradict each other".into())))
    }
}

fn read(bytes: &[u8], options: &ReadOptions) -> Result<Document, InputError> {
    let pdf = open(bytes, options)?;
    let count = pdf.pages().len();
    if count == 0 {
        return Err(InputError::Damaged("it holds no page".into()));
    }
    let catalog = info::catalog(&pdf);
    let labels = info::page_labels(&catalog, count);
    let mut document = Document { format: Format::Pdf, broken_off: is_broken_off(bytes), ..Document::default() };
    if document.broken_off {
        let said = "The file breaks off before its end, as after a transfer that was stopped: pages and text are lost with \
                    the rest. Get the whole file, and check again.";
        document.warn(None, said.to_owned());
    }
    if info::is_folder(&catalog) {
        let said = "The file is a folder of other files (a PDF portfolio): what stands in them was not read. Save them one by \
                    one, and check those.";
        document.warn(None, said.to_owned());
    }
    let mut sheets = sheets(&pdf, labels, options, &mut document);
    if info::is_drawn(&catalog) {
        document.pages.iter_mut().for_each(|page| page.legibility = Legibility::NotRead);
        let said = "The file is a form whose pages only the program draws that it was made for (XFA): they cannot be read. \
                    Print it to a PDF file there, and check that.";
        document.warn(None, said.to_owned());
    }
    untold::settle(&mut sheets, &mut document);
    let drafts = drafts(sheets, &outline::read(&pdf, &catalog));
    assemble::write(&drafts, &mut document);
    document.title = info::title(&pdf, &catalog).or_else(|| assemble::title(&document));
    legible::warn(&mut document, options.ocr);
    Ok(document)
}

/// Whether a file has lost its end: it neither says that it ends nor where its table of objects stands, or objects
/// begin behind its last end, as where a file is cut whose beginning is read first or to which something was added.
fn is_broken_off(bytes: &[u8]) -> bool {
    let last = |sign: &[u8]| bytes.windows(sign.len()).rposition(|w| w == sign).map(|at| &bytes[at + sign.len()..]);
    match (last(b"%%EOF"), last(b"startxref")) {
        (Some(behind), _) => begins_object(behind),
        (None, Some(table)) => !table.trim_ascii_start().first().is_some_and(u8::is_ascii_digit),
        (None, None) => true,
    }
}

/// Whether an object begins in bytes: "12 0 obj".
fn begins_object(bytes: &[u8]) -> bool {
    let number = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    bytes.windows(4).enumerate().any(|(at, w)| w == b" obj" && at >= 3 && number(at - 1) && number(at - 3))
}

/// Opens the file, without a password first.
fn open(bytes: &[u8], options: &ReadOptions) -> Result<hayro_syntax::Pdf, InputError> {
    let data = bytes.to_vec();
    let opened = match (hayro_syntax::Pdf::new(data), &options.password) {
        (Err(LoadPdfError::Decryption(DecryptionError::PasswordProtected)), Some(password)) => {
            hayro_syntax::Pdf::new_with_password(bytes.to_vec(), password)
        }
        (opened, _) => opened,
    };
    opened.map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => match options.password {
            Some(_) => InputError::WrongPassword,
            None => InputError::Locked,
        },
        LoadPdfError::Decryption(_) => InputError::Unsupported {
            found: "a PDF file with an unusual encryption".into(),
            remedy: "save it without protection".into(),
        },
        LoadPdfError::Invalid => InputError::Damaged("no page of the PDF can be found".into()),
    })
}

/// Lays out the pages, and notes how well each could be read.
fn sheets(
    pdf: &hayro_syntax::Pdf,
    labels: Vec<Option<String>>,
    options: &ReadOptions,
    document: &mut Document,
) -> Vec<Sheet> {
    let catalog = info::catalog(pdf);
    let hidden = layers::Layers::read(&catalog);
    let tags = || catch_unwind(AssertUnwindSafe(|| tree::read(pdf, &catalog))).ok().flatten();
    let tags = options.tags.then(tags).flatten();
    let mut fonts = font::Fonts::new();
    let mut budget = inflate::Budget::new(options.max_inflated);
    let mut sheets = Vec::new();
    let mut unrecognised: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    let (mut glyphs, mut left) = (0_usize, Vec::new());
    let (mut cut, mut broken, mut lost) = (Vec::new(), Vec::new(), Vec::new());
    for (number, (page, label)) in (1_u32..).zip(pdf.pages().iter().zip(labels)) {
        let ended = number as usize > options.max_pages || glyphs > MAX_GLYPHS;
        let left_out = options.leave_out.contains(&number);
        if ended || left_out || !options.watch.goes_on(Step::Page(number)) {
            document.pages.push(Page { label, legibility: Legibility::NotRead });
            sheets.push(Sheet::default());
            if !left_out {
                glyphs = usize::MAX;
                left.push(number as usize);
            }
            continue;
        }
        let read = catch_unwind(AssertUnwindSafe(|| {
            let mut marks = content::read_page(page, &mut fonts, &mut budget, &hidden, tags.as_ref());
            settle(&mut marks);
            let remarks = annotations::read(page, &hidden, &mut marks);
            let mut turned = marks.take_turned();
            let tagged = tags.as_ref().and_then(|t| tagged::read(&mut marks, &mut turned, &fonts.faces, t));
            let mut pieces = tagged.unwrap_or_else(|| layout::read(&marks, &fonts.faces));
            layout::read_turned(&turned, &fonts.faces, &mut pieces);
            (marks, pieces, remarks)
        }));
        let is_broken = read.is_err();
        let (marks, pieces, remarks) = read.unwrap_or_default();
        glyphs += marks.glyphs.len();
        if marks.cut {
            cut.push(number as usize);
        }
        if is_broken {
            broken.push(number as usize);
        }
        if marks.lost {
            lost.push(number as usize);
        }
        let aside = vec![None; pieces.len()];
        let mut sheet = Sheet { height: marks.height, aside, pieces, remarks, unknown: marks.unknown };
        let mut legibility = match legible::judge(&marks, &sheet.text()) {
            _ if is_broken => Legibility::NotRead,
            Legibility::Blank if marks.cut || marks.lost => Legibility::NotRead,
            judged => judged,
        };
        if options.ocr && matches!(legibility, Legibility::NoText | Legibility::Garbled) {
            match recognise::page(pdf, &marks, &budget) {
                Ok(pieces) => {
                    (sheet.aside, sheet.pieces) = (vec![None; pieces.len()], pieces);
                    legibility = Legibility::Recognised;
                }
                Err(reason) => unrecognised.entry(reason).or_default().push(number as usize),
            }
        }
        document.pages.push(Page { label, legibility });
        sheets.push(sheet);
    }
    for (reason, pages) in unrecognised {
        document.warn(None, format!("No text was recognised on {}: {reason}.", legible::named(&pages)));
    }
    let _ = options.watch.goes_on(Step::Rest);
    if !left.is_empty() {
        let pages = legible::named(&left);
        document.warn(None, format!("The file is longer than the limits of time or size; not read: {pages}."));
    }
    if !cut.is_empty() {
        let pages = legible::named(&cut);
        document.warn(None, format!("Too much is drawn on {pages}: the rest was not read."));
    }
    if !lost.is_empty() {
        let pages = legible::named(&lost);
        document.warn(None, format!("The file is damaged: what stands on {pages} is lost, or a part of it."));
    }
    if !broken.is_empty() {
        let pages = legible::named(&broken);
        document.warn(None, format!("The file contradicts itself on {pages}: nothing of it was read."));
    }
    sheets
}

/// Decides on invisible text, and turns a page whose text runs up or down.
fn settle(marks: &mut Marks) {
    marks.settle_invisible();
    let upright = |up: bool| {
        let runs = |g: &&marks::Glyph| if up { g.dy < -g.dx.abs() } else { g.dy > g.dx.abs() };
        marks.glyphs.iter().filter(runs).count()
    };
    let (up, down) = (upright(true), upright(false));
    if up.max(down) * 2 > marks.glyphs.len() {
        marks.turn(up > down);
    }
}

/// Tells blocks, with the whole document in view.
fn drafts(mut sheets: Vec<Sheet>, outline: &Outline) -> Vec<draft::Draft> {
    let body = sheet::body(&sheets);
    running::mark(&mut sheets, &body);
    let mut drafts = Vec::new();
    for (page, sheet) in sheets.iter().enumerate() {
        drafts.extend(group::read(sheet, page, &body));
        drafts.extend(sheet.remarks.iter().map(|text| draft::Draft::remark(text, page)));
    }
    style::rank(&mut drafts, &body, outline);
    sections::mark(&mut drafts);
    let mut drafts = notes::place(flow::join(drafts), &body);
    flow::number_tables(&mut drafts);
    drafts
}
