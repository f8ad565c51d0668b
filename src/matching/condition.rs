//! Looks whether a condition holds in a passage, and where: the smallest windows of its words.

use super::find::{Finder, Found};
use super::program::{Compiled, Program, SetId};
use super::view::View;
use crate::pack::Within;
use std::ops::Range;

/// A stretch of tokens in which a condition holds, with the words that it asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Window {
    pub tokens: Range<usize>,
    pub parts: Vec<Range<usize>>,
}

/// The places of a condition's items in a passage.
#[derive(Clone, Copy, Debug)]
pub(super) struct Items<'f> {
    /// Has found all of these.
    pub finder: &'f Finder<'f>,
    pub all: &'f [SetId],
    pub any: &'f [SetId],
    pub none: &'f [Found],
}

impl<'f> Items<'f> {
    fn all(self) -> impl Iterator<Item = &'f [Found]> {
        self.all.iter().map(move |set| self.finder.get(*set))
    }

    fn any(self) -> impl Iterator<Item = &'f [Found]> {
        self.any.iter().map(move |set| self.finder.get(*set))
    }
}

/// All smallest windows in which a condition holds, in the order of the text.
///
/// An item stands in the clause or sentence in which its first word stands. `above`, `scope` and
/// whether every item is there at all are looked at before.
pub(super) fn windows(program: &Program, condition: &Compiled, items: &Items<'_>, view: &View<'_>) -> Vec<Window> {
    let mut out = Vec::new();
    let whole = view.start..view.end;
    let (units, one_by_one) = match condition.within {
        Within::Clause => (view.clauses, false),
        Within::Sentence => (view.sentences, false),
        Within::Passage => (std::slice::from_ref(&whole), false),
        Within::Words(_) => (std::slice::from_ref(&whole), true),
    };
    for unit in units {
        let holds = || open(items, unit) && enough(condition, items, unit) && says(program, condition, view, unit);
        if !one_by_one && !holds() {
            continue;
        }
        smallest(condition, items, unit, &mut out);
        if one_by_one {
            out.retain(|w| {
                let reach = reach(view, &w.tokens);
                words_between(view, w) <= limit(condition)
                    && open(items, &reach)
                    && says(program, condition, view, &reach)
            });
        }
    }
    out
}

/// Whether items enough begin in a unit.
fn enough(condition: &Compiled, items: &Items<'_>, unit: &Range<usize>) -> bool {
    let there = |places: &[Found]| !in_unit(places, unit, unit.start).is_empty();
    items.all().all(there)
        && (items.any.is_empty() || items.any().filter(|places| there(places)).count() >= condition.at_least)
}

/// Where `none` and the regular expressions look, for a window.
pub(super) fn reach_of(condition: &Compiled, view: &View<'_>, tokens: &Range<usize>) -> Range<usize> {
    match condition.within {
        Within::Clause => view.clause_at(tokens.start),
        Within::Sentence | Within::Words(_) => reach(view, tokens),
        Within::Passage => view.start..view.end,
    }
}

fn limit(condition: &Compiled) -> usize {
    match condition.within {
        Within::Words(limit) => limit,
        _ => usize::MAX,
    }
}

/// Whether no forbidden item touches a reach.
fn open(items: &Items<'_>, reach: &Range<usize>) -> bool {
    !items.none.iter().any(|f| (f.start as usize) < reach.end && f.end as usize > reach.start)
}

/// Whether every regular expression matches the text of a reach.
fn says(program: &Program, condition: &Compiled, view: &View<'_>, reach: &Range<usize>) -> bool {
    condition.regex.is_empty() || {
        let text = view.folded.slice(reach.clone());
        condition.regex.iter().all(|r| program.regexes[*r].matches(text))
    }
}

/// The sentences that a window lies in.
fn reach(view: &View<'_>, tokens: &Range<usize>) -> Range<usize> {
    view.sentence_at(tokens.start).start..view.sentence_at(tokens.end.saturating_sub(1)).end
}

/// How many words stand between the first and the last item of a window.
fn words_between(view: &View<'_>, window: &Window) -> usize {
    let first = window.parts.iter().min_by_key(|p| p.start).map_or(0, |p| p.end);
    let last = window.parts.iter().max_by_key(|p| p.end).map_or(0, |p| p.start);
    (first..last).filter(|t| !view.folded.tokens[*t].mark).count()
}

/// Adds the windows in a unit that contain no smaller one.
fn smallest(condition: &Compiled, items: &Items<'_>, unit: &Range<usize>, out: &mut Vec<Window>) {
    if let (&[only], []) | ([], &[only]) = (items.all, items.any) {
        of_one(in_unit(items.finder.get(only), unit, unit.start), out);
        return;
    }
    if items.all().any(|l| in_unit(l, unit, unit.start).is_empty()) {
        return;
    }
    let needed = condition.at_least;
    let all = items.all().chain(items.any());
    let mut starts: Vec<u32> = all.flat_map(|l| in_unit(l, unit, unit.start)).map(|f| f.start).collect();
    starts.sort_unstable();
    starts.dedup();
    let from = out.len();
    for start in starts {
        let Some(parts) = earliest(condition, items, unit, start as usize, needed) else { break };
        let tokens = parts.iter().map(|p| p.start).min().unwrap_or(0)..parts.iter().map(|p| p.end).max().unwrap_or(0);
        if out[from..].last().is_some_and(|w| w.tokens.end == tokens.end) {
            out.pop();
        }
        out.push(Window { tokens, parts });
    }
}

/// The places of a single item that contain no other.
fn of_one(places: &[Found], out: &mut Vec<Window>) {
    let (from, mut end) = (out.len(), u32::MAX);
    // Of those that begin together the first is the shortest.
    let shortest = |at: &usize| *at == 0 || places[*at - 1].start < places[*at].start;
    for place in (0..places.len()).rev().filter(shortest).map(|at| places[at]) {
        if place.end < end {
            end = place.end;
            let tokens = place.start as usize..place.end as usize;
            out.push(Window { parts: vec![tokens.clone()], tokens });
        }
    }
    out[from..].reverse();
}

/// The items from `start` on whose last one ends first.
fn earliest(
    condition: &Compiled,
    items: &Items<'_>,
    unit: &Range<usize>,
    start: usize,
    needed: usize,
) -> Option<Vec<Range<usize>>> {
    let mut parts = Vec::with_capacity(items.all.len() + needed);
    let mut at = start;
    for list in items.all() {
        let found = first_to_end(in_unit(list, unit, at))?;
        if condition.ordered {
            at = found.end;
        }
        parts.push(found);
    }
    if !items.any.is_empty() {
        let mut any: Vec<_> = items.any().filter_map(|l| first_to_end(in_unit(l, unit, start))).collect();
        if any.len() < needed {
            return None;
        }
        any.sort_by_key(|p| (p.end, p.start));
        parts.extend(any.into_iter().take(needed));
    }
    Some(parts)
}

/// The places of an item that begin in a unit, at `from` or later.
fn in_unit<'f>(places: &'f [Found], unit: &Range<usize>, from: usize) -> &'f [Found] {
    let first = places.partition_point(|f| (f.start as usize) < from);
    let last = places.partition_point(|f| (f.start as usize) < unit.end);
    &places[first.min(last)..last]
}

/// The place that ends first; of several the longest.
fn first_to_end(places: &[Found]) -> Option<Range<usize>> {
    places.iter().min_by_key(|f| (f.end, f.start)).map(|f| f.start as usize..f.end as usize)
}
