//! A review file as text: every open point with its passages in comments, ready to be filled in.
//!
//! Comes in: a report and the review file so far. Goes out: TOML that [`read`](super::read()) takes.
//! Foreign text stands only in comments and quoted strings, on one line each.

use super::merge::{Entry, Listed, list};
use super::{FORM, Point, ReviewFile};
use crate::assess::{Cited, FacetAssessment, Verdict};
use crate::report::checks::Chance;
use crate::report::words::called::Called;
use crate::report::words::{clean, level, shorten, verdict};
use crate::report::{FacetInfo, Report, words};
use crate::segment::fingerprint;
use std::fmt::Write;

/// Which points are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct What {
    /// Points that are present, too, with their evidence.
    pub evidence: bool,
}

/// Letters of a passage that are quoted, and columns of a comment.
const QUOTE: usize = 1_500;
const WIDTH: usize = 100;

const HOW: &str = r#"# How to fill this in. Under a point that you have judged, write:
#   word = "holds"            the document holds the point
#   word = "does not hold"    it does not: a true gap, or passages that only sound like it
#   counts = [1]              with "holds": the numbers of the passages that hold it
#   does_not_count = [2, 3]   passages that do not hold it
#   level = "committed"       with "holds", where you know better: stated, committed or accountable
#   reason = "..."            why, in a sentence; every judgement needs one
# Your name and the date stand once below; a single point may have its own name = "..." and date = "...".
# Leave empty what you have not judged. The lines `pack`, `facet`, `program`, `passages` and `sha256` are
# the program's: leave them as they are.
# Then run:  goldthread check DOCUMENT --review THIS-FILE
# A judgement counts as long as the passages that it rests on are there; when they change, the report says so.
# Writing a review to this file again keeps what you judged and adds what is new. Comments are written anew.
"#;

/// Writes a review file. What stands filled in in `before` is kept.
#[must_use]
pub fn write(report: &Report, what: What, before: &ReviewFile) -> String {
    let listed = list(report, what, before);
    let points = || listed.iter().flat_map(|d| &d.entries);
    let open = points().filter(|e| !e.point.is_judged()).count();
    let judged = points().count() - open;
    let mut out = format!("# Review: {} to judge, {judged} judged.\n#\n{HOW}\n", words::count(open, "point", "points"));
    let _ = writeln!(out, "form = {}", quoted(FORM));
    let _ = writeln!(out, "name = {}", quoted(&before.name));
    let _ = writeln!(out, "date = {}", quoted(&before.date));
    let writer = Writer { report };
    for document in &listed {
        writer.document(&mut out, document);
    }
    out
}

struct Writer<'r> {
    report: &'r Report,
}

impl Writer<'_> {
    fn document(&self, out: &mut String, listed: &Listed<'_>) {
        let _ = writeln!(out, "\n\n{}", "#".repeat(WIDTH));
        match listed.document {
            Some(document) => {
                comment(out, "", &words::name(document));
                comment(out, "", &words::coverage(document));
            }
            None => comment(out, "", "This document is not in the report: what was judged of it is kept."),
        }
        let _ = writeln!(out, "[[document]]\npath = {}\nsha256 = {}", quoted(&listed.path), quoted(&listed.sha256));
        for entry in &listed.entries {
            self.entry(out, entry);
        }
    }

    fn entry(&self, out: &mut String, entry: &Entry<'_>) {
        out.push('\n');
        match entry.found {
            Some((criterion, facet)) => {
                let title = criterion.whole(&facet.title);
                let said = match facet.verdict {
                    Verdict::Present => format!("present ({})", level(facet.level)),
                    Verdict::Check => format!("to check, {}", Chance::of(facet).name()),
                    other => verdict(other).to_owned(),
                };
                comment(out, "== ", &format!("{} -- {said}", clean(&title)));
                if let Some(info) = self.info(&entry.point) {
                    comment(out, "It counts if a passage: ", &clean(&info.counts));
                    comment(out, "It is not enough: ", &clean(&info.not_enough));
                }
                passages(out, &entry.point, facet);
            }
            None => comment(out, "== ", "The report does not ask this point: what was judged is kept."),
        }
        point(out, &entry.point);
    }

    fn info(&self, point: &Point) -> Option<&FacetInfo> {
        let pack = self.report.head.packs.iter().find(|p| p.id == point.pack)?;
        pack.criteria.iter().flat_map(|c| &c.facets).find(|f| f.id == point.facet)
    }
}

