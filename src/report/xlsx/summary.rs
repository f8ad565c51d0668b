//! The first sheet: a row a document, a column a criterion, each rating in words and colour.

use super::sheet::{Cell, Column, Sheet};
use crate::assess::{Assessment, Status, Verdict};
use crate::report::{DocumentReport, Head, ReportError, Source, words};
use rust_xlsxwriter::{
    Color, ConditionalFormatText, ConditionalFormatTextRule, Format, Workbook, Worksheet, XlsxError,
};

/// What a rating's cell begins with, its ground and its letters. The first that fits rules: a
/// range that begins with "missing" is open, not missing.
const COLOURS: [(&str, u32, u32); 7] = [
    ("missing to", 0xD4_E4_F7, 0x0B_3C_6F),
    ("missing", 0xF4_C7_C3, 0x7A_12_0B),
    ("partial", 0xFF_E6_A8, 0x5C_42_00),
    ("evident", 0xC9_E8_CF, 0x0F_4D_23),
    ("embedded", 0x1E_6B_3A, 0xFF_FF_FF),
    ("not assessed", 0xE3_E3_E3, 0x33_33_33),
    ("unreadable", 0xE3_E3_E3, 0x33_33_33),
];

pub(super) fn write(book: &mut Workbook, source: &dyn Source) -> Result<(), ReportError> {
    let packs = &source.head().packs;
    let before = [("Document", 34), ("Title", 34), ("Status", 13), ("Present", 9), ("To check", 9), ("Missing", 9)];
    let mut columns: Vec<Column> = before.map(|(name, width)| (name.to_owned(), width)).to_vec();
    columns.push(("Ratings on words only".to_owned(), 13));
    if source.head().review.is_some() {
        columns.push(("With an officer\u{2019}s word counted".to_owned(), 26));
    }
    let first_rating = u16::try_from(columns.len()).unwrap_or(u16::MAX);
    columns.extend(packs.iter().flat_map(|p| &p.criteria).map(|c| (format!("{} {}", c.id, c.title), 16)));
    let last_column = u16::try_from(columns.len() - 1).unwrap_or(u16::MAX);
    let mut sheet = Sheet::new(book, "Summary", &columns, 1)?;
    source.each(&mut |d| Ok(sheet.row(row(source.head(), d))?))?;
    let (sheet, last) = sheet.finish()?;
    if last > 0 && last_column >= first_rating {
        colour(sheet, (1, first_rating, last, last_column))?;
    }
    Ok(())
}

fn row(head: &Head, document: &DocumentReport) -> Vec<Cell> {
    let title = document.title.clone().unwrap_or_default();
    let status = words::status(document.status);
    let mut out: Vec<Cell> = vec![document.path.clone().into(), title.into(), status.into()];
    let judged = document.status == Status::Assessed;
    for verdict in [Verdict::Present, Verdict::Check, Verdict::Missing] {
        let all = document.criteria.iter().flat_map(|c| &c.facets);
        let n = all.filter(|f| f.verdict == verdict).count();
        out.push(if judged { n.into() } else { "".into() });
    }
    let ids = document.criteria.iter().filter(|c| judged && !c.only_in.is_empty()).map(|c| c.id.as_str());
    out.push(ids.collect::<Vec<_>>().join(", ").into());
    if head.review.is_some() {
        let told = |c: &Assessment| Some(format!("{}: {}", c.id, document.reviewed(c)?.range()));
        out.push(document.criteria.iter().filter_map(told).collect::<Vec<_>>().join("; ").into());
    }
    for (pack, criterion) in head.packs.iter().flat_map(|p| p.criteria.iter().map(move |c| (p, c))) {
        let of = |a: &&Assessment| a.pack == pack.id && a.id == criterion.id;
        let found = document.criteria.iter().find(of).filter(|_| judged);
        out.push(found.map_or_else(|| status.to_owned(), words::rating).into());
    }
    out
}

fn colour(sheet: &mut Worksheet, (top, left, bottom, right): (u32, u16, u32, u16)) -> Result<(), XlsxError> {
    for (begins, ground, letters) in COLOURS {
        let look = Format::new().set_background_color(Color::RGB(ground)).set_font_color(Color::RGB(letters));
        let rule = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::BeginsWith(begins.to_owned()))
            .set_format(look)
            .set_stop_if_true(true);
        sheet.add_conditional_format(top, left, bottom, right, &rule)?;
    }
    Ok(())
}
