//! Figures as text.

use super::measure::{Measures, kappa};
use super::{Call, Read};
use crate::assess::{Feature, Judge, certainty};
use std::fmt::Write;

/// A table of figures by passage, one line a facet, with sums for each pack and for all.
#[must_use]
pub fn render(measures: &[Measures]) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "{:<30} {:>5} {:>6} {:>6} {:>6} {:>6}", "by passage", "there", "prec", "rec", "F1", "kappa");
    for m in measures {
        line(&mut out, &m.facet, m);
    }
    for group in groups(measures) {
        let (sum, macro_f1) = total(measures, group);
        let name = group.unwrap_or("all");
        if sum.counts.all() > 0 {
            line(&mut out, &format!("{name} micro"), &sum);
            let _ = writeln!(out, "{:<30} {:>27.3}", format!("{name} macro"), macro_f1);
        }
    }
    let _ = writeln!(
        out,
        "\n{:<30} {:>8} {:>8} {:>7} {:>7} {:>7}",
        "by document", "present", "missing", "check", "verdicts", "shown"
    );
    for group in groups(measures) {
        let (sum, _) = total(measures, group);
        let name = group.unwrap_or("all");
        let d = &sum.documents;
        if d.total() > 0 {
            let _ = writeln!(
                out,
                "{:<30} {:>8} {:>8} {:>7} {:>7} {:>7} of {}",
                name,
                cell(d.present(), d.present_right + d.present_wrong),
                cell(d.missing(), d.missing_right + d.missing_wrong),
                cell(d.to_check(), d.total()),
                d.total(),
                cell(d.shown(), d.uncalled),
                d.uncalled
            );
        }
    }
    out
}

/// A share of so many, or a dash where there are none.
fn cell(share: f64, of: usize) -> String {
    if of == 0 { "-".to_owned() } else { format!("{share:.3}") }
}

/// A figure of some measures, and of how many it is one.
type Figure = fn(&Measures) -> (f64, usize);

/// The figures of several readers side by side: F1 of each facet, then sums for each pack and for all.
#[must_use]
pub fn side_by_side(readers: &[(&str, Vec<Measures>)]) -> String {
    let mut out = String::new();
    let mut row = |name: &str, cells: Vec<String>| {
        let cells: String = cells.iter().map(|c| format!(" {c:>9}")).collect();
        let _ = writeln!(out, "{name:<44}{cells}");
    };
    let Some((_, first)) = readers.first() else { return out };
    row("F1 by passage", readers.iter().map(|(name, _)| (*name).to_owned()).collect());
    for (i, m) in first.iter().enumerate() {
        row(&m.facet, readers.iter().map(|(_, of)| cell(of[i].counts.f1(), of[i].counts.all())).collect());
    }
    let figures: [(&str, Figure); 8] = [
        ("passages: precision", |m| (m.counts.precision(), m.counts.hits + m.counts.false_hits)),
        ("passages: recall", |m| (m.counts.recall(), m.counts.hits + m.counts.misses)),
        ("passages: F1", |m| (m.counts.f1(), m.counts.all())),
        ("passages: kappa of levels", |m| (kappa(&m.levels), m.counts.all())),
        ("documents: \"present\" right", |m| {
            (m.documents.present(), m.documents.present_right + m.documents.present_wrong)
        }),
        ("documents: \"missing\" right", |m| {
            (m.documents.missing(), m.documents.missing_right + m.documents.missing_wrong)
        }),
        ("documents: to check", |m| (m.documents.to_check(), m.documents.total())),
        ("not called present: right one shown", |m| (m.documents.shown(), m.documents.uncalled)),
    ];
    for group in groups(first) {
        let sums: Vec<Measures> = readers.iter().map(|(_, of)| total(of, group).0).collect();
        if sums.iter().any(|s| s.counts.hits + s.counts.misses > 0) {
            row(group.unwrap_or("all"), Vec::new());
            for (name, figure) in figures {
                row(&format!("  {name}"), sums.iter().map(figure).map(|(share, of)| cell(share, of)).collect());
            }
        }
    }
    out
}

/// Every pack in order, then all of them as `None`.
fn groups(measures: &[Measures]) -> Vec<Option<&str>> {
    let mut out: Vec<Option<&str>> = Vec::new();
    for m in measures {
        if !out.contains(&Some(&m.pack)) {
            out.push(Some(&m.pack));
        }
    }
    out.push(None);
    out
}

/// The sum over a pack's facets, or all, and the mean F1 of those that the labels hold.
fn total(measures: &[Measures], pack: Option<&str>) -> (Measures, f64) {
    let mut sum = Measures::default();
    let (mut f1, mut n) = (0.0, 0.0);
    for m in measures.iter().filter(|m| pack.is_none_or(|p| p == m.pack)) {
        sum.add(m);
        if m.counts.hits + m.counts.misses > 0 {
            f1 += m.counts.f1();
            n += 1.0;
        }
    }
    (sum, if n == 0.0 { 0.0 } else { f1 / n })
}

fn line(out: &mut String, name: &str, m: &Measures) {
    let c = &m.counts;
    let _ = writeln!(
        out,
        "{:<30} {:>5} {:>6} {:>6} {:>6} {:>6}",
        name,
        c.hits + c.misses,
        cell(c.precision(), c.hits + c.false_hits),
        cell(c.recall(), c.hits + c.misses),
        cell(c.f1(), c.all()),
        cell(kappa(&m.levels), c.all())
    );
}

/// Every false hit and miss of a document with its passage and the rules concerned.
#[must_use]
pub fn errors(
    judge: &Judge<'_>,
    card: &crate::assess::Scorecard,
    read: &Read,
    calls: &[Call],
    wanted: &dyn Fn(&str) -> bool,
) -> String {
    let mut out = String::new();
    for facet in 0..judge.matcher.facets().len() {
        let id = &judge.matcher.facet(facet).id;
        if !wanted(id) {
            continue;
        }
        for record in (0..read.gold.records.len()).filter(|record| read.gold.asked(*record, id)) {
            let label = read.gold.label(record, id);
            let call = calls.iter().find(|c| c.record == record && c.facet == facet);
            let given = call.map_or(0, |c| c.level as u8);
            if (label >= 2) == (given >= 2) {
                continue;
            }
            let what = if given >= 2 { "FALSE HIT" } else { "MISS" };
            let gold = &read.gold.records[record];
            let certainty = call.map_or(0.0, |c| c.certainty.all);
            let _ = writeln!(
                out,
                "{what} {} {} labelled {label} given {given} certainty {certainty:.2}\n  {}\n  {}",
                id,
                gold.id,
                gold.headings.join(" > "),
                gold.text
            );
            let reading = read.readings.iter().find(|(r, x)| *r == record && x.facet == facet);
            match reading {
                Some((_, reading)) => {
                    let points = &card.facet(facet).all;
                    let _ = write!(out, "  base {:+.1}", points.base);
                    for sign in &reading.signs {
                        let value = points.points(sign.feature) * sign.value;
                        if value.abs() >= 0.2 || matches!(sign.feature, Feature::Rule(_)) {
                            let _ = write!(out, " | {} {value:+.1}", certainty::key(judge.matcher, sign.feature));
                        }
                    }
                    let _ = writeln!(out, "{}", if reading.vetoed { " | vetoed" } else { "" });
                }
                None => {
                    let _ = writeln!(out, "  no rule fires");
                }
            }
        }
    }
    out
}
