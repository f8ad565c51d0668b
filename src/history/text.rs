//! The history for a terminal: counts by criterion and run, and what moved.

use super::{History, Move, day};
use crate::report::words::called::Called;
use crate::report::words::{clean, count, shorten};
use std::fmt::Write;
use textwrap::core::display_width;

/// Runs that stand side by side: the last ones.
const RUNS: usize = 6;
/// Moves that are listed.
const MOVES: usize = 40;
/// Columns of one run.
const RUN: usize = 16;

impl History {
    /// The history in lines of at most a width.
    #[must_use]
    pub fn text(&self, width: usize) -> String {
        let mut out = String::new();
        if self.runs.is_empty() {
            out.push_str("No run was finished yet.\n");
        } else {
            self.list(&mut out, width);
            self.counts(&mut out, width);
            self.moved(&mut out, width);
            self.others().into_iter().for_each(|(what, plans)| others(&mut out, what, plans, width));
        }
        if self.unfinished > 0 {
            let runs = count(self.unfinished, "run was", "runs were");
            let said = format!("{runs} stopped before the end and counted nowhere; what was done is not read again.");
            line(&mut out, &said, width);
        }
        out
    }

    fn list(&self, out: &mut String, width: usize) {
        let many = count(self.runs.len(), "run", "runs");
        line(out, &format!("{many}, {}", count(self.plans, "document judged", "documents judged")), width);
        let mut before: Option<&str> = None;
        for (run, n) in self.runs.iter().zip(1..) {
            let documents = count(run.documents, "document", "documents");
            let mut said = format!("{n}  {}  {documents}", day(run));
            if run.not_judged > 0 {
                let _ = write!(said, ", {} not judged", run.not_judged);
            }
            if run.unchanged > 0 {
                let _ = write!(said, ", {} unchanged", run.unchanged);
            }
            if before.is_some_and(|hash| hash != run.rule_hash) {
                said.push_str(", other rules than before");
            }
            before = Some(&run.rule_hash);
            line(out, &format!("  {said}"), width);
        }
    }

    /// How many documents hold each criterion firmly, in part, or not.
    fn counts(&self, out: &mut String, width: usize) {
        let ids = self.criteria.iter().map(|c| display_width(&c.criterion.short())).max().unwrap_or(0).min(width / 3);
        let fit = ((width.saturating_sub(ids + 2)) / (RUN + 2)).clamp(1, RUNS);
        let first = self.runs.len().saturating_sub(fit);
        let which = match first {
            0 => "by run".to_owned(),
            _ => format!("in the last {fit} of {} runs; -o history.csv has all", self.runs.len()),
        };
        out.push('\n');
        line(out, &format!("Held firmly / in part / missing / to check, {which}"), width);
        let _ = write!(out, "  {:ids$}", "");
        for n in first..self.runs.len() {
            let _ = write!(out, "  {:<RUN$}", format!("run {}", n + 1));
        }
        trim(out);
        for criterion in &self.criteria {
            let _ = write!(out, "  {:ids$}", shorten(&criterion.criterion.short(), ids));
            for c in &criterion.counts[first..] {
                let cell = match c.sum() {
                    0 => "not asked".to_owned(),
                    _ => format!("{} / {} / {} / {}", c.evident + c.embedded, c.partial, c.missing, c.to_check),
                };
                let _ = write!(out, "  {cell:<RUN$}");
            }
            trim(out);
        }
    }

    fn moved(&self, out: &mut String, width: usize) {
        if self.moves.is_empty() {
            if self.runs.len() > 1 {
                line(out, &format!("\n{}", super::NOTHING_MOVED), width);
            }
            return;
        }
        out.push_str("\nWhat moved, the latest first\n");
        for m @ Move { plan, criterion, run, from, to, .. } in self.moves.iter().take(MOVES) {
            let name = self.criteria.get(*criterion).map_or_else(String::new, |c| c.criterion.short());
            let way = if to > from { "up" } else { "down" };
            let (plan, from, to) = (clean(plan), from.name(), to.name());
            line(out, &format!("  run {}: {plan}: {name}: {way}, {from} to {to} ({})", run + 1, m.by()), width);
        }
        if self.moves.len() > MOVES {
            line(out, &format!("  {} more; -o history.csv has all", self.moves.len() - MOVES), width);
        }
    }
}

fn others(out: &mut String, what: &str, plans: &[String], width: usize) {
    if plans.is_empty() {
        return;
    }
    let _ = write!(out, "\n{what}\n");
    plans.iter().take(MOVES).for_each(|plan| line(out, &format!("  {}", clean(plan)), width));
    if plans.len() > MOVES {
        line(out, &format!("  {} more", plans.len() - MOVES), width);
    }
}

/// A line, wrapped, what follows indented.
fn line(out: &mut String, text: &str, width: usize) {
    let options = textwrap::Options::new(width).subsequent_indent("      ");
    let _ = writeln!(out, "{}", textwrap::fill(text, options));
}

/// Ends a line without blanks at its end.
fn trim(out: &mut String) {
    out.truncate(out.trim_end_matches(' ').len());
    out.push('\n');
}
