//! The report as Markdown, short enough to paste into a mail.
//!
//! Ratings, what is missing with the question to ask, what is to check with its nearest passage,
//! and the firmest evidence. Foreign text is escaped, so that it stays text in every mail program
//! that draws Markdown. Later packs are summed up in a sentence each.

use super::checks;
use super::words::{self, clean, quote};
use super::{DocumentReport, FacetInfo, Medium, PackInfo, Portfolio, ReportError, Reporter, Source, officer};
use crate::assess::{Assessment, Cited, FacetAssessment, Status, Verdict};
use crate::report::words::called::Called;
use std::fmt::Write;
use std::io;

/// The form for mails.
#[derive(Debug)]
pub struct Md;

/// Letters of a quote.
const QUOTE: usize = 240;

impl Reporter for Md {
    fn name(&self) -> &'static str {
        "md"
    }

    fn write(&self, source: &dyn Source, _: &Medium, out: &mut dyn io::Write) -> Result<(), ReportError> {
        let packs = &source.head().packs;
        if source.len() == 1 {
            source.each(&mut |d| Ok(out.write_all(one(packs, d).as_bytes())?))?;
        } else {
            many(source, out)?;
        }
        Ok(out.write_all(ending(source).as_bytes())?)
    }
}

/// A matrix of all documents, what none of them holds, then each in short.
fn many(source: &dyn Source, out: &mut dyn io::Write) -> Result<(), ReportError> {
    let head = source.head();
    writeln!(out, "# Golden thread: {}\n", words::count(source.len(), "document", "documents"))?;
    let Some(pack) = head.packs.first() else { return Ok(()) };
    let names: Vec<String> = pack.criteria.iter().map(|c| format!(" {} |", text(&c.short()))).collect();
    writeln!(out, "| document |{}\n|---|{}", names.concat(), "---|".repeat(names.len()))?;
    source.each(&mut |d| {
        let mut cells = String::new();
        if d.status == Status::Assessed {
            own(pack, d).for_each(|c| cells.push_str(&format!(" {} |", d.ratings_beside(c))));
        } else {
            let empty = " |".repeat(pack.criteria.len().saturating_sub(1));
            let _ = write!(cells, " {} |{empty}", words::status(d.status));
        }
        Ok(writeln!(out, "| {} |{cells}", text(&words::label_or_path(&d.plan, &d.path)))?)
    })?;
    out.write_all(unowned(&*Portfolio::of_source(source)?, pack).as_bytes())?;
    source.each(&mut |d| Ok(out.write_all(short(pack, d).as_bytes())?))
}

/// The points of a pack that no document surely holds.
fn unowned(all: &Portfolio, pack: &PackInfo) -> String {
    let none: Vec<_> = all.held_by_none(pack).collect();
    if none.is_empty() {
        return String::new();
    }
    let mut out = format!("\n## Held by no document ({})\n\n", none.len());
    for (criterion, facet, across) in none {
        let said = format!("{} {}", text(&facet.question), text(&all.candidates(across)));
        let _ = writeln!(out, "- **{}**. Ask: {}", text(&criterion.point(&facet.title)), said.trim_end());
    }
    out
}

fn own<'d>(pack: &'d PackInfo, document: &'d DocumentReport) -> impl Iterator<Item = &'d Assessment> {
    document.criteria.iter().filter(|c| c.pack == pack.id)
}

/// One document, whole.
fn one(packs: &[PackInfo], document: &DocumentReport) -> String {
    let mut out = format!("# {}\n\n", text(&words::name(document)));
    let _ = writeln!(out, "File: {}. {}", text(&words::file_and_owner(document)), words::coverage(document));
    if document.status != Status::Assessed {
        out.push_str(&unjudged(document));
        return out;
    }
    for (i, pack) in packs.iter().enumerate() {
        out.push_str(&summary(pack, document));
        if i == 0 {
            out.push_str(&reviewed(document));
            ratings(&mut out, pack, document);
            missing(&mut out, pack, document);
            to_check(&mut out, pack, document);
            words_only(&mut out, pack, document);
            firmest(&mut out, pack, document);
        }
    }
    judged(&mut out, packs, document);
    out
}

