//! Highlights and notes into a PDF file, as an update behind its end.
//!
//! Comes in: the bytes of a file and notes. Goes out: the same bytes with the update behind them. The copy is
//! read again before it is handed out: its text must be the same, and the notes must be there.

use super::look::{self, Look, SIGN};
use super::update::Update;
use super::{Anchor, Note, RemarkError};
use crate::document::{Document, Furniture};
use crate::input::{self, Corners, ReadOptions, Step, Wanted, locate};
use hayro_syntax::Pdf;
use hayro_syntax::object::{Array, Dict, ObjectIdentifier};
use hayro_syntax::page::Page;
use kurbo::{Affine, Point};
use std::collections::BTreeMap;

/// What belongs on a page.
#[derive(Default)]
struct Sheet<'n> {
    /// Notes that open from a sign at the top.
    signs: Vec<Note>,
    /// Passages with the lines that they fill.
    passages: Vec<(&'n Note, Vec<Corners>, bool)>,
}

/// A copy of a file with annotations.
pub(super) fn with_annotations(bytes: &[u8], notes: &[Note], options: &ReadOptions) -> Result<Vec<u8>, RemarkError> {
    let sheets = sheets(bytes, notes, options)?;
    let _ = options.watch.goes_on(Step::Rest);
    let pdf = Pdf::new(bytes.to_vec()).map_err(|_| RemarkError::Encrypted)?;
    let mut update = Update::new(bytes, &pdf)?;
    let mut added = 0;
    for (number, sheet) in sheets {
        let Some(page) = number.checked_sub(1).and_then(|at| pdf.pages().get(at as usize)) else { continue };
        added += sheet.signs.len() + sheet.passages.len();
        annotate(page, &sheet, &mut update, &pdf)?;
    }
    let copy = update.finish();
    let watch = options.watch.clone();
    let options = ReadOptions { watch: input::Watch::new(move |_| watch.goes_on(Step::Rest)), ..options.clone() };
    if is_same(&input::read(bytes, &options)?, &input::read(&copy, &options)?, added) {
        Ok(copy)
    } else {
        Err(RemarkError::NotTheSame)
    }
}

/// What belongs on each page. Passages that are not found again are told of by a sign at the top of theirs.
fn sheets<'n>(bytes: &[u8], notes: &'n [Note], options: &ReadOptions) -> Result<BTreeMap<u32, Sheet<'n>>, RemarkError> {
    let passage = |note: &'n Note| match &note.at {
        Anchor::Passage { page, text, .. } => Some(Wanted { page: *page, text }),
        Anchor::Paragraphs(_) => None,
    };
    let wanted: Vec<Wanted<'_>> = notes.iter().map(passage).collect::<Option<_>>().ok_or(RemarkError::Kind)?;
    let mut sheets: BTreeMap<u32, Sheet<'_>> = BTreeMap::new();
    let mut is_found = vec![false; notes.len()];
    for lines in locate(bytes, &wanted, options)? {
        let begins = !std::mem::replace(&mut is_found[lines.wanted], true);
        sheets.entry(lines.page).or_default().passages.push((&notes[lines.wanted], lines.lines, begins));
    }
    for ((note, wanted), _) in notes.iter().zip(&wanted).zip(is_found).filter(|(_, found)| !found) {
        let mut note = note.clone();
        if let Anchor::Passage { shown, .. } = &note.at
            && !shown.is_empty()
        {
            note.paragraphs.insert(0, format!("On this page: \u{201c}{shown}\u{201d}"));
        }
        sheets.entry(wanted.page).or_default().signs.push(note);
    }
    Ok(sheets)
}

