//! The last sections: how it was judged, and what could not be read.

use super::paper::{Cell, Paper};
use crate::assess::Status;
use crate::report::words::called::Called;
use crate::report::words::{self, method};
use crate::report::{Head, PackInfo, ReportError, Source};

/// How it was judged.
pub(super) fn method(paper: &mut Paper, head: &Head) {
    paper.heading(1, "How it was judged");
    paper.text(method::HOW);
    paper.text(method::PEOPLE_DECIDE);
    for (what, table) in [
        ("Word for a point", &method::VERDICTS[..]),
        ("Level of a passage", &method::LEVELS[..]),
        ("Rating of a criterion", &method::RATINGS[..]),
    ] {
        let rows = table.iter().map(|(word, meaning)| vec![Cell::from(*word), Cell::from(*meaning)]);
        paper.table(&format!("{what} and its meaning"), &[what, "Meaning"], &[3, 9], rows);
    }
    paper.text("Where points are to check, a rating is a range, such as \u{201c}partial to evident\u{201d}.");
    for pack in &head.packs {
        about(paper, pack);
    }
    paper.heading(2, "To repeat it");
    paper.bullet(&format!("Program: {} {}", head.tool.name, head.tool.version));
    paper.bullet(&format!("Rules (SHA-256): {}", head.rule_hash));
}

fn about(paper: &mut Paper, pack: &PackInfo) {
    paper.heading(2, &pack.title);
    paper.text(&pack.summary);
    paper.labelled("Normal", "How often it is right", &method::accuracy(pack));
    let source = pack.source.trim_end_matches('.');
    paper.add("Small", &format!("Version {}. Source: {source}.", pack.version));
    let caveats = pack.criteria.iter().filter_map(|c| Some((c.short(), c.caveat.as_deref()?)));
    let caveats: Vec<(String, &str)> = caveats.collect();
    for (names, caveat) in method::alike(caveats.iter().map(|(name, said)| (name.as_str(), *said))) {
        paper.labelled("Small", &format!("On {names}"), caveat);
    }
    if !pack.not_assessable.is_empty() {
        let n = words::count(pack.not_assessable.len(), "demand", "demands");
        paper.add("Small", &format!("The source makes {n} that cannot be assessed from documents:"));
        for (ids, why) in method::not_assessable(pack) {
            paper.labelled("Aside", &ids, why);
        }
    }
}

/// What could not be read, and the files' hashes.
pub(super) fn unread(paper: &mut Paper, source: &dyn Source) -> Result<(), ReportError> {
    paper.heading(1, "What could not be read");
    let mut any = false;
    source.each(&mut |document| {
        let troubles = words::troubles(document);
        if document.status != Status::Assessed || !troubles.is_empty() {
            any = true;
            let status = words::status(document.status);
            paper.labelled("Normal", &format!("{} ({status})", document.path), &words::coverage(document));
            troubles.iter().for_each(|t| paper.bullet(t));
        }
        Ok(())
    })?;
    if !any {
        paper.text("Everything that was given could be read.");
    }
    if !source.head().skipped.is_empty() {
        paper.text("Files that were not looked at:");
        source.head().skipped.iter().for_each(|s| paper.bullet(&format!("{}: {}", s.path, s.why)));
    }
    paper.heading(2, "The files");
    let mut rows = Vec::new();
    source.each(&mut |d| {
        let hash = d.sha256.clone().unwrap_or_else(|| "the file could not be opened".to_owned());
        rows.push(vec![d.path.clone().into(), hash.into()]);
        Ok(())
    })?;
    paper.table("The files that were checked, with their hashes", &["File", "SHA-256"], &[5, 8], rows);
    Ok(())
}
