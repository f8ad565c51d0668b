//! Finds the places of sets in one region at a time, and remembers them.
//!
//! Comes in: the region's places of runs of words, from the scan of the whole text. Goes out: the
//! places of any set, worked out when first asked for, and the conditions that the words call for.
//! What nobody asks for costs nothing.

use super::program::{Piece, Program, RunId, SequenceId, SetId, What, small};
use super::search::Stretch;
use super::trigger::Mark;
use super::view::View;
use super::walk::Line;
use std::ops::Range;
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
    /// What stands in the region and about it.
    stretch: Arc<Stretch>,
    room: Room,
}

/// What a [`Finder`] remembers. It is kept from one document to the next, so that nothing is made
/// anew but what differs.
#[derive(Debug, Default)]
pub(super) struct Room {
    /// The marks of the region, a bit each.
    marks: Vec<u64>,
    sets: Vec<Known>,
    /// By run that stands here: its last place in `hits`, where each knows the one before.
    runs: Vec<u32>,
    /// By group of which a run stands here, and by which a set asks: the last of these runs in
    /// `members`, where each knows the one before.
    groups: Vec<u32>,
    hits: Vec<(Found, u32)>,
    members: Vec<(RunId, u32)>,
    /// Groups that stand here and call for conditions.
    calling: Vec<u32>,
    /// Conditions called for, a bit each.
    called: Vec<u64>,
    /// The places of the sets that were worked out.
    places: Vec<Found>,
    /// Sequences all of whose steps stand here, while the sets that they belong to are worked out.
    open: Vec<SequenceId>,
    /// Counts the regions loaded; what bears another number is stale.
    region: u32,
    /// Room for places that are being worked out.
    walked: Vec<Found>,
    /// Room for walks along sequences.
    steps: [Vec<usize>; 3],
}

impl Room {
    /// How many regions were loaded into it.
    pub(super) const fn region(&self) -> u32 {
        self.region
    }
}

/// The end of a chain.
const NONE: u32 = u32::MAX;

/// The places of a set, as a part of `Room::places`.
#[derive(Clone, Copy, Debug)]
struct Known {
    region: u32,
    start: u32,
    end: u32,
}

impl<'m> Finder<'m> {
    /// A finder for another document.
    pub(super) fn new(program: &'m Program, mut room: Room) -> Self {
        room.marks.resize(program.triggers.marks().div_ceil(64), 0);
        room.sets.resize(program.made.len(), Known { region: 0, start: 0, end: 0 });
        room.runs.resize(program.runs.len(), NONE);
        room.groups.resize(program.triggers.count, NONE);
        room.called.resize(program.conditions.len().div_ceil(64), 0);
        Self { program, stretch: Arc::default(), room }
    }

    /// Gives the room back, for another document.
    pub(super) fn take_room(&mut self) -> Room {
        std::mem::take(&mut self.room)
    }

    /// Begins the region that begins with a token. Places outside the view are left out.
    pub(super) fn load(&mut self, view: &View<'_>, start: usize, stretch: Arc<Stretch>) {
        self.stretch = stretch;
        let triggers = &self.program.triggers;
        let Room { marks, runs, groups, hits: chained, members, calling, places, region, .. } = &mut self.room;
        *region += 1;
        chained.clear();
        members.clear();
        calling.clear();
        places.clear();
        marks.fill(0);
        let mut set = |mark: Mark| {
            let (word, bit) = (&mut marks[mark.0 as usize / 64], 1 << (mark.0 % 64));
            let new = *word & bit == 0;
            *word |= bit;
            new
        };
        set(triggers.everywhere);
        for hit in self.stretch.within(start) {
            if (hit.start as usize) < view.start || hit.end as usize > view.end {
                continue;
            }
            let run = &mut runs[hit.run.index()];
            if set(Mark(hit.run.0)) {
                *run = NONE;
                for member in triggers.groups(hit.run) {
                    let group = &mut groups[member.group as usize];
                    if set(member.mark) {
                        *group = NONE;
                        if member.calls {
                            calling.push(member.group);
                        }
                    }
                    if member.gathered {
                        let before = std::mem::replace(group, small(members.len()));
                        members.push((hit.run, before));
                    }
                }
            }
            let before = std::mem::replace(run, small(chained.len()));
            chained.push((Found { start: hit.start, end: hit.end }, before));
        }
    }

    /// The conditions that the words of the region call for, in order.
    pub(super) fn called(&mut self, out: &mut Vec<u32>) {
        let Room { called, calling, .. } = &mut self.room;
        let triggers = &self.program.triggers;
        let by_words = calling.iter().flat_map(|group| triggers.conditions(*group));
        for &id in triggers.always.iter().chain(by_words) {
            called[id as usize / 64] |= 1 << (id % 64);
        }
        for (word, first) in called.iter_mut().zip((0..).step_by(64)) {
            let mut bits = std::mem::take(word);
            while bits != 0 {
                out.push(first + bits.trailing_zeros());
                bits &= bits - 1;
            }
        }
    }