/// Adds the annotations of a page.
fn annotate(page: &Page<'_>, sheet: &Sheet<'_>, update: &mut Update<'_>, pdf: &Pdf) -> Result<(), RemarkError> {
    let raw = page.raw();
    let own = raw.obj_id().ok_or_else(|| wrong("is no object of its own"))?;
    let mut links = String::new();
    let mut add = |look: Look| {
        let (form, annotation) = (update.free(pdf), update.free(pdf));
        update.put(form, look.form.into_bytes());
        let (of, at) = (refer(own), refer(form));
        update.put(annotation, format!("<<{}/P {of}/AP<</N {at}>>>>", look.entries).into_bytes());
        links.push_str(&format!(" {}", refer(annotation)));
    };
    for (at, note) in sheet.signs.iter().enumerate() {
        add(look::sign(note, &corner(page, at)));
    }
    for (note, lines, begins) in &sheet.passages {
        if *begins {
            add(look::highlight(note, lines));
        } else {
            let paragraphs = vec!["Goes on from the page before.".to_owned()];
            add(look::highlight(&Note { paragraphs, ..(*note).clone() }, lines));
        }
    }
    let (id, body) = linked(raw, own, links.trim_start())?;
    update.put(id, body);
    Ok(())
}

fn refer(id: ObjectIdentifier) -> String {
    format!("{} {} R", id.obj_number, id.gen_number)
}

fn wrong(why: &str) -> RemarkError {
    RemarkError::Part { part: "a page".to_owned(), why: why.to_owned() }
}

/// The object that lists a page's annotations, with more of them: the page or a list of its own.
fn linked(page: &Dict<'_>, own: ObjectIdentifier, links: &str) -> Result<(ObjectIdentifier, Vec<u8>), RemarkError> {
    let Some(list) = page.get::<Array<'_>>("Annots") else {
        if page.contains_key("Annots") {
            return Err(wrong("lists its annotations in an unknown way"));
        }
        return Ok((own, before_end(page.data(), b">>", &format!("/Annots[{links}]"))?));
    };
    match page.get_ref("Annots") {
        Some(id) => Ok((id.into(), before_end(&bracketed(list.data()), b"]", links)?)),
        None => {
            let at = (list.data().as_ptr() as usize).checked_sub(page.data().as_ptr() as usize);
            let at = at.filter(|at| page.data().get(*at..at + list.data().len()) == Some(list.data()));
            let at = at.ok_or_else(|| wrong("lists its annotations in an unknown way"))?;
            let (head, rest) = page.data().split_at(at);
            let (inner, tail) = rest.split_at(list.data().len());
            Ok((own, [head, inner, b"\n", links.as_bytes(), b" ", tail].concat()))
        }
    }
}

/// What stands in a list, as a list.
fn bracketed(inner: &[u8]) -> Vec<u8> {
    if inner.starts_with(b"[") { inner.to_vec() } else { [b"[", inner, b"\n]"].concat() }
}

/// Bytes with more before the sign that ends them.
fn before_end(bytes: &[u8], end: &[u8], more: &str) -> Result<Vec<u8>, RemarkError> {
    let head = bytes.trim_ascii_end().strip_suffix(end).ok_or_else(|| wrong("does not end as it should"))?;
    Ok([head, b"\n", more.as_bytes(), end].concat())
}

/// The place of a sign: along the upper edge, from the right.
fn corner(page: &Page<'_>, at: usize) -> Corners {
    let back = Affine::new(page.initial_transform(true).as_coeffs()).inverse();
    let (width, _) = page.render_dimensions();
    let right = f64::from(width) - 8.0 - (SIGN + 6.0) * at as f64;
    let point = |x: f64, y: f64| {
        let p = back * Point::new(x, y);
        (p.x, p.y)
    };
    [point(right - SIGN, 8.0), point(right, 8.0), point(right - SIGN, 8.0 + SIGN), point(right, 8.0 + SIGN)]
}

/// Whether a copy reads as the file does, with so many remarks more. Only letters and figures are compared: whether a hyphen
/// at the end of a line is one is told by the words of the whole file, and remarks have words, too.
fn is_same(file: &Document, copy: &Document, added: usize) -> bool {
    let is_remark = |b: &&crate::document::Block| b.furniture == Some(Furniture::Comment);
    let text = |document: &Document| -> String {
        let own = document.blocks.iter().filter(|b| !is_remark(b));
        own.flat_map(|b| document.text_of(b).chars()).filter(|c| c.is_alphanumeric()).collect()
    };
    let remarks = |document: &Document| document.blocks.iter().filter(is_remark).count();
    file.pages == copy.pages && text(file) == text(copy) && remarks(copy) == remarks(file) + added
}