/// One document of many: what it holds and the names of what is missing.
fn short(pack: &PackInfo, document: &DocumentReport) -> String {
    let mut out = format!("\n## {}\n\n", text(&words::name(document)));
    let _ = writeln!(out, "File: {}. {}", text(&words::file_and_owner(document)), words::coverage(document));
    if document.status != Status::Assessed {
        out.push_str(&unjudged(document));
        return out;
    }
    out.push_str(&summary(pack, document));
    out.push_str(&reviewed(document));
    for verdict in [Verdict::Missing, Verdict::Check] {
        let found = points(pack, document, verdict);
        let titles: Vec<String> = found
            .iter()
            .map(|(c, f)| {
                let mark = if f.only_in.is_empty() { String::new() } else { format!(", {}", words::WORDS_ONLY) };
                format!("{}{mark}", named(document, c, f))
            })
            .collect();
        if !titles.is_empty() {
            let _ = writeln!(out, "- **{}** ({}): {}", words::verdict(verdict), titles.len(), titles.join("; "));
        }
    }
    for (c, f) in points(pack, document, Verdict::Present).into_iter().filter(|(_, f)| !f.only_in.is_empty()) {
        let _ =
            writeln!(out, "- **{}**: {}: {}", words::WORDS_ONLY, named(document, c, f), text(&words::words_only(f)));
    }
    out
}

/// The name of a point, with the officer's word where it says other than the program.
fn named(document: &DocumentReport, criterion: &Assessment, facet: &FacetAssessment) -> String {
    let name = text(&criterion.point(&facet.title));
    let settled = document.settled_verdict(&criterion.pack, facet);
    if settled == facet.verdict { name } else { format!("{name} (officer: {})", words::verdict(settled)) }
}

/// What an officer's review comes to; empty where there is none.
fn reviewed(document: &DocumentReport) -> String {
    let Some(review) = &document.review else { return String::new() };
    format!("**With an officer\u{2019}s review:** {} {}\n\n", text(&officer::summary(review)), officer::BESIDE)
}

fn unjudged(document: &DocumentReport) -> String {
    format!("\n**Not judged; nothing in it counts as missing.** {}\n", text(&words::trouble(document)))
}

fn summary(pack: &PackInfo, document: &DocumentReport) -> String {
    let said = format!("{} {}", text(&words::ratings(pack, document)), words::points(pack, document));
    format!("\n{}\n\n", said.trim_end())
}

/// The points of a document with a verdict.
fn points<'d>(
    pack: &'d PackInfo,
    document: &'d DocumentReport,
    verdict: Verdict,
) -> Vec<(&'d Assessment, &'d FacetAssessment)> {
    let all = own(pack, document).flat_map(|c| c.facets.iter().map(move |f| (c, f)));
    all.filter(|(_, f)| f.verdict == verdict).collect()
}

fn ratings(out: &mut String, pack: &PackInfo, document: &DocumentReport) {
    let judged = document.review.is_some();
    let more = if judged { [" with the officer\u{2019}s word |", "---|"] } else { [""; 2] };
    let _ = writeln!(out, "| | | rating |{}\n|---|---|---|{}", more[0], more[1]);
    for c in own(pack, document) {
        let officer = document.reviewed(c).map(|r| r.range()).unwrap_or_default();
        let officer = if judged { format!(" {officer} |") } else { officer };
        let _ = writeln!(out, "| {} | {} | {} |{officer}", text(&c.handle()), text(&c.title), words::rating_marked(c));
    }
}

/// The points that are missing.
fn missing(out: &mut String, pack: &PackInfo, document: &DocumentReport) {
    let found = points(pack, document, Verdict::Missing);
    if found.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n## Missing ({})\n", found.len());
    if words::model_read(document) {
        let _ = writeln!(out, "{}\n", words::method::MODEL);
    }
    found.into_iter().for_each(|(criterion, facet)| open(out, pack, document, criterion, facet));
}

/// The points to check, the likeliest first.
fn to_check(out: &mut String, pack: &PackInfo, document: &DocumentReport) {
    let groups = checks::groups(pack, document);
    if groups.is_empty() {
        return;
    }
    let of: usize = groups.iter().map(|g| g.points.len()).sum();
    let _ = writeln!(out, "\n## To check ({of})\n\n{}", checks::load(&groups));
    if points(pack, document, Verdict::Missing).is_empty() && words::model_read(document) {
        let _ = writeln!(out, "\n{}", words::method::MODEL);
    }
    for group in groups {
        let _ = writeln!(out, "\n### {} ({})\n\n{}\n", group.chance.title(), group.points.len(), group.chance.says());
        group.points.iter().for_each(|p| open(out, pack, document, p.criterion, p.facet));
    }
}

/// A point with its question and the passage that comes nearest.
fn open(out: &mut String, pack: &PackInfo, document: &DocumentReport, criterion: &Assessment, facet: &FacetAssessment) {
    let question = info(pack, criterion, facet).map(|f| format!(" Ask: {}", text(&f.question))).unwrap_or_default();
    let only = text(&words::words_only(facet));
    let said = format!("{question} {only}");
    let _ = writeln!(out, "- **{}**.{}", named(document, criterion, facet), said.trim_end());
    if let Some(near) = facet.nearest.first() {
        let _ = writeln!(out, "  - Nearest: {} {}", quoted(document, &near.cited), text(&near.why));
    }
}