    /// Works the places of a set out, so that [`Finder::get`] has them; tells whether there are any.
    pub(super) fn find(&mut self, view: &View<'_>, set: SetId) -> bool {
        if !self.possible(set) {
            return false;
        }
        let known = self.room.sets[set.index()];
        if known.region == self.room.region { known.start < known.end } else { self.work_out(view, set) }
    }

    /// Whether the words are there without which a set cannot stand.
    pub(super) fn possible(&self, set: SetId) -> bool {
        self.has(self.program.triggers.set(set))
    }

    fn has(&self, mark: Mark) -> bool {
        self.room.marks[mark.0 as usize / 64] >> (mark.0 % 64) & 1 == 1
    }

    /// The places of a set that was found before, in order.
    pub(super) fn get(&self, set: SetId) -> &[Found] {
        &self.room.places[self.range(set)]
    }

    fn range(&self, set: SetId) -> Range<usize> {
        let Known { region, start, end } = self.room.sets[set.index()];
        if region == self.room.region { start as usize..end as usize } else { 0..0 }
    }

    /// Gathers the places of what a set is made of.
    fn work_out(&mut self, view: &View<'_>, set: SetId) -> bool {
        let made = self.program.made.get(set.index());
        let from = self.room.open.len();
        // What it is made of comes first, so that its own places stand side by side.
        for piece in made {
            match *piece {
                Piece::Part(part) => _ = self.find(view, part),
                Piece::Sequence(id, mark) => {
                    if self.has(mark) && self.all_stand(view, id) {
                        self.room.open.push(id);
                    }
                }
                _ => break,
            }
        }
        let start = self.room.places.len();
        let mut not = None;
        for piece in made {
            match *piece {
                Piece::Part(part) => {
                    let places = self.range(part);
                    self.room.places.extend_from_within(places);
                }
                Piece::Sequence(..) => {}
                Piece::Run(run) => self.add_run(run),
                Piece::Runs(group) => self.add_runs(group),
                Piece::Slot(slot) => slot.find(view, &self.stretch.classes, &mut self.room.places),
                Piece::Not(set) => not = Some(set),
            }
        }
        if self.room.open.len() > from {
            let mut walked = std::mem::take(&mut self.room.walked);
            for at in from..self.room.open.len() {
                self.walk(view, self.room.open[at], &mut walked);
            }
            self.room.open.truncate(from);
            self.room.places.append(&mut walked);
            self.room.walked = walked;
        }
        in_order(&mut self.room.places, start);
        let mut end = self.room.places.len();
        if let Some(not) = not
            && start < end
            && self.find(view, not)
        {
            end = self.without(start..end, not);
        }
        self.room.sets[set.index()] = Known { region: self.room.region, start: small(start), end: small(end) };
        start < end
    }

    fn add_runs(&mut self, group: u32) {
        if self.has(self.program.triggers.group(group)) {
            let mut at = self.room.groups[group as usize];
            while let Some((run, before)) = self.room.members.get(at as usize).copied() {
                self.add_run(run);
                at = before;
            }
        }
    }

    fn add_run(&mut self, run: RunId) {
        if self.has(Mark(run.0)) {
            let mut at = self.room.runs[run.index()];
            while let Some((place, before)) = self.room.hits.get(at as usize) {
                self.room.places.push(*place);
                at = *before;
            }
        }
    }

    /// Whether all steps of a sequence stand somewhere in the region.
    fn all_stand(&mut self, view: &View<'_>, id: SequenceId) -> bool {
        let needs = &self.program.sequences[id.index()].needs;
        needs.iter().skip(1).all(|set| self.possible(*set)) && needs.iter().all(|set| self.find(view, *set))
    }

    /// Leaves out of some places those that touch a set that was found; gives the new end.
    fn without(&mut self, places: Range<usize>, not: SetId) -> usize {
        let not = self.range(not);
        let mut end = places.start;
        for at in places {
            let place = self.room.places[at];
            if !self.room.places[not.clone()].iter().any(|n| n.touches(place)) {
                self.room.places[end] = place;
                end += 1;
            }
        }
        end
    }

    /// Adds the places of a sequence whose sets were all found: from the set with the fewest places to both sides.
    fn walk(&mut self, view: &View<'_>, id: SequenceId, places: &mut Vec<Found>) {
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

/// Puts the places from `start` on into their order, each once.
fn in_order(places: &mut Vec<Found>, start: usize) {
    if places.len() < start + 2 {
        return;
    }
    places[start..].sort_unstable();
    let mut end = start + 1;
    for at in start + 1..places.len() {
        if places[at] != places[end - 1] {
            places[end] = places[at];
            end += 1;
        }
    }
    places.truncate(end);
}
