//! Finds the places of sets in one region at a time, and remembers them.
//!
//! Comes in: the region's places of runs of words, from the scan of the whole text. Goes out: the
//! places of any set, worked out when first asked for.

use super::literal::LiteralHit;
use super::program::{Program, SequenceId, Set, SetId, What, small};
use super::slots::Classes;
use super::view::View;
use super::walk::Line;
use std::rc::Rc;

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
    /// By token: the slots that may begin there.
    classes: Rc<Classes>,
    sets: Vec<Slots>,
    /// Sets whose parents are still to be reached.
    open: Vec<SetId>,
    /// Counts the regions loaded; what bears another number is stale.
    region: u32,
    /// Room for walks along sequences.
    steps: [Vec<usize>; 3],
}

#[derive(Clone, Debug, Default)]
struct Slots {
    region: u32,
    done: bool,
    places: Vec<Found>,
    /// Sequences whose rarest set may stand here.
    sequences: Vec<SequenceId>,
}

impl<'m> Finder<'m> {
    pub(super) fn new(program: &'m Program, classes: Rc<Classes>) -> Self {
        let sets = vec![Slots::default(); program.sets.len()];
        Self { program, classes, sets, open: Vec::new(), region: 0, steps: Default::default() }
    }

    /// Begins a new region. Places outside the view are left out.
    pub(super) fn load(&mut self, view: &View<'_>, hits: &[LiteralHit]) {
        self.region += 1;
        let program = self.program;
        for hit in hits {
            if (hit.start as usize) < view.start || hit.end as usize > view.end {
                continue;
            }
            let place = Found { start: hit.start, end: hit.end };
            for set in program.members.get(hit.run.index()) {
                self.reach(*set).places.push(place);
            }
        }
        // Whatever may stand where these sets stand may stand in this region too.
        while let Some(set) = self.open.pop() {
            for parent in program.parents.get(set.index()) {
                let slots = self.reach(parent.set);
                slots.sequences.extend(parent.sequence);
            }
        }
    }

    /// What is known of a set that may stand in this region.
    fn reach(&mut self, set: SetId) -> &mut Slots {
        let slots = &mut self.sets[set.index()];
        if slots.region != self.region {
            slots.begin(self.region);
            self.open.push(set);
        }
        slots
    }

    /// Works the places of a set out, so that [`Finder::get`] has them; tells whether there are any.
    pub(super) fn find(&mut self, view: &View<'_>, set: SetId) -> bool {
        let slots = &mut self.sets[set.index()];
        if slots.region != self.region {
            if !self.program.anywhere[set.index()] {
                return false;
            }
            slots.begin(self.region);
        }
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

    /// Adds to the places of runs those of parts, slots and sequences.
    fn complete(&mut self, view: &View<'_>, set: SetId, places: &mut Vec<Found>) {
        let program = self.program;
        let Set { parts, not, slot, .. } = &program.sets[set.index()];
        for part in parts {
            if self.find(view, *part) {
                places.extend_from_slice(self.get(*part));
            }
        }
        let sequences = std::mem::take(&mut self.sets[set.index()].sequences);
        for id in sequences.iter().chain(program.wordless.get(set.index())) {
            if program.sequences[id.index()].needs.iter().all(|set| self.find(view, *set)) {
                self.sequence(view, *id, places);
            }
        }
        self.sets[set.index()].sequences = sequences;
        if let Some(slot) = slot {
            slot.find(view, &self.classes, places);
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
        let [mut ends, mut starts, mut room] = std::mem::take(&mut self.steps);
        let hits = |set| self.get(set);
        for place in self.get(set) {
            let bounds = view.sentence_at(place.start as usize);
            let line = Line { folded: view.folded, bounds: &bounds, hits: &hits };
            ends.clear();
            ends.push(place.end as usize);
            line.forward(&sequence.steps[at + 1..], &mut ends, &mut room);
            if ends.is_empty() {
                continue;
            }
            starts.clear();
            starts.push(place.start as usize);
            line.backward(&sequence.steps[..=at], &mut starts, &mut room);
            for &start in &starts {
                places.extend(ends.iter().map(|&end| Found { start: small(start), end: small(end) }));
            }
        }
        self.steps = [ends, starts, room];
    }
}

impl Slots {
    /// Forgets another region.
    fn begin(&mut self, region: u32) {
        self.region = region;
        self.done = false;
        self.places.clear();
        self.sequences.clear();
    }
}
