//! Chooses for each condition the words without which it cannot fire.
//!
//! Of the items that a condition needs, the one that is likely to be the rarest triggers it: the
//! condition is looked at only in passages where one of that item's words stands.

use super::literal::Runs;
use super::program::{Compiled, Lists, RunId, Sequence, Set, SetId, small};
use crate::pack::quick::QuickMap;
use std::rc::Rc;

/// Which conditions the places of words call for.
#[derive(Debug, Default)]
pub(super) struct Triggers {
    /// By run: the groups that it calls for.
    groups: Lists<u32>,
    /// By group: conditions.
    conditions: Lists<u32>,
    /// How many groups there are.
    pub count: usize,
    /// Conditions to look at everywhere.
    pub always: Vec<u32>,
}

impl Triggers {
    pub(super) fn groups(&self, run: RunId) -> &[u32] {
        self.groups.get(run.index())
    }

    pub(super) fn conditions(&self, group: u32) -> &[u32] {
        self.conditions.get(group as usize)
    }
}

/// Words one of which stands wherever a set stands.
#[derive(Debug, Default)]
pub(super) struct Trigger {
    /// A guess how often they stand in a text, per word of the text.
    pub rate: f64,
    words: Vec<RunId>,
    /// Whether the set may stand where none of the words does.
    pub anywhere: bool,
}

/// Finds the triggers of all conditions.
pub(super) fn choose(known: &[Rc<Trigger>], runs: &Runs, conditions: &[Compiled]) -> Triggers {
    let mut group_ids: QuickMap<Vec<RunId>, usize> = QuickMap::default();
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut out = Triggers::default();
    for (id, condition) in conditions.iter().enumerate() {
        match of_condition(known, condition) {
            Some(trigger) if trigger.anywhere => out.always.push(small(id)),
            Some(trigger) => {
                let group = *group_ids.entry(trigger.words.clone()).or_insert_with(|| {
                    groups.push(Vec::new());
                    groups.len() - 1
                });
                groups[group].push(small(id));
            }
            // It asks for nothing, so it never holds.
            None => {}
        }
    }
    let mut by_run = vec![Vec::new(); runs.len()];
    for (words, group) in &group_ids {
        for word in words {
            by_run[word.index()].push(small(*group));
        }
    }
    by_run.iter_mut().for_each(|g| g.sort_unstable());
    out.count = groups.len();
    out.groups = by_run.into_iter().collect();
    out.conditions = groups.into_iter().collect();
    out
}

/// The trigger of the rarest item that a condition needs; `None` where it needs none.
fn of_condition(known: &[Rc<Trigger>], condition: &Compiled) -> Option<Rc<Trigger>> {
    let mut candidates: Vec<Rc<Trigger>> = condition.all.iter().map(|s| Rc::clone(&known[s.index()])).collect();
    if !condition.any.is_empty() {
        candidates.push(Rc::new(join(condition.any.iter().map(|s| &*known[s.index()]))));
    }
    candidates.into_iter().reduce(|a, b| if b.rate < a.rate { b } else { a })
}

/// The triggers of all sets. A set comes after the sets that it is made of.
pub(super) fn of_sets(sets: &[Set], sequences: &[Sequence], runs: &Runs) -> Vec<Rc<Trigger>> {
    let mut known: Vec<Rc<Trigger>> = Vec::with_capacity(sets.len());
    for set in sets {
        let mut parts: Vec<Rc<Trigger>> = set.parts.iter().map(|p| Rc::clone(&known[p.index()])).collect();
        for sequence in &set.sequences {
            parts.push(rarest(&known, &sequences[sequence.index()].needs));
        }
        let words =
            Trigger { rate: set.runs.iter().map(|r| runs.rate(*r)).sum(), words: set.runs.clone(), anywhere: false };
        let slot = Trigger { rate: 1.0, words: Vec::new(), anywhere: true };
        let slot = set.slot.is_some().then_some(&slot);
        let trigger = join(parts.iter().map(Rc::as_ref).chain([&words]).chain(slot));
        known.push(Rc::new(trigger));
    }
    known
}

fn rarest(known: &[Rc<Trigger>], sets: &[SetId]) -> Rc<Trigger> {
    let all = sets.iter().map(|s| &known[s.index()]);
    all.reduce(|a, b| if b.rate < a.rate { b } else { a }).cloned().unwrap_or_default()
}

fn join<'t>(parts: impl Iterator<Item = &'t Trigger>) -> Trigger {
    let mut out = Trigger::default();
    for part in parts {
        out.rate += part.rate;
        out.words.extend_from_slice(&part.words);
        out.anywhere |= part.anywhere;
    }
    out.words.sort_unstable();
    out.words.dedup();
    out
}
