//! The last two sheets: what was read, and how it was judged.

use super::sheet::{Columns, Sheet};
use crate::report::words::{self, method};
use crate::report::{PackInfo, ReportError, Source, officer};
use rust_xlsxwriter::{Workbook, XlsxError};

/// One row a document, then the files that were not looked at.
pub(super) fn documents(book: &mut Workbook, source: &dyn Source) -> Result<(), ReportError> {
    let reviewed = source.head().review.is_some();
    let columns = Columns::new(&[
        ("Document", 28),
        ("Title", 28),
        ("Status", 12),
        ("Pages", 8),
        ("Pages not read", 9),
        ("Passages", 10),
        ("What was read", 34),
        ("What could not be read, and why", 44),
    ])
    .and(reviewed, &[("Officer\u{2019}s review", 40)])
    .off_paper([("SHA-256 of the file", 66)]);
    let mut sheet = Sheet::new(book, "Documents", &columns, 1)?;
    source.each(&mut |d| {
        let trouble = words::troubles(d).join(" ");
        let cells = [
            d.path.clone().into(),
            d.title.clone().unwrap_or_default().into(),
            words::status(d.status).into(),
            d.pages.map_or_else(|| "".into(), Into::into),
            d.pages.map_or_else(|| "".into(), |_| d.pages_unread.len().into()),
            d.passages.into(),
            words::coverage(d).into(),
            trouble.into(),
        ];
        let judged = reviewed.then(|| d.review.as_ref().map(officer::summary).unwrap_or_default().into());
        Ok(sheet.row(cells.into_iter().chain(judged).chain([d.sha256.clone().unwrap_or_default().into()]))?)
    })?;
    for skipped in &source.head().skipped {
        let blank = || "".into();
        let row = [skipped.path.clone().into(), blank(), "not looked at".into(), blank(), blank(), blank(), blank()];
        sheet.row(row.into_iter().chain([skipped.why.clone().into()]))?;
    }
    sheet.finish()?;
    Ok(())
}

/// Words with their meaning, packs with their measured accuracy, and what it takes to repeat it.
pub(super) fn write(book: &mut Workbook, source: &dyn Source) -> Result<(), ReportError> {
    let head = source.head();
    let mut sheet = Sheet::new(book, "Method", &Columns::new(&[("What", 34), ("Meaning", 110)]), 0)?;
    say(&mut sheet, "How it was judged", method::HOW)?;
    say(&mut sheet, "Who decides", method::PEOPLE_DECIDE)?;
    for (kind, table) in
        [("Verdict", &method::VERDICTS[..]), ("Level", &method::LEVELS[..]), ("Rating", &method::RATINGS[..])]
    {
        for (word, meaning) in table {
            say(&mut sheet, &format!("{kind}: {word}"), meaning)?;
        }
    }
    if let Some(review) = &head.review {
        let said = format!(
            "An officer\u{2019}s words are counted beside them. {} {}",
            officer::BESIDE,
            officer::absent(review)
        );
        say(&mut sheet, "Officer\u{2019}s review", &said)?;
    }
    for pack in &head.packs {
        about(&mut sheet, pack)?;
    }
    say(&mut sheet, "Program", &format!("{} {}", head.tool.name, head.tool.version))?;
    say(&mut sheet, "Rules (SHA-256)", &head.rule_hash)?;
    sheet.finish()?;
    Ok(())
}

fn about(sheet: &mut Sheet<'_>, pack: &PackInfo) -> Result<(), XlsxError> {
    let title = format!("Pack: {}", pack.title);
    let said = format!("{} Version {}. Source: {}.", pack.summary, pack.version, pack.source.trim_end_matches('.'));
    say(sheet, &title, &said)?;
    say(sheet, &format!("{title}: how often it is right"), &method::accuracy(pack))?;
    for (ids, why) in method::not_assessable(pack) {
        say(sheet, &format!("Not assessed: {ids}"), why)?;
    }
    Ok(())
}

fn say(sheet: &mut Sheet<'_>, what: &str, meaning: &str) -> Result<(), XlsxError> {
    sheet.row([what.into(), meaning.into()])
}
