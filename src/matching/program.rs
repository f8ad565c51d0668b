//! What packs compile to: runs of words, sequences of sets, sets of both, conditions over sets.
//!
//! A term and a concept are both a [`Set`]: the places where one of its runs or sequences stands,
//! less those that touch a look-alike. A run is words side by side, which the scan of the text
//! finds; whatever has a gap, a concept or an ending before its last word is a sequence of sets.
//! Equal runs, sequences and sets are stored once, across packs.

use crate::pack::Within;
use crate::segment::PassageKind;

use super::SectionId;
use super::confirm::Confirm;
use super::literal::Runs;
use super::slots::Slot;
use super::trigger::{Mark, Triggers};
use serde::{Deserialize, Serialize};

/// Number of a set of terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct SetId(pub u32);

/// Indexes [`Program::sequences`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct SequenceId(pub u32);

/// A run of words, by its number in [`Runs`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(super) struct RunId(pub u32);

impl SetId {
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl SequenceId {
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

impl RunId {
    pub(super) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Compiled packs.
#[derive(Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Program {
    /// By set: what it is made of.
    pub made: Lists<Piece>,
    pub sequences: Vec<Sequence>,
    /// First those of the rules, in the order of `Matcher::rules`, then those of the cues.
    pub conditions: Vec<Compiled>,
    pub regexes: Vec<Confirm>,
    pub runs: Runs,
    pub triggers: Triggers,
    /// By section, in the order of the cues' sections.
    pub sections: Vec<SetId>,
    /// By column rule, in the order of the cues' columns.
    pub columns: Vec<SetId>,
    /// What an amount in a table cell may be.
    pub amount: [SetId; 2],
    /// What a date in a table cell may be.
    pub date: [SetId; 2],
}

/// Sets that stand in order.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Sequence {
    pub steps: Vec<Step>,
    /// The sets among the steps, the one that is likely to be the rarest first.
    pub needs: Vec<SetId>,
}

/// One step of a sequence.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) struct Step {
    /// How many words may stand between the step before and this one, or `None` where they
    /// must stand side by side.
    pub gap: Option<usize>,
    pub what: What,
}

/// What stands at a step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(super) enum What {
    Set(SetId),
    /// Any word.
    Word,
}

/// Places where one of several runs or sequences stands.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash)]
pub(super) struct Set {
    pub runs: Vec<RunId>,
    pub sequences: Vec<SequenceId>,
    /// Sets that belong to this one whole.
    pub parts: Vec<SetId>,
    /// A place that touches one of these is dropped.
    pub not: Option<SetId>,
    /// A slot whose places belong to this set.
    pub slot: Option<Slot>,
}

/// What a set is made of, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub(super) enum Piece {
    /// A set whose places all belong to it.
    Part(SetId),
    /// With the mark without which it cannot stand.
    Sequence(SequenceId, Mark),
    Run(RunId),
    /// Many runs, by their group.
    Runs(u32),
    Slot(Slot),
    /// A place that touches one of this set is dropped.
    Not(SetId),
}

/// A condition over sets.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Compiled {
    pub all: Vec<SetId>,
    /// The same, the one that is likely to be the rarest first.
    pub all_by_rate: Vec<SetId>,
    /// Whether the items of `any` together are likely to be rarer than all of these.
    pub any_is_rarest: bool,
    /// One set for each item, or one for all of them where one item is enough.
    pub any: Vec<SetId>,
    pub at_least: usize,
    /// One set for all items.
    pub none: Option<SetId>,
    pub above: Vec<SetId>,
    /// Indices of [`Program::regexes`].
    pub regex: Vec<usize>,
    pub within: Within,
    pub ordered: bool,
    pub kinds: Vec<PassageKind>,
    pub under: Vec<SectionId>,
    pub not_under: Vec<SectionId>,
    /// The items of `any` and `none` one by one, for traces.
    pub any_items: Vec<SetId>,
    pub none_items: Vec<SetId>,
}

/// Many short lists in one piece of memory.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Lists<T> {
    ends: Vec<u32>,
    items: Vec<T>,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { ends: Vec::new(), items: Vec::new() }
    }
}

impl<T> Lists<T> {
    pub(super) fn get(&self, index: usize) -> &[T] {
        let start = if index == 0 { 0 } else { self.ends.get(index - 1).map_or(0, |e| *e as usize) };
        let end = self.ends.get(index).map_or(start, |e| *e as usize);
        &self.items[start..end]
    }

    /// How many lists there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Appends to the last list, which [`Lists::close`] ends.
    pub(super) fn push(&mut self, item: T) {
        self.items.push(item);
    }

    /// Appends several to the last list.
    pub(super) fn extend(&mut self, items: impl IntoIterator<Item = T>) {
        self.items.extend(items);
    }

    /// Ends the last list and begins another.
    pub(super) fn close(&mut self) {
        self.ends.push(small(self.items.len()));
    }
}

impl<T> FromIterator<Vec<T>> for Lists<T> {
    fn from_iter<I: IntoIterator<Item = Vec<T>>>(lists: I) -> Self {
        let mut out = Self::default();
        for list in lists {
            out.items.extend(list);
            out.close();
        }
        out
    }
}

/// An index as it is stored. Texts of more than 2^32 tokens do not occur; they would be cut.
pub(super) fn small(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}
