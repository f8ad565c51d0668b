//! What all plans come to together: who carries each criterion best, what no plan owns, what is
//! named without deeds, and the text that plans have in common.

use super::paper::{Cell, Paper};
use crate::report::words::called::Called;
use crate::report::{CriterionAcross, Head, PackInfo, Portfolio, words};

/// Plans that are named in one place; the rest are counted.
const NAMED: usize = 3;
/// Common passages in the paper.
const COMMON: usize = 10;

pub(super) fn write(paper: &mut Paper, head: &Head, all: &Portfolio) {
    let copies = all.copies();
    if all.counted < 2 && copies.is_empty() {
        return;
    }
    paper.heading(1, "All plans together");
    paper.text(&format!("{}.", words::counted(all)));
    for group in copies {
        paper.bullet(&format!("The same file: {}.", named(all, group.into_iter())));
    }
    if all.counted < 2 {
        return;
    }
    for pack in &head.packs {
        best(paper, pack, all);
    }
    if !all.common.is_empty() {
        paper.heading(2, "Common text, counted once");
    }
    for text in all.common.iter().take(COMMON) {
        let plans = words::count(text.plans.len(), "plan", "plans");
        let list = named(all, text.plans.iter().copied());
        paper.bullet(&format!("In {plans}, for {}: \u{201c}{}\u{201d} ({list})", text.facets.join(", "), text.quote));
    }
    if all.common.len() > COMMON {
        paper.text(&format!("{} more; the workbook (-o results.xlsx) lists all.", all.common.len() - COMMON));
    }
}

/// A row a criterion.
fn best(paper: &mut Paper, pack: &PackInfo, all: &Portfolio) {
    paper.heading(2, &format!("Who carries it best: {}", pack.title));
    let own = all.criteria.iter().enumerate().filter(|(_, c)| c.pack == pack.id);
    let has_words = |(_, c): &(usize, &CriterionAcross)| !c.best.is_empty() || c.names_only > 0;
    let (said, silent): (Vec<_>, Vec<_>) = own.partition(has_words);
    let rows = said.into_iter().map(|(place, criterion)| {
        let names = all.plans.iter().enumerate().filter(|(_, p)| p.same_as.is_none() && p.names_only.contains(&place));
        let names = named(all, names.map(|(n, _)| n));
        [criterion.named(), carried(all, criterion), names].map(Cell::from).into_iter().collect()
    });
    let shows = format!("Who carries each of {} best", words::subject(pack));
    paper.table(&shows, &["Criterion", "Best", "Named, and nothing committed"], &[6, 10, 6], rows.collect::<Vec<_>>());
    if !silent.is_empty() {
        let named: Vec<String> = silent.into_iter().map(|(_, c)| c.named()).collect();
        paper.labelled("Normal", "No plan owns or names", &format!("{}.", named.join("; ")));
    }
}

fn carried(all: &Portfolio, criterion: &CriterionAcross) -> String {
    let unowned = if criterion.is_owned() { "" } else { "No plan owns this. " };
    let best: Vec<String> =
        criterion.best.iter().map(|c| format!("{} ({})", name(all, c.plan), c.rating.name())).collect();
    format!("{unowned}{}", words::list(&best)).trim_end().to_owned()
}

fn name(all: &Portfolio, plan: usize) -> String {
    all.plans.get(plan).map_or_else(String::new, crate::report::Plan::name)
}

/// The first plans by name, and how many more there are.
fn named(all: &Portfolio, plans: impl Iterator<Item = usize>) -> String {
    let plans: Vec<usize> = plans.collect();
    let mut parts: Vec<String> = plans.iter().take(NAMED).map(|p| name(all, *p)).collect();
    if plans.len() > NAMED {
        parts.push(format!("{} more", plans.len() - NAMED));
    }
    words::list(&parts)
}
