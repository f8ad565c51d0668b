//! Puts the alternatives of a term together again where they differ at one place only.
//!
//! `(cut|lower) ~3 (debt|@poverty)` arrives as four alternatives and leaves as one sequence of two
//! choices, which finds the same places with a quarter of the work.

use super::program::{RunId, Set, SetId, small};
use crate::pack::quick::{QuickMap, Slices};

/// One step of an alternative.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct Part {
    /// How many words may stand before it; `None` where it stands side by side.
    pub gap: Option<u32>,
    /// What may stand there.
    pub choice: ChoiceId,
}

/// One run, or a [`Choice`] by its number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum ChoiceId {
    /// Left open while alternatives are compared.
    Open,
    Run(RunId),
    Number(u32),
}

/// What may stand at a step: one of these runs or sets, or any word at all.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Choice {
    pub runs: Vec<RunId>,
    pub sets: Vec<SetId>,
    pub any_word: bool,
}

/// Choices by number.
#[derive(Debug, Default)]
pub(super) struct Choices {
    all: Vec<Choice>,
    ids: QuickMap<Choice, u32>,
}

impl Choices {
    /// Adds the runs and sets of a choice to a set.
    pub(super) fn put(&self, id: ChoiceId, set: &mut Set) {
        match id {
            ChoiceId::Open => {}
            ChoiceId::Run(run) => set.runs.push(run),
            ChoiceId::Number(number) => {
                let choice = &self.all[number as usize];
                set.runs.extend_from_slice(&choice.runs);
                set.parts.extend_from_slice(&choice.sets);
            }
        }
    }

    /// Whether any word may stand there.
    pub(super) fn any_word(&self, id: ChoiceId) -> bool {
        matches!(id, ChoiceId::Number(number) if self.all[number as usize].any_word)
    }

    /// The number of a choice whose lists are in order.
    pub(super) fn add(&mut self, choice: Choice) -> ChoiceId {
        ChoiceId::Number(*self.ids.entry(choice).or_insert_with_key(|choice| {
            self.all.push(choice.clone());
            small(self.all.len() - 1)
        }))
    }

    /// One choice of all that these are.
    fn merge(&mut self, ids: &[(usize, ChoiceId)]) -> ChoiceId {
        let mut all = Set::default();
        ids.iter().for_each(|(_, id)| self.put(*id, &mut all));
        let Set { mut runs, parts: mut sets, .. } = all;
        runs.sort_unstable();
        runs.dedup();
        sets.sort_unstable();
        sets.dedup();
        self.add(Choice { runs, sets, any_word: false })
    }

    /// Merges alternatives that differ in one choice, until none do.
    pub(super) fn factor(&mut self, mut all: Slices<Part>) -> Slices<Part> {
        let longest = (0..all.len()).map(|i| all.get(i).len()).max().unwrap_or(0);
        let mut parts: Vec<Part> = Vec::new();
        for at in 0..longest {
            if all.len() < 2 {
                break;
            }
            let (mut groups, mut members) = (Slices::default(), Vec::with_capacity(all.len()));
            for number in 0..all.len() {
                parts.clear();
                parts.extend_from_slice(all.get(number));
                let part = parts.get_mut(at).filter(|p| !self.any_word(p.choice));
                let choice = part.map(|part| std::mem::replace(&mut part.choice, ChoiceId::Open));
                let (group, _) = groups.add(&parts);
                members.extend(choice.map(|choice| (group, choice)));
            }
            members.sort_by_key(|(group, _)| *group);
            let mut members = members.chunk_by(|a, b| a.0 == b.0).peekable();
            let mut out = Slices::default();
            for group in 0..groups.len() {
                parts.clear();
                parts.extend_from_slice(groups.get(group));
                if let Some(ids) = members.next_if(|ids| ids[0].0 == group) {
                    parts[at].choice = if let [(_, only)] = ids { *only } else { self.merge(ids) };
                }
                out.add(&parts);
            }
            all = out;
        }
        all
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_become_one() {
        let (mut choices, mut all) = (Choices::default(), Slices::default());
        let part = |run: u32, gap: Option<u32>| Part { gap, choice: ChoiceId::Run(RunId(run)) };
        for a in [1, 2, 3] {
            for b in [4, 5] {
                all.add(&[part(a, None), part(b, Some(3))]);
            }
        }
        all.add(&[part(1, None), part(4, None)]);
        let out = choices.factor(all);
        assert_eq!(out.len(), 2);
        let runs = |at: usize| {
            let mut set = Set::default();
            choices.put(out.get(0)[at].choice, &mut set);
            set.runs
        };
        assert_eq!(runs(0), [RunId(1), RunId(2), RunId(3)]);
        assert_eq!(runs(1), [RunId(4), RunId(5)]);
    }
}
