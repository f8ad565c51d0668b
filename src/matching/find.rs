//! Finds the places of sets in one region at a time, and remembers them.
//!
//! Comes in: the region's places of mere words, from the scan of the whole text. Goes out: the
//! places of any set, worked out when first asked for.

use super::literal::LiteralHit;
use super::program::{Program, Set, SetId, What};
use super::view::View;
use super::walk;

/// A place in the search text: tokens, end-exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Found {
    pub start: u32,
    pub end: u32,
}

impl Found {
    pub(super) const fn touches(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// The places of sets in the region that was loaded last.
#[derive(Debug)]
pub(super) struct Finder<'m> {
    program: &'m Program,
    sets: Vec<Slots>,
    /// Counts the regions loaded; what bears another number is stale.
    region: u32,
}

#[derive(Clone, Debug, Default)]
struct Slots {
    region: u32,
    done: bool,
    places: Vec<Found>,
}

impl<'m> Finder<'m> {
    pub(super) fn new(program: &'m Program) -> Self {
        Self { program, sets: vec![Slots::default(); program.sets.len()], region: 0 }
    }

    /// Begins a new region. Places outside the view are left out.
    pub(super) fn load(&mut self, view: &View<'_>, hits: &[LiteralHit]) {
        self.region += 1;
        for hit in hits {
            if (hit.start as usize) < view.start || hit.end as usize > view.end {
                continue;
            }
            for set in self.program.members.get(hit.sequence.index()) {
                self.fresh(*set).places.push(Found { start: hit.start, end: hit.end });
            }
        }
    }

    /// Works the places of a set out, so that [`Finder::get`] has them; tells whether there are any.
    pub(super) fn find(&mut self, view: &View<'_>, set: SetId) -> bool {
        let slots = self.fresh(set);
        if !slots.done {
            slots.done = true;
            let mut places = std::mem::take(&mut slots.places);
            self.complete(view, set, &mut places);
            self.sets[set.index()].places = places;
        }
        !self.sets[set.index()].places.is_empty()
    }

    /// The places of a set that was found before, in order.
    pub(super) fn get(&self, set: SetId) -> &[Found] {
        let slots = &self.sets[set.index()];
        if slots.region == self.region { &slots.places } else { &[] }
    }

    fn fresh(&mut self, set: SetId) -> &mut Slots {
        let slots = &mut self.sets[set.index()];
        if slots.region != self.region {
            slots.region = self.region;
            slots.done = false;
            slots.places.clear();
        }
        slots
    }

    /// Adds to the places of mere words those of parts, slots and mixed sequences.
    fn complete(&mut self, view: &View<'_>, set: SetId, places: &mut Vec<Found>) {
        let program = self.program;
        let Set { mixed, parts, not, slot, .. } = &program.sets[set.index()];
        for part in parts {
            if self.find(view, *part) {
                places.extend_from_slice(self.get(*part));
            }
        }
        for sequence in mixed {
            self.mixed(view, sequence.index(), places);
        }
        if let Some(slot) = slot {
            slot.find(view, places);
        }
        places.sort_unstable();
        places.dedup();
        if let Some(not) = not
            && !places.is_empty()
            && self.find(view, *not)
        {
            let not = self.get(*not);
            places.retain(|p| !not.iter().any(|n| n.touches(*p)));
        }
    }

    /// Adds the places of a sequence with sets among its steps: from the set with the fewest
    /// places to both sides.
    fn mixed(&mut self, view: &View<'_>, sequence: usize, places: &mut Vec<Found>) {
        let program = self.program;
        let steps = &program.sequences[sequence];
        let mut pivot: Option<(usize, usize, SetId)> = None;
        for (i, step) in steps.iter().enumerate() {
            let What::Set(set) = step.what else { continue };
            if !self.find(view, set) {
                return;
            }
            let count = self.get(set).len();
            if pivot.is_none_or(|(_, least, _)| count < least) {
                pivot = Some((i, count, set));
            }
        }
        let Some((at, _, set)) = pivot else { return };
        let hits = |set| self.get(set);
        for place in self.get(set) {
            let bounds = view.sentence_at(place.start as usize);
            let ends = walk::forward(view.folded, &bounds, &steps[at + 1..], place.end as usize, &hits);
            if ends.is_empty() {
                continue;
            }
            let starts = walk::backward(view.folded, &bounds, &steps[..=at], place.start as usize, &hits);
            for &start in &starts {
                let start = super::program::small(start);
                places.extend(ends.iter().map(|&end| Found { start, end: super::program::small(end) }));
            }
        }
    }
}
