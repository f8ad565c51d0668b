//! Chooses for each condition the words without which it cannot fire.
//!
//! Of the items that a condition needs, the one that is likely to be the rarest triggers it: the
//! condition is looked at only in passages where one of that item's words stands.

use super::compile::Sequences;
use super::literal;
use super::program::{Compiled, Lists, SequenceId, Set, SetId, Step, What, small};
use std::collections::HashMap;
use std::rc::Rc;

/// Which conditions the places of words call for.
#[derive(Debug, Default)]
pub(super) struct Triggers {
    /// By sequence: the groups that it calls for.
    groups: Lists<u32>,
    /// By group: conditions.
    conditions: Lists<u32>,
    /// How many groups there are.
    pub count: usize,
    /// Conditions to look at everywhere.
    pub always: Vec<u32>,
}

impl Triggers {
    pub(super) fn groups(&self, sequence: SequenceId) -> &[u32] {
        self.groups.get(sequence.index())
    }

    pub(super) fn conditions(&self, group: u32) -> &[u32] {
        self.conditions.get(group as usize)
    }
}

/// Words one of which stands wherever a set stands.
#[derive(Debug, Default)]
struct Trigger {
    /// A guess how often they stand in a text, per word of the text.
    rate: f64,
    words: Vec<SequenceId>,
    /// Whether the set may stand where none of the words does.
    anywhere: bool,
}

/// Finds the triggers of all conditions. Pieces of mixed sequences that serve as triggers are
/// added to the sequences, so that the scan finds them.
pub(super) fn choose(sets: &[Set], sequences: &mut Sequences, conditions: &[Compiled]) -> Triggers {
    let mut chooser = Chooser { sets, sequences, known: vec![None; sets.len()] };
    let mut group_ids: HashMap<Vec<SequenceId>, usize> = HashMap::new();
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut out = Triggers::default();
    for (id, condition) in conditions.iter().enumerate() {
        match chooser.condition(condition) {
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
    let mut by_sequence = vec![Vec::new(); sequences.all.len()];
    for (words, group) in &group_ids {
        for word in words {
            by_sequence[word.index()].push(small(*group));
        }
    }
    by_sequence.iter_mut().for_each(|g| g.sort_unstable());
    out.count = groups.len();
    out.groups = by_sequence.into_iter().collect();
    out.conditions = groups.into_iter().collect();
    out
}

struct Chooser<'a> {
    sets: &'a [Set],
    sequences: &'a mut Sequences,
    known: Vec<Option<Rc<Trigger>>>,
}

impl Chooser<'_> {
    /// The trigger of the rarest item that a condition needs; `None` where it needs none.
    fn condition(&mut self, condition: &Compiled) -> Option<Rc<Trigger>> {
        let mut candidates: Vec<Rc<Trigger>> = condition.all.iter().map(|s| self.set(*s)).collect();
        if !condition.any.is_empty() {
            let parts: Vec<_> = condition.any.iter().map(|s| self.set(*s)).collect();
            candidates.push(Rc::new(join(parts.iter().map(Rc::as_ref))));
        }
        candidates.into_iter().reduce(|a, b| if b.rate < a.rate { b } else { a })
    }

    fn set(&mut self, id: SetId) -> Rc<Trigger> {
        if let Some(known) = &self.known[id.index()] {
            return Rc::clone(known);
        }
        let sets = self.sets;
        let set = &sets[id.index()];
        let mut parts: Vec<Rc<Trigger>> = set.parts.iter().map(|p| self.set(*p)).collect();
        for sequence in &set.literal {
            let rate = whole_rate(&self.sequences.all[sequence.index()]);
            parts.push(Rc::new(Trigger { rate, words: vec![*sequence], anywhere: false }));
        }
        for sequence in &set.mixed {
            parts.push(self.mixed(*sequence));
        }
        if set.slot.is_some() {
            parts.push(Rc::new(Trigger { rate: 1.0, words: Vec::new(), anywhere: true }));
        }
        let trigger = Rc::new(join(parts.iter().map(Rc::as_ref)));
        self.known[id.index()] = Some(Rc::clone(&trigger));
        trigger
    }

    fn mixed(&mut self, sequence: SequenceId) -> Rc<Trigger> {
        let steps = self.sequences.all[sequence.index()].clone();
        let mut best: Option<Rc<Trigger>> = None;
        let mut offer = |trigger: Rc<Trigger>| {
            if best.as_ref().is_none_or(|b| trigger.rate < b.rate) {
                best = Some(trigger);
            }
        };
        for step in &steps {
            if let What::Set(set) = step.what {
                offer(self.set(set));
            }
        }
        if let Some(run) = literal::best_run(&steps) {
            let mut piece: Vec<Step> = steps[run].to_vec();
            piece[0].gap = None;
            let rate = literal::rate(&piece);
            offer(Rc::new(Trigger { rate, words: vec![self.sequences.intern(piece)], anywhere: false }));
        }
        best.unwrap_or_default()
    }
}

/// The rate of a sequence of mere words: that of its rarest run.
fn whole_rate(steps: &[Step]) -> f64 {
    literal::best_run(steps).map_or(1.0, |run| literal::rate(&steps[run]))
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
