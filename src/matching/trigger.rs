//! Chooses the words without which nothing can stand or fire.
//!
//! Whatever may stand has a mark: a bit that is set where it may. A run has one, and so has each
//! list of runs one of which must stand: those of a set, those of the rarest step of a sequence,
//! those of the rarest item that a condition needs. A condition is looked at only in passages that
//! have its mark.

use super::literal::Runs;
use super::program::{Compiled, Lists, Piece, RunId, Sequence, Set, SetId, small};
use crate::pack::quick::QuickMap;
use serde::{Deserialize, Serialize};
use std::rc::Rc;

/// Sets of so many runs and fewer look each of them up.
const FEW: usize = 4;

/// Where something may stand: a bit among those of a region.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Mark(pub u32);

/// The marks of runs, sets and sequences, and what marks call for.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Triggers {
    /// By run: the groups that it belongs to.
    groups: Lists<Member>,
    /// By group: conditions.
    conditions: Lists<u32>,
    /// How many groups there are.
    pub count: usize,
    /// Conditions to look at everywhere.
    pub always: Vec<u32>,
    /// By set: the mark without which it cannot stand.
    sets: Vec<Mark>,
    /// The mark that every region has; the one after it no region has.
    pub everywhere: Mark,
}

/// A group that a run belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Member {
    pub group: u32,
    /// Its mark.
    pub mark: Mark,
    /// Whether a set asks which runs of the group stand.
    pub gathered: bool,
    /// Whether conditions hang on it.
    pub calls: bool,
}

impl Triggers {
    pub(super) fn groups(&self, run: RunId) -> &[Member] {
        self.groups.get(run.index())
    }

    pub(super) fn conditions(&self, group: u32) -> &[u32] {
        self.conditions.get(group as usize)
    }

    /// The mark without which a set cannot stand.
    pub(super) fn set(&self, id: SetId) -> Mark {
        self.sets[id.index()]
    }

    /// The mark of a group.
    pub(super) fn group(&self, group: u32) -> Mark {
        Mark(self.everywhere.0 - small(self.count) + group)
    }

    /// The mark of what needs one of some words; of more than one word only where they are a group,
    /// for a group costs time wherever its words stand.
    fn mark(&self, trigger: &Trigger, groups: &Groups) -> Mark {
        match (trigger.anywhere, trigger.words.as_slice()) {
            (true, _) => self.everywhere,
            (false, []) => Mark(self.everywhere.0 + 1),
            (false, [run]) => Mark(run.0),
            (false, words) => groups.ids.get(words).map_or(self.everywhere, |group| self.group(*group)),
        }
    }

    /// How many marks there are.
    pub(super) const fn marks(&self) -> usize {
        self.everywhere.0 as usize + 2
    }
}

/// Words one of which stands wherever a set stands.
#[derive(Debug, Default)]
pub(super) struct Trigger {
    /// A guess how often they stand in a text, per word of the text.
    pub rate: f64,
    words: Vec<RunId>,
    /// Whether the set may stand where none of the words does.
    anywhere: bool,
}

/// Lists of runs, each once.
#[derive(Default)]
struct Groups {
    ids: QuickMap<Vec<RunId>, u32>,
    conditions: Vec<Vec<u32>>,
    gathered: Vec<bool>,
}

impl Groups {
    fn of(&mut self, words: &[RunId]) -> u32 {
        if let Some(group) = self.ids.get(words) {
            return *group;
        }
        let group = small(self.gathered.len());
        self.ids.insert(words.to_vec(), group);
        self.conditions.push(Vec::new());
        self.gathered.push(false);
        group
    }
}

/// Finds what calls for all conditions and sets, and puts the sets together. The steps that a sequence
/// needs are in the order of their rates.
pub(super) fn choose(
    known: &[Rc<Trigger>],
    runs: &Runs,
    conditions: &[Compiled],
    sequences: &[Sequence],
    sets: &[Set],
) -> (Lists<Piece>, Triggers) {
    let (mut groups, mut out) = (Groups::default(), Triggers::default());
    for set in sets.iter().filter(|set| set.runs.len() > FEW) {
        let group = groups.of(&set.runs);
        groups.gathered[group as usize] = true;
    }
    for rarest in sequences.iter().filter_map(|sequence| sequence.needs.first()) {
        if let Trigger { anywhere: false, words, .. } = &*known[rarest.index()]
            && words.len() > 1
        {
            groups.of(words);
        }
    }
    for (id, condition) in (0..).zip(conditions) {
        // What asks for nothing never holds.
        let Some(trigger) = of_condition(known, condition) else { continue };
        if trigger.anywhere {
            out.always.push(id);
        } else if !trigger.words.is_empty() {
            let group = groups.of(&trigger.words);
            groups.conditions[group as usize].push(id);
        }
    }
    out.count = groups.gathered.len();
    out.everywhere = Mark(small(runs.len() + out.count));
    out.sets = known.iter().map(|trigger| out.mark(trigger, &groups)).collect();
    let mut by_run = vec![Vec::new(); runs.len()];
    for (words, &group) in &groups.ids {
        let (gathered, calls) = (groups.gathered[group as usize], !groups.conditions[group as usize].is_empty());
        let member = Member { group, mark: out.group(group), gathered, calls };
        words.iter().for_each(|word| by_run[word.index()].push(member));
    }
    by_run.iter_mut().for_each(|members| members.sort_unstable_by_key(|m| m.group));
    out.groups = by_run.into_iter().collect();
    let made = made(sets, sequences, &out, &groups);
    out.conditions = groups.conditions.into_iter().collect();
    (made, out)
}

/// What each set is made of.
fn made(sets: &[Set], sequences: &[Sequence], triggers: &Triggers, groups: &Groups) -> Lists<Piece> {
    let mut made = Lists::default();
    for set in sets {
        made.extend(set.parts.iter().map(|part| Piece::Part(*part)));
        for id in &set.sequences {
            let rarest = sequences[id.index()].needs.first();
            made.extend(rarest.map(|rarest| Piece::Sequence(*id, triggers.set(*rarest))));
        }
        match groups.ids.get(&set.runs) {
            Some(group) if set.runs.len() > FEW => made.push(Piece::Runs(*group)),
            _ => made.extend(set.runs.iter().map(|run| Piece::Run(*run))),
        }
        made.extend(set.slot.map(Piece::Slot));
        made.extend(set.not.map(Piece::Not));
        made.close();
    }
    made
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
