//! The history as one web page: for each criterion a chart of its ratings by run, with the same
//! numbers as a table for whoever does not see it.

use super::{CriterionHistory, History, HistoryError, Move, day};
use crate::report::words::called::Called;
use crate::report::{RatingCounts, words::clean};
use askama::Template;
use std::io;

/// Size of a chart, of its bars and of what stands below them, in pixels.
const HEIGHT: usize = 120;
const BAR: usize = 36;
const GAP: usize = 14;
const FOOT: usize = 18;
/// Moves on the page.
const MOVES: usize = 500;

/// Rating, how it is drawn, and how many have it.
type Part = (&'static str, &'static str, usize);

#[derive(Template)]
#[template(path = "history.html")]
struct Page<'h> {
    history: &'h History,
    charts: Vec<Chart<'h>>,
    runs: Vec<String>,
    moves: Vec<MoveView>,
    more: usize,
    others: [(&'static str, &'h [String]); 2],
}

struct Chart<'h> {
    n: usize,
    name: String,
    criterion: &'h CriterionHistory,
    width: usize,
    bars: Vec<Bar>,
    said: String,
}

/// One part of one run's bar.
struct Bar {
    x: usize,
    y: String,
    height: String,
    class: &'static str,
}

struct MoveView {
    run: usize,
    plan: String,
    name: String,
    from: &'static str,
    to: &'static str,
    way: &'static str,
    by: &'static str,
}

impl History {
    /// Writes the page.
    ///
    /// # Errors
    /// [`HistoryError`] where it cannot be made or written.
    pub fn html(&self, out: &mut dyn io::Write) -> Result<(), HistoryError> {
        let charts = self.criteria.iter().zip(1..).map(|(c, n)| chart(c, n)).collect();
        let runs = self.runs.iter().map(day).collect();
        let moves = self.moves.iter().take(MOVES).map(|m| self.view(m)).collect();
        let more = self.moves.len().saturating_sub(MOVES);
        let others = self.others();
        Ok(out.write_all(Page { history: self, charts, runs, moves, more, others }.render()?.as_bytes())?)
    }

    /// Whether a run went by other rules than the one before it.
    fn other_rules(&self, run: &usize) -> bool {
        run.checked_sub(1).is_some_and(|before| self.runs[before].rule_hash != self.runs[*run].rule_hash)
    }

    fn view(&self, m: &Move) -> MoveView {
        MoveView {
            run: m.run + 1,
            plan: clean(&m.plan),
            name: self.criteria.get(m.criterion).map_or_else(String::new, |c| c.criterion.named()),
            from: m.from.name(),
            to: m.to.name(),
            way: if m.to > m.from { "up" } else { "down" },
            by: m.by(),
        }
    }
}

/// From the foot of a bar upwards.
fn parts(c: &RatingCounts) -> [Part; 5] {
    [
        ("embedded", "r3", c.embedded),
        ("evident", "r2", c.evident),
        ("partial", "r1", c.partial),
        ("to check", "open", c.to_check),
        ("missing", "r0", c.missing),
    ]
}

fn chart(criterion: &CriterionHistory, n: usize) -> Chart<'_> {
    let most = criterion.counts.iter().map(RatingCounts::sum).max().unwrap_or(0).max(1);
    let mut bars = Vec::new();
    for (counts, i) in criterion.counts.iter().zip(0..) {
        let mut y = HEIGHT as f64;
        for (_, class, count) in parts(counts).into_iter().filter(|p| p.2 > 0) {
            let height = HEIGHT as f64 * count as f64 / most as f64;
            y -= height;
            bars.push(Bar { x: GAP + i * (BAR + GAP), y: format!("{y:.1}"), height: format!("{height:.1}"), class });
        }
    }
    let firm = |c: Option<&RatingCounts>| c.map_or(0, |c| c.evident + c.embedded);
    let (first, last) = (firm(criterion.counts.first()), firm(criterion.counts.last()));
    let title = clean(&criterion.criterion.title);
    let said = format!("{title}: held firmly by {first} documents in the first run and by {last} in the last.");
    let width = GAP + criterion.counts.len() * (BAR + GAP);
    Chart { n, name: criterion.criterion.named(), criterion, width, bars, said }
}

impl Chart<'_> {
    /// The middle of each run's bar.
    fn middles(&self) -> Vec<usize> {
        (0..self.criterion.counts.len()).map(|i| GAP + i * (BAR + GAP) + BAR / 2).collect()
    }

    fn rows(&self) -> impl Iterator<Item = [Part; 5]> {
        self.criterion.counts.iter().map(parts)
    }

    /// Whether a run asked it of any document.
    fn asked(&self, run: &usize) -> bool {
        self.criterion.counts.get(*run).is_some_and(|c| c.sum() > 0)
    }

    const fn height(&self) -> usize {
        HEIGHT + FOOT
    }

    const fn baseline(&self) -> usize {
        HEIGHT + FOOT - 4
    }

    const fn floor(&self) -> usize {
        HEIGHT
    }

    const fn bar(&self) -> usize {
        BAR
    }
}
