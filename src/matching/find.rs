//! Finds the places of sets in one region at a time, and remembers them.
//!
//! Comes in: the region's places of runs of words, from the scan of the whole text. Goes out: the
//! places of any set, worked out when first asked for.

use super::literal::LiteralHit;
use super::program::{FEW_RUNS, Program, SequenceId, Set, SetId, What, small};
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

/// No place.
const NONE: u32 = u32::MAX;

/// The places of sets in the region that was loaded last.
#[derive(Debug)]
pub(super) struct Finder<'m> {
    program: &'m Program,
    sets: Vec<Slots>,
    /// By run: its region and its last place in `chain`.
    runs: Vec<(u32, u32)>,
    /// Places of runs in the region, each with the one before of the same run.
    chain: Vec<(Found, u32)>,
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
        let runs = vec![(0, NONE); program.literals.len()];
        Self { program, sets: vec![Slots::default(); program.sets.len()], runs, chain: Vec::new(), region: 0 }
    }

    /// Begins a new region. Places outside the view are left out.
    pub(super) fn load(&mut self, view: &View<'_>, hits: &[LiteralHit]) {
        self.region += 1;
        self.chain.clear();
        for hit in hits {
            if (hit.start as usize) < view.start || hit.end as usize > view.end {
                continue;
            }
            let place = Found { start: hit.start, end: hit.end };
            let (region, last) = self.runs[hit.run.index()];
            let before = if region == self.region { last } else { NONE };
            self.runs[hit.run.index()] = (self.region, small(self.chain.len()));
            self.chain.push((place, before));
            for set in self.program.members.get(hit.run.index()) {
                self.fresh(*set).places.push(place);
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

    /// Adds to the places of many runs those of few runs, parts, slots and sequences.
    fn complete(&mut self, view: &View<'_>, set: SetId, places: &mut Vec<Found>) {
        let program = self.program;
        let Set { runs, sequences, parts, not, slot } = &program.sets[set.index()];
        if runs.len() <= FEW_RUNS {
            for run in runs {
                let (region, mut at) = self.runs[run.index()];
                while region == self.region && at != NONE {
                    let (place, before) = self.chain[at as usize];
                    places.push(place);
                    at = before;
                }
            }
        }
        for part in parts {
            if self.find(view, *part) {
                places.extend_from_slice(self.get(*part));
            }
        }
        for sequence in sequences {
            self.sequence(view, *sequence, places);
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

    /// Adds the places of a sequence: from the set with the fewest places to both sides.
    fn sequence(&mut self, view: &View<'_>, id: SequenceId, places: &mut Vec<Found>) {
        let program = self.program;
        let sequence = &program.sequences[id.index()];
        if !sequence.needs.iter().all(|set| self.find(view, *set)) {
            return;
        }
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
