//! Finds the places of sets in one region at a time, and remembers them.
//!
//! Comes in: the region's places of runs of words, from the scan of the whole text. Goes out: the
//! places of any set, worked out when first asked for.

use super::literal::LiteralHit;
use super::program::{Program, SequenceId, Set, SetId, What, small};
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
    /// By set: the last region in which it may stand; the greatest number for sets that may
    /// stand anywhere.
    touched: Vec<u32>,
    /// Sets whose parents are still to be touched.
    open: Vec<SetId>,
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
        let touched = program.anywhere.iter().map(|a| if *a { u32::MAX } else { 0 }).collect();
        Self { program, sets: vec![Slots::default(); program.sets.len()], touched, open: Vec::new(), region: 0 }
    }

    /// Begins a new region. Places outside the view are left out.
    pub(super) fn load(&mut self, view: &View<'_>, hits: &[LiteralHit]) {
        self.region += 1;
        for hit in hits {
            if (hit.start as usize) < view.start || hit.end as usize > view.end {
                continue;
            }
            let place = Found { start: hit.start, end: hit.end };
            for set in self.program.members.get(hit.run.index()) {
                self.fresh(*set).places.push(place);
                self.touch(*set);
            }
        }
    }

    /// Notes that a set may stand in this region, and so may the sets that are made of it.
    fn touch(&mut self, set: SetId) {
        self.open.push(set);
        while let Some(set) = self.open.pop() {
            let touched = &mut self.touched[set.index()];
            if *touched < self.region {
                *touched = self.region;
                self.open.extend_from_slice(self.program.parents.get(set.index()));
            }
        }
    }

    /// Works the places of a set out, so that [`Finder::get`] has them; tells whether there are any.
    pub(super) fn find(&mut self, view: &View<'_>, set: SetId) -> bool {
        if self.touched[set.index()] < self.region {
            return false;
        }
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

    /// Adds to the places of runs those of parts, slots and sequences.
    fn complete(&mut self, view: &View<'_>, set: SetId, places: &mut Vec<Found>) {
        let program = self.program;
        let Set { sequences, parts, not, slot, .. } = &program.sets[set.index()];
        for part in parts {
            if self.find(view, *part) {
                places.extend_from_slice(self.get(*part));
            }
        }
        for id in sequences {
            if program.sequences[id.index()].needs.iter().all(|set| self.find(view, *set)) {
                self.sequence(view, *id, places);
            }
        }
        if let Some(slot) = slot {
            slot.find(view, places);
        }
        if places.len() > 1 {
            places.sort_unstable();
            places.dedup();
        }
        if let Some(not) = not
            && !places.is_empty()
            && self.find(view, *not)
        {
            let not = self.get(*not);
            places.retain(|p| !not.iter().any(|n| n.touches(*p)));
        }
    }

    /// Adds the places of a sequence whose sets were all found: from the set with the fewest places to both sides.
    fn sequence(&mut self, view: &View<'_>, id: SequenceId, places: &mut Vec<Found>) {
        let program = self.program;
        let sequence = &program.sequences[id.index()];
        let sets = sequence.steps.iter().enumerate().filter_map(|(i, s)| match s.what {
            What::Set(set) => Some((i, set)),
            What::Word => None,
        });
        let Some((at, set)) = sets.min_by_key(|(_, set)| self.get(*set).len()) else { return };
        let hits = |set| self.get(set);
        for place in self.get(set) {
            let bounds = view.sentence_at(place.start as usize);
            let ends = walk::forward(view.folded, &bounds, &sequence.steps[at + 1..], place.end as usize, &hits);
            if ends.is_empty() {
                continue;
            }
            let starts = walk::backward(view.folded, &bounds, &sequence.steps[..=at], place.start as usize, &hits);
            for &start in &starts {
                places.extend(ends.iter().map(|&end| Found { start: small(start), end: small(end) }));
            }
        }
    }
}
