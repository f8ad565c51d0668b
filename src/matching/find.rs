//! Finds the places of sets in one region at a time, and remembers them.
//!
//! Comes in: the region's places of runs of words, from the scan of the whole text. Goes out: the
//! places of any set, worked out when first asked for.

use super::program::{Program, SequenceId, Set, SetId, What, small};
use super::search::LiteralHit;
use super::slots::Classes;
use super::view::View;
use super::walk::Line;
use std::sync::Arc;

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
    classes: Arc<Classes>,
    room: Room,
}

/// What a [`Finder`] remembers. It is kept from one document to the next, so that nothing is made
/// anew but what differs.
#[derive(Debug, Default)]
pub(super) struct Room {
    sets: Vec<Known>,
    /// Places of runs, in chains: each with the one before of the same set.
    hits: Vec<(Found, u32)>,
    /// Sequences whose rarest set may stand here, in chains likewise.
    sequences: Vec<(SequenceId, u32)>,
    /// The places of the sets that were worked out.
    places: Vec<Found>,
    /// Sets whose parents are still to be reached.
    open: Vec<SetId>,
    /// Counts the regions loaded; what bears another number is stale.
    region: u32,
    /// Room for places that are being worked out.
    spare: Vec<Vec<Found>>,
    /// Room for walks along sequences.
    steps: [Vec<usize>; 3],
}

impl Room {
    /// How many regions were loaded into it.
    pub(super) const fn region(&self) -> u32 {
        self.region
    }
}

/// The end of a chain; a set that is not worked out.
const NONE: u32 = u32::MAX;

/// What is known of a set. Many are looked at for every word of a text, so that it is kept small.
#[derive(Clone, Copy, Debug)]
struct Known {
    region: u32,
    /// The last of its chain in `Room::hits`.
    hit: u32,
    /// The last of its chain in `Room::sequences`.
    sequence: u32,
    /// Its places in `Room::places`, once worked out.
    start: u32,
    end: u32,
}

impl Known {
    const fn new(region: u32) -> Self {
        Self { region, hit: NONE, sequence: NONE, start: NONE, end: NONE }
    }
}

impl<'m> Finder<'m> {
    /// A finder for another document.
    pub(super) fn new(program: &'m Program, classes: Arc<Classes>, mut room: Room) -> Self {
        room.sets.resize(program.sets.len(), Known::new(0));
        Self { program, classes, room }
    }

    /// Gives the room back, for another document.
    pub(super) fn take_room(&mut self) -> Room {
        std::mem::take(&mut self.room)
    }

    /// Begins a new region. Places outside the view are left out.
    pub(super) fn load(&mut self, view: &View<'_>, hits: &[LiteralHit]) {
        self.room.region += 1;
        self.room.hits.clear();
        self.room.sequences.clear();
        self.room.places.clear();
        let program = self.program;
        for hit in hits {
            if (hit.start as usize) < view.start || hit.end as usize > view.end {
                continue;
            }
            let place = Found { start: hit.start, end: hit.end };
            for set in program.members.get(hit.run.index()) {
                let number = small(self.room.hits.len());
                let before = std::mem::replace(&mut self.reach(*set).hit, number);
                self.room.hits.push((place, before));
            }
        }
        // Whatever may stand where these sets stand may stand in this region too.
        while let Some(set) = self.room.open.pop() {
            for parent in program.parents.get(set.index()) {
                let number = small(self.room.sequences.len());
                let known = self.reach(parent.set);
                if let Some(sequence) = parent.sequence {
                    let before = std::mem::replace(&mut known.sequence, number);
                    self.room.sequences.push((sequence, before));
                }
            }
        }
    }

    /// What is known of a set that may stand in this region.
    fn reach(&mut self, set: SetId) -> &mut Known {
        let known = &mut self.room.sets[set.index()];
        if known.region != self.room.region {
            *known = Known::new(self.room.region);
            self.room.open.push(set);
        }
        known
    }

    /// Whether a set may stand in this region, by the words that do.
    pub(super) fn possible(&self, set: SetId) -> bool {
        self.room.sets[set.index()].region == self.room.region || self.program.anywhere[set.index()]
    }

    /// Works the places of a set out, so that [`Finder::get`] has them; tells whether there are any.
    pub(super) fn find(&mut self, view: &View<'_>, set: SetId) -> bool {
        let known = &mut self.room.sets[set.index()];
        if known.region != self.room.region {
            if !self.program.anywhere[set.index()] {
                return false;
            }
            *known = Known::new(self.room.region);
        }
        if known.start == NONE {
            let mut places = self.room.spare.pop().unwrap_or_default();
            self.complete(view, set, &mut places);
            let start = small(self.room.places.len());
            self.room.places.extend_from_slice(&places);
            places.clear();
            self.room.spare.push(places);
            let known = &mut self.room.sets[set.index()];
            (known.start, known.end) = (start, small(self.room.places.len()));
        }
        let known = self.room.sets[set.index()];
        known.start < known.end
    }

    /// The places of a set that was found before, in order.
    pub(super) fn get(&self, set: SetId) -> &[Found] {
        let known = self.room.sets[set.index()];
        if known.region != self.room.region || known.start == NONE {
            return &[];
        }
        &self.room.places[known.start as usize..known.end as usize]
    }

    /// Adds the places of runs, parts, slots and sequences.
    fn complete(&mut self, view: &View<'_>, set: SetId, places: &mut Vec<Found>) {
        let program = self.program;
        let Set { parts, not, slot, .. } = &program.sets[set.index()];
        let Known { mut hit, mut sequence, .. } = self.room.sets[set.index()];
        while let Some((place, before)) = self.room.hits.get(hit as usize) {
            places.push(*place);
            hit = *before;
        }
        for part in parts {
            if self.find(view, *part) {
                places.extend_from_slice(self.get(*part));
            }
        }
        while let Some((id, before)) = self.room.sequences.get(sequence as usize).copied() {
            self.sequence_where_all(view, id, places);
            sequence = before;
        }
        for id in program.wordless.get(set.index()) {
            self.sequence_where_all(view, *id, places);
        }
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

    /// Adds the places of a sequence, if all its sets stand here.
    fn sequence_where_all(&mut self, view: &View<'_>, id: SequenceId, places: &mut Vec<Found>) {
        // The first of them is known to be possible: the sequence was reached by it.
        let needs = &self.program.sequences[id.index()].needs;
        if needs.iter().skip(1).all(|set| self.possible(*set)) && needs.iter().all(|set| self.find(view, *set)) {
            self.sequence(view, id, places);
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
        let [mut ends, mut starts, mut room] = std::mem::take(&mut self.room.steps);
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
        self.room.steps = [ends, starts, room];
    }
}
