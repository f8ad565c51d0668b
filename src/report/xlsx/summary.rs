//! The first sheets: a row a document, a column a criterion, each rating in words and colour; then a row for each
//! of both.

use super::sheet::{Cell, Columns, Sheet};
use crate::assess::{Assessment, Status, Verdict};
use crate::report::words::called::Called;
use crate::report::{DocumentReport, Head, PackInfo, ReportError, Source, words};
use rust_xlsxwriter::{
    Color, ConditionalFormatText, ConditionalFormatTextRule, Format, Workbook, Worksheet, XlsxError,
};
use std::ops::Range;

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
    let head = source.head();
    let first = [("Document", 26), ("Title", 26), ("Status", 12), ("Present", 9), ("To check", 9), ("Missing", 9)];
    let columns = Columns::new(&first).and(head.review.is_some(), &[("With an officer\u{2019}s word counted", 24)]);
    let begin = columns.len();
    let named = |p: &PackInfo| p.criteria.iter().map(Called::named).collect::<Vec<_>>();
    let mut packs = head.packs.iter().map(named);
    let main = packs.next().unwrap_or_default();
    let others: Vec<String> = packs.flatten().collect();
    let columns = columns.and(true, &wide(&main, 14)).off_paper(wide(&others, 22));
    let end = columns.len();
    let columns = columns.off_paper([("Ratings on words only", 13)]);
    let mut sheet = Sheet::new(book, "Summary", &columns, 1)?;
    source.each(&mut |d| Ok(sheet.row(row(head, d))?))?;
    let (sheet, last) = sheet.finish()?;
    colour(sheet, last, begin..end)?;
    Ok(())
}

fn wide(columns: &[String], width: u8) -> Vec<(&str, u8)> {
    columns.iter().map(|name| (name.as_str(), width)).collect()
}

/// The second sheet: a row a document and criterion, with the further packs, which are too many for a printed matrix.
pub(super) fn ratings(book: &mut Workbook, source: &dyn Source) -> Result<(), ReportError> {
    let reviewed = source.head().review.is_some();
    let columns = Columns::new(&[
        ("Document", 28),
        ("Criterion", 46),
        ("Rating", 22),
        ("Present", 9),
        ("To check", 9),
        ("Missing", 9),
        ("Only where words cost nothing", 30),
    ])
    .and(reviewed, &[("With the officer\u{2019}s word", 22)])
    .off_paper([("Pack", 24)]);
    let mut sheet = Sheet::new(book, "Ratings", &columns, 2)?;
    source.each(&mut |d| {
        for criterion in &d.criteria {
            let of = |v: Verdict| criterion.facets.iter().filter(|f| f.verdict == v).count();
            let words_only =
                if criterion.only_in.is_empty() { String::new() } else { words::only_in(&criterion.only_in) };
            let cells = [
                d.path.clone().into(),
                criterion.named().into(),
                words::rating(criterion).into(),
                of(Verdict::Present).into(),
                of(Verdict::Check).into(),
                of(Verdict::Missing).into(),
                words_only.into(),
            ];
            let judged = reviewed.then(|| d.reviewed(criterion).map(|r| r.range()).unwrap_or_default().into());
            sheet.row(cells.into_iter().chain(judged).chain([criterion.pack.clone().into()]))?;
        }
        Ok(())
    })?;
    let (sheet, last) = sheet.finish()?;
    colour(sheet, last, 2..3)?;
    Ok(())
}

fn row(head: &Head, document: &DocumentReport) -> Vec<Cell> {
    let title = document.plan.label.clone().or_else(|| document.title.clone()).unwrap_or_default();
    let status = words::status(document.status);
    let mut out: Vec<Cell> = vec![document.path.clone().into(), title.into(), status.into()];
    let judged = document.status == Status::Assessed;
    for verdict in [Verdict::Present, Verdict::Check, Verdict::Missing] {
        let all = document.criteria.iter().flat_map(|c| &c.facets);
        let n = all.filter(|f| f.verdict == verdict).count();
        out.push(if judged { n.into() } else { "".into() });
    }
    if head.review.is_some() {
        let told = |c: &Assessment| Some(format!("{}: {}", c.short(), document.reviewed(c)?.range()));
        out.push(document.criteria.iter().filter_map(told).collect::<Vec<_>>().join("; ").into());
    }
    for (pack, criterion) in head.packs.iter().flat_map(|p| p.criteria.iter().map(move |c| (p, c))) {
        let of = |a: &&Assessment| a.pack == pack.id && a.id == criterion.id;
        let found = document.criteria.iter().find(of).filter(|_| judged);
        out.push(found.map_or_else(|| status.to_owned(), words::rating).into());
    }
    let names = document.criteria.iter().filter(|c| judged && !c.only_in.is_empty()).map(Called::short);
    out.push(names.collect::<Vec<_>>().join("; ").into());
    out
}

/// Colours the ratings in some columns of every row below the head.
fn colour(sheet: &mut Worksheet, bottom: u32, columns: Range<usize>) -> Result<(), XlsxError> {
    let (Ok(left), Ok(right)) = (u16::try_from(columns.start), u16::try_from(columns.end)) else { return Ok(()) };
    if bottom == 0 || left >= right {
        return Ok(());
    }
    for (begins, ground, letters) in COLOURS {
        let look = Format::new().set_background_color(Color::RGB(ground)).set_font_color(Color::RGB(letters));
        let rule = ConditionalFormatText::new()
            .set_rule(ConditionalFormatTextRule::BeginsWith(begins.to_owned()))
            .set_format(look)
            .set_stop_if_true(true);
        sheet.add_conditional_format(1, left, bottom, right - 1, &rule)?;
    }
    Ok(())
}