/// Every judgement of an officer, with the program's verdict beside it.
fn judged(out: &mut String, packs: &[PackInfo], document: &DocumentReport) {
    let Some(review) = &document.review else { return };
    if review.points.is_empty() {
        return;
    }
    out.push_str("\n## Judged by an officer\n\n");
    for (c, f) in packs.iter().flat_map(|p| own(p, document)).flat_map(|c| c.facets.iter().map(move |f| (c, f))) {
        let Some(point) = document.judgement(&c.pack, &f.id) else { continue };
        let (name, label) = (text(&c.point(&f.title)), officer::label(point));
        let _ = writeln!(out, "- **{name}** (the program: {})", words::verdict(f.verdict));
        let _ = writeln!(out, "  - {label}: {}", text(&officer::said_in_full(point, f)));
    }
}

/// The points that are surely said, but only where words cost nothing.
fn words_only(out: &mut String, pack: &PackInfo, document: &DocumentReport) {
    let mut found = points(pack, document, Verdict::Present);
    found.retain(|(_, f)| !f.only_in.is_empty());
    if !found.is_empty() {
        let _ = writeln!(out, "\n## Present, but words only ({})\n", found.len());
    }
    for (c, f) in found {
        let _ = writeln!(out, "- **{}**. {}", text(&c.point(&f.title)), text(&words::words_only(f)));
    }
}

/// The firmest passage of each criterion.
fn firmest(out: &mut String, pack: &PackInfo, document: &DocumentReport) {
    let best = own(pack, document).filter_map(|c| Some((c, words::firmest(c)?)));
    let lines: Vec<String> = best
        .map(|(c, e)| {
            format!("- **{}** ({}): {}\n", text(&c.short()), words::level(e.level), quoted(document, &e.cited))
        })
        .collect();
    if !lines.is_empty() {
        let _ = writeln!(out, "\n## Firmest evidence\n\n{}", lines.concat().trim_end());
    }
}

fn info<'p>(pack: &'p PackInfo, criterion: &Assessment, facet: &FacetAssessment) -> Option<&'p FacetInfo> {
    pack.criteria.iter().find(|c| c.id == criterion.id)?.facets.iter().find(|f| f.id == facet.id)
}

/// A passage with its place.
fn quoted(document: &DocumentReport, cited: &Cited) -> String {
    let place = words::place(document, cited);
    let place = if place.is_empty() { String::new() } else { format!(" ({})", text(&place)) };
    format!("\u{201c}{}\u{201d}{place}.", escape(&quote(&cited.quote, &cited.marks, QUOTE)))
}

/// What a reader must know, and what was not looked at.
fn ending(source: &dyn Source) -> String {
    let head = source.head();
    let mut out = format!("\n---\n\n{}", words::method::PEOPLE_DECIDE);
    if let Some(pack) = head.packs.first() {
        let (label, said) = (words::method::HOW_SURE, words::method::trust(pack.accuracy.as_ref()));
        let _ = write!(out, "\n\n**{label}** {}", text(&(said + &words::method::asked(pack))));
    }
    let _ = writeln!(out, " Made by {} {}.", text(&head.tool.name), text(&head.tool.version));
    let absent = head.review.as_ref().map(officer::absent).unwrap_or_default();
    if !absent.is_empty() {
        let _ = writeln!(out, "\n{}", text(&absent));
    }
    if !head.skipped.is_empty() {
        out.push_str("\nNot looked at:\n\n");
        head.skipped.iter().for_each(|s| out.push_str(&format!("- {}: {}\n", text(&s.path), text(&s.why))));
    }
    out
}

/// Foreign text as text, wherever it stands.
fn text(foreign: &str) -> String {
    escape(&clean(foreign))
}

/// Text with every character escaped that Markdown could take for a sign of its own.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        let next = text[i + c.len_utf8()..].chars().next();
        let sign = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' => true,
            '&' => next.is_some_and(|n| n.is_ascii_alphanumeric() || n == '#'),
            '#' | '+' | '-' | '=' => i == 0,
            '.' | ')' => i > 0 && text[..i].chars().all(|d| d.is_ascii_digit()) && next.is_none_or(|n| n == ' '),
            _ => false,
        };
        if sign {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use pulldown_cmark::{Event, Options, Parser};

    #[test]
    fn foreign_text_stays_text() {
        let all =
            ["<b>x</b>", "# a", "1. a", "- a", "a|b", "![a](b)", "*a*", "&lt;", "`a`", "~~a~~", "=== a", "a_b_ \\"];
        for foreign in all {
            let mut shown = String::new();
            for event in Parser::new_ext(&text(foreign), Options::all()) {
                match event {
                    Event::Text(t) => shown.push_str(&t),
                    Event::Start(_) | Event::End(_) => {}
                    other => panic!("{foreign}: {other:?}"),
                }
            }
            assert_eq!(shown, foreign);
        }
    }
}