/// The passages by their numbers; those that the report no longer shows are named as such, and those
/// that it shows and the officer did not see.
fn passages(out: &mut String, point: &Point, facet: &FacetAssessment) {
    let evidence = facet.evidence.iter().map(|e| (&e.cited, format!("{}.", level(e.level))));
    let nearest =
        facet.nearest.iter().map(|n| (&n.cited, format!("{} if it holds. {}", level(n.level), clean(&n.why))));
    let shown: Vec<(String, &Cited, String)> =
        evidence.chain(nearest).map(|(c, said)| (fingerprint(&c.quote), c, said)).collect();
    for (n, mark) in (1..).zip(&point.passages) {
        match shown.iter().find(|(m, ..)| m == mark) {
            Some((_, cited, said)) => passage(out, &format!("Passage {n}"), cited, said),
            None => comment(out, "", &format!("Passage {n} is no longer among those that the program shows.")),
        }
    }
    for (_, cited, said) in shown.iter().filter(|(m, ..)| !point.passages.contains(m)) {
        passage(out, "Not seen when this was judged", cited, said);
    }
    if shown.is_empty() && point.passages.is_empty() {
        comment(out, "", "No passage came near it. If you know one, say in the reason where it stands.");
    }
}

fn passage(out: &mut String, name: &str, cited: &Cited, said: &str) {
    let headings = cited.headings.iter().map(|h| clean(h)).filter(|h| !h.is_empty()).collect::<Vec<_>>().join(" > ");
    let place = [words::page(cited), headings].into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(", ");
    let place = if place.is_empty() { String::new() } else { format!(" ({place})") };
    comment(out, "", &format!("{name}{place}: {said}"));
    comment(out, "    ", &format!("\u{201c}{}\u{201d}", shorten(&clean(&cited.quote), QUOTE)));
}

fn point(out: &mut String, p: &Point) {
    let list = |numbers: &[usize]| numbers.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
    let passages = p.passages.iter().map(|m| quoted(m)).collect::<Vec<_>>().join(", ");
    let _ = writeln!(out, "[[document.point]]");
    let _ = writeln!(out, "pack = {}", quoted(&p.pack));
    let _ = writeln!(out, "facet = {}", quoted(&p.facet));
    let _ = writeln!(out, "program = {}", quoted(verdict(p.program)));
    let _ = writeln!(out, "passages = [{passages}]");
    if !p.sha256.is_empty() {
        let _ = writeln!(out, "sha256 = {}", quoted(&p.sha256));
    }
    let _ = writeln!(out, "word = {}", quoted(p.word.map_or("", |w| w.name())));
    if !p.passages.is_empty() {
        let _ = writeln!(out, "counts = [{}]", list(&p.counts));
        let _ = writeln!(out, "does_not_count = [{}]", list(&p.does_not_count));
    }
    if let Some(own) = p.level {
        let _ = writeln!(out, "level = {}", quoted(level(own)));
    }
    let _ = writeln!(out, "reason = {}", quoted(&p.reason));
    for (key, value) in [("name", &p.name), ("date", &p.date)] {
        if !value.is_empty() {
            let _ = writeln!(out, "{key} = {}", quoted(value));
        }
    }
}

/// Text as a basic string of TOML on one line.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if c.is_control() || words::is_invisible(c) => {
                let _ = write!(out, "\\U{:08X}", u32::from(c));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

/// Lines of comment. The text must be clean: nothing in it may end a line.
fn comment(out: &mut String, before: &str, text: &str) {
    if text.is_empty() {
        return;
    }
    let after = if before.trim().is_empty() { before } else { "    " };
    let options = textwrap::Options::new(WIDTH - 2).initial_indent(before).subsequent_indent(after);
    for line in textwrap::wrap(text, options) {
        let _ = writeln!(out, "# {line}");
    }
}
